"""PROMETHEE II: every usulan compared with every other one, criterion by criterion, as net flows -1 to 1.

The net flow of one criterion needs no n x n table: sorted answers and their running sums give how many
lie below and above, and by how much. The flow of an usulan is linear in the weights, so that it is the
additive score over a fixed matrix of flows.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from ksd_toolkit.scoring.kernel import Booleans, Floats, Points, weighted_points
from ksd_toolkit.scoring.preference import Preference

_BLOCK: Final = 2**18  # comparisons held at once, 2 MB
_EDGE: Final = 1e-9  # a difference this near to a threshold is the threshold: 4.1 less 3.8 is 0.3


class Flows(NamedTuple):
    """Positive, negative and net flow of n usulan over all criteria."""

    plus: Floats
    minus: Floats
    net: Floats


def preferred(difference: Floats, preference: Preference) -> Floats:
    """How far a difference of answers is preferred, 0 to 1.

    Source:
        Brans, Vincke and Mareschal (1986): a difference of exactly `q` is indifferent, whatever
        the last bits of two decimals make of it.
    """
    q, p = preference.q or 0.0, preference.p or 0.0
    if preference.function == "gaussian":
        spread = 2.0 * (preference.s or 1.0) ** 2
        return np.where(difference > 0, 1.0 - np.exp(-(difference**2) / spread), 0.0)
    if preference.function in {"linear", "v_shape"}:
        return np.clip((difference - q) / (p - q), 0.0, 1.0)
    if preference.function == "level":
        return np.where(difference > p + _EDGE, 1.0, np.where(difference > q + _EDGE, 0.5, 0.0))
    return np.where(difference > q + _EDGE, 1.0, 0.0)


def unicriterion_flows(answers: Floats, preference: Preference) -> Floats:
    """The net flow -1 to 1 of n answers to one criterion, higher answers preferred.

    Args:
        answers: n answers, none missing.
        preference: How their differences are read.
    """
    count = len(answers)
    if count <= 1:
        return np.zeros(count)
    order = np.argsort(answers, kind="stable")
    flows = np.empty(count)
    flows[order] = _sorted_flows(answers[order], preference) / (count - 1)
    return flows


def _sorted_flows(answers: Floats, preference: Preference) -> Floats:
    """The sum of what each is preferred by, less what it is surpassed by."""
    q, p = preference.q or 0.0, preference.p or 0.0
    match preference.function:
        case "gaussian":
            return _compared(answers, answers, preference)
        case "linear" | "v_shape":
            return _ramp(answers, q, p)
        case "level":
            return 0.5 * (_steps(answers, q) + _steps(answers, p))
        case _:
            return _steps(answers, q)


def _steps(answers: Floats, threshold: float) -> Floats:
    """How many lie more than `threshold` below, less how many lie more than that above."""
    beyond = threshold + _EDGE
    below = np.searchsorted(answers, answers - beyond, side="left")
    above = len(answers) - np.searchsorted(answers, answers + beyond, side="right")
    return (below - above).astype(np.float64)


def _ramp(answers: Floats, q: float, p: float) -> Floats:
    """Linear preference between `q` and `p`: counts beyond `p`, running sums between."""
    answers = answers - answers[len(answers) // 2]  # small numbers keep their last digits in a sum
    sums = np.concatenate(([0.0], np.cumsum(answers)))
    far_below = np.searchsorted(answers, answers - p, side="left")
    below = np.searchsorted(answers, answers - q, side="left")
    far_above = np.searchsorted(answers, answers + p, side="right")
    above = np.searchsorted(answers, answers + q, side="right")
    gained = (answers - q) * (below - far_below) - (sums[below] - sums[far_below])
    lost = (sums[far_above] - sums[above]) - (answers + q) * (far_above - above)
    flows: Floats = far_below - (len(answers) - far_above) + (gained - lost) / (p - q)
    return flows


def _compared(mine: Floats, others: Floats, preference: Preference) -> Floats:
    """What each of `mine` is preferred to `others` by, less what they are preferred by, block by block.

    Equal answers are compared once: on a questionnaire's scale there are few different ones.
    """
    own, back = np.unique(mine, return_inverse=True)
    levels, counts = np.unique(others, return_counts=True)
    flows = np.empty(len(own))
    rows = max(1, _BLOCK // max(1, len(levels)))
    for start in range(0, len(own), rows):
        difference = own[start : start + rows, None] - levels[None, :]
        won = np.sign(difference) * preferred(np.abs(difference), preference)
        flows[start : start + rows] = (won * counts).sum(axis=1)
    return flows[back]


def flows_matrix(answers: Floats, preferences: Sequence[Preference]) -> Floats:
    """The net flows of n usulan on m criteria, NaN where unanswered.

    Args:
        answers: n x m, higher is better, NaN where unanswered. An answer is compared with those who
            answered the same criterion; alone it has the flow 0.
        preferences: m preference functions.

    Source:
        Brans and Vincke (1985), Management Science 31(6); Brans, Vincke and Mareschal (1986).
    """
    flows = np.full(answers.shape, np.nan)
    for column, preference in enumerate(preferences):
        has = ~np.isnan(answers[:, column])
        flows[has, column] = unicriterion_flows(answers[has, column], preference)
    return flows


def flow_points(  # noqa: PLR0913, PLR0917  flows, what they came from, and what could still come
    answers: Floats,
    flows: Floats,
    applicable: Booleans,
    weights: Floats,
    preferences: Sequence[Preference],
    ends: Floats,
    compared: Booleans,
) -> Points:
    """Net flows in hundredths, -100 to 100, with the interval missing answers leave open.

    A missing answer could have the flow that the worst or the best answer has against those given. Both
    may lie on one side of the answered flows; the interval then reaches to the score. It is about the
    usulan's own missing answers: those still to come from others move everybody, and are drawn instead.

    Args:
        answers: n x m, higher is better, NaN where unanswered.
        flows: n x m net flows of these answers; NaN for usulan that are not compared.
        applicable: n x m, False where a criterion leaves the base.
        weights: m weights, not negative.
        preferences: m preference functions.
        ends: 2 x m, the worst and the best answer there is.
        compared: n flags, the usulan that are compared.
    """
    score = weighted_points(flows, applicable, weights)
    open_ends = []
    for end, fallback in zip(ends, (-1.0, 1.0), strict=True):
        possible = flows.copy()
        for column, preference in enumerate(preferences):
            known = answers[compared & applicable[:, column], column]
            known = known[~np.isnan(known)]
            flow = (
                _compared(end[[column]], known, preference)[0] / len(known)
                if len(known)
                else fallback
            )
            missing = compared & applicable[:, column] & np.isnan(answers[:, column])
            possible[missing, column] = flow
        open_ends.append(weighted_points(possible, applicable, weights).score)
    worst, best = np.fmin(open_ends[0], score.score), np.fmax(open_ends[1], score.score)
    return Points(score.score, worst, best, score.coverage)


def preference_index(answers: Floats, weights: Floats, preferences: Sequence[Preference]) -> Floats:
    """How far the row is preferred to the column over all criteria, n x n; for few usulan.

    Args:
        answers: n x m, higher is better, none missing.
        weights: m weights, not negative, not all 0.
        preferences: m preference functions.
    """
    index = np.zeros((len(answers), len(answers)))
    for column, (weight, preference) in enumerate(zip(weights, preferences, strict=True)):
        difference = answers[:, None, column] - answers[None, :, column]
        index += weight * preferred(difference, preference)
    index /= weights.sum()
    return index


def flows_of(index: Floats) -> Flows:
    """Positive, negative and net flow of a preference index (PROMETHEE I ranks by the first two)."""
    others = max(1, len(index) - 1)
    plus, minus = index.sum(axis=1) / others, index.sum(axis=0) / others
    return Flows(plus, minus, plus - minus)
