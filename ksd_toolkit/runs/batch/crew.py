"""The worker processes of one machine: each has one task at a time, and a lost one is replaced."""

import json
import os
import subprocess
import sys
from collections.abc import Generator, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Event, Thread, Timer
from typing import IO, Any, Final, cast

from ksd_toolkit.messages import say
from ksd_toolkit.messages.catalogue import LANGUAGES
from ksd_toolkit.runs.batch.task import Made, Task

_WORKER: Final = "ksd_toolkit.runs.batch.worker"
_ATTEMPTS: Final = 2
"""How often a task is begun that ended its process: once it may have been the machine's fault."""
_GRACE_SECONDS: Final = 2

Outcome = tuple[Task, Made]


@dataclass(slots=True, eq=False)
class Seat:
    """A place for one warm process, started when it is first needed and anew when it is lost."""

    _process: "subprocess.Popen[bytes] | None" = None
    _closed: Event = field(default_factory=Event)

    def made(self, task: Task) -> Made:
        """What becomes of a task."""
        for _ in range(_ATTEMPTS):
            late = Event()
            told = self._asked(task, late)
            if "made" in told:
                return Made.from_json(told["made"])
            if late.is_set():
                return _failed(task, "batch.too_long", seconds=round(task.seconds or 0))
            if self._closed.is_set():
                break
        reason = told.get("said") or f"exit {told['lost']}"
        return _failed(task, "batch.lost", reason=reason, attempts=_ATTEMPTS)

    def close(self) -> None:
        """End the process and whatever it is at."""
        self._closed.set()
        self._end()

    def _asked(self, task: Task, late: Event) -> dict[str, Any]:
        """The answer to a task; that the process is lost, where it gives none."""
        process = self._running()
        timer = Timer(task.seconds or 0, self._stop, (late,))
        timer.daemon = True
        if task.seconds is not None:
            timer.start()
        try:
            with suppress(OSError):  # it died: its silence tells in a moment
                _ask(process, task)
            while line := cast("IO[bytes]", process.stdout).readline():
                told: dict[str, Any] = json.loads(line)
                if "ready" not in told:
                    return told
        except ValueError:  # half a line: it died while it spoke, or was ended meanwhile
            pass
        finally:
            timer.cancel()
        self._end()
        return {"lost": process.returncode}

    def _stop(self, late: Event) -> None:
        late.set()
        self._end()

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(  # noqa: S603  our own module
                [sys.executable, "-m", _WORKER],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
            )
        return self._process

    def _end(self) -> None:
        """The end of its input tells a process to end what it forked; one that does not listen is killed."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(OSError):
            cast("IO[bytes]", process.stdin).close()
        try:
            process.wait(timeout=_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        cast("IO[bytes]", process.stdout).close()  # whoever still reads it comes to its end first


@dataclass(frozen=True, slots=True)
class Crew:
    """So many seats at work at once, warm until they are closed."""

    size: int
    _seats: list[Seat] = field(default_factory=list)

    def work(self, tasks: Iterable[Task]) -> Generator[Outcome, None, None]:
        """What becomes of each task, as it is done; in no fixed order."""
        waiting: SimpleQueue[Task] = SimpleQueue()
        outcomes: SimpleQueue[Outcome] = SimpleQueue()
        asked = list(tasks)
        for task in asked:
            waiting.put(task)
        missing = min(self.size, len(asked)) - len(self._seats)
        self._seats.extend(Seat() for _ in range(missing))
        threads = [
            Thread(target=_serve, args=(seat, waiting, outcomes), daemon=True)
            for seat in self._seats
        ]
        for thread in threads:
            thread.start()
        left = len(asked)
        try:
            while left:
                outcome = outcomes.get()
                left -= 1
                yield outcome
        finally:
            if left:  # nobody wants the rest
                with suppress(Empty):
                    while True:
                        waiting.get_nowait()
                self.close()
            for thread in threads:
                thread.join()

    def close(self) -> None:
        """End every process and what it is at."""
        for seat in self._seats:
            seat.close()
        self._seats.clear()


def _serve(seat: Seat, waiting: "SimpleQueue[Task]", outcomes: "SimpleQueue[Outcome]") -> None:
    """One task after another, until none waits."""
    with suppress(Empty):
        while True:
            task = waiting.get_nowait()
            outcomes.put((task, seat.made(task)))


def _ask(process: "subprocess.Popen[bytes]", task: Task) -> None:
    pipe = cast("IO[bytes]", process.stdin)
    pipe.write(json.dumps(task.to_json(), ensure_ascii=False).encode() + b"\n")
    pipe.flush()


def said(code: str, **facts: object) -> dict[str, str]:
    """A sentence in each language."""
    return {lang: say(code, lang, **facts) for lang in LANGUAGES}


def _failed(task: Task, code: str, **facts: object) -> Made:
    return Made(task.dossier, "failed", said(code, dossier=task.dossier, **facts))
