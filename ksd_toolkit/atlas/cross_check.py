"""Figures held against each other: what looks like another region's value is kept, marked and told.

Source:
    The Papua rows of a published table carried each other's values for years; only the ratio of
    GRDP per head to GRDP over population showed it (`knowledge/cross_checks.toml`).
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from ksd_toolkit.atlas.deviations import Deviations, equal_deviations, ratio_deviations
from ksd_toolkit.atlas.number_facts import number_fact
from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.regions import region_or_none


def cross_checked(
    figures: pd.DataFrame, population: Mapping[str, float]
) -> tuple[pd.DataFrame, list[Problem]]:
    """The figures with a column `suspect`, and a warning for each suspect.

    A series is judged in the year that both reckonings know; a suspect taints the whole series of
    its region, indicator and source, since a wrong label does.

    Args:
        figures: All figures, with `file` and `row`.
        population: The population of regions for which no figure tells it.
    """
    problems = list(_unchecked(figures, population))
    tainted: set[tuple[str, str, str]] = set()
    for pairs, label in _all_pairs(figures, population):
        off = pairs[pairs["off"]]
        for source in ("source", "other_source"):  # of two sources nobody knows which is wrong
            if source in off:
                tainted |= set(zip(off["code"], off["indicator"], off[source], strict=True))
        problems += _told(pairs, label)
    keys = zip(figures["code"], figures["indicator"], figures["source"], strict=True)
    suspect = np.fromiter((key in tainted for key in keys), dtype=bool, count=len(figures))
    return figures.assign(suspect=suspect), problems


# --- what is held against what -------------------------------------------------------------------


def _all_pairs(
    figures: pd.DataFrame, population: Mapping[str, float]
) -> Iterator[tuple[pd.DataFrame, dict[str, str]]]:
    """Every check's judged rows with what is expected of them, and how the check is called."""
    for check in _table()["check"]:
        judged = figures[figures["indicator"] == check["judged"]]
        label = {"id": check["label_id"], "en": check["label_en"]}
        if "same_as" in check:
            expected = _series(figures, check["same_as"]).rename(columns={"value": "expected"})
            for pairs in _by_source(_nearest(judged, expected)):
                yield _with_verdict(pairs, check["least_share"], same=True), label
        else:
            expected = _per_head(figures, check, population)
            for pairs in _by_source(_nearest(judged, expected)):
                yield _with_verdict(pairs, check["least_share"], same=False), label
    yield from _two_sources(figures)


def _unchecked(figures: pd.DataFrame, population: Mapping[str, float]) -> Iterator[Problem]:
    """What could be checked if somebody brought what it is checked with."""
    brought = set(figures["indicator"])
    for check in _table()["check"]:
        needed = [check[name] for name in ("total", "per") if name in check]
        missing = [name for name in needed if name not in brought]
        if population and check.get("per") in missing:
            missing.remove(check["per"])
        if check["judged"] in brought and missing:
            judged = figures[figures["indicator"] == check["judged"]]
            facts = {"indicator": check["judged"], "missing": ", ".join(missing)}
            yield Problem("atlas.unchecked", Where(str(judged["file"].iloc[-1])), facts, "info")


def _two_sources(figures: pd.DataFrame) -> Iterator[tuple[pd.DataFrame, dict[str, str]]]:
    """Each source of an indicator against the one before it by name, in the same year."""
    rule = _table()["same_indicator"]
    several = figures.groupby("indicator", sort=True)["source"].nunique()
    for indicator in several.index[several > 1]:
        rows = figures[figures["indicator"] == indicator]
        names = sorted(set(rows["source"]))
        for first, second in pairwise(names):
            expected = rows[rows["source"] == first][["code", "year", "value"]]
            judged = rows[rows["source"] == second]
            pairs = judged.merge(
                expected.rename(columns={"value": "expected"}), on=["code", "year"]
            )
            label = {lang: rule[f"label_{lang}"].format(source=first) for lang in ("id", "en")}
            pairs = _with_verdict(pairs.assign(other_source=first), rule["least_share"], same=True)
            yield pairs, label


