"""How firm a rank is when weights and answers might also have been others."""

from ksd_toolkit.scoring.uncertainty.acceptability import (
    Acceptability,
    acceptability,
)
from ksd_toolkit.scoring.uncertainty.counting import rank_acceptability, rank_firmness
from ksd_toolkit.scoring.uncertainty.draws import concentration_for, weight_draws, weight_spread
from ksd_toolkit.scoring.uncertainty.judged import Judged, judged

__all__ = [
    "Acceptability",
    "Judged",
    "acceptability",
    "concentration_for",
    "judged",
    "rank_acceptability",
    "rank_firmness",
    "weight_draws",
    "weight_spread",
]
