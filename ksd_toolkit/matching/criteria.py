"""The four criteria of one region with every candidate, each 0 to 1, added up in a fixed order.

Cells are added one after the other, never by a matrix product, so that every processor prints the
same figures; `kernel` holds the fast way for all pairs at once, and a test holds the two together.
"""

from typing import NamedTuple

import numpy as np

from ksd_toolkit.matching.percentiles import Booleans, Floats


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
    for cell in range(needs.shape[1]):
        known = ~(np.isnan(needs[:, cell]) | np.isnan(capacities[:, cell]))
        if known.any():
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


def weighted_mean(parts: Floats, weights: Floats) -> Floats:
    """The weighted mean of the known parts, NaN where none is known.

    Args:
        parts: n x k values, NaN where unknown.
        weights: k weights, not negative.
    """
    total, base = np.zeros(len(parts)), np.zeros(len(parts))
    for column, weight in enumerate(weights):
        known = ~np.isnan(parts[:, column])
        total += np.where(known, weight * np.nan_to_num(parts[:, column]), 0.0)
        base += np.where(known, weight, 0.0)
    mean: Floats = np.divide(total, base, out=np.full(len(parts), np.nan), where=base > 0)
    return mean
