"""What a method weighs, laid out for the draws: usulan by criteria, and which cells may be doubted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from ksd_toolkit.answers.quality.ratings import scores_of
from ksd_toolkit.scoring.basis import Basis
from ksd_toolkit.scoring.kernel import Booleans, Floats
from ksd_toolkit.scoring.method import Method
from ksd_toolkit.scoring.preference import Preference

if TYPE_CHECKING:
    from ksd_toolkit.scoring.tree import Node

_RATED: Final = frozenset({"nilai", "usulan"})
_ROLES: Final = ("TKKSD", "OPD")
_PAIR: Final = 2


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """n usulan by m criteria as a method weighs them, with all the draws need to know.

    `answers`: n x m on the criteria's scales, NaN where unanswered. `applicable`: n x m, False where
    a criterion leaves the base. `weights`: m, not negative, in any unit. `lows`, `highs`: m, the ends
    of each scale. `rising`: m, False where a high answer is bad. `rated`: m, True where somebody
    chose a level and may have been a step off. `opinions`: by row and column the answers of the
    raters whose median stands in `answers`, where there are several. `root`: the tree the values
    become one number by. `lowest`: what the lowest answer counts under a geometric node.
    `preferences`: m for PROMETHEE II, empty for every other method. `decimals`: points 0 to 100 equal
    to so many decimals are a tie, as in the printed list.
    """

    answers: Floats
    applicable: Booleans
    weights: Floats
    lows: Floats
    highs: Floats
    rising: Booleans
    rated: Booleans
    opinions: Mapping[tuple[int, int], Floats]
    root: "Node"
    lowest: float
    preferences: tuple[Preference, ...] = ()
    decimals: int = 7

    def __repr__(self) -> str:
        n, m = self.answers.shape
        return f"Judged({n} usulan, {m} kriteria)"

    @property
    def missing(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Rows and columns of what was asked, weighs and was not answered."""
        asked = self.applicable & (self.weights > 0)
        rows, columns = np.nonzero(np.isnan(self.answers) & asked)
        return rows, columns

    @property
    def disputed(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Rows and columns of answers that are the median of several raters and weigh."""
        counted = self.applicable & (self.weights > 0)
        found = sorted(cell for cell in self.opinions if counted[cell])
        rows = np.array([row for row, _ in found], dtype=np.intp)
        return rows, np.array([column for _, column in found], dtype=np.intp)

    @property
    def noisy(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Rows and columns of rated answers that weigh."""
        counted = self.applicable & self.rated & (self.weights > 0)
        rows, columns = np.nonzero(~np.isnan(self.answers) & counted)
        return rows, columns


def judged(
    basis: Basis,
    method: Method,
    root: "Node",
    rows: NDArray[np.intp],
    *,
    raters: bool | None = None,
) -> Judged:
    """Some usulan of a basis as a method weighs them.

    Args:
        basis: Answers of all usulan.
        method: Its criteria give scales and directions, its weights what counts.
        root: The method's tree.
        rows: The place in the basis of each usulan that is ranked, in any order.
        raters: Whether single raters are looked up; as the method says unless given.
    """
    raters = method.uncertainty.raters if raters is None else raters
    criteria = method.criteria
    lows, highs = np.array([criterion.scale for criterion in criteria], dtype=np.float64).T
    promethee = method.aggregation == "promethee"
    return Judged(
        answers=basis.leaves.answers.to_numpy(dtype=np.float64)[rows],
        applicable=basis.leaves.applicable.to_numpy()[rows],
        weights=np.array(list(method.weights.values())),
        lows=lows,
        highs=highs,
        rising=np.array([criterion.direction == "+" for criterion in criteria]),
        rated=np.array([criterion.origin in _RATED for criterion in criteria]),
        opinions=_opinions(basis, method, rows) if raters else {},
        root=root,
        lowest=method.geometric_lowest,
        preferences=tuple(c.preference for c in criteria) if promethee else (),
        decimals=method.decimals,
    )


def _opinions(
    basis: Basis, method: Method, rows: NDArray[np.intp]
) -> dict[tuple[int, int], Floats]:
    """Every rater's answer where the official one is the median of several."""
    usulan = basis.leaves.answers.index[rows]
    place = {name: number for number, name in enumerate(usulan)}
    column = {c.code: number for number, c in enumerate(method.criteria) if c.origin == "nilai"}
    source = basis.leaves.source
    found = {}
    for role in _ROLES:
        scores = scores_of(basis.register, role).droplevel("opd_kode")
        several = scores[scores.notna().sum(axis=1) >= _PAIR]
        for (name, code), given in zip(several.index, several.to_numpy(), strict=True):
            if name in place and code in column and source.at[name, code] == role:
                found[place[name], column[code]] = given[~np.isnan(given)]
    return found
