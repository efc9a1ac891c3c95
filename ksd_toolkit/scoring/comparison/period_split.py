"""Why a score is another than a period ago, leaf by leaf: answers, what is answered at all, the method.

The three causes are taken in this order, each under what the
one before left, and add up to the whole change:

1. an answer to a leaf answered in both periods moves the score by its weight in the old base;
2. a leaf answered in one period only lifts the score if it lies above it, else lowers it;
3. other weights (or ends of a scale) weigh the new answers anew.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from ksd_toolkit.scoring.kernel import Booleans, Floats
from ksd_toolkit.scoring.method import Method
from ksd_toolkit.scoring.ranking import Ranking

ANSWERS, BASE, METHOD = "answers", "base", "method"
CAUSES: Final = (ANSWERS, BASE, METHOD)


class Split(NamedTuple):
    """Points of n usulan by m leaves; a row is NaN where no weight of the old method is answered."""

    answers: Floats
    base: Floats
    method: Floats


def additive_split(
    before: Floats, between: Floats, after: Floats, old: Floats, new: Floats
) -> Split:
    """The exact parts of the change of a weighted mean, in points 0 to 100.

    Args:
        before: n x m values 0 to 1 a period ago, NaN where unanswered or not applicable.
        between: Today's answers as values of the old method; missing where `after` is.
        after: Today's answers as values of today's method.
        old: m weights a period ago, 0 for a leaf the old method had not.
        new: m weights today, 0 for a leaf today's method has not.

    Returns:
        Parts whose sum over the leaves is today's score less that of a period ago.
    """
    had, has = ~np.isnan(before), ~np.isnan(after)
    was, mid, now = (100.0 * np.nan_to_num(values) for values in (before, between, after))
    base_was, base_mid, base_now = _base(had, old), _base(has, old), _base(has, new)
    score = _added(old * was * had)[:, None] / base_was
    answers = np.where(had & has, old * (mid - was) / base_was, 0.0)
    score = score + _added(answers)[:, None]
    came = np.where(has & ~had, old * (mid - score) / base_mid, 0.0)
    went = np.where(had & ~has, old * (score - was) / base_mid, 0.0)
    score = score + _added(came + went)[:, None]
    share_old, share_new = old / base_mid, new / base_now
    method = np.where(has, (share_new - share_old) * (mid - score) + share_new * (now - mid), 0.0)
    known = ~np.isnan(base_was + base_mid + base_now)
    return Split(*(np.where(known, part, np.nan) for part in (answers, came + went, method)))


def _base(answered: Booleans, weights: Floats) -> Floats:
    """The answered weight of every usulan, n x 1; NaN where there is none."""
    total = _added(answered * weights)[:, None]
    return np.where(total > 0, total, np.nan)


def _added(parts: Floats) -> Floats:
    """Row sums, leaves added in table order."""
    total = np.zeros(len(parts))
    for column in parts.T:
        total += column
    return total


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
        points`), and by usulan the sum of each cause. There are no parts, and the sums are missing,
        where a score is no weighted mean.
    """
    columns = ["usulan_id", "cause", "criterion", "before", "after", "points"]
    if not (_is_weighted_mean(now.method) and _is_weighted_mean(before.method)) or stayed.empty:
        empty = pd.DataFrame(columns=columns).astype({"points": "float64"})
        return empty, pd.DataFrame(np.nan, index=stayed.index, columns=list(CAUSES))
    leaves = _Leaves(now, before, stayed)
    parts = leaves.split()
    sums = pd.DataFrame({
        cause: pd.Series([sum(row) for row in part.tolist()], index=stayed.index)
        for cause, part in zip(CAUSES, parts, strict=True)
    })  # fmt: skip
    rows = pd.DataFrame(list(leaves.rows(parts)), columns=columns)
    return rows.astype({"points": "float64"}), sums


def _is_weighted_mean(method: Method) -> bool:
    groups = {group.aggregation for group in method.groups.values()}
    return method.aggregation == "additive" and groups <= {"additive"}


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
        return additive_split(
            self._values(self.answers_before, self.before.method, self.now.method),
            self._values(self.answers, self.before.method, self.now.method),
            self._values(self.answers, self.now.method, self.before.method),
            self.weights_before,
            self.weights,
        )

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
            for cause, part in zip(CAUSES, parts, strict=True):
                was, is_now = ends[cause]
                for column, code in enumerate(self.codes):
                    if part[row, column] != 0 and not np.isnan(part[row, column]):
                        cell = row, column
                        yield usulan, cause, code, was[cell], is_now[cell], part[cell]


def _answered(ranking: Ranking, usulan: list[str], codes: list[str]) -> Floats:
    """Answers of some usulan by criterion; NaN where unanswered, not applicable or never asked."""
    leaves = ranking.leaves
    answers = leaves.answers.where(leaves.applicable).loc[usulan].reindex(columns=codes)
    return answers.to_numpy(dtype="float64")
