"""Where a region stands among the others, indicator by indicator: shares that are better and worse.

Ranks instead of values: one extreme region moves nobody else, and the share can be read aloud.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ksd_toolkit.matching.indicators import Indicator, code_of, indicators
from ksd_toolkit.regions import all_regions

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
Integers = NDArray[np.int64]

_YEARS: Final = ("year", "compared", "common_year", "newest_year")
VALUE_COLUMNS: Final = ("code", "indicator", "year", "value", "unit", "source", "place", "suspect")


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """How the regions stand under one indicator, n regions in code order.

    `worse_than` is the share of the other known regions of the same level that are strictly better
    (0 to 1, NaN where unknown): how much of a need it is; `better_than` the share that are strictly
    worse. `compared` counts those others, `common_year` is the year most of them were taken from,
    `newest_year` that of the newest figure at hand.
    """

    indicator: Indicator
    value: Floats
    year: Integers
    worse_than: Floats
    better_than: Floats
    compared: Integers
    common_year: Integers
    newest_year: Integers
    unit: NDArray[np.object_]
    source: NDArray[np.object_]
    place: NDArray[np.object_]
    suspect: Booleans


@dataclass(frozen=True, slots=True)
class Unused:
    """An indicator that was asked for and could not compare regions of one level, and why.

    `level` is `region` (regencies and cities) or `province`.
    """

    indicator: str
    level: str
    known: int


def shares_better_and_worse(goodness: Floats) -> tuple[Floats, Floats]:
    """The shares of the others that are strictly better and strictly worse, equal ones in neither.

    Args:
        goodness: n values, the higher the better, NaN where unknown; two known ones at least.

    >>> better, worse = shares_better_and_worse(np.array([3.0, 1.0, 3.0, np.nan]))
    >>> better.tolist(), worse.tolist()
    ([0.0, 1.0, 0.0, nan], [0.5, 0.0, 0.5, nan])
    """
    known = ~np.isnan(goodness)
    ordered = np.sort(goodness[known])
    others = len(ordered) - 1
    better, worse = np.full(len(goodness), np.nan), np.full(len(goodness), np.nan)
    better[known] = (len(ordered) - np.searchsorted(ordered, goodness[known], "right")) / others
    worse[known] = np.searchsorted(ordered, goodness[known], "left") / others
    return better, worse


def chosen_values(
    values: pd.DataFrame, min_share: float, years: "dict[str, int]"
) -> dict[tuple[str, str], pd.DataFrame]:
    """One value per region, indicator and level: that of the common year, else the region's newest.

    The common year is the newest one known for at least `min_share` of the regions that have the
    indicator at all; where no year reaches that, the one known for most. Where `years` names a
    year, only that year counts.

    Args:
        values: Long, with the columns `VALUE_COLUMNS`; the first of equal rows wins.
        min_share: 0 to 1.
        years: By indicator.

    Returns:
        By indicator and level, indexed by `code`, with `common_year` beside the columns.
    """
    frame = values.assign(level=np.where(values["code"].str.contains(".", regex=False), *_LEVELS))
    frame = frame.drop_duplicates(["code", "indicator", "year"])
    found = {}
    for (indicator, level), rows in frame.groupby(["indicator", "level"], sort=True):
        wanted = years.get(str(indicator))
        chosen = rows if wanted is None else rows[rows["year"] == wanted]
        if len(chosen):
            found[str(indicator), str(level)] = _one_per_region(chosen, min_share)
    return found


_LEVELS: Final = ("region", "province")


def _one_per_region(rows: pd.DataFrame, min_share: float) -> pd.DataFrame:
    counts = rows["year"].value_counts().sort_index()
    enough = counts[counts >= min_share * rows["code"].nunique()]
    common = int(enough.index[-1] if len(enough) else counts[counts == counts.max()].index[-1])
    order = rows.assign(first=rows["year"] == common)
    order = order.sort_values(["code", "first", "year"], kind="stable")
    one = order.drop_duplicates("code", keep="last").set_index("code").drop(columns="first")
    newest = rows.groupby("code")["year"].max().reindex(one.index)
    return one.assign(common_year=common, newest_year=newest)


def standings(
    values: pd.DataFrame,
    asked: tuple[str, ...],
    min_regions: int,
    min_share: float,
    years: "dict[str, int]",
) -> tuple[dict[str, Standing], tuple[Unused, ...]]:
    """How every region stands under each of the indicators asked for.

    Args:
        values: Long, with the columns `VALUE_COLUMNS`, as `usable` gives them.
        asked: Codes of indicators.
        min_regions: How many regions of a level must be known, at least two.
        min_share: See `chosen_values`.
        years: Indicators whose year is fixed.

    Returns:
        Standings by indicator, and what could not be used.
    """
    by_level = chosen_values(values[values["indicator"].isin(asked)], min_share, years)
    found, unused = {}, []
    for code in asked:
        enough = {}
        for level in _LEVELS:
            rows = by_level.get((code, level))
            known = 0 if rows is None else len(rows)
            if rows is not None and known >= min_regions:
                enough[level] = rows
            else:
                unused.append(Unused(code, level, known))
        if enough:
            found[code] = _standing(indicators()[code], list(enough.values()))
    return found, tuple(unused)


def _standing(indicator: Indicator, levels: list[pd.DataFrame]) -> Standing:
    codes = [region.code for region in all_regions()]
    n = len(codes)
    arrays: dict[str, Any] = {
        name: np.full(n, np.nan) for name in ("value", "worse_than", "better_than")
    }
    arrays |= {name: np.zeros(n, np.int64) for name in _YEARS}
    arrays |= {name: np.full(n, "", dtype=object) for name in ("unit", "source", "place")}
    arrays["suspect"] = np.zeros(n, dtype=bool)
    number = {code: place for place, code in enumerate(codes)}
    for rows in levels:
        at = np.array([number[code] for code in rows.index], dtype=np.intp)
        value = rows["value"].to_numpy(dtype=np.float64)
        better, worse = shares_better_and_worse(value if indicator.direction == "+" else -value)
        arrays["value"][at], arrays["worse_than"][at], arrays["better_than"][at] = (
            value, better, worse,
        )  # fmt: skip
        arrays["compared"][at] = len(rows) - 1
        for name in ("year", "common_year", "newest_year", "suspect", "unit", "source", "place"):
            arrays[name][at] = rows[name].to_numpy()
    return Standing(indicator, **arrays)


def usable(values: pd.DataFrame) -> pd.DataFrame:
    """The figures of regions under the indicators' own codes, without what means "not computed"."""
    ours = values[known_regions(values)]
    ours = ours.assign(indicator=ours["indicator"].map(code_of))
    finite = np.isfinite(ours["value"].to_numpy(dtype=np.float64))
    told: pd.DataFrame = ours[finite & ~is_not_computed(ours)]
    return told


def is_not_computed(values: pd.DataFrame) -> Booleans:
    """Which rows hold a zero that means "not computed"."""
    codes = {code for code, one in indicators().items() if one.zero_is_unknown}
    zero = (values["value"] == 0) & values["indicator"].map(code_of).isin(codes)
    return zero.to_numpy(dtype=bool)


def known_regions(values: pd.DataFrame) -> Booleans:
    """Which rows name one of the regions."""
    codes = {region.code for region in all_regions()}
    return values["code"].isin(codes).to_numpy()


def cells_of(found: dict[str, Standing]) -> Iterator[tuple[tuple[str, str], list[Standing]]]:
    """Every cell an indicator measures, with the standings that measure it, in the order asked for."""
    by_cell: dict[tuple[str, str], list[Standing]] = {}
    for one in found.values():
        for cell in one.indicator.cells:
            by_cell.setdefault(cell, []).append(one)
    yield from by_cell.items()
