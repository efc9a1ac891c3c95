"""Read an OpenDocument spreadsheet (.ods) within the gate's limits, in one pass over its XML.

OpenDocument writes a cell that repeats once, with how often: a few bytes may stand for billions of
cells. So nothing is spread out before its place is known to be within the limits; emptiness below
and beside the table is never spread out at all.
"""

import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire import gate
from ksd_toolkit.questionnaire.cells import Lost, Raw
from ksd_toolkit.questionnaire.file_types import RefusedError
from ksd_toolkit.questionnaire.grid import Grid, column_letters
from ksd_toolkit.questionnaire.open_document_cell import Cell
from ksd_toolkit.questionnaire.sheet_scan import Limits
from ksd_toolkit.questionnaire.workbook_facts import OWN_HIDDEN
from ksd_toolkit.questionnaire.xml_parts import XmlWalk

_CELLS: Final = frozenset({"table:table-cell", "table:covered-table-cell"})
_PASSED_OVER: Final = frozenset(
    {"office:annotation", "table:tracked-changes", "table:shapes", "draw:frame", "draw:custom-shape",
     "table:dde-links", "office:forms"}
)  # fmt: skip  # hold text or cells that are no answers
_SEEN: Final = "visible"


def read_open_document(path: Path, name: str) -> tuple[list[Grid], tuple[str, ...]]:
    """Every visible sheet, and the names of the hidden ones.

    Raises:
        RefusedError: A cell lies too far, there are too many, or the file is damaged.
    """
    with zipfile.ZipFile(path) as archive:
        entry = {info.filename.casefold(): info for info in archive.infolist()}["content.xml"]
        book = _Book(name)
        with archive.open(entry) as source:
            book.walk.read(source)
    names = [grid.name for grid in book.grids] + book.hidden
    if len({*names}) < len(names):
        raise RefusedError("file.damaged")
    return book.grids, tuple(book.hidden)


@dataclass(slots=True)
class _Sheet:
    """The sheet in hand: its rows so far and the emptiness not yet known to be needed."""

    name: str
    limits: Limits
    rows: list[tuple[Raw, ...]] = field(default_factory=list)
    percent: set[str] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    merged: list[str] = field(default_factory=list)
    formulas: int = 0
    first_formula: str = ""
    blank_rows: int = 0
    width: int = 0
    line: list[Raw] = field(default_factory=list)
    blank_cells: int = 0
    percent_columns: list[int] = field(default_factory=list)

    @property
    def row(self) -> int:
        """The number of the row in hand, from 1."""
        return len(self.rows) + self.blank_rows + 1

    @property
    def column(self) -> int:
        """The number of the cell that comes next, from 1."""
        return len(self.line) + self.blank_cells + 1

    def add_cell(self, cell: Cell) -> None:
        """One cell, as often as it repeats."""
        value = cell.value()
        if cell.is_spanned:
            self.merged.append(self._spanned(cell))
        if value is None:
            self.blank_cells += cell.repeated
            return
        self._check(self.row, self.column + cell.repeated - 1)
        place = f"{column_letters(self.column)}{self.row}"
        if cell.formula and not isinstance(value, Lost):
            self.formulas += 1
            self.first_formula = self.first_formula or place
        first = self.column
        self.line += [None] * self.blank_cells + [value] * cell.repeated
        self.blank_cells = 0
        if cell.is_percent:
            self.percent_columns += range(first, first + cell.repeated)

    def add_row(self, repeated: int, *, hidden: bool) -> None:
        """The row in hand is whole; it stands `repeated` times."""
        first = self.row
        if not self.line:
            self.blank_rows += repeated
        else:
            self._check(first + repeated - 1, len(self.line))
            self.rows += [()] * self.blank_rows + [tuple(self.line)] * repeated
            self.blank_rows = 0
            rows = range(first, first + repeated)
            self.hidden_rows.update(rows if hidden else ())
            letters = [column_letters(column) for column in self.percent_columns]
            self.percent.update(f"{letter}{row}" for row in rows for letter in letters)
        self.line, self.blank_cells, self.percent_columns = [], 0, []

    def _check(self, row: int, column: int) -> None:
        self.width = max(self.width, column)
        too_far = row > self.limits.row or column > self.limits.column
        if too_far or row * self.width > self.limits.cells:
            raise RefusedError("file.cell_out_of_bounds", cell=f"{column_letters(column)}{row}")

    def _spanned(self, cell: Cell) -> str:
        last = f"{column_letters(self.column + cell.columns - 1)}{self.row + cell.rows - 1}"
        if len(self.merged) > self.limits.row:
            raise RefusedError("file.too_many_cells", limit=self.limits.cells)
        return f"{column_letters(self.column)}{self.row}:{last}"

    def grid(self, file: str) -> Grid:
        """The sheet as it is read."""
        findings: tuple[Problem, ...] = ()
        if self.formulas:
            where = Where(file, self.name, self.first_formula)
            findings = (Problem("sheet.computed", where, {"n": self.formulas}, "info"),)
        return Grid(
            self.name, tuple(self.rows), frozenset(self.percent), frozenset(self.hidden_rows),
            tuple(self.merged), findings=findings,
        )  # fmt: skip


