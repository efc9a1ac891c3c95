"""The sheets of a workbook or CSV file with the addresses their author sees, behind the gate."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire.cells import Lost, Raw
from ksd_toolkit.questionnaire.csv_files import read_csv_grid
from ksd_toolkit.questionnaire.file_types import RefusedError
from ksd_toolkit.questionnaire.gate import DAMAGED_ARCHIVE, Passed, Workbook, inspect
from ksd_toolkit.questionnaire.grid import Grid, address, column_number
from ksd_toolkit.questionnaire.headers import Header, find_header
from ksd_toolkit.questionnaire.open_document import read_open_document
from ksd_toolkit.questionnaire.reader_copy import for_the_reader
from ksd_toolkit.questionnaire.reader_process import sheet_values
from ksd_toolkit.questionnaire.sheet_scan import SheetFacts

__all__ = ["Grid", "Header", "address", "find_header", "read_csv_grid", "read_grids"]


def read_grids(path: Path, name: str) -> tuple[list[Grid], Problem | None]:
    """Every sheet its author sees, of a workbook (.xlsx, .xlsm, .ods) or CSV file; or why it is refused.

    What the file holds decides, not its name. Findings about the file as a whole stand with the
    first grid.

    Args:
        path: The file.
        name: Its name as problems tell it.
    """
    passed = inspect(path, name)
    if isinstance(passed, Problem):
        return [], passed
    try:
        return _grids(path, passed, name), None
    except RefusedError as refused:
        return [], refused.problem(name)
    except DAMAGED_ARCHIVE:
        return [], Problem("file.damaged", Where(name))


def _grids(path: Path, passed: Passed, name: str) -> list[Grid]:
    if passed.kind == "text":
        return [_csv_grid(path, name)]
    if passed.workbook is None:
        grids, hidden = read_open_document(path, name)
        findings = list(_hidden(hidden, name))
    else:
        grids = list(_excel_grids(path, passed.workbook, name))
        findings = list(_workbook_findings(passed.workbook, name))
    if not grids:
        raise RefusedError("file.no_visible_sheet")
    grids[0] = replace(grids[0], findings=(*findings, *grids[0].findings))
    return grids


def _csv_grid(path: Path, name: str) -> Grid:
    grid, reason = read_csv_grid(path, name)
    if grid is not None:
        return grid
    if reason is None or reason.code == "file.not_csv":  # nobody said it was one
        raise RefusedError("file.not_workbook")
    raise RefusedError(reason.code, **reason.facts)


def _excel_grids(path: Path, workbook: Workbook, name: str) -> Iterator[Grid]:
    source = for_the_reader(path, workbook)
    sheets = workbook.facts.sheets
    read = [sheet for sheet in sheets if sheet.is_read]
    values = sheet_values(source, [sheet.name for sheet in sheets], [sheet.name for sheet in read])
    for sheet, rows in zip(read, values, strict=True):
        yield _grid(sheet.name, rows, workbook.sheets.get(sheet.part, SheetFacts()), name)


def _grid(sheet: str, rows: list[tuple[Raw, ...]], facts: SheetFacts, file: str) -> Grid:
    """A sheet's values, with what stood in the cells whose value is lost."""
    for place, text in facts.lost.items():
        letters = place.rstrip("0123456789")
        row, column = int(place[len(letters) :]) - 1, column_number(letters) - 1
        rows += [()] * (row + 1 - len(rows))  # the reader ends where the last value stands
        held = rows[row] + ("",) * (column - len(rows[row]))
        rows[row] = (*held[:column], Lost(text), *held[column + 1 :])
    findings: tuple[Problem, ...] = ()
    if facts.formulas:
        where = Where(file, sheet, facts.first_formula)
        findings = (Problem("sheet.computed", where, {"n": facts.formulas}, "info"),)
    return Grid(
        sheet, tuple(rows), frozenset(facts.percent), frozenset(facts.hidden_rows),
        tuple(facts.merged), findings=findings,
    )  # fmt: skip


def _workbook_findings(workbook: Workbook, name: str) -> Iterator[Problem]:
    facts = workbook.facts
    far = {sheet.name for sheet in facts.sheets if sheet.part in workbook.unsafe}
    yield from _hidden([s.name for s in facts.sheets if not s.is_read and s.name not in far], name)
    for sheet in facts.sheets:
        if sheet.part in workbook.unsafe:
            cell = {"cell": workbook.unsafe[sheet.part]}
            yield Problem("sheet.hidden_too_far", Where(name, sheet.name), cell, "info")
    if facts.macros:
        yield Problem("file.macros", Where(name), {}, "warning")
    if facts.links:
        yield Problem("file.external_links", Where(name), {"n": facts.links}, "info")


def _hidden(sheets: Iterable[str], name: str) -> Iterator[Problem]:
    for sheet in sheets:
        yield Problem("sheet.hidden", Where(name, sheet), {}, "info")
