"""A sheet about regions: where its heading stands, what its columns mean, and what kind it is."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from ksd_toolkit.atlas.region_files import facts_of, folded, meaning_of
from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire.cells import Raw, as_text
from ksd_toolkit.questionnaire.grid import Grid, address

TableKind = Literal["long", "wide", "meta", "crosswalk", ""]

_LONG: Final = ("code", "indicator", "value")
_SPECIAL: Final = (
    "code", "year", "value", "unit", "source", "source_id", "bps_code", "name", "note", "indicator",
)  # fmt: skip
_KNOWN: Final = 2  # headings that make a row the heading


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with its heading found.

    Attributes:
        grid: The sheet.
        file: Its file, as problems name it.
        heading: The zero-based row of the heading.
        columns: The zero-based column of each meaning.
        others: The zero-based column of each heading that has none.
        repeated: Headings that stand again, and their zero-based columns.
    """

    grid: Grid
    file: str
    heading: int
    columns: Mapping[str, int]
    others: Mapping[str, int]
    repeated: Mapping[int, str]

    @property
    def kind(self) -> TableKind:
        """What the headings make it; empty where they make nothing we know."""
        found = self.columns.keys()
        if all(name in found for name in _LONG):
            return "long"
        if {"indicator", "title"} <= found:
            return "meta"
        if {"code", "bps_code"} <= found:
            return "crosswalk"
        is_wide = "code" in found and "indicator" not in found and self.figures
        return "wide" if is_wide else ""

    @property
    def figures(self) -> dict[str, int]:
        """The columns of a wide table that may hold an indicator each, by its code."""
        describing = facts_of("describing")["columns"]
        named = {text: column for text, column in self.others.items() if text not in describing}
        extra = {name: column for name, column in self.columns.items() if name not in _SPECIAL}
        return named | extra

    def findings(self, used: Collection[str]) -> Iterator[Problem]:
        """Headings that stand twice, and columns that are not read.

        Args:
            used: The headings in `others` whose columns are read.
        """
        for column, text in self.repeated.items():
            where = Where(self.file, self.grid.name, address(self.heading, column))
            yield Problem("atlas.heading_twice", where, {"heading": text}, "warning")
        unused = [name for name in self.others if name not in used]
        if unused:
            where = Where(self.file, self.grid.name)
            names = ", ".join(unused)[: facts_of("reading")["longest_text"]]
            yield Problem("atlas.columns_unused", where, {"names": names}, "info")

    def rows(self) -> Iterator[tuple[int, Sequence[Raw]]]:
        """Every row below the heading with its zero-based number."""
        yield from enumerate(self.grid.rows[self.heading + 1 :], self.heading + 1)

    def overflows(self, row: Sequence[Raw]) -> bool:
        """Whether a row has more than the heading: a comma that was meant for decimals, most likely."""
        width = len(self.grid.rows[self.heading])
        return any(as_text(cell) for cell in row[width:])

    def cell(self, row: Sequence[Raw], meaning: str) -> Raw:
        """The value of a row in the column of this meaning; None where there is none."""
        column = self.columns.get(meaning)
        return row[column] if column is not None and column < len(row) else None

    def text(self, row: Sequence[Raw], meaning: str) -> str:
        """The same as text."""
        return as_text(self.cell(row, meaning))


def find_table(grid: Grid, file: str) -> Table | None:
    """The table on a sheet; None where no row among the first looks like its heading."""
    best: Table | None = None
    for number, row in enumerate(grid.rows[: facts_of("reading")["heading_rows"]]):
        columns: dict[str, int] = {}
        others: dict[str, int] = {}
        repeated: dict[int, str] = {}
        for column, text in enumerate(as_text(cell) for cell in row):
            meaning, name = meaning_of(text), folded(text)
            if meaning in columns or name in others:
                repeated[column] = text
            elif meaning:
                columns[meaning] = column
            elif name:
                others[name] = column
        if len(columns) >= _KNOWN or "code" in columns:
            found = Table(grid, file, number, columns, others, repeated)
            if best is None or (found.kind and not best.kind):
                best = found
    return best


def headings_of(grid: Grid) -> str:
    """The first row that holds something, as its author reads it."""
    for row in grid.rows[: facts_of("reading")["heading_rows"]]:
        texts = [as_text(cell) for cell in row]
        if any(texts):
            told = ", ".join(text for text in texts if text)
            return told[: facts_of("reading")["longest_text"]]
    return ""
