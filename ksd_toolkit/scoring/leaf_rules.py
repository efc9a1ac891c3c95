"""Leaves that nobody scores: six rules make a value from 1 to 5 of what an office wrote about an usulan."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd

from ksd_toolkit.register import Register
from ksd_toolkit.scoring.gates import two_liaisons
from ksd_toolkit.scoring.kernel import Booleans, Floats

Leaf = tuple[Floats, Booleans]
"""Values 1 to 5 of n usulan, NaN where there is none, and whether the criterion applies."""
Rule = Callable[[Register, pd.DataFrame, pd.DataFrame], Leaf]
"""Takes the register, its usulan by id, and why what is missing in them is."""

NOT_APPLICABLE: Final = "TB"
_RISKS: Final = ("anggaran", "hukum", "teknis", "sosial", "lingkungan")
_BENEFITS: Final = ["manfaat_daerah", "manfaat_mitra", "manfaat_masyarakat"]
_PARTNER: Final = ["otoritas", "kompetensi", "sumber_daya", "minat"]
_EVIDENCE: Final = ["bukti_uraian", "bukti_tahun", "bukti_sumber"]
_PLANS: Final = ["rpjmd_ref", "rkpd_ref", "renstra_ref"]

# rulings on the risk matrix: max(likelihood x impact) up to 4, 8, 12, 16, 25 gives 1 to 5
_RISK_STEPS: Final = (4.0, 8.0, 12.0, 16.0)


def _link_to_plans(register: Register, usulan: pd.DataFrame, states: pd.DataFrame) -> Leaf:
    """1 none, 2 exception of PP 28/2018 4(3), 3 Renstra (or RPJMD alone), 4 RKPD, 5 RPJMD and RKPD with indicator."""
    rpjmd, rkpd, renstra = (_given(usulan[plan]) for plan in _PLANS)
    steps = [
        (rpjmd & rkpd & _given(usulan["indikator"]), 5.0),
        (rkpd, 4.0),
        (renstra | rpjmd, 3.0),
        (_given(usulan["alasan_di_luar_rencana"]), 2.0),
    ]
    value = np.select([step for step, _ in steps], [worth for _, worth in steps], default=1.0)
    return value, _always(usulan)


def _basic_service_and_issues(
    register: Register, usulan: pd.DataFrame, states: pd.DataFrame
) -> Leaf:
    """Start 1, +2 for a basic service (urusan 1.xx), +1 per further issue up to +2; none without urusan or isu."""
    urusan = usulan["urusan_kode"]
    issues = usulan["isu"].str.count(";").to_numpy(dtype=np.float64)
    basic = urusan.str.startswith("1.").fillna(value=False).to_numpy(dtype=bool)
    value = 1.0 + 2.0 * basic + np.minimum(issues, 2.0)
    return np.where(_given(urusan), value, np.nan), _always(usulan)


def _balance_of_benefit(register: Register, usulan: pd.DataFrame, states: pd.DataFrame) -> Leaf:
    """The smallest of the three parties' benefits; none while one that applies is unanswered."""
    benefits = usulan[_BENEFITS].to_numpy(dtype=np.float64)
    off = states[_BENEFITS].to_numpy() == NOT_APPLICABLE
    complete = (~np.isnan(benefits) | off).all(axis=1)
    smallest = np.fmin.reduce(benefits, axis=1)
    return np.where(complete, smallest, np.nan), ~off.all(axis=1)


def _risk(register: Register, usulan: pd.DataFrame, states: pd.DataFrame) -> Leaf:
    """The largest likelihood x impact over the answered pairs, in five steps."""
    likelihood, impact = (
        usulan[[f"risiko_{risk}_{side}" for risk in _RISKS]].to_numpy(dtype=np.float64)
        for side in "kd"
    )
    largest = np.fmax.reduce(likelihood * impact, axis=1)
    step = 1.0 + np.searchsorted(_RISK_STEPS, largest, side="left")
    off = states[[f"risiko_{risk}_k" for risk in _RISKS]].to_numpy() == NOT_APPLICABLE
    return np.where(np.isnan(largest), np.nan, step), ~off.all(axis=1)


def _best_partner(register: Register, usulan: pd.DataFrame, states: pd.DataFrame) -> Leaf:
    """The best mean of authority, competence, resources and interest among partners rated in full."""
    mitra = register.mitra
    mean = mitra[_PARTNER].to_numpy(dtype=np.float64).sum(axis=1) / len(_PARTNER)
    of = usulan.index.get_indexer(pd.Index(mitra["usulan_id"]))
    best = np.full(len(usulan), np.nan)
    np.fmax.at(best, of[of >= 0], mean[of >= 0])
    return best, _always(usulan)


def _readiness(register: Register, usulan: pd.DataFrame, states: pd.DataFrame) -> Leaf:
    """1, and one each for evidence, a ready document, two PPKSD and a link to a plan."""
    enough = two_liaisons(register)
    met = (
        usulan[_EVIDENCE].notna().to_numpy().all(axis=1),
        (usulan["dokumen_siap"] == "ya").fillna(value=False).to_numpy(dtype=bool),
        usulan["opd_kode"].isin(enough.index[enough]).to_numpy(),
        usulan[_PLANS].notna().to_numpy().any(axis=1),
    )
    return 1.0 + np.stack(met).sum(axis=0, dtype=np.float64), _always(usulan)


def _given(answers: "pd.Series[str]") -> Booleans:
    return answers.notna().to_numpy()


def _always(usulan: pd.DataFrame) -> Booleans:
    return np.ones(len(usulan), dtype=bool)


LEAF_RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        "K2A": _link_to_plans,
        "K2B": _basic_service_and_issues,
        "K3B": _balance_of_benefit,
        "RISK": _risk,
        "MITRA": _best_partner,
        "SIAP": _readiness,
    }
)
"""How the value of a criterion is made, by its code."""
