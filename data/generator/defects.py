"""What goes wrong in real collections, put into the sample on purpose and listed here.

Proposals: see `flaws`. Sheets: a repeated row, blank rows between data, and a column of someone's
own. Nothing here is refused: the sample shows an ordinary collection, not a broken one.
"""

from collections.abc import Sequence
from typing import Final

from content import Proposal
from draws import pick
from proposals import AUTHORITY_AFFAIRS, Flaws, Typing, is_planned

Tables = dict[str, list[Typing]]

UNSCORED: Final = 6  # proposals the TKKSD did not score
DISPUTED: Final = 8  # proposals whose two officers disagree by three points on three criteria
_ELEMENTS: Final = ("unsur_pihak", "unsur_interaksi", "unsur_tujuan", "unsur_interaksi")
_GROUNDS: Final = ("darurat", "tugas_pembantuan", "", "", "", "")
_STRONG: Final = 5
_NOTES: Final = ("Sudah dibahas dengan kepala dinas", "Mohon diprioritaskan", "Lengkapi data dasar")


def flaws(proposals: Sequence[Proposal]) -> Flaws:
    """Which proposals lack partner benefit, an element, a plan or a ground of authority."""
    ksd = [p for p in proposals if p.is_ksd]
    unplanned = pick(len(_GROUNDS), [p.usulan_id for p in ksd if not is_planned(p)], "rencana")
    planned = [p.usulan_id for p in ksd if is_planned(p)]
    authority = [p.usulan_id for p in ksd if p.facts["urusan_kode"] in AUTHORITY_AFFAIRS]
    missing = pick(len(_ELEMENTS), planned, "unsur")
    strong = [p.usulan_id for p in ksd if p.mutu >= _STRONG and p.usulan_id in planned]
    others = [usulan for usulan in planned if usulan not in strong]
    unknown = [*pick(2, strong, "manfaat_mitra"), *pick(3, others, "manfaat_mitra")]
    return Flaws(
        no_partner_benefit=frozenset(unknown),
        missing_element=dict(zip(missing, _ELEMENTS, strict=True)),
        unplanned=dict(zip(unplanned, _GROUNDS, strict=True)),
        authority_open=frozenset(pick(3, authority, "kewenangan")),
    )


def spoil(opd_kode: str, tables: Tables) -> None:
    """Put this office's mishaps into its tables, if it has any."""
    usulan, nilai = tables["usulan"], tables["nilai"]
    match opd_kode:
        case "DISTAN":  # the last row copied once more
            usulan.append(dict(usulan[-1]))
        case "DINSOS":  # air between the rows
            usulan[2:2] = [{}, {}]
            nilai[18:18] = [{}]
        case "DINKES":  # the head of division's own column
            for row, note in zip(usulan, _NOTES, strict=False):
                row["Catatan Kabid"] = note
