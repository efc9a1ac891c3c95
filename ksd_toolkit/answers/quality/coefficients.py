"""Coefficients of agreement: Krippendorff's alpha, Kendall's W and the one-way intraclass correlation.

Every function takes a matrix of numbers with one row per thing judged and one column per rater;
a missing judgement is NaN. A coefficient that does not exist, as for ratings that are all the same,
is NaN: it is not 0, and it is not 1.
"""

from collections.abc import Callable
from typing import Any, Final, Literal

import numpy as np

Matrix = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Level = Literal["nominal", "ordinal", "interval"]

_PAIR: Final = 2


def krippendorff_alpha(ratings: Matrix, level: Level = "ordinal") -> float:
    """Agreement of interchangeable raters beyond chance: 1 is perfect, 0 as good as chance.

    Args:
        ratings: Units by raters; units with fewer than two ratings tell nothing and do not count.
        level: How far two values are apart.

    Returns:
        At most 1; NaN where no two ratings meet or all are the same.

    Source:
        Krippendorff (2011), Computing Krippendorff's Alpha-Reliability.
    """
    values = np.unique(ratings[~np.isnan(ratings)])
    return alpha_of(coincidences(ratings, values), values, level)


def coincidences(ratings: Matrix, values: Matrix) -> Matrix:
    """How often each value meets each other in one unit; the matrices of separate units add up."""
    counts = (ratings[:, :, None] == values).sum(axis=1).astype(float)
    raters = counts.sum(axis=1)
    counts, raters = counts[raters >= _PAIR], raters[raters >= _PAIR]
    weighed = counts / (raters - 1)[:, None]
    # einsum adds in one order; a matrix product of BLAS would not on every processor
    met: Matrix = np.einsum("uc,ud->cd", weighed, counts) - np.diag(weighed.sum(axis=0))
    return met


def alpha_of(met: Matrix, values: Matrix, level: Level = "ordinal") -> float:
    """Alpha of a coincidence matrix."""
    of_value = met.sum(axis=0)
    apart = _DISTANCES[level](values, of_value)
    expected = float((np.outer(of_value, of_value) * apart).sum())
    if expected == 0:
        return float("nan")
    return 1 - (float(of_value.sum()) - 1) * float((met * apart).sum()) / expected


def kendall_w(scores: Matrix) -> float:
    """Concordance of raters who all judged the same things: 1 is the same order, 0 no common order.

    Args:
        scores: Things by raters; things that somebody did not judge are left out.

    Returns:
        0 to 1, corrected for ties; NaN for fewer than two things or raters, or where nobody
        tells the things apart.

    Source:
        Kendall and Babington Smith (1939); correction for ties after Siegel and Castellan (1988).
    """
    judged = scores[~np.isnan(scores).any(axis=1)]
    things, raters = judged.shape
    if things < _PAIR or raters < _PAIR:
        return float("nan")
    ranked = np.column_stack([mean_ranks(judged[:, rater]) for rater in range(raters)])
    ties = sum(_ties(judged[:, rater]) for rater in range(raters))
    spread = float(((ranked.sum(axis=1) - raters * (things + 1) / 2) ** 2).sum())
    most = raters**2 * (things**3 - things) - raters * ties
    return 12 * spread / most if most else float("nan")


def intraclass(ratings: Matrix) -> tuple[float, float]:
    """ICC(1) of one rating and ICC(1,k) of the mean of all, for raters that differ from unit to unit.

    Args:
        ratings: Units by raters; units with fewer than two ratings do not count. Where units have
            different numbers of ratings, their weighted mean stands for k.

    Returns:
        At most 1 each; NaN for fewer than two units or where nothing varies.

    Source:
        Shrout and Fleiss (1979), Psychological Bulletin 86(2), case 1; unequal numbers after
        Donner (1986), International Statistical Review 54(1).
    """
    known = ~np.isnan(ratings)
    rows = known.sum(axis=1) >= _PAIR
    ratings, known = ratings[rows], known[rows]
    units, total = len(ratings), int(known.sum())
    if units < _PAIR:
        return float("nan"), float("nan")
    raters = known.sum(axis=1)
    means = np.nansum(ratings, axis=1) / raters
    overall = float(np.nansum(ratings)) / total
    between = float((raters * (means - overall) ** 2).sum()) / (units - 1)
    within = float(np.nansum((ratings - means[:, None]) ** 2)) / (total - units)
    usual = (total - float((raters**2).sum()) / total) / (units - 1)
    base = between + (usual - 1) * within
    single = (between - within) / base if base else float("nan")
    mean = (between - within) / between if between else float("nan")
    return single, mean


def mean_ranks(scores: Matrix) -> Matrix:
    """Ranks from 1 up; equal scores share the mean of their ranks."""
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[inverse], dtype=np.float64)


def _ties(scores: Matrix) -> float:
    _, counts = np.unique(scores, return_counts=True)
    return float((counts.astype(float) ** 3 - counts).sum())


def _nominal(values: Matrix, _: Matrix) -> Matrix:
    apart: Matrix = (values[:, None] != values).astype(float)
    return apart


def _ordinal(values: Matrix, of_value: Matrix) -> Matrix:
    """How many ratings lie between two values, half of their own included, squared."""
    reached = np.cumsum(of_value) - of_value / 2
    apart: Matrix = (reached[:, None] - reached) ** 2
    return apart


def _interval(values: Matrix, _: Matrix) -> Matrix:
    apart: Matrix = (values[:, None] - values) ** 2
    return apart


_DISTANCES: Final[dict[str, Callable[[Matrix, Matrix], Any]]] = {
    "nominal": _nominal, "ordinal": _ordinal, "interval": _interval,
}  # fmt: skip
