"""Locks of the operating system on a file: they end with the process that holds them."""

import sys

if sys.platform == "win32":
    import msvcrt

    def lock_file(handle: int) -> bool:
        """Whether the lock could be had; a byte far behind the content is locked, so that others may read that."""
        import os  # noqa: PLC0415

        os.lseek(handle, 1 << 20, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        os.lseek(handle, 0, os.SEEK_SET)
        return True

    def unlock_file(handle: int) -> None:
        """Nothing to do: closing lets go of it."""

else:
    import fcntl

    def lock_file(handle: int) -> bool:
        """Whether the lock could be had."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def unlock_file(handle: int) -> None:
        """Let go of it."""
        fcntl.flock(handle, fcntl.LOCK_UN)
