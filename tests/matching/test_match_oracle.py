"""The printed list beside a second reading of the rules: plain loops over plain dictionaries, no arrays.

Only the tables of the toolkit are shared with the code under test (what an indicator means, weights,
borders and midpoints); every rule is written again.
"""

import csv
import math
import tomllib
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ksd_toolkit.matching.matches import match
from ksd_toolkit.matching.settings import CRITERIA, match_settings
from tests.matching.shared_figures import figures, real_figures

KNOWLEDGE = files("ksd_toolkit.knowledge")
KALSEL = [f"63.{n:02d}" for n in range(1, 12)] + ["63.71", "63.72"]
FEW = match_settings().replace(draws=1)


def table(name):
    return tomllib.loads(KNOWLEDGE.joinpath(name).read_text(encoding="utf-8"))


def rows(name):
    with KNOWLEDGE.joinpath(name).open(encoding="utf-8") as source:
        return list(csv.DictReader(source))


def newest_common(found):
    """One value per region of `{code: {year: value}}`: the common year's, else its own newest."""
    years = sorted({year for one in found.values() for year in one})
    holders = {year: sum(year in one for one in found.values()) for year in years}
    limit = table("matching.toml")["profiles"]["common_share"] * len(found)
    enough = [year for year in years if holders[year] >= limit]
    common = enough[-1] if enough else max(years, key=lambda year: (holders[year], year))
    return {code: one[common if common in one else max(one)] for code, one in found.items()}


def sides(long):
    """Need and capacity by region and cell, from `(code, indicator, year, value)` of regencies and cities."""
    brought = defaultdict(lambda: defaultdict(dict))
    meaning = {one["code"]: one for one in table("indicators.toml")["indicator"]}
    for code, name, year, value in long:
        zero = value == 0 and meaning[name].get("zero_is_unknown", False)
        if meaning[name].get("used") and math.isfinite(value) and not zero:
            brought[name][code].setdefault(year, value)
    need, capacity = defaultdict(dict), defaultdict(dict)
    for name, one in meaning.items():
        if len(brought[name]) < table("matching.toml")["profiles"]["min_regions"]:
            continue
        chosen = newest_common(brought[name])
        sign = 1 if one["direction"] == "+" else -1
        for code, value in chosen.items():
            others = [sign * other for key, other in chosen.items() if key != code]
            better = sum(other > sign * value for other in others) / len(others)
            worse = sum(other < sign * value for other in others) / len(others)
            for cell in map(tuple, one["cells"]):
                need[code].setdefault(cell, []).append(better)
                capacity[code].setdefault(cell, []).append(worse)
    mean = lambda found: {cell: sum(v) / len(v) for cell, v in found.items()}  # noqa: E731
    return (
        {code: mean(found) for code, found in need.items()},
        {code: mean(found) for code, found in capacity.items()},
    )


def shared(ours, theirs):
    both = ours.keys() & theirs.keys()
    if not both:
        return None
    greater = sum(max(ours[cell], theirs[cell]) for cell in both)
    return sum(min(ours[cell], theirs[cell]) for cell in both) / greater if greater else 0.0


def helps(need, capacity):
    both = need.keys() & capacity.keys()
    if not both:
        return None
    asked = sum(need[cell] for cell in both)
    return sum(need[cell] * capacity[cell] for cell in both) / asked if asked else 0.0


def complement(one, other):
    if one is None or other is None:
        return None
    return 2 * one * other / (one + other) if one + other else 0.0


def near(home, other):
    for row in rows("neighbours.csv"):
        if {row["a"], row["b"]} == {home, other}:
            if row["type"] in {"land", "corner"}:
                return 1.0
            return math.exp(-float(row["distance_km"]) / 75)
    points = {row["code"]: row for row in rows("centroids.csv")}
    (x1, y1), (x2, y2) = (
        (math.radians(float(points[code]["lon"])), math.radians(float(points[code]["lat"])))
        for code in (home, other)
    )
    cosine = math.sin(y1) * math.sin(y2) + math.cos(y1) * math.cos(y2) * math.cos(x1 - x2)
    return math.exp(-6371.0088 * math.acos(cosine) / 75)


