"""The cells of a workbook or CSV file with the addresses their author sees."""

import csv
import io
from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Final

from python_calamine import CalamineWorkbook

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire.form import Field, TableSpec
from ksd_toolkit.questionnaire.gate import column_letters, column_number, refuse
from ksd_toolkit.questionnaire.lost_values import Places, lost_values
from ksd_toolkit.questionnaire.values import Lost, Raw, as_text

_HEADER_SEARCH_ROWS: Final = 30


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet as rows of raw values from A1 on."""

    name: str
    rows: tuple[tuple[Raw, ...], ...]

    def cell(self, row: int, column: int) -> Raw:
        """The raw value at zero-based row and column; None outside the sheet."""
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return None


@dataclass(frozen=True, slots=True)
class Header:
    """Where a table starts: the zero-based header row and the column of each field."""

    row: int
    columns: dict[str, int]
    unknown: dict[str, int]
    repeated: dict[str, int]


def address(row: int, column: int) -> str:
    """`B7` for zero-based row 6, column 1."""
    return f"{column_letters(column + 1)}{row + 1}"


def read_grids(path: Path, name: str) -> tuple[list[Grid], Problem | None]:
    """Every sheet of the workbook at `path`; or the reason why it is refused."""
    if reason := refuse(path, name):
        return [], reason
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        lost = lost_values(path)
        grids = [
            _grid(sheet, workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False), lost)
            for sheet in workbook.sheet_names
        ]
    except BaseException as error:  # the reader's panics derive from BaseException, not Exception
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError | GeneratorExit):
            raise
        return [], Problem("file.damaged", Where(name))
    return grids, None


def _grid(sheet: str, rows: list[list[Any]], lost: dict[str, Places]) -> Grid:
    """A sheet's rows, with what stood in the cells whose value is lost."""
    for place, text in lost.get(sheet, {}).items():
        letters = place.rstrip("0123456789")
        row, column = int(place[len(letters) :]) - 1, column_number(letters) - 1
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = Lost(text)
    return Grid(sheet, tuple(tuple(row) for row in rows))


def read_csv_grid(path: Path, name: str) -> tuple[Grid | None, Problem | None]:
    """A CSV file as one grid of texts: UTF-8 (or Windows-1252), comma or semicolon."""
    content = path.read_bytes()
    if not content.strip():
        return None, Problem("file.empty", Where(name))
    if b"\x00" in content:
        return None, Problem("file.not_csv", Where(name))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    lines = text.splitlines()
    first = lines[0] if lines else ""
    delimiter = ";" if first.count(";") > first.count(",") else ","
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return Grid("", tuple(tuple(row) for row in rows)), None
    except csv.Error:
        return None, Problem("file.not_csv", Where(name))


def find_header(grid: Grid, table: TableSpec) -> Header | None:
    """The row that names the fields best, by code or label, the lower of equals; None without its keys."""
    best: Header | None = None
    for number in range(min(_HEADER_SEARCH_ROWS, len(grid.rows))):
        header = _match_header(grid, number, table)
        if header.columns and (best is None or len(header.columns) >= len(best.columns)):
            best = header
    if best is None or not set(table.keys) <= best.columns.keys():
        return None
    best.unknown.update(_without_heading(grid, best))
    return best


def _without_heading(grid: Grid, header: Header) -> Iterator[tuple[str, int]]:
    """Columns with text but no heading, by letter: notes beside the table, cells a comma split off.

    A column with text above the header row is a guide of the questionnaire itself.
    """
    named = {*header.columns.values(), *header.unknown.values(), *header.repeated.values()}
    for column in set(range(max(len(row) for row in grid.rows))) - named:
        texts = (as_text(grid.cell(number, column)) for number in range(len(grid.rows)))
        first = next((number for number, text in enumerate(texts) if text), 0)
        if first > header.row:
            yield column_letters(column + 1), column


def _match_header(grid: Grid, number: int, table: TableSpec) -> Header:
    names = {alias: field.name for field in table.fields for alias in _aliases(field)}
    found: dict[str, int] = {}
    unknown: dict[str, int] = {}
    repeated: dict[str, int] = {}
    for column, raw in enumerate(grid.rows[number]):
        text = _folded(as_text(raw))
        if not text:
            continue
        name = names.get(text)
        if name is None:
            unknown[_numbered(as_text(raw), unknown)] = column
        elif name in found:
            repeated[name] = column
        else:
            found[name] = column
    return Header(number, found, unknown, repeated)


def _numbered(text: str, taken: Container[str]) -> str:
    """The heading itself; `Catatan #2` where someone added two columns of one name."""
    return next(n for k in count(1) if (n := f"{text} #{k}" if k > 1 else text) not in taken)


def _aliases(field: Field) -> Iterator[str]:
    yield _folded(field.name)
    for label in field.labels.values():
        yield _folded(label)


def _folded(text: str) -> str:
    return " ".join(text.casefold().rstrip("*").split())
