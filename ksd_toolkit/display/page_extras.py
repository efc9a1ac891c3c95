"""What a page knows of a block beyond its text: the ids of its figures, notes on them, keys to sort by.

Publishing finds them out, the templates print them; a notebook shows its blocks without.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from ksd_toolkit.document import Column, RegionMap, Run, Runs, Table
from ksd_toolkit.document.maps import MapShape

FIGURE_ID: Final = "angka-"

Place = tuple[int, str, tuple[int, ...]]
"""Number of the block (-1 for the title), part around it (`C` caption, ...), numbers inside it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure of the paper: its id, what a note tells of it, and where it stands in its line.

    `start` is -1 where the whole text is the figure.
    """

    id: str
    note: str = ""
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class TableKeys:
    """What a table sorts and aligns by.

    `sorts` is `number`, `text` or nothing per column. `keys` holds, per row and column, the value a cell
    sorts by: None for its own text, empty for a blank. `pads` is what a number lacks behind its decimal sign.
    """

    sorts: tuple[str, ...]
    keys: tuple[tuple[str | None, ...], ...]
    pads: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PageExtras:
    """The marks of a paper by place, and the keys of its tables by number of the block."""

    marks: Mapping[Place, tuple[Mark, ...]] = field(default_factory=dict)
    tables: Mapping[int, TableKeys] = field(default_factory=dict)

    def at(self, block: int, part: str = "", *numbers: int) -> tuple[Mark, ...]:
        """The marks in a line of text."""
        return self.marks.get((block, part, numbers), ()) if self.marks else ()

    def one(self, block: int, part: str = "", *numbers: int) -> Mark | None:
        """The mark of a cell, a key figure or a drawing."""
        marks = self.at(block, part, *numbers)
        return marks[0] if marks else None


class Piece(NamedTuple):
    """A stretch of text that is a figure, or none; `ends` its run, so that its footnote follows."""

    run: Run
    mark: Mark | None
    ends: bool


class Cell(NamedTuple):
    """A cell of a table as it is printed."""

    text: str
    look: str
    is_header: bool
    mark: Mark | None
    key: str | None
    pad: str


class Notes:
    """The footnotes of a page, numbered as they are met; what is cited again keeps its number."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.times: list[int] = []
        self._numbers: dict[str, int] = {}

    def met(self, run: Run) -> tuple[int, int]:
        """The number of the footnote of a run, and how often it was met."""
        number = self._numbers.setdefault(run.cites or run.footnote, len(self.texts) + 1)
        if number > len(self.texts):
            self.texts.append(run.footnote)
            self.times.append(0)
        self.times[number - 1] += 1
        return number, self.times[number - 1]


def pieces(line: Runs, marks: Sequence[Mark] = ()) -> Iterator[Piece]:
    """A line cut where its figures begin and end."""
    at = 0
    for run in line:
        end = at + len(run.text)
        yield from _cut(run, [mark for mark in marks if at <= mark.start < end], at)
        at = end


def _cut(run: Run, marks: Sequence[Mark], offset: int) -> Iterator[Piece]:
    done = 0
    for mark in marks:
        start, end = mark.start - offset, min(mark.end - offset, len(run.text))
        if start > done:
            yield Piece(replace(run, text=run.text[done:start]), None, ends=False)
        yield Piece(replace(run, text=run.text[start:end]), mark, ends=end == len(run.text))
        done = end
    if done < len(run.text) or not marks:
        yield Piece(replace(run, text=run.text[done:]) if done else run, None, ends=True)


def words(text: str, marks: Sequence[Mark] = ()) -> Iterator[Piece]:
    """A text without emphasis, cut where its figures begin and end."""
    return pieces((Run(text),), marks)


def lines(text: Sequence[str], marks: Sequence[Mark]) -> list[list[Piece]]:
    """Texts whose figures are counted through as if line ends stood between them."""
    found, at = [], 0
    for line in text:
        end = at + len(line)
        own = [
            replace(mark, start=mark.start - at, end=mark.end - at)
            for mark in marks
            if at <= mark.start < end
        ]
        found.append(list(words(line, own)))
        at = end + 1
    return found


def alignment(column: Column) -> str:
    """The class of a column's cells; numbers stand at the right unless they are told otherwise."""
    number = column.kind not in {"text", "date"}
    return f"ksd-{'right' if number and column.align == 'left' else column.align}"


def table_cells(table: Table, extras: PageExtras, block: int) -> Iterator[list[Cell]]:
    """Every row of a table with what its cells carry."""
    keys = extras.tables.get(block)
    looks = [alignment(c) + ("" if c.width else " ksd-tight") for c in table.columns]
    header = table.row_header
    for row, texts in enumerate(table.rows):
        yield [
            Cell(
                text,
                looks[column],
                column == header and bool(text.strip()),  # a blank to write in heads no row
                extras.one(block, "", row + 1, column + 1),
                keys.keys[row][column] if keys else None,
                keys.pads[row][column] if keys else "",
            )
            for column, text in enumerate(texts)
        ]


def telling_shapes(block: RegionMap) -> list[tuple[int, MapShape]]:
    """The shapes that tell something with their numbers, those with a thick rim first."""
    telling = [(number, shape) for number, shape in enumerate(block.shapes, 1) if shape.told]
    return sorted(telling, key=lambda numbered: not numbered[1].marked)
