"""Bare arithmetic of all pairs at once: matrix products and city-block distances; it trusts its input.

Fast, but the order of its sums depends on the processor: it serves sliders, overviews and benchmarks.
What is printed of one region comes from `criteria`.
"""

from typing import Final

import numpy as np
from scipy.spatial.distance import pdist, squareform

from ksd_toolkit.matching.criteria import harmonic
from ksd_toolkit.matching.percentiles import Booleans, Floats

_NOTHING: Final = 1e-9
"""Sums below this are rounding: the least need that is not 0 is one region's share of a few hundred."""

_BEHIND: Final = 200.0
"""More than any two points, 0 to 100, lie apart."""


def shared_of_all(need: Floats) -> Floats:
    """Shared problems of every two of n regions, n x n, NaN where no cell is known for both.

    With zeros for unknown cells, the city-block distance of two regions is that over the cells known
    for both and the needs in cells known for one only; what is left gives both sums exactly:
    the lesser needs are half of sum less distance, the greater ones half of sum and distance.

    Args:
        need: n x m, 0 to 1, NaN where unknown.
    """
    need = need[:, ~np.isnan(need).all(axis=0)]
    known = ~np.isnan(need)
    filled, mask = np.where(known, need, 0.0), known.astype(np.float64)
    in_common = filled @ mask.T  # needs of the row's region over the cells its partner knows too
    total = filled.sum(axis=1)
    both = in_common + in_common.T
    apart = squareform(pdist(filled, "cityblock")) if need.size else np.zeros(both.shape)
    apart -= (total[:, None] - in_common) + (total[None, :] - in_common.T)
    lesser, greater = (both - apart) / 2.0, (both + apart) / 2.0
    nothing = np.where(mask @ mask.T > 0, 0.0, np.nan)
    shared = np.divide(lesser, greater, out=nothing, where=greater > _NOTHING)
    return np.asarray(np.clip(shared, 0.0, 1.0))


def help_of_all(need: Floats, capacity: Floats) -> Floats:
    """Complementarity of every two of n regions, n x n, NaN where no cell is known for both.

    Args:
        need: n x m, 0 to 1, NaN where unknown.
        capacity: n x m, likewise.
    """
    knows_need, knows_capacity = ~np.isnan(need), ~np.isnan(capacity)
    needs = np.where(knows_need, need, 0.0)
    can = knows_capacity.astype(np.float64)
    met = needs @ np.where(knows_capacity, capacity, 0.0).T
    asked = needs @ can.T
    common = knows_need.astype(np.float64) @ can.T
    nothing = np.where(common > 0, 0.0, np.nan)
    received = np.divide(met, asked, out=nothing, where=asked > _NOTHING)
    return harmonic(received, received.T)


def reweighed(filled: Floats, known: Floats, weights: Floats) -> Floats:
    """Points 0 to 100 under other weights, NaN where nothing that weighs is known.

    Args:
        filled: ... x 4 criteria, 0 where unknown.
        known: ... x 4, 1 where known, else 0.
        weights: 4 weights.
    """
    gained, base = filled @ weights, known @ weights
    points: Floats = np.divide(
        100.0 * gained, base, out=np.full(base.shape, np.nan), where=base > 0
    )
    return points


def great_circle_km(lon: Floats, lat: Floats, radius_km: float) -> Floats:
    """The distance of every two of n points, n x n.

    Args:
        lon: n longitudes in degrees.
        lat: n latitudes in degrees.
        radius_km: Of the sphere.
    """
    x, y = np.radians(lon), np.radians(lat)
    half_x, half_y = (x[:, None] - x) / 2.0, (y[:, None] - y) / 2.0
    across = np.sqrt(np.cos(y)[:, None] * np.cos(y)) * np.sin(half_x)
    return np.asarray(
        2.0 * radius_km * np.arcsin(np.minimum(1.0, np.hypot(np.sin(half_y), across)))
    )


def first_of_all(
    points: Floats, may: Booleans, little: Booleans, rows: int
) -> "np.ndarray[tuple[int, int], np.dtype[np.intp]]":
    """The columns of the largest points of each row, the first of equals first, n x rows.

    Args:
        points: n x n, NaN where unknown.
        may: n x n, which pairs are candidates.
        little: n x n, of which too little is known to stand before the others.
        rows: How many.
    """
    order = np.where(may & ~np.isnan(points), np.where(little, _BEHIND, 0.0) - points, np.inf)
    return np.argsort(order, axis=1, kind="stable")[:, :rows]
