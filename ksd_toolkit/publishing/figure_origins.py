"""Say what a printed figure was computed from: as its block says, else as its column and its words show.

A block that names its origin is believed. Where none does, the title of a column tells the measure, and
the usulan named in the row or the sentence tell the subject.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from ksd_toolkit.columns import label
from ksd_toolkit.document import (
    Block,
    Callout,
    Clauses,
    Document,
    Figure,
    Heading,
    Items,
    KeyFigures,
    Origin,
    Paragraph,
    Particulars,
    RegionMap,
    Table,
    plain_text,
)
from ksd_toolkit.publishing.printed_figures import PrintedFigure

_TITLED: Final = {
    "rank": "rank", "points": "points", "worst": "worst", "best": "best", "coverage": "coverage",
    "class": "class_name", "ranks": "rank_low", "rank_low": "rank_low", "rank_high": "rank_high",
}  # fmt: skip
"""Columns every table calls alike, and the measure they show."""

_WORD: Final = re.compile(r"(?<!\d/)\b[A-Za-z][A-Za-z0-9]*-\d+")
"""The id of an usulan of this period: `2025/DINKES-01` is one of another."""
_SENTENCE: Final = re.compile(r"(?<=[.!?;])\s+")
_NUMBERED: Final = re.compile(r"\d+[.)]")
"""The number of an entry in a list, which ends no sentence: `1. `."""
_GOES_ON: Final = re.compile(r"\d+(?:[,;](?!\d)|$)")
"""What no sentence begins with: the number after a short title, as in `Geo. 2, Prom. 1;`."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a figure measures (empty where nobody says), of what, the usulan it tells of, and its words.

    `words` are the texts of its row, or its sentence. `row` holds what the columns of its row show, by
    measure: empty outside tables. `named` is what its row, its label or its part of the paper is called.
    """

    measure: str
    subject: str
    usulan: tuple[str, ...]
    words: tuple[str, ...]
    row: Mapping[str, str] = field(default_factory=dict)
    named: str = ""


def meaning_of(figure: PrintedFigure, document: Document, known: Collection[str]) -> Meaning:
    """What the figure means.

    Args:
        figure: One of `figures_of(document)`.
        document: The paper.
        known: The ids of all usulan.
    """
    words = _words(figure, document)
    told = Origin.parse(figure.origin)
    measure = told.measure or _measure_of_column(figure, document)
    beside = _beside(figure, document)
    if told.usulan:
        # a part of an usulan is named after it: usulan/DINKES-01/K1
        whole = told.usulan if told.usulan in known else told.usulan.rpartition("/")[0]
        usulan: tuple[str, ...] = (whole,) if whole in known else ()
        return Meaning(measure, told.subject, usulan, words, *beside)
    named = {found.group().upper(): None for text in words for found in _WORD.finditer(text)}
    usulan = tuple(name for name in named if name in known)
    subject = told.subject or (f"usulan/{usulan[0]}" if len(usulan) == 1 else "")
    return Meaning(measure, subject, usulan, words, *beside)


def _beside(figure: PrintedFigure, document: Document) -> tuple[Mapping[str, str], str]:
    """What stands in the row of a figure by measure, and what its row, label or shape is called."""
    block = _block(figure, document)
    first = figure.part[0] if figure.part else 0
    match block:
        case Table() if len(figure.part) == 2 and first:  # noqa: PLR2004  row and column
            cells = block.rows[first - 1]
            titles = _titles(document.lang)
            row = {
                (column.measure or titles.get(column.title, "")).replace(":", "_"): text
                for column, text in zip(block.columns, cells, strict=True)
            }
            named = cells[block.row_header] if block.row_header >= 0 else ""
            return row, named
        case KeyFigures():
            return {}, block.figures[first - 1].label
        case RegionMap() if len(figure.part) == 1 and figure.start < 0:
            return {}, block.shapes[first - 1].name
        case Table() | Figure() | RegionMap():
            return {}, block.caption
    return {}, ""


def _measure_of_column(figure: PrintedFigure, document: Document) -> str:
    block = _block(figure, document)
    if not isinstance(block, Table) or len(figure.part) != 2 or not figure.part[0]:  # noqa: PLR2004
        return ""
    return _titles(document.lang).get(block.columns[figure.part[1] - 1].title, "")


@cache
def _titles(lang: str) -> dict[str, str]:
    return {label(name, lang): measure for name, measure in _TITLED.items()}


def _words(figure: PrintedFigure, document: Document) -> tuple[str, ...]:
    """The texts a figure stands among: its row, its key figure, its sentence."""
    block = _block(figure, document)
    first = figure.part[0] if figure.part else 0
    match block:
        case Table() if len(figure.part) == 2 and first:  # noqa: PLR2004  row and column
            return block.rows[first - 1]
        case KeyFigures():
            one = block.figures[first - 1]
            return one.value, one.label, one.note
        case RegionMap() if len(figure.part) == 1 and figure.start < 0:
            shape = block.shapes[first - 1]
            return shape.name, *shape.told
    return (_sentence(_text(block, figure, document), figure),)


def _block(figure: PrintedFigure, document: Document) -> Block | None:
    return document.blocks[figure.block] if figure.block >= 0 else None


def _text(block: Block | None, figure: PrintedFigure, document: Document) -> str:  # noqa: PLR0911  one line a kind of block
    """The line of text a figure stands in."""
    first = figure.part[0] if figure.part else 0
    match block:
        case Heading() | Paragraph():
            return plain_text(block.text)
        case Items():
            return plain_text(block.items[first - 1])
        case Callout():
            return plain_text(block.lines[first - 1]) if first else block.title
        case Particulars():
            return plain_text(block.entries[first - 1][1])
        case Clauses():
            return plain_text(block.entries[first - 1].items[figure.part[1] - 1])
        case Table() | Figure() | RegionMap():
            parts = {"C": block.caption, "D": getattr(block, "description", "")}
            parts |= {"N": getattr(block, "note", ""), "S": block.source}
            return parts.get(figure.id[1:2], "") or figure.text
    return f"{document.title}\n{document.subtitle}" if block is None else figure.text


def _sentence(text: str, figure: PrintedFigure) -> str:
    """The sentence of `text` the figure stands in."""
    start = 0
    for gap in _SENTENCE.finditer(text):
        entry = _NUMBERED.fullmatch(text, start, gap.start())
        if entry or (text[gap.start() - 1] == "." and _GOES_ON.match(text, gap.end())):
            continue
        if figure.start < gap.start():
            return text[start : gap.start()]
        start = gap.end()
    return text[start:]
