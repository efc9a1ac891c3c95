"""How far one weight may move before somebody else is first: in tenths of a percent, the others in proportion."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from ksd_toolkit.messages import language, say, trimmed
from ksd_toolkit.scoring.kernel import Booleans, Floats, round_half_up
from ksd_toolkit.scoring.ranking import Ranking
from ksd_toolkit.scoring.sensitivity.moved import (
    judged,
    movable,
    points_of,
    rescaled,
    row_of,
    steps,
    weights_of,
)
from ksd_toolkit.scoring.views import ranked

_AT_ONCE: Final = 50
"""Weights looked at in one go on the way outwards: the first loss is near more often than not."""


@dataclass(frozen=True, slots=True, eq=False)
class Holding:
    """Between which weights an usulan keeps its rank or a better one.

    `table`: by criterion that weighs, `weight` (percent now), `low` and `high`: the ends up to which every
    tenth of a percent leaves the rank as good; 0 and 100 where nothing changes it.
    """

    ranking: Ranking
    usulan: str
    rank: int
    table: pd.DataFrame

    def __repr__(self) -> str:
        return f"Holding({self.usulan}: peringkat {self.rank}, {len(self.table)} kriteria)"

    def explain(self, code: str, lang: str = "") -> str:
        """How far the weight of a criterion may move, in one sentence."""
        lang = lang or self.ranking.lang
        row = row_of(self.table, code)
        facts = {name: trimmed(row[name], 1, lang) for name in ("low", "high", "weight")}
        label = self.ranking.method.criterion(code).labels[language(lang)]
        facts |= {"code": code, "label": label, "usulan": self.usulan, "rank": str(self.rank)}
        return say("scenario.holding", lang, **facts)


def holding(ranking: Ranking, usulan: str = "") -> Holding:
    """How far each weight alone may move while an usulan stays where it is or rises.

    Args:
        ranking: The list.
        usulan: A ranked usulan; the first of the list unless given.

    Raises:
        MethodError: The usulan is unknown or not ranked.
    """
    usulan = ranked(ranking, usulan) if usulan else str(ranking.table.index[0])
    listed = [str(one) for one in ranking.table.index]
    rank = int(ranking.table.at[usulan, "rank"])  # type: ignore[arg-type]
    weights, place = weights_of(ranking), listed.index(usulan)
    units, applicable = judged(ranking, listed)
    rows = {}
    for column, (code, weight) in enumerate(ranking.method.weights.items()):
        if weight > 0 and movable(weights, column):
            below, above = (side for side in _sides(float(weight)))
            kept = [
                _outwards(ranking, (units, applicable), place, rank, rescaled(weights, column, way))
                for way in (below, above)
            ]
            rows[code] = {
                "weight": float(weight),
                "low": float(below[kept[0] - 1]) if kept[0] else float(weight),
                "high": float(above[kept[1] - 1]) if kept[1] else float(weight),
            }
    return Holding(ranking, usulan, rank, pd.DataFrame.from_dict(rows, orient="index"))


def _sides(weight: float) -> tuple[Floats, Floats]:
    """Every tenth of a percent below a weight, falling, and above it, rising."""
    grid = steps()
    return grid[grid < weight][::-1], grid[grid > weight]


def _outwards(
    ranking: Ranking, found: tuple[Floats, Booleans], place: int, rank: int, draws: Floats
) -> int:
    """How many of the weights, one after the other, leave the usulan its rank."""
    for start in range(0, len(draws), _AT_ONCE):
        points = points_of(ranking, draws[start : start + _AT_ONCE], *found)
        printed = round_half_up(points, ranking.method.decimals)
        above = (printed > printed[:, [place]]).sum(axis=1)
        lost = np.flatnonzero((above + 1 > rank) | np.isnan(printed[:, place]))
        if len(lost):
            return start + int(lost[0])
    return len(draws)
