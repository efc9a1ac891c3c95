"""Publish what a task made: each file takes its name whole, and the manifest comes last."""

import shutil
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from ksd_toolkit.errors import RunError
from ksd_toolkit.messages import system_reasons
from ksd_toolkit.publishing.files import flush_folder
from ksd_toolkit.runs.batch.fingerprint import Seen
from ksd_toolkit.runs.batch.manifest import MANIFEST_FILE, Manifest, read_manifest, write_manifest
from ksd_toolkit.runs.stamp_file import sha_of

_PREFIX: Final = ".batch-"


def drafts_of(root: Path, periods: Collection[str]) -> Path:
    """Where a batch of these periods keeps drafts, on the disk of the reports; what a dead one left is removed.

    Raises:
        RunError: The folder cannot be made.
    """
    folder = root / "reports" / f"{_PREFIX}{'+'.join(sorted(periods))}"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise RunError("file.not_written", file=folder.name, **system_reasons(error)) from error
    return folder


def publish_drafts(
    folder: Path, outputs: Mapping[str, str], reports: Path, *, whole: bool
) -> dict[str, Seen]:
    """Move what a task made into the reports; the old manifest goes first, for it lists what is no longer whole.

    A file that says what it said stays the file it was.

    Args:
        folder: Where the files lie.
        outputs: Their names and SHA-256.
        reports: Where they go.
        whole: Whether that is everything there is: then a file the last manifest lists and this run did not make
            is removed.

    Raises:
        RunError: A file cannot be moved; each that was is whole.
    """
    before = read_manifest(reports)
    changed = [name for name, sha in outputs.items() if not _same(reports / name, sha)]
    gone = sorted(before.outputs.keys() - outputs.keys()) if before and whole else []
    name = MANIFEST_FILE
    try:
        reports.mkdir(parents=True, exist_ok=True)
        if changed or gone:
            (reports / MANIFEST_FILE).unlink(missing_ok=True)
            flush_folder(reports)
        for name in changed:
            place = reports / name
            place.parent.mkdir(parents=True, exist_ok=True)
            (folder / name).replace(place)
        for name in gone:
            (reports / name).unlink(missing_ok=True)
        for parent in {(reports / name).parent for name in (*changed, *gone)}:
            with suppress(FileNotFoundError):
                flush_folder(parent)
    except OSError as error:
        raise RunError("file.not_written", file=name, **system_reasons(error)) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {name: _published(reports / name, sha) for name, sha in outputs.items()}


def note_failure(reports: Path, dossier: str, remark: Mapping[str, str]) -> None:
    """Say beside a region's papers that the last batch could not renew them; those of the last good one stay listed.

    Raises:
        RunError: The note cannot be written.
    """
    before = read_manifest(reports)
    reports.mkdir(parents=True, exist_ok=True)
    outputs = {} if before is None else before.outputs
    write_manifest(Manifest(dossier, "failed", "", remark=dict(remark), outputs=outputs), reports)


def _same(path: Path, sha256: str) -> bool:
    return path.is_file() and not path.is_symlink() and sha_of(path) == sha256


def _published(path: Path, sha256: str) -> Seen:
    stat = path.stat()
    return Seen(stat.st_size, stat.st_mtime_ns, sha256)
