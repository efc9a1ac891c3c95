"""Follow-through over regions: from determined usulan to agreement, activity and benefit."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from ksd_toolkit.evaluation.determination import DETERMINED
from ksd_toolkit.evaluation.follow_rules import read_follow_rules
from ksd_toolkit.evaluation.follow_through import PROPOSED
from ksd_toolkit.evaluation.funnel import share_of, step_codes
from ksd_toolkit.evaluation.rules import read_evaluation_rules
from ksd_toolkit.rollup.rules import RollUpRules
from ksd_toolkit.rollup.spread import SPREAD, spread_of
from ksd_toolkit.rollup.summary import RegionSummary

COUNTS: Final = ("entered", "reached", "open", "stopped", "joined")


def follow_by_region_of(summaries: Sequence[RegionSummary]) -> pd.DataFrame:
    """Each region's usulan of all its periods, step by step.

    Returns:
        One row a region and step, in order: `code, step`, the counts (`entered = reached + open + stopped
        + joined`) and `conversion_percent` of those that entered and do not go on as another usulan; NaN where they are too
        few (`knowledge/follow_through.toml`). A region of which no step is known has no row.
    """
    rows = [row for one in sorted(summaries, key=lambda one: one.code) for row in _steps(one)]
    return pd.DataFrame(rows, columns=["code", "step", *COUNTS, "conversion_percent"])


def follow_through_of(by_region: pd.DataFrame, rules: RollUpRules) -> pd.DataFrame:
    """The steps over all regions.

    Returns:
        One row a step: the sums, `pooled_percent` over all usulan, `with_cases` (regions with any at this step)
        and the spread of the regions' own percentages (see `SPREAD`), each region counting alike.

    Source:
        Seed: "tidak dapat ditindaklanjutinya ... PKS"; PP 28/2018 Pasal 6 ayat (1).
    """
    counting, rows = read_follow_rules(), []
    for step in step_codes(read_evaluation_rules()):
        mine = by_region[by_region["step"] == step]
        sums = {name: int(mine[name].sum()) for name in COUNTS}
        own = sums["entered"] - sums["joined"]
        rows.append(
            {
                "step": step,
                **sums,
                "pooled_percent": share_of(sums["reached"], own, counting),
                "with_cases": int((mine["entered"] > 0).sum()),
                **spread_of(mine["conversion_percent"], rules),
            }
        )
    columns = ["step", *COUNTS, "pooled_percent", "with_cases", *SPREAD]
    return pd.DataFrame(rows, columns=columns)


def from_determined(steps: pd.DataFrame) -> pd.DataFrame:
    """The steps from determination on."""
    return steps[steps["step"] != PROPOSED]


def determined(steps: pd.DataFrame) -> int:
    """How many usulan were determined."""
    return int(steps.loc[steps["step"] == DETERMINED, "reached"].sum())


def _steps(summary: RegionSummary) -> list[dict[str, Any]]:
    """The periods of one region added up, each known step once."""
    counting = read_follow_rules()
    rows = []
    for step in step_codes(read_evaluation_rules()):
        mine = [one for one in summary.steps if one.step == step]
        if not mine:
            continue
        sums = {name: sum(getattr(one, name) for one in mine) for name in COUNTS}
        own = sums["entered"] - sums["joined"]
        share = share_of(sums["reached"], own, counting)
        rows.append({"code": summary.code, "step": step, **sums, "conversion_percent": share})
    return rows
