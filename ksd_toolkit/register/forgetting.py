"""Files that bring back somebody who was erased: what is kept of them is a copy without that person."""

from collections.abc import Collection
from pathlib import Path

from ksd_toolkit.questionnaire import fingerprint
from ksd_toolkit.register.raw_files import ending_of, keep_raw, raw_path, replace_raw
from ksd_toolkit.register.redaction import redact
from ksd_toolkit.register.spellings import Wanted


def keep_without(store: Path, path: Path, values: Collection[str]) -> str:
    """Keep a file without these values, under the SHA-256 it came with."""
    sha = fingerprint(path)
    redaction = redact(path, Wanted(values))
    if redaction.content is None:
        return keep_raw(store, path)
    replace_raw(store, sha, redaction.content, ending_of(path))
    return sha


def redact_again(store: Path, sha: str, wanted: Wanted) -> None:
    """Take these values out of a file that is kept already."""
    path = raw_path(store, sha)
    if path is None:
        return
    redaction = redact(path, wanted)
    if redaction.content is not None:
        replace_raw(store, sha, redaction.content)
