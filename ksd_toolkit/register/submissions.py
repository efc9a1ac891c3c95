"""Submissions in the register: added whole with their version, found again, never changed."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire import Balance, Submission
from ksd_toolkit.register import audit
from ksd_toolkit.register.contents import (
    CELL_COLUMNS,
    AnswerRow,
    CellBalance,
    Key,
    answer_row,
    channel_of,
    content_hash,
    count_cells,
    rows_digest,
    slot_of,
)
from ksd_toolkit.register.remembered import columns_of, digests_of
from ksd_toolkit.register.versions import Slot, Version, add_changes, version_of

_ROW_COLUMNS: Final = ("accepted", "quarantined", "duplicate", "blank")
_COLUMNS: Final = (
    "period", "kind", "sender", "slot", "file", "sha256", "reader", "form_id", "form_version",
    "channel", "active", "version_no", "content_hash", "modified", "received_at", "reread", "late",
    "status", *_ROW_COLUMNS, *CELL_COLUMNS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a file adds to what is written in it: how it was read, when saved, what the period says.

    `modified` is when the office last saved it, as the file itself tells. `late` and `closed` hold
    for what has not been said before.
    """

    reader: str
    modified: str
    late: bool
    closed: bool


@dataclass(frozen=True, slots=True)
class Stored:
    """A submission the register has."""

    id: int
    kind: str
    sender: str
    slot: str
    file: str
    sha256: str
    status: str
    late: bool
    version: int
    balance: Balance
    cells: CellBalance


def add_submission(
    connection: sqlite3.Connection,
    submission: Submission,
    arrival: Arrival,
    concealed: Mapping[Key, str],
) -> tuple[int, Version]:
    """Add a submission, not yet used. `concealed` replaces the values of personal answers."""
    rows = [answer_row(answer, concealed) for answer in submission.answers]
    slot = Slot(submission.period, submission.kind, submission.sender, slot_of(submission))
    content = content_hash(rows)
    version = version_of(connection, slot, submission.sha256, content)
    if version.is_new and not version.reread:
        status = "terlambat" if arrival.closed else ""
        version = version.told(late=arrival.late, status=status)
    kept = _Kept(slot, version, content, rows)
    number = _insert(connection, submission, arrival, kept)
    seal = _insert_rows(connection, number, submission, rows)
    if version.is_new and version.basis is not None:
        add_changes(connection, number, version.basis, rows)
    add_problems(connection, submission.period, submission.problems, number)
    facts = {
        "submission": number, "file": submission.file, "sha256": submission.sha256,
        "version": version.number, "content_hash": content, "late": version.late,
        "status": version.status, "seal": seal,
        "columns": columns_of(connection, number), "digests": digests_of(connection, number),
    }  # fmt: skip
    action = "version" if version.is_new else "reading"
    audit.record(connection, audit.Entry(action, submission.period, name_of(slot), None, facts))
    return number, version


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the register makes of a submission."""

    slot: Slot
    version: Version
    content: str
    rows: list[AnswerRow]


def _insert(
    connection: sqlite3.Connection, submission: Submission, arrival: Arrival, kept: _Kept
) -> int:
    slot, version = kept.slot, kept.version
    balance = submission.balance
    aside = sum(len(row.cells) for row in submission.set_aside)
    values = (
        slot.period, slot.kind, slot.sender, slot.slot, submission.file, submission.sha256,
        arrival.reader, submission.form_id, submission.form_version, channel_of(submission), 0,
        version.number, kept.content, arrival.modified, audit.now(), int(version.reread),
        int(version.late), version.status,
        balance.accepted, balance.quarantined, balance.duplicate, balance.blank,
        *count_cells(kept.rows, aside).numbers(),
    )  # fmt: skip
    marks = ",".join("?" * len(_COLUMNS))
    cursor = connection.execute(
        f"INSERT INTO submission ({','.join(_COLUMNS)}) VALUES ({marks})",  # noqa: S608
        values,
    )
    return int(cursor.lastrowid or 0)


def _insert_rows(
    connection: sqlite3.Connection,
    number: int,
    submission: Submission,
    rows: list[AnswerRow],
) -> str:
    """Write the answers and the rows set aside; returns their seal."""
    aside = [
        (row.table, row.fate, row.code, row.sheet, row.row, _json(row.cells))
        for row in submission.set_aside
    ]
    connection.executemany(
        "INSERT INTO answer VALUES (?,?,?,?,?,?,?,?,?,?)",
        ((number, position, *row) for position, row in enumerate(rows)),
    )
    connection.executemany(
        "INSERT INTO set_aside VALUES (?,?,?,?,?,?,?,?)",
        ((number, position, *row) for position, row in enumerate(aside)),
    )
    return rows_digest([*rows, *aside])


def name_of(slot: Slot) -> str:
    """A sender's slot in the audit trail: `DINKES`, or `DINKES/usulan` for a single table."""
    return f"{slot.sender}/{slot.slot}" if slot.slot else slot.sender


