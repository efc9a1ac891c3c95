"""Where an usulan would stand if an answer or a weight were another: many suppositions in one go.

Only points, ranks and classes are worked out, from the pieces a ranking is made of; how firm a rank
is plays no part here. `Ranking.with_answers` and `Ranking.replace` give the same, one at a time.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ksd_toolkit.scoring.classes import NO_CLASS, class_names
from ksd_toolkit.scoring.explanation.arrays import arrays_of
from ksd_toolkit.scoring.kernel import Floats, round_half_up, unit_values
from ksd_toolkit.scoring.promethee import unicriterion_flows
from ksd_toolkit.scoring.tree import tree_points, tree_scores

if TYPE_CHECKING:
    from ksd_toolkit.scoring.ranking import Ranking

WEIGHT_STEPS: Final = 10
"""Weights are supposed in tenths of a percent, so that what is printed is what was tried."""

_FULL: Final = 100.0
_EQUAL: Final = 9  # decimals to which two sizes or weights are the same
_CHUNK: Final = 1_000

Kind = Literal["answer", "weight"]
Ints = NDArray[np.int64]


class Suppositions(NamedTuple):
    """One criterion each, `columns`, with what it is now, `before`, and is supposed to be, `after`."""

    kind: Kind
    columns: NDArray[np.intp]
    before: Floats
    after: Floats

    @property
    def size(self) -> Floats:
        """How far each goes, in levels of the scale or percent of weight."""
        size: Floats = np.abs(self.after - self.before)
        return np.round(size, _EQUAL)

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

    def rank_of(self, usulan: str) -> Ints:
        """The rank of one usulan among those watched."""
        above: Ints = (self.points > self.of(usulan)[:, None]).sum(axis=1)
        return above + 1


def answers_supposed(ranking: "Ranking", usulan: str) -> Suppositions:
    """Every other level of every answered criterion that weighs, one at a time."""
    known = arrays_of(ranking)
    place = known.places[usulan]
    given = known.answers[place]
    found: dict[int, Floats] = {}
    for column in np.flatnonzero(known.has[place] & (known.weights > 0)):
        low, high = ranking.method.criteria[column].scale
        levels = np.arange(np.ceil(low), np.floor(high) + 1.0)
        found[int(column)] = levels[levels != given[column]]
    return _one_at_a_time("answer", given, found)


def weights_supposed(ranking: "Ranking", usulan: str) -> Suppositions:
    """Every other weight, in tenths of a percent, of every criterion the usulan answered."""
    known = arrays_of(ranking)
    weights = known.weights
    grid = np.arange(_FULL * WEIGHT_STEPS + 1) / WEIGHT_STEPS
    found: dict[int, Floats] = {}
    for column in np.flatnonzero(known.has[known.places[usulan]] & (weights < _FULL)):
        printed_apart = np.abs(grid - weights[column]) > 0.5 / WEIGHT_STEPS
        found[int(column)] = grid[printed_apart]
    return _one_at_a_time("weight", weights, found)


def _one_at_a_time(kind: Kind, now: Floats, found: dict[int, Floats]) -> Suppositions:
    counts = [len(others) for others in found.values()]
    columns = np.repeat(np.array(list(found), dtype=np.intp), counts)
    after = np.concatenate(list(found.values())) if found else np.zeros(0)
    return Suppositions(kind, columns, now[columns], after)


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
    """An answer moves one usulan; net flows compare, so that there it moves all of them."""
    rows, at, known = np.arange(len(supposed.after)), watched.index(usulan), arrays_of(ranking)
    weights, mine, seen_of = known.weights, known.places[usulan], known.rows(watched)
    coverage = np.full(len(rows), known.coverage[mine])
    if ranking.method.aggregation == "promethee":
        flows = _flows_under_answers(ranking, usulan, supposed, watched)
        draws = np.broadcast_to(weights, (len(rows), len(weights)))
        seen = tree_scores(flows, known.applicable[seen_of], draws, ranking.tree)
        return _FULL * seen, coverage
    values = np.repeat(known.scaled[[mine]], len(rows), axis=0)
    values[rows, supposed.columns] = _unit(ranking, supposed)
    applicable = np.broadcast_to(known.applicable[mine], values.shape)
    lowest = ranking.method.geometric_lowest
    points = np.repeat(known.points[seen_of][None], len(rows), axis=0)
    points[:, at] = tree_points(values, applicable, weights, ranking.tree, lowest).score
    return points, coverage


def _flows_under_answers(
    ranking: "Ranking", usulan: str, supposed: Suppositions, watched: list[str]
) -> Floats:
    """Net flows of those watched under every supposition, S x k x m."""
    listed, known = [str(name) for name in ranking.table.index], arrays_of(ranking)
    where, rows = [listed.index(name) for name in watched], known.rows(listed)
    given = np.where(known.applicable[rows], known.answers[rows], np.nan)
    flows = np.repeat(known.units[known.rows(watched)][None], len(supposed.after), axis=0)
    mine = listed.index(usulan)
    for row, (column, level) in enumerate(zip(supposed.columns, supposed.after, strict=True)):
        criterion = ranking.method.criteria[int(column)]
        answers = given[:, column].copy()
        answers[mine] = level
        rising = answers if criterion.direction == "+" else -answers
        has = ~np.isnan(rising)
        flow = np.full(len(listed), np.nan)
        flow[has] = unicriterion_flows(rising[has], criterion.preference)
        flows[row, :, column] = flow[where]
    return flows


def _unit(ranking: "Ranking", supposed: Suppositions) -> Floats:
    """Supposed levels as values 0 to 1, higher is better."""
    criteria = ranking.method.criteria
    ends = np.array([c.scale for c in criteria]).T[:, supposed.columns]
    rising = np.array([c.direction == "+" for c in criteria])[supposed.columns]
    return unit_values(supposed.after, (ends[0], ends[1]), rising)


def _under_weights(
    ranking: "Ranking", usulan: str, supposed: Suppositions, watched: list[str]
) -> tuple[Floats, Floats]:
    known, mine = arrays_of(ranking), watched.index(usulan)
    draws, rows = _rescaled(known.weights, supposed), known.rows(watched)
    units, applicable = known.units[rows], known.applicable[rows]
    lowest = ranking.method.geometric_lowest
    points = _FULL * tree_scores(units, applicable, draws, ranking.tree, lowest)
    answered, base = np.zeros(len(draws)), np.zeros(len(draws))
    for column, weight in enumerate(draws.T):
        if applicable[mine, column]:
            base += weight
            answered += weight * ~np.isnan(units[mine, column])
    coverage = np.divide(answered, base, out=np.zeros(len(draws)), where=base > 0)
    return points, coverage


def _rescaled(weights: Floats, supposed: Suppositions) -> Floats:
    """Weights with one of them set and the others in their old proportions, each row summing to 100."""
    rest = _FULL - weights[supposed.columns]
    draws = weights[None, :] * ((_FULL - supposed.after) / rest)[:, None]
    draws[np.arange(len(draws)), supposed.columns] = supposed.after
    return draws


def classes_of(
    ranking: "Ranking", usulan: str, points: Floats, coverage: Floats
) -> NDArray[np.object_]:
    """The printed class one usulan would have at each of these points: floor, cap, coverage and all."""
    method = ranking.method
    if not method.has_classes:
        return np.full(len(points), NO_CLASS, dtype=object)
    mandatory = np.array(ranking.table.at[usulan, "jenis"] in method.floor_types)
    known = arrays_of(ranking)
    unknown = known.unknown[[known.places[usulan]]]
    return class_names(points, coverage, mandatory, unknown, method)[0]
