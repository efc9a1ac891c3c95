"""What a run keeps while it lasts, so that its notebooks and papers need not compute it again.

What traces, checks or writes papers of one dossier again is such a run, too. Outside of them nothing is kept:
whoever works in a notebook gets results of their own, to change as they like.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeVar

T = TypeVar("T")

_SHELVES: Final[list[dict[Hashable, tuple[Any, Any]]]] = []
"""One a run; a run inside another has its own."""


@contextmanager
def remembering() -> Iterator[None]:
    """Keep results until the end of the block; a process forked within it finds them, too."""
    shelf: dict[Hashable, tuple[Any, Any]] = {}
    _SHELVES.append(shelf)
    try:
        yield
    finally:
        _SHELVES[:] = [one for one in _SHELVES if one is not shelf]  # two may be equal: empty, say


@contextmanager
def remembering_meanwhile() -> Iterator[None]:
    """Keep results until the end of the block, where no run keeps them for longer."""
    if _SHELVES:
        yield
        return
    with remembering():
        yield


def remembered(what: str, key: Hashable, of: object, compute: Callable[[], T]) -> T:
    """What `compute` gives; within a run that asked for the same before, what it gave then.

    Args:
        what: The name of the computation.
        key: Equal for equal results, e.g. the fingerprint of a method.
        of: What it is computed from; the very same object must be asked about. None where `key` says it all.
        compute: Computes it. An error it raises is not kept.
    """
    if not _SHELVES:
        return compute()
    shelf, name = _SHELVES[-1], (what, key, id(of))
    if name not in shelf:
        shelf[name] = (
            of,
            compute(),
        )  # what it is computed from is held, so that its id stays its own
    result: T = shelf[name][1]
    return result


def forget() -> None:
    """Drop everything kept: what it was computed from has changed."""
    for shelf in _SHELVES:
        shelf.clear()
