"""Run the cells of one notebook in a shell of this process and tell what each showed, as a kernel would."""

import sys
import traceback
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

Output = dict[str, Any]
Told = Callable[[int, int, list[Output]], None]
"""Called after each cell with its place, its count and its outputs."""


class _Shown:
    """What the running cell has shown so far; text written piece by piece is one output."""

    def __init__(self) -> None:
        self.outputs: list[Output] = []

    def add(self, output: Output) -> None:
        self.outputs.append(output)

    def write(self, name: str, text: str) -> None:
        last = self.outputs[-1] if self.outputs else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["text"] += text
        elif text:
            self.add({"output_type": "stream", "name": name, "text": text})

    def clear(self) -> None:
        self.outputs.clear()


class _Stream:
    """Stands for `sys.stdout` or `sys.stderr` while cells run."""

    encoding = "utf-8"

    def __init__(self, name: str, shown: _Shown) -> None:
        self._name, self._shown = name, shown

    def write(self, text: str) -> int:
        self._shown.write(self._name, text)
        return len(text)

    def flush(self) -> None:
        """Nothing waits."""

    def isatty(self) -> bool:
        return False


class _Publisher(DisplayPublisher):
    """Takes what `display(...)` publishes."""

    shown: _Shown = _Shown()

    def publish(  # type: ignore[override]  # kernels hand over more than shells do
        self, data: Mapping[str, Any], metadata: Any = None, **_: Any
    ) -> None:
        self.shown.add(
            {"output_type": "display_data", "data": dict(data), "metadata": metadata or {}}
        )

    def clear_output(self, wait: bool = False) -> None:
        self.shown.clear()


class _Hook(DisplayHook):
    """Takes the value a cell ends with."""

    shown: _Shown = _Shown()

    def write_output_prompt(self) -> None:
        """No prompt is printed."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        self.shown.add(
            {
                "output_type": "execute_result",
                "execution_count": self.prompt_count,
                "data": dict(format_dict),
                "metadata": md_dict or {},
            }
        )

    def finish_displayhook(self) -> None:
        """No line ends the output."""


class _Shell(InteractiveShell):
    displayhook_class = _Hook
    display_pub_class = _Publisher

    def enable_gui(self, gui: Any = None) -> None:
        """Nothing is shown on a screen."""

    def showtraceback(self, *args: Any, **kwargs: Any) -> None:
        """Errors are told as outputs."""


def new_shell() -> InteractiveShell:
    """The shell of this process; a process has one, for display finds it by itself."""
    settings = Config()
    settings.HistoryManager.enabled = False  # its thread would not survive a fork
    shell: InteractiveShell = _Shell.instance(config=settings)
    sys.modules["__main__"] = shell.user_module
    return shell


def ready_shell() -> None:
    """Make the shell of this process before it forks: each child finds it made, and its first cell already run.

    What the process itself was started as stays its main module.
    """
    own = sys.modules["__main__"]
    new_shell().run_cell("None", store_history=False, silent=True)  # type: ignore[no-untyped-call]
    sys.modules["__main__"] = own


def run_cells(shell: InteractiveShell, sources: list[tuple[int, str]], told: Told) -> None:
    """Run the cells in order, telling each; a cell that fails is the last one.

    Args:
        shell: The shell.
        sources: Place and code of each cell; blank ones are left out by a kernel, too.
        told: Who is told.
    """
    shown = _Shown()
    shell.displayhook.shown = shown  # type: ignore[attr-defined]  # both are of our classes
    shell.display_pub.shown = shown  # type: ignore[attr-defined]
    shell.user_ns["__name__"] = "__main__"
    sys.stdout, sys.stderr = _Stream("stdout", shown), _Stream("stderr", shown)
    for place, source in sources:
        shown.outputs = []
        count = shell.execution_count
        result = shell.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]
        failed = result.error_before_exec or result.error_in_exec
        if failed is not None:
            shown.add(_error(failed))
        told(place, count, shown.outputs)
        if failed is not None:
            return


def _error(failed: BaseException) -> Output:
    """An exception as a notebook keeps it; the frames of the shell itself say nothing."""
    lines = traceback.format_exception(type(failed), failed, _own(failed.__traceback__))
    return {
        "output_type": "error",
        "ename": type(failed).__name__,
        "evalue": str(failed),
        "traceback": "".join(lines).splitlines(),
    }


def _own(frames: TracebackType | None) -> TracebackType | None:
    """The frames from the first cell on."""
    while frames is not None and not frames.tb_frame.f_code.co_filename.startswith("<ipython"):
        if frames.tb_next is None:
            return frames
        frames = frames.tb_next
    return frames
