"""Shares of 100 percent from points on sliders: what is locked keeps its share, the rest follows the points.

Counted in tenths of a percent, so that the shares a screen shows are the weights a run uses and always
add up to 100.0. The page that scores in a browser does the same arithmetic in the same order.
"""

import math
from collections.abc import Collection, Mapping
from typing import Final

from ksd_toolkit.errors import MethodError

TENTHS: Final = 1_000
"""All weights together, in tenths of a percent."""


def shares(
    points: Mapping[str, float],
    locked: Mapping[str, float] | None = None,
    off: Collection[str] = (),
) -> dict[str, float]:
    """The weight of every criterion in percent, to one decimal; together exactly 100.0.

    Largest remainder: everyone gets the whole tenths of its part, then the largest remainders one tenth
    more each, in table order where they are equal.

    Args:
        points: Points 0 to 100 by criterion, in table order.
        locked: Shares in percent that stay as they are.
        off: Criteria that weigh nothing; they win over `locked`.

    Raises:
        MethodError: Nothing weighs anything, locked shares exceed 100, or a criterion is unknown.

    Source:
        Hare and Niemeyer's method of the largest remainder.
    """
    fixed = {code: round(10 * share) for code, share in (locked or {}).items() if code not in off}
    _check(points, fixed, off)
    free = {code: value for code, value in points.items() if code not in fixed and code not in off}
    if not any(free.values()):
        free = dict.fromkeys(free, 1.0)
    rest = TENTHS - sum(fixed.values())
    if not free:
        free, fixed, rest = {code: float(part) for code, part in fixed.items()}, {}, TENTHS
    parts = _by_largest_remainder(free, rest) | fixed
    return {code: parts.get(code, 0) / 10 for code in points}


def _by_largest_remainder(points: Mapping[str, float], whole: int) -> dict[str, int]:
    total = 0.0
    for value in points.values():
        total += value
    exact = {code: value * whole / total for code, value in points.items()}
    parts = {code: math.floor(value) for code, value in exact.items()}
    left = whole - sum(parts.values())
    places = {code: place for place, code in enumerate(points)}
    by_remainder = sorted(points, key=lambda code: (parts[code] - exact[code], places[code]))
    return {code: parts[code] + (code in by_remainder[:left]) for code in points}


def _check(points: Mapping[str, float], fixed: Mapping[str, int], off: Collection[str]) -> None:
    unknown = sorted({*fixed, *off} - points.keys())
    if unknown:
        raise MethodError("method.unknown_criterion", codes=", ".join(unknown))
    odd = [code for code, value in points.items() if not 0 <= value <= 100]  # noqa: PLR2004  also NaN
    if odd:
        raise MethodError("scenario.points", codes=", ".join(odd))
    if not points.keys() - set(off) or sum(fixed.values()) > TENTHS:
        raise MethodError("scenario.nothing_weighs")
