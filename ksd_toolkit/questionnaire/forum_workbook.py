"""Read `forum.xlsx`, the form of a forum as it was filled in, into the same rows as `forum.csv`.

Day, name and source of the forum stand once on the sheet `Rapat` and hold for every row that does not
say its own. A row in which nobody marked anything says nothing and is left out as blank.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire.cells import Manner, Raw, as_text
from ksd_toolkit.questionnaire.form import TableSpec
from ksd_toolkit.questionnaire.form_reading import read_form
from ksd_toolkit.questionnaire.grid import Grid, address
from ksd_toolkit.questionnaire.headers import Header, find_header
from ksd_toolkit.questionnaire.sent_file import Origin
from ksd_toolkit.questionnaire.sheet_findings import with_findings
from ksd_toolkit.questionnaire.sheets import read_grids
from ksd_toolkit.questionnaire.submission import Submission
from ksd_toolkit.questionnaire.table_sheet import read_sheet

WORKBOOK: Final = "forum.xlsx"
TABLE: Final = "forum"
MEETING_SHEET: Final = "Rapat"
SHARED: Final = ("tanggal", "nama_forum", "sumber")
"""What holds for the whole meeting."""
SAID: Final = ("hadir", "minat", "catatan")
"""What is filled in beside a candidate and a proposal."""
SHOWN: Final = ("judul", "opd")
"""Columns that only help the reader of the form; they are no answers."""


@dataclass(frozen=True, slots=True)
class _Shared:
    """A cell of the sheet `Rapat` and where it stands."""

    raw: Raw
    where: Where


def read_forum_workbook(path: Path, dossier: Dossier) -> Submission | Problem | None:
    """The words told at a forum; None where nobody has filled in anything yet.

    Args:
        path: The workbook.
        dossier: The region and period it belongs to.
    """
    name = dossier.name_of(path)
    grids, reason = read_grids(path, name)
    if reason:
        return reason
    table, form = _table(), read_form(TABLE)
    found = next(_tables(grids, table), None)
    if found is None:
        return Problem("sheet.no_header", Where(name), {"keys": ", ".join(table.keys)})
    grid, header = found
    spoken = [number for number in _below(grid, header) if _says(grid, header, number)]
    if not spoken:
        return None
    shared = _shared(grids, name)
    if lacking := _lacking(grid, header, spoken, shared):
        return _unsaid(name, lacking, shared)
    filled, borrowed = _filled(grid, header, spoken, shared)
    manner = Manner(today=dossier.tanggal_acuan, home=dossier.region.code)
    part = read_sheet(filled, table, name, lambda _: "", manner)
    submission = Origin("naskah", TABLE, path, form, dossier).submission([part])
    return with_findings(_told_where_written(submission, borrowed), grids)


def _table() -> TableSpec:
    return read_form(TABLE).table(TABLE)


def _tables(grids: list[Grid], table: TableSpec) -> Iterator[tuple[Grid, Header]]:
    """Every sheet with the headings of the table."""
    for grid in grids:
        if header := find_header(grid, table):
            yield grid, header


def _below(grid: Grid, header: Header) -> range:
    return range(header.row + 1, len(grid.rows))


def _says(grid: Grid, header: Header, number: int) -> bool:
    """Whether somebody filled in a row."""
    at = [header.columns[name] for name in SAID if name in header.columns]
    return any(as_text(grid.cell(number, column)) for column in at)


def _shared(grids: list[Grid], name: str) -> dict[str, _Shared]:
    """What the sheet `Rapat` says: the code in the first column, the answer in the last cell filled."""
    grid = next((g for g in grids if g.name.strip().casefold() == MEETING_SHEET.casefold()), None)
    found: dict[str, _Shared] = {}
    for number, row in enumerate(grid.rows if grid else ()):
        code = as_text(row[0]).casefold() if row else ""
        if grid and code in SHARED:
            place = Where(name, grid.name, address(number, 2))
            found[code] = _Shared(grid.cell(number, 2), place)
    return found


def _lacking(
    grid: Grid, header: Header, spoken: list[int], shared: Mapping[str, _Shared]
) -> list[str]:
    """What neither a filled row nor the sheet `Rapat` says."""
    return [
        name
        for name in SHARED
        if not (name in shared and as_text(shared[name].raw))
        and not all(_own(grid, header, number, name) for number in spoken)
    ]


def _own(grid: Grid, header: Header, number: int, name: str) -> bool:
    return name in header.columns and bool(as_text(grid.cell(number, header.columns[name])))


def _unsaid(name: str, lacking: list[str], shared: Mapping[str, _Shared]) -> Problem:
    """Why the words cannot be taken: nobody said when, where or from what they are known."""
    first = shared.get(lacking[0])
    where = first.where if first else Where(name, MEETING_SHEET)
    table = _table()
    questions = {
        f"questions_{lang}": ", ".join(table.field(one).label(lang) for one in lacking)
        for lang in ("id", "en")
    }
    return Problem("file.forum_unsaid", where, questions)


def _filled(
    grid: Grid, header: Header, spoken: list[int], shared: Mapping[str, _Shared]
) -> tuple[Grid, dict[str, Where]]:
    """The sheet with what holds for the meeting in every filled row, and where each such cell is written."""
    helps = {at for title, at in header.unknown.items() if title.strip().casefold() in SHOWN}
    kept, wanted = set(spoken), [name for name in SHARED if name in header.columns]
    rows: list[tuple[Raw, ...]] = []
    borrowed: dict[str, Where] = {}
    for number, row in enumerate(grid.rows):
        cells = [
            None if at in helps and number >= header.row else raw for at, raw in enumerate(row)
        ]
        if number > header.row and number not in kept:
            cells = []
        elif number > header.row:
            for name in wanted:
                at = header.columns[name]
                if name in shared and not _own(grid, header, number, name):
                    cells += [None] * (at + 1 - len(cells))
                    cells[at] = shared[name].raw
                    borrowed[address(number, at)] = shared[name].where
        rows.append(tuple(cells))
    return replace(grid, rows=tuple(rows)), borrowed


def _told_where_written(submission: Submission, borrowed: Mapping[str, Where]) -> Submission:
    """The same rows, with the place on the sheet `Rapat` for what holds for the whole meeting."""
    answers = tuple(
        replace(one, sheet=place.sheet, cell=place.cell)
        if one.field in SHARED and (place := borrowed.get(one.cell))
        else one
        for one in submission.answers
    )
    problems = [
        replace(one, where=borrowed[one.where.cell]) if one.where.cell in borrowed else one
        for one in submission.problems
    ]
    once = {(one.code, str(one.where), one.text()): one for one in problems}
    return replace(submission, answers=answers, problems=tuple(once.values()))
