"""An author's own words in place of generated ones, text by text.

The texts of a result are numbered from 1 in reading order: a paragraph, a point of a list and a line of
a box are one text each.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence

from ksd_toolkit.display.markdown import markdown_lines
from ksd_toolkit.document import Block, Callout, Items, Paragraph, Runs, plain_text
from ksd_toolkit.errors import RunError
from ksd_toolkit.theme import Sources


def texts_of(blocks: Sequence[Block]) -> list[str]:
    """Every text in reading order."""
    return [plain_text(line) for block in blocks for line in _lines(block)]


def rewritten(
    blocks: Sequence[Block], texts: Mapping[int, str], lang: str, sources: Sources
) -> tuple[Block, ...]:
    """The blocks with some texts replaced; the author's words claim no origin.

    Args:
        blocks: What was generated.
        texts: Markdown by number of text: paragraphs and points, with emphasis, links, citations.
        lang: The language citations are printed in.
        sources: What may be cited beside law.

    Raises:
        RunError: A number names no text, or what replaces it is blank or no prose.
        LawError: A citation is unknown.
    """
    _refuse_unknown(blocks, texts)
    return _changed(blocks, {n: _prose(n, text, lang, sources) for n, text in texts.items()})


def without_texts(blocks: Sequence[Block], numbers: Sequence[int]) -> tuple[Block, ...]:
    """The blocks without some texts; a list or box that keeps none falls away.

    Raises:
        RunError: A number names no text.
    """
    _refuse_unknown(blocks, numbers)
    return _changed(blocks, dict.fromkeys(numbers, ()))


def _refuse_unknown(blocks: Sequence[Block], numbers: Mapping[int, str] | Sequence[int]) -> None:
    count = sum(len(_lines(block)) for block in blocks)
    for number in numbers:
        if number not in range(1, count + 1):
            raise RunError("citing.no_text", number=number, count=count)


def _prose(number: int, text: str, lang: str, sources: Sources) -> tuple[Runs, ...]:
    if not text.strip():
        raise RunError("citing.nothing_written", number=number)
    lines = markdown_lines(text, lang, sources)
    if not lines:
        raise RunError("citing.no_prose", number=number)
    return lines


def _changed(blocks: Sequence[Block], instead: Mapping[int, tuple[Runs, ...]]) -> tuple[Block, ...]:
    changed: list[Block] = []
    first = 1
    for block in blocks:
        numbered = list(enumerate(_lines(block), start=first))
        changed += _block(block, numbered, instead)
        first += len(numbered)
    return tuple(changed)


def _block(
    block: Block, numbered: list[tuple[int, Runs]], instead: Mapping[int, tuple[Runs, ...]]
) -> Iterator[Block]:
    """The block with its new texts: as many blocks as a paragraph became, none when nothing is left."""
    if not any(number in instead for number, _ in numbered):
        yield block
        return
    lines = tuple(new for number, line in numbered for new in instead.get(number, (line,)))
    if isinstance(block, Paragraph):
        for line in lines:
            yield dataclasses.replace(block, text=line, origin="")
    elif isinstance(block, Items) and lines:
        yield dataclasses.replace(block, items=lines, origin="")
    elif isinstance(block, Callout) and lines:
        yield dataclasses.replace(block, lines=lines, origin="")


def _lines(block: Block) -> tuple[Runs, ...]:
    match block:
        case Paragraph():
            return (block.text,)
        case Items():
            return block.items
        case Callout():
            return block.lines
    return ()
