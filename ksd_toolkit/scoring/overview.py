"""The mapping at a glance: who answered, what kinds of cooperation, which issues, how mature."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

import pandas as pd

from ksd_toolkit.answers.quality.answering import answering_offices
from ksd_toolkit.law import all_isu
from ksd_toolkit.register import Register
from ksd_toolkit.remembering import remembered
from ksd_toolkit.scoring.gates import two_liaisons
from ksd_toolkit.scoring.jenis import derive_types
from ksd_toolkit.scoring.jenis_table import type_families
from ksd_toolkit.scoring.main_isu import main_isu

PROBLEMS: Final = ("d1", "d2", "d3", "d4", "d5")
NOT_KSD: Final = "BUKAN"
NOT_KSD_FAMILY, UNCLEAR_FAMILY = "Bukan KSD", "Belum jelas"
_LEVELS: Final = 5  # maturity 0 to 4
IMMATURE_BELOW: Final = 2
"""Levels 0 and 1 count as "the problem exists" (data dictionary: share of OPD below 2)."""


@dataclass(frozen=True, slots=True, eq=False)
class Overview:
    """Counts of a period.

    `families`: usulan per family of types, in table order. `not_ksd_rules`: usulan that are no KSD
    by the rule that says so; `not_ksd_set` those a plenary set so. `by_isu`: main issue (`ISU-A`...) by
    family, of all usulan but those that are no KSD. `maturity`: one row per problem `d1`..`d5` with `level_0`..`level_4`
    (offices), `answered`, `immature` (offices below level 2) and `mean`.
    """

    period: str
    offices_asked: int
    offices_answered: int
    silent: tuple[str, ...]
    short_of_liaisons: tuple[str, ...]
    usulan: int
    families: "pd.Series[int]"
    not_ksd_rules: "pd.Series[int]"
    not_ksd_set: int
    by_isu: pd.DataFrame
    maturity: pd.DataFrame

    def __repr__(self) -> str:
        return f"Overview({self.period}: {self.usulan} usulan, {self.ksd} KSD)"

    @property
    def ksd(self) -> int:
        """Usulan that are a regional cooperation."""
        return int(self.families.sum()) - self.not_ksd - self.unclear

    @property
    def unclear(self) -> int:
        """Usulan of which it cannot be told yet whether they are a regional cooperation."""
        return int(self.families[UNCLEAR_FAMILY])

    @property
    def not_ksd(self) -> int:
        """Usulan that belong to another procedure."""
        return int(self.families[NOT_KSD_FAMILY])


def overview(register: Register) -> Overview:
    """Count what the offices of a register proposed.

    Source:
        The seed brief: permasalahan a-e (maturity d1-d5) and isu strategis a-h.
    """
    return remembered("overview", None, register, lambda: _counted(register))


def _counted(register: Register) -> Overview:
    types = derive_types(register)
    offices = register.dossier.offices["opd_nama"]
    answered = answering_offices(register)
    liaisons = two_liaisons(register)
    families = types["family"].value_counts().reindex(type_families(), fill_value=0)
    refused = types.loc[(types["jenis"] == NOT_KSD) & (types["derived"] == NOT_KSD), "jenis_rule"]
    return Overview(
        period=register.dossier.period,
        offices_asked=len(offices),
        offices_answered=len(answered),
        silent=tuple(name for code, name in offices.items() if code not in answered),
        short_of_liaisons=tuple(offices.get(code, code) for code in liaisons.index[~liaisons]),
        usulan=len(types),
        families=families,
        not_ksd_rules=refused.value_counts().sort_index(),
        not_ksd_set=int(((types["jenis"] == NOT_KSD) & (types["derived"] != NOT_KSD)).sum()),
        by_isu=_by_isu(register, types),
        maturity=_maturity(register),
    )


def levels_of(register: Register, problem: str) -> "pd.Series[float]":
    """The level 0-4 each office gave to a problem (`d1`..`d5`), by `opd_kode`; one that gave none is left out."""
    opd = register.opd
    levels = pd.to_numeric(opd[problem]).to_numpy(dtype="float64", na_value=float("nan"))
    return pd.Series(levels, pd.Index(opd["opd_kode"]), name=problem).dropna()


def previous_overview(register: Register) -> Overview | None:
    """The overview of the period before, when the register knows it."""
    return overview(register.previous) if register.previous is not None else None


def _by_isu(register: Register, types: pd.DataFrame) -> pd.DataFrame:
    ksd = types.loc[types["jenis"] != NOT_KSD, "family"]
    counts = Counter(zip(main_isu(register).loc[ksd.index], ksd, strict=True))
    codes = pd.Index([topic.code for topic in all_isu()], name="isu")
    families = pd.Index([one for one in type_families() if one != NOT_KSD_FAMILY], name="family")
    return pd.DataFrame(
        [[counts[code, family] for family in families] for code in codes], codes, families
    )


def _maturity(register: Register) -> pd.DataFrame:
    rows = {}
    for problem in PROBLEMS:
        level = levels_of(register, problem)
        counts = {f"level_{n}": int((level == n).sum()) for n in range(_LEVELS)}
        immature = int((level < IMMATURE_BELOW).sum())
        rows[problem] = {
            **counts,
            "answered": len(level),
            "immature": immature,
            "mean": level.mean(),
        }
    return pd.DataFrame.from_dict(rows, orient="index")
