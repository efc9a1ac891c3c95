"""The draws scored and their ranks counted, and what the counts say of each usulan."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from ksd_toolkit.scoring.kernel import Booleans, Floats
from ksd_toolkit.scoring.method import Uncertainty
from ksd_toolkit.scoring.tree import flat
from ksd_toolkit.scoring.uncertainty.blocks import Block, Source, in_threads, pieces
from ksd_toolkit.scoring.uncertainty.judged import Judged
from ksd_toolkit.scoring.uncertainty.scores import drawn_scores
from ksd_toolkit.scoring.uncertainty.settings import uncertainty_settings
from ksd_toolkit.scoring.uncertainty.tallies import Bins, Counts, Tally, no_tally, rank_bins

_EDGE_DECIMALS: Final = 9  # 0.95 of 10,000 draws is the 9,500th, whatever the last bit says


def rank_firmness(found: Judged, uncertainty: Uncertainty) -> pd.DataFrame:
    """The `table` of `Acceptability` alone, one row per row of `found`."""
    return summary(count_ranks(found, uncertainty), uncertainty)


def rank_acceptability(
    values: Floats,
    applicable: Booleans,
    weights: Floats,
    uncertainty: Uncertainty,
    decimals: int | None = None,
) -> pd.DataFrame:
    """The `table` of `Acceptability` for an additive score whose answers stay as given.

    Args:
        values: n x m values 0 to 1, NaN where unanswered; only the weights are drawn.
        applicable: n x m, False where a criterion leaves the base.
        weights: m stated weights.
        uncertainty: How weights are drawn, and how often.
        decimals: Points 0 to 100 equal to so many decimals are a tie, as in a list printed so.
    """
    return rank_firmness(*weights_alone(values, applicable, weights, uncertainty, decimals))


def weights_alone(
    values: Floats,
    applicable: Booleans,
    weights: Floats,
    uncertainty: Uncertainty,
    decimals: int | None,
) -> tuple[Judged, Uncertainty]:
    """What is ranked and what is drawn where answers stay as given; see `rank_acceptability`."""
    judged = of_values(values, applicable, weights)
    if decimals is not None:
        judged = replace(judged, decimals=decimals)
    return judged, replace(uncertainty, missing=False, raters=False, noise=0.0)


def of_values(values: Floats, applicable: Booleans, weights: Floats) -> Judged:
    """Plain values 0 to 1 under an additive score; whole numbers 0 and 1 are the levels of the scale."""
    m = len(weights)
    return Judged(
        answers=values,
        applicable=applicable,
        weights=weights,
        lows=np.zeros(m),
        highs=np.ones(m),
        rising=np.ones(m, dtype=bool),
        rated=np.zeros(m, dtype=bool),
        opinions={},
        root=flat(m),
        lowest=1.0,
    )


def shaken_sources(found: Judged, uncertainty: Uncertainty) -> tuple[Source, ...]:
    """The sources of doubt that are asked for and find something to shake."""
    drawn = uncertainty.weights != "none" and (found.weights > 0).sum() > 1
    asked: dict[Source, bool] = {
        "weights": bool(drawn),
        "missing": uncertainty.missing and len(found.missing[0]) > 0,
        "raters": uncertainty.raters and len(found.disputed[0]) > 0,
        "noise": uncertainty.noise > 0 and len(found.noisy[0]) > 0,
    }
    return tuple(source for source, holds in asked.items() if holds)


def number_of_draws(found: Judged, uncertainty: Uncertainty) -> int:
    """How many draws are looked at: where nothing can change, one stands for all."""
    return uncertainty.draws if shaken_sources(found, uncertainty) else 1


def scored_draws(
    found: Judged, uncertainty: Uncertainty, some: list[Block], chunk: int | None = None
) -> Iterator[tuple[Floats, Floats]]:
    """Weights and scores of the draws of some blocks, as many at a time as memory allows."""
    limits = uncertainty_settings()["limits"]
    n, m = found.answers.shape
    at_once = chunk or max(1, limits["cells_at_once"] // max(1, n * m))
    for block in some:
        weights, scores = drawn_scores(found, uncertainty, block, at_once)
        for part in pieces(len(scores), max(1, limits["ranks_at_once"] // max(1, n))):
            yield weights[part], scores[part]


def count_ranks(
    found: Judged,
    uncertainty: Uncertainty,
    *,
    threads: int = 1,
    chunk: int | None = None,
    details: bool = False,
) -> Tally:
    """Count the ranks over all draws; neither `threads` nor `chunk` changes a single one.

    Args:
        found: What is ranked.
        uncertainty: What is drawn.
        threads: How many threads share the draws.
        chunk: How many draws are scored at a time; as memory allows unless given.
        details: Whether shared places and pairwise wins are counted too.
    """
    limits = uncertainty_settings()["limits"]
    n, m = found.answers.shape
    bins = rank_bins(n, uncertainty.top, limits["single_ranks"], limits["runs_of_ranks"])

    def of_blocks(some: list[Block]) -> Tally:
        mine = no_tally(n, m, bins, details=details and bins.exact)
        for weights, scores in scored_draws(found, uncertainty, some, chunk):
            mine.add(scores, weights)
        return mine

    draws = number_of_draws(found, uncertainty)
    total, *others = in_threads(of_blocks, draws, threads)
    for other in others:
        total.merge(other)
    return total


def summary(counted: Tally, uncertainty: Uncertainty) -> pd.DataFrame:
    """What a tally says of each usulan."""
    return summary_of(counted.ranks, counted.rank_sum, counted.bins, uncertainty)


def summary_of(
    ranks: Counts, rank_sum: Counts | Floats, bins: Bins, uncertainty: Uncertainty
) -> pd.DataFrame:
    """Shares, interval and mean of the ranks of each usulan; runs of ranks count with their ends.

    Args:
        ranks: n x bins, how often.
        rank_sum: n.
        bins: Which ranks each column counts.
        uncertainty: `top` and `interval`.
    """
    draws = ranks.sum(axis=1)
    reached = ranks.cumsum(axis=1)
    low, high = (
        (reached < np.maximum(1, np.ceil(np.round(edge * draws, _EDGE_DECIMALS)))[:, None]).sum(
            axis=1
        )
        for edge in uncertainty.interval
    )
    return pd.DataFrame(
        {
            "first_share": ranks[:, :1].sum(axis=1) / draws,
            "top_share": ranks[:, bins.last <= uncertainty.top].sum(axis=1) / draws,
            "rank_low": bins.first[low],
            "rank_high": bins.last[high],
            "rank_mean": rank_sum / draws,
        }
    )


def first_counts(counted: Tally) -> Counts:
    """How often each usulan was first; none where there is no usulan."""
    return np.asarray(counted.ranks[:, :1].sum(axis=1))
