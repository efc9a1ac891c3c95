"""Understand a file an office sent: which questionnaire it is, who sent it, and every row in it."""

import difflib
import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire.form import Form, TableSpec, read_form
from ksd_toolkit.questionnaire.record import read_record
from ksd_toolkit.questionnaire.rows import RowCheck, RowsRead, Sheet, read_rows
from ksd_toolkit.questionnaire.sheets import (
    Grid,
    Header,
    address,
    find_header,
    read_csv_grid,
    read_grids,
)
from ksd_toolkit.questionnaire.submission import Answer, Balance, Kind, Submission
from ksd_toolkit.questionnaire.values import Parsed, as_text

META_SHEET: Final = "_meta"
TKKSD: Final = "TKKSD"
MATURITY_QUESTIONS: Final = ("d1", "d2", "d3", "d4", "d5")


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def read_workbook(
    path: Path, dossier: Dossier, known_usulan: Collection[str] | None = None
) -> Submission | Problem:
    """The submission in an office's or the TKKSD's workbook, or the one reason why there is none.

    Args:
        path: The workbook.
        dossier: The region and period it must belong to.
        known_usulan: The usulan of all offices, which the TKKSD's scores must name; None where only
            an office's workbook belongs.
    """
    name = dossier.name_of(path)
    grids, reason = read_grids(path, name)
    if reason:
        return reason
    form = read_form("pemetaan")
    by_name = {grid.name: grid for grid in grids}
    if wrong := _wrong_questionnaire(by_name.get(META_SHEET), form, dossier, name):
        return wrong
    if "opd" in by_name and "usulan" in by_name:
        return _read_office(path, by_name, form, dossier)
    members = [grid for grid in grids if grid.name.startswith(TKKSD)]
    if members and known_usulan is None:
        return Problem("file.tkksd_place", Where(name))
    if members:
        return _read_tkksd(path, members, form, dossier, known_usulan or ())
    return Problem("file.other_form", Where(name), {"expected": form.form_id})


def read_csv_table(
    path: Path, table: TableSpec, form: Form, dossier: Dossier
) -> Submission | Problem:
    """A CSV file of the dossier (naskah, tahapan, monev, capaian) as a submission of its own."""
    name = dossier.name_of(path)
    grid, reason = read_csv_grid(path, name)
    if grid is None:
        return reason or Problem("file.not_csv", Where(name))
    part = _read_sheet(grid, table, name, lambda _: "")
    return _Origin("naskah", table.name, path, form, dossier).submission([part])


class _Part:
    """What one sheet gave, whether it was a list of rows, one record, or nothing readable."""

    def __init__(self, rows: RowsRead | None, problems: Iterable[Problem]) -> None:
        self.answers: list[Answer] = rows.answers if rows else []
        self.set_aside = rows.set_aside if rows else []
        self.problems = [*problems, *(rows.problems if rows else [])]
        self.balance = rows.balance if rows else Balance()


@dataclass(frozen=True, slots=True)
class _Origin:
    """Whose file it is and which form it answers."""

    kind: Kind
    sender: str
    path: Path
    form: Form
    dossier: Dossier

    def submission(self, parts: list[_Part]) -> Submission:
        """All sheets of the file as one submission."""
        return Submission(
            kind=self.kind,
            sender=self.sender,
            period=self.dossier.period,
            file=self.dossier.name_of(self.path),
            sha256=fingerprint(self.path),
            form_id=self.form.form_id,
            form_version=self.form.version,
            answers=tuple(answer for part in parts for answer in part.answers),
            set_aside=tuple(row for part in parts for row in part.set_aside),
            problems=tuple(problem for part in parts for problem in part.problems),
            balance=sum((part.balance for part in parts), Balance()),
        )


def _wrong_questionnaire(
    meta: Grid | None, form: Form, dossier: Dossier, name: str
) -> Problem | None:
    """The workbook states form, region and period itself; a workbook without that is told by its sheets."""
    if meta is None:
        return None
    stated = {as_text(row[0]): as_text(row[1]) for row in meta.rows if len(row) > 1}
    expected = {
        "form_id": (form.form_id, "file.other_form"),
        "region": (dossier.region.code, "file.other_region"),
        "period": (dossier.period, "file.other_period"),
    }
    for key, (value, code) in expected.items():
        if stated.get(key) != value:
            return Problem(code, Where(name), {"found": stated.get(key, "-"), "expected": value})
    return None


