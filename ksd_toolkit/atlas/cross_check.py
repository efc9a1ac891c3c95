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

from ksd_toolkit.atlas.cross_check_sentences import Compared, told
from ksd_toolkit.atlas.deviations import Deviations, equal_deviations, ratio_deviations
from ksd_toolkit.errors import Problem, Where


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
    for found in _all_compared(figures, population):
        tainted |= set(_tainted(found))
        problems += told(found, _table()["rule"]["province_share"])
    keys = zip(figures["code"], figures["indicator"], figures["source"], strict=True)
    suspect = np.fromiter((key in tainted for key in keys), dtype=bool, count=len(figures))
    return figures.assign(suspect=suspect), problems


def _tainted(found: Compared) -> Iterator[tuple[str, str, str]]:
    """The series that are doubted: of two figures nobody knows which is wrong, so both."""
    off = found.off
    if found.verdict != "another_basis":  # those are right, each on its own
        yield from zip(off["code"], off["indicator"], off["source"], strict=True)
    if found.verdict == "differ":
        yield from zip(off["code"], off["other_indicator"], off["other_source"], strict=True)


# --- what is held against what -------------------------------------------------------------------


def _all_compared(figures: pd.DataFrame, population: Mapping[str, float]) -> Iterator[Compared]:
    """Every check's judged rows with what is expected of them."""
    for check in _table()["check"]:
        judged = figures[figures["indicator"] == check["judged"]]
        label = {"id": check["label_id"], "en": check["label_en"]}
        same = "same_as" in check
        expected = (
            _as_other(_series(figures, check["same_as"]))
            if same
            else _per_head(figures, check, population)
        )
        for pairs in _by_source(_nearest(judged, expected)):
            if same:
                yield _equal(pairs, check["least_share"], label)
            else:
                yield Compared(_ratio(pairs, check["least_share"]), label, "another_region")
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


def _two_sources(figures: pd.DataFrame) -> Iterator[Compared]:
    """Each source of an indicator against the one before it by name, in the same year."""
    rule = _table()["same_indicator"]
    several = figures.groupby("indicator", sort=True)["source"].nunique()
    for indicator in several.index[several > 1]:
        rows = figures[figures["indicator"] == indicator]
        names = sorted(set(rows["source"]))
        for first, second in pairwise(names):
            expected = _as_other(rows[rows["source"] == first])
            pairs = rows[rows["source"] == second].merge(expected, on="code")
            pairs = pairs[pairs["year"] == pairs["other_year"]]
            label = {lang: rule[f"label_{lang}"].format(source=first) for lang in ("id", "en")}
            yield _equal(pairs, rule["least_share"], label, by_name=True)


def _as_other(rows: pd.DataFrame) -> pd.DataFrame:
    """Figures as what others are held against, each with where it stands."""
    names = {name: f"other_{name}" for name in ("indicator", "year", "source", "file", "row")}
    return rows[["code", "value", *names]].rename(columns=names | {"value": "expected"})


def _series(figures: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """An indicator by region and year; of several sources the first by name."""
    rows = figures[figures["indicator"] == indicator].sort_values("source", kind="stable")
    return rows.drop_duplicates(["code", "year"])


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
    return per_head.rename(columns={"year": "other_year"})


def _nearest(judged: pd.DataFrame, expected: pd.DataFrame) -> pd.DataFrame:
    """The judged rows of the year nearest to the expectation's; one a region and source."""
    pairs = judged.merge(expected, on="code")
    apart = (pairs["year"] - pairs["other_year"]).abs()
    pairs = pairs.assign(apart=apart).loc[apart <= _table()["rule"]["years_apart"]]
    pairs = pairs.sort_values(["code", "source", "apart", "year"], kind="stable")
    nearest: pd.DataFrame = pairs.drop_duplicates(["code", "source"])
    return nearest


def _by_source(pairs: pd.DataFrame) -> Iterator[pd.DataFrame]:
    for source in sorted(set(pairs["source"])):
        yield pairs[pairs["source"] == source]


def _equal(
    pairs: pd.DataFrame, least: float, label: Mapping[str, str], *, by_name: bool = False
) -> Compared:
    """Figures against those they should equal.

    Where most of them differ, the basis does; where few were compared, or two sources only bear
    another name, nobody knows which of two figures is wrong.
    """
    rule = _table()["rule"]
    values = pairs["value"].to_numpy(dtype=np.float64)
    expected = pairs["expected"].to_numpy(dtype=np.float64)
    pairs = _marked(pairs, equal_deviations(values, expected, least))
    regions, off = pairs["code"].nunique(), pairs.loc[pairs["off"], "code"].nunique()
    few = regions < rule["least_regions"]
    if off >= rule["basis_regions"] and off >= rule["basis_share"] * regions:
        return Compared(pairs, label, "another_basis", few)
    return Compared(pairs, label, "differ" if few or by_name else "another_region", few)


def _ratio(pairs: pd.DataFrame, least: float) -> pd.DataFrame:
    """Figures against those they should be in proportion to; none is off where few were compared."""
    rule = _table()["rule"]
    values = pairs["value"].to_numpy(dtype=np.float64)
    expected = pairs["expected"].to_numpy(dtype=np.float64)
    usable = (values > 0) & (expected > 0)
    pairs = pairs[usable]
    if len(pairs) < rule["least_regions"]:
        return _marked(pairs, None)
    spread = rule["spread"] * rule["normal"]
    return _marked(pairs, ratio_deviations(values[usable], expected[usable], spread, least))


def _marked(pairs: pd.DataFrame, found: Deviations | None) -> pd.DataFrame:
    """The pairs with `off`, `above`, `low` and `high`."""
    if found is None:
        return pairs.assign(off=False, above=False, low=np.nan, high=np.nan)
    return pairs.assign(off=found.is_off, above=found.is_above, low=found.low, high=found.high)


@cache
def _table() -> dict[str, Any]:
    path = files("ksd_toolkit.knowledge").joinpath("cross_checks.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
