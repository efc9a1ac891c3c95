"""AHP: priorities from pairwise judgements, how consistent they are, and which to look at again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np

from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring.weights.comparisons import Pair, check_matrix, comparison_matrix
from ksd_toolkit.scoring.weights.eigen import (
    Floats,
    column_normalised,
    completed,
    principal_eigenvectors,
    row_geometric_means,
)
from ksd_toolkit.scoring.weights.groups import joined_judgements
from ksd_toolkit.scoring.weights.limits import RandomIndex, check_choice, random_index
from ksd_toolkit.scoring.weights.revisit import Revisit, worst_fitting

Derivation = Literal["eigenvector", "row_geometric_mean", "column_normalised"]
DERIVATIONS: Final[tuple[Derivation, ...]] = get_args(Derivation)


@dataclass(frozen=True, slots=True)
class Priorities:
    """Weights by criterion (sum 1) from one table of pairwise judgements.

    `consistency_ratio` is `consistency_index / random_index` of the table `random_index_name`;
    nought for up to two criteria. `completed` are the comparisons nobody made, with the value that
    makes lambda_max smallest; `made` are those made, as `(first, second, ratio)`. `revisit` are the judgements that fit worst, the worst first.
    """

    derivation: Derivation
    weights: Mapping[str, float]
    lambda_max: float
    consistency_index: float
    consistency_ratio: float
    random_index: float
    random_index_name: str
    made: tuple[tuple[str, str, float], ...]
    completed: Mapping[tuple[str, str], float]
    revisit: tuple[Revisit, ...]

    def __repr__(self) -> str:
        shares = ", ".join(f"{code} {100 * share:.2f} %" for code, share in self.weights.items())
        return f"Priorities({shares}; CR {self.consistency_ratio:.3f}, RI {self.random_index_name})"


def ahp_weights(
    comparisons: Sequence[Pair],
    criteria: Sequence[str] = (),
    *,
    table: str = "",
    derivation: Derivation = "eigenvector",
) -> Priorities:
    """The priorities of criteria compared in pairs.

    Args:
        comparisons: `(first, second, ratio)`, the ratio as written: `"3"`, `"1/3"`, `"0,5"`. Pairs
            may be missing as long as the others connect all criteria.
        criteria: All criteria, in the order of the result; as they appear where left out.
        table: Name of the random index table (`saaty`, `saaty_1980`, `donegan_dodd`).
        derivation: How weights are derived.

    Raises:
        MethodError: A judgement cannot be used, or the table does not go that far.

    Source:
        Saaty (1990) EJOR 48:9-26; Bozoki, Fulop & Ronyai (2010) for missing comparisons.
    """
    seen = [name for first, second, _ in comparisons for name in (first, second)]
    names = list(criteria) or list(dict.fromkeys(seen))
    if not names:
        raise MethodError("weights.matrix_shape", size=0)
    return priorities(
        comparison_matrix(names, comparisons), names, table=table, derivation=derivation
    )


def priorities(
    matrix: Floats, names: Sequence[str], *, table: str = "", derivation: Derivation = "eigenvector"
) -> Priorities:
    """The priorities of a reciprocal matrix; a missing comparison is NaN on both sides.

    Raises:
        MethodError: It is no matrix of pairwise comparisons.
    """
    check_choice(derivation, DERIVATIONS)
    matrix = np.asarray(matrix, dtype=np.float64)
    check_matrix(matrix, names)
    if repeated := sorted({name for name in names if list(names).count(name) > 1}):
        raise MethodError("method.repeated", codes=", ".join(repeated))
    index = random_index(table)
    missing = np.argwhere(np.triu(np.isnan(matrix), 1))
    full = completed(matrix)
    found, lambda_max = _derived(full, derivation)
    weights = dict(zip(names, found.tolist(), strict=True))
    made = _made(matrix, names)
    consistency_index, ratio, expected = _consistency(lambda_max, len(names), index)
    return Priorities(
        derivation=derivation,
        weights=weights,
        lambda_max=lambda_max,
        consistency_index=consistency_index,
        consistency_ratio=ratio,
        random_index=expected,
        random_index_name=index.name,
        made=made,
        completed={
            (names[row], names[column]): float(full[row, column]) for row, column in missing
        },
        revisit=worst_fitting(made, weights),
    )


def joined_ahp(
    judged: Sequence[Priorities], members: Sequence[float], *, table: str = ""
) -> Priorities:
    """AIJ: the priorities of the members' joined judgements, with a consistency of its own.

    Args:
        judged: What each member's judgements of the same criteria gave.
        members: The members' weights, positive.
        table: Name of the random index table.

    Source:
        Aczel & Saaty (1983); Forman & Peniwati (1998) EJOR 108:165-169.
    """
    names = list(judged[0].weights)
    matrices = np.stack([_matrix_of(one) for one in judged])
    joined = joined_judgements(matrices, np.array(members, dtype=np.float64))
    return priorities(joined, names, table=table, derivation=judged[0].derivation)


def _derived(full: Floats, derivation: Derivation) -> tuple[Floats, float]:
    """Weights and lambda_max of one matrix.

    Under the row geometric mean lambda_max is the matrix's own eigenvalue, so that CR means the same.
    """
    batch = full[None]
    if derivation == "column_normalised":
        weights, lambda_max = column_normalised(batch)
    else:
        weights, lambda_max = principal_eigenvectors(batch)
        if derivation == "row_geometric_mean":
            weights = row_geometric_means(batch)
    return weights[0], float(lambda_max[0])


def _consistency(lambda_max: float, size: int, index: RandomIndex) -> tuple[float, float, float]:
    """CI, CR and the random index; what floating point leaves below nought is nought."""
    expected = index.of(size)
    if expected == 0:
        return 0.0, 0.0, 0.0
    consistency_index = max(0.0, (lambda_max - size) / (size - 1))
    return consistency_index, consistency_index / expected, expected


def _made(matrix: Floats, names: Sequence[str]) -> tuple[tuple[str, str, float], ...]:
    """Every judgement that was made, once."""
    rows, columns = np.nonzero(np.triu(~np.isnan(matrix), 1))
    return tuple(
        (names[row], names[column], float(matrix[row, column]))
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
    )


def _matrix_of(judged: Priorities) -> Floats:
    """The matrix of the judgements made, NaN where none was."""
    place = {name: number for number, name in enumerate(judged.weights)}
    matrix = np.full((len(place), len(place)), np.nan)
    np.fill_diagonal(matrix, 1.0)
    for first, second, ratio in judged.made:
        matrix[place[first], place[second]] = ratio
        matrix[place[second], place[first]] = 1.0 / ratio
    return matrix
