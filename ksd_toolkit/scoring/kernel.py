"""Bare arithmetic of the score on arrays; it trusts its input and sums in a fixed order.

Leaves are added one after the other, never by a matrix product: the order of a BLAS sum depends on
the processor, and a printed figure must not.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
Ends = float | Floats

_HALF_UP_GUARD = 1e-9  # lifts x.xx5 that binary floating point holds as x.xx4999


class Points(NamedTuple):
    """Points of n usulan, 0 to 100, NaN where no leaf was answered; `coverage` is 0 to 1."""

    score: Floats
    worst: Floats
    best: Floats
    coverage: Floats


def goalpost_values(answers: Floats, low: Ends, high: Ends, *, cap: bool = False) -> Floats:
    """Answers between two fixed goalposts as values 0 to 1.

    Goalposts do not depend on the answers, so that a later usulan never changes another's value.

    Args:
        answers: n usulan by m criteria, NaN where unanswered.
        low: What counts 0, one for all or m of them; above `high` where less is better.
        high: What counts 1.
        cap: Whether answers beyond a goalpost count as if on it.

    Source:
        UNDP (2022), Human Development Report 2021/22, Technical note 1.
    """
    value = (answers - low) / (high - low)
    return np.clip(value, 0.0, 1.0) if cap else value


def unit_values(answers: Floats, scale: tuple[Ends, Ends], rising: Booleans) -> Floats:
    """Answers on the questionnaire scale as values 0 to 1, higher is better.

    Args:
        answers: n usulan by m criteria, NaN where unanswered.
        scale: The fixed ends of the scale, one pair for all or m of each.
        rising: m flags, False where a high answer is bad.
    """
    value = goalpost_values(answers, *scale)
    return np.where(rising, value, 1.0 - value)


def weighted_points(values: Floats, applicable: Booleans, weights: Floats) -> Points:
    """The additive score over the answered weight, with its interval and coverage.

    Args:
        values: n x m values 0 to 1, NaN where unanswered.
        applicable: n x m, False where the criterion does not apply and leaves the base.
        weights: m weights, not negative.
    """
    gained, answered, base = (np.zeros(len(values)) for _ in range(3))
    for column, weight in enumerate(weights):
        has = ~np.isnan(values[:, column]) & applicable[:, column]
        gained += np.where(has, weight * np.nan_to_num(values[:, column]), 0.0)
        answered += np.where(has, weight, 0.0)
        base += np.where(applicable[:, column], weight, 0.0)
    with np.errstate(invalid="ignore"):  # nothing of nothing is NaN: no score
        score = 100.0 * gained / answered
        worst = 100.0 * gained / base
        best = 100.0 * (gained + base - answered) / base
        coverage = np.where(base > 0, answered / base, 0.0)
    return Points(score, worst, best, coverage)


def round_half_up(points: Floats, decimals: int) -> Floats:
    """Points as printed: half is rounded up, NaN stays."""
    factor = 10.0**decimals
    return np.floor(points * factor + 0.5 + _HALF_UP_GUARD) / factor


def shared_ranks(points: Floats) -> NDArray[np.int64]:
    """Rank 1 is the highest; equal points share the smaller rank; NaN gets rank 0.

    Works along the last axis, so that one call ranks many draws.
    """
    order = np.argsort(-points)
    ordered = np.take_along_axis(points, order)
    lower = ordered[..., 1:] != ordered[..., :-1]
    positions, ranks = np.ones_like(order), np.empty_like(order)
    positions[..., 1:] = np.where(lower, np.arange(2, points.shape[-1] + 1), 1)
    np.put_along_axis(ranks, order, np.maximum.accumulate(positions, axis=-1), axis=-1)
    return np.where(np.isnan(points), 0, ranks)
