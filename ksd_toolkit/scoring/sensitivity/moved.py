"""Points under other weights: one weight set and the others kept in proportion, as many times as asked."""

from typing import Any

import numpy as np
import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.scoring.explanation.supposed import WEIGHT_STEPS
from ksd_toolkit.scoring.kernel import Booleans, Floats, round_half_up
from ksd_toolkit.scoring.ranking import Ranking
from ksd_toolkit.scoring.tree import tree_scores

WHOLE = 100.0  # weights are percent


def weights_of(ranking: Ranking) -> Floats:
    """The m weights in percent, in table order."""
    return np.array(list(ranking.method.weights.values()))


def steps() -> Floats:
    """Every weight that may be stated: 0 to 100 percent in tenths."""
    return np.arange(WHOLE * WEIGHT_STEPS + 1, dtype=np.float64) / WEIGHT_STEPS


def rescaled(weights: Floats, column: int, afters: Floats) -> Floats:
    """Weights with one of them set and the others in their old proportions.

    Args:
        weights: m weights in percent, that of `column` below 100.
        column: Which is set.
        afters: k weights in percent it is set to.

    Returns:
        k x m weights, each row summing to 100.
    """
    draws: Floats = weights[None, :] * ((WHOLE - afters) / (WHOLE - weights[column]))[:, None]
    draws[:, column] = afters
    return draws


def movable(weights: Floats, column: int) -> bool:
    """Whether others can make room for this weight: it is not the only one."""
    return bool(weights[column] < WHOLE)


def with_weight(ranking: Ranking, code: str, after: float) -> dict[str, float]:
    """The weights by code once `code` weighs `after` percent: what `Ranking.replace(weights=)` takes.

    Args:
        ranking: Whose weights.
        code: A criterion whose weight is below 100.
        after: Percent, 0 to 100.
    """
    column = list(ranking.method.weights).index(code)
    row = rescaled(weights_of(ranking), column, np.array([after]))[0]
    return dict(zip(ranking.method.weights, map(float, row), strict=True))


def judged(ranking: Ranking, usulan: list[str]) -> tuple[Floats, Booleans]:
    """Units and what applies of some usulan, each n x m."""
    units = ranking.units.loc[usulan].to_numpy(dtype="float64")
    return units, ranking.leaves.applicable.loc[usulan].to_numpy(dtype=bool)


def answered(ranking: Ranking, usulan: list[str]) -> tuple[Floats, Booleans]:
    """Units and what was answered of some usulan, each n x m."""
    units, applicable = judged(ranking, usulan)
    return units, applicable & ~np.isnan(units)


def points_under(ranking: Ranking, draws: Floats, usulan: list[str]) -> Floats:
    """Unrounded points of some usulan under every row of weights, k x n; NaN where nothing weighs."""
    return points_of(ranking, draws, *judged(ranking, usulan))


def points_of(ranking: Ranking, draws: Floats, units: Floats, applicable: Booleans) -> Floats:
    """The same, of what `judged` found: for those who ask again and again."""
    lowest = ranking.method.geometric_lowest
    return WHOLE * tree_scores(units, applicable, draws, ranking.tree, lowest)


def printed(ranking: Ranking, points: Floats) -> Floats:
    """Points as they are printed and ranked."""
    return round_half_up(points, ranking.method.decimals)


def coverage_under(ranking: Ranking, draws: Floats, usulan: str) -> Floats:
    """The share of the applicable weight an usulan answered, under every row of weights."""
    _, has = answered(ranking, [usulan])
    applicable = ranking.leaves.applicable.loc[usulan].to_numpy(dtype=bool)
    known, base = (np.zeros(len(draws)) for _ in range(2))
    for column in range(draws.shape[1]):
        known += draws[:, column] * has[0, column]
        base += draws[:, column] * applicable[column]
    return np.where(base > 0, known / np.where(base > 0, base, 1.0), 0.0)


def nearest_step(weight: float, holds: Booleans) -> float:
    """The stated weight nearest to the present one for which something holds; NaN where none does."""
    found = steps()[holds]
    if not len(found):
        return float("nan")
    return float(found[np.lexsort((found, np.round(np.abs(found - weight), 9)))[0]])


def smallest(table: pd.DataFrame) -> str:
    """The criterion whose weight need change least; empty where no weight does it."""
    sizes = table["change"].abs().round(9).dropna()
    return str(sizes.idxmin()) if len(sizes) else ""


def row_of(table: pd.DataFrame, name: str) -> dict[str, Any]:
    """One row of a table by column."""
    return dict(records(table.loc[[name]]))[name]
