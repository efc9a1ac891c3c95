"""One pass over the files of a dossier: each kept, understood, added, and the right one put to use."""

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire import Balance, Form, Submission, fingerprint, is_lock_file
from ksd_toolkit.questionnaire.gate import MAX_FILE_BYTES
from ksd_toolkit.register import audit
from ksd_toolkit.register.activation import Choice, Group, planned, settle
from ksd_toolkit.register.closing import LATE, is_closed
from ksd_toolkit.register.concealing import Door
from ksd_toolkit.register.contents import CellBalance
from ksd_toolkit.register.corrected import corrections
from ksd_toolkit.register.forgetting import keep_without, redact_again
from ksd_toolkit.register.outcomes import FileOutcome, Intake, Outcome, one_a_file
from ksd_toolkit.register.period import Present, problems_of_period
from ksd_toolkit.register.raw_files import ending_of, keep_raw, raw_path
from ksd_toolkit.register.saved_at import saved_at
from ksd_toolkit.register.store import is_waiting_in_line, transaction
from ksd_toolkit.register.submissions import (
    Arrival,
    Stored,
    add_submission,
    find_submission,
    rename_submission,
    replace_period_problems,
    stored_problems,
)
from ksd_toolkit.register.versions import Version

Read = Callable[[Path], Submission | Problem]