def _series(figures: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """An indicator by region and year; of several sources the first by name."""
    rows = figures[figures["indicator"] == indicator].sort_values("source", kind="stable")
    return rows.drop_duplicates(["code", "year"])[["code", "year", "value"]]


def _per_head(
    figures: pd.DataFrame, check: Mapping[str, Any], population: Mapping[str, float]
) -> pd.DataFrame:
    """The total of each region and year over its population."""
    total = _series(figures, check["total"])
    people = dict(population)
    newest = _series(figures, check["per"]).sort_values(["code", "year"], kind="stable")
    people |= dict(zip(newest["code"], newest["value"], strict=True))
    heads = np.array([people.get(code, np.nan) for code in total["code"]], dtype=np.float64)
    known = heads > 0
    expected = total["value"].to_numpy(dtype=np.float64)[known] / heads[known]
    per_head: pd.DataFrame = total.loc[known, ["code", "year"]].assign(expected=expected)
    return per_head


def _nearest(judged: pd.DataFrame, expected: pd.DataFrame) -> pd.DataFrame:
    """The judged rows of the year nearest to the expectation's; one a region and source."""
    pairs = judged.merge(expected, on="code", suffixes=("", "_of_expected"))
    apart = (pairs["year"] - pairs["year_of_expected"]).abs()
    pairs = pairs.assign(apart=apart).loc[apart <= _table()["rule"]["years_apart"]]
    pairs = pairs.sort_values(["code", "source", "apart", "year"], kind="stable")
    nearest: pd.DataFrame = pairs.drop_duplicates(["code", "source"])
    return nearest


def _by_source(pairs: pd.DataFrame) -> Iterator[pd.DataFrame]:
    for source in sorted(set(pairs["source"])):
        yield pairs[pairs["source"] == source]


def _with_verdict(pairs: pd.DataFrame, least: float, *, same: bool) -> pd.DataFrame:
    """The pairs with `off`, `above`, `low` and `high`."""
    rule = _table()["rule"]
    values = pairs["value"].to_numpy(dtype=np.float64)
    expected = pairs["expected"].to_numpy(dtype=np.float64)
    if same:
        found = equal_deviations(values, expected, least)
        return _marked(pairs, found)
    usable = (values > 0) & (expected > 0)
    pairs = pairs[usable]
    if len(pairs) < rule["least_regions"]:
        return _marked(pairs, None)
    spread = rule["spread"] * rule["normal"]
    return _marked(pairs, ratio_deviations(values[usable], expected[usable], spread, least))


def _marked(pairs: pd.DataFrame, found: Deviations | None) -> pd.DataFrame:
    if found is None:
        return pairs.assign(off=False, above=False, low=np.nan, high=np.nan)
    return pairs.assign(off=found.is_off, above=found.is_above, low=found.low, high=found.high)


# --- what is told --------------------------------------------------------------------------------


def _told(pairs: pd.DataFrame, label: Mapping[str, str]) -> Iterator[Problem]:
    """One warning for a province that deviates as a whole, one for every other suspect."""
    share = _table()["rule"]["province_share"]
    for province, rows in pairs.groupby(pairs["code"].str[:2], sort=True):
        off = rows[rows["off"]]
        as_one = len(off) > 1 and (off["above"].all() or not off["above"].any())
        if as_one and len(off) >= share * len(rows):
            yield _province(str(province), off, len(rows), label)
        else:
            yield from (_suspect(row, label) for row in off.to_dict("records"))


def _province(province: str, off: pd.DataFrame, of: int, label: Mapping[str, str]) -> Problem:
    region = region_or_none(province)
    first = off.iloc[0]
    facts = {
        "indicator": first["indicator"], "province": region.name if region else province,
        "n": len(off), "of": of, "year": int(first["year"]),
        "other": label["id"], "other_en": label["en"],
    }  # fmt: skip
    where = Where(str(first["file"]), "", str(first["row"]))
    return Problem("atlas.suspect_province", where, facts, "warning")


def _suspect(row: Mapping[Any, Any], label: Mapping[str, str]) -> Problem:
    region = region_or_none(row["code"])
    facts = {
        "indicator": row["indicator"], "code": row["code"], "year": int(row["year"]),
        "name": region.name if region else row["code"],
        **number_fact("value", row["value"]), **number_fact("low", row["low"]),
        **number_fact("high", row["high"]),
        "other": label["id"], "other_en": label["en"],
    }  # fmt: skip
    return Problem("atlas.suspect", Where(str(row["file"]), "", str(row["row"])), facts, "warning")


@cache
def _table() -> dict[str, Any]:
    path = files("ksd_toolkit.knowledge").joinpath("cross_checks.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
