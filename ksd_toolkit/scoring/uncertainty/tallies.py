"""Bare counting of ranks over draws, in whole numbers: the order of counting changes nothing."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ksd_toolkit.scoring.kernel import Booleans, Floats

Counts = NDArray[np.int64]

ONE: Final = 2**40
"""What 1 is in the sums of weights and of shared places: exact whole numbers, 1e-12 fine."""

TIE_DECIMALS: Final = 9
"""Scores of draws equal to this many decimals (of 1) are a tie, whatever the last bit of their sums."""

_MANY: Final = 255  # comparisons are added as single bytes, so many at a time


@dataclass(frozen=True, slots=True, eq=False)
class Bins:
    """Runs of ranks that are counted together: `first` and `last` rank of each."""

    first: Counts
    last: Counts

    def of(self, ranks: Counts) -> Counts:
        """The number of the bin each rank lies in."""
        if self.exact:
            return ranks - 1
        return np.searchsorted(self.last, ranks).astype(np.int64)

    @property
    def exact(self) -> bool:
        """Whether every rank is counted for itself."""
        return bool((self.first == self.last).all())


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """Sums over draws of n usulan, to which draws are added in place.

    `ranks`: n x bins, how often an usulan had a rank of the bin; ties share the smaller rank.
    `split`: n x n in `ONE`, tied usulan taking equal parts of their places (0 x 0 if not wanted).
    `rank_sum`: n. `central`: n x m in `ONE`, the weights of the draws an usulan was first in.
    `wins`: n x n, how often the row was above the column (0 x 0 if not wanted).
    `orders`: one number per draw that tells its order of ranks from others.
    """

    bins: Bins
    ranks: Counts
    split: Counts
    rank_sum: Counts
    central: Counts
    wins: Counts
    orders: list[NDArray[np.uint64]] = field(default_factory=list)

    @property
    def draws(self) -> int:
        """How many draws were counted."""
        return sum(len(some) for some in self.orders)

    def add(self, scores: Floats, weights: Floats) -> None:
        """Count the ranks of some draws.

        Args:
            scores: Draws x n, -2 to 1, higher is better; equal to `TIE_DECIMALS` is tied; no NaN.
            weights: Draws x m, rows summing to 1.
        """
        ranks = drawn_ranks(scores)
        np.add(self.ranks, _in_bins(self.bins.of(ranks), len(self.bins.last)), out=self.ranks)
        np.add(self.rank_sum, ranks.sum(axis=0), out=self.rank_sum)
        _add_central(self.central, ranks, weights)
        self.orders.append(_orders(ranks))
        if self.wins.size:
            np.add(self.split, _split(ranks), out=self.split)
            _add_wins(self.wins, ranks)

    def merge(self, other: "Tally") -> None:
        """Count the draws of another tally too."""
        for mine, others in (
            (self.ranks, other.ranks), (self.split, other.split), (self.rank_sum, other.rank_sum),
            (self.central, other.central), (self.wins, other.wins),
        ):  # fmt: skip
            np.add(mine, others, out=mine)
        self.orders.extend(other.orders)


def rank_bins(count: int, top: int, single: int, runs: int) -> Bins:
    """One bin per rank up to `single` usulan; beyond, single ranks up to `top`, then even runs.

    Args:
        count: Usulan.
        top: Ranks that stay single in any case.
        single: Up to so many usulan every rank is single.
        runs: How many runs the other ranks are counted in.

    >>> rank_bins(4, 2, 4, 2).last.tolist(), rank_bins(10, 2, 4, 2).last.tolist()
    ([1, 2, 3, 4], [1, 2, 6, 10])
    """
    alone = count if count <= single else min(top, count)
    runs = min(runs, count - alone)
    tail = alone + np.ceil(np.arange(1, runs + 1) * (count - alone) / max(1, runs))
    last = np.concatenate([np.arange(1, alone + 1), tail]).astype(np.int64)
    return Bins(np.concatenate([[0], last])[: len(last)] + 1, last)


def no_tally(count: int, criteria: int, bins: Bins, *, details: bool) -> Tally:
    """The tally of no draw; `details` keeps shared places and pairwise wins, n x n each."""
    side = count if details else 0
    return Tally(
        bins=bins,
        ranks=np.zeros((count, len(bins.last)), dtype=np.int64),
        split=np.zeros((side, side), dtype=np.int64),
        rank_sum=np.zeros(count, dtype=np.int64),
        central=np.zeros((count, criteria), dtype=np.int64),
        wins=np.zeros((side, side), dtype=np.int64),
    )


def drawn_ranks(scores: Floats) -> Counts:
    """What `kernel.shared_ranks` finds in scores of few decimals, several times faster.

    Score and column are one whole number, so that a plain sort keeps who is who.
    """
    count = scores.shape[1]
    bits = max(1, (count - 1).bit_length())
    keys = _lost(scores) << bits
    keys |= np.arange(count)
    keys.sort(axis=1)
    who = keys & ((1 << bits) - 1)
    keys >>= bits
    places = np.tile(np.arange(1, count + 1), (len(keys), 1))
    places[:, 1:][keys[:, 1:] == keys[:, :-1]] = 0
    np.maximum.accumulate(places, axis=1, out=places)
    ranks = np.empty_like(places)
    np.put_along_axis(ranks, who, places, axis=1)
    return ranks


def among_first(scores: Floats, top: int) -> Booleans:
    """Whose `drawn_ranks` are at most `top`; nobody else is put in an order.

    Args:
        scores: As for `Tally.add`.
        top: 1 or more.
    """
    if top >= scores.shape[1]:
        return np.ones(scores.shape, dtype=bool)
    lost = _lost(scores)
    last: Counts = np.partition(lost, top - 1, axis=1)[:, top - 1]
    return np.asarray(lost <= last[:, None])


def _lost(scores: Floats) -> Counts:
    """What a score lacks to 1, in whole numbers: 0 to 3, the best first; what is tied is equal."""
    return np.rint((1.0 - scores) * 10**TIE_DECIMALS).astype(np.int64)


def _in_bins(found: Counts, width: int) -> Counts:
    count = found.shape[1]
    cells = np.arange(count) * width + found
    return np.bincount(cells.ravel(), minlength=count * width).reshape(count, width)


def _split(ranks: Counts) -> Counts:
    """Of k usulan at rank r each takes a k-th of the places r to r + k - 1."""
    draws, count = ranks.shape
    lines = np.arange(draws)[:, None] * (count + 1)
    sizes = np.bincount((lines + ranks).ravel(), minlength=draws * (count + 1))
    size = sizes[lines + ranks]
    part = (ONE + size // 2) // size
    change = np.zeros((count, count + 2), dtype=np.int64)
    who = np.broadcast_to(np.arange(count), ranks.shape)
    np.add.at(change, (who, ranks), part)
    np.add.at(change, (who, ranks + size), -part)
    return change.cumsum(axis=1)[:, 1:-1]


def _add_central(central: Counts, ranks: Counts, weights: Floats) -> None:
    """The weights of the draws an usulan was first in, in whole numbers."""
    draw, who = np.nonzero(ranks == 1)
    np.add.at(central, who, np.rint(weights * ONE).astype(np.int64)[draw])


def _add_wins(won: Counts, ranks: Counts) -> None:
    count = ranks.shape[1]
    small = ranks.astype(np.uint16 if count < 2**16 else np.uint32)
    for start in range(0, len(small), _MANY):
        some = np.zeros((count, count), dtype=np.uint8)
        for one in small[start : start + _MANY]:
            some += one[:, None] < one[None, :]
        np.add(won, some, out=won)


def _orders(ranks: Counts) -> NDArray[np.uint64]:
    """A fingerprint of each draw's ranks; that two orders share one is less likely than 1 in 10^9."""
    keys: NDArray[np.uint64] = np.random.Generator(np.random.PCG64(0)).integers(
        0, 2**64, size=(ranks.shape[1],), dtype=np.uint64
    )
    found = np.zeros(len(ranks), dtype=np.uint64)
    for column, key in zip(ranks.T, keys, strict=True):
        found += column.astype(np.uint64) * (key | np.uint64(1))
    return found