def _read_office(
    path: Path, grids: dict[str, Grid], form: Form, dossier: Dossier
) -> Submission | Problem:
    name = dossier.name_of(path)
    record = read_record(grids["opd"], form.table("opd"), name)
    sender = next((str(a.value) for a in record.answers if a.field == "opd_kode" and a.value), "")
    if sender not in dossier.offices.index:
        near = difflib.get_close_matches(sender, list(dossier.offices.index), n=3) or ["opd.csv"]
        facts = {"found": sender or "-", "near": ", ".join(near)}
        return Problem("file.unknown_opd", Where(name, "opd"), facts)
    own = _own_usulan(sender, dossier.offices.index)
    usulan = _read_sheet(grids["usulan"], form.table("usulan"), name, own)
    known = {answer.row_key for answer in usulan.answers}
    parts = [_Part(record, ()), usulan]
    for table in ("mitra", "nilai"):
        grid = grids.get(table)
        if grid is None:
            parts.append(_Part(None, [Problem("sheet.missing", Where(name), {"sheet": table})]))
        else:
            check = _own_scores(known) if table == "nilai" else _usulan_in(known)
            parts.append(_read_sheet(grid, form.table(table), name, check))
    if not known and not _says_anything(record):
        where = Where(name, "usulan")
        parts.append(_Part(None, [Problem("opd.nothing_filled", where, {}, "warning")]))
    return _Origin("opd", sender, path, form, dossier).submission(parts)


def _says_anything(record: RowsRead) -> bool:
    """Whether an office answered any of the five maturity questions."""
    return any(a.value is not None for a in record.answers if a.field in MATURITY_QUESTIONS)


def _read_tkksd(
    path: Path, members: list[Grid], form: Form, dossier: Dossier, known: Collection[str]
) -> Submission:
    """A sheet per member, named after the member: TKKSD-1, TKKSD-2, ..."""
    name, table = dossier.name_of(path), form.table("nilai")
    parts = [_read_sheet(grid, table, name, _scores_of(grid.name, known)) for grid in members]
    present = {grid.name for grid in members}
    expected = [f"{TKKSD}-{number}" for number in range(1, dossier.tkksd_members + 1)]
    missing = [member for member in expected if member not in present]
    parts.append(
        _Part(None, [Problem("sheet.member_gone", Where(name), {"sheet": s}) for s in missing])
    )
    return _Origin("tkksd", TKKSD, path, form, dossier).submission(parts)


def _read_sheet(grid: Grid, table: TableSpec, file: str, check: RowCheck) -> _Part:
    header = find_header(grid, table)
    if header is None:
        where, facts = Where(file, grid.name), {"keys": ", ".join(table.keys)}
        return _Part(None, [Problem("sheet.no_header", where, facts)])
    rows = read_rows(Sheet(file, grid, header, table), check)
    rows.problems = list(_told_once(rows.problems))
    return _Part(rows, _header_problems(header, table, Where(file, grid.name)))


def _told_once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Rows held back for the same missing usulan in one line: one slip is one thing to mend."""

    def cause(problem: Problem) -> tuple[str, str]:
        usulan = str(problem.facts.get("key", "")).partition(", ")[0]
        return (usulan, "") if problem.code == "row.unknown_usulan" else ("", str(id(problem)))

    for (usulan, _), group in groupby(problems, key=cause):
        held = list(group)
        if len(held) == 1:
            yield held[0]
            continue
        rows = {"first": held[0].facts["row"], "last": held[-1].facts["row"]}
        facts = {"usulan": usulan, "n": len(held), **rows}
        yield Problem("row.unknown_usulan_many", held[0].where, facts)


def _own_usulan(sender: str, offices: Collection[str]) -> RowCheck:
    """An office proposes under its own code only; `RSUD-A-01` is of RSUD-A even where RSUD exists."""

    def check(row: dict[str, Parsed]) -> str:
        usulan = str(row["usulan_id"].value)
        owners = [code for code in offices if usulan.startswith(f"{code}-")]
        return "" if max(owners, key=len, default="") == sender else "row.foreign_usulan"

    return check


def _usulan_in(known: Collection[str]) -> RowCheck:
    return lambda row: "" if str(row["usulan_id"].value) in known else "row.unknown_usulan"


def _own_scores(known: Collection[str]) -> RowCheck:
    """An office's workbook holds the scores of its own raters: OPD-1, OPD-2, ..."""

    def check(row: dict[str, Parsed]) -> str:
        own = str(row["penilai"].value).startswith("OPD-")
        return _usulan_in(known)(row) if own else "row.other_member"

    return check


def _scores_of(member: str, known: Collection[str]) -> RowCheck:
    def check(row: dict[str, Parsed]) -> str:
        return "row.other_member" if row["penilai"].value != member else _usulan_in(known)(row)

    return check


def _header_problems(header: Header, table: TableSpec, where: Where) -> Iterator[Problem]:
    def at(column: int) -> Where:
        return Where(where.file, where.sheet, address(header.row, column))

    for text, column in header.unknown.items():
        yield Problem("sheet.unknown_column", at(column), {"column": text}, "info")
    for name, column in header.repeated.items():
        yield Problem("sheet.repeated_column", at(column), {"column": name}, "warning")
    for question in table.fields:
        if question.required and question.name not in header.columns:
            yield Problem("sheet.question_gone", where, {"question": question.label()})