def find_submission(
    connection: sqlite3.Connection, period: str, sha256: str, reader: str
) -> Stored | None:
    """The submission of this very file, understood by this very reader."""
    columns = ("id", "kind", "sender", "slot", "file", "status", "late", "version_no")
    row = connection.execute(
        f"SELECT {','.join((*columns, *_ROW_COLUMNS, *CELL_COLUMNS))} FROM submission"  # noqa: S608
        " WHERE period = ? AND sha256 = ? AND reader = ?",
        (period, sha256, reader),
    ).fetchone()
    if row is None:
        return None
    number, kind, sender, slot, file, status, late, version, *counts = row
    rows, cells = counts[: len(_ROW_COLUMNS)], counts[len(_ROW_COLUMNS) :]
    return Stored(
        number, kind, sender, slot, file, sha256, status, bool(late), version,
        Balance(*rows), CellBalance(*cells),
    )  # fmt: skip


def rename_submission(connection: sqlite3.Connection, number: int, file: str) -> None:
    """Follow a file that was renamed, so that every place names a file that is there."""
    period, sender, before = connection.execute(
        "SELECT period, sender, file FROM submission WHERE id = ?", (number,)
    ).fetchone()
    connection.execute("UPDATE submission SET file = ? WHERE id = ?", (file, number))
    connection.execute("UPDATE problem SET file = ? WHERE submission_id = ?", (file, number))
    audit.record(
        connection,
        audit.Entry(
            "rename", period, sender, {"file": before}, {"file": file, "submission": number}
        ),
    )


def add_problems(
    connection: sqlite3.Connection,
    period: str,
    problems: tuple[Problem, ...],
    submission_id: int | None = None,
) -> None:
    """Keep problems of a submission, or of the period as a whole."""
    connection.executemany(
        "INSERT INTO problem (submission_id, period, code, severity, file, sheet, cell, facts)"
        " VALUES (?,?,?,?,?,?,?,?)",
        (
            (submission_id, period, p.code, p.severity, p.where.file, p.where.sheet, p.where.cell,
             _json(p.facts))
            for p in problems
        ),
    )  # fmt: skip


def replace_period_problems(
    connection: sqlite3.Connection, period: str, problems: tuple[Problem, ...]
) -> None:
    """What concerns the period as a whole, in place of what was found before."""
    connection.execute("DELETE FROM problem WHERE period = ? AND submission_id IS NULL", (period,))
    add_problems(connection, period, problems)


def stored_problems(connection: sqlite3.Connection, period: str) -> tuple[Problem, ...]:
    """Problems of the active submissions of a period and of the period itself, in reading order."""
    rows = connection.execute(
        "SELECT p.code, p.file, p.sheet, p.cell, p.facts, p.severity FROM problem p"
        " LEFT JOIN submission s ON s.id = p.submission_id"
        " WHERE p.period = ? AND (s.id IS NULL OR s.active = 1) ORDER BY s.id IS NOT NULL, p.file, p.id",
        (period,),
    )
    return tuple(
        Problem(code, Where(file, sheet, cell), json.loads(facts), severity)
        for code, file, sheet, cell, facts, severity in rows
    )


def _json(facts: Mapping[str, object]) -> str:
    return json.dumps(dict(facts), ensure_ascii=False, default=str, sort_keys=True)
