"""The scores as a matrix: a row per usulan and criterion, a column per rater, and what raters differ by."""

from itertools import combinations
from typing import Final

import pandas as pd

from ksd_toolkit.answers.quality.coefficients import Matrix
from ksd_toolkit.register import Register

UNIT: Final = ["opd_kode", "usulan_id", "kriteria_kode"]
"""What is rated: an usulan of an office by one criterion."""

_PAIR: Final = 2


def scores_of(register: Register, role: str) -> pd.DataFrame:
    """The scores 1 to 5 of a role.

    Args:
        register: The answers; TT, TB, blanks and what could not be read are no scores.
        role: `OPD` (the PPKSD, each of their own office) or `TKKSD`.

    Returns:
        One row per usulan and criterion that somebody scored, indexed by `UNIT` with the office
        whose usulan it is; one column per rater, NaN where that rater gave no score.
    """
    nilai = register.nilai
    mine = nilai[nilai["penilai"].str.startswith(f"{role}-").fillna(value=False)]
    office_of = register.usulan.set_index("usulan_id")["opd_kode"]
    numbers = pd.to_numeric(mine["skor"], errors="coerce")
    long = pd.DataFrame(
        {
            "opd_kode": mine["usulan_id"].map(office_of),
            "usulan_id": mine["usulan_id"],
            "kriteria_kode": mine["kriteria_kode"],
            "penilai": mine["penilai"],
            "skor": numbers,
        }
    ).dropna(subset=["opd_kode", "skor"])
    wide = long.pivot_table(index=UNIT, columns="penilai", values="skor", aggfunc="first")
    order = sorted(wide.columns, key=lambda rater: (len(str(rater)), str(rater)))
    return wide[order].astype("float64")


def matrix_of(scores: pd.DataFrame) -> Matrix:
    """The bare numbers, units by raters."""
    matrix: Matrix = scores.to_numpy(dtype="float64")
    return matrix


def rated_twice(scores: pd.DataFrame) -> pd.DataFrame:
    """The units at least two raters scored; only they tell of agreement."""
    return scores[scores.notna().sum(axis=1) >= _PAIR]


def gaps(scores: pd.DataFrame) -> pd.DataFrame:
    """What each two raters of a unit differ by.

    Returns:
        One row per unit and pair of raters who both scored it: `UNIT`, `first`, `second`, `gap`
        (0 to 4).
    """
    parts = [
        pd.DataFrame({"first": one, "second": two, "gap": (scores[one] - scores[two]).abs()})
        for one, two in combinations(scores.columns, _PAIR)
    ]
    empty = pd.DataFrame({"first": [], "second": [], "gap": []}, index=scores.index[:0])
    found = pd.concat([empty, *parts]).dropna(subset="gap")
    return found.reset_index().astype({"gap": "float64"})


def widest(scores: pd.DataFrame) -> "pd.Series[float]":
    """The largest gap of each unit that two raters or more scored."""
    twice = rated_twice(scores)
    return (twice.max(axis=1) - twice.min(axis=1)).rename("gap")
