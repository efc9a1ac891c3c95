"""The four criteria of one region with every candidate, each 0 to 1, added up in a fixed order.

Cells are added one after the other, never by a matrix product, so that every processor prints the
same figures; `kernel` holds the fast way for all pairs at once, and a test holds the two together.
"""

from typing import NamedTuple

import numpy as np

from ksd_toolkit.matching.percentiles import Booleans, Floats
from ksd_toolkit.scoring.kernel import Points


class Shared(NamedTuple):
    """Shared problems of one region with n others: the criterion, NaN where no cell is known for both.

    `common` counts the cells known for both, `union` is the sum the shares are parts of.
    """

    value: Floats
    union: Floats
    common: Floats


def shared_problems(home: Floats, others: Floats) -> Shared:
    """How much of the two regions' needs is shared: sum of the lesser by sum of the greater need.

    Nothing is shared where neither has any need: 0, not 1.

    Args:
        home: m needs, 0 to 1, NaN where unknown.
        others: n x m needs.

    Source:
        Ruzicka (1958), Biologia 13:647-661; for 0 and 1 it is Jaccard's index.

    >>> shared_problems(np.array([1.0, 0.5]), np.array([[0.5, 0.5]])).value.round(4).tolist()
    [0.6667]
    """
    lesser, greater, common = (np.zeros(len(others)) for _ in range(3))
    for cell in np.flatnonzero(~np.isnan(home)):
        theirs = others[:, cell]
        known = ~np.isnan(theirs)
        filled = np.where(known, theirs, 0.0)
        lesser += np.where(known, np.minimum(home[cell], filled), 0.0)
        greater += np.where(known, np.maximum(home[cell], filled), 0.0)
        common += known
    nothing = np.where(common > 0, 0.0, np.nan)
    return Shared(np.divide(lesser, greater, out=nothing, where=greater > 0), greater, common)


class Help(NamedTuple):
    """How one region and n others complement each other; NaN where no cell is known for both.

    `received` is the share of home's needs the other can help with, `given` the other way round.
    """

    value: Floats
    received: Floats
    given: Floats


def complementarity(need: Floats, capacity: Floats, needs: Floats, capacities: Floats) -> Help:
    """The harmonic mean of help in both directions: one-sided help counts for little.

    Args:
        need: m needs of home, 0 to 1, NaN where unknown.
        capacity: m capacities of home.
        needs: n x m needs of the others.
        capacities: n x m capacities of the others.

    >>> both = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    >>> complementarity(*both, both[1][None], both[0][None]).value.tolist()
    [1.0]
    """
    received = _help(np.broadcast_to(need, needs.shape), capacities)
    given = _help(needs, np.broadcast_to(capacity, needs.shape))
    return Help(harmonic(received, given), received, given)


def harmonic(first: Floats, second: Floats) -> Floats:
    """The harmonic mean of two shares; 0 where one is 0, NaN where one is unknown."""
    total = first + second
    nothing = np.where(np.isnan(total), np.nan, 0.0)
    return np.divide(2.0 * first * second, total, out=nothing, where=total > 0)


def _help(needs: Floats, capacities: Floats) -> Floats:
    """The share of the needs that the capacities meet, over the cells known for both."""
    met, asked, common = (np.zeros(len(needs)) for _ in range(3))
    both = ~(np.isnan(needs) | np.isnan(capacities))
    for cell in np.flatnonzero(both.any(axis=0)):
        known = both[:, cell]
        wanted = np.where(known, needs[:, cell], 0.0)
        met += wanted * np.where(known, capacities[:, cell], 0.0)
        asked += wanted
        common += known
    nothing = np.where(common > 0, 0.0, np.nan)
    return np.divide(met, asked, out=nothing, where=asked > 0)


def nearness(distance_km: Floats, touching: Booleans, fall_km: float) -> Floats:
    """1 where two regions touch or one lies in the other, else exp(-distance / fall_km).

    Args:
        distance_km: n distances.
        touching: n flags.
        fall_km: The distance at which nearness has fallen to 37 percent.
    """
    return np.where(touching, 1.0, np.exp(-distance_km / fall_km))


class Feasible(NamedTuple):
    """Feasibility of n others: the mean of its known parts, its ends, and how much of it is known.

    `worst` and `best` take every unknown part as 0 and as 1, `known` is the share of the weight of
    the parts that is known. NaN where no part has a meaning; `value` also where none is known.
    """

    value: Floats
    worst: Floats
    best: Floats
    known: Floats


def feasibility(parts: Floats, weights: Floats) -> Feasible:
    """The weighted mean of the known parts, and between what it could lie.

    Args:
        parts: n x k values, 0 to 1, NaN where unknown; a part without meaning is no column.
        weights: k weights, not negative.

    >>> found = feasibility(np.array([[1.0, np.nan]]), np.array([2.0, 2.0]))
    >>> [float(one[0]) for one in found]
    [1.0, 0.5, 1.0, 0.5]
    """
    total, base, whole = (np.zeros(len(parts)) for _ in range(3))
    for column, weight in enumerate(weights):
        known = ~np.isnan(parts[:, column])
        total += np.where(known, weight * np.nan_to_num(parts[:, column]), 0.0)
        base += np.where(known, weight, 0.0)
        whole += weight
    return Feasible(
        _share(total, base), _share(total, whole), _share(total + (whole - base), whole),
        _share(base, whole),
    )  # fmt: skip


def _share(part: Floats, whole: Floats) -> Floats:
    """NaN where there is no whole."""
    share: Floats = np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)
    return share


class Ranged(NamedTuple):
    """n x m criteria: `value` (NaN where unknown), the ends of each, and the share of it that is known.

    A criterion without meaning for a pair has no `known` share (NaN) and leaves the base.
    """

    value: Floats
    worst: Floats
    best: Floats
    known: Floats


def ranged_points(found: Ranged, weights: Floats) -> Points:
    """The additive score over the known weight; its interval and coverage count unknown parts too.

    Args:
        found: The criteria, 0 to 1.
        weights: m weights, not negative.
    """
    gained, answered, base, low, high, told = (np.zeros(len(found.value)) for _ in range(6))
    for column, weight in enumerate(weights):
        value, worst, best, known = (one[:, column] for one in found)
        has, applies = ~np.isnan(value), ~np.isnan(known)
        gained += np.where(has, weight * np.nan_to_num(value), 0.0)
        answered += np.where(has, weight, 0.0)
        base += np.where(applies, weight, 0.0)
        low += np.where(applies, weight * worst, 0.0)
        high += np.where(applies, weight * best, 0.0)
        told += np.where(applies, weight * known, 0.0)
    return Points(
        score=100.0 * _share(gained, answered),
        worst=100.0 * _share(low, base),
        best=100.0 * _share(high, base),
        coverage=np.nan_to_num(_share(told, base)),
    )
