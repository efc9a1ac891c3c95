"""The smallest change of one weight that moves an usulan over the border of its class."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ksd_toolkit.errors import MethodError
from ksd_toolkit.messages import decimal, language, say, trimmed
from ksd_toolkit.scoring.explanation.supposed import classes_of
from ksd_toolkit.scoring.ranking import Ranking
from ksd_toolkit.scoring.sensitivity.lines import line, reaches, straight_border, straight_units
from ksd_toolkit.scoring.sensitivity.moved import (
    WHOLE,
    answered,
    coverage_under,
    movable,
    nearest_step,
    points_under,
    printed,
    rescaled,
    row_of,
    smallest,
    steps,
    weights_of,
)
from ksd_toolkit.scoring.views import ranked

_EQUAL = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class ClassMove:
    """What weight gives an usulan another class.

    `table`: by criterion `weight` (percent now), `exact` (where the unrounded points cross a border;
    missing where groups that multiply stand beside groups that add, or floor, cap or coverage make the
    class), `stated` (the nearest tenth of a percent that changes the printed class, the other weights
    kept in proportion), `change`, `points` and `class_name` then; missing where none does.
    """

    ranking: Ranking
    usulan: str
    table: pd.DataFrame

    def __repr__(self) -> str:
        return f"ClassMove({self.usulan}: {self.smallest or '-'})"

    @property
    def smallest(self) -> str:
        """The criterion whose weight need change least; empty where no single weight does it."""
        return smallest(self.table)

    def explain(self, lang: str = "") -> str:
        """The smallest change in one sentence, or that there is none."""
        lang = lang or self.ranking.lang
        code = self.smallest
        if not code:
            return say("sensitivity.class_never", lang, usulan=self.usulan)
        row = row_of(self.table, code)
        return say(
            "sensitivity.class_up" if row["change"] > 0 else "sensitivity.class_down",
            lang,
            usulan=self.usulan,
            code=code,
            before=trimmed(row["weight"], 2, lang),
            after=trimmed(row["stated"], 1, lang),
            label=self.ranking.method.class_label(str(row["class_name"]), language(lang)),
            points=decimal(row["points"], self.ranking.method.decimals, lang),
        )


def class_move(ranking: Ranking, usulan: str) -> ClassMove:
    """What single weight moves an usulan to another class.

    Raises:
        MethodError: The usulan is unknown or not ranked, or the method gives no classes.
    """
    usulan = ranked(ranking, usulan)
    if not ranking.method.has_classes:
        raise MethodError("sensitivity.no_classes", method=ranking.method.name)
    codes = list(ranking.method.weights)
    rows = [_one_weight(ranking, usulan, column) for column in range(len(codes))]
    return ClassMove(ranking, usulan, pd.DataFrame(rows, index=pd.Index(codes, name="criterion")))


def _one_weight(ranking: Ranking, usulan: str, column: int) -> dict[str, object]:
    weights = weights_of(ranking)
    weight = float(weights[column])
    nothing: dict[str, object] = {"weight": weight}
    nothing |= dict.fromkeys(("exact", "stated", "change", "points"), np.nan) | {"class_name": None}
    if not movable(weights, column):
        return nothing
    draws = rescaled(weights, column, steps())
    points = printed(ranking, points_under(ranking, draws, [usulan]))[:, 0]
    classes = classes_of(ranking, usulan, points, coverage_under(ranking, draws, usulan))
    names = [band.name for band in ranking.method.bands]
    now = ranking.table.at[usulan, "class_name"]
    stated = nearest_step(weight, np.isin(classes, names) & (classes != now) & ~np.isnan(points))
    if np.isnan(stated):
        return nothing
    place = int(np.searchsorted(steps(), stated))
    return {
        "weight": weight,
        "exact": _crossing(ranking, usulan, column, stated),
        "stated": stated,
        "change": stated - weight,
        "points": float(points[place]),
        "class_name": str(classes[place]),
    }


def _crossing(ranking: Ranking, usulan: str, column: int, stated: float) -> float:
    """Where the score crosses a border last on the way to `stated`; points are rounded half up."""
    method, weights = ranking.method, weights_of(ranking)
    units, has = answered(ranking, [usulan])
    straight = straight_units(units, ranking.tree, method.geometric_lowest)
    if straight is None:
        return float("nan")
    mine = line(straight[0], has[0], weights, column)
    low, high = sorted((float(weights[column]), stated))
    half = 0.5 * 10.0**-method.decimals
    borders = [
        straight_border((band.lower - half) / WHOLE, ranking.tree, method.geometric_lowest)
        for band in method.bands
        if band.lower > half
    ]
    between = [t for b in borders for t in reaches(mine, b) if low - _EQUAL <= t <= high + _EQUAL]
    return min(between, key=lambda t: abs(t - stated), default=float("nan"))
