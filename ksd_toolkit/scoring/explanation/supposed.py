"""Where an usulan would stand if an answer or a weight were another: many suppositions in one go.

Only points, ranks and classes are worked out, from the pieces a ranking is made of; how firm a rank
is plays no part here. `Ranking.with_answers` and `Ranking.replace` give the same, one at a time.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ksd_toolkit.scoring.classes import classify
from ksd_toolkit.scoring.kernel import Booleans, Floats, round_half_up, weighted_points

if TYPE_CHECKING:
    from ksd_toolkit.scoring.ranking import Ranking

WEIGHT_STEPS: Final = 10
"""Weights are supposed in tenths of a percent, so that what is printed is what was tried."""

_FULL: Final = 100.0
_EQUAL: Final = 9  # decimals to which two sizes or weights are the same
_CHUNK: Final = 1_000

Kind = Literal["answer", "weight"]


class Suppositions(NamedTuple):
    """One criterion each, `columns`, with what it is now, `before`, and is supposed to be, `after`."""

    kind: Kind
    columns: NDArray[np.intp]
    before: Floats
    after: Floats

    @property
    def size(self) -> Floats:
        """How far each goes, in levels of the scale or percent of weight."""
        return np.round(np.abs(self.after - self.before), _EQUAL)

    def part(self, rows: NDArray[np.intp]) -> "Suppositions":
        """Some of them."""
        return Suppositions(self.kind, self.columns[rows], self.before[rows], self.after[rows])

    def nearest_first(self) -> "Iterator[Suppositions]":
        """All of them in parts, the smallest first; those of one size stay together."""
        order = np.argsort(self.size, kind="stable")
        sizes = self.size[order]
        start = 0
        while start < len(order):
            last = sizes[min(start + _CHUNK, len(order)) - 1]
            end = int(np.searchsorted(sizes, last, side="right"))
            yield self.part(order[start:end])
            start = end


class Seen(NamedTuple):
    """Printed points under every supposition: one row each, one column per usulan in `watched`.

    `coverage` is that of the usulan the suppositions are about.
    """

    watched: tuple[str, ...]
    points: Floats
    coverage: Floats

    def of(self, usulan: str) -> Floats:
        """The points of one usulan."""
        return self.points[:, self.watched.index(usulan)]

    def rank_of(self, usulan: str) -> NDArray[np.int64]:
        """The rank of one usulan among those watched."""
        return 1 + (self.points > self.of(usulan)[:, None]).sum(axis=1)


def answers_supposed(ranking: "Ranking", usulan: str) -> Suppositions:
    """Every other level of every answered criterion that weighs, one at a time."""
    given = ranking.leaves.answers.loc[usulan].to_numpy(dtype="float64")
    weighs = np.array(list(ranking.method.weights.values())) > 0
    found: dict[int, Floats] = {}
    for column in np.flatnonzero(_answered(ranking, usulan) & weighs):
        low, high = ranking.method.criteria[column].scale
        levels = np.arange(np.ceil(low), np.floor(high) + 1.0)
        found[int(column)] = levels[levels != given[column]]
    return _one_at_a_time("answer", given, found)


def weights_supposed(ranking: "Ranking", usulan: str) -> Suppositions:
    """Every other weight, in tenths of a percent, of every criterion the usulan answered."""
    weights = np.array(list(ranking.method.weights.values()))
    grid = np.arange(_FULL * WEIGHT_STEPS + 1) / WEIGHT_STEPS
    found: dict[int, Floats] = {}
    for column in np.flatnonzero(_answered(ranking, usulan) & (weights < _FULL)):
        printed_apart = np.abs(grid - weights[column]) > 0.5 / WEIGHT_STEPS
        found[int(column)] = grid[printed_apart]
    return _one_at_a_time("weight", weights, found)


def _one_at_a_time(kind: Kind, now: Floats, found: dict[int, Floats]) -> Suppositions:
    counts = [len(others) for others in found.values()]
    columns = np.repeat(np.array(list(found), dtype=np.intp), counts)
    after = np.concatenate(list(found.values())) if found else np.zeros(0)
    return Suppositions(kind, columns, now[columns], after)


def _answered(ranking: "Ranking", usulan: str) -> Booleans:
    given = ranking.leaves.answers.loc[usulan].notna() & ranking.leaves.applicable.loc[usulan]
    return given.to_numpy(dtype=bool)


def look(ranking: "Ranking", usulan: str, supposed: Suppositions, watched: Sequence[str]) -> Seen:
    """Points under every supposition about one usulan's answers, or about the weights."""
    if supposed.kind == "answer":
        points, coverage = _under_answers(ranking, usulan, supposed, list(watched))
    else:
        points, coverage = _under_weights(ranking, usulan, supposed, list(watched))
    return Seen(tuple(watched), round_half_up(points, ranking.method.decimals), coverage)


