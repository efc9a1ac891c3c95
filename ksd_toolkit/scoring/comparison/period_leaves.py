"""Why the scores of usulan in both lists changed: their answers and weights, then and now, leaf by leaf."""

from collections.abc import Iterator
from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from ksd_toolkit.scoring.aggregation import tree_of
from ksd_toolkit.scoring.comparison.period_split import Split, additive_split, stepwise_split
from ksd_toolkit.scoring.kernel import Floats
from ksd_toolkit.scoring.method import Method
from ksd_toolkit.scoring.ranking import Ranking
from ksd_toolkit.scoring.tree import tree_points

ANSWERS, BASE, METHOD = "answers", "base", "method"
CAUSES: Final = (ANSWERS, BASE, METHOD)
WHOLE: Final = ""
"""In place of a criterion: what the method changed and no single criterion accounts for."""
PROMETHEE: Final = "promethee"


def split_by_leaf(
    now: Ranking, before: Ranking, stayed: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Why the scores of usulan in both lists changed.

    Args:
        now: The list of this period.
        before: The list of the period before.
        stayed: By usulan of both lists its id of the period before, `asal`.

    Returns:
        Every leaf that has a part in a change (`usulan_id, cause, criterion, before, after,
        points`; an empty criterion for what no single one accounts for), and by usulan the sum of
        each cause. Under PROMETHEE II there are no parts and the sums are missing: net flows depend on
        all other usulan, and so on who else is in the list.
    """
    columns = ["usulan_id", "cause", "criterion", "before", "after", "points"]
    if PROMETHEE in {now.method.aggregation, before.method.aggregation} or stayed.empty:
        empty = pd.DataFrame(columns=columns).astype({"points": "float64"})
        return empty, pd.DataFrame(np.nan, index=stayed.index, columns=list(CAUSES))
    leaves = _Leaves(now, before, stayed)
    parts = leaves.split()
    by_cause = {
        ANSWERS: parts.answers,
        BASE: parts.base,
        METHOD: np.column_stack([parts.method, parts.whole]),
    }
    sums = pd.DataFrame(
        {cause: [sum(row) for row in part.tolist()] for cause, part in by_cause.items()},
        index=stayed.index,
    )
    rows = pd.DataFrame(list(leaves.rows(parts)), columns=columns)
    return rows.astype({"points": "float64"}), sums


class _Leaves:
    """The leaves of usulan in both lists, n x m over the criteria of either method."""

    def __init__(self, now: Ranking, before: Ranking, stayed: pd.DataFrame) -> None:
        self.usulan = [str(name) for name in stayed.index]
        self.codes = list(dict.fromkeys([*now.method.weights, *before.method.weights]))
        self.now, self.before = now, before
        self.answers = _answered(now, self.usulan, self.codes)
        self.answers_before = _answered(before, list(stayed["asal"]), self.codes)
        self.weights, self.weights_before = (
            np.array([method.weights.get(code, 0.0) for code in self.codes])
            for method in (now.method, before.method)
        )

    def split(self) -> Split:
        """The parts of every change of score."""
        before, now = self.before.method, self.now.method
        values = (
            self._values(self.answers_before, before, now),
            self._values(self.answers, before, now),
            self._values(self.answers, now, before),
        )
        if tree_of(before).additive and tree_of(now).additive:
            return additive_split(*values, self.weights_before, self.weights)
        return stepwise_split(*values, partial(self._score, before), partial(self._score, now))

    def _score(self, method: Method, values: Floats) -> Floats:
        """Points by a method that knows only some of the columns."""
        own = values[:, [self.codes.index(code) for code in method.weights]]
        weights = np.array(list(method.weights.values()))
        everywhere = np.ones(own.shape, dtype=bool)  # what does not apply is missing here
        return tree_points(own, everywhere, weights, tree_of(method), method.geometric_lowest).score

    def _values(self, answers: Floats, method: Method, other: Method) -> Floats:
        """Answers as values 0 to 1 of a method; of the other one where it has not the criterion."""
        columns = []
        for code, levels in zip(self.codes, answers.T, strict=True):
            criterion = (method if code in method.weights else other).criterion(code)
            low, high = criterion.scale
            value = (levels - low) / (high - low)
            columns.append(value if criterion.direction == "+" else 1.0 - value)
        return np.column_stack(columns)

    def rows(self, parts: Split) -> Iterator[tuple[str, str, str, float, float, float]]:
        """Every leaf that has a part in a change, with what it was before and is now."""
        ends = {
            ANSWERS: (self.answers_before, self.answers),
            BASE: (self.answers_before, self.answers),
            METHOD: tuple(
                np.broadcast_to(weights, self.answers.shape)
                for weights in (self.weights_before, self.weights)
            ),
        }
        for row, usulan in enumerate(self.usulan):
            for cause, part in zip(CAUSES, parts[:3], strict=True):
                was, is_now = ends[cause]
                for column, code in enumerate(self.codes):
                    if part[row, column] != 0 and not np.isnan(part[row, column]):
                        cell = row, column
                        yield usulan, cause, code, was[cell], is_now[cell], part[cell]
            if parts.whole[row] != 0 and not np.isnan(parts.whole[row]):
                yield usulan, METHOD, WHOLE, np.nan, np.nan, parts.whole[row]


def _answered(ranking: Ranking, usulan: list[str], codes: list[str]) -> Floats:
    """Answers of some usulan by criterion; NaN where unanswered, not applicable or never asked."""
    leaves = ranking.leaves
    answers = leaves.answers.where(leaves.applicable).loc[usulan].reindex(columns=codes)
    return answers.to_numpy(dtype="float64")
