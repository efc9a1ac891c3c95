"""Why a score is another than a period ago, leaf by leaf: answers, what is answered at all, the method.

Bare arithmetic of the weighted mean. The three causes are taken in this order, each under what the
one before left, and add up to the whole change:

1. an answer to a leaf answered in both periods moves the score by its weight in the old base;
2. a leaf answered in one period only lifts the score if it lies above it, else lowers it;
3. other weights (or ends of a scale) weigh the new answers anew.
"""

from typing import NamedTuple

import numpy as np

from ksd_toolkit.scoring.kernel import Booleans, Floats


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