def _under_answers(
    ranking: "Ranking", usulan: str, supposed: Suppositions, watched: list[str]
) -> tuple[Floats, Floats]:
    rows = np.arange(len(supposed.after))
    values = np.repeat(ranking.values.loc[[usulan]].to_numpy(), len(rows), axis=0)  # noqa: PD011
    values[rows, supposed.columns] = _unit(ranking, supposed)
    applicable = np.broadcast_to(ranking.leaves.applicable.loc[usulan].to_numpy(), values.shape)
    weights = np.array(list(ranking.method.weights.values()))
    mine = weighted_points(values, applicable, weights)
    points = np.repeat(ranking.table.loc[watched, ["points"]].to_numpy().T, len(rows), axis=0)
    points[:, watched.index(usulan)] = mine.score
    return points, mine.coverage


def _unit(ranking: "Ranking", supposed: Suppositions) -> Floats:
    """Supposed levels as values 0 to 1, higher is better."""
    criteria = ranking.method.criteria
    lows, highs = np.array([c.scale for c in criteria]).T[:, supposed.columns]
    rising = np.array([c.direction == "+" for c in criteria])[supposed.columns]
    value = (supposed.after - lows) / (highs - lows)
    return np.where(rising, value, 1.0 - value)


def _under_weights(
    ranking: "Ranking", usulan: str, supposed: Suppositions, watched: list[str]
) -> tuple[Floats, Floats]:
    draws = _rescaled(ranking, supposed)
    units = ranking.units.loc[watched].to_numpy()
    applicable = ranking.leaves.applicable.loc[watched].to_numpy(dtype=bool)
    has = applicable & ~np.isnan(units)
    gained, answered, base = (np.zeros((len(draws), len(watched))) for _ in range(3))
    for column, weight in enumerate(draws.T[:, :, None]):
        gained += weight * np.where(has[:, column], np.nan_to_num(units[:, column]), 0.0)
        answered += weight * has[:, column]
        base += weight * applicable[:, column]
    with np.errstate(divide="ignore", invalid="ignore"):
        points = np.where(answered > 0, _FULL * gained / answered, np.nan)
        coverage = np.where(base > 0, answered / base, 0.0)
    return points, coverage[:, watched.index(usulan)]


def _rescaled(ranking: "Ranking", supposed: Suppositions) -> Floats:
    """Weights with one of them set and the others in their old proportions, each row summing to 100."""
    weights = np.array(list(ranking.method.weights.values()))
    rest = _FULL - weights[supposed.columns]
    draws = weights[None, :] * ((_FULL - supposed.after) / rest)[:, None]
    draws[np.arange(len(draws)), supposed.columns] = supposed.after
    return draws


def classes_of(
    ranking: "Ranking", usulan: str, points: Floats, coverage: Floats
) -> NDArray[np.object_]:
    """The printed class one usulan would have at each of these points: floor, cap, coverage and all."""
    supposed = pd.DataFrame(
        {"points": points, "coverage": coverage, "jenis": ranking.table.at[usulan, "jenis"]},
        index=pd.Index([usulan] * len(points)),
    )
    return classify(supposed, ranking.register, ranking.method)["class_name"].to_numpy()
