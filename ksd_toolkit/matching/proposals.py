"""What matching proposes to the score: rows of `nilai` by the rater `hitung`, none of which counts.

A proposed value counts only when a member of the TKKSD types a value of their own in the next
scoring. Until then it is shown beside the answer cell and in the papers, with its evidence.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd

from ksd_toolkit.matching.matches import Matches
from ksd_toolkit.matching.proposed import Change, Proposed
from ksd_toolkit.matching.proposed_law import LEGAL, proposed_law
from ksd_toolkit.matching.proposed_partner import PARTNER, best_written, proposed_partner
from ksd_toolkit.matching.proposed_sameness import SAME, proposed_sameness
from ksd_toolkit.messages import say
from ksd_toolkit.register import Register
from ksd_toolkit.scoring.basis import Basis
from ksd_toolkit.scoring.gates import check_gates
from ksd_toolkit.scoring.jenis import derive_types
from ksd_toolkit.scoring.method_reading import read_method
from ksd_toolkit.scoring.ranking import Ranking

RATER: Final = "hitung"
COLUMNS: Final = ("usulan_id", "kriteria_kode", "penilai", "peran", "skor", "alasan", "bukti")
UNCONFIRMED, CONFIRMED, OTHER = "unconfirmed", "confirmed", "other"
AS_WRITTEN, TO_CHANGE = "as_written", "to_change"
_TKKSD: Final = "TKKSD-"


def proposals(
    register: Register,
    ranking: Ranking | Basis | None = None,
    matches: Matches | None = None,
    lang: str = "",
) -> pd.DataFrame:
    """The values that evidence decides, in the columns of the table `nilai`.

    Args:
        register: Whose usulan.
        ranking: Or its basis: types and gates as they were judged there; judged anew by the
            dossier's method where there is none.
        matches: The partners of the region, for cells that both regions name.
        lang: Language of reasons and evidence; the register's unless given.

    Returns:
        `usulan_id, kriteria_kode` (HUK, SAMA or MITRA), `penilai` (`hitung`), `peran, skor` (1 to 5),
        `alasan, bukti`; by usulan in the register's order. An usulan whose evidence decides nothing
        has no row.
    """
    lang = lang or register.lang
    rows = [
        *_law_rows(register, ranking, lang),
        *((one.usulan_id, one.criterion, one.score, one.reason, one.evidence)
          for one in _partner_proposals(register, matches, lang)),
    ]  # fmt: skip
    role = say("inst.role", lang)
    found = pd.DataFrame(rows, columns=["usulan_id", "kriteria_kode", "skor", "alasan", "bukti"])
    found = found.assign(penilai=RATER, peran=role).astype({"skor": "float64"})[list(COLUMNS)]
    order = {usulan: number for number, usulan in enumerate(register.usulan["usulan_id"])}
    return found.sort_values(
        "usulan_id", key=lambda ids: ids.map(order), kind="stable", ignore_index=True
    )


def office_changes(
    register: Register, matches: Matches | None = None, lang: str = ""
) -> pd.DataFrame:
    """The cells that offices may want to change, since SAMA and MITRA are computed from them.

    Returns:
        `usulan_id, criterion, table, row_key, field, partner, written` (NaN: blank), `proposed,
        evidence`, one row per cell.
    """
    found = _partner_proposals(register, matches, lang or register.lang)
    changes = [change for one in found for change in one.changes]
    return pd.DataFrame(changes, columns=list(Change._fields))


def proposal_states(register: Register, found: pd.DataFrame) -> pd.DataFrame:
    """Proposals with what became of them.

    Args:
        register: Whose scores and answers.
        found: What `proposals` gave.

    Returns:
        `found` with `state` and `official`. Of a criterion the TKKSD scores: `unconfirmed`,
        `confirmed` (its median is the proposed value) or `other`; `official` is that median, NaN where
        there is none. Of SAMA and MITRA: `as_written` or `to_change`; `official` is what the
        office's cells give now.
    """
    nilai = register.nilai
    mine = nilai[nilai["penilai"].str.startswith(_TKKSD, na=False)]
    scores = mine["skor"].astype("float64").groupby([mine["usulan_id"], mine["kriteria_kode"]])
    median = scores.median()
    now = _written(register)
    official = [
        float(median.get((usulan, code), np.nan))
        if code == LEGAL
        else float(now[code].get(usulan, np.nan))
        for usulan, code in zip(found["usulan_id"], found["kriteria_kode"], strict=True)
    ]
    told = _with_off(register, mine)
    states = [
        _state(code, score, level, (usulan, code) in told)
        for usulan, code, score, level in zip(
            found["usulan_id"], found["kriteria_kode"], found["skor"], official, strict=True
        )
    ]
    return found.assign(state=states, official=np.array(official, dtype=np.float64))


def _law_rows(
    register: Register, ranking: Ranking | Basis | None, lang: str
) -> Iterator[tuple[str, str, float, str, str]]:
    types = ranking.types if ranking is not None else derive_types(register)
    verdicts = (
        ranking.verdicts
        if ranking is not None
        else check_gates(register, types, read_method(register.dossier))
    )
    for usulan, score, reason, evidence in proposed_law(register, types, verdicts, lang):
        yield usulan, LEGAL, score, reason, evidence


def _partner_proposals(register: Register, matches: Matches | None, lang: str) -> list[Proposed]:
    return [*proposed_sameness(register, matches, lang), *proposed_partner(register, lang)]


def _written(register: Register) -> dict[str, "pd.Series[float]"]:
    """What the office's own cells give for SAMA and MITRA now."""
    usulan = register.usulan.set_index("usulan_id")
    return {SAME: usulan["kesamaan_kekuatan"].astype("float64"), PARTNER: best_written(register)}


def _with_off(register: Register, mine: pd.DataFrame) -> set[tuple[str, str]]:
    """What a member of the TKKSD said does not apply (`TB`)."""
    states = register.tables.states["nilai"].loc[mine.index, "skor"]
    off = mine[(states == "TB").to_numpy()]
    return set(zip(off["usulan_id"], off["kriteria_kode"], strict=True))


def _state(code: str, score: float, official: float, is_off: bool) -> str:
    if code != LEGAL:
        return AS_WRITTEN if official == score else TO_CHANGE
    if np.isnan(official):
        return OTHER if is_off else UNCONFIRMED
    return CONFIRMED if official == score else OTHER
