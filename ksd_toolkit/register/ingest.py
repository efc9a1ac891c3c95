"""Take in everything a dossier holds; a second time changes nothing and says so."""

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final, Literal

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire import (
    Balance,
    Submission,
    fingerprint,
    is_lock_file,
    read_csv_table,
    read_form,
    read_workbook,
)
from ksd_toolkit.register.period import problems_of_period
from ksd_toolkit.register.store import (
    PersonalReferences,
    add_problems,
    add_submission,
    find_submission,
    open_store,
    rename_submission,
    stored_problems,
    transaction,
    use_submission,
)

Outcome = Literal["new", "changed", "unchanged", "refused"]

CSV_FORMS: Final = ("evaluasi", "indikator", "penetapan")
"""Forms whose tables lie in the dossier as CSV files of the same name."""

READER_VERSION: Final = "4"
"""Raised whenever the same file would be understood differently, so that it is read again."""


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file."""

    file: str
    outcome: Outcome
    sender: str = ""
    balance: Balance = field(default_factory=Balance)
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of every file of a dossier, and every problem that is still open."""

    files: tuple[FileOutcome, ...]
    problems: tuple[Problem, ...]
    balance: Balance

    @property
    def nothing_changed(self) -> bool:
        """Whether the register is what it was before."""
        return all(file.outcome in {"unchanged", "refused"} for file in self.files)

    @property
    def refused(self) -> tuple[FileOutcome, ...]:
        """The files that could not be used at all."""
        return tuple(file for file in self.files if file.outcome == "refused")

    def count(self, severity: str) -> int:
        """How many problems have this severity."""
        return sum(problem.severity == severity for problem in self.problems)


def ingest(dossier: Dossier, on_file: Callable[[str], None] = lambda _: None) -> Intake:
    """Read every file of the dossier into the region's register, one transaction a file.

    A file that cannot be used is refused and named; it never stops the others. The offices come
    first, because the TKKSD's scores must name their usulan.

    Args:
        dossier: Where the files lie.
        on_file: Called with each file's name before it is read.
    """
    with open_store(dossier.store) as connection:
        intake = _Intake(dossier, connection, on_file)
        for path in intake.in_order(dossier.workbooks):
            intake.take(path, lambda p: read_workbook(p, dossier))
        known = _known_usulan(connection, dossier.period)
        if dossier.tkksd_workbook.is_file():
            intake.take(dossier.tkksd_workbook, lambda p: read_workbook(p, dossier, known), known)
        for form in map(read_form, CSV_FORMS):
            for table in form.tables:
                path = dossier.folder / f"{table.name}.csv"
                if path.is_file():
                    intake.take(
                        path, partial(read_csv_table, table=table, form=form, dossier=dossier)
                    )
        return intake.finish()