class Taking:
    """One pass over the files of a dossier."""

    def __init__(
        self,
        dossier: Dossier,
        connection: sqlite3.Connection,
        forms: tuple[Form, ...],
        basis: str,
        on_file: Callable[[str], None],
    ) -> None:
        self.dossier, self.connection, self.on_file = dossier, connection, on_file
        self.basis = basis
        self.door = Door(dossier.store, forms, dossier.offices["opd_nama"])
        self.hashes = _hashes(dossier)
        self.workbooks = dossier.workbooks
        self.corrections = corrections(self.hashes, self.workbooks)
        self.outcomes: list[FileOutcome] = []
        shared = is_waiting_in_line(connection)
        self.findings = [Problem("register.shared_disk", Where(), {}, "info")] if shared else []
        self.choices: dict[tuple[str, str], Choice] = {}
        self.present: list[Present] = []
        self.passed: dict[str, frozenset[str]] = {}  # by sender, files another one counts before
        self.path = dossier.folder  # the file in hand

    def take(self, path: Path, read: Read, depends_on: object = "") -> None:
        """Read one file unless the register has it already, understood with what it depends on."""
        self.path, name = path, self._shown(path)
        if is_lock_file(path):
            self.findings.append(Problem("file.lock", Where(name), {}, "info"))
            return
        self.on_file(name)
        if path not in self.hashes:
            self._refuse(name, "", Problem("file.damaged", Where(name)))
            return
        self._keep(path)
        reader = self._reader(depends_on)
        if stored := self._find(path, reader):
            changed = self._follow(stored, self._name(path), reader)
            self._told(name, stored, "changed" if changed else "unchanged")
            return
        understood = read(path)
        if isinstance(understood, Problem):
            self._refuse(name, self.hashes[path], self.door.refusal(understood))
            return
        self.hashes[path] = understood.sha256
        self._add(name, path, understood, reader)

    def finish(self) -> Intake:
        """Keep what concerns the period as a whole and sum everything up."""
        period = self.dossier.period
        found = problems_of_period(self.connection, self.dossier, self.present, self.choices)
        told = (*self.findings, *found)
        with transaction(self.connection):
            replace_period_problems(self.connection, period, told)
        return Intake(
            one_a_file(self.outcomes),
            stored_problems(self.connection, period),
            sum((file.balance for file in self.outcomes), Balance()),
            sum((file.cells for file in self.outcomes), CellBalance()),
        )

    def _add(self, name: str, path: Path, understood: Submission, reader: str) -> None:
        """Add a submission the register does not have, unless another process is faster."""
        understood, concealed, erased = self.door.receive(understood)
        if erased:
            redact_again(self.dossier.store, understood.sha256, erased)
        deadline = self.dossier.deadline
        is_past = deadline is not None and self.dossier.tanggal_acuan > deadline
        late = is_past and understood.balance.says_anything
        with transaction(self.connection):
            if stored := self._find(path, reader):
                changed = self._settle(stored.kind, stored.sender, reader)
                self._told(name, stored, "changed" if changed else "unchanged")
                return
            first = not self._has_sent(understood)
            closed = is_closed(self.connection, self.dossier.period)
            arrival = Arrival(reader, saved_at(path), late, closed)
            _, version = add_submission(self.connection, understood, arrival, concealed)
            changed = self._settle(understood.kind, understood.sender, reader)
            stored = self._find(path, reader)
        if stored is None:
            raise RuntimeError(name)
        self._told(understood.file, stored, _outcome(version, first=first, changed=changed))

    def _follow(self, stored: Stored, name: str, reader: str) -> bool:
        """Go after a file that was renamed or put back; whether other answers are used now."""
        group = self._group(stored.kind, stored.sender, reader)
        renamed = stored.file != name
        plan = planned(self.connection, group)
        self.choices[stored.kind, stored.sender] = plan.choice
        if not renamed and not plan.rising and not plan.resting:
            return False
        with transaction(self.connection):
            if renamed:
                rename_submission(self.connection, stored.id, name)
            return self._settle(stored.kind, stored.sender, reader)

    def _settle(self, kind: str, sender: str, reader: str) -> bool:
        settled = settle(self.connection, self._group(kind, sender, reader))
        self.choices[kind, sender] = settled.choice
        return settled.changes_answers

    def _told(self, name: str, stored: Stored, outcome: Outcome) -> None:
        self.present.append(Present(name, stored))
        counts = (stored.balance, None, stored.cells, stored.version)
        self.outcomes.append(FileOutcome(name, outcome, stored.sender, *counts, self.path))

    def _refuse(self, name: str, sha256: str, reason: Problem) -> None:
        self.findings.append(reason)
        self.outcomes.append(FileOutcome(name, "refused", problem=reason, path=self.path))
        key = (self.dossier.period, name, sha256, reason.code)
        known = self.connection.execute(
            "SELECT 1 FROM refusal WHERE (period, file, sha256, code) = (?, ?, ?, ?)", key
        )
        if known.fetchone():
            return
        with transaction(self.connection):
            added = self.connection.execute(
                "INSERT OR IGNORE INTO refusal VALUES (?, ?, ?, ?, ?)", (*key, audit.now())
            )
            if added.rowcount:
                facts = {"sha256": sha256, "code": reason.code}
                audit.record(
                    self.connection, audit.Entry("refuse", self.dossier.period, name, None, facts)
                )

    def _keep(self, path: Path) -> None:
        """Keep the file as it came, also one that will be refused, unless it is too large to look at."""
        store = self.dossier.store
        with suppress(OSError):
            if path.stat().st_size <= MAX_FILE_BYTES and self._has_to_keep(path):
                gone = self.door.erased.in_file(path)
                self.hashes[path] = (
                    keep_without(store, path, gone) if gone else keep_raw(store, path)
                )

    def _has_to_keep(self, path: Path) -> bool:
        """Whether a file is not kept yet, or kept without a person and this register does not know why.

        The latter is so in a register that is built again beside the persons' store.
        """
        sha256 = self.hashes[path]
        kept = raw_path(self.dossier.store, sha256, ending_of(path))
        if kept is None:
            return True
        if not self.door.erased or fingerprint(kept) == sha256:
            return False
        told = "SELECT 1 FROM audit WHERE action = 'redact' AND object = ?"
        return self.connection.execute(told, (sha256,)).fetchone() is None

    def _find(self, path: Path, reader: str) -> Stored | None:
        return find_submission(self.connection, self.dossier.period, self.hashes[path], reader)

    def _name(self, path: Path) -> str:
        """The name of a file; of equal files the shortest, whichever the register met first."""
        same = [p for p in self.workbooks if self.hashes.get(p) == self.hashes[path]]
        return self._shown(min(same or [path], key=lambda p: (len(p.name), p.name)))

    def _shown(self, path: Path) -> str:
        """The name of a file as it may be told: a person in it is covered."""
        return self.door.name(self.dossier.name_of(path))

    def _group(self, kind: str, sender: str, reader: str) -> Group:
        present = frozenset(self.hashes.values()) - self.passed.get(sender, frozenset())
        return Group(self.dossier.period, kind, sender, reader, present, self.corrections)

    def _reader(self, depends_on: object) -> str:
        """What decides how a file is understood: our rules, the forms, the offices, and its own part."""
        offices = ",".join(self.dossier.offices.index)
        basis = f"{self.basis} {offices} {depends_on}"
        return hashlib.sha256(basis.encode()).hexdigest()[:16]

    def _has_sent(self, submission: Submission) -> bool:
        sender = (submission.period, submission.kind, submission.sender)
        found = self.connection.execute(
            "SELECT 1 FROM submission WHERE period = ? AND kind = ? AND sender = ?", sender
        )
        return found.fetchone() is not None


def _outcome(version: Version, *, first: bool, changed: bool) -> Outcome:
    if version.status == LATE:
        return "late"
    if version.is_new:
        return "new" if first else "changed"
    return "changed" if changed else "unchanged" if version.reread else "duplicate"


def _hashes(dossier: Dossier) -> dict[Path, str]:
    """The fingerprint of every file of the dossier that can be read at all."""
    hashes = {}
    for path in (*dossier.workbooks, *sorted(p for p in dossier.folder.glob("*") if p.is_file())):
        with suppress(OSError):
            hashes[path] = fingerprint(path)
    return hashes
