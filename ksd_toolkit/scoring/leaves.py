"""The sixteen leaves of the criteria tree: one value from 1 to 5 per usulan, or the reason for none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from ksd_toolkit.errors import MethodError
from ksd_toolkit.questionnaire import Field, form_of
from ksd_toolkit.register import Register
from ksd_toolkit.remembering import remembered
from ksd_toolkit.scoring.gates import two_liaisons
from ksd_toolkit.scoring.method import Method

_RISKS: Final = ("anggaran", "hukum", "teknis", "sosial", "lingkungan")
_BENEFITS: Final = ("manfaat_daerah", "manfaat_mitra", "manfaat_masyarakat")
_PARTNER: Final = ("otoritas", "kompetensi", "sumber_daya", "minat")
_EVIDENCE: Final = ("bukti_uraian", "bukti_tahun", "bukti_sumber")
_PLANS: Final = ("rpjmd_ref", "rkpd_ref", "renstra_ref")
_NOT_APPLICABLE: Final = "TB"

# rulings on the risk matrix: max(likelihood x impact) up to 4, 8, 12, 16, 25 gives 1 to 5
_RISK_STEPS: Final = (4.0, 8.0, 12.0, 16.0)


@dataclass(frozen=True, slots=True, eq=False)
class Leaves:
    """Leaf values of every usulan.

    `answers`: index `usulan_id`, one column per criterion, 1 to 5, missing where not answered.
    `applicable`: same shape, False where the criterion does not apply (`TB`).
    `opd`, `tkksd`: the two roles' medians of the scored leaves. `source`: whose median is official
    (`TKKSD`, `OPD`, `rule`, or empty where there is none).
    """

    answers: pd.DataFrame
    applicable: pd.DataFrame
    opd: pd.DataFrame
    tkksd: pd.DataFrame
    source: pd.DataFrame


def read_leaves(register: Register, method: Method) -> Leaves:
    """The leaves of every usulan of a register, in the order of the method's criteria.

    Raises:
        MethodError: The method weighs a criterion nobody was asked about.
    """
    usulan = register.usulan.set_index("usulan_id")
    states = register.tables.states["usulan"].set_axis(usulan.index)
    scored = [criterion.code for criterion in method.criteria if criterion.origin == "nilai"]
    _asked(register, method, scored)
    opd, opd_off = _role_medians(register, "OPD", usulan.index, scored)
    tkksd, tkksd_off = _role_medians(register, "TKKSD", usulan.index, scored)
    values, applicable, source = {}, {}, {}
    for criterion in method.criteria:
        code = criterion.code
        if criterion.origin == "nilai":
            from_tkksd = tkksd[code].notna() | tkksd_off[code]
            values[code] = tkksd[code].where(from_tkksd, opd[code])
            applicable[code] = ~tkksd_off[code].where(from_tkksd, opd_off[code])
            source[code] = np.where(from_tkksd, "TKKSD", np.where(opd[code].notna(), "OPD", ""))
            continue
        if criterion.origin == "usulan":
            values[code] = usulan[criterion.field].astype("float64")
            applicable[code] = states[criterion.field] != _NOT_APPLICABLE
        else:
            values[code], applicable[code] = _RULES[code](register, usulan, states)
        source[code] = np.where(values[code].notna(), "rule", "")
    frame = pd.DataFrame(values, index=usulan.index)
    off = pd.DataFrame(applicable, index=usulan.index).astype(bool)
    return Leaves(frame, off, opd, tkksd, pd.DataFrame(source, index=usulan.index))


def _asked(register: Register, method: Method, scored: list[str]) -> None:
    """What the questionnaire does not ask cannot carry weight; what nobody answered lowers coverage."""
    from_rule = [c.code for c in method.criteria if c.origin == "rule" and c.code not in _RULES]
    from_field = [
        c.code for c in method.criteria if c.origin == "usulan" and c.field not in register.usulan
    ]
    question = form_of(register.dossier).table("nilai").field("kriteria_kode")
    asked = {choice.code for choice in question.choices}
    never = [code for code in scored if method.weights[code] > 0 and code not in asked]
    if missing := [*from_rule, *from_field, *never]:
        raise MethodError("method.never_asked", codes=", ".join(missing))
    table = form_of(register.dossier).table("usulan")
    unfit = [
        c.code
        for c in method.criteria
        if c.origin == "usulan" and not _is_scale(table.field(c.field), c.scale)
    ]
    if unfit:
        low, high = method.criterion(unfit[0]).scale
        codes = ", ".join(unfit)
        raise MethodError("method.no_scale", codes=codes, low=f"{low:g}", high=f"{high:g}")


def _is_scale(question: Field, scale: tuple[float, float]) -> bool:
    """Whether every answer of a question is a level of the method's scale, or none (TT, TB)."""
    low, high = scale
    levels = [choice.code for choice in question.choices if choice.code not in {"TT", "TB"}]
    if levels:
        return all(code.isdigit() and low <= int(code) <= high for code in levels)
    rule = question.rule if question.type == "integer" else None
    return rule is not None and not any(rule.holds(beyond) for beyond in (low - 1, high + 1))


