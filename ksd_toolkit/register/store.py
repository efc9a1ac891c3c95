"""The register's SQLite file: opened, brought to the newest schema, written in whole transactions."""

import hashlib
import hmac
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ksd_toolkit.register.appearing import appear
from ksd_toolkit.register.full_disk import unusable
from ksd_toolkit.register.migrations import migrate

_BUSY_MILLISECONDS: Final = 120_000
_REFERENCE_LENGTH: Final = 12
_KEY_FILE: Final = "kunci"
_KEY_BYTES: Final = 32
_MOUNTS: Final = Path("/proc/mounts")
_SHARED_DISKS: Final = frozenset(
    {"cifs", "smb3", "smbfs", "nfs", "nfs4", "9p", "fuse.sshfs", "fuse.rclone", "vboxsf", "drvfs"}
)
"""File systems whose locks do not carry a write-ahead log.

Source:
    sqlite.org/wal.html: "All processes using a database must be on the same host computer; WAL does
    not work over a network filesystem."
"""


def database(folder: Path) -> Path:
    """Where the register of a region lies in its folder."""
    return folder / "register.sqlite"


@contextmanager
def open_store(folder: Path) -> Iterator[sqlite3.Connection]:
    """The register of a region in `folder`, created when missing; only its owner can read it.

    Raises:
        RunError: It cannot be read or written, or was made by a newer program.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = database(folder)
    if not path.exists():
        appear(path, _write_empty_store)
    connection = connect(path)
    try:
        migrate(connection, path)
        yield connection
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise  # our own mistakes, not the user's
    except sqlite3.DatabaseError as error:
        raise unusable("register.unusable", folder, error) from error
    finally:
        connection.close()


def connect(path: Path) -> sqlite3.Connection:
    """A connection that waits its turn, survives a power cut and keeps references whole."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.DatabaseError as error:
        connection.close()
        raise unusable("register.unusable", path.parent, error) from error
    return connection


def _write_empty_store(path: Path) -> None:
    """Switching to WAL fails at once where two processes try it; it is done before any can see it."""
    connection = sqlite3.connect(path, isolation_level=None)
    mode = "DELETE" if on_shared_disk(path.parent) else "WAL"
    connection.execute(f"PRAGMA journal_mode = {mode}")
    migrate(connection, path)
    connection.close()


def on_shared_disk(folder: Path) -> bool:
    """Whether `folder` lies on a network share, as far as this system tells."""
    resolved = folder.resolve()
    if str(resolved).startswith("\\\\"):
        return True
    try:
        lines = [line.split() for line in _MOUNTS.read_text(encoding="utf-8").splitlines()]
    except OSError:
        return False
    places = {line[1].replace("\\040", " "): line[2] for line in lines if len(line) > 2}  # noqa: PLR2004
    here = next((p for p in (resolved, *resolved.parents) if str(p) in places), None)
    return here is not None and places[str(here)] in _SHARED_DISKS


def is_waiting_in_line(connection: sqlite3.Connection) -> bool:
    """Whether readers wait for writers, because the disk carries no write-ahead log."""
    return bool(connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal")


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


class PersonalReferences:
    """Replaces personal data by a keyed reference: equal people stay equal, names stay private.

    Source:
        UU 27/2022 on personal data: the register only needs to tell persons apart.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / _KEY_FILE
        if not path.exists():
            appear(path, lambda draft: draft.write_bytes(secrets.token_bytes(_KEY_BYTES)))
        self._key = path.read_bytes()

    def of(self, text: str) -> str:
        """`pribadi:` and twelve hexadecimal digits."""
        digest = hmac.new(self._key, text.casefold().encode(), hashlib.sha256).hexdigest()
        return f"pribadi:{digest[:_REFERENCE_LENGTH]}"
