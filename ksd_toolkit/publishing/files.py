"""Put a finished file in its place: whole or not at all."""

import contextlib
import os
from pathlib import Path
from secrets import token_hex

from ksd_toolkit.errors import RunError


def replace_file(path: Path, content: bytes) -> None:
    """Write `content` to `path` so that a reader finds the old file or the new one, never a part.

    The content goes to a temporary file in the same folder, onto the disk, and then takes the name.

    Raises:
        RunError: The file cannot be written; the old one is untouched and nothing is left behind.
    """
    temporary = path.with_name(f".{token_hex(8)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            _write_through(temporary, content)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)  # it is gone already when all went well
        _flush_folder(path.parent)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise RunError("file.not_written", file=path.name, reason=reason) from error


def _write_through(path: Path, content: bytes) -> None:
    """A new file whose content is on the disk, not only in memory."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Put the new name itself on the disk; Windows cannot open a folder and needs no such step."""
    with contextlib.suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
