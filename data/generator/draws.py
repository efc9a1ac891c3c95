"""Chance that never changes: every draw depends only on the seed and on what it is drawn for.

So a new proposal changes no number of another one, and every machine draws the same.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

SEED: Final = 20260831
T = TypeVar("T")


def chance(*names: object) -> float:
    """A number from 0 to below 1 that belongs to `names`."""
    text = "|".join(map(str, (SEED, *names)))
    digest = hashlib.blake2b(text.encode(), digest_size=6).digest()
    return int.from_bytes(digest) / 256**6


def happens(share: float, *names: object) -> bool:
    """Whether it comes about, as it does in this share of all cases."""
    return chance(*names) < share


def wobble(width: float, *names: object) -> float:
    """A number between minus and plus `width`, mostly near zero."""
    return width * (chance("a", *names) + chance("b", *names) - 1)


def choose(options: Sequence[T], *names: object) -> T:
    """One of `options`."""
    return options[int(chance(*names) * len(options))]


def pick(count: int, items: Iterable[T], *names: object) -> list[T]:
    """`count` of `items`, in the order given."""
    ordered = list(items)
    drawn = sorted(ordered, key=lambda item: chance(item, *names))[:count]
    return [item for item in ordered if item in drawn]
