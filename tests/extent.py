"""How much the tests look at: a part of what is alike by default, all of it with KSD_EVERYTHING=1 (`make test-slow`)."""

import os
from collections.abc import Sequence
from typing import TypeVar

_One = TypeVar("_One")

EVERYTHING = os.environ.get("KSD_EVERYTHING") == "1"


def one_of(alike: Sequence[_One], turn: int) -> Sequence[_One]:
    """One of things that are alike, another one each turn; every one where all are asked for."""
    return alike if EVERYTHING else [alike[turn % len(alike)]]


def sampled(alike: Sequence[_One], one_in: int) -> Sequence[_One]:
    """One in so many of things that differ in their facts alone; every one where all are asked for."""
    return alike if EVERYTHING else alike[::one_in]
