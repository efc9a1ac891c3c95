"""The audit trail: what was done, by whom, when; every entry seals the one before it.

It is program state: it tells the secretariat what happened and never enters a published paper.
"""

import getpass
import hashlib
import json
import os
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from typing import Final

START: Final = hashlib.sha256(b"ksd register").hexdigest()
"""What the first entry seals."""

_ACTOR: Final = "KSD_ACTOR"
_COLUMNS: Final = "seq, at, actor, action, period, object, before, after, toolkit, previous_hash"


@dataclass(frozen=True, slots=True)
class Break:
    """Where the trail no longer holds: the first entry that does not seal what stands before it."""

    seq: int


def now() -> str:
    """The time in UTC to the second: the one place of the register that reads the clock."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def actor() -> str:
    """Who works here: the environment variable KSD_ACTOR, else the login name."""
    if told := os.environ.get(_ACTOR, "").strip():
        return told
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in a container
        return "-"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something done: what, in which period, to what, and the facts before and after."""

    action: str
    period: str
    about: str
    before: Mapping[str, object] | None = None
    after: Mapping[str, object] | None = None


def record(connection: sqlite3.Connection, entry: Entry) -> None:
    """Add an entry, in the transaction of what it tells, so that both stand or neither does."""
    last = connection.execute("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    seq, previous = last or (0, START)
    told = (entry.action, entry.period, entry.about, _json(entry.before), _json(entry.after))
    row = (seq + 1, now(), actor(), *told, _toolkit(), previous)
    marks = ",".join("?" * (len(row) + 1))
    connection.execute(
        f"INSERT INTO audit ({_COLUMNS}, hash) VALUES ({marks})",  # noqa: S608  our own columns
        (*row, _seal(row)),
    )


def broken_at(connection: sqlite3.Connection) -> Break | None:
    """The first entry that was changed, removed or put in later; None while the trail holds."""
    previous = START
    expected = 1
    for *entry, kept in connection.execute(f"SELECT {_COLUMNS}, hash FROM audit ORDER BY seq"):  # noqa: S608
        if entry[0] != expected or entry[-1] != previous or _seal(tuple(entry)) != kept:
            return Break(expected)
        previous, expected = kept, expected + 1
    return None


def last_seal(connection: sqlite3.Connection) -> tuple[int, str]:
    """The number and hash of the last entry: noted elsewhere, they show when a tail was cut off."""
    row = connection.execute("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    return (int(row[0]), str(row[1])) if row else (0, START)


def _seal(entry: tuple[object, ...]) -> str:
    return hashlib.sha256(json.dumps(entry, ensure_ascii=False).encode()).hexdigest()


@cache
def _toolkit() -> str:
    return version("ksd-toolkit")


def _json(facts: Mapping[str, object] | None) -> str:
    return json.dumps(dict(facts or {}), ensure_ascii=False, default=str, sort_keys=True)
