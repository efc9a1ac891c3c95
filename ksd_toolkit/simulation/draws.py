"""Chance that never changes: every draw depends only on the seed and on what it is drawn for.

So a new proposal changes no number of another one, and every machine draws the same.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Draws:
    """All that is drawn from one seed, each thing by its names."""

    seed: int | str

    def of(self, *names: object) -> "Draws":
        """The draws of a part of the world, which those of its other parts never touch."""
        return Draws("|".join(map(str, (self.seed, *names))))

    def chance(self, *names: object) -> float:
        """A number from 0 to below 1 that belongs to `names`."""
        text = "|".join(map(str, (self.seed, *names)))
        digest = hashlib.blake2b(text.encode(), digest_size=6).digest()
        return int.from_bytes(digest) / 256**6

    def happens(self, share: float, *names: object) -> bool:
        """Whether it comes about, as it does in this share of all cases."""
        return self.chance(*names) < share

    def wobble(self, width: float, *names: object) -> float:
        """A number between minus and plus `width`, mostly near zero."""
        return width * (self.chance("a", *names) + self.chance("b", *names) - 1)

    def whole(self, least: int, most: int, *names: object) -> int:
        """A whole number from `least` to `most`, both of them possible."""
        return least + int(self.chance(*names) * (most - least + 1))

    def choose(self, options: Sequence[T], *names: object) -> T:
        """One of `options`."""
        return options[int(self.chance(*names) * len(options))]

    def pick(self, count: int, items: Iterable[T], *names: object) -> list[T]:
        """`count` of `items`, in the order given."""
        ordered = list(items)
        drawn = sorted(ordered, key=lambda item: self.chance(item, *names))[:count]
        return [item for item in ordered if item in drawn]
