"""A table that is no Excel workbook (CSV, OpenDocument), as a workbook of the same cells."""

import re
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from ksd_toolkit.messages import count, say
from ksd_toolkit.publishing.workbook_copy import MAX_CELLS, TooLargeError
from ksd_toolkit.publishing.xlsx import CELL_LIMIT
from ksd_toolkit.questionnaire.sheets import Grid, read_csv_grid, read_grids
from ksd_toolkit.questionnaire.workbook_facts import OWN_HIDDEN

_FORBIDDEN: Final = re.compile(r"[\[\]*?:\\/\x00-\x1f']")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SHEET_NAME: Final = 31  # letters
_WIDTHS: Final = (8, 48)


def plain_copy(path: Path, lang: str) -> Workbook:
    """Every cell of the table at its own address; every text as text, never as a formula.

    The sheets we hid ourselves stay hidden; the list of corrections is the one to be seen.

    Raises:
        TooLargeError: It has too many cells.
        ValueError: The file is no table that can be read.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    grids = _grids(path)
    if sum(len(row) for grid in grids for row in grid.rows) > MAX_CELLS:
        raise TooLargeError
    for grid in grids:
        sheet = book.create_sheet(_FORBIDDEN.sub(" ", grid.name or path.stem)[:_SHEET_NAME])
        widths: dict[int, int] = {}
        for row, values in enumerate(grid.rows, start=1):
            for column, value in enumerate(values, start=1):
                if value is None or value == "":
                    continue
                _write(sheet.cell(row, column), value, lang)
                widths[column] = max(widths.get(column, 0), len(str(value)))
        for column, width in widths.items():
            fitting = min(_WIDTHS[1], max(_WIDTHS[0], width + 2))
            sheet.column_dimensions[get_column_letter(column)].width = fitting
        if grid.name in OWN_HIDDEN:
            sheet.sheet_state = "hidden"
    return book


def _grids(path: Path) -> list[Grid]:
    grids, reason = read_grids(path, path.name)
    if not reason:
        return grids
    grid, problem = read_csv_grid(path, path.name)
    if grid is None:
        raise ValueError(problem)
    return [grid]


def _write(cell: Any, value: Any, lang: str) -> None:
    if isinstance(value, bool | int | float | date | datetime | time | timedelta):
        cell.value = value
        return
    text = _CONTROL.sub(" ", str(value))
    if len(text) > CELL_LIMIT:
        marker = say("publishing.cut", lang, limit=count(CELL_LIMIT, lang))
        text = text[: CELL_LIMIT - len(marker)] + marker
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = True  # also after someone opens the cell and presses Enter
