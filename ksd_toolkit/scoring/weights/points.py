"""Weights people state as figures: 100 points shared out, or the swing of each criterion."""

import math
from collections.abc import Mapping
from typing import Final

from ksd_toolkit.errors import MethodError
from ksd_toolkit.messages import decimal
from ksd_toolkit.scoring.weights.limits import weighting_limits

_EXACT: Final = 1e-9  # 33.3 + 33.3 + 33.4 is 100 whatever floating point adds
_PLACES: Final = 2


def point_weights(points: Mapping[str, float]) -> dict[str, float]:
    """Weights (sum 1) from 100 points shared out among the criteria.

    Raises:
        MethodError: A figure is negative or none, or the points do not sum to 100; what is missing
            or too much is said, nothing is scaled silently.

    Source:
        Bottomley, Doyle & Green (2000) J. Consumer Research 27:151-168 (point allocation).
    """
    _check(points)
    whole = weighting_limits().points_total
    total = math.fsum(points.values())
    if abs(total - whole) > _EXACT:
        raise MethodError(
            "weights.points_short" if total < whole else "weights.points_over",
            whole=f"{whole:g}",
            **_told("total", total),
            **_told("gap", abs(total - whole)),
        )
    return {code: value / total for code, value in points.items()}


def swing_weights(swings: Mapping[str, float]) -> dict[str, float]:
    """Weights (sum 1) from swings: how much it is worth to raise a criterion from worst to best.

    The swing people would make first has 100, the others their share of it.

    Raises:
        MethodError: A figure is negative or none, or the largest is not 100.

    Source:
        von Winterfeldt & Edwards (1986) Decision Analysis and Behavioral Research, chapter 8.
    """
    _check(swings)
    highest = weighting_limits().swing_highest
    largest = max(swings.values())
    if abs(largest - highest) > _EXACT:
        raise MethodError("weights.swing", highest=f"{highest:g}", **_told("largest", largest))
    total = math.fsum(swings.values())
    return {code: value / total for code, value in swings.items()}


def _check(figures: Mapping[str, float]) -> None:
    wrong = [code for code, value in figures.items() if not 0 <= value < math.inf]
    if not figures or wrong:
        raise MethodError("weights.figure", codes=", ".join(wrong) or "-")


def _told(name: str, value: float) -> dict[str, str]:
    """A figure as either language writes it."""
    return {f"{name}_{lang}": decimal(value, _PLACES, lang) for lang in ("id", "en")}
