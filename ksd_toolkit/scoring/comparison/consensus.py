"""Several rankings of the same usulan in, one common order out: Borda, Copeland, Condorcet, correlation.

A ranking is a voter. Voters that do not rank an usulan say nothing about it, so only usulan that
every voter with a weight ranks are compared; the others are named, not guessed.
"""

import math
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ksd_toolkit.answers.quality.coefficients import mean_ranks
from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring.kernel import Booleans, Floats, shared_ranks

_SUM_GUARD: Final = 9  # decimals; weights such as 0.1 and 0.2 add up to a hair more than 0.3
_PAIR: Final = 2

Correlation = Literal["spearman", "kendall"]


@dataclass(frozen=True, slots=True, eq=False)
class Consensus:
    """What several rankings say together.

    `table`: by usulan `borda` (points: others it stands above, half for those beside it, times the
    weight of the ranking), `borda_rank`, `wins`, `ties`, `losses` (pairs, by majority of weight),
    `copeland` (wins and half the ties) and `copeland_rank`; equal ones share the smaller rank.
    `support`: the weight that puts the row above the column, half of it where they are equal.
    `condorcet`: the usulan that beats every other one; empty where there is none.
    `unranked`: usulan that some ranking does not rank.
    """

    table: pd.DataFrame
    support: pd.DataFrame
    condorcet: str
    unranked: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Consensus({len(self.table)} usulan, Condorcet: {self.condorcet or '-'})"


def consensus(ranks: pd.DataFrame, weights: "pd.Series[float] | None" = None) -> Consensus:
    """The common order of several rankings.

    Args:
        ranks: Usulan by ranking, 1 is best, equal ranks are ties; missing where a ranking does not
            rank an usulan.
        weights: The weight of each ranking, not negative; all the same unless given.

    Raises:
        MethodError: There is no ranking, or the weights name others, are negative or sum to 0.

    Source:
        Borda (1784) and Copeland (1951); ties share points, as in Kendall (1962), Rank Correlation.
    """
    voice = _voices(ranks, weights)
    heard = ranks.loc[:, voice.index[voice > 0]].astype("float64")
    complete = heard.notna().all(axis=1)
    judged = heard[complete]
    support = pairwise_support(
        judged.to_numpy().T, np.asarray(voice[judged.columns], dtype=np.float64)
    )
    table = pd.DataFrame(tally(support), index=judged.index)
    beaten = table["wins"] == len(table) - 1
    return Consensus(
        table=table,
        support=pd.DataFrame(support, index=judged.index, columns=judged.index),
        condorcet=str(table.index[beaten][0]) if beaten.any() else "",
        unranked=tuple(str(usulan) for usulan in ranks.index[~complete]),
    )


def _voices(ranks: pd.DataFrame, weights: "pd.Series[float] | None") -> "pd.Series[float]":
    """One weight per ranking, in the order of the rankings."""
    if ranks.columns.empty:
        raise MethodError("comparison.no_rankings")
    if weights is None:
        return pd.Series(1.0, index=ranks.columns)
    if set(weights.index) != set(ranks.columns) or not weights.index.is_unique:
        names = ", ".join(sorted(str(name) for name in set(weights.index) ^ set(ranks.columns)))
        raise MethodError("comparison.voices_other", names=names or "-")
    voice = weights.astype("float64").reindex(ranks.columns)
    if not np.isfinite(voice.to_numpy()).all() or (voice < 0).any() or voice.sum() <= 0:
        raise MethodError("comparison.voices_bad")
    return voice


def pairwise_support(ranks: Floats, weights: Floats) -> Floats:
    """The weight of the k rankings that put usulan i above usulan j, n x n; ties count half.

    Args:
        ranks: k rankings of n usulan, 1 is best, none missing.
        weights: k weights, not negative.
    """
    count = ranks.shape[1]
    support = np.zeros((count, count))
    for ranking, weight in zip(ranks, weights, strict=True):
        above = ranking[:, None] < ranking[None, :]
        beside = ranking[:, None] == ranking[None, :]
        support += weight * (above + 0.5 * beside)
    np.fill_diagonal(support, 0.0)
    return support


def tally(support: Floats) -> dict[str, NDArray[np.float64] | NDArray[np.int64]]:
    """Borda points and Copeland's pairs of a matrix of pairwise support, with their ranks."""
    exact = np.round(support, _SUM_GUARD)
    borda = np.zeros(len(support))
    for column in support.T:
        borda += column
    off = ~np.eye(len(support), dtype=bool)
    wins, losses = ((exact > exact.T) & off).sum(axis=1), ((exact < exact.T) & off).sum(axis=1)
    ties = len(support) - 1 - wins - losses
    copeland = wins + ties / 2
    return {
        "borda": borda, "borda_rank": shared_ranks(np.round(borda, _SUM_GUARD)),
        "wins": wins, "ties": ties, "losses": losses,
        "copeland": copeland, "copeland_rank": shared_ranks(copeland),
    }  # fmt: skip


def correlations(ranks: pd.DataFrame, kind: Correlation) -> pd.DataFrame:
    """How alike rankings are, each with each: 1 the same order, -1 the opposite.

    Two rankings are compared over the usulan both rank. Where one of them tells none of these apart,
    there is no correlation and the cell is missing: it is not 0.

    Args:
        ranks: Usulan by ranking, missing where a ranking does not rank an usulan.
        kind: `spearman` (rho, equal ranks share their mean) or `kendall` (tau-b, corrected for ties).

    Source:
        Spearman (1904); Kendall (1945), The treatment of ties in ranking problems.
    """
    matrix = ranks.to_numpy(dtype="float64").T
    known = ~np.isnan(matrix)
    of_two = {"spearman": spearman_rho, "kendall": kendall_tau}[kind]
    found = np.array(
        [
            [of_two(*_both(matrix, known, i, j)) for j in range(len(matrix))]
            for i in range(len(matrix))
        ]
    )
    found = found.reshape(len(matrix), len(matrix))
    return pd.DataFrame(found, index=ranks.columns, columns=ranks.columns)


def _both(matrix: Floats, known: Booleans, one: int, other: int) -> tuple[Floats, Floats]:
    both = known[one] & known[other]
    return matrix[one, both], matrix[other, both]


def spearman_rho(one: Floats, other: Floats) -> float:
    """Spearman's rho of two complete rankings of n usulan; NaN where one of them is constant.

    Twice the distance of a mean rank from the middle is a whole number, so the sums are exact and
    the same on every processor.
    """
    if len(one) < _PAIR:
        return float("nan")
    first, second = (
        np.round(2 * mean_ranks(ranks) - (len(one) + 1)).astype(np.int64) for ranks in (one, other)
    )
    return _ratio(int((first * second).sum()), int((first**2).sum()), int((second**2).sum()))


def kendall_tau(one: Floats, other: Floats) -> float:
    """Kendall's tau-b of two complete rankings of n usulan; NaN where one of them is constant."""
    same = first = second = 0
    for row in range(len(one) - 1):
        above = np.sign(one[row + 1 :] - one[row]).astype(np.int64)
        beyond = np.sign(other[row + 1 :] - other[row]).astype(np.int64)
        same += int((above * beyond).sum())
        first += int((above**2).sum())
        second += int((beyond**2).sum())
    return _ratio(same, first, second)


def _ratio(together: int, one: int, other: int) -> float:
    """Together over the geometric mean of each alone, exact where the root is whole."""
    if not one or not other:
        return float("nan")
    return together / math.sqrt(one * other)
