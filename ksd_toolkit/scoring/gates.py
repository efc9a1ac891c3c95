"""Gates: conditions no score can make up for; each verdict carries its reason and article."""

from typing import Final, Literal

import numpy as np
import pandas as pd

from ksd_toolkit.register import Register
from ksd_toolkit.scoring.method import Method
from ksd_toolkit.scoring.rules import first_match

Verdict = Literal["pass", "review", "warning", "fail"]

_SEVERITY: Final = {"pass": 0, "warning": 1, "review": 2, "fail": 3}
_PLANS: Final = ("rpjmd_ref", "rkpd_ref", "renstra_ref")
_ELEMENTS: Final = ("unsur_pihak", "unsur_interaksi", "unsur_tujuan")
_THIRD_PARTY_CONDITIONS: Final = 4  # PP 28/2018 Pasal 18 names four
_FOREIGN_GENERAL: Final = {
    "hubungan_diplomatik", "urusan_pemda", "tanpa_kantor", "tanpa_campur_tangan", "sesuai_rencana",
}  # fmt: skip
_FOREIGN_SPECIAL: Final = {
    "KSDPL": {"setara", "saling_melengkapi", "hubungan_masyarakat"},
    "KSDLL": {"alih_iptek"},
}


def check_gates(register: Register, types: pd.DataFrame, method: Method) -> pd.DataFrame:
    """One row per usulan and gate that did not simply pass.

    Returns:
        Columns `usulan_id, gate, verdict, row`: `row` is the number of the deciding row in the
        gate's table, so that its reason can be said in any language.
    """
    facts = gate_facts(register, types)
    found = []
    for gate in method.gates:
        decided = first_match(facts, [row["when"] for row in gate.rows])
        for usulan, row in zip(facts.index, decided.tolist(), strict=True):
            if row < 0:
                continue
            verdict = gate.rows[row]["outcome"]
            if verdict == "warning" and gate.code in method.strict_gates:
                verdict = "fail"
            found.append((usulan, gate.code, verdict, row))
    return pd.DataFrame(found, columns=["usulan_id", "gate", "verdict", "row"])


def overall(verdicts: pd.DataFrame, usulan: "pd.Index[str]") -> "pd.Series[str]":
    """The worst verdict of each usulan: `pass`, `warning`, `review` or `fail`."""
    names = list(_SEVERITY)
    worst = verdicts["verdict"].map(_SEVERITY).groupby(verdicts["usulan_id"]).max()
    severity = worst.reindex(usulan).fillna(0).astype(int)
    return severity.map(dict(enumerate(names))).astype("str")


def gate_facts(register: Register, types: pd.DataFrame) -> pd.DataFrame:
    """The columns the gates' tables may ask about, indexed by `usulan_id`."""
    usulan = register.usulan.set_index("usulan_id")
    enough = two_liaisons(register)
    eighteen = usulan["syarat_pasal_18"].fillna("").str.split(";")
    return usulan.assign(
        jenis=types["jenis"],
        terencana=_yes(usulan[list(_PLANS)].notna().any(axis=1)),
        unsur_lengkap=_yes(usulan[list(_ELEMENTS)].notna().all(axis=1)),
        ppksd_cukup=_yes(usulan["opd_kode"].isin(enough.index[enough])),
        pasal18_lengkap=_yes(
            eighteen.map(lambda met: len(set(met) - {""})) >= _THIRD_PARTY_CONDITIONS
        ),
        pasal27_lengkap=_yes(_foreign_conditions_met(usulan["syarat_pasal_27"], types["jenis"])),
    )


def two_liaisons(register: Register) -> "pd.Series[bool]":
    """Whether each office named at least two different PPKSD, indexed by `opd_kode`.

    Source:
        Seed brief, Tahapan Persiapan: "minimal 2 orang PIC PPKSD".
    """
    opd = register.opd.set_index("opd_kode")
    first, second = (opd[f"ppksd_{n}_nama"] for n in (1, 2))
    same_number = (opd["ppksd_1_nip"] == opd["ppksd_2_nip"]).fillna(value=False)
    named = first.notna() & second.notna() & (first != second)
    return (named & ~same_number).astype(bool)


def _foreign_conditions_met(
    conditions: "pd.Series[str]", jenis: "pd.Series[str]"
) -> "pd.Series[bool]":
    met = [
        (_FOREIGN_GENERAL | _FOREIGN_SPECIAL.get(kind, set())) <= set(str(text or "").split(";"))
        for text, kind in zip(conditions, jenis, strict=True)
    ]
    return pd.Series(met, index=conditions.index, dtype=bool)


def _yes(mask: "pd.Series[bool]") -> "pd.Series[str]":
    return pd.Series(np.where(mask, "ya", "tidak"), index=mask.index, dtype="str")
