"""The register's SQLite file: opened, brought to the newest schema, written in one transaction a file."""

import hashlib
import hmac
import json
import os
import secrets
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Final

from ksd_toolkit.errors import Problem, RunError, Where
from ksd_toolkit.questionnaire import Answer, Balance, Submission

_BUSY_MILLISECONDS: Final = 30_000
_REFERENCE_LENGTH: Final = 12
_KEY_FILE: Final = "kunci"
_KEY_BYTES: Final = 32


@contextmanager
def open_store(folder: Path) -> Iterator[sqlite3.Connection]:
    """The register of a region in `folder`, created when missing; only its owner can read it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / "register.sqlite"
    if not path.exists():
        _appear(path, _write_empty_store)
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        _migrate(connection)
        yield connection
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise  # our own mistakes, not the user's
    except sqlite3.DatabaseError as error:
        raise RunError("register.unusable", folder=folder.name, reason=error) from error
    finally:
        connection.close()


def _write_empty_store(path: Path) -> None:
    """Switching to WAL fails at once where two processes try it; it is done before any can see it."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    _migrate(connection)
    connection.close()


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; the write lock is taken at once so that two writers queue up."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _migrate(connection: sqlite3.Connection) -> None:
    """Apply every numbered schema file newer than the store."""
    steps = sorted(files("ksd_toolkit.register").joinpath("schema").iterdir(), key=lambda f: f.name)
    for number, step in enumerate(steps, start=1):
        if connection.execute("PRAGMA user_version").fetchone()[0] >= number:
            continue
        with transaction(connection):
            if connection.execute("PRAGMA user_version").fetchone()[0] >= number:
                continue  # another process was faster
            for statement in step.read_text(encoding="utf-8").split(";\n"):
                if statement.strip():
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")


class PersonalReferences:
    """Replaces personal data by a keyed reference: equal people stay equal, names stay private.

    Source:
        UU 27/2022 on personal data: the register only needs to tell persons apart.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / _KEY_FILE
        if not path.exists():
            _appear(path, lambda draft: draft.write_bytes(secrets.token_bytes(_KEY_BYTES)))
        self._key = path.read_bytes()

    def of(self, text: str) -> str:
        """`pribadi:` and twelve hexadecimal digits."""
        digest = hmac.new(self._key, text.casefold().encode(), hashlib.sha256).hexdigest()
        return f"pribadi:{digest[:_REFERENCE_LENGTH]}"


def _appear(path: Path, write: Callable[[Path], object]) -> None:
    """Make `path` appear complete or not at all; the process that is first wins."""
    descriptor, name = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)  # mode 0600
    try:
        write(Path(name))
        os.fsync(descriptor)
        with suppress(FileExistsError):
            os.link(name, path)
    finally:
        os.close(descriptor)
        Path(name).unlink()


def add_submission(
    connection: sqlite3.Connection, submission: Submission, reader: str, private: dict[str, str]
) -> None:
    """Add a submission as the active one of its sender. `private` replaces the values of pii cells."""
    sender = (submission.period, submission.kind, submission.sender)
    connection.execute(
        "UPDATE submission SET active = 0 WHERE period = ? AND kind = ? AND sender = ?", sender
    )
    balance = submission.balance
    cursor = connection.execute(
        "INSERT INTO submission (period, kind, sender, file, sha256, reader, form_version, active,"
        " accepted, quarantined, duplicate, blank) VALUES (?,?,?,?,?,?,?,1,?,?,?,?)",
        (
            *sender, submission.file, submission.sha256, reader, submission.form_version,
            balance.accepted, balance.quarantined, balance.duplicate, balance.blank,
        ),
    )  # fmt: skip
    number = cursor.lastrowid
    connection.executemany(
        "INSERT INTO answer VALUES (?,?,?,?,?,?,?,?,?,?)",
        (
            (number, position, *_answer_row(answer, private))
            for position, answer in enumerate(submission.answers)
        ),
    )
    connection.executemany(
        "INSERT INTO set_aside VALUES (?,?,?,?,?,?,?,?)",
        (
            (number, position, row.table, row.fate, row.code, row.sheet, row.row, _json(row.cells))
            for position, row in enumerate(submission.set_aside)
        ),
    )
    add_problems(connection, submission.period, submission.problems, number)


@dataclass(frozen=True, slots=True)
class Stored:
    """A submission the register has. `used_sha256` is that of its sender's active one, if another."""

    id: int
    sender: str
    file: str
    balance: Balance
    used_sha256: str | None


def find_submission(
    connection: sqlite3.Connection, period: str, sha256: str, reader: str
) -> Stored | None:
    """The submission of this very file, understood by this very reader."""
    row = connection.execute(
        "SELECT s.id, s.sender, s.file, s.accepted, s.quarantined, s.duplicate, s.blank, u.sha256"
        " FROM submission s LEFT JOIN submission u ON u.active = 1 AND s.active = 0"
        " AND u.period = s.period AND u.kind = s.kind AND u.sender = s.sender"
        " WHERE s.period = ? AND s.sha256 = ? AND s.reader = ?",
        (period, sha256, reader),
    ).fetchone()
    if row is None:
        return None
    number, sender, file, *rows, used = row
    return Stored(number, sender, file, Balance(*rows), used)


def use_submission(connection: sqlite3.Connection, number: int) -> None:
    """Make a stored submission the active one of its sender again."""
    connection.execute(
        "UPDATE submission SET active = 0 WHERE active = 1 AND (period, kind, sender) ="
        " (SELECT period, kind, sender FROM submission WHERE id = ?)",
        (number,),
    )
    connection.execute("UPDATE submission SET active = 1 WHERE id = ?", (number,))


def rename_submission(connection: sqlite3.Connection, number: int, file: str) -> None:
    """Follow a file that was renamed, so that every place names a file that is there."""
    connection.execute("UPDATE submission SET file = ? WHERE id = ?", (file, number))
    connection.execute("UPDATE problem SET file = ? WHERE submission_id = ?", (file, number))


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


def _answer_row(answer: Answer, private: dict[str, str]) -> tuple[object, ...]:
    value = answer.value.isoformat() if isinstance(answer.value, date) else answer.value
    raw = answer.raw
    if answer.field in private:
        raw, value = "", None if value is None else private[answer.field]
    text = None if value is None else repr(value) if isinstance(value, float) else str(value)
    return (
        answer.table,
        answer.row_key,
        answer.field,
        raw,
        text,
        answer.state,
        answer.sheet,
        answer.cell,
    )


def _json(facts: Mapping[str, object]) -> str:
    return json.dumps(dict(facts), ensure_ascii=False, default=str, sort_keys=True)
