"""How firm a rank is when weights and answers might also have been others."""

from ksd_toolkit.scoring.uncertainty.acceptability import (
    Acceptability,
    acceptability,
)
from ksd_toolkit.scoring.uncertainty.by_source import BySource, by_source
from ksd_toolkit.scoring.uncertainty.counting import rank_acceptability, rank_firmness
from ksd_toolkit.scoring.uncertainty.draws import concentration_for, weight_draws, weight_spread
from ksd_toolkit.scoring.uncertainty.judged import Judged, judged
from ksd_toolkit.scoring.uncertainty.packed import quick_firmness

__all__ = [
    "Acceptability",
    "BySource",
    "Judged",
    "acceptability",
    "by_source",
    "concentration_for",
    "judged",
    "quick_firmness",
    "rank_acceptability",
    "rank_firmness",
    "weight_draws",
    "weight_spread",
]
