"""Net flows of PROMETHEE II under drawn answers, each draw compared anew where it differs.

One drawn answer moves everybody on its criterion, so these draws cost more than those of weights alone:
a criterion without a drawn answer keeps its flows, on the others few levels are compared, not all pairs.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from ksd_toolkit.scoring.kernel import Floats
from ksd_toolkit.scoring.preference import Preference
from ksd_toolkit.scoring.promethee import preferred, unicriterion_flows
from ksd_toolkit.scoring.uncertainty.disturbed import Disturbance
from ksd_toolkit.scoring.uncertainty.judged import Judged

_MANY: Final = 64  # levels; beyond, the answers of each draw are sorted instead


def drawn_flows(judged: Judged, changed: Disturbance, still: Floats, part: slice) -> Floats:
    """Net flows -1 to 1 under some draws of a block, draws x n x m; NaN where unanswered.

    Args:
        judged: Answers, directions and preference functions.
        changed: The answers that are drawn.
        still: n x m net flows of the answers as given.
        part: Which draws of the block; changes no flow.
    """
    flows = np.repeat(still[None], len(changed.answers[part]), axis=0)
    who, where = changed.cells
    for column in np.unique(where):
        sign, held = (1.0 if judged.rising[column] else -1.0), where == column
        given = np.where(judged.applicable[:, column], sign * judged.answers[:, column], np.nan)
        flows[:, :, column] = _column_flows(
            given, who[held], sign * changed.answers[:, held], part, judged.preferences[column]
        )
    return flows


def _column_flows(
    given: Floats, rows: NDArray[np.intp], drawn: Floats, part: slice, preference: Preference
) -> Floats:
    """Net flows of one criterion, draws x n, where the answers of some rows are drawn."""
    given[rows] = np.nan
    kept = np.flatnonzero(~np.isnan(given))
    flows = np.full((len(drawn[part]), len(given)), np.nan)
    # All draws of the block have their say in the levels, so that the part taken changes no sum.
    levels = np.unique(np.concatenate((given[kept], drawn.ravel())))
    if len(levels) > _MANY:
        for line, answers in zip(flows, drawn[part], strict=True):
            together = np.concatenate((given[kept], answers))
            line[np.concatenate((kept, rows))] = unicriterion_flows(together, preference)
        return flows
    own, theirs = np.searchsorted(levels, given[kept]), np.searchsorted(levels, drawn[part])
    nets = _level_flows(levels, own, theirs, preference)
    flows[:, kept] = nets[:, own]
    flows[:, rows] = np.take_along_axis(nets, theirs, axis=1)
    return flows / max(1, len(kept) + len(rows) - 1)


def _level_flows(
    levels: Floats, own: NDArray[np.intp], theirs: NDArray[np.intp], preference: Preference
) -> Floats:
    """What an answer of each level wins over all others less what it loses, draws x levels."""
    draws, count = len(theirs), len(levels)
    lines = np.arange(draws)[:, None] * count
    counts = np.bincount((lines + theirs).ravel(), minlength=draws * count).reshape(draws, count)
    counts += np.bincount(own, minlength=count)
    won = preferred(levels[:, None] - levels[None, :], preference)
    flows = np.zeros((draws, count))
    for other, net in enumerate((won - won.T).T):
        flows += counts[:, other, None] * net
    return flows
