"""A process that has imported everything and forks itself for each notebook: `python -m ksd_toolkit.runs.fork_server`.

Requests come as one line of JSON each on standard input, answers go as lines of JSON to standard output.
A child runs one notebook and ends; nothing of it is left for the next one. The server itself computes
nothing, so that no thread is lost by forking; it ends when whoever started it closes its input.
"""

import gc
import importlib
import json
import os
import select
import signal
import sys
from typing import Any, Final

import matplotlib
from matplotlib.backends.registry import backend_registry

from ksd_toolkit.runs.warm_shell import new_shell, ready_shell, run_cells

READY: Final = "ready"
INLINE: Final = "module://matplotlib_inline.backend_inline"
"""Where an author's own plots are drawn, as in a kernel; the toolkit's charts need no backend."""
WARM: Final = (
    "ksd_toolkit", "ksd_toolkit.tables", "ksd_toolkit.charts", "ksd_toolkit.prose",
    "ksd_toolkit.runs.previewing", "matplotlib.backends.backend_svg", "encodings.utf_16_le",
    "pandas.core.methods.to_dict", "pandas.core.reshape.reshape",
    "IPython.core.application", "IPython.core.completer", "IPython.core.crashhandler",
    "IPython.core.logger", "IPython.core.magics", "IPython.core.oinspect", "IPython.utils.wildcard",
)  # fmt: skip
"""What notebooks, their shell and the libraries import only when they are needed; without it every child would."""
_POLL_SECONDS: Final = 0.01


def serve() -> None:
    """Fork a child a request until the input ends."""
    requests = sys.stdin.buffer
    answers = os.dup(1)
    silence()
    warm_up()
    ready_shell()
    gc.collect()
    gc.freeze()
    tell(answers, {READY: os.getpid()})
    while line := requests.readline():
        tell(answers, {"begun": True})
        child = os.fork()
        if not child:
            status = 1
            try:
                status = run_notebook(json.loads(line), answers)
            finally:
                os._exit(status)
        _wait(child, requests, answers)


def warm_up() -> None:
    """Import what notebooks import, once a process, and let matplotlib look up its backends."""
    for name in WARM:
        importlib.import_module(name)
    backend_registry.is_valid_backend(INLINE)  # type: ignore[no-untyped-call]


def run_notebook(request: dict[str, Any], answers: int) -> int:
    """Run one notebook in this process, which ends after it; 0 when it went through.

    Args:
        request: Cells, folder and environment of the notebook.
        answers: The pipe that each cell is told to.
    """
    os.environ.clear()
    os.environ.update({"MPLBACKEND": INLINE} | request["environment"])
    matplotlib.use(os.environ["MPLBACKEND"])
    os.chdir(request["folder"])
    sys.path.insert(0, "")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # nobody is there to be asked
    cells = [(place, source) for place, source in request["cells"] if source.strip()]
    run_cells(new_shell(), cells, lambda *told: tell(answers, {"cell": told}))
    tell(answers, {"done": True})
    return 0


def _wait(child: int, requests: Any, answers: int) -> None:
    """Wait for a child; a word on the input, or its end, ends the child first."""
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            break
        heard, _, _ = select.select([requests], [], [], _POLL_SECONDS)
        if heard:  # nothing is asked while a notebook runs, so this says stop
            requests.readline()
            os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            break
    tell(answers, {"ended": status})


def tell(answers: int, told: dict[str, Any]) -> None:
    """One line; longer ones than a pipe takes at once are written in pieces."""
    rest = memoryview(json.dumps(told, ensure_ascii=False).encode() + b"\n")
    while rest:
        rest = rest[os.write(answers, rest) :]


def silence() -> None:
    """What libraries print by themselves must not get among the answers."""
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)


if __name__ == "__main__":
    serve()
