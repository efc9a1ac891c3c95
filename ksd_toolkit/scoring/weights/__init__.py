"""Weights from people's judgements: AHP, best-worst, points, swing and order, by one member or many."""

from ksd_toolkit.scoring.weights.ahp import Priorities, ahp_weights, priorities
from ksd_toolkit.scoring.weights.best_worst import BestWorst, best_worst_weights
from ksd_toolkit.scoring.weights.groups import Concordance, kendall_w
from ksd_toolkit.scoring.weights.limits import RandomIndex, random_index
from ksd_toolkit.scoring.weights.weighting import (
    LocalWeights,
    Tree,
    Weighting,
    join,
    weights_of_pairs,
)

__all__ = [
    "BestWorst",
    "Concordance",
    "Joining",
    "LocalWeights",
    "Priorities",
    "RandomIndex",
    "Tree",
    "Weighting",
    "ahp_weights",
    "best_worst_weights",
    "join",
    "kendall_w",
    "priorities",
    "random_index",
    "weights_of_pairs",
]
