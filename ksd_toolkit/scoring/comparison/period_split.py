"""Why a score is another than a period ago, leaf by leaf: answers, what is answered at all, the method.

The three causes are taken in this order, each under what the one before left, and add up to the
whole change:

1. an answer to a leaf answered in both periods moves the score by its weight in the old base;
2. a leaf answered in one period only lifts the score if it lies above it, else lowers it;
3. today's method scores today's answers otherwise than the old one did.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from ksd_toolkit.scoring.kernel import Booleans, Floats

Score = Callable[[Floats], Floats]
"""Points 0 to 100 of n usulan by their n x m values, NaN where nothing is answered."""


class Split(NamedTuple):
    """Points of n usulan by m leaves; a row is NaN where at a step no weight is answered.

    `whole` (n) is what the method changed and no single leaf accounts for.
    """

    answers: Floats
    base: Floats
    method: Floats
    whole: Floats


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
    parts = (answers, came + went, method)
    whole = np.where(known[:, 0], 0.0, np.nan)
    answers, base, method = (np.where(known, part, np.nan) for part in parts)
    return Split(answers, base, method, whole)


def stepwise_split(before: Floats, between: Floats, after: Floats, old: Score, new: Score) -> Split:
    """The exact parts of a change under any rule that scores an usulan by its own leaves alone.

    Leaves turn from what they were into what they are one at a time, in table order and in the
    reverse order; the part of a leaf is the mean of its two steps.

    Args:
        before: As in `additive_split`.
        between: As in `additive_split`.
        after: As in `additive_split`.
        old: How a period ago was scored.
        new: How today is scored.
    """
    changes = np.zeros(before.shape)
    columns = range(before.shape[1])
    for order in (columns, reversed(columns)):
        values, last = before.copy(), old(before)
        for column in order:
            values[:, column] = between[:, column]
            score = old(values)
            changes[:, column] += (score - last) / 2
            last = score
    whole = new(after) - old(between)
    known = ~np.isnan(_added(changes) + whole)
    both = ~np.isnan(before) & ~np.isnan(between)
    parts = (np.where(both, changes, 0.0), np.where(both, 0.0, changes), np.zeros(before.shape))
    whole = np.where(known, whole, np.nan)
    answers, base, method = (np.where(known[:, None], part, np.nan) for part in parts)
    return Split(answers, base, method, whole)


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
