"""A process that makes one dossier after another: `python -m ksd_toolkit.runs.batch.worker`.

Tasks come as one line of JSON each on standard input, what became of them goes to standard output. Where
processes fork safely, each task has a child of its own, so that nothing of one region is left for the next;
elsewhere it runs here. The process ends, and its children with it, when whoever started it closes its input.
"""

import gc
import json
import os
import select
import signal
import sys
import tempfile
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any, Final

from ksd_toolkit.project import period_of
from ksd_toolkit.runs.batch.task import Task, make
from ksd_toolkit.runs.batch.warming import listen, rehearse
from ksd_toolkit.runs.fork_engine import ENGINE, default_engine
from ksd_toolkit.runs.fork_server import silence, tell

_LAST_BYTES: Final = 4096
_COLLECT: Final = (50_000, 20, 20)
"""How seldom garbage is looked for: a task holds much until its end, and ends with its process."""


def serve() -> None:
    """Make what is asked for until the input ends."""
    tasks = sys.stdin.buffer
    answers = os.dup(1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who gives the tasks decides when to stop
    silence()
    gc.set_threshold(*_COLLECT)
    rehearse()
    tell(answers, {"ready": os.getpid()})
    forks = default_engine() == ENGINE
    while line := tasks.readline():
        task = Task.from_json(json.loads(line))
        if forks:
            listen(Path(task.root), period_of(task.dossier))
            _in_child(task, tasks, answers)
        else:
            tell(answers, {"made": asdict(make(task))})


def _in_child(task: Task, tasks: IO[bytes], answers: int) -> None:
    """Make it in a child; one that is lost is told with the last line it wrote."""
    with tempfile.TemporaryFile() as written:
        child = os.fork()
        if not child:
            status = 1
            try:
                os.setpgid(0, 0)
                os.dup2(written.fileno(), 2)
                tell(answers, {"made": asdict(make(task))})
                status = 0
            except BaseException:
                sys.excepthook(*sys.exc_info())
            finally:
                os._exit(status)
        status = _wait(child, tasks)
        if status:
            written.seek(max(0, written.seek(0, os.SEEK_END) - _LAST_BYTES))
            lines = written.read().decode(errors="replace").strip().splitlines()
            tell(answers, {"lost": _code(status), "said": lines[-1] if lines else ""})


def _wait(child: int, tasks: IO[bytes]) -> int:
    """How a child ended; when the input ends meanwhile, the child and what it forked end first."""
    with suppress(ProcessLookupError, PermissionError):
        os.setpgid(child, child)  # both do it, for neither knows who comes first
    watched: list[Any] = [tasks, os.pidfd_open(child)]
    while watched[-1] not in (heard := select.select(watched, [], [])[0]):
        if tasks.peek(1):  # type: ignore[attr-defined]  # the next task, already: it may wait
            watched.remove(tasks)
        elif heard:
            _end_group(child)
            os.waitpid(child, 0)
            os._exit(0)
    os.close(watched[-1])
    _, status = os.waitpid(child, 0)
    _end_group(child)
    return status


def _end_group(child: int) -> None:
    """End what a child forked; nothing of it may write on."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)


def _code(status: int) -> int:
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    serve()
