"""How often each is among the first, where nobody asks for the other ranks, as in a list of 500 candidates."""

import numpy as np

from ksd_toolkit.scoring.kernel import Booleans, Floats
from ksd_toolkit.scoring.method import Uncertainty
from ksd_toolkit.scoring.uncertainty.blocks import Block, in_threads
from ksd_toolkit.scoring.uncertainty.counting import (
    number_of_draws,
    scored_draws,
    weights_alone,
)
from ksd_toolkit.scoring.uncertainty.tallies import Counts, among_first


def top_shares(
    values: Floats,
    applicable: Booleans,
    weights: Floats,
    uncertainty: Uncertainty,
    decimals: int | None = None,
) -> Floats:
    """The column `top_share` of `rank_acceptability`, bit for bit: n shares of the draws, 0 to 1.

    Ties share the smaller rank, so all that are tied at the last of the first places count.
    """
    found, only_weights = weights_alone(values, applicable, weights, uncertainty, decimals)

    def of_blocks(some: list[Block]) -> Counts:
        counted = np.zeros(len(values), dtype=np.int64)
        for _, scores in scored_draws(found, only_weights, some):
            counted += among_first(scores, uncertainty.top).sum(axis=0)
        return counted

    draws = number_of_draws(found, only_weights)
    return np.asarray(sum(in_threads(of_blocks, draws)) / draws)
