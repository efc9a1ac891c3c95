"""Shared priorities: which issues and affairs stand in the top lists of how many regions."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from ksd_toolkit.rollup.rules import RollUpRules
from ksd_toolkit.rollup.spread import percent_of
from ksd_toolkit.rollup.summary import RegionSummary

KINDS: Final = ("isu", "urusan")
_COLUMNS: Final = ("kind", "code", "regions", "of", "share_percent", "usulan", "shared", "codes")


def shared_priorities_of(summaries: Sequence[RegionSummary], rules: RollUpRules) -> pd.DataFrame:
    """How many regions have an issue (main issue) or affair among their first ranks.

    Args:
        summaries: Of any number of regions; those that ranked nothing are not counted.
        rules: How long a top list is, and from how many regions on something is shared.

    Returns:
        One row a `kind` (isu, urusan) and `code`, most regions first: `regions` of `of` regions with
        a ranking, `share_percent`, `usulan` in their top lists, `shared`, and `codes` of the regions
        joined by `; `. An usulan that states none is not counted.

    Source:
        Seed: kesamaan isu, kebutuhan, dan permasalahan antardaerah.
    """
    ranked = [one for one in summaries if one.response.ranked is not None]
    named = [
        {"kind": kind, "code": code, "region": one.code}
        for one in ranked
        for usulan in one.top
        if usulan.rank <= rules.top_ranks
        for kind, code in zip(KINDS, (usulan.isu, usulan.urusan), strict=True)
        if code
    ]
    rows = []
    for (kind, code), mine in pd.DataFrame(named, columns=["kind", "code", "region"]).groupby(
        ["kind", "code"]
    ):
        regions = sorted(set(mine["region"]))
        rows.append(
            {
                "kind": kind,
                "code": code,
                "regions": len(regions),
                "of": len(ranked),
                "share_percent": percent_of(len(regions), len(ranked)),
                "usulan": len(mine),
                "shared": len(regions) >= rules.shared_from,
                "codes": "; ".join(regions),
            }
        )
    found = pd.DataFrame(rows, columns=list(_COLUMNS))
    order = ["kind", "regions", "usulan", "code"]
    return found.sort_values(
        order, ascending=[True, False, False, True], kind="stable", ignore_index=True
    )
