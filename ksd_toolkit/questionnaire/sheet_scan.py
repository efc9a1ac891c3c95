"""One pass over a sheet's XML: is it small enough to be read, and what would the reader not tell?

The reader holds every cell between A1 and the last one, filled or not, so the rectangle is measured
and not the cells. On the way everything is noted that the reader hands over as blank or not at all:
error values, formulas never computed, percent formats, hidden rows and merged cells.
"""

import re
from dataclasses import dataclass, field
from typing import IO, Final

from ksd_toolkit.questionnaire.file_types import RefusedError
from ksd_toolkit.questionnaire.grid import column_letters, column_number
from ksd_toolkit.questionnaire.xml_parts import XmlWalk, local_name

_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_LETTERS: Final = tuple(column_letters(number) for number in range(1_000))
_FORMULA: Final = "="
_LONGEST_ERROR: Final = 100  # letters of a value that are kept; more is no error value
_MAX_TEXTS: Final = 20_000_000  # more than 300 MB of XML can hold
_YES: Final = frozenset({"1", "true"})


@dataclass(frozen=True, slots=True)
class Limits:
    """How far the last cell may lie: its row, its column, and the cells of the rectangle up to it."""

    row: int
    column: int
    cells: int


@dataclass(slots=True)
class SheetFacts:
    """What one part holds beside values.

    Attributes:
        area: The cells of the rectangle from A1 to the last cell.
        lost: What stands in cells without a value (`#DIV/0!`, or `=` for a formula) by address.
        percent: Addresses of numbers shown as percent.
        hidden_rows: Numbers of hidden rows, from 1.
        merged: Ranges of merged cells.
        formulas: How many formulas have a value.
        first_formula: Where the first of them stands.
    """

    area: int = 0
    lost: dict[str, str] = field(default_factory=dict)
    percent: set[str] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    merged: list[str] = field(default_factory=list)
    formulas: int = 0
    first_formula: str = ""


def scan_sheet(source: IO[bytes], limits: Limits, percent_styles: frozenset[str]) -> SheetFacts:
    """The facts of a part; any part may be a sheet, whatever its name.

    Raises:
        RefusedError: A cell lies too far, there are too many, or the part is damaged or has a DTD.
    """
    cells = _Cells(limits, percent_styles)
    cells.walk.read(source)
    cells.facts.area = cells.last_row * cells.last_column
    return cells.facts


class _Cells:
    """Follows rows and cells as the reader will, with or without their references."""

    def __init__(self, limits: Limits, percent_styles: frozenset[str]) -> None:
        self.limits, self.percent_styles = limits, percent_styles
        self.facts = SheetFacts()
        self.count = self.row = self.column = self.last_row = self.last_column = 0
        self.cell_row = 0
        self.row_text = "0"
        self.type = self.value = ""
        self.formula = self.inside_value = False
        self.is_watching = False
        self.walk = XmlWalk(self.start)

    @property
    def address(self) -> str:
        """Where the cell in hand stands."""
        return f"{column_letters(self.column)}{self.cell_row}"

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element opens: a row, a cell, or what it holds."""
        if tag == "c":
            self._cell(attributes)
        elif tag in {"v", "t"}:
            self.inside_value = True
        elif tag == "row":
            self._row(attributes)
        elif tag == "f":
            self.formula = True
            self._watch()
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif tag == "sst":
            self._expected_texts(attributes)
        elif ":" in tag:
            self.start(local_name(tag), attributes)

    def _row(self, attributes: dict[str, str]) -> None:
        self.row, self.column = int(attributes.get("r", self.row + 1)), 0
        if self.row < 1:
            raise RefusedError("file.damaged")
        self.row_text = str(self.row)
        if attributes.get("hidden") in _YES and self.row <= self.limits.row:
            self.facts.hidden_rows.add(self.row)

    def _cell(self, attributes: dict[str, str]) -> None:
        self.count += 1
        self.column += 1
        self.cell_row = self.row
        reference = attributes.get("r")
        if reference is not None and not self._is_next(reference):
            self._jump(reference)
        if (
            self.cell_row > self.last_row
            or self.column > self.last_column
            or self.count > self.limits.cells
        ):
            self._measure()
        self.type = attributes.get("t", "")
        self.inside_value = False
        if self.type == "e":
            self._watch()
        style = attributes.get("s")
        if style in self.percent_styles:
            self.facts.percent.add(self.address)

    def _is_next(self, reference: str) -> bool:
        """Whether a cell stands right of the one before, as nearly all do."""
        column = self.column
        return column < len(_LETTERS) and reference == _LETTERS[column] + self.row_text

    def _jump(self, reference: str) -> None:
        match = _REFERENCE.fullmatch(reference)
        if match is None or int(match[2]) < 1:
            raise RefusedError("file.damaged")
        self.cell_row, self.column = int(match[2]), column_number(match[1])

    def _measure(self) -> None:
        """Stop at the first cell beyond the limits."""
        limits = self.limits
        if self.count > limits.cells:
            raise RefusedError("file.too_many_cells", limit=limits.cells)
        self.last_row = max(self.last_row, self.cell_row)
        self.last_column = max(self.last_column, self.column)
        too_far = self.cell_row > limits.row or self.column > limits.column
        if too_far or self.last_row * self.last_column > limits.cells:
            raise RefusedError("file.cell_out_of_bounds", cell=self.address)

    def _expected_texts(self, attributes: dict[str, str]) -> None:
        """The reader sets aside as many shared texts as the part says it has: a number, not a fact."""
        for name in ("count", "uniqueCount"):
            if int(attributes.get(name, 0)) > _MAX_TEXTS:
                raise RefusedError("file.damaged")

    def _merge(self, reference: str) -> None:
        self.count += 1
        if self.count > self.limits.cells:
            raise RefusedError("file.too_many_cells", limit=self.limits.cells)
        self.facts.merged.append(reference)

    # --- cells whose value may be lost; only these are followed to their end ------------------

    def _watch(self) -> None:
        if not self.is_watching:
            self.value, self.is_watching = "", True
            self.walk.watch(self._end, self._text)

    def _text(self, text: str) -> None:
        if self.inside_value and len(self.value) < _LONGEST_ERROR:
            self.value += text

    def _end(self, tag: str) -> None:
        name = local_name(tag)
        if name in {"v", "t"}:
            self.inside_value = False
        elif name == "c":
            self._judge()
            self.formula = self.is_watching = False
            self.walk.unwatch()

    def _judge(self) -> None:
        """Whether the cell in hand has lost its value."""
        if self.type == "e":
            self.facts.lost[self.address] = self.value or _FORMULA
        elif self.formula and not self.value and self.type != "str":
            self.facts.lost[self.address] = _FORMULA
        elif self.formula:
            self.facts.formulas += 1
            self.facts.first_formula = self.facts.first_formula or self.address
