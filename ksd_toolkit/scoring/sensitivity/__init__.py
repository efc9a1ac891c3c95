"""What it takes to change a list: other weights, other answers, other usulan beside it."""

from ksd_toolkit.scoring.sensitivity.border import ClassMove, class_move
from ksd_toolkit.scoring.sensitivity.holding import Holding, holding
from ksd_toolkit.scoring.sensitivity.moved import with_weight
from ksd_toolkit.scoring.sensitivity.reversal import Reversal, rank_reversal
from ksd_toolkit.scoring.sensitivity.swaps import Swap, swap
from ksd_toolkit.scoring.sensitivity.tornado import Tornado, tornado

__all__ = [
    "ClassMove",
    "Holding",
    "Reversal",
    "Swap",
    "Tornado",
    "class_move",
    "holding",
    "rank_reversal",
    "swap",
    "tornado",
    "with_weight",
]
