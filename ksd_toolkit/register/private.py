"""The persons behind the references, apart from the register: one file only its owner can read.

It is the only place that can tell who `pribadi:4f...` is. Nothing public is ever made from it; the
internal papers (list of PPKSD, attendance) are.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Final

from ksd_toolkit.register import audit
from ksd_toolkit.register.appearing import appear
from ksd_toolkit.register.full_disk import unusable
from ksd_toolkit.register.store import on_shared_disk, transaction

_FILE: Final = "pribadi.sqlite"
_BUSY_MILLISECONDS: Final = 120_000
LIAISON: Final = "ppksd_"
NO_ONE: Final = "teks"  # the slot of what stood in running text: for whom, nobody knows
_SCHEMA: Final = """
CREATE TABLE holding (
    period    TEXT NOT NULL,
    opd_kode  TEXT NOT NULL,
    slot      TEXT NOT NULL,
    field     TEXT NOT NULL,
    value     TEXT NOT NULL,
    reference TEXT NOT NULL,
    file      TEXT NOT NULL,
    sha256    TEXT NOT NULL,
    sheet     TEXT NOT NULL,
    cell      TEXT NOT NULL,
    PRIMARY KEY (period, opd_kode, slot, field, reference, sha256, sheet, cell)
) STRICT, WITHOUT ROWID;
CREATE INDEX holding_reference ON holding (reference);
CREATE TABLE tombstone (
    reference TEXT NOT NULL,
    period    TEXT NOT NULL,
    opd_kode  TEXT NOT NULL,
    slot      TEXT NOT NULL,
    words     INTEGER NOT NULL,
    PRIMARY KEY (reference, period, opd_kode, slot)
) STRICT, WITHOUT ROWID;
CREATE TABLE log (
    id     INTEGER PRIMARY KEY,
    at     TEXT NOT NULL,
    actor  TEXT NOT NULL,
    action TEXT NOT NULL,
    person TEXT NOT NULL,
    basis  TEXT NOT NULL,
    facts  TEXT NOT NULL
) STRICT;
"""


@dataclass(frozen=True, slots=True, order=True)
class Holding:
    """One personal answer: whose it is (office and slot), what it says, and the cell it stands in."""

    period: str
    opd_kode: str
    slot: str
    field: str
    value: str
    reference: str
    file: str = ""
    sha256: str = ""
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A value that must not come back: everywhere, or (where others share it) for one holder only.

    `words` is how many words it had, so that it is found again in running text.
    """

    reference: str
    words: int
    period: str = ""
    opd_kode: str = ""
    slot: str = ""


class PrivateStore:
    """Values by reference, what was done with them, and what was erased."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def remember(self, holdings: Iterable[Holding]) -> int:
        """Keep personal answers; the number of values that are new.

        The processing log gets one line a file, and none where nothing is new.
        """
        fresh = sorted({one for one in holdings if not self._has(one)})
        if not fresh:
            return 0
        with transaction(self.connection):
            self.connection.executemany(
                "INSERT OR IGNORE INTO holding VALUES (?,?,?,?,?,?,?,?,?,?)", map(astuple, fresh)
            )
            self.note("remember", "", {"file_sha256": fresh[0].sha256, "values": len(fresh)})
        return len(fresh)

    def _has(self, one: Holding) -> bool:
        key = (one.period, one.opd_kode, one.slot, one.field, one.reference)
        found = self.connection.execute(
            "SELECT 1 FROM holding WHERE (period, opd_kode, slot, field, reference, sha256, sheet,"
            " cell) = (?,?,?,?,?,?,?,?)",
            (*key, one.sha256, one.sheet, one.cell),
        )
        return found.fetchone() is not None

    def values(self) -> frozenset[str]:
        """Everything that is held, whoever's it is."""
        return frozenset(v for (v,) in self.connection.execute("SELECT value FROM holding"))

    def tombstones(self) -> list[tuple[str, int]]:
        """Reference and number of words of every value that was erased for good."""
        return self.connection.execute(
            "SELECT reference, words FROM tombstone WHERE period = '' AND opd_kode = ''"
        ).fetchall()

    def barred(self, one: Holding, references: Iterable[str]) -> bool:
        """Whether a value with one of these references must not be kept for this holder."""
        holder = (one.period, one.opd_kode, one.slot)
        return any(
            self.connection.execute(
                "SELECT 1 FROM tombstone WHERE reference = ? AND period IN ('', ?)"
                " AND opd_kode IN ('', ?) AND slot IN ('', ?)",
                (reference, *holder),
            ).fetchone()
            for reference in references
        )

    def holdings(self, period: str = "") -> list[Holding]:
        """Everything held, of one period or of all."""
        rows = self.connection.execute(
            "SELECT * FROM holding WHERE ? IN ('', period) ORDER BY period, opd_kode, slot, field,"
            " file, sheet, cell",
            (period,),
        )
        return [Holding(*row) for row in rows]

    def forget(self, holdings: Collection[Holding], tombstones: Iterable[Tombstone]) -> None:
        """Remove values and put up what keeps them from coming back; the caller holds the transaction."""
        self.connection.executemany(
            "DELETE FROM holding WHERE (period, opd_kode, slot, field, value, reference, file, sha256,"
            " sheet, cell) = (?,?,?,?,?,?,?,?,?,?)",
            map(astuple, holdings),
        )
        self.connection.executemany(
            "INSERT OR IGNORE INTO tombstone (reference, words, period, opd_kode, slot)"
            " VALUES (?,?,?,?,?)",
            map(astuple, tombstones),
        )

    def note(self, action: str, person: str, facts: Mapping[str, object], basis: str = "") -> None:
        """Add a line to the processing log; it names references, never values."""
        told = json.dumps(dict(facts), ensure_ascii=False, sort_keys=True, default=str)
        self.connection.execute(
            "INSERT INTO log (at, actor, action, person, basis, facts) VALUES (?,?,?,?,?,?)",
            (audit.now(), audit.actor(), action, person, basis, told),
        )

    def log(self, person: str = "") -> list[dict[str, object]]:
        """The processing log, the oldest line first; of one person when a reference is given."""
        rows = self.connection.execute(
            "SELECT at, actor, action, person, basis, facts FROM log WHERE ? IN ('', person)"
            " ORDER BY id",
            (person,),
        )
        names = ("at", "actor", "action", "person", "basis")
        return [
            dict(zip(names, told, strict=True)) | {"facts": json.loads(facts)}
            for *told, facts in rows
        ]


def private_database(store: Path) -> Path:
    """Where the persons of a region are kept."""
    return store / _FILE


@contextmanager
def open_private(store: Path) -> Iterator[PrivateStore]:
    """The private store of a region, created when missing; only its owner can read it.

    Raises:
        RunError: It cannot be read or written.
    """
    store.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = private_database(store)
    if not path.exists():
        appear(path, _write_empty)
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
        yield PrivateStore(connection)
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise  # our own mistakes, not the user's
    except sqlite3.DatabaseError as error:
        raise unusable("privacy.unusable", store, error) from error
    finally:
        connection.close()


def _write_empty(path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    mode = "DELETE" if on_shared_disk(path.parent) else "WAL"
    connection.execute(f"PRAGMA journal_mode = {mode}")
    connection.executescript(_SCHEMA)
    connection.close()
