"""Draws in fixed blocks: each block has a seed of its own, so no draw depends on how the work is cut.

Block `b` of a source of doubt is drawn by the child `(source, b)` of the seed. Threads and chunks may
take the blocks as they like: draw number 7,401 is the same one.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Final, Literal, TypeVar

import numpy as np

Source = Literal["weights", "missing", "raters", "noise"]
Block = tuple[int, int]
"""The number of a block and how many draws it holds."""

SOURCES: Final[tuple[Source, ...]] = ("weights", "missing", "raters", "noise")
BLOCK: Final = 500

_Found = TypeVar("_Found")


def blocks(draws: int) -> list[Block]:
    """All blocks of a number of draws; only the last may be short.

    >>> blocks(1_200)
    [(0, 500), (1, 500), (2, 200)]
    """
    starts = range(0, draws, BLOCK)
    return [(number, min(BLOCK, draws - start)) for number, start in enumerate(starts)]


def generator(seed: int, source: Source, block: int) -> np.random.Generator:
    """The random numbers of one block of one source."""
    child = np.random.SeedSequence(seed, spawn_key=(SOURCES.index(source), block))
    return np.random.Generator(np.random.PCG64(child))


def pieces(size: int, chunk: int) -> Iterator[slice]:
    """The rows of a block in runs of at most `chunk`."""
    for start in range(0, size, chunk):
        yield slice(start, min(size, start + chunk))


def in_threads(work: Callable[[list[Block]], _Found], draws: int, threads: int = 1) -> list[_Found]:
    """What `work` finds in the blocks each thread takes."""
    todo = blocks(draws)
    threads = min(threads, len(todo))
    if threads <= 1:
        return [work(todo)]
    shares = [todo[first::threads] for first in range(threads)]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, shares))