class _Intake:
    """One pass over the files of a dossier."""

    def __init__(
        self, dossier: Dossier, connection: sqlite3.Connection, on_file: Callable[[str], None]
    ) -> None:
        self.dossier, self.connection, self.on_file = dossier, connection, on_file
        self.private = PersonalReferences(dossier.store)
        self.hashes = _hashes(dossier)
        self.outcomes: list[FileOutcome] = []
        self.findings: list[Problem] = []

    def in_order(self, paths: list[Path]) -> list[Path]:
        """Of two files of one sender the one in use is read last, and after it one never seen."""
        used = dict(
            self.connection.execute(
                "SELECT sha256, max(active) FROM submission WHERE period = ? GROUP BY sha256",
                (self.dossier.period,),
            )
        )
        never_seen = 2
        return sorted(paths, key=lambda path: used.get(self.hashes.get(path, ""), never_seen))

    def take(
        self,
        path: Path,
        read: Callable[[Path], Submission | Problem],
        known: frozenset[str] = frozenset(),
    ) -> None:
        """Read one file unless the register has it already. `known` is part of what it depends on."""
        name = self.dossier.name_of(path)
        if is_lock_file(path):
            self.findings.append(Problem("file.lock", Where(name), {}, "info"))
            return
        self.on_file(name)
        if path not in self.hashes:
            self._refuse(name, Problem("file.damaged", Where(name)))
            return
        reader = self._reader(known)
        with transaction(self.connection):
            stored = self._stored(path, name, reader)
        if stored:
            self.outcomes.append(stored)
            return
        understood = read(path)
        if isinstance(understood, Problem):
            self._refuse(name, understood)
            return
        self.hashes[path] = understood.sha256
        with transaction(self.connection):
            if stored := self._stored(path, name, reader):  # another process was faster
                self.outcomes.append(stored)
                return
            outcome: Outcome = "changed" if self._has_sent(understood) else "new"
            add_submission(self.connection, understood, reader, self._private_of(understood))
        self.outcomes.append(FileOutcome(name, outcome, understood.sender, understood.balance))

    def _refuse(self, name: str, reason: Problem) -> None:
        self.findings.append(reason)
        self.outcomes.append(FileOutcome(name, "refused", problem=reason))

    def finish(self) -> Intake:
        """Keep what concerns the period as a whole and sum everything up."""
        files: dict[str, list[str]] = {}
        for file in self.outcomes:
            if file.outcome != "refused":
                files.setdefault(file.sender, []).append(file.file)
        hashes = self.hashes.values()
        self.findings += problems_of_period(self.connection, self.dossier, files, hashes)
        period = self.dossier.period
        with transaction(self.connection):
            self.connection.execute(
                "DELETE FROM problem WHERE period = ? AND submission_id IS NULL", (period,)
            )
            add_problems(self.connection, period, tuple(self.findings))
        problems = stored_problems(self.connection, period)
        balance = sum((file.balance for file in self.outcomes), Balance())
        return Intake(tuple(self.outcomes), problems, balance)

    def _reader(self, known: frozenset[str]) -> str:
        """What decides how a file is understood: our rules, the form, and the usulan it may name."""
        forms = "".join(read_form(name).sha256 for name in ("pemetaan", *CSV_FORMS))
        offices = ",".join(self.dossier.offices.index)
        basis = f"{READER_VERSION} {forms} {offices} {sorted(known)}"
        return hashlib.sha256(basis.encode()).hexdigest()[:16]

    def _stored(self, path: Path, name: str, reader: str) -> FileOutcome | None:
        """What became of a file the register has already, under this name or another."""
        submission = find_submission(
            self.connection, self.dossier.period, self.hashes[path], reader
        )
        if submission is None:
            return None
        if not (self.dossier.folder / submission.file).is_file():
            rename_submission(self.connection, submission.id, name)
        outcome: Outcome = "unchanged"
        others = {*self.hashes.values()} - {self.hashes[path]}
        if submission.used_sha256 is not None and submission.used_sha256 not in others:
            use_submission(self.connection, submission.id)  # a correction was taken back
            outcome = "changed"
        return FileOutcome(name, outcome, submission.sender, submission.balance)

    def _has_sent(self, submission: Submission) -> bool:
        sender = (submission.period, submission.kind, submission.sender)
        return bool(
            self.connection.execute(
                "SELECT 1 FROM submission WHERE period = ? AND kind = ? AND sender = ?", sender
            ).fetchone()
        )

    def _private_of(self, submission: Submission) -> dict[str, str]:
        """The reference that replaces each personal answer."""
        personal = {f.name for t in read_form("pemetaan").tables for f in t.fields if f.pii}
        return {
            answer.field: self.private.of(str(answer.value)) if answer.value is not None else ""
            for answer in submission.answers
            if answer.field in personal
        }


def _hashes(dossier: Dossier) -> dict[Path, str]:
    """The fingerprint of every file of the dossier that can be read at all."""
    hashes = {}
    for path in (*dossier.workbooks, *sorted(p for p in dossier.folder.glob("*") if p.is_file())):
        with suppress(OSError):
            hashes[path] = fingerprint(path)
    return hashes


def _known_usulan(connection: sqlite3.Connection, period: str) -> frozenset[str]:
    rows = connection.execute(
        "SELECT DISTINCT a.row_key FROM answer a JOIN submission s ON s.id = a.submission_id"
        " WHERE s.period = ? AND s.active = 1 AND a.table_name = 'usulan'",
        (period,),
    )
    return frozenset(row[0] for row in rows)
