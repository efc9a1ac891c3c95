"""Run a notebook in a child forked from this very process, which finds there what the run has already computed."""

import gc
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from ksd_toolkit.runs.answer_lines import AnswerLines, Cell
from ksd_toolkit.runs.fork_server import run_notebook, silence, tell, warm_up

_TASKS: Final = Path("/proc/self/task")


def forks_safely() -> bool:
    """Whether this process has a single thread: a fork takes only the one that forks, and what others held stays held."""
    return threading.active_count() == 1 and _TASKS.is_dir() and len(list(_TASKS.iterdir())) == 1


def run_in_own_fork(request: dict[str, Any], seconds: float | None) -> Iterator[Cell]:
    """Every cell of a notebook as it ends.

    Args:
        request: Cells, folder and environment of the notebook.
        seconds: How long one cell may take; None for as long as it needs.

    Raises:
        CellTimeoutError: A cell took too long; its process was ended.
        DeadKernelError: The process ended before the notebook did.
    """
    warm_up()
    answers, told = os.pipe()
    child = os.fork()
    if not child:
        _child(request, answers, told)
    os.close(told)
    try:
        yield from AnswerLines(answers).cells(seconds)
    finally:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)  # it has ended, unless it was lost or took too long
        os.waitpid(child, 0)
        os.close(answers)


def _child(request: dict[str, Any], answers: int, told: int) -> None:
    """Run the notebook and end; nothing of the parent is run again on the way out."""
    try:
        gc.freeze()  # a collection would touch, and so copy, all that the run has computed
        os.close(answers)
        silence()
        if run_notebook(request, told) == 0:
            tell(told, {"ended": 0})
    finally:
        os._exit(0)
