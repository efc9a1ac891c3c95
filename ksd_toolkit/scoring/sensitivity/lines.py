"""Closed forms for one weight moved and the others rescaled: where two scores meet, where one meets a border.

Moving one weight to t and keeping the proportions of the others makes the numerator and the
denominator of every weighted mean a straight line in t. So a score reaches a border at the root of a
line; two scores meet at the root of a line, or of a quadratic where they answered different criteria.
"""

import math
from typing import NamedTuple

import numpy as np

from ksd_toolkit.scoring.kernel import Booleans, Floats
from ksd_toolkit.scoring.tree import Node

_FLAT = 1e-12  # a coefficient this small beside the others is a sum of floats that should be 0


class Line(NamedTuple):
    """A score as (start + slope t) / (base + base_slope t), t the moved weight in percent."""

    start: float
    slope: float
    base: float
    base_slope: float


def straight_units(units: Floats, root: Node, lowest: float) -> Floats | None:
    """What the score is a weighted mean of: the units, or their logarithms; None where a tree mixes both.

    Args:
        units: n x m values 0 to 1, or net flows; NaN where unanswered.
        root: The tree over the m columns.
        lowest: What a geometric node takes the value 0 for.
    """
    if root.additive:
        return units
    if _multiplies(root):
        return np.log(lowest + (1.0 - lowest) * units)
    return None


def straight_border(border: float, root: Node, lowest: float) -> float:
    """A score 0 to 1 on the scale of `straight_units`."""
    return border if root.additive else math.log(lowest + (1.0 - lowest) * border)


def _multiplies(node: Node) -> bool:
    return node.aggregation == "geometric" and all(_multiplies(child) for child in node.children)


def line(units: Floats, has: Booleans, weights: Floats, column: int) -> Line:
    """How the score of one usulan follows one weight.

    Args:
        units: m straight units of the usulan.
        has: m flags, False where unanswered or not applicable.
        weights: m weights in percent; that of `column` below their sum.
        column: The weight that moves.
    """
    gained = base = rest = 0.0
    for other, weight in enumerate(weights):
        if other != column:
            rest += weight
            gained += weight * units[other] if has[other] else 0.0
            base += weight if has[other] else 0.0
    if not has[column]:  # the others keep their proportions: nothing changes
        return Line(gained, 0.0, base, 0.0)
    if base <= 0:  # nothing else weighs: as long as it does, the score is this one answer
        return Line(float(units[column]), 0.0, 1.0, 0.0)
    whole = (rest + weights[column]) / rest
    return Line(
        whole * gained, float(units[column]) - gained / rest, whole * base, 1.0 - base / rest
    )


def meetings(one: Line, other: Line) -> list[float]:
    """The weights at which two scores are equal, rising; empty where never or everywhere."""
    if one[2:] == other[2:]:
        return _roots(one.start - other.start, one.slope - other.slope, 0.0)
    return _roots(
        one.start * other.base - other.start * one.base,
        one.start * other.base_slope
        + one.slope * other.base
        - other.start * one.base_slope
        - other.slope * one.base,
        one.slope * other.base_slope - other.slope * one.base_slope,
    )


def reaches(one: Line, border: float) -> list[float]:
    """The weight at which a score is `border`; empty where never or everywhere."""
    return _roots(one.start - border * one.base, one.slope - border * one.base_slope, 0.0)


def _roots(constant: float, slope: float, square: float) -> list[float]:
    """Where constant + slope t + square t^2 is 0, without the loss of digits of the school formula.

    The coefficients are looked at for t of 0 to 100, so that each counts with the size it can have.
    """
    sizes = abs(constant), 100.0 * abs(slope), 10_000.0 * abs(square)
    small = _FLAT * max(*sizes, 1.0)
    if sizes[2] <= small:
        return [] if sizes[1] <= small else [-constant / slope]
    inside = slope * slope - 4.0 * square * constant
    if inside < 0:
        return []
    half = -0.5 * (slope + math.copysign(math.sqrt(inside), slope))
    found = {half / square, constant / half if half else half / square}
    return sorted(found)
