"""Weights from people's judgements: AHP, best-worst, points, swing and order, by one member or many."""

from ksd_toolkit.scoring.weights.ahp import Priorities, ahp_weights, priorities
from ksd_toolkit.scoring.weights.best_worst import BestWorst, best_worst_weights
from ksd_toolkit.scoring.weights.groups import Concordance, kendall_w
from ksd_toolkit.scoring.weights.judgements import read_weighting
from ksd_toolkit.scoring.weights.limits import RandomIndex, random_index
from ksd_toolkit.scoring.weights.local_weights import LocalWeights
from ksd_toolkit.scoring.weights.points import point_weights, swing_weights
from ksd_toolkit.scoring.weights.rank_order import rank_weights
from ksd_toolkit.scoring.weights.spread import (
    Spread,
    critic_spread,
    deviation_spread,
    entropy_spread,
    spread_table,
)
from ksd_toolkit.scoring.weights.tree import Tree
from ksd_toolkit.scoring.weights.weighting import (
    Joining,
    Weighting,
    join,
    weights_of_pairs,
    weights_of_tree,
)

__all__ = [
    "BestWorst",
    "Concordance",
    "Joining",
    "LocalWeights",
    "Priorities",
    "RandomIndex",
    "Spread",
    "Tree",
    "Weighting",
    "ahp_weights",
    "best_worst_weights",
    "critic_spread",
    "deviation_spread",
    "entropy_spread",
    "join",
    "kendall_w",
    "point_weights",
    "priorities",
    "random_index",
    "rank_weights",
    "read_weighting",
    "spread_table",
    "swing_weights",
    "weights_of_pairs",
    "weights_of_tree",
]
