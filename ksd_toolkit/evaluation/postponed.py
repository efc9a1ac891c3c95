"""The usulan that earlier periods postponed, and what became of each of them since."""

from collections.abc import Iterator
from typing import Any, Final

import pandas as pd

from ksd_toolkit.register import Register
from ksd_toolkit.scoring.postponed import grounds_of_waiting

TAKEN_UP, WAITING = "diajukan_lagi", "belum_diajukan"
COLUMNS: Final = (
    "periode", "usulan_id", "judul", "opd_kode", "ground", "state", "taken_up_as", "status",
)  # fmt: skip


def postponed_of(register: Register) -> pd.DataFrame:
    """What the period before postponed, and under which usulan it was proposed again this period.

    Returns:
        `periode, usulan_id, judul, opd_kode` as it was then, `ground` (`ditunda` or `kelas_terbawah`),
        `state` (`diajukan_lagi` or `belum_diajukan`), `taken_up_as` (this period's ids, joined by
        `; `) and `status` (what these stand at, joined alike; a dash where none is stated); missing
        where it was not proposed again. No row where there is no period before.

    Source:
        The seed brief: the mapping is repeated each year; `usulan_asal` of the questionnaire.
    """
    rows = [] if register.previous is None else list(_rows(register, register.previous))
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype("str")


def no_postponed() -> pd.DataFrame:
    """The same without a row."""
    return pd.DataFrame(columns=list(COLUMNS)).astype("str")


def _rows(now: Register, before: Register) -> Iterator[dict[str, Any]]:
    usulan, grounds = now.usulan, grounds_of_waiting(before)
    then = before.usulan.set_index("usulan_id")
    for name in sorted(grounds.index):
        heirs = usulan[usulan["usulan_asal"] == name]
        yield {
            "periode": before.dossier.period,
            "usulan_id": name,
            "judul": then.at[name, "judul"],
            "opd_kode": then.at[name, "opd_kode"],
            "ground": grounds[name],
            "state": WAITING if heirs.empty else TAKEN_UP,
            "taken_up_as": "; ".join(heirs["usulan_id"]) or None,
            "status": "; ".join(heirs["status_usulan"].fillna("\u2013")) or None,
        }
