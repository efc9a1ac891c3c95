"""The list as it were if only some raters had scored."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from operator import ne
from typing import Final

import numpy as np
import pandas as pd

from ksd_toolkit.errors import MethodError
from ksd_toolkit.register import Register
from ksd_toolkit.scoring.comparison.variants import unshaken
from ksd_toolkit.scoring.leaves import read_leaves
from ksd_toolkit.scoring.ranking import Ranking, rank

_NOTHING_LEFT: Final = {"method.nothing_to_score", "method.nobody_answered"}


def ranks_without(ranking: Ranking, names: Sequence[str]) -> pd.DataFrame:
    """The rank of every ranked usulan, and what it were if a member had not scored."""
    ranks = {"rank": ranking.table["rank"]}
    for name in names:
        left = scored_by(ranking, partial(ne, name))["rank"]
        ranks[name] = left.reindex(ranking.table.index)
    return pd.DataFrame(ranks).astype("Int64")


def scored_by(ranking: Ranking, counts: Callable[[str], bool]) -> pd.DataFrame:
    """Rank, points, coverage and class as they were if only some raters had scored.

    Args:
        ranking: The list as it is; gates, types and computed leaves stay.
        counts: Says of a rater (`OPD-1`, `TKKSD-2`) whether their scores count.

    Returns:
        One row per usulan that is ranked then; none where too little is left to rank anything.
    """
    columns = ["rank", "points", "coverage", "class_name"]
    method = ranking.method
    leaves = read_leaves(heard(ranking.register, counts), method)
    try:
        return rank(replace(ranking.basis, leaves=leaves), unshaken(method)).table[columns]
    except MethodError as error:
        if error.code not in _NOTHING_LEFT:
            raise
        return ranking.table[columns].iloc[:0]


def heard(register: Register, counts: Callable[[str], bool]) -> Register:
    """The register with the scores of some raters only; nothing else changes."""
    frames, states = register.tables.frames, register.tables.states
    keep = np.array([bool(counts(str(rater))) for rater in frames["nilai"]["penilai"]], dtype=bool)
    tables = replace(
        register.tables,
        frames={**frames, "nilai": frames["nilai"][keep].reset_index(drop=True)},
        states={**states, "nilai": states["nilai"][keep].reset_index(drop=True)},
    )
    return replace(register, tables=tables)