def _role_medians(
    register: Register, role: str, usulan: "pd.Index[str]", codes: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The median of a role's raters per usulan and criterion, and where all who answered said TB."""
    found = remembered("role_medians", role, register, lambda: _all_medians(register, role))
    median = found[0].reindex(index=usulan, columns=codes)
    said_off = found[1].reindex(index=usulan, columns=codes, fill_value=False).astype(bool)
    return median.astype("float64"), said_off & median.isna()


def _all_medians(register: Register, role: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The same of whatever was scored: one row per usulan, one column per criterion."""
    nilai = register.nilai
    mine = nilai["penilai"].str.startswith(f"{role}-").to_numpy()
    scores = nilai.loc[mine, ["usulan_id", "kriteria_kode"]].assign(
        skor=nilai.loc[mine, "skor"].astype("float64"),
        off=(register.tables.states["nilai"].loc[mine, "skor"] == _NOT_APPLICABLE),
    )
    grouped = scores.groupby(["usulan_id", "kriteria_kode"])
    median = grouped["skor"].median().unstack()  # noqa: PD010
    return median, grouped["off"].any().unstack(fill_value=False)  # noqa: PD010


def official_answers(register: Register, codes: Sequence[str]) -> pd.DataFrame:
    """The official answer of every usulan to some scored criteria: the TKKSD median, else that of the OPD.

    Args:
        register: Whose usulan; they are the index.
        codes: Criteria asked in `nilai`, the columns; missing where nobody answered.
    """
    usulan = pd.Index(register.usulan["usulan_id"])
    opd, _ = _role_medians(register, "OPD", usulan, list(codes))
    tkksd, said_off = _role_medians(register, "TKKSD", usulan, list(codes))
    return tkksd.where(tkksd.notna() | said_off, opd)


Leaf = tuple["pd.Series[float]", "pd.Series[bool]"]


def _link_to_plans(register: Register, usulan: pd.DataFrame, states: pd.DataFrame) -> Leaf:
    """1 none, 2 exception of PP 28/2018 4(3), 3 Renstra (or RPJMD alone), 4 RKPD, 5 RPJMD and RKPD with indicator."""
    rpjmd, rkpd, renstra = (usulan[plan].notna() for plan in _PLANS)
    steps = [
        (rpjmd & rkpd & usulan["indikator"].notna(), 5.0),
        (rkpd, 4.0),
        (renstra | rpjmd, 3.0),
        (usulan["alasan_di_luar_rencana"].notna(), 2.0),
    ]
    value = np.select([step for step, _ in steps], [worth for _, worth in steps], default=1.0)
    return pd.Series(value, index=usulan.index), _always(usulan)


def _basic_service_and_issues(
    register: Register, usulan: pd.DataFrame, states: pd.DataFrame
) -> Leaf:
    """Start 1, +2 for a basic service (urusan 1.xx), +1 per further issue up to +2; none without urusan or isu."""
    issues = usulan["isu"].str.count(";").clip(upper=2)
    basic = usulan["urusan_kode"].str.startswith("1.").fillna(value=False)
    value = 1.0 + 2.0 * basic.astype(float) + issues
    return value.where(usulan["urusan_kode"].notna()).astype("float64"), _always(usulan)


def _balance_of_benefit(register: Register, usulan: pd.DataFrame, states: pd.DataFrame) -> Leaf:
    """The smallest of the three parties' benefits; none while one that applies is unanswered."""
    benefits = usulan[list(_BENEFITS)].astype("float64")
    off = states[list(_BENEFITS)] == _NOT_APPLICABLE
    complete = (benefits.notna() | off).all(axis=1)
    return benefits.min(axis=1).where(complete), ~off.all(axis=1)


def _risk(register: Register, usulan: pd.DataFrame, states: pd.DataFrame) -> Leaf:
    """The largest likelihood x impact over the answered pairs, in five steps."""
    likelihood = usulan[[f"risiko_{risk}_k" for risk in _RISKS]].to_numpy()
    impact = usulan[[f"risiko_{risk}_d" for risk in _RISKS]].to_numpy()
    largest = pd.DataFrame(likelihood * impact, index=usulan.index).max(axis=1)
    step = 1.0 + np.searchsorted(_RISK_STEPS, largest.to_numpy(), side="left")
    off = (states[[f"risiko_{risk}_k" for risk in _RISKS]] == _NOT_APPLICABLE).all(axis=1)
    return pd.Series(step, index=usulan.index).where(largest.notna()), ~off


def _best_partner(register: Register, usulan: pd.DataFrame, states: pd.DataFrame) -> Leaf:
    """The best mean of authority, competence, resources and interest among partners rated in full."""
    mitra = register.mitra
    ratings = mitra[list(_PARTNER)].astype("float64")
    mean = ratings.mean(axis=1).where(ratings.notna().all(axis=1))
    return mean.groupby(mitra["usulan_id"]).max().reindex(usulan.index), _always(usulan)


def _readiness(register: Register, usulan: pd.DataFrame, states: pd.DataFrame) -> Leaf:
    """1, and one each for evidence, a ready document, two PPKSD and a link to a plan."""
    evidence = usulan[list(_EVIDENCE)].notna().all(axis=1)
    document = (usulan["dokumen_siap"] == "ya").fillna(value=False)
    enough = two_liaisons(register)
    liaisons = usulan["opd_kode"].isin(enough.index[enough])
    planned = usulan[list(_PLANS)].notna().any(axis=1)
    met = pd.concat([evidence, document, liaisons, planned], axis=1)
    return 1.0 + met.sum(axis=1).astype("float64"), _always(usulan)


def _always(usulan: pd.DataFrame) -> "pd.Series[bool]":
    return pd.Series(data=True, index=usulan.index)


_RULES: Final[dict[str, Callable[[Register, pd.DataFrame, pd.DataFrame], Leaf]]] = {
    "K2A": _link_to_plans,
    "K2B": _basic_service_and_issues,
    "K3B": _balance_of_benefit,
    "RISK": _risk,
    "MITRA": _best_partner,
    "SIAP": _readiness,
}
