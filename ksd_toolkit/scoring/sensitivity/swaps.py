"""The smallest change of weights that swaps two usulan: one weight at a time, and all of them at once.

What is stated is rounded away from the present weights: applied with `Ranking.replace` it puts the
lower usulan above the other on printed points.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ksd_toolkit.errors import MethodError
from ksd_toolkit.messages import decimal, say, trimmed
from ksd_toolkit.scoring.kernel import Floats
from ksd_toolkit.scoring.ranking import Ranking
from ksd_toolkit.scoring.sensitivity.lines import line, meetings, straight_units
from ksd_toolkit.scoring.sensitivity.moved import (
    WHOLE,
    answered,
    movable,
    nearest_step,
    points_under,
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
_HALVINGS = 60
_EQUAL = 1e-9


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
    rows = [_one_weight(ranking, column, [lower, upper]) for column in range(len(_codes(ranking)))]
    table = pd.DataFrame(rows, index=pd.Index(_codes(ranking), name="criterion"))
    together = _together(ranking, [lower, upper])
    change = np.nan if together is None else together.to_numpy() - weights_of(ranking)
    distance = float(np.sqrt(np.sum(np.square(change))))
    return Swap(ranking, lower, upper, table, together, distance)


def _codes(ranking: Ranking) -> list[str]:
    return list(ranking.method.weights)


def _one_weight(ranking: Ranking, column: int, pair: list[str]) -> dict[str, float]:
    """The threshold of one weight, exact and as stated, with the points it leads to."""
    weights = weights_of(ranking)
    weight = float(weights[column])
    names = ("exact", "stated", "change", "lower_points", "upper_points")
    nothing = {"weight": weight} | dict.fromkeys(names, np.nan)
    if not movable(weights, column):
        return nothing
    points = printed(ranking, points_under(ranking, rescaled(weights, column, steps()), pair))
    stated = nearest_step(weight, points[:, 0] > points[:, 1])
    if np.isnan(stated):
        return nothing
    then = points[np.searchsorted(steps(), stated)]
    exact = _meeting(ranking, column, pair, stated)
    found = (exact, stated, stated - weight, then[0], then[1])
    return {"weight": weight} | dict(zip(names, map(float, found), strict=True))


def _meeting(ranking: Ranking, column: int, pair: list[str], stated: float) -> float:
    """Where the scores meet last on the way to `stated`; the present weight where they are equal now."""
    weights = weights_of(ranking)
    weight = float(weights[column])
    units, has = answered(ranking, pair)
    straight = straight_units(units, ranking.tree, ranking.method.geometric_lowest)
    if straight is None:
        return _halved(ranking, column, pair, stated)
    lower, upper = (line(straight[n], has[n], weights, column) for n in range(2))
    low, high = sorted((weight, stated))
    between = [t for t in meetings(lower, upper) if low - _EQUAL <= t <= high + _EQUAL]
    return min(between, key=lambda t: abs(t - stated), default=weight)


def _halved(ranking: Ranking, column: int, pair: list[str], stated: float) -> float:
    """The meeting by halving, where a tree both adds and multiplies and no formula gives it."""
    weights = weights_of(ranking)

    def ahead(weight: float) -> bool:
        lower, upper = points_under(ranking, rescaled(weights, column, np.array([weight])), pair)[0]
        return bool(lower >= upper)

    near, far = float(weights[column]), stated
    if ahead(near):
        return near
    for _ in range(_HALVINGS):
        middle = (near + far) / 2.0
        near, far = (near, middle) if ahead(middle) else (middle, far)
    return far


def _together(ranking: Ranking, pair: list[str]) -> "pd.Series[float] | None":
    """The nearest weights that swap a pair, on from where the scores meet until they do on paper."""
    weights = weights_of(ranking)
    units, has = answered(ranking, pair)
    straight = straight_units(units, ranking.tree, ranking.method.geometric_lowest)
    if straight is None:
        return None
    met = nearest_weights(straight, has, weights)
    if met is None:
        return None
    way = met - weights
    size = float(np.sqrt((way * way).sum()))
    gap = np.where(has[0], straight[0], 0.0) - np.where(has[1], straight[1], 0.0)
    way = way / size if size > _EQUAL else gap - gap.mean()
    for stride in range(_MOST_STRIDES):
        stated = in_hundredths(met + stride * _HUNDREDTH * way)
        lower, upper = printed(ranking, points_under(ranking, stated[None, :], pair))[0]
        if lower > upper:
            return pd.Series(stated, index=_codes(ranking))
    return None


def in_hundredths(weights: Floats) -> Floats:
    """Weights in hundredths of a percent, none negative, summing to 100: largest remainders are raised."""
    kept = np.clip(weights, 0.0, None)
    units = kept / kept.sum() * WHOLE / _HUNDREDTH
    whole = np.floor(units + _EQUAL)
    missing = round(WHOLE / _HUNDREDTH - float(whole.sum()))
    whole[np.argsort(-(units - whole), kind="stable")[:missing]] += 1
    return np.asarray(whole * _HUNDREDTH, dtype=np.float64)
