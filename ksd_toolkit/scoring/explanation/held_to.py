"""Who is held to what: usulan as sides of a comparison, and the border of a class as one."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ksd_toolkit.errors import MethodError
from ksd_toolkit.remembering import remembered
from ksd_toolkit.scoring.explanation.arrays import arrays_of
from ksd_toolkit.scoring.explanation.splits import Side, side
from ksd_toolkit.scoring.kernel import Booleans, Floats
from ksd_toolkit.scoring.method import Band

if TYPE_CHECKING:
    from ksd_toolkit.scoring.ranking import Ranking


def usulan_side(ranking: "Ranking", usulan: list[str]) -> Side:
    """Usulan as one side of a comparison."""
    known = arrays_of(ranking)
    rows = known.rows(usulan)
    return _side(ranking, known.units[rows], known.applicable[rows])


def border_side(ranking: "Ranking", usulan: str) -> Side:
    """An usulan that stands just at the border of a class in all that this one answered."""
    if not ranking.method.has_classes:
        raise MethodError("explain.no_classes", name=ranking.method.name)
    applicable = answered(ranking, usulan).to_numpy()[None, :]
    units = np.full(applicable.shape, border_held_to(ranking, usulan).lower / 100.0)
    return _side(ranking, units, applicable)


def _side(ranking: "Ranking", units: Floats, applicable: Booleans) -> Side:
    lowest = ranking.method.geometric_lowest
    return side(units, applicable, stated_weights(ranking), ranking.tree, lowest)


def stated_weights(ranking: "Ranking") -> Floats:
    """The weights by criterion, in table order."""
    return np.array(list(ranking.method.weights.values()))


def answered(ranking: "Ranking", usulan: str) -> "pd.Series[bool]":
    """Which criteria apply to an usulan and were answered."""
    return remembered("answered", usulan, ranking, lambda: _answered(ranking, usulan)).copy()


def _answered(ranking: "Ranking", usulan: str) -> "pd.Series[bool]":
    known = arrays_of(ranking)
    has = known.has[known.places[usulan]]
    return pd.Series(has, index=list(ranking.method.weights), dtype=bool)


def ranked(ranking: "Ranking", usulan: str) -> str:
    """The id of an usulan that is ranked.

    Raises:
        MethodError: There is no such usulan, or a gate stopped it.
    """
    found = ranking.find(usulan)
    if found not in ranking.table.index:
        raise MethodError("explain.not_ranked", usulan=found)
    return found


def border_held_to(ranking: "Ranking", usulan: str) -> Band:
    """The class whose lower border an usulan's points are held to."""
    bands = ranking.method.bands
    points = float(ranking.table["points"][usulan])
    reached = next((n for n, band in enumerate(bands) if points >= band.lower), len(bands) - 1)
    return bands[max(reached - 1, 0) if reached == len(bands) - 1 else reached]
