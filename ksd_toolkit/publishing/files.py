"""Put a finished file in its place: whole or not at all."""

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path
from secrets import token_hex

from ksd_toolkit.errors import RunError
from ksd_toolkit.messages import system_reasons


def replace_file(path: Path, content: bytes) -> None:
    """Write `content` to `path` so that a reader finds the old file or the new one, never a part.

    The content goes to a temporary file in the same folder, onto the disk, and then takes the name.

    Raises:
        RunError: The file cannot be written; the old one is untouched and nothing is left behind.
    """
    replace_files({path: content})


def replace_files(contents: Mapping[Path, bytes]) -> None:
    """Write files that belong together: all of them lie on the disk before the first takes its name.

    A disk that fills up on the way leaves every old file as it was.

    Args:
        contents: What each file shall hold.

    Raises:
        RunError: One of them cannot be written; nothing is left behind.
    """
    drafts = {path: path.with_name(f".{token_hex(8)}.part") for path in contents}
    path = next(iter(contents), Path())
    try:
        try:
            for path, draft in drafts.items():
                path.parent.mkdir(parents=True, exist_ok=True)
                _write_through(draft, contents[path])
            for path, draft in drafts.items():
                draft.replace(path)
        finally:
            for draft in drafts.values():
                _take_away(draft)  # it is gone already when all went well
        for path in {path.parent: path for path in contents}.values():
            flush_folder(path.parent)
    except OSError as error:
        raise RunError("file.not_written", file=path.name, **system_reasons(error)) from error


def _take_away(draft: Path) -> None:
    """Remove a draft; what was never begun, or lies below what is no folder, is not there."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        draft.unlink()


def _write_through(path: Path, content: bytes) -> None:
    """A new file whose content is on the disk, not only in memory."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Put the new name itself on the disk; Windows cannot open a folder and needs no such step."""
    with contextlib.suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
