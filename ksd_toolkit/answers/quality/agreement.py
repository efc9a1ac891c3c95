"""How far raters agree: per office in plain shares only, pooled with a coefficient and its interval."""

import math
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from ksd_toolkit.answers.quality.coefficients import intraclass, kendall_w, krippendorff_alpha
from ksd_toolkit.answers.quality.jackknife import alpha_interval
from ksd_toolkit.answers.quality.limits import limits
from ksd_toolkit.answers.quality.ratings import gaps, matrix_of, rated_twice, scores_of, widest
from ksd_toolkit.register import Register
from ksd_toolkit.remembering import remembered

INTERNAL: Final = "internal"
"""The edition that may point at a person; every other edition is public."""

ALL: Final = "SEMUA"
"""The row of all criteria together."""

FEW_UNITS, CONSTANT = "few_units", "constant"
FEW_GROUPS, LEANS_ON_ONE = "few_groups", "leans_on_one"
_WITHIN: Final = 1


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """How far raters agree.

    `by_office`: by `opd_kode`: `units` two PPKSD scored, `exact` and `within` (shares of their pairs
    with the same score, and at most 1 apart), `mean_gap`, `wide` (units at least 2 apart).
    `offices`, `panel`: by criterion and `SEMUA`, for the PPKSD and for the TKKSD: the same columns,
    and `groups`, `alpha, low, high`, `icc1, icck`, and `why` there is no alpha or interval
    (`few_units, constant, few_groups, leans_on_one` or empty). `panel` has `usulan` and `w` besides.
    `disputes`: units of an office at least 2 apart, the widest first.
    """

    by_office: pd.DataFrame
    offices: pd.DataFrame
    panel: pd.DataFrame
    disputes: pd.DataFrame


def printable(found: Agreement, role: str, edition: str) -> pd.DataFrame:
    """The rows by criterion an edition may print: figures of PPKSD only over enough offices in public.

    Args:
        found: How far raters agree.
        role: `OPD` or `TKKSD`.
        edition: `internal`, or anything else for the public one.
    """
    if role == "TKKSD":
        return found.panel
    if edition == INTERNAL:
        return found.offices
    least = int(limits()["edition"]["offices_from"])
    return found.offices.loc[found.offices["groups"] >= least]


def agreement(register: Register, criteria: list[str]) -> Agreement:
    """How far the PPKSD of each office agree, and the members of the TKKSD.

    PPKSD are nested in their office, so they are interchangeable raters: alpha and ICC(1) fit, W
    does not. The TKKSD is one panel that rates every usulan: W fits.

    Args:
        register: The answers.
        criteria: Codes in the order of the form.

    Source:
        Krippendorff (2011); Shrout and Fleiss (1979); limits in `knowledge/quality.toml`.
    """
    asked = tuple(criteria)
    return remembered("agreement", asked, register, lambda: _agreement(register, criteria))


def _agreement(register: Register, criteria: list[str]) -> Agreement:
    own, panel = scores_of(register, "OPD"), scores_of(register, "TKKSD")
    return Agreement(
        by_office=_by_office(own),
        offices=_by_criterion(own, criteria, "opd_kode"),
        panel=_with_concordance(_by_criterion(panel, criteria, "usulan_id"), panel, criteria),
        disputes=_disputes(own, criteria),
    )


def _by_office(scores: pd.DataFrame) -> pd.DataFrame:
    pairs = gaps(scores)
    grouped = pairs.groupby("opd_kode")["gap"]
    wide = widest(scores).groupby("opd_kode")
    return pd.DataFrame(
        {
            "units": wide.size(),
            "exact": grouped.agg(lambda gap: (gap == 0).mean()),
            "within": grouped.agg(lambda gap: (gap <= _WITHIN).mean()),
            "mean_gap": grouped.mean(),
            "wide": wide.agg(lambda gap: int((gap >= _wide_gap()).sum())),
        }
    )


def _by_criterion(scores: pd.DataFrame, criteria: list[str], group: str) -> pd.DataFrame:
    """A row per criterion and one for all; `group` is what the jackknife leaves out in turn."""
    code = scores.index.get_level_values("kriteria_kode")
    rows = {name: _row(scores[code == name], group) for name in criteria}
    rows[ALL] = _row(scores, group)
    return pd.DataFrame.from_dict(rows, orient="index")


def _row(scores: pd.DataFrame, group: str) -> dict[str, Any]:
    twice = rated_twice(scores)
    gap = gaps(scores)["gap"]
    groups = list(twice.index.get_level_values(group))
    row: dict[str, Any] = {
        "units": len(twice), "groups": len(set(groups)), "exact": (gap == 0).mean(),
        "within": (gap <= _WITHIN).mean(), "mean_gap": gap.mean(),
        "wide": int((widest(scores) >= _wide_gap()).sum()),
        "alpha": math.nan, "low": math.nan, "high": math.nan, "icc1": math.nan, "icck": math.nan,
    }  # fmt: skip
    rules = limits()["agreement"]
    if len(twice) < rules["alpha_from_units"]:
        return {**row, "why": FEW_UNITS}
    ratings = matrix_of(twice)
    alpha = krippendorff_alpha(ratings)
    if math.isnan(alpha):
        return {**row, "why": CONSTANT}
    row["alpha"] = alpha
    row["icc1"], row["icck"] = intraclass(ratings)
    if row["groups"] < rules["interval_from_groups"]:
        return {**row, "why": FEW_GROUPS}
    row["low"], row["high"] = alpha_interval(ratings, groups, rules["confidence"])
    return {**row, "why": LEANS_ON_ONE if math.isnan(row["low"]) else ""}


def _with_concordance(
    rows: pd.DataFrame, scores: pd.DataFrame, criteria: list[str]
) -> pd.DataFrame:
    """W of each criterion over the usulan every member scored; of all, over their mean scores."""
    found = {}
    code = scores.index.get_level_values("kriteria_kode")
    for name in criteria:
        found[name] = _concordance(scores[code == name])
    complete = (
        scores.dropna()
    )  # a mean over other criteria for another member would compare nothing
    found[ALL] = _concordance(complete.groupby("usulan_id").mean())
    told = pd.DataFrame.from_dict(found, orient="index", columns=["usulan", "w"])
    return rows.join(told)


def _concordance(scores: pd.DataFrame) -> tuple[int, float]:
    whole = scores.dropna()
    enough = len(whole) >= limits()["agreement"]["panel_from_units"]
    return len(whole), kendall_w(matrix_of(whole)) if enough else math.nan


def _disputes(scores: pd.DataFrame, criteria: list[str]) -> pd.DataFrame:
    """Units the plenary should look at, with every rater's score."""
    gap = widest(scores)
    far = gap[gap >= _wide_gap()]
    rows = scores.loc[far.index].assign(gap=far).reset_index()
    place = {code: number for number, code in enumerate(criteria)}
    rows = rows.assign(place=rows["kriteria_kode"].map(place).fillna(len(place)))
    order = ["gap", "opd_kode", "usulan_id", "place"]
    rows = rows.sort_values(order, ascending=[False, True, True, True], kind="stable")
    return rows.drop(columns="place").reset_index(drop=True)


def _wide_gap() -> float:
    return float(limits()["agreement"]["wide_gap"])
