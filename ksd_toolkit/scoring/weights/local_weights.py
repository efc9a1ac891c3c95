"""What one member's judgement of one node of the criteria tree gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ksd_toolkit.scoring.weights.ahp import Priorities
from ksd_toolkit.scoring.weights.best_worst import BestWorst


@dataclass(frozen=True, slots=True)
class LocalWeights:
    """What one member's judgement of one node gives: weights of its criteria, summing to 1.

    `places` says in which cell each pair of criteria was compared, where there are cells.
    """

    member: str
    node: str
    procedure: str
    weights: Mapping[str, float]
    judged: Priorities | BestWorst | None = None
    places: Mapping[frozenset[str], str] = field(default_factory=dict)