def points_of(home, other, need, capacity):
    values = (
        shared(need.get(home, {}), need.get(other, {})),
        complement(
            helps(need.get(home, {}), capacity.get(other, {})),
            helps(need.get(other, {}), capacity.get(home, {})),
        ),
        near(home, other),
        1.0 if home[:2] == other[:2] else 0.0,
    )
    weights = [table("matching.toml")["weights"][name] for name in CRITERIA]
    known = [(w, v) for w, v in zip(weights, values, strict=True) if v is not None]
    points = 100 * sum(w * v for w, v in known) / sum(w for w, _ in known)
    return half_up(points), values


def half_up(points):
    return float(Decimal(repr(round(points, 9))).quantize(Decimal("0.01"), ROUND_HALF_UP))


def ends_of(values):
    """Lowest and highest points and coverage: of feasibility only one province or not is known, 2 of 4."""
    weights = table("matching.toml")["weights"]
    parts = table("matching.toml")["feasibility"]
    half = parts["same_province"] / sum(
        parts[n] for n in ("same_province", "fiscal_class", "past_agreement")
    )
    *plain, same = zip(CRITERIA, values, strict=True)
    low = sum(weights[name] * (value or 0) for name, value in plain) + 10 * half * same[1]
    gap = sum(weights[name] for name, value in plain if value is None) + 10 * (1 - half)
    assert sum(weights[name] for name in CRITERIA) == 100
    assert weights["feasibility"] == 10
    return half_up(low), half_up(low + gap), (100 - gap) / 100


def order_agrees(found):
    """Those of whom half of the weight is known first, in the order of points, then the others."""
    least = table("matching.toml")["ranking"]["min_coverage"]
    enough = found.table["coverage"] >= least
    apart = found.table[~enough] if enough.any() else found.table.iloc[:0]
    assert set(found.table.index[found.table["sparse"]]) == set(apart.index)
    first = found.table.drop(apart.index)
    assert list(found.table.index) == [*first.index, *apart.index]
    for rows, before in ((first, 0), (apart, len(first))):
        assert rows["points"].is_monotonic_decreasing
        better = [int((rows["points"] > points).sum()) for points in rows["points"]]
        assert rows["rank"].tolist() == [before + number + 1 for number in better]
    assert apart["top_share"].isna().all()


def agree(found, long, partners):
    need, capacity = sides(long)
    for code in partners:
        points, values = points_of(found.home.code, code, need, capacity)
        row = found.table.loc[code]
        assert row["points"] == pytest.approx(points, abs=1e-9), code
        for name, value in zip(CRITERIA, values, strict=True):
            shown = None if math.isnan(row[name]) else row[name]
            assert shown == (None if value is None else pytest.approx(value, abs=1e-9)), code
        assert row[["worst", "best", "coverage"]].tolist() == pytest.approx(ends_of(values)), code
    order_agrees(found)


def test_real_indicators_read_again_give_the_same_points():
    atlas = real_figures()
    columns = atlas.indicators[["code", "indicator", "year", "value"]]
    long = list(columns.itertuples(index=False, name=None))
    for home in ("63.06", "96.71", "12.04"):
        found = match(home, atlas=atlas, settings=FEW)
        agree(found, long, [*found.table.index[:12], *found.table.index[50::60]])


INDICATORS = ("uhh", "tanpa_air_bersih", "air_minum_layak", "ncpr", "tpt")
FIGURE = st.tuples(
    st.sampled_from(KALSEL),
    st.sampled_from(INDICATORS),
    st.sampled_from((2019, 2020, 2021)),
    st.one_of(st.integers(0, 6).map(float), st.sampled_from((math.nan, math.inf))),
)


@settings(max_examples=20)
@given(st.lists(FIGURE, max_size=120, unique_by=lambda row: row[:3]))
def test_any_figures_read_again_give_the_same_points(long):
    found = match("63.06", atlas=figures(long), settings=FEW)
    agree(found, long, ["63.05", "63.07", "63.04", "63.71", "62.13", "11.01"])
    table_ = found.table
    assert (table_["worst"] <= table_["points"]).all()
    assert (table_["points"] <= table_["best"]).all()
    assert "nan" not in " ".join(found.unknown).casefold().split()
    for code in ("63.05", "11.01"):
        assert "nan" not in found.explain(code).casefold().replace(",", " ").split()
