"""The tables of agreements as files of the dossier: CSV, or sheets of one workbook `naskah.xlsx`.

A workbook `naskah` may hold all four tables, on sheets of any name; `tahapan.xlsx`, `monev.xlsx` and
`capaian.xlsx` hold one each. What is read is decided by headings, never by likeness.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire.agreement_headings import (
    Understood,
    headings_met,
    is_register,
    is_row_number,
    understand_headings,
)
from ksd_toolkit.questionnaire.answer_sheet import KEY_SEPARATOR
from ksd_toolkit.questionnaire.cells import Manner, Parsed, as_text
from ksd_toolkit.questionnaire.column_map import column_map
from ksd_toolkit.questionnaire.form import Form, TableSpec
from ksd_toolkit.questionnaire.form_reading import read_form
from ksd_toolkit.questionnaire.gate import is_lock_file
from ksd_toolkit.questionnaire.grid import Grid
from ksd_toolkit.questionnaire.headers import folded
from ksd_toolkit.questionnaire.office_names import OfficeNames, office_names
from ksd_toolkit.questionnaire.rows import RowCheck
from ksd_toolkit.questionnaire.sent_file import Origin, Part
from ksd_toolkit.questionnaire.sheet_findings import with_findings
from ksd_toolkit.questionnaire.sheets import read_csv_grid, read_grids
from ksd_toolkit.questionnaire.submission import Answer, Submission
from ksd_toolkit.questionnaire.table_sheet import read_sheet

FORM: Final = "evaluasi"
REGISTER: Final = "naskah"
"""The table whose workbook may hold all of them."""
WORKBOOKS: Final = frozenset({".xlsx", ".xlsm", ".ods"})
_TEXTS: Final = frozenset({".csv", ".tsv", ".txt"})
_LEAST: Final = 3  # headings of one table that make a sheet that table
_OFFICE: Final = "opd_kode"
_OURS: Final = "_"  # how the names of our own further sheets begin
_GUIDES: Final = frozenset({"sampul", "petunjuk", "cover", "guide", "catatan", "notes"})


@dataclass(frozen=True, slots=True)
class TableFile:
    """A file of the dossier, the tables found in it with their sheets, and what is told about the rest."""

    path: Path
    sheets: Mapping[str, tuple[Grid, ...]]
    findings: tuple[Problem, ...] = ()
    refused: Problem | None = None

    def says_anything(self, table: str) -> bool:
        """Whether a row stands under the headings of a table."""
        spec = read_form(FORM).table(table)
        return any(
            _has_rows(understand_headings(grid, spec)) for grid in self.sheets.get(table, ())
        )


def agreement_tables() -> tuple[str, ...]:
    """The tables of the form, in its order: naskah, tahapan, monev, capaian."""
    return tuple(table.name for table in read_form(FORM).tables)


def agreement_paths(dossier: Dossier) -> list[Path]:
    """Every file of the dossier's folder that is called after a table of agreements, by name."""
    names = set(agreement_tables())
    return sorted(
        path
        for path in dossier.folder.glob("*")
        if path.stem.casefold() in names
        and path.suffix.casefold() in WORKBOOKS | _TEXTS
        and path.is_file()
        and not is_lock_file(path)
    )


def open_table_file(path: Path, dossier: Dossier) -> TableFile:
    """The tables in a file."""
    name = dossier.name_of(path)
    if path.suffix.casefold() in _TEXTS:
        grid, reason = read_csv_grid(path, name)
        table = path.stem.casefold()
        if grid is None:
            return TableFile(path, {}, refused=reason or Problem("file.not_csv", Where(name)))
        return TableFile(path, {table: (grid,)})
    grids, reason = read_grids(path, name)
    if reason:
        return TableFile(path, {}, refused=reason)
    return _of_workbook(path, name, grids)


def holds_agreements(grids: Sequence[Grid]) -> bool:
    """Whether a sheet of a workbook is a register of agreements, whatever it is called."""
    spec = read_form(FORM).table(REGISTER)
    return any(is_register(grid, spec, _LEAST + 1) for grid in grids)


def read_table_file(
    file: TableFile, table: str, form: Form, dossier: Dossier
) -> Submission | Problem:
    """The rows of one table in a file as a submission of its own."""
    if file.refused is not None:
        return file.refused
    name, spec = dossier.name_of(file.path), form.table(table)
    mapped = column_map(dossier, form, name)
    manner = Manner(mapped.order or "dmy", today=dossier.tanggal_acuan, home=dossier.region.code)
    offices, check = office_names(dossier), _once(spec)
    parts = [
        _part(grid, mapped.with_headings(spec), name, check, manner, offices)
        for grid in file.sheets[table]
    ]
    first = table == next(iter(file.sheets))  # what concerns the whole file is told once
    parts += [Part(None, file.findings)] if first else []
    submission = Origin("naskah", table, file.path, form, dossier).submission(parts)
    return with_findings(submission, file.sheets[table])


