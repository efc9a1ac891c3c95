"""Budget, spending, revenue and goods of the documents in a half-year, each and in all."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from ksd_toolkit.evaluation.semesters import Semester

_COLUMNS: Final = ("anggaran", "realisasi_anggaran", "hasil_uang", "hasil_barang")
STATES: Final = ("lengkap", "tanpa_realisasi", "tanpa_anggaran", "anggaran_nol", "kosong")


def money_of(documents: pd.DataFrame, speaking: pd.DataFrame, semester: Semester) -> pd.DataFrame:
    """What the speaking monitoring of one half-year says of money and goods.

    Returns:
        One row per document assessed in the half-year: `no_dok, judul, opd_kode, anggaran,
        realisasi_anggaran, hasil_uang, hasil_barang` (as told), `state` (one of STATES: whether a
        share can be given and why not), `absorption_percent` and `previous_percent`, the same of
        the half-year before; missing where there is no budget above 0 or no spending was told.

    Source:
        PP 28/2018 Pasal 20 (money and goods that result); Permendagri 25/2020 Pasal 37 (pendanaan).
    """
    now = _of_half_year(speaking, semester)
    before = _of_half_year(speaking, semester.previous())
    earlier = dict(zip(before["no_dok"], _absorption(before), strict=True))
    about = documents[["no_dok", "judul", "opd_kode"]]
    merged = now[["no_dok", *_COLUMNS]].merge(about, on="no_dok", how="left")
    return merged.assign(
        state=_states(merged),
        absorption_percent=_absorption(merged),
        previous_percent=merged["no_dok"].map(earlier).astype("float64"),
    )


def _of_half_year(speaking: pd.DataFrame, semester: Semester) -> pd.DataFrame:
    return speaking[speaking["periode"] == str(semester)].reset_index(drop=True)


def _absorption(rows: pd.DataFrame) -> pd.Series:
    budget = rows["anggaran"]
    share: pd.Series = 100 * rows["realisasi_anggaran"] / budget.where(budget > 0)
    return share


def _states(rows: pd.DataFrame) -> list[str]:
    """Whether a share can be given, and the first reason why not."""
    return [
        _state(budget, spent)
        for budget, spent in zip(rows["anggaran"], rows["realisasi_anggaran"], strict=True)
    ]


def _state(budget: float, spent: float) -> str:
    if pd.isna(budget):
        return "kosong" if pd.isna(spent) else "tanpa_anggaran"
    if pd.isna(spent):
        return "tanpa_realisasi"
    return "lengkap" if budget > 0 else "anggaran_nol"


@dataclass(frozen=True, slots=True)
class MoneyTotal:
    """The money of a half-year over all documents that can be compared.

    `compared` documents have both a budget above 0 and spending; only they enter `budget`, `spent` and
    `percent` (None where there is none). `revenue` is None where no document told one; `paying` counts
    those that did, `goods` those that brought goods.
    """

    documents: int
    compared: int
    budget: float
    spent: float
    percent: float | None
    revenue: float | None
    paying: int
    goods: int


def total_of(money: pd.DataFrame) -> MoneyTotal:
    """What the rows of `money_of` add up to."""
    both = money[money["state"] == "lengkap"]
    budget, spent = float(both["anggaran"].sum()), float(both["realisasi_anggaran"].sum())
    paid = money["hasil_uang"].dropna()
    return MoneyTotal(
        documents=len(money),
        compared=len(both),
        budget=budget,
        spent=spent,
        percent=100 * spent / budget if budget > 0 else None,
        revenue=float(paid.sum()) if len(paid) else None,
        paying=len(paid),
        goods=int(money["hasil_barang"].notna().sum()),
    )
