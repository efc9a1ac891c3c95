"""What was promised to each side of a document, and what its latest monitoring says was received."""

from typing import Any, Final

import pandas as pd

from ksd_toolkit.evaluation.rules import EvaluationRules

SIDES: Final = ("daerah", "mitra", "masyarakat")
FULFILMENTS: Final = ("melebihi", "sesuai", "sebagian", "belum")
UNJUDGED, UNREPORTED, UNPROMISED = "belum_dinilai", "tanpa_laporan", "tanpa_janji"
STANDINGS: Final = (*FULFILMENTS, UNJUDGED, UNREPORTED, UNPROMISED)
_COLUMNS: Final = (
    "no_dok", "judul", "periode", "side", "promised", "received", "fulfilment", "standing",
)  # fmt: skip


def benefits_of(
    documents: pd.DataFrame, latest: pd.DataFrame, rules: EvaluationRules
) -> pd.DataFrame:
    """Promise beside receipt, one row per signed document that carries work and side.

    A side is left out where nothing was promised and nothing reported. Umbrellas are judged through
    what carries them out; one that was itself monitored is here.

    Args:
        documents: As `documents_on` gives them.
        latest: The latest speaking monitoring of each document.
        rules: Which kinds of document carry work.

    Returns:
        `no_dok, judul, periode` (of the monitoring; missing where there is none), `side` (one of
        SIDES), `promised, received, fulfilment` (as told) and `standing`: the fulfilment, or
        `belum_dinilai` (received but not judged), `tanpa_laporan` (promised, nothing reported),
        `tanpa_janji` (received, nothing promised).

    Source:
        UU 23/2014 Pasal 363 (mutual benefit and the welfare of the people).
    """
    told = {row["no_dok"]: row for row in latest.to_dict("records")}
    carries = documents["jenis_dok"].isin(rules.monitored) | documents["no_dok"].isin(list(told))
    rows = [
        row
        for document in documents[carries & documents["is_signed"]].to_dict("records")
        for side in SIDES
        if (row := _side(document, told.get(document["no_dok"], {}), side))["standing"]
    ]
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype("str")


def _side(document: dict[Any, Any], answers: dict[Any, Any], side: str) -> dict[str, Any]:
    promised = document[f"manfaat_janji_{side}"]
    received = answers.get(f"manfaat_diterima_{side}")
    fulfilment = answers.get(f"pemenuhan_{side}")
    return {
        "no_dok": document["no_dok"],
        "judul": document["judul"],
        "periode": answers.get("periode"),
        "side": side,
        "promised": promised,
        "received": received,
        "fulfilment": fulfilment,
        "standing": _standing(promised, received, fulfilment),
    }


def _standing(promised: Any, received: Any, fulfilment: Any) -> str | None:
    if fulfilment in FULFILMENTS:
        return str(fulfilment) if pd.notna(promised) else UNPROMISED
    if pd.notna(received):
        return UNJUDGED if pd.notna(promised) else UNPROMISED
    return UNREPORTED if pd.notna(promised) else None


def counts_by_side(benefits: pd.DataFrame) -> pd.DataFrame:
    """How the promises to each side stand: `side`, one count per standing and `promises` in all."""
    rows = []
    for side in SIDES:
        standing = benefits.loc[benefits["side"] == side, "standing"]
        counts = {name: int((standing == name).sum()) for name in STANDINGS}
        rows.append({"side": side} | counts | {"promises": len(standing) - counts[UNPROMISED]})
    return pd.DataFrame(rows)
