"""Bare arithmetic of fitting candidates to proposals; it trusts its input and sums in a fixed order.

Every table of pairs is made by column, never pair by pair and never by a matrix product: the order
of a BLAS sum depends on the processor, and a printed figure must not.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ksd_toolkit.scoring.kernel import Booleans, Floats


class Fit(NamedTuple):
    """Points of n proposals by m candidates, 0 to 100, NaN where nothing is known; `coverage` 0 to 1."""

    points: Floats
    worst: Floats
    best: Floats
    coverage: Floats


def shared_part(asked: Booleans, offered: Booleans) -> Floats:
    """Which part of what a proposal asks a candidate offers, 0 to 1; NaN where either says nothing.

    Args:
        asked: n proposals by k codes.
        offered: m candidates by k codes.
    """
    both = np.zeros((len(asked), len(offered)))
    for code in range(asked.shape[1]):
        both += asked[:, code, None] & offered[None, :, code]
    wanted, has = asked.sum(axis=1), offered.sum(axis=1)
    known = (wanted > 0)[:, None] & (has > 0)[None, :]
    return np.where(known, both / np.maximum(wanted, 1)[:, None], np.nan)


def weighed(values: Sequence[Floats], applies: Sequence[Booleans], weights: Floats) -> Fit:
    """The weighted points of every pair over what is known, with interval and coverage.

    Args:
        values: One table per criterion, n by m or 1 by m, values 0 to 1, NaN where unknown.
        applies: One table per criterion of the same shape, False where it leaves the base.
        weights: A weight per criterion, not negative.
    """
    shape = np.broadcast_shapes(*(table.shape for table in values))
    gained, answered, base = (np.zeros(shape) for _ in range(3))
    for value, holds, weight in zip(values, applies, weights, strict=True):
        known = ~np.isnan(value) & holds
        gained += np.where(known, weight * np.nan_to_num(value), 0.0)
        answered += np.where(known, weight, 0.0)
        base += np.where(holds, weight, 0.0)
    some, whole = answered > 0, base > 0
    return Fit(
        points=np.where(some, 100.0 * gained / np.where(some, answered, 1.0), np.nan),
        worst=np.where(whole, 100.0 * gained / np.where(whole, base, 1.0), np.nan),
        best=np.where(
            whole, 100.0 * (gained + base - answered) / np.where(whole, base, 1.0), np.nan
        ),
        coverage=np.where(whole, answered / np.where(whole, base, 1.0), 0.0),
    )


def first_in_order(
    group: Floats, points: Floats, rows: int
) -> "np.ndarray[tuple[int, int], np.dtype[np.intp]]":
    """For every proposal the numbers of its first candidates: by group, points downwards, then as they come.

    Args:
        group: n by m, the smallest first; infinite where a candidate is not to be listed.
        points: n by m, 0 to 100; NaN counts as none.
        rows: How many at most.

    Returns:
        n by min(rows, m) column numbers, -1 where there is none to list.
    """
    key = 1000.0 * group - np.nan_to_num(points)
    order = np.argsort(key, axis=1, kind="stable")[:, :rows]
    listed = np.isfinite(np.take_along_axis(group, order, axis=1))
    return np.where(listed, order, -1)


def ranks_in_rows(group: Floats, points: Floats) -> Floats:
    """Ranks along each row of an ordered table; equal points share the smaller one; NaN outside group 0."""
    ranks = np.empty(points.shape)
    for column in range(points.shape[1]):
        tied = (
            (points[:, column] == points[:, column - 1]) if column else np.zeros(len(points), bool)
        )
        ranks[:, column] = np.where(tied, ranks[:, column - 1] if column else 1.0, column + 1.0)
    return np.where(group == 0, ranks, np.nan)
