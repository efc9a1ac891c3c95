"""Several members, one set of weights: joined judgements or joined priorities, and how far they agree."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ksd_toolkit.answers.quality import coefficients
from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring.weights.eigen import Floats

_PLACES: Final = 9  # weights that differ by floating point alone share their rank


@dataclass(frozen=True, slots=True)
class Concordance:
    """Kendall's W of `judges` rankings of `objects`: 0 no agreement, 1 the same order throughout.

    `chi_square` with `objects - 1` degrees of freedom and `p_value` are Friedman's test. All three
    are None where nothing can be said: one judge, one object, or everything tied for everybody.
    """

    judges: int
    objects: int
    w: float | None
    chi_square: float | None
    p_value: float | None


def joined_judgements(matrices: Floats, members: Floats) -> Floats:
    """AIJ: the weighted geometric mean of K reciprocal matrices, n x n, which is reciprocal again.

    A comparison counts for the members who made it; it stays missing (NaN) where nobody did.

    Args:
        matrices: K x n x n, NaN where a member did not compare.
        members: K weights, positive.

    Source:
        Aczel & Saaty (1983) J. Math. Psychology 27:93-102; Forman & Peniwati (1998) EJOR 108:165-169.
    """
    total, weight = np.zeros(matrices.shape[1:]), np.zeros(matrices.shape[1:])
    for matrix, member in zip(matrices, members, strict=True):
        made = ~np.isnan(matrix)
        total += np.where(made, member * np.log(np.where(made, matrix, 1.0)), 0.0)
        weight += np.where(made, member, 0.0)
    known = weight > 0
    return np.where(known, np.exp(total / np.where(known, weight, 1.0)), np.nan)


def joined_priorities(weights: Floats, members: Floats) -> Floats:
    """AIP: the weighted geometric mean of K priorities (K x n), made to sum to 1.

    Where a member gives a criterion no weight at all the geometric mean would strike it out for
    everybody; there the weighted arithmetic mean is taken, see `strikes_out`.

    Source:
        Forman & Peniwati (1998) EJOR 108:165-169 (both means are admissible for priorities).
    """
    if strikes_out(weights):
        joined = _mean(weights, members)
    else:
        joined = np.exp(_mean(np.log(weights), members))
    return joined / math.fsum(joined)


def strikes_out(weights: Floats) -> bool:
    """Whether a geometric mean would let one member's nought decide for all."""
    return bool((weights <= 0).any())


def member_shares(members: Mapping[str, float]) -> dict[str, float]:
    """The members' weights made to sum to 1.

    Raises:
        MethodError: There is no member, or one without a positive weight.
    """
    wrong = [name for name, weight in members.items() if not 0 < weight < math.inf]
    if not members or wrong:
        raise MethodError("weights.member_weight", members=", ".join(wrong) or "-")
    total = math.fsum(members.values())
    return {name: weight / total for name, weight in members.items()}


def kendall_w(ratings: Floats | Sequence[Sequence[float]]) -> Concordance:
    """How far K judges order n objects alike, ties counted.

    Args:
        ratings: K x n, one row a judge; only the order within a row counts.

    Raises:
        MethodError: A rating is missing or infinite.

    Source:
        Kendall & Babington Smith (1939); Hollander & Wolfe (1973) 140 (ties).
    """
    table = np.asarray(ratings, dtype=np.float64)
    if table.ndim != 2 or not np.isfinite(table).all():  # noqa: PLR2004  judges by objects
        raise MethodError("weights.ratings")
    judges, objects = table.shape
    found = coefficients.kendall_w(np.round(table, _PLACES).T)
    if math.isnan(found):
        return Concordance(judges, objects, None, None, None)
    from scipy.special import chdtrc  # noqa: PLC0415  slow to load, and seldom needed

    w = min(1.0, found)
    chi_square = judges * (objects - 1) * w
    return Concordance(judges, objects, w, chi_square, float(chdtrc(objects - 1, chi_square)))


def _mean(values: Floats, members: Floats) -> Floats:
    total = np.zeros(values.shape[1])
    for row, member in zip(values, members, strict=True):
        total += member * row
    return total / math.fsum(members)
