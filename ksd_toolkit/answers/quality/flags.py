"""Answers that deserve a second look: all alike, exactly the same twice, or far from all others.

A flag is a question to the office, never a verdict, and nothing is left out because of one.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from ksd_toolkit.answers.quality.agreement import Agreement
from ksd_toolkit.answers.quality.coefficients import Matrix
from ksd_toolkit.answers.quality.limits import limits
from ksd_toolkit.answers.quality.ratings import scores_of
from ksd_toolkit.messages import count, decimal, percent, rupiah, say
from ksd_toolkit.register import Register

STRAIGHT, IDENTICAL, STRICT, GENEROUS = "straight", "identical", "strict", "generous"
COST, BENEFIT = "cost", "benefit"
PERSONAL: Final = frozenset({STRAIGHT, IDENTICAL, STRICT, GENEROUS})
"""Flags that point at a person; they stand in the internal edition only."""

_MONEY: Final = {"biaya_indikatif": COST, "manfaat_indikatif": BENEFIT}
_COLUMNS: Final = ("flag", "opd_kode", "subject", "value", "usual", "number")


def flags(register: Register, found: Agreement) -> pd.DataFrame:
    """Every flag of a period.

    Returns:
        `flag`, `opd_kode`, `subject` (a rater or an usulan), `value` that was found, the `usual`
        value it is compared with, and the `number` of usulan, units or values it rests on.

    Source:
        `knowledge/quality.toml`, table `flags`.
    """
    own = scores_of(register, "OPD")
    rows = [
        *_straight(own), *_identical(found.by_office), *_raters(own),
        *(row for field, name in _MONEY.items() for row in _money(register.usulan, field, name)),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def flag_sentence(flag: Mapping[str, Any], office: str, lang: str = "id") -> str:
    """What a flag says, in one sentence.

    Args:
        flag: A row of `flags`.
        office: The name of the office.
        lang: Language of the sentence.
    """
    kind = str(flag["flag"])
    facts = {
        "office": office, "subject": flag["subject"], "n": count(flag["number"], lang),
        "share": percent(100 * flag["value"], 0, lang), "mean": decimal(flag["value"], 2, lang),
        "usual": decimal(flag["usual"], 2, lang),
    }  # fmt: skip
    if kind in _MONEY.values():
        facts["money"], facts["usual"] = rupiah(flag["value"], lang), rupiah(flag["usual"], lang)
    return say(f"quality.flag.{kind}", lang, **facts)


def outlying(values: Matrix) -> Matrix:
    """The modified z-score of every value: how far it lies from the median in units of usual distance.

    Returns:
        NaN for all where there are too few values, or where more than half are the same.

    Source:
        Iglewicz and Hoaglin (1993), How to Detect and Handle Outliers.
    """
    rules = limits()["flags"]
    distance = values - np.median(values) if len(values) else values
    usual = float(np.median(np.abs(distance))) if len(values) else 0.0
    if len(values) < rules["outlier_values"] or usual == 0:
        return np.full(len(values), np.nan)
    score: Matrix = rules["outlier_scale"] * distance / usual
    return score


def _straight(scores: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    """Raters who gave one and the same score to all criteria of most of their usulan."""
    rules = limits()["flags"]
    for rater in scores.columns:
        grouped = scores[rater].dropna().groupby(["opd_kode", "usulan_id"])
        told = grouped.agg(["size", "nunique"])
        told = told[told["size"] >= rules["straight_items"]]
        for office, usulan in told.groupby("opd_kode"):
            share = float((usulan["nunique"] == 1).mean())
            if len(usulan) >= rules["straight_usulan"] and share >= rules["straight_from"]:
                limit = rules["straight_from"]
                yield STRAIGHT, office, rater, share, limit, len(usulan)


def _identical(by_office: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    """Offices whose two PPKSD gave the same score nearly everywhere."""
    rules = limits()["flags"]
    same = by_office[
        (by_office["exact"] >= rules["identical_from"])
        & (by_office["units"] >= rules["identical_units"])
    ]
    for office, row in same.iterrows():
        yield IDENTICAL, office, "", row["exact"], rules["identical_from"], int(row["units"])


def _raters(scores: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    """Raters whose mean score lies far from those of all raters."""
    grouped = scores.groupby("opd_kode")
    means = grouped.mean().melt(ignore_index=False, var_name="penilai", value_name="mean").dropna()
    numbers = grouped.count()
    score = outlying(means["mean"].to_numpy(dtype="float64"))
    usual = float(means["mean"].median()) if len(means) else np.nan
    rows = zip(means.index, means["penilai"], means["mean"], score, strict=True)
    for office, rater, mean, distance in rows:
        if abs(distance) >= limits()["flags"]["outlier_from"]:
            kind = GENEROUS if distance > 0 else STRICT
            yield kind, str(office), rater, float(mean), usual, int(numbers[rater][office])


def _money(usulan: pd.DataFrame, field: str, kind: str) -> Iterator[tuple[object, ...]]:
    """Amounts far from the others; compared as orders of magnitude, since money is spread that way."""
    known = usulan[usulan[field] > 0]
    amounts = known[field].to_numpy(dtype="float64")
    score = outlying(np.log10(amounts))
    usual = float(np.median(amounts)) if len(amounts) else np.nan
    rows = zip(known["opd_kode"], known["usulan_id"], amounts, score, strict=True)
    for office, usulan_id, amount, distance in rows:
        if abs(distance) >= limits()["flags"]["outlier_from"]:
            yield kind, office, usulan_id, float(amount), usual, len(amounts)
