"""Review the cooperation a register knows: its agreements, their monitoring, and every usulan so far."""

import pandas as pd

from ksd_toolkit.evaluation.result import Review, evaluate
from ksd_toolkit.evaluation.rules import read_evaluation_rules
from ksd_toolkit.register import Register

_USULAN = ["periode", "usulan_id", "judul", "opd_kode", "status_usulan"]


def review(register: Register) -> Review:
    """What became of the cooperation up to the dossier's `tanggal_acuan`.

    Source:
        Permendagri 25/2020 Pasal 35-39 (reporting, evaluation at least twice a year) applied to every
        kind of document; the seed brief, pilihan kebijakan d.
    """
    return evaluate(
        naskah=register.table("naskah"),
        tahapan=register.table("tahapan"),
        monev=register.table("monev"),
        capaian=register.table("capaian"),
        usulan=all_usulan(register),
        rules=read_evaluation_rules(),
        tanggal_acuan=register.dossier.tanggal_acuan,
    )


def all_usulan(register: Register) -> pd.DataFrame:
    """The usulan of this period and of every period before it that the register knows."""
    frames = []
    current: Register | None = register
    while current is not None:
        frames.append(current.usulan.assign(periode=current.dossier.period)[_USULAN])
        current = current.previous
    return pd.concat(frames, ignore_index=True)
