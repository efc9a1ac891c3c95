"""How firm a rank is: the same usulan ranked again under thousands of slightly different weights."""

import numpy as np
import pandas as pd

from ksd_toolkit.scoring.kernel import Booleans, Floats, shared_ranks
from ksd_toolkit.scoring.method import Uncertainty

_CHUNK = 1_000
_TIE_DECIMALS = 9  # equal answer profiles stay equal whatever the last bit of their sums


def weight_draws(weights: Floats, uncertainty: Uncertainty) -> Floats:
    """Weights drawn around the stated ones, S x m, each row summing to 1.

    Dirichlet with parameters concentration x weight: a weight w has the standard deviation
    sqrt(w (1 - w) / (concentration + 1)). A criterion without weight stays without.
    """
    share = weights / weights.sum()
    used = share > 0
    generator = np.random.default_rng(uncertainty.seed)
    drawn = np.zeros((uncertainty.draws, len(weights)))
    drawn[:, used] = generator.standard_gamma(
        uncertainty.concentration * share[used], size=(uncertainty.draws, int(used.sum()))
    )
    total = np.zeros(len(drawn))
    for column in drawn.T:
        total += column
    return drawn / total[:, None]


def rank_acceptability(
    values: Floats, applicable: Booleans, weights: Floats, uncertainty: Uncertainty
) -> pd.DataFrame:
    """How often each of n usulan takes which rank when the weights are shaken.

    Only the weights are drawn; answers stay as given and unanswered leaves stay outside the base.

    Returns:
        One row per usulan: `top_share` (0 to 1, share of draws among the first `top`),
        `first_share`, `rank_low` and `rank_high` (the interval of ranks), `rank_mean`.

    Source:
        Lahdelma and Salminen, SMAA-2 (rank acceptability); ties share the smaller rank.
    """
    count = len(values)
    tallies = np.zeros((count, count + 1), dtype=np.int64)
    draws = weight_draws(weights, uncertainty)
    for start in range(0, len(draws), _CHUNK):
        scores = _scores(values, applicable, draws[start : start + _CHUNK])
        ranks = shared_ranks(np.round(scores, _TIE_DECIMALS))
        cells = np.arange(count) * (count + 1) + ranks
        tallies += np.bincount(cells.ravel(), minlength=tallies.size).reshape(tallies.shape)
    return _summary(tallies[:, 1:], uncertainty)


def _scores(values: Floats, applicable: Booleans, draws: Floats) -> Floats:
    """Draws x n scores, leaves added in table order."""
    gained, answered = np.zeros((len(draws), len(values))), np.zeros((len(draws), len(values)))
    for column in range(values.shape[1]):
        has = ~np.isnan(values[:, column]) & applicable[:, column]
        weight = draws[:, column, None]
        gained += weight * np.where(has, np.nan_to_num(values[:, column]), 0.0)
        answered += weight * has
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(answered > 0, gained / answered, np.nan)


def _summary(
    tallies: "np.ndarray[tuple[int, int], np.dtype[np.int64]]", uncertainty: Uncertainty
) -> pd.DataFrame:
    ranks = np.arange(1, tallies.shape[1] + 1)
    draws = tallies.sum(axis=1)
    reached = tallies.cumsum(axis=1)
    low, high = (
        1 + (reached < np.ceil(edge * draws)[:, None]).sum(axis=1) for edge in uncertainty.interval
    )
    return pd.DataFrame(
        {
            "first_share": tallies[:, 0] / draws if tallies.size else [],
            "top_share": tallies[:, : uncertainty.top].sum(axis=1) / draws,
            "rank_low": low,
            "rank_high": high,
            "rank_mean": (tallies * ranks).sum(axis=1) / draws,
        }
    )
