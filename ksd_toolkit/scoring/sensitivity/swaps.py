"""The smallest change of weights that swaps two usulan: one weight at a time, and all of them at once.

What is stated is rounded away from the present weights: applied with `Ranking.replace` it puts the
lower usulan above the other on printed points.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from ksd_toolkit.errors import MethodError
from ksd_toolkit.messages import decimal, say, trimmed
from ksd_toolkit.scoring.kernel import Booleans, Floats
from ksd_toolkit.scoring.ranking import Ranking
from ksd_toolkit.scoring.sensitivity.lines import line, meetings, straight_units
from ksd_toolkit.scoring.sensitivity.moved import (
    WHOLE,
    judged,
    movable,
    nearest_step,
    points_of,
    printed,
    rescaled,
    row_of,
    smallest,
    steps,
    weights_of,
    with_weight,
)
from ksd_toolkit.scoring.sensitivity.nearest import nearest_weights
from ksd_toolkit.scoring.views import ranked

_HUNDREDTH = 0.01  # weights that all move are stated in hundredths of a percent
_MOST_STRIDES = 2_000
_AT_ONCE = 250  # strides looked at together: most pairs need a few, those that never swap all
_HALVINGS = 60
_EQUAL = 1e-9


class _Pair(NamedTuple):
    """Units and what applies of two usulan, 2 x m, the lower first."""

    ranking: Ranking
    units: Floats
    applicable: Booleans

    def points(self, draws: Floats) -> Floats:
        """Unrounded points of both under every row of weights, k x 2."""
        return points_of(self.ranking, draws, self.units, self.applicable)

    def straight(self) -> tuple[Floats | None, Booleans]:
        """What both scores are weighted means of, None where a tree mixes, and what was answered."""
        lowest = self.ranking.method.geometric_lowest
        has = self.applicable & ~np.isnan(self.units)
        return straight_units(self.units, self.ranking.tree, lowest), has


@dataclass(frozen=True, slots=True, eq=False)
class Swap:
    """What it takes to put `lower` above `upper`.

    `table`: by criterion `weight` (percent now), `exact` (where both scores meet), `stated` (the
    nearest tenth of a percent at which `lower` is above on printed points, the other weights kept in
    proportion), `change` (stated less now), `lower_points` and `upper_points` then; missing where no
    value of this weight swaps them. `together`: the nearest weights when all may move, in hundredths
    of a percent, None where no weights swap them or groups that multiply stand beside groups that add.
    `distance`: the root of the sum of squared changes of `together`, NaN without.
    """

    ranking: Ranking
    lower: str
    upper: str
    table: pd.DataFrame
    together: "pd.Series[float] | None"
    distance: float

    def __repr__(self) -> str:
        return f"Swap({self.lower} > {self.upper}: {self.smallest or '-'})"

    @property
    def smallest(self) -> str:
        """The criterion whose weight need change least; empty where no single weight swaps them."""
        return smallest(self.table)

    def weights(self, code: str = "") -> dict[str, float]:
        """The weights that swap them, by moving `code` (the smallest change unless given).

        Raises:
            MethodError: No value of this weight swaps them.
        """
        code = code or self.smallest
        stated = row_of(self.table, code)["stated"] if code else np.nan
        if pd.isna(stated):
            raise MethodError("sensitivity.no_swap", lower=self.lower, upper=self.upper)
        return with_weight(self.ranking, code, float(stated))

    def explain(self, lang: str = "") -> str:
        """The smallest single change in one sentence, or that there is none."""
        lang = lang or self.ranking.lang
        code = self.smallest
        if not code:
            return say("sensitivity.never", lang, lower=self.lower, upper=self.upper)
        row = row_of(self.table, code)
        places = self.ranking.method.decimals
        return say(
            "sensitivity.swap_up" if row["change"] > 0 else "sensitivity.swap_down",
            lang,
            lower=self.lower,
            upper=self.upper,
            code=code,
            before=trimmed(row["weight"], 2, lang),
            after=trimmed(row["stated"], 1, lang),
            lower_points=decimal(row["lower_points"], places, lang),
            upper_points=decimal(row["upper_points"], places, lang),
        )


def swap(ranking: Ranking, one: str, other: str) -> Swap:
    """What it takes to put the lower of two ranked usulan above the other; of two tied, the later listed.

    Raises:
        MethodError: An usulan is unknown or not ranked, or both are the same.
    """
    one, other = ranked(ranking, one), ranked(ranking, other)
    if one == other:
        raise MethodError("sensitivity.same_usulan", usulan=one)
    upper, lower = sorted((one, other), key=list(ranking.table.index).index)
    pair = _Pair(ranking, *judged(ranking, [lower, upper]))
    rows = [_one_weight(pair, column) for column in range(len(_codes(ranking)))]
    table = pd.DataFrame(rows, index=pd.Index(_codes(ranking), name="criterion"))
    together = _together(pair)
    change = np.nan if together is None else together.to_numpy() - weights_of(ranking)
    distance = float(np.sqrt(np.sum(np.square(change))))
    return Swap(ranking, lower, upper, table, together, distance)


def _codes(ranking: Ranking) -> list[str]:
    return list(ranking.method.weights)


def _one_weight(pair: _Pair, column: int) -> dict[str, float]:
    """The threshold of one weight, exact and as stated, with the points it leads to."""
    weights = weights_of(pair.ranking)
    weight = float(weights[column])
    names = ("exact", "stated", "change", "lower_points", "upper_points")
    nothing = {"weight": weight} | dict.fromkeys(names, np.nan)
    if not movable(weights, column):
        return nothing
    points = printed(pair.ranking, pair.points(rescaled(weights, column, steps())))
    stated = nearest_step(weight, points[:, 0] > points[:, 1])
    if np.isnan(stated):
        return nothing
    then = points[np.searchsorted(steps(), stated)]
    exact = _meeting(pair, column, stated)
    found = (exact, stated, stated - weight, then[0], then[1])
    return {"weight": weight} | dict(zip(names, map(float, found), strict=True))


def _meeting(pair: _Pair, column: int, stated: float) -> float:
    """Where the scores meet last on the way to `stated`; the present weight where they are equal now."""
    weights = weights_of(pair.ranking)
    weight = float(weights[column])
    straight, has = pair.straight()
    if straight is None:
        return _halved(pair, column, stated)
    lower, upper = (line(straight[n], has[n], weights, column) for n in range(2))
    low, high = sorted((weight, stated))
    between = [t for t in meetings(lower, upper) if low - _EQUAL <= t <= high + _EQUAL]
    return min(between, key=lambda t: abs(t - stated), default=weight)


def _halved(pair: _Pair, column: int, stated: float) -> float:
    """The meeting by halving, where a tree both adds and multiplies and no formula gives it."""
    weights = weights_of(pair.ranking)

    def ahead(weight: float) -> bool:
        lower, upper = pair.points(rescaled(weights, column, np.array([weight])))[0]
        return bool(lower >= upper)

    near, far = float(weights[column]), stated
    if ahead(near):
        return near
    for _ in range(_HALVINGS):
        middle = (near + far) / 2.0
        near, far = (near, middle) if ahead(middle) else (middle, far)
    return far


def _together(pair: _Pair) -> "pd.Series[float] | None":
    """The nearest weights that swap a pair, on from where the scores meet until they do on paper."""
    weights = weights_of(pair.ranking)
    straight, has = pair.straight()
    if straight is None:
        return None
    met = nearest_weights(straight, has, weights)
    if met is None:
        return None
    way = met - weights
    size = float(np.sqrt((way * way).sum()))
    gap = np.where(has[0], straight[0], 0.0) - np.where(has[1], straight[1], 0.0)
    way = way / size if size > _EQUAL else gap - gap.mean()
    for start in range(0, _MOST_STRIDES, _AT_ONCE):
        strides = np.arange(start, start + _AT_ONCE, dtype=np.float64)[:, None]
        stated = in_hundredths(met + strides * _HUNDREDTH * way)
        points = printed(pair.ranking, pair.points(stated))
        swapped = points[:, 0] > points[:, 1]
        if swapped.any():
            return pd.Series(stated[int(swapped.argmax())], index=_codes(pair.ranking))
    return None


def in_hundredths(weights: Floats) -> Floats:
    """Weights in hundredths of a percent, none negative, summing to 100: largest remainders are raised.

    Args:
        weights: m weights, or k x m of which each row is rounded by itself.
    """
    kept = np.clip(weights, 0.0, None)
    units = kept / kept.sum(axis=-1, keepdims=True) * WHOLE / _HUNDREDTH
    whole = np.floor(units + _EQUAL)
    missing = np.rint(WHOLE / _HUNDREDTH - whole.sum(axis=-1, keepdims=True))
    order = np.argsort(-(units - whole), axis=-1, kind="stable")
    raised = (np.arange(weights.shape[-1]) < missing).astype(np.float64)
    more = np.empty_like(whole)
    np.put_along_axis(more, order, raised, axis=-1)
    return np.asarray((whole + more) * _HUNDREDTH, dtype=np.float64)
