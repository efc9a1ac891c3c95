"""The scores of every draw, by the same tree and in the same order of sums as the printed score."""

from typing import Final

import numpy as np

from ksd_toolkit.scoring.kernel import Booleans, Floats, round_half_up, unit_values
from ksd_toolkit.scoring.method import Uncertainty
from ksd_toolkit.scoring.promethee import flows_matrix
from ksd_toolkit.scoring.tree import tree_scores
from ksd_toolkit.scoring.uncertainty.blocks import Block, pieces
from ksd_toolkit.scoring.uncertainty.disturbed import disturb, shaken_rows
from ksd_toolkit.scoring.uncertainty.drawn_flows import drawn_flows
from ksd_toolkit.scoring.uncertainty.draws import weights_of_block
from ksd_toolkit.scoring.uncertainty.judged import Judged

_WHOLE: Final = 100.0
_LAST: Final = -2.0  # below every score and every net flow


def drawn_scores(
    judged: Judged, uncertainty: Uncertainty, block: Block, chunk: int
) -> tuple[Floats, Floats]:
    """Weights (draws x m, rows of sum 1) and scores (draws x n) of a block.

    Scores are 0 to 1, or net flows -1 to 1, rounded as the list prints points: what is tied there is
    tied here. Where a draw weighs nothing of
    what an usulan answered, it is last.

    Args:
        judged: What is ranked.
        uncertainty: What is drawn.
        block: Which draws.
        chunk: How many draws are scored at a time.
    """
    weights = weights_of_block(judged.weights, uncertainty, block)
    shaken = shaken_rows(judged, uncertainty)
    changed = disturb(judged, uncertainty, block) if shaken.any() else None
    still = units(judged, judged.answers)
    scores = np.empty((block[1], len(shaken)))
    for part in pieces(block[1], chunk):
        if changed is not None and not judged.preferences:
            scores[part, ~shaken] = _tree(judged, still[~shaken], ~shaken, weights[part])
            answers = changed.laid_over(judged.answers, part)[:, shaken]
            scores[part, shaken] = _tree(judged, units(judged, answers), shaken, weights[part])
            continue
        weighed = still
        if changed is not None:  # a net flow hangs on all others' answers
            weighed = drawn_flows(judged, changed, still, part)
        scores[part] = _tree(judged, weighed, np.ones_like(shaken), weights[part])
    points = round_half_up(_WHOLE * scores, judged.decimals)
    return weights, np.nan_to_num(points / _WHOLE, nan=_LAST)


def _tree(judged: Judged, weighed: Floats, rows: Booleans, weights: Floats) -> Floats:
    """The scores of the usulan of these rows; each by itself, whichever others are asked about."""
    return tree_scores(weighed, judged.applicable[rows], weights, judged.root, judged.lowest)


def units(judged: Judged, answers: Floats) -> Floats:
    """What is weighed: values 0 to 1, or net flows under PROMETHEE II; NaN where unanswered.

    Args:
        judged: Scales, directions and preference functions.
        answers: n x m; values may also be asked of draws x n x m.
    """
    if not judged.preferences:
        return unit_values(answers, (judged.lows, judged.highs), judged.rising)
    rising = np.where(judged.rising, answers, -answers)
    return flows_matrix(np.where(judged.applicable, rising, np.nan), judged.preferences)
