"""Count the words of a paper as an editor does, and hold it to the length it promises.

Counted is what a reader reads through: title, subtitle, headings, paragraphs, lists, boxes, key figures,
clauses, particulars, table cells, captions and notes. Not counted: letterhead, signatures, footnotes, the
list of references, the provenance, alternative texts, and what repeats on every page. A word is what
stands between spaces and holds a letter or a digit: `58 %` is one word, `lintas-batas` is one.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ksd_toolkit.document import (
    Annex,
    Block,
    Callout,
    Clauses,
    Document,
    Figure,
    Heading,
    Items,
    KeyFigures,
    Paragraph,
    Particulars,
    RegionMap,
    Runs,
    Table,
    plain_text,
)
from ksd_toolkit.errors import RunError
from ksd_toolkit.messages import count, say

_SETTINGS: Final = "ksd"
_MOST_WORDS, _PAGES = "max_words", "pages"
_PAIR: Final = 2
_PAGE: Final = re.compile(rb"/Type\s*/Page\b")


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a paper may be: at most so many words, and so many pages; None for no limit."""

    max_words: int | None = None
    pages: tuple[int, int] | None = None


def limits_of(notebook: Path) -> Limits:
    """The limits a notebook sets itself: `{"ksd": {"max_words": 1500, "pages": [2, 4]}}` in its metadata.

    Raises:
        RunError: The file is no notebook, or a limit is no whole number above zero.
    """
    try:
        metadata = json.loads(notebook.read_text(encoding="utf-8"))["metadata"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RunError("notebook.unreadable", file=notebook.name, reason=error) from error
    given = metadata.get(_SETTINGS, {})
    words, pages = given.get(_MOST_WORDS), given.get(_PAGES)
    if not (words is None or _positive(words)) or not (pages is None or _range(pages)):
        raise RunError("length.setting", file=notebook.name)
    return Limits(words, None if pages is None else (pages[0], pages[1]))


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF of ours has: it names each of them in the clear."""
    return len(_PAGE.findall(pdf))


def words_of(document: Document) -> int:
    """How many words a reader reads."""
    return sum(_words(text) for text in _texts(document))


def check_length(document: Document, pdf_pages: int, limits: Limits) -> str | None:
    """What is too long or too short about a paper, in its language; None when it keeps its limits.

    Args:
        document: The paper.
        pdf_pages: The pages of its PDF; 0 when it was not typeset.
        limits: What it promises.
    """
    lang, words = document.lang, words_of(document)
    told = []
    if limits.max_words is not None and words > limits.max_words:
        facts = {"words": count(words, lang), "most": count(limits.max_words, lang)}
        over = count(words - limits.max_words, lang)
        told.append(say("length.words", lang, over=over, **facts))
    if limits.pages is not None and pdf_pages and not _within(pdf_pages, limits.pages):
        low, high = limits.pages
        told.append(say("length.pages", lang, pages=pdf_pages, low=low, high=high))
    return f"{document.title}: {' '.join(told)}" if told else None


def _within(pages: int, limits: tuple[int, int]) -> bool:
    return limits[0] <= pages <= limits[1]


def _positive(value: Any) -> bool:
    return type(value) is int and value > 0


def _range(value: Any) -> bool:
    pair = isinstance(value, list) and len(value) == _PAIR and all(map(_positive, value))
    return pair and value[0] <= value[1]


def _words(text: str) -> int:
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


def _texts(document: Document) -> Iterator[str]:
    yield document.title
    yield document.subtitle
    for block in document.blocks:
        yield from _block_texts(block)


def _block_texts(block: Block) -> Iterator[str]:
    match block:
        case Heading() | Paragraph():
            yield plain_text(block.text)
        case Items():
            yield from _plain(block.items)
        case Callout():
            yield from (block.title, *_plain(block.lines))
        case Table():
            yield from (block.caption, block.note, block.source)
            yield from (column.title for column in block.columns)
            yield from (cell for row in block.rows for cell in row)
        case Figure() | RegionMap():
            yield from (block.caption, block.note if isinstance(block, RegionMap) else "")
            yield block.source
        case _:
            yield from _named_texts(block)


def _named_texts(block: Block) -> Iterator[str]:
    """The texts of blocks whose parts have names: key figures, particulars, clauses, annexes."""
    match block:
        case KeyFigures():
            for figure in block.figures:
                yield from (figure.value, figure.label, figure.note)
        case Particulars():
            for name, text in block.entries:
                yield from (name, plain_text(text))
        case Clauses():
            for clause in block.entries:
                yield from (clause.label, *_plain(clause.items))
        case Annex():
            yield from (block.label, block.title, *block.about)


def _plain(lines: tuple[Runs, ...]) -> Iterator[str]:
    yield from map(plain_text, lines)
