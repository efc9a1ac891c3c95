"""What was brought, kept under `.ksd/wilayah`: every file as it came, what it holds, and an index.

A reader finds the old state or the new one, never a part: contents are named after their SHA-256
and only the index, which takes its place at once, says which of them count.
"""

import contextlib
import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from secrets import token_hex
from typing import Any, Final

from ksd_toolkit.atlas.brought import Asked, Kind
from ksd_toolkit.errors import RunError
from ksd_toolkit.questionnaire.submission import Balance

_FORMAT: Final = 1
WAIT_SECONDS: Final = 120.0
_INDEX: Final = "indeks.json"
_LOCK: Final = "kunci.sqlite"
_RAW: Final = "berkas"
_CONTENTS: Final = "isi"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One file of the index: how it was read, what became of it, and where its rows lie.

    Attributes:
        name: Its name.
        sha256: Of its bytes, under which it is kept.
        kind: What it holds.
        asked: What its bringer said of it.
        balance: What became of its figures or shapes.
        content: The SHA-256 of its rows.
    """

    name: str
    sha256: str
    kind: Kind
    asked: Asked
    balance: Balance
    content: str


@dataclass(frozen=True, slots=True)
class Index:
    """Every file, the oldest first, and what was made from all of them.

    Attributes:
        files: The files.
        tables: The SHA-256 of each table by its name.
        standing: How many rows or shapes of each file stand, by its SHA-256; what newer files
            replaced does not.
    """

    files: tuple[KeptFile, ...] = ()
    tables: Mapping[str, str] = field(default_factory=dict)
    standing: Mapping[str, int] = field(default_factory=dict)


def store_folder(home: Path) -> Path:
    """Where a project keeps what was brought about regions."""
    return home / ".ksd" / "wilayah"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """The store for one writer at a time; others wait for two minutes.

    Raises:
        RunError: Another process is still writing, or the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(folder / _LOCK, timeout=WAIT_SECONDS, isolation_level=None)
    try:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise RunError("atlas.busy", reason=error) from error
            raise RunError("atlas.not_written", reason=error) from error
        yield
    finally:
        connection.close()


def read_index(folder: Path) -> Index:
    """The index; an empty one where nothing was brought.

    Raises:
        RunError: It is damaged, or was written by a newer program.
    """
    try:
        data = json.loads((folder / _INDEX).read_bytes())
        if data["format"] != _FORMAT:
            raise RunError("atlas.newer", format=data["format"])
        files = tuple(_kept(entry) for entry in data["files"])
        return Index(files, dict(data["tables"]), dict(data["standing"]))
    except FileNotFoundError:
        return Index()
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise RunError("atlas.unusable", reason=type(error).__name__) from error


def write_index(folder: Path, index: Index) -> None:
    """Let the index take its place, then forget what nobody refers to, drafts of the dead included."""
    data = {
        "format": _FORMAT,
        "files": [asdict(file) for file in index.files],
        "tables": dict(index.tables),
        "standing": dict(index.standing),
    }
    text = json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    _put(folder / _INDEX, text.encode())
    contents = {file.content for file in index.files} | set(index.tables.values())
    raw = {file.sha256 for file in index.files}
    for path in sorted((folder / _CONTENTS).glob("*")):
        if path.stem not in contents:
            path.unlink(missing_ok=True)
    for path in sorted((folder / _RAW).glob("??/*")):
        if path.name.partition(".")[0] not in raw:
            path.unlink(missing_ok=True)


def keep_content(folder: Path, content: bytes) -> str:
    """Keep rows and return the name they have in the index."""
    sha = hashlib.sha256(content).hexdigest()
    path = folder / _CONTENTS / f"{sha}.npz"
    if not path.is_file():
        _put(path, content)
    return sha


def read_content(folder: Path, sha: str) -> bytes:
    """Rows that were kept.

    Raises:
        FileNotFoundError: They are no longer there: a writer has replaced them.
        RunError: They are not what they were.
    """
    content = (folder / _CONTENTS / f"{sha}.npz").read_bytes()
    if hashlib.sha256(content).hexdigest() != sha:
        raise RunError("atlas.unusable", reason=sha[:12])
    return content


def keep_raw(folder: Path, content: bytes, suffix: str) -> str:
    """Keep a file as it came and return its SHA-256."""
    sha = hashlib.sha256(content).hexdigest()
    path = folder / _RAW / sha[:2] / f"{sha}{suffix}"
    if not path.is_file():
        _put(path, content)
    return sha


def without(index: Index, sha256: str) -> Index:
    """The index without the files of these bytes."""
    return replace(index, files=tuple(file for file in index.files if file.sha256 != sha256))


def _kept(entry: dict[str, Any]) -> KeptFile:
    return KeptFile(
        **entry | {"asked": Asked(**entry["asked"]), "balance": Balance(**entry["balance"])}
    )


def _put(path: Path, content: bytes) -> None:
    """A whole file under its name, or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{token_hex(8)}.part")
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
