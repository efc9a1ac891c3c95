"""How sure an alpha is: the jackknife leaves one group out at a time and looks how much it moves.

Ratings of one office come from the same two people, so it is offices that are left out, not single
ratings: treating them as independent would make the interval too narrow. The jackknife draws
nothing at random, hence needs no seed and gives the same interval every time; for small samples it
also covers better than the bootstrap.

Source:
    Hughes (2022), arXiv 2210.13265 (jackknife for alpha); Efron and Tibshirani (1993), chapter 11.
"""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from ksd_toolkit.answers.quality.coefficients import Level, Matrix, alpha_of, coincidences

_STEPS: Final = 200  # halvings of a bracket; far beyond what float64 can tell apart


def alpha_interval(
    ratings: Matrix, groups: Sequence[object], confidence: float, level: Level = "ordinal"
) -> tuple[float, float]:
    """The interval of alpha when each group is left out in turn.

    Args:
        ratings: Units by raters, NaN where missing.
        groups: The group of every unit, such as its office.
        confidence: 0 to 1, both excluded.
        level: How far two values are apart.

    Returns:
        Lower and upper end, the upper at most 1; NaN for fewer than two groups, or where alpha does
        not exist without one of them.
    """
    values = np.unique(ratings[~np.isnan(ratings)])
    rows = np.asarray(groups, dtype=str)
    telling = (~np.isnan(ratings)).sum(axis=1) > 1
    parts = [coincidences(ratings[rows == name], values) for name in np.unique(rows[telling])]
    if len(parts) <= 1:
        return float("nan"), float("nan")
    whole = np.sum(parts, axis=0)
    without = np.array([alpha_of(whole - part, values, level) for part in parts])
    number = len(without)
    variance = (number - 1) / number * float(((without - without.mean()) ** 2).sum())
    half = student_quantile((1 + confidence) / 2, number - 1) * math.sqrt(variance)
    alpha = alpha_of(whole, values, level)
    return alpha - half, min(alpha + half, 1.0)


def student_quantile(probability: float, freedom: int) -> float:
    """The value that Student's t stays below with `probability` (0.5 up to, not including, 1)."""
    low, high = 0.0, 1.0
    while student_below(high, freedom) < probability:
        high *= 2
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if student_below(middle, freedom) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def student_below(value: float, freedom: int) -> float:
    """How probable it is that Student's t is smaller than `value` (0 or more), `freedom` whole.

    Source:
        Abramowitz and Stegun (1964), 26.7.3 and 26.7.4: finite sums for whole degrees of freedom.
    """
    angle = math.atan2(value, math.sqrt(freedom))
    cosine, odd = math.cos(angle), freedom % 2
    term = cosine if odd else 1.0
    total = 0.0 if freedom == 1 else term
    for step in range(3 if odd else 2, freedom - 1, 2):
        term *= cosine**2 * (step - 1) / step
        total += term
    share = math.sin(angle) * total
    if odd:
        share = 2 / math.pi * (angle + share)
    return 0.5 + share / 2
