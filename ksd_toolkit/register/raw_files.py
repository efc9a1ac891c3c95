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
    if raw_path(store, sha, ending_of(path)) is None:
        _write(store, sha, ending_of(path), content)
    return sha


def ending_of(path: Path) -> str:
    """The ending of a file's name where it is an ordinary one; the rest of the name is not kept."""
    suffix = path.suffix.casefold()
    return suffix if _SUFFIX.fullmatch(suffix) else ""


def raw_path(store: Path, sha: str, ending: str = "") -> Path | None:
    """Where the file with this SHA-256 is kept; None when it is not.

    Args:
        store: The region's folder.
        sha: The hash it was kept under.
        ending: What its name probably ends with; the folder is listed only where it does not.
    """
    likely = store / FOLDER / sha[:2] / f"{sha}{ending}"
    if likely.is_file():
        return likely
    return next(iter(sorted((store / FOLDER / sha[:2]).glob(f"{sha}*"))), None)


def replace_raw(store: Path, sha: str, redacted: bytes, ending: str = "") -> None:
    """Put a redacted copy in the place of a kept file; the trail remembers that and the copy's hash.

    The trail is first: who is cut short between the two finds the file changed, and does it again.

    Args:
        store: The region's folder.
        sha: The hash the file was kept under; the copy stays findable by it.
        redacted: The copy.
        ending: The ending of the file's name, where it is not kept yet.
    """
    with open_store(store) as connection, transaction(connection):
        note_redaction(connection, sha, redacted)
    write_redacted(store, sha, redacted, ending)


def note_redaction(connection: sqlite3.Connection, sha: str, redacted: bytes) -> None:
    """The line of the trail that lets a redacted copy stand for the file; then write it."""
    after = {"sha256": hashlib.sha256(redacted).hexdigest()}
    audit.record(connection, audit.Entry("redact", "", sha, None, after))


def write_redacted(store: Path, sha: str, redacted: bytes, ending: str = "") -> None:
    """Write the copy the trail tells of."""
    old = raw_path(store, sha)
    _write(store, sha, old.name[_SHA_LENGTH:] if old else ending, redacted, replace=True)


def all_raw(store: Path) -> Iterator[tuple[str, Path]]:
    """Every kept file with the hash it came with."""
    for path in sorted((store / FOLDER).glob("??/[!.]*")):
        yield path.name[:_SHA_LENGTH], path


def drafts(store: Path) -> Iterator[Path]:
    """What writers that were killed left behind, anywhere in the region's folder."""
    yield from (path for path in sorted(store.rglob(".*")) if path.is_file())


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
    for made in (store, folder.parent, folder):  # a mode holds for the last folder made only
        made.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = folder / f"{sha}{suffix}"
    appear(target, lambda draft: draft.write_bytes(content), mode=_READ_ONLY, replace=replace)
