"""The response of a period: which share of the offices answered and of the usulan has points, by region and over all."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from ksd_toolkit.rollup.rules import RollUpRules
from ksd_toolkit.rollup.spread import SPREAD, percent_of, spread_of
from ksd_toolkit.rollup.summary import RegionSummary

SHARES: Final[Mapping[str, tuple[str, str]]] = {
    "sent": ("offices_answered", "offices_asked"),
    "scored": ("scored", "usulan"),
    "ranked": ("ranked", "usulan"),
}
"""Each share with the counts it is of."""

_COUNTS: Final = ("offices_asked", "offices_answered", "usulan", "scored", "ranked")


def response_of(summaries: Sequence[RegionSummary]) -> pd.DataFrame:
    """One row a region, by code.

    Returns:
        Columns `name, dossier, simulated, tanggal_acuan, method`, the counts `offices_asked,
        offices_answered, usulan, scored, ranked` and the shares `sent_percent, scored_percent,
        ranked_percent`; NaN where nothing was ranked or there is nothing to take a share of.
    """
    rows = {one.code: _row(one) for one in sorted(summaries, key=lambda one: one.code)}
    columns = ["name", "dossier", "simulated", "tanggal_acuan", "method", *_COUNTS]
    columns += [f"{share}_percent" for share in SHARES]
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    return frame.astype(dict.fromkeys(columns[5:], "float64"))


def response_totals_of(response: pd.DataFrame, rules: RollUpRules) -> pd.DataFrame:
    """The shares over all regions.

    Returns:
        One row a share (`sent, scored, ranked`): `part, whole, pooled_percent` over all offices or usulan
        of the regions that know both, and the spread of the regions' own shares (see `SPREAD`), each region
        counting alike.
    """
    rows = {}
    for share, (part, whole) in SHARES.items():
        known = response[response[f"{share}_percent"].notna()]
        sums = float(known[part].sum()), float(known[whole].sum())
        rows[share] = {
            "part": sums[0],
            "whole": sums[1],
            "pooled_percent": percent_of(*sums),
            **spread_of(known[f"{share}_percent"], rules),
        }
    columns = ["part", "whole", "pooled_percent", *SPREAD]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def _row(summary: RegionSummary) -> dict[str, Any]:
    counts = {name: getattr(summary.response, name) for name in _COUNTS}
    shares = {
        f"{share}_percent": percent_of(counts[part], counts[whole])
        for share, (part, whole) in SHARES.items()
    }
    return {
        "name": summary.name,
        "dossier": summary.dossier,
        "simulated": summary.simulated,
        "tanggal_acuan": summary.tanggal_acuan,
        "method": summary.method,
        **counts,
        **shares,
    }
