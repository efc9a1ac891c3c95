"""A ranking's tables as arrays, so that a thousand suppositions about it need not look into tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ksd_toolkit.remembering import remembered
from ksd_toolkit.scoring.classes import benefit_unknown
from ksd_toolkit.scoring.kernel import Booleans, Floats

if TYPE_CHECKING:
    from ksd_toolkit.scoring.ranking import Ranking


@dataclass(frozen=True, slots=True, eq=False)
class Arrays:
    """What a ranking was made of: one row per usulan, ranked or not, one column per criterion.

    `places`: the row of each usulan by its id. `answers`: 1 to 5, NaN where blank. `applicable`:
    False where a criterion leaves the base. `scaled`: the values 0 to 1. `units`: what is weighed. `weights`: percent
    by criterion. `points` and `coverage`: as in the table, NaN for who is not ranked. `unknown`: whose
    class is capped, for the partner's benefit is not known.
    """

    places: dict[str, int]
    answers: Floats
    applicable: Booleans
    scaled: Floats
    units: Floats
    weights: Floats
    points: Floats
    coverage: Floats
    unknown: Booleans

    @property
    def has(self) -> Booleans:
        """Which criteria apply and were answered."""
        has: Booleans = ~np.isnan(self.answers) & self.applicable
        return has

    def rows(self, usulan: Sequence[str]) -> NDArray[np.intp]:
        """The rows of some usulan."""
        return np.array([self.places[name] for name in usulan], dtype=np.intp)


def arrays_of(ranking: "Ranking") -> Arrays:
    """The arrays of a ranking; nothing in them may be changed."""
    return remembered("arrays", None, ranking, lambda: _arrays(ranking))


def _arrays(ranking: "Ranking") -> Arrays:
    usulan, leaves, method = ranking.units.index, ranking.leaves, ranking.method
    where = leaves.answers.index.get_indexer(usulan)
    listed = usulan.get_indexer(ranking.table.index)
    printed = np.full((2, len(usulan)), np.nan)
    printed[:, listed] = ranking.table[["points", "coverage"]].to_numpy(dtype="float64").T
    return Arrays(
        places={str(name): place for place, name in enumerate(usulan)},
        answers=leaves.answers.to_numpy(dtype="float64")[where],
        applicable=leaves.applicable.to_numpy(dtype=bool)[where],
        scaled=ranking.values.to_numpy(dtype="float64"),
        units=ranking.units.to_numpy(dtype="float64"),
        weights=np.array(list(method.weights.values())),
        points=printed[0],
        coverage=printed[1],
        unknown=(
            benefit_unknown(ranking.register, method, usulan)
            if method.has_classes
            else np.zeros(len(usulan), dtype=bool)
        ),
    )
