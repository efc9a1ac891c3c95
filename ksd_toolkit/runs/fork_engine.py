"""The engine `ksd-fork` for papermill: notebooks run in children of a warm process, not in kernels of their own.

papermill keeps doing what it does: it reads the notebook, injects the parameters, raises where a cell failed.
Only the kernel is replaced, whose start and imports cost more than most notebooks of ours.
"""

import atexit
import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Final, cast

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines

INLINE: Final = "module://matplotlib_inline.backend_inline"
"""Where an author's own plots are drawn, as in a kernel; the toolkit's charts need no backend."""

ENGINE: Final = "ksd-fork"
PAPERMILL: Final = "papermill"
ENGINES: Final = (ENGINE, PAPERMILL)
_SERVER: Final = "ksd_toolkit.runs.fork_server"
_PIECE: Final = 1 << 16
_LANGUAGE: Final = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
}
"""What a Python kernel says of itself."""


def default_engine() -> str:
    """The warm engine where processes fork safely, plain papermill elsewhere."""
    return ENGINE if sys.platform == "linux" else PAPERMILL


class WarmServer:
    """The warm process of this one. It runs one notebook at a time and is started anew when it is lost."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._rest = b""
        self._lock = threading.Lock()

    def run(
        self, request: dict[str, Any], seconds: float | None
    ) -> Iterator[tuple[int, int, list[Any]]]:
        """Every cell as it ends: its place, its count and its outputs.

        Args:
            request: Cells, folder and environment of the notebook.
            seconds: How long one cell may take; None for as long as it needs.

        Raises:
            CellTimeoutError: A cell took too long; its process was ended.
            DeadKernelError: The process ended before the notebook did.
        """
        with self._lock:
            process = self._asked(request)
            try:
                yield from self._cells(process, seconds)
            except BaseException:
                self._end(process)  # a child may still be at it
                raise

    def _asked(self, request: dict[str, Any]) -> "subprocess.Popen[bytes]":
        """The process that took the request; one that died since the last notebook is replaced."""
        process = self._running()
        try:
            _ask(process, request)
            self._line(process, None)  # it says so when it begins
        except (DeadKernelError, BrokenPipeError):
            self._end(process)
            process = self._running()
            _ask(process, request)
            self._line(process, None)
        return process

    def _cells(
        self, process: "subprocess.Popen[bytes]", seconds: float | None
    ) -> Iterator[tuple[int, int, list[Any]]]:
        done = False
        while True:
            told = self._line(process, seconds)
            if "cell" in told:
                place, count, outputs = told["cell"]
                yield place, count, outputs
            elif "done" in told:
                done = True
            elif "ended" in told:
                if not done:
                    raise DeadKernelError("the process that ran the notebook ended")
                return

    def _running(self) -> "subprocess.Popen[bytes]":
        """The process, started where there is none; one inherited by a fork belongs to the parent."""
        found = self._process
        if found is None or self._owner != os.getpid() or found.poll() is not None:
            environment = {"MPLBACKEND": INLINE, **os.environ, "OPENBLAS_NUM_THREADS": "1"}
            found = subprocess.Popen(  # noqa: S603  our own module
                [sys.executable, "-m", _SERVER],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=environment,
            )
            self._process, self._owner, self._rest = found, os.getpid(), b""
            self._line(found, None)
        return found

    def _line(self, process: "subprocess.Popen[bytes]", seconds: float | None) -> dict[str, Any]:
        """The next answer."""
        answers = cast("IO[bytes]", process.stdout)
        end = None if seconds is None else time.monotonic() + seconds
        while b"\n" not in self._rest:
            left = None if end is None else max(0.0, end - time.monotonic())
            heard, _, _ = select.select([answers], [], [], left)
            if not heard:
                raise CellTimeoutError("a cell took too long")
            piece = os.read(answers.fileno(), _PIECE)
            if not piece:
                raise DeadKernelError("the process that runs notebooks ended")
            self._rest += piece
        line, _, self._rest = self._rest.partition(b"\n")
        return cast("dict[str, Any]", json.loads(line))

    def _end(self, process: "subprocess.Popen[bytes]") -> None:
        """End the process and what it forked: the end of its input tells it."""
        self._process = None
        with suppress(OSError):
            cast("IO[bytes]", process.stdin).close()
        try:
            process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()

    def close(self) -> None:
        """End the process of this one, where there is one."""
        if self._process is not None and self._owner == os.getpid():
            self._end(self._process)


def _ask(process: "subprocess.Popen[bytes]", request: dict[str, Any]) -> None:
    """One line of JSON to the process."""
    asked = cast("IO[bytes]", process.stdin)
    asked.write(json.dumps(request).encode() + b"\n")
    asked.flush()


_SERVER_OF_THIS_PROCESS: Final = WarmServer()
atexit.register(_SERVER_OF_THIS_PROCESS.close)


class ForkEngine(Engine):
    """papermill's contract with a forked child in place of a kernel."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        *,
        execution_timeout: float | None = None,
        **_: Any,
    ) -> None:
        """Run every code cell; a failed one is the last, as in papermill's own engine."""
        notebook: NotebookNode = nb_man.nb
        notebook.metadata.language_info = NotebookNode(_LANGUAGE)
        codes = [(n, c.source) for n, c in enumerate(notebook.cells) if c.cell_type == "code"]
        request = {"cells": codes, "folder": str(Path.cwd()), "environment": dict(os.environ)}
        for place, count, outputs in _SERVER_OF_THIS_PROCESS.run(request, execution_timeout):
            cell = notebook.cells[place]
            cell.execution_count = count
            cell.outputs = [_output(output) for output in outputs]
            if any(output["output_type"] == "error" for output in outputs):
                nb_man.cell_exception(cell, cell_index=place)


def _output(told: dict[str, Any]) -> NotebookNode:
    """An output with its parts as attributes, as nbformat has it."""
    parts = {
        name: NotebookNode(value) if isinstance(value, dict) else value
        for name, value in told.items()
    }
    return NotebookNode(parts)


papermill_engines.register(ENGINE, ForkEngine)
