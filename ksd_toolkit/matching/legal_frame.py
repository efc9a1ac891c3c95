"""The legal cases of a register as one frame, a row per usulan and partner, to be counted and joined."""

from typing import Any, Final

import pandas as pd

from ksd_toolkit.matching.usulan_case import UsulanCase, cases_of
from ksd_toolkit.register import Register

_TEXT: Final = (
    "usulan_id", "mitra_nama", "partner", "kode_wilayah", "usulan_jenis", "jenis", "family", "kind",
    "relation", "letter", "forum", "takeover", "needs_council", "within_term", "initiative",
)  # fmt: skip
_NUMBERS: Final = ("years", "met", "planned", "failed", "unanswered")
_FLAGS: Final = ("main", "can_be_mandatory")


def legal_cases(register: Register) -> pd.DataFrame:
    """What the law makes of every usulan with every partner it names.

    Returns:
        One row per usulan and partner in the register's order; an usulan without a partner has one
        row with an empty `mitra_nama`. `usulan_jenis` is the type of the usulan, `jenis` that with
        this partner; `kind, letter, forum, takeover, needs_council` are those of the case. `years`
        is the term asked for (missing where not answered) and `within_term` whether it is kept:
        `ya, tidak, belum`, `aturan_sendiri` where rules of its own set it, empty where none is set.
        `met, planned, failed, unanswered` count the conditions. `main` marks the partner that
        decides the type of the usulan.

    Source:
        UU 23/2014 Pasal 363-367; PP 28/2018; Permendagri 25/2020; see `knowledge/legal_case.toml`.
    """
    rows = [_row(found) for found in cases_of(register)]
    frame = pd.DataFrame(rows, columns=[*_TEXT, *_NUMBERS, *_FLAGS])
    kinds = dict.fromkeys(_TEXT, "str") | dict.fromkeys(_NUMBERS, "float64")
    return frame.astype(kinds | dict.fromkeys(_FLAGS, "bool"))


def _row(found: UsulanCase) -> dict[str, Any]:
    case = found.case
    states = [check.state for check in case.checks]
    return {
        "usulan_id": found.usulan_id,
        "mitra_nama": found.mitra,
        "partner": case.partner_name,
        "kode_wilayah": case.partner,
        "usulan_jenis": found.usulan_jenis,
        "jenis": case.jenis,
        "family": case.family,
        "kind": case.kind,
        "relation": case.relation,
        "letter": case.letter,
        "forum": case.forum,
        "takeover": case.takeover,
        "needs_council": case.needs_council,
        "within_term": case.term.within if case.term else "",
        "initiative": case.initiative,
        "years": case.conditions.years,
        "met": states.count("terpenuhi"),
        "planned": states.count("direncanakan"),
        "failed": states.count("tidak"),
        "unanswered": states.count("belum"),
        "main": found.main,
        "can_be_mandatory": case.can_be_mandatory,
    }
