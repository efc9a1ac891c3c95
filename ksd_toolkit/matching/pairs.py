"""Chosen pairs of a proposal and a candidate as rows, with what they share and what speaks for them."""

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ksd_toolkit.matching.candidates import RATINGS
from ksd_toolkit.matching.fit import first_in_order, ranks_in_rows

if TYPE_CHECKING:
    from ksd_toolkit.matching.institutions import InstitutionMatches

Numbers = np.ndarray[tuple[int], np.dtype[np.intp]]

FITS, SPARSE, RELATED, OPEN, OUT = 0.0, 1.0, 2.0, 3.0, np.inf
STATES: Final = {
    FITS: "fits", SPARSE: "sparse", RELATED: "related", OPEN: "open", OUT: "out",
}  # fmt: skip
"""Ranked; too little known for a rank; shares an issue only; not known what is shared; not listed."""
ASKED: Final = {"urusan": "urusan_kode", "isu": "isu", "output": "output_dituju"}
"""What a candidate offers, and the question of the proposal that asks for it."""

_TEXTS: Final = (
    "usulan_id", "mitra_nama", "mitra_jenis", "state", "jenis", "shared_urusan", "shared_isu",
    "shared_output", "key", "not_asked", "source", "place",
)  # fmt: skip
"""Columns of text, also where there is no row that would say so."""


def listed(found: "InstitutionMatches", rows: int, usulan: Numbers) -> pd.DataFrame:
    """The first candidates of some proposals, in printed order."""
    group, points = found.group[usulan], found.fit.points[usulan]
    order = first_in_order(group, points, rows)
    ranks = ranks_in_rows(
        np.take_along_axis(group, np.maximum(order, 0), axis=1),
        np.take_along_axis(points, np.maximum(order, 0), axis=1),
    )
    is_listed = order >= 0
    at = np.repeat(usulan, order.shape[1]).reshape(order.shape)[is_listed]
    return pair_frame(found, at, order[is_listed]).assign(rank=ranks[is_listed])


def pair_frame(found: "InstitutionMatches", usulan: Numbers, candidate: Numbers) -> pd.DataFrame:
    """One row per pair; `usulan` and `candidate` are equally long numbers."""
    asked, known = found.usulan.iloc[usulan], found.candidates.iloc[candidate]
    pair = (usulan, candidate)
    group = found.group[pair]
    types = found.types
    at = types.usulan_group[usulan], types.partner_group[candidate]
    facts = {
        "usulan_id": asked.index.to_numpy(),
        "rank": np.full(len(usulan), np.nan),
        "mitra_nama": known["mitra_nama"].to_numpy(),
        "mitra_jenis": known["mitra_jenis"].to_numpy(),
        "points": found.fit.points[pair],
        "worst": found.fit.worst[pair],
        "best": found.fit.best[pair],
        "coverage": found.fit.coverage[pair],
        "state": [STATES[one] for one in group.tolist()],
        "jenis": types.jenis[at],
        "rule": types.rule[at],
        "by_plenary": types.by_plenary[at],
        **{f"shared_{name}": _shared(asked[column], known[name]) for name, column in ASKED.items()},
        **{name: known[name].to_numpy(dtype=np.float64) for name in RATINGS},
        "minat": found.minat[pair],
        "named": found.named[pair],
        "key": known["key"].to_numpy(),
        "not_asked": known["not_asked"].to_numpy(),
        "source": known["sumber"].to_numpy(),
        "place": known["place"].to_numpy(),
    }
    return pd.DataFrame(facts).astype(dict.fromkeys(_TEXTS, "str"))


def _shared(asked: "pd.Series[str]", offered: "pd.Series[str]") -> list[str]:
    """The codes both name, joined by `;`; blank where there is none or one is not known."""
    return [
        ";".join(code for code in str(one).split(";") if code in str(other).split(";"))
        if isinstance(one, str) and isinstance(other, str)
        else ""
        for one, other in zip(asked, offered, strict=True)
    ]
