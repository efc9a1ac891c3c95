"""How the values of regions lie: their number, mean, median and quartiles; what is missing is not counted."""

import math
from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np

from ksd_toolkit.rollup.rules import RollUpRules

SPREAD: Final = ("regions", "mean", "lowest", "quartile_1", "median", "quartile_3", "highest")
_NONE: Final = float("nan")


def spread_of(values: Iterable[float], rules: RollUpRules) -> Mapping[str, float]:
    """The spread of one value a region, each region counting alike.

    Args:
        values: One a region; NaN where nothing is known, which leaves the count.
        rules: From how many regions quartiles are given.

    Returns:
        By the names of `SPREAD`; NaN where there is none. The order of the values is of no account.

    Source:
        Quartiles: Hyndman & Fan 1996 type 7, linear between two values (`knowledge/rollup.toml`).
    """
    known = sorted(value for value in values if not math.isnan(value))
    found = dict.fromkeys(SPREAD, _NONE) | {"regions": float(len(known))}
    if not known:
        return found
    found |= {
        "mean": math.fsum(known) / len(known),
        "lowest": known[0],
        "median": float(np.quantile(known, 0.5)),
        "highest": known[-1],
    }
    if len(known) >= rules.quartiles_from:
        found["quartile_1"] = float(np.quantile(known, 0.25))
        found["quartile_3"] = float(np.quantile(known, 0.75))
    return found


def percent_of(part: float | None, whole: float | None) -> float:
    """A share in percent, 0 to 100; NaN where there is no whole or a side is not known."""
    return _NONE if part is None or not whole else 100 * part / whole
