"""The maturity of the institutions: the five problems d1 to d5 by region, and how the regions lie."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from ksd_toolkit.rollup.rules import RollUpRules
from ksd_toolkit.rollup.spread import SPREAD, percent_of, spread_of
from ksd_toolkit.rollup.summary import Levels, RegionSummary
from ksd_toolkit.scoring.overview import IMMATURE_BELOW, PROBLEMS

LEVELS: Final = tuple(f"level_{n}" for n in range(5))
_COLUMNS: Final = ("code", "problem", *LEVELS, "answered", "mean", "immature", "immature_percent")


def maturity_of(summaries: Sequence[RegionSummary]) -> pd.DataFrame:
    """Each region's offices on each problem.

    Returns:
        One row a region and problem: `code, problem, level_0`..`level_4` (offices), `answered, mean`
        (level 0 to 4, NaN where no office answered), `immature` (offices below level 2) and
        `immature_percent`.

    Source:
        The seed brief, permasalahan a-e; levels after the anchors of the questionnaire.
    """
    ordered = sorted(summaries, key=lambda one: one.code)
    rows = [{"code": one.code, **_row(levels)} for one in ordered for levels in one.maturity]
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def maturity_totals_of(maturity: pd.DataFrame, rules: RollUpRules) -> pd.DataFrame:
    """Each problem over all regions.

    Returns:
        One row a problem: offices by level, `answered`, `pooled_mean` over all offices, `immature`,
        `immature_percent`, and the spread of the regions' means (see `SPREAD`), each region counting alike.
    """
    rows = {}
    for problem in PROBLEMS:
        mine = maturity[maturity["problem"] == problem]
        offices = tuple(int(mine[level].sum()) for level in LEVELS)
        pooled = _row(Levels(problem, offices))
        mean = pooled.pop("mean")
        rows[problem] = {**pooled, "pooled_mean": mean, **spread_of(mine["mean"], rules)}
    columns = [*LEVELS, "answered", "pooled_mean", "immature", "immature_percent", *SPREAD]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def _row(levels: Levels) -> dict[str, Any]:
    answered = sum(levels.offices)
    weighted = sum(level * offices for level, offices in enumerate(levels.offices))
    immature = sum(levels.offices[:IMMATURE_BELOW])
    return {
        "problem": levels.problem,
        **dict(zip(LEVELS, levels.offices, strict=True)),
        "answered": answered,
        "mean": weighted / answered if answered else float("nan"),
        "immature": immature,
        "immature_percent": percent_of(immature, answered),
    }
