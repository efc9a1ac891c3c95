"""A table found on a sheet and the rows in it, with their cells as typed and as understood."""

from dataclasses import dataclass
from typing import Final

from ksd_toolkit.errors import Where
from ksd_toolkit.questionnaire.cells import DAY_FIRST, Manner, Parsed, as_text
from ksd_toolkit.questionnaire.checks import judged
from ksd_toolkit.questionnaire.column import Column, read_column
from ksd_toolkit.questionnaire.form import TableSpec
from ksd_toolkit.questionnaire.grid import Grid, address, column_letters
from ksd_toolkit.questionnaire.sheets import Header

KEY_SEPARATOR: Final = "|"
EXTRA_PREFIX: Final = "_lain/"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table found on a sheet of a file, ready to be read: column by column, then row by row."""

    file: str
    grid: Grid
    header: Header
    table: TableSpec
    manner: Manner = DAY_FIRST

    def columns(self) -> dict[str, Column]:
        """The answers below the header, understood and judged beside each other."""
        rows = range(self.header.row + 1, self.last_row() + 1)
        columns = {}
        for question in self.table.fields:
            if question.name in self.header.columns:
                at = self.header.columns[question.name]
                raws = [self.grid.cell(number, at) for number in rows]
                shown = self._percentages(at)
                columns[question.name] = read_column(raws, question, self.manner, shown)
        return judged(columns, self.manner.today)

    def row(self, number: int, columns: dict[str, Column]) -> "Row":
        """The row with this zero-based number, out of the understood columns."""
        offset = number - self.header.row - 1
        texts = {
            name: columns[name].text(offset)
            if name in columns
            else as_text(self.grid.cell(number, at))
            for name, at in self.header.columns.items()
        }
        extras = {n: as_text(self.grid.cell(number, at)) for n, at in self.header.unknown.items()}
        parsed = {name: column.at(offset) for name, column in columns.items()}
        named = (parsed[name].value for name in self.table.keys)
        key = KEY_SEPARATOR.join("" if part is None else str(part) for part in named)
        return Row(number, key, texts, extras, parsed)

    def _percentages(self, column: int) -> frozenset[int]:
        """The rows, counted from 0 below the header, whose cell in this column is shown as percent."""
        letters = column_letters(column + 1)
        rows = (c.removeprefix(letters) for c in self.grid.percent if c.startswith(letters))
        return frozenset(int(row) - self.header.row - 2 for row in rows if row.isdigit())

    def where(self, row: "Row", question: str) -> Where:
        """The place of one cell as its author sees it."""
        return Where(self.file, self.grid.name, address(row.number, self.header.columns[question]))

    def is_too_long(self, row: "Row") -> bool:
        """Whether a line of a CSV file has more cells than headings: one of them was cut in two."""
        cells = self.grid.rows[row.number]
        extra = cells[len(self.grid.rows[self.header.row]) :]
        return self.grid.delimited and any(as_text(cell) for cell in extra)

    def last_row(self) -> int:
        """The last row with text under the header; formatted emptiness below does not count."""
        used = (*self.header.columns.values(), *self.header.unknown.values())
        if self.grid.delimited:  # every line of a CSV file is a row someone wrote
            return len(self.grid.rows) - 1
        for number in range(len(self.grid.rows) - 1, self.header.row, -1):
            if any(as_text(self.grid.cell(number, column)) for column in used):
                return number
        return self.header.row


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet: its texts as typed and its cells as understood."""

    number: int
    key: str
    texts: dict[str, str]
    extras: dict[str, str]
    parsed: dict[str, Parsed]

    @property
    def cells(self) -> dict[str, str]:
        """Everything that stands in the row, by question or by the heading of someone's own."""
        return self.texts | {EXTRA_PREFIX + name: text for name, text in self.extras.items()}

    @property
    def content(self) -> tuple[str, ...]:
        """What two rows must share to be duplicates."""
        return (*self.texts.values(), *self.extras.values())
