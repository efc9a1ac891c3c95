"""Files that appear complete or not at all, whatever happens while they are written."""

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

OWNER_ONLY: Final = 0o600


def appear(
    path: Path, write: Callable[[Path], object], *, mode: int = OWNER_ONLY, replace: bool = False
) -> None:
    """Make `path` appear as `write` made it; only its owner can read it.

    Args:
        path: Where it shall lie.
        write: Writes the draft it is given.
        mode: Its permissions.
        replace: Whether a file that is there already gives way; otherwise the first one stays.
    """
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # mode 0600
    draft = Path(name)
    try:
        write(draft)
        draft.chmod(mode)
        os.fsync(descriptor)
        if replace:
            draft.replace(path)
        else:
            _link(draft, path)
    finally:
        os.close(descriptor)
        draft.unlink(missing_ok=True)


def _link(draft: Path, path: Path) -> None:
    """Hard links decide which of two processes is first; where a disk has none, who is there stays."""
    with suppress(FileExistsError):
        try:
            os.link(draft, path)
        except FileExistsError:
            raise
        except OSError:
            if not path.exists():
                draft.replace(path)
