"""How far one weight or one answer moves an usulan: points, rank and class at each end, widest first."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from ksd_toolkit.errors import MethodError
from ksd_toolkit.messages import count, decimal, language, say
from ksd_toolkit.scoring.aggregation import aggregate
from ksd_toolkit.scoring.basis import Basis
from ksd_toolkit.scoring.comparison.variants import comparison_settings
from ksd_toolkit.scoring.explanation.supposed import classes_of
from ksd_toolkit.scoring.kernel import round_half_up, shared_ranks
from ksd_toolkit.scoring.method import Method
from ksd_toolkit.scoring.ranking import Ranking
from ksd_toolkit.scoring.sensitivity.moved import (
    WHOLE,
    movable,
    row_of,
    weights_of,
    with_weight,
)
from ksd_toolkit.scoring.views import ranked


class Standing(NamedTuple):
    """Where an usulan stands: printed points, rank, and class."""

    points: float
    rank: int
    class_name: str


@dataclass(frozen=True, slots=True, eq=False)
class Tornado:
    """What each weight and each answer is worth to one usulan, the others left as they are.

    `now`: where it stands. `weights`: by criterion `before` (percent), and for the ends `low`
    (`change_percent` of itself less, the other weights adjusted) and `high`: `<end>_value`,
    `<end>_points`, `<end>_rank`, `<end>_class`; `span`, the distance of the lowest from the highest
    points. `answers`: the same by criterion for the ends `lowest` and `highest` (of the scale) and
    `down` and `up` (one step; missing where there is none or nothing was answered). Widest first.
    """

    ranking: Ranking
    usulan: str
    change_percent: float
    now: Standing
    weights: pd.DataFrame
    answers: pd.DataFrame

    def __repr__(self) -> str:
        return f"Tornado({self.usulan}: {self.now.points:.2f})"

    def explain(self, lang: str = "") -> str:
        """Which weight and which answer move the usulan most, in one sentence."""
        lang = lang or self.ranking.lang
        method = self.ranking.method

        def facts(table: pd.DataFrame) -> dict[str, str]:
            row = row_of(table, str(table.index[0]))
            points, ranks = (
                [now, *(v for name, v in row.items() if name.endswith(end) and not pd.isna(v))]
                for now, end in ((self.now.points, "_points"), (self.now.rank, "_rank"))
            )
            return {
                "label": method.criterion(str(table.index[0])).labels[language(lang)],
                "low": decimal(min(points), method.decimals, lang),
                "high": decimal(max(points), method.decimals, lang),
                "first": count(min(ranks), lang),
                "last": count(max(ranks), lang),
            }

        told = []
        for name, table in (("weight", self.weights), ("answer", self.answers)):
            if len(table):
                percent = f"{self.change_percent:g}"
                told.append(say(f"sensitivity.most_{name}", lang, percent=percent, **facts(table)))
        return " ".join([say("sensitivity.stands", lang, **self._stands(lang)), *told])

    def _stands(self, lang: str) -> dict[str, str]:
        points = decimal(self.now.points, self.ranking.method.decimals, lang)
        return {"usulan": self.usulan, "points": points, "rank": count(self.now.rank, lang)}


def tornado(
    ranking: Ranking,
    usulan: str = "",
    *,
    change_percent: float | None = None,
    answers: bool = True,
) -> Tornado:
    """What each weight and each answer is worth to an usulan.

    Args:
        ranking: The list it stands in.
        usulan: A ranked usulan; the first of the list unless given.
        change_percent: How much of itself a weight is moved, above 0 to 100; that of
            `knowledge/comparison.toml` unless given.
        answers: Whether answers are moved, too; a slider asks for weights alone.

    Raises:
        MethodError: The usulan is unknown or not ranked, or the change is out of range.
    """
    usulan = ranked(ranking, usulan) if usulan else str(ranking.table.index[0])
    if change_percent is None:
        change_percent = float(comparison_settings()["weights"]["change_percent"])
    if not 0 < change_percent <= WHOLE:
        raise MethodError("sensitivity.change", change=f"{change_percent:g}")
    look = _looking(ranking, usulan)
    return Tornado(
        ranking=ranking,
        usulan=usulan,
        change_percent=change_percent,
        now=look(ranking.basis, ranking.method),
        weights=_by_weight(ranking, look, change_percent / WHOLE),
        answers=_by_answer(ranking, usulan, look) if answers else pd.DataFrame(),
    )


Look = Callable[[Basis, Method], Standing]


def _looking(ranking: Ranking, usulan: str) -> Look:
    """Where the usulan stands under another basis or method, without counting how firm that is."""
    open_to_all = (ranking.basis.gate != "fail").to_numpy()
    place = list(ranking.basis.types.index).index(usulan)

    def look(basis: Basis, method: Method) -> Standing:
        found = aggregate(basis, method, open_to_all).points
        points = round_half_up(found.score, method.decimals)
        ranks = shared_ranks(np.where(open_to_all, points, np.nan))
        here = np.array([place])
        class_name = str(classes_of(ranking, usulan, points[here], found.coverage[here])[0])
        return Standing(float(points[place]), int(ranks[place]), class_name)

    return look


def _by_weight(ranking: Ranking, look: Look, share: float) -> pd.DataFrame:
    weights = weights_of(ranking)
    rows = {}
    for column, (code, weight) in enumerate(ranking.method.weights.items()):
        if weight > 0 and movable(weights, column):
            ends = {"low": weight * (1.0 - share), "high": min(weight * (1.0 + share), WHOLE)}
            rows[code] = _row(
                weight,
                ends,
                lambda after, code=code: look(  # type: ignore[misc]
                    ranking.basis,
                    ranking.method.replace(weights=with_weight(ranking, code, after)),
                ),
            )
    return _widest_first(rows)


def _by_answer(ranking: Ranking, usulan: str, look: Look) -> pd.DataFrame:
    rows = {}
    answers = row_of(ranking.leaves.answers, usulan)
    for criterion in ranking.method.criteria:
        code, (low, high) = criterion.code, criterion.scale
        if criterion.weight_percent > 0 and ranking.leaves.applicable.at[usulan, code]:
            given = float(answers[code])
            ends = {"lowest": low, "down": given - 1, "up": given + 1, "highest": high}
            rows[code] = _row(
                given,
                {name: end for name, end in ends.items() if low <= end <= high},
                lambda after, code=code: look(  # type: ignore[misc]
                    ranking.basis.with_answers({usulan: {code: after}}, ranking.method),
                    ranking.method,
                ),
            )
    return _widest_first(rows)


def _row(
    before: float, ends: dict[str, float], stands: Callable[[float], Standing]
) -> dict[str, object]:
    row: dict[str, object] = {"before": before}
    found = {name: stands(value) for name, value in ends.items()}
    for name, value in ends.items():
        row[f"{name}_value"] = value
        for fact, told in zip(("points", "rank", "class"), found[name], strict=True):
            row[f"{name}_{fact}"] = told
    points = [standing.points for standing in found.values()]
    return row | {"span": max(points) - min(points)}


def _widest_first(rows: dict[str, dict[str, object]]) -> pd.DataFrame:
    table = pd.DataFrame.from_dict(rows, orient="index")
    if table.empty:
        return table
    return table.sort_values(
        "span", ascending=False, kind="stable", key=lambda span: span.astype(float).round(9)
    )
