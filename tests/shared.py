"""What takes long is made once: by the worker that asks first, for all of them."""

import os
import pickle
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


class Shared:
    """What takes a minute is made by the worker that asks first; the others read it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made: dict[str, Any] = {}

    def make(self, name: str, maker: Callable[[Path], Any], *, wait: bool = True) -> Any:
        """The thing called `name`; None where another worker is at it and nobody waits."""
        if name in self.made:
            return self.made[name]
        kept, failed = self.folder / f"{name}.pickle", self.folder / f"{name}.failed"
        try:
            os.close(os.open(self.folder / f"{name}.lock", os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            if not wait:
                return None
            while not kept.exists():
                if failed.exists():
                    pytest.fail(f"another worker could not make {name}: see its own error")
                time.sleep(0.2)
            self.made[name] = pickle.loads(kept.read_bytes())  # noqa: S301  written by us
            return self.made[name]
        try:
            (self.folder / name).mkdir()
            self.made[name] = maker(self.folder / name)
        except BaseException:
            failed.touch()
            raise
        part = kept.with_suffix(".part")
        part.write_bytes(pickle.dumps(self.made[name]))
        part.replace(kept)
        return self.made[name]
