"""Partners that an office named in its table of usulan: a column `Calon Mitra` is read as the table of partners.

Only where the same file has no table of partners, and one name a cell: several names in one cell are told, not
divided. What the office does not say of a partner stays unanswered.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire.agreement_headings import loosely
from ksd_toolkit.questionnaire.cells import as_text
from ksd_toolkit.questionnaire.form import TableSpec
from ksd_toolkit.questionnaire.grid import Grid, address
from ksd_toolkit.questionnaire.headers import Header, folded, names_of

PartnerColumns = Mapping[str, tuple[str, int]]
"""By question about a partner, the heading and the column that answer it."""

_USULAN: Final = "usulan_id"
_NAME: Final = "mitra_nama"
_HEADINGS: Final = frozenset(
    {"mitra", "calon mitra", "nama calon mitra", "calon mitra kerja sama", "mitra kerja sama", "candidate partner"}
)  # fmt: skip
_BETWEEN: Final = (";", "\n")
_SEVERAL: Final = 2


def partner_columns(header: Header, table: TableSpec) -> PartnerColumns:
    """The heading and column that answer each question about a partner; nothing where no name stands there.

    Args:
        header: The headings of a table of usulan.
        table: The table of partners.
    """
    if _USULAN not in header.columns:
        return {}
    names = names_of(table)
    found: dict[str, tuple[str, int]] = {}
    for text, column in header.unknown.items():
        question = names.get(folded(text), "")
        if not question and loosely(text) in _HEADINGS:
            question = _NAME
        if question and question != _USULAN:
            found.setdefault(question, (text, column))
    return found if _NAME in found else {}


def partners_beside(grid: Grid, header: Header, columns: PartnerColumns) -> tuple[Grid, Header]:
    """The sheet as a table of partners: only the rows with one name in them."""
    own, at = header.columns[_USULAN], columns[_NAME][1]
    rows = tuple(
        row
        if number <= header.row
        or (as_text(grid.cell(number, own)) and len(_names(grid, number, at)) == 1)
        else ()
        for number, row in enumerate(grid.rows)
    )
    asked = {question: column for question, (_, column) in columns.items()}
    partners = Header(header.row, {_USULAN: header.columns[_USULAN], **asked}, {}, {})
    return replace(grid, rows=rows, delimited=False, findings=()), partners


def several_partners(grid: Grid, header: Header, column: int, file: str) -> Iterator[Problem]:
    """Each cell with more than one name in it."""
    for number in range(header.row + 1, len(grid.rows)):
        if len(_names(grid, number, column)) >= _SEVERAL:
            where = Where(file, grid.name, address(number, column))
            facts = {"value": as_text(grid.cell(number, column)).replace("\n", "; ")}
            yield Problem("cell.partners_several", where, facts, "warning")


def _names(grid: Grid, row: int, column: int) -> list[str]:
    text = as_text(grid.cell(row, column))
    for mark in _BETWEEN:
        text = text.replace(mark, ";")
    return [name for name in text.split(";") if name.strip()]
