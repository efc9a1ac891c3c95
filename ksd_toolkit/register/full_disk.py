"""A store that cannot be written because its disk is full is not broken, and must not be thrown away."""

import shutil
import sqlite3
from pathlib import Path
from typing import Final

from ksd_toolkit.errors import RunError

_ROOM: Final = 256 * 1024
"""Bytes: with less room than a few pages and their journal, SQLite tells of a failed write only."""


def unusable(code: str, folder: Path, error: sqlite3.DatabaseError) -> RunError:
    """Why a store cannot be read or written.

    Args:
        code: What is told of one that is broken, e.g. `register.unusable`.
        folder: Where it lies.
        error: What SQLite says.
    """
    number = getattr(error, "sqlite_errorcode", None) or 0
    failed = number & 0xFF == sqlite3.SQLITE_IOERR  # the rest tells at which step
    if number == sqlite3.SQLITE_FULL or (failed and shutil.disk_usage(folder).free < _ROOM):
        return RunError("register.full", folder=folder.name)
    return RunError(code, folder=folder.name, reason=error)
