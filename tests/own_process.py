"""Runs made in a process of one thread: it forks its notebooks from itself, as `ksd run` does, and computes once."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

_Made = TypeVar("_Made")


def in_own_process(make: Callable[..., _Made], *given: object) -> _Made:
    """What `make(*given)` returns in a process that has nothing of this one."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(make, *given).result()
