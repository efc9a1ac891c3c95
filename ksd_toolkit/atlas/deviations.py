"""How far each of many values lies from what another reckoning expects, against how far values usually lie.

These functions trust their input; `cross_check` chooses, labels and explains.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

_NOTHING: Final = 0.0
_FINEST: Final = 6  # decimals
_HAIR: Final = 1e-9  # what floating point adds or lacks


@dataclass(frozen=True, slots=True, eq=False)
class Deviations:
    """Values against what is expected of them.

    Attributes:
        is_off: Which values lie too far away.
        is_above: Which of them lie above what is expected.
        low: The least value that would not be doubted.
        high: The greatest.
    """

    is_off: NDArray[np.bool_]
    is_above: NDArray[np.bool_]
    low: Values
    high: Values


def off_by(differences: Values, spread: float, least: float) -> tuple[float, float]:
    """The usual difference and how much more or less of it is too much.

    Args:
        differences: Finite differences (n,), n >= 1.
        spread: How many times the usual scatter is too much; the scatter is the median of the
            distances to the median, in whatever unit the caller scaled it to.
        least: What is never too much.
    """
    centre = float(np.median(differences))
    scatter = float(np.median(np.abs(differences - centre)))
    return centre, max(spread * scatter, least)


def ratio_deviations(values: Values, expected: Values, spread: float, least: float) -> Deviations:
    """Positive values against positive expectations, up to a common factor.

    Args:
        values: Positive values (n,), n >= 1.
        expected: Positive expectations (n,), in any unit.
        spread: How many times the usual scatter of the log ratio is too much.
        least: The least share (0.15 for 15 %) that counts as off.
    """
    differences = np.log(values) - np.log(expected)
    centre, limit = off_by(differences, spread, float(np.log1p(least)))
    usual = expected * np.exp(centre)
    off = differences - centre
    factor = np.exp(limit)
    return Deviations(np.abs(off) > limit, off > _NOTHING, usual / factor, usual * factor)


def equal_deviations(values: Values, expected: Values, least: float) -> Deviations:
    """Values that should equal others but for rounding; any sign, zero included.

    Args:
        values: Finite values (n,).
        expected: What they should be (n,).
        least: The least share of the greater that counts as off; half a step of either rounding
            never does.
    """
    steps = (rounding_step(values) + rounding_step(expected)) / 2
    room = np.maximum(least * np.maximum(np.abs(values), np.abs(expected)), steps * (1 + _HAIR))
    off = np.abs(values - expected) > room
    return Deviations(off, values > expected, expected - room, expected + room)


def rounding_step(values: Values) -> float:
    """The step all values are multiples of: 1, 0.1, ... 0.000001; 0 where they are finer, or none.

    Args:
        values: Finite values (n,).
    """
    if not len(values):
        return 0.0
    for places in range(_FINEST + 1):
        rounded = np.round(values, places)
        if (np.abs(values - rounded) <= _HAIR * np.maximum(1.0, np.abs(values))).all():
            return float(10.0**-places)
    return 0.0
