"""How far one weight may move before somebody else is first: in tenths of a percent, the others in proportion."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from ksd_toolkit.messages import language, say, trimmed
from ksd_toolkit.scoring.kernel import Booleans, Floats, round_half_up
from ksd_toolkit.scoring.ranking import Ranking
from ksd_toolkit.scoring.sensitivity.lines import straight_units
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

_AT_ONCE: Final = 16
"""Weights looked at in one go on the way outwards from where somebody first catches up."""
_FLAT: Final = 1e-12
_NEAR: Final = 0.05  # half a tenth of a percent


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
            below, above = _sides(float(weight))
            met = _caught_up(ranking, units, applicable, column, place)
            kept = []
            for way in (below, above):
                first = _first_step(way, met, float(weight))
                draws = rescaled(weights, column, way[first:])
                kept.append(first + _outwards(ranking, (units, applicable), place, rank, draws))
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


def _first_step(way: Floats, met: Floats, weight: float) -> int:
    """How many of the weights on the way come surely before anybody is level with the usulan."""
    if not len(way):
        return 0
    rising = bool(way[0] > weight)
    # Who is level now may be ahead at the next step, on either side.
    ahead = met[met > weight - _NEAR] if rising else met[met < weight + _NEAR]
    if not len(ahead):
        return len(way)
    near = ahead.min() if rising else ahead.max()
    before = way < near if rising else way > near
    return max(0, int(before.sum()) - 1)  # a step earlier, for what rounding adds


def _caught_up(
    ranking: Ranking, units: Floats, applicable: Booleans, column: int, place: int
) -> Floats:
    """The weights of a criterion at which another usulan is level with this one, by closed form.

    Every weight where a tree mixes sums and products: then all of them have to be tried.
    """
    straight = straight_units(units, ranking.tree, ranking.method.geometric_lowest)
    if straight is None:
        return steps()
    start, slope, base, base_slope = _lines(straight, applicable, weights_of(ranking), column)
    own = start[place], slope[place], base[place], base_slope[place]
    constant = start * own[2] - own[0] * base
    line = start * own[3] + slope * own[2] - own[0] * base_slope - own[1] * base
    square = slope * own[3] - own[1] * base_slope
    return _roots(constant, line, square)


def _lines(
    units: Floats, applicable: Booleans, weights: Floats, column: int
) -> tuple[Floats, Floats, Floats, Floats]:
    """Every score as (start + slope t) / (base + base_slope t), t the weight of one criterion in percent."""
    has = applicable & ~np.isnan(units)
    known = np.where(has, units, 0.0)
    others = np.where(np.arange(len(weights)) == column, 0.0, weights)
    rest = others.sum()
    gained, base = (known * others).sum(axis=1), (has * others).sum(axis=1)
    asked, whole = has[:, column], (rest + weights[column]) / rest
    return (
        np.where(asked, whole * gained, gained),
        np.where(asked, known[:, column] - gained / rest, 0.0),
        np.where(asked, whole * base, base),
        np.where(asked, 1.0 - base / rest, 0.0),
    )


def _roots(constant: Floats, line: Floats, square: Floats) -> Floats:
    """Where any of constant + line t + square t^2 is 0; nothing for those that are so everywhere or never."""
    size = np.maximum.reduce([np.abs(constant), 100 * np.abs(line), 1e4 * np.abs(square)])
    small = _FLAT * np.maximum(size, 1.0)
    curved = 1e4 * np.abs(square) > small
    straight = ~curved & (100 * np.abs(line) > small)
    inside = line * line - 4 * square * constant
    real = curved & (inside >= 0)
    half = -0.5 * (line[real] + np.copysign(np.sqrt(inside[real]), line[real]))
    with np.errstate(divide="ignore", invalid="ignore"):
        found = [
            -constant[straight] / line[straight], half / square[real], constant[real] / half,
        ]  # fmt: skip
    roots = np.concatenate(found)
    return np.asarray(roots[np.isfinite(roots)])


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
