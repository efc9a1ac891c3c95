"""The engine `ksd-fork` for papermill: notebooks run in children of a warm process, not in kernels of their own.

papermill keeps doing what it does: it reads the notebook, injects the parameters, raises where a cell failed.
Only the kernel is replaced, whose start and imports cost more than most notebooks of ours. The child is one
of this very process where that is safe, else of a process kept for it.
"""

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Final, cast

from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines

from ksd_toolkit.runs.answer_lines import AnswerLines, Cell
from ksd_toolkit.runs.own_fork import forks_safely, run_in_own_fork

ENGINE: Final = "ksd-fork"
PAPERMILL: Final = "papermill"
ENGINES: Final = (ENGINE, PAPERMILL)
_SERVER: Final = "ksd_toolkit.runs.fork_server"
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
        self._lines: AnswerLines | None = None
        self._lock = threading.Lock()

    def run(self, request: dict[str, Any], seconds: float | None) -> Iterator[Cell]:
        """Every cell as it ends.

        Args:
            request: Cells, folder and environment of the notebook.
            seconds: How long one cell may take; None for as long as it needs.

        Raises:
            CellTimeoutError: A cell took too long; its process was ended.
            DeadKernelError: The process ended before the notebook did.
        """
        with self._lock:
            process, lines = self._asked(request)
            try:
                yield from lines.cells(seconds)
            except BaseException:
                self._end(process)  # a child may still be at it
                raise

    def _asked(self, request: dict[str, Any]) -> "tuple[subprocess.Popen[bytes], AnswerLines]":
        """The process that took the request; one that died since the last notebook is replaced."""
        process, lines = self._running()
        try:
            _ask(process, request)
            lines.next()  # it says so when it begins
        except (DeadKernelError, BrokenPipeError):
            self._end(process)
            process, lines = self._running()
            _ask(process, request)
            lines.next()
        return process, lines

    def _running(self) -> "tuple[subprocess.Popen[bytes], AnswerLines]":
        """The process, started where there is none; one inherited by a fork belongs to the parent."""
        found, lines = self._process, self._lines
        if found is None or lines is None or self._owner != os.getpid() or found.poll() is not None:
            environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
            found = subprocess.Popen(  # noqa: S603  our own module
                [sys.executable, "-m", _SERVER],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=environment,
            )
            lines = AnswerLines(cast("IO[bytes]", found.stdout).fileno())
            self._process, self._owner, self._lines = found, os.getpid(), lines
            lines.next()
        return found, lines

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
        run = run_in_own_fork if forks_safely() else _SERVER_OF_THIS_PROCESS.run
        for place, count, outputs in run(request, execution_timeout):
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