def _part(  # noqa: PLR0913, PLR0917  a table, its place, and how its rows are judged
    grid: Grid, spec: TableSpec, file: str, check: RowCheck, manner: Manner, offices: OfficeNames
) -> Part:
    """The rows of one sheet, offices by their codes."""
    found = understand_headings(grid, spec)
    part = read_sheet(found.grid, found.table, file, check, manner, is_row_number, found.header)
    if found.numbered:
        where = Where(file, grid.name, f"A{found.numbered}")
        part.problems.append(Problem("sheet.column_numbers", where, {}, "info"))
    part.problems = _once_a_cell(part.problems)
    if any(field.name == _OFFICE for field in spec.fields):
        told = [_with_office(answer, spec, offices, file) for answer in part.answers]
        part.answers = [answer for answer, _ in told]
        part.problems += [problem for _, found in told for problem in found]
    return part


def _with_office(
    answer: Answer, spec: TableSpec, offices: OfficeNames, file: str
) -> tuple[Answer, list[Problem]]:
    """An answer that names an office by its code; a name nobody knows stays as it stands and is told."""
    if answer.table != spec.name or answer.field != _OFFICE or not isinstance(answer.value, str):
        return answer, []
    where, asked = Where(file, answer.sheet, answer.cell), spec.field(_OFFICE).asked
    office = offices.read(answer.value)
    if office.problem:
        facts = {"value": answer.value, "near": office.facts["near"], **asked}
        return answer, [Problem("cell.office_unlisted", where, facts, "warning")]
    notes = [Problem(n.code, where, {**n.facts, **asked}, n.severity) for n in office.notes]
    return replace(answer, value=office.value), notes


def _once(spec: TableSpec) -> RowCheck:
    """Sets aside a row whose key an earlier sheet of the same file had: within a sheet that is seen already."""
    seen: set[str] = set()

    def check(row: dict[str, Parsed]) -> str:
        key = KEY_SEPARATOR.join(str(row[name].value) for name in spec.keys)
        if key in seen:
            return "row.key_conflict"
        seen.add(key)
        return ""

    return check


def _once_a_cell(problems: Sequence[Problem]) -> list[Problem]:
    """The first of the same remarks on one cell: a term is asked about twice, its first and its last day."""
    kept: dict[object, Problem] = {}
    for number, problem in enumerate(problems):
        is_term = problem.code.startswith("cell.term")
        kept.setdefault((problem.code, problem.where) if is_term else number, problem)
    return list(kept.values())


def _of_workbook(path: Path, name: str, grids: Sequence[Grid]) -> TableFile:
    """Each sheet with the table it is called after, else the one whose headings it has most of."""
    own = path.stem.casefold()
    wanted = agreement_tables() if own == REGISTER else (own,)
    sheets: dict[str, list[Grid]] = {}
    unread: list[Problem] = []
    for grid in grids:
        table = _table_of(grid, wanted)
        if table:
            sheets.setdefault(table, []).append(grid)
            continue
        unread += grid.findings  # what concerns the whole file stands with its first sheet
        if _has_text(grid) and not _is_ours(grid):
            unread.append(Problem("sheet.no_agreements", Where(name, grid.name), {}, "warning"))
    if not sheets:
        facts = {"tables": ", ".join(wanted)}
        return TableFile(path, {}, refused=Problem("file.no_agreements", Where(name), facts))
    ordered = {table: tuple(sheets[table]) for table in agreement_tables() if table in sheets}
    return TableFile(path, ordered, tuple(unread))


def _table_of(grid: Grid, wanted: Sequence[str]) -> str:
    form = read_form(FORM)
    called = folded(grid.name)
    if called in wanted:
        return called
    met = {table: headings_met(grid, form.table(table)) for table in wanted}
    best = max(met, key=lambda table: met[table])
    return best if met[best] >= _LEAST and not _is_ours(grid) else ""


def _is_ours(grid: Grid) -> bool:
    return grid.name.startswith(_OURS) or folded(grid.name) in _GUIDES


def _has_text(grid: Grid) -> bool:
    return any(as_text(raw) for row in grid.rows for raw in row)


def _has_rows(found: Understood) -> bool:
    if found.header is None:
        return _has_text(found.grid)
    columns = found.header.columns.values()
    rows = range(found.header.row + 1, len(found.grid.rows))
    return any(as_text(found.grid.cell(row, column)) for row in rows for column in columns)


def files_told(files: Sequence[TableFile], dossier: Dossier) -> Iterator[Problem]:
    """Which file is read for a table that lies there more than once, and which then is not."""
    for table in agreement_tables():
        found = [file for file in files if table in file.sheets]
        if len(found) > 1:
            used = chosen(found, table)
            others = ", ".join(dossier.name_of(file.path) for file in found if file is not used)
            facts = {"table": table, "used": dossier.name_of(used.path), "others": others}
            yield Problem(
                "file.agreements_twice", Where(dossier.name_of(used.path)), facts, "warning"
            )


def chosen(files: Sequence[TableFile], table: str) -> TableFile:
    """The file that counts: one that has rows; a workbook before a text; then by name."""
    if len(files) == 1:
        return files[0]

    def weight(file: TableFile) -> tuple[bool, bool, str]:
        return not file.says_anything(table), file.path.suffix.casefold() in _TEXTS, file.path.name

    return min(files, key=weight)
