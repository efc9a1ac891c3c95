"""Every file as it came, kept under its SHA-256: what an office sent can always be shown again."""

import hashlib
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ksd_toolkit.register import audit
from ksd_toolkit.register.appearing import appear
from ksd_toolkit.register.store import open_store, transaction

FOLDER: Final = "berkas"
_READ_ONLY: Final = 0o400
_SHA_LENGTH: Final = 64
_SUFFIX: Final = re.compile(r"\.[a-z0-9]{1,8}")


def keep_raw(store: Path, path: Path) -> str:
    """Keep a file as it is and return its SHA-256; a file kept before is not kept again.

    It lies at `<store>/berkas/<first two>/<sha256><suffix>`, readable by its owner only.
    """
    content = path.read_bytes()
    sha = hashlib.sha256(content).hexdigest()
    if raw_path(store, sha) is None:
        _write(store, sha, _suffix(path), content)
    return sha


def _suffix(path: Path) -> str:
    """The ending of a file's name where it is an ordinary one; the rest of the name is not kept."""
    suffix = path.suffix.casefold()
    return suffix if _SUFFIX.fullmatch(suffix) else ""


def raw_path(store: Path, sha: str) -> Path | None:
    """Where the file with this SHA-256 is kept; None when it is not."""
    return next(iter(sorted((store / FOLDER / sha[:2]).glob(f"{sha}*"))), None)


def replace_raw(
    store: Path, sha: str, redacted: bytes, connection: sqlite3.Connection | None = None
) -> None:
    """Put a redacted copy in the place of a kept file; the trail remembers that and the copy's hash.

    Args:
        store: The region's folder.
        sha: The hash the file was kept under; the copy stays findable by it.
        redacted: The copy.
        connection: The open register when this is part of a transaction of its own.
    """
    old = raw_path(store, sha)
    suffix = old.name[_SHA_LENGTH:] if old else ""
    _write(store, sha, suffix, redacted, replace=True)
    after = {"sha256": hashlib.sha256(redacted).hexdigest()}
    if connection is not None:
        audit.record(connection, audit.Entry("redact", "", sha, None, after))
        return
    with open_store(store) as opened, transaction(opened):
        audit.record(opened, audit.Entry("redact", "", sha, None, after))


def damaged_files(
    store: Path, expected: Iterator[str], redacted: dict[str, str]
) -> Iterator[tuple[str, str]]:
    """The kept files that are not what they were: hash and `missing` or `changed`.

    Args:
        store: The region's folder.
        expected: The hashes the register refers to.
        redacted: The hash each redacted copy must have.
    """
    for sha in expected:
        path = raw_path(store, sha)
        if path is None:
            yield sha, "missing"
        elif hashlib.sha256(path.read_bytes()).hexdigest() != redacted.get(sha, sha):
            yield sha, "changed"


def _write(store: Path, sha: str, suffix: str, content: bytes, *, replace: bool = False) -> None:
    folder = store / FOLDER / sha[:2]
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = folder / f"{sha}{suffix}"
    appear(target, lambda draft: draft.write_bytes(content), mode=_READ_ONLY, replace=replace)
