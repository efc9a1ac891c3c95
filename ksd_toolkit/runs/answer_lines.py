"""Lines of JSON from another process, as they come, and the cells of a notebook among them."""

import json
import os
import select
import time
from collections.abc import Iterator
from typing import Any, Final, cast

from nbclient.exceptions import CellTimeoutError, DeadKernelError

Cell = tuple[int, int, list[Any]]
"""The place of a cell, its count and its outputs."""
_PIECE: Final = 1 << 16


class AnswerLines:
    """What comes out of a pipe, line by line."""

    def __init__(self, pipe: int) -> None:
        self._pipe = pipe
        self._pieces: list[bytes] = []
        self._rest = b""

    def next(self, seconds: float | None = None) -> dict[str, Any]:
        """The next line.

        Args:
            seconds: How long to wait for it; None for as long as it takes.

        Raises:
            CellTimeoutError: Nothing came in time.
            DeadKernelError: The other end was closed.
        """
        end = None if seconds is None else time.monotonic() + seconds
        while b"\n" not in self._rest:
            left = None if end is None else max(0.0, end - time.monotonic())
            heard, _, _ = select.select([self._pipe], [], [], left)
            if not heard:
                raise CellTimeoutError("a cell took too long")
            self._take(os.read(self._pipe, _PIECE))
        line, _, self._rest = self._rest.partition(b"\n")
        return cast("dict[str, Any]", json.loads(line))

    def cells(self, seconds: float | None) -> Iterator[Cell]:
        """The cells of a notebook until its process has ended.

        Args:
            seconds: How long one cell may take.

        Raises:
            CellTimeoutError: A cell took too long.
            DeadKernelError: The process ended before the notebook did.
        """
        done = False
        while True:
            told = self.next(seconds)
            if "cell" in told:
                place, count, outputs = told["cell"]
                yield place, count, outputs
            elif "done" in told:
                done = True
            elif "ended" in told:
                if not done:
                    raise DeadKernelError("the process that ran the notebook ended")
                return

    def _take(self, piece: bytes) -> None:
        """Add a piece; a long line is put together once, when its end has come."""
        if not piece:
            raise DeadKernelError("the process that runs notebooks ended")
        self._pieces.append(piece)
        if b"\n" in piece:
            self._rest, self._pieces = self._rest + b"".join(self._pieces), []