class _Book:
    """Follows tables, rows and cells; text of remarks and drawings is passed over."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.grids: list[Grid] = []
        self.hidden: list[str] = []
        self.unseen_styles: set[str] = set()
        self.style = ""
        self.room = gate.MAX_CELLS
        self.sheet: _Sheet | None = None
        self.cell: Cell | None = None
        self.rows_repeated, self.row_hidden = 1, False
        self.passed_over = 0  # how deep inside something that is no answer
        self.walk = XmlWalk(self.start)
        self.walk.watch(self.end, self.text)

    def start(self, tag: str, held: dict[str, str]) -> None:
        """An element opens."""
        if self.passed_over or tag in _PASSED_OVER:
            self.passed_over += 1
        elif tag == "style:style":
            self.style = held.get("style:name", "")
        elif tag == "style:table-properties" and held.get("table:display") == "false":
            self.unseen_styles.add(self.style)
        elif tag == "table:table":
            self._open_table(held)
        elif self.sheet is None:
            return
        elif tag == "table:table-row":
            self.rows_repeated = _number(held.get("table:number-rows-repeated"))
            self.row_hidden = held.get("table:visibility", _SEEN) != _SEEN
        elif tag in _CELLS:
            self.cell = Cell.opened(held, _number, covered=tag != "table:table-cell")
        elif self.cell is not None:
            self.cell.start(tag, held)

    def text(self, text: str) -> None:
        """Part of a text."""
        if self.cell is not None and not self.passed_over:
            self.cell.text(text)

    def end(self, tag: str) -> None:
        """An element closes."""
        if self.passed_over:
            self.passed_over -= 1
        elif tag in _CELLS and self.sheet is not None and self.cell is not None:
            self.sheet.add_cell(self.cell)
            self.cell = None
        elif tag == "table:table-row" and self.sheet is not None:
            self.sheet.add_row(self.rows_repeated, hidden=self.row_hidden)
        elif tag == "table:table" and self.sheet is not None:
            self._close_table(self.sheet)
        elif self.cell is not None:
            self.cell.end(tag)

    def _open_table(self, held: dict[str, str]) -> None:
        name = held.get("table:name", "")
        hidden = held.get("table:style-name") in self.unseen_styles and name not in OWN_HIDDEN
        if self.sheet is not None or hidden:  # a table inside a cell, or one nobody sees
            self.passed_over = 1
            if hidden:
                self.hidden.append(name)
        elif len(self.grids) + len(self.hidden) >= gate.MAX_SHEETS:
            raise RefusedError("file.too_many_sheets", limit=gate.MAX_SHEETS)
        else:
            self.sheet = _Sheet(name, gate.limits(self.room))

    def _close_table(self, sheet: _Sheet) -> None:
        self.room -= len(sheet.rows) * sheet.width
        self.grids.append(sheet.grid(self.file))
        self.sheet = None


def _number(text: str | None) -> int:
    """How often something repeats; 1 where nothing is said."""
    number = 1 if text is None else int(text)
    if number < 1:
        raise RefusedError("file.damaged")
    return number
