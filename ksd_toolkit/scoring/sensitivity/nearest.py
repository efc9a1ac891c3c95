"""The nearest weights, all of them free, under which one score is no longer below another.

Nearest by the sum of squared changes, the sum of weights kept and none below 0. Where both answered
the same criteria and no weight ends at 0 this is a formula; else it is a projection on a polyhedron.
"""

from typing import Final

import numpy as np

from ksd_toolkit.scoring.kernel import Booleans, Floats

_ZERO: Final = 1e-9
_KEPT: Final = 1e-7  # what a projection may miss of a condition and still be taken for it
_TRIED: Final = 64  # heights at which two scores may meet, before the best of them is refined


def nearest_weights(units: Floats, has: Booleans, weights: Floats) -> Floats | None:
    """The weights nearest to `weights` at which both scores meet; None where they never do.

    Args:
        units: 2 x m straight units: of the usulan that is below, and of the one above.
        has: 2 x m flags, False where unanswered or not applicable.
        weights: m weights, not negative.

    Source:
        Lawson and Hanson (1974), Solving Least Squares Problems, ch. 23 (least distance programming).
    """
    known = np.where(has, units, 0.0)
    if (has[0] == has[1]).all():
        gap = known[0] - known[1]
        free = _by_formula(gap, weights)
        return free if free is not None else _projected(gap[None, :], weights)
    return _at_best_height(known, has, weights)


def _by_formula(gap: Floats, weights: Floats) -> Floats | None:
    """Along the gaps less their mean until gap x weight is 0; None where a weight would fall below 0."""
    lean = gap - gap.mean()
    size = float((lean * lean).sum())
    if size <= _ZERO:
        return None
    found = weights - float((gap * weights).sum()) / size * lean
    return found if (found >= 0).all() else None


def _at_best_height(known: Floats, has: Booleans, weights: Floats) -> Floats | None:
    """Different criteria answered: for a given height of meeting both conditions are linear; try heights."""

    def met(height: float) -> Floats | None:
        above = np.where(has[0], known[0] - height, 0.0)
        below = np.where(has[1], height - known[1], 0.0)
        return _projected(np.stack((above, below)), weights)

    def far(height: float) -> float:
        found = met(height)
        return float("inf") if found is None else float(((found - weights) ** 2).sum())

    heights = np.linspace(known[has].min(), known[has].max(), _TRIED)
    tried = np.array([far(height) for height in heights])
    if not np.isfinite(tried).any():
        return None
    best = int(tried.argmin())
    ends = heights[max(best - 1, 0)], heights[min(best + 1, _TRIED - 1)]
    finer = heights[best]
    if ends[0] < ends[1]:
        from scipy.optimize import minimize_scalar  # noqa: PLC0415  slow to load, and seldom needed

        finer = float(minimize_scalar(lambda h: min(far(h), 1e9), bounds=ends, method="bounded").x)
    return met(finer if far(finer) <= tried[best] else heights[best])


def _projected(gaps: Floats, weights: Floats) -> Floats | None:
    """The nearest weights with gaps x weights at least 0, the sum kept, none negative."""
    count, whole = len(weights), weights.sum()
    shares = weights / whole
    conditions = np.vstack((np.eye(count), np.ones(count), -np.ones(count), gaps))
    needed = np.concatenate((-shares, [0.0, 0.0], -(gaps * shares).sum(axis=1)))
    system = np.vstack((conditions.T, needed))
    aim = np.zeros(count + 1)
    aim[-1] = 1.0
    from scipy.optimize import nnls  # noqa: PLC0415  slow to load, and seldom needed

    factors, _ = nnls(system, aim)
    left = (system * factors).sum(axis=1) - aim
    if abs(left[-1]) <= _ZERO:
        return None
    found = np.clip(shares - left[:-1] / left[-1], 0.0, None)
    kept = abs(found.sum() - 1.0) <= _KEPT and ((gaps * found).sum(axis=1) >= -_KEPT).all()
    return whole * found / found.sum() if kept else None
