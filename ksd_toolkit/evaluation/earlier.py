"""What the register of this and of earlier periods adds to a review: older monitoring, plans, postponed usulan."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from ksd_toolkit.evaluation.postponed import no_postponed, postponed_of
from ksd_toolkit.register import Register

_KEY = ["no_dok", "periode", "penilai"]
Proposal = tuple[str, str]
"""Period and id of an usulan."""


@dataclass(frozen=True, slots=True, eq=False)
class Earlier:
    """What a review carries over without anybody retyping it.

    `monev` are monitoring rows only an earlier dossier holds, None for none; `plans` says of usulan
    whether they refer to plans (`rpjmd_rkpd, salah_satu, tidak`), by period and id; `postponed` is as
    `postponed_of` gives it.
    """

    monev: pd.DataFrame | None = None
    plans: Mapping[Proposal, str] = field(default_factory=dict)
    postponed: pd.DataFrame = field(default_factory=no_postponed)

    def with_older(self, monev: pd.DataFrame) -> pd.DataFrame:
        """The monitoring of this period and what only earlier dossiers hold."""
        return monev if self.monev is None else pd.concat([monev, self.monev], ignore_index=True)


def earlier_of(register: Register) -> Earlier:
    """What the periods up to this one carry over."""
    return Earlier(_older_monitoring(register), _plans(register), postponed_of(register))


def _periods(register: Register) -> list[Register]:
    """This period and all before it, the newest first."""
    found, current = [], register.previous
    while current is not None:
        found.append(current)
        current = current.previous
    return [register, *found]


def _older_monitoring(register: Register) -> pd.DataFrame | None:
    """Rows that only an earlier dossier holds; where two hold the same row the newer one counts."""
    first, *older = [one.table("monev") for one in _periods(register)]
    rows = [frame for frame in older if len(frame)]
    if not rows:
        return None
    every = pd.concat([first[_KEY], *rows], ignore_index=True).drop_duplicates(_KEY)
    return every.iloc[len(first) :].reset_index(drop=True)


def _plans(register: Register) -> dict[Proposal, str]:
    """Which plans every usulan of every period refers to."""
    told = {}
    for one in _periods(register):
        usulan = one.usulan
        plans = usulan[["rpjmd_ref", "rkpd_ref", "renstra_ref"]].notna()
        for name, named in zip(usulan["usulan_id"], plans.itertuples(index=False), strict=True):
            told[one.dossier.period, str(name)] = _plan(*named)
    return told


def _plan(rpjmd: bool, rkpd: bool, renstra: bool) -> str:
    if rpjmd and rkpd:
        return "rpjmd_rkpd"
    return "salah_satu" if rpjmd or rkpd or renstra else "tidak"
