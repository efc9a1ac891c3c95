"""Say what was noticed about the cells of a table: merged, hidden or computed answers.

Headings and labels may be merged and computed at will; only the cells that hold answers count.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Final

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire.cells import as_text
from ksd_toolkit.questionnaire.grid import Grid, address, column_number
from ksd_toolkit.questionnaire.headers import Header
from ksd_toolkit.questionnaire.submission import Submission

_HIDDEN: Final = frozenset({"sheet.hidden", "sheet.hidden_too_far"})
_OWN_SHEET: Final = re.compile(
    r"(opd|usulan|mitra|nilai|TKKSD-[0-9]+)$"
)  # sheets a reader looks for
_RANGE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")


def with_findings(
    understood: Submission | Problem, grids: Collection[Grid]
) -> Submission | Problem:
    """A submission with what was noticed about its file as a whole; a refusal stays alone."""
    own = hidden_sheets(grids)
    found = tuple(
        replace(finding, severity="error") if finding.where.sheet in own else finding
        for grid in grids
        for finding in grid.findings
    )
    if isinstance(understood, Problem) or not found:
        return understood
    return replace(understood, problems=(*understood.problems, *found))


def unrecognised(grids: Iterable[Grid], name: str, form_id: str) -> Problem:
    """Why no reader knows a file: its sheets are hidden, or it is no questionnaire of ours."""
    if hidden := hidden_sheets(grids):
        return Problem("file.sheets_hidden", Where(name), {"sheets": ", ".join(hidden)})
    return Problem("file.other_form", Where(name), {"expected": form_id})


def hidden_sheets(grids: Iterable[Grid]) -> list[str]:
    """The sheets of a questionnaire that are hidden in a file, and therefore not read."""
    told = (finding for grid in grids for finding in grid.findings)
    return [p.where.sheet for p in told if p.code in _HIDDEN and _OWN_SHEET.match(p.where.sheet)]


def answer_findings(
    grid: Grid, file: str, first: int, columns: Collection[int]
) -> Iterator[Problem]:
    """What was noticed about the answers of one table.

    Args:
        grid: The sheet.
        file: Its file, as problems name it.
        first: The zero-based row of the first answers.
        columns: The zero-based columns that hold answers.
    """
    for text in grid.merged:
        if place := _merged_answer(text, first, columns):
            where, facts = Where(file, grid.name, place), {"range": text}
            yield Problem("cell.merged", where, facts, "warning")
    yield from _hidden(grid, file, first, columns)
    yield from _short_rows(grid, file, first)


def heading_findings(header: Header, where: Where) -> Iterator[Problem]:
    """What was noticed about the headings of a table on the sheet at `where`."""

    def at(column: int) -> Where:
        return Where(where.file, where.sheet, address(header.row, column))

    for name, column in header.repeated.items():
        yield Problem("sheet.repeated_column", at(column), {"column": name})
    if header.untidy:
        facts = {"n": len(header.untidy)}
        yield Problem("sheet.untidy_heading", at(header.untidy[0]), facts, "info")


def _merged_answer(text: str, first: int, columns: Collection[int]) -> str:
    """The cell that holds the one answer of a merged range; nothing where it holds no answer."""
    match = _RANGE.fullmatch(text)
    if match is None:
        return ""
    left, right = column_number(match[1]) - 1, column_number(match[3]) - 1
    touched = int(match[4]) > first and any(left <= column <= right for column in columns)
    return f"{match[1]}{match[2]}" if touched else ""


def _hidden(grid: Grid, file: str, first: int, columns: Collection[int]) -> Iterator[Problem]:
    rows = [
        number
        for number in sorted(grid.hidden_rows)
        if number > first and any(as_text(grid.cell(number - 1, column)) for column in columns)
    ]
    if rows:
        where = Where(file, grid.name, address(rows[0] - 1, min(columns)))
        yield Problem("sheet.hidden_rows", where, {"n": len(rows), "row": rows[0]}, "warning")


def _short_rows(grid: Grid, file: str, first: int) -> Iterator[Problem]:
    if not grid.delimited:
        return
    expected = len(grid.rows[first - 1])
    lines = enumerate(grid.rows[first:], start=first + 1)
    rows = [number for number, row in lines if any(row) and len(row) < expected]
    if rows:
        where, facts = Where(file, grid.name, f"A{rows[0]}"), {"n": len(rows), "row": rows[0]}
        yield Problem("row.too_short", where, facts, "warning")
