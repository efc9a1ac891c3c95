"""What goes wrong in real collections, put into the sample on purpose and listed here.

Proposals: see `flaws`. Sheets: see `SPOILT`. Nothing here is refused: the sample shows an ordinary
collection, not a broken one.
"""

from collections.abc import Sequence
from typing import Final

from content import DRAWS

from ksd_toolkit.simulation.mishaps import air_between_rows, own_column, row_twice
from ksd_toolkit.simulation.proposal import Proposal
from ksd_toolkit.simulation.proposal_rows import AUTHORITY_AFFAIRS, Flaws

UNSCORED: Final = 6  # proposals the TKKSD did not score
DISPUTED: Final = 8  # proposals whose two officers disagree by three points on three criteria
SPOILT: Final = {"DISTAN": row_twice, "DINSOS": air_between_rows, "DINKES": own_column}
ONE_OFFICER: Final = "DISPORA"
SAME_OFFICER_TWICE: Final = "DISPUSIP"
_ELEMENTS: Final = ("unsur_pihak", "unsur_interaksi", "unsur_tujuan", "unsur_interaksi")
_GROUNDS: Final = ("darurat", "tugas_pembantuan", "", "", "", "")
_STRONG: Final = 5


def flaws(proposals: Sequence[Proposal]) -> Flaws:
    """Which proposals lack partner benefit, an element, a plan or a ground of authority."""
    pick, ksd = DRAWS.pick, [p for p in proposals if p.is_ksd]
    unplanned = pick(len(_GROUNDS), [p.usulan_id for p in ksd if not p.is_planned], "rencana")
    planned = [p.usulan_id for p in ksd if p.is_planned]
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
