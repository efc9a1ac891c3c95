"""Why proposals stopped: the plenary's word, or the ground on which the last document ended; and who waits."""

from typing import Any, Final

import pandas as pd

from ksd_toolkit.evaluation.determination import AGREED, DETERMINED, MERGED, REFUSED
from ksd_toolkit.evaluation.follow_through import OPEN, STOPPED

ENDED: Final = "naskah_berakhir"
_STOPS: Final = (
    "periode", "usulan_id", "judul", "opd_kode", "jenis", "kind", "reached", "ended_by",
    "stated", "last_document", "stopped_on", "why", "where", "into", "carried_by",
)  # fmt: skip
_ABOUT: Final = ["periode", "usulan_id", "judul", "opd_kode"]
_TERM: Final = "jangka_waktu"


def stops_of(journeys: pd.DataFrame) -> pd.DataFrame:
    """Every proposal that stopped, with the ground.

    Returns:
        One row per proposal that was postponed, rejected or merged, or whose documents ended before the next
        step: `kind` (ditunda, ditolak, digabung, naskah_berakhir), `reached`, for documents `ended_by`,
        whether that is `stated` (a term that is over needs no statement), `last_document` and `stopped_on`; for plenary decisions `why, where, into`; `carried_by` later proposals.
    """
    rows = [
        _stop(row)
        for row in journeys.to_dict("records")
        if row["fate"] == MERGED or row["state"] == STOPPED
    ]
    frame = pd.DataFrame(rows, columns=list(_STOPS))
    texts = [name for name in _STOPS if name not in {"stopped_on", "stated"}]
    kinds = dict.fromkeys(texts, "str") | {"stopped_on": "datetime64[ns]", "stated": "bool"}
    return frame.astype(kinds)


def _stop(row: dict[Any, Any]) -> dict[str, Any]:
    refused = row["fate"] in {*REFUSED, MERGED}
    stated = pd.notna(row["ended_by"])
    ground = row["ended_by"] if stated else _TERM if pd.notna(row["stopped_on"]) else None
    return {
        **{name: row[name] for name in (*_ABOUT, "jenis")},
        "kind": row["fate"] if refused else ENDED,
        "reached": row["reached"],
        "ended_by": None if refused else ground,
        "stated": stated and not refused,
        "last_document": row["last_document"],
        "stopped_on": row["stopped_on"],
        "why": row["why"] or None,
        "where": row["where"] or None,
        "into": row["merged_into"] or None,
        "carried_by": row["carried_by"] or None,
    }


def refusals_of(stops: pd.DataFrame) -> pd.DataFrame:
    """Why proposals were not determined: alike reasons of a period together, the most frequent first.

    Returns:
        Columns `periode, kind, why` (missing where nobody wrote a reason), `count` and `usulan` (ids
        joined by `; `), numbered from 0; the latest period first.
    """
    found = stops[stops["kind"] != ENDED]
    parts = found.groupby(["periode", "kind", "why"], dropna=False, sort=True)["usulan_id"]
    rows = [(*names, len(ids), "; ".join(ids)) for names, ids in parts]
    frame = pd.DataFrame(rows, columns=["periode", "kind", "why", "count", "usulan"])
    return frame.sort_values(
        ["periode", "count"], ascending=[False, False], kind="stable", ignore_index=True
    )


def unstarted_of(journeys: pd.DataFrame) -> pd.DataFrame:
    """Determined proposals that are open without a single document, the longest waiting first.

    Returns:
        Columns `periode, usulan_id, judul, opd_kode, day_zero, waiting_days`; both are missing where
        the day of determination is not known, and such rows come last.
    """
    held = (
        (journeys["fate"] == DETERMINED)
        & (journeys["state"] == OPEN)
        & journeys["documents"].isna()
    )
    found = journeys.loc[held, [*_ABOUT, "day_zero", "waiting_days"]]
    keys = ["waiting_days", "periode", "usulan_id"]
    ascending = [False, True, True]
    return found.sort_values(keys, ascending=ascending, kind="stable", ignore_index=True)


def agreed_of(journeys: pd.DataFrame) -> pd.DataFrame:
    """Proposals a plenary agreed on whose decree is not dated yet."""
    return journeys.loc[journeys["fate"] == AGREED, _ABOUT].reset_index(drop=True)
