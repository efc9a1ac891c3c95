"""The tasks of a batch on a Dask cluster: the same workers, on machines that see the same project folder.

A machine makes papers in the folder of drafts; only the batch itself publishes, so that a task which ran twice,
or died half way, leaves nothing published twice or half.
"""

import atexit
import os
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
_HERE = threading.local()
"""The warm process of each thread of a Dask worker."""


@contextmanager
def cluster_work(address: str) -> Iterator[Callable[[Iterable[Task]], Generator[tuple[Task, Made], None, None]]]:  # fmt: skip
    """What makes tasks on the cluster whose scheduler listens at `address`.

    Raises:
        RunError: Dask is not installed, or no scheduler answers.
    """
    try:
        from distributed import Client  # noqa: PLC0415  an optional extra
    except ImportError as error:
        raise RunError("batch.no_dask") from error
    try:
        client = Client(address, timeout=_WAIT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as error:
        raise RunError(
            "batch.no_scheduler", address=address, reason=type(error).__name__
        ) from error
    with client:
        yield lambda tasks: _worked(client, list(tasks))


def _worked(client: "Client", tasks: list[Task]) -> Generator[tuple[Task, Made], None, None]:
    """What becomes of each task, as it is done; one that ended every worker it was given to has failed."""
    from distributed import KilledWorker, as_completed  # noqa: PLC0415

    futures = {
        client.submit(make_here, task.to_json(), pure=False, retries=_RETRIES): task
        for task in tasks
    }
    try:
        for future in as_completed(futures, loop=client.loop):  # type: ignore[no-untyped-call]
            task = futures[future]
            try:
                yield task, Made.from_json(future.result())
            except KilledWorker:
                yield task, Made(task.dossier, "failed", said("batch.killed", dossier=task.dossier))
            future.release()
    finally:
        client.cancel(list(futures))  # type: ignore[no-untyped-call]


def make_here(task: dict[str, Any]) -> dict[str, Any]:
    """Make a task on the machine this is called on, in a warm process kept for the next one."""
    if getattr(_HERE, "owner", 0) != os.getpid():
        _HERE.owner, _HERE.seat = os.getpid(), Seat()
        atexit.register(_HERE.seat.close)
    return asdict(_HERE.seat.made(Task.from_json(task)))
