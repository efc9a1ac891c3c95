"""One batch at a time for a period: whoever comes second is told who is at it."""

import os
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from ksd_toolkit.errors import BusyError
from ksd_toolkit.runs.batch.locking import lock_file, unlock_file


@contextmanager
def locked(root: Path, periods: Collection[str]) -> Iterator[None]:
    """Hold the periods of a project for this process; the system lets go of them when it ends, however it ends.

    Raises:
        BusyError: Another process holds one of them; it is named.
    """
    folder = root / ".ksd"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with ExitStack() as stack:
        for period in sorted(set(periods)):
            stack.enter_context(_held(folder / f"batch-{period}.lock", period))
        yield


@contextmanager
def _held(path: Path, period: str) -> Iterator[None]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    try:
        if not lock_file(handle):
            told = path.read_text(encoding="ascii", errors="replace").strip() or "?"
            raise BusyError("batch.busy", period=period, process=told)
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        try:
            yield
        finally:
            with suppress(OSError):
                os.ftruncate(handle, 0)
            unlock_file(handle)
    finally:
        os.close(handle)
