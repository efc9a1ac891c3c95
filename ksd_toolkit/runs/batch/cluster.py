"""The tasks of a batch on a Dask cluster: the same workers, on machines that see the same project folder.

A machine makes papers in the folder of drafts; only the batch itself publishes, so that a task which ran twice,
or died half way, leaves nothing published twice or half.
"""

import atexit
import os
import re
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from ksd_toolkit.errors import RunError
from ksd_toolkit.runs.batch.crew import Seat, said
from ksd_toolkit.runs.batch.task import Made, Task

if TYPE_CHECKING:
    from distributed import Client

_RETRIES: Final = 2
_WAIT_SECONDS: Final = 15
_LOOK_SECONDS: Final = 5
_ADDRESS: Final = re.compile(r"(tcp|tls|ws|wss|ucx)://[^/\s]+:\d+$")
_HERE = threading.local()
"""The warm process of each thread of a Dask worker."""


@contextmanager
def cluster_work(address: str) -> Iterator[Callable[[Iterable[Task]], Generator[tuple[Task, Made], None, None]]]:  # fmt: skip
    """What makes tasks on the cluster whose scheduler listens at `address`.

    Raises:
        RunError: Dask is not installed, no scheduler answers there, or it has no worker.
    """
    try:
        from distributed import Client  # noqa: PLC0415  an optional extra
    except ImportError as error:
        raise RunError("batch.no_dask") from error
    if not _ADDRESS.match(address):
        raise RunError("batch.address", address=address)
    try:
        client = Client(address, timeout=_WAIT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as error:
        raise RunError(
            "batch.no_scheduler", address=address, reason=type(error).__name__
        ) from error
    with client:
        if not _has_workers(client):
            raise RunError("batch.no_workers", address=address)
        yield lambda tasks: _worked(client, list(tasks))


def _has_workers(client: "Client") -> bool:
    """Whether a worker is there, or comes within the time one waits for a scheduler."""
    try:
        client.wait_for_workers(1, timeout=_WAIT_SECONDS)
    except TimeoutError:
        return False
    return True


def _worked(client: "Client", tasks: list[Task]) -> Generator[tuple[Task, Made], None, None]:
    """What becomes of each task, as it is done; one that ended every worker it was given to has failed.

    Where no worker is left and none comes, what is not done has failed, too.
    """
    from distributed import KilledWorker, wait  # noqa: PLC0415

    futures = {
        client.submit(make_here, task.to_json(), pure=False, retries=_RETRIES): task
        for task in tasks
    }
    pending = set(futures)
    try:
        while pending:
            try:
                with client.as_current():
                    done, pending = wait(
                        pending, timeout=_LOOK_SECONDS, return_when="FIRST_COMPLETED"
                    )  # type: ignore[no-untyped-call]
            except TimeoutError:
                if _has_workers(client):
                    continue
                for future in pending:
                    yield futures[future], _lost(futures[future], "batch.workers_gone")
                return
            for future in done:
                try:
                    yield futures[future], Made.from_json(future.result())
                except KilledWorker:
                    yield futures[future], _lost(futures[future], "batch.killed")
                future.release()
    finally:
        client.cancel(list(futures))  # type: ignore[no-untyped-call]


def _lost(task: Task, code: str) -> Made:
    return Made(task.dossier, "failed", said(code, dossier=task.dossier))


def make_here(task: dict[str, Any]) -> dict[str, Any]:
    """Make a task on the machine this is called on, in a warm process kept for the next one."""
    if getattr(_HERE, "owner", 0) != os.getpid():
        _HERE.owner, _HERE.seat = os.getpid(), Seat()
        atexit.register(_HERE.seat.close)
    return asdict(_HERE.seat.made(Task.from_json(task)))
