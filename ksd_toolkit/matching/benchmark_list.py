"""Regions to compare with: alike by what they are, never by how they do. Similar, not partners."""

from typing import Final

import numpy as np
import pandas as pd

from ksd_toolkit.matching.ground import Ground, level_of
from ksd_toolkit.matching.percentiles import Floats, chosen_values, usable
from ksd_toolkit.matching.settings import MatchSettings
from ksd_toolkit.regions import parties, region_or_none
from ksd_toolkit.scoring.kernel import round_half_up

COLUMNS: Final = ("code", "name", "position", "distance", "match")


def benchmark(ground: Ground, settings: MatchSettings, rows: int) -> pd.DataFrame:
    """The regions most like home, the nearest first.

    Every variable is put on one scale (standard scores over all regions of the level), the straight
    distance is taken over all of them and divided by the farthest region's.

    Returns:
        `code, name, position, distance` (0 to 1) and `match` (100 alike, 0 the farthest), with the
        variables used in `attrs["variables"]`; without rows where no variable is known of home.

    Source:
        CIPFA Nearest Neighbours Model: standard scores, Euclidean distance, rebased to the farthest.
    """
    variables = _variables(ground, settings)
    frame = pd.DataFrame(columns=list(COLUMNS))
    if len(variables.columns) and len(variables) > 1:
        distance = distances(
            variables.to_numpy(dtype=np.float64), (variables.index == ground.home.code)
        )
        others = pd.DataFrame({"code": variables.index, "distance": distance})
        others = (
            others[others["code"] != ground.home.code]
            .sort_values(["distance", "code"], kind="stable")
            .head(rows)
            .reset_index(drop=True)
        )
        names = [region.name for code in others["code"] if (region := region_or_none(code))]
        positions = others["distance"].rank(method="min").astype("int64")
        match = round_half_up(100.0 * (1.0 - others["distance"].to_numpy()), settings.decimals)
        frame = others.assign(name=names, position=positions, match=match)[list(COLUMNS)]
    frame.attrs["variables"] = tuple(variables.columns)
    return frame


def distances(values: Floats, home: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> Floats:
    """The distance of every row to the home row, 1 for the farthest; 0 where all are alike.

    Args:
        values: n x k known values.
        home: n flags, True for the one home row.
    """
    total = np.zeros(len(values))
    for column in values.T:
        spread = column.std()
        if spread > 0:
            total += ((column - column[home][0]) / spread) ** 2
    distance = np.sqrt(total)
    farthest = distance.max()
    return distance / farthest if farthest > 0 else distance


def _variables(ground: Ground, settings: MatchSettings) -> pd.DataFrame:
    """The descriptive values of all parties of the level that have each of those used.

    A variable is used where home has it and nearly as many regions as the most complete one.
    """
    values = usable(ground.figures)
    values = values[values["indicator"].isin(settings.benchmark_variables)]
    chosen = chosen_values(values, settings.common_share, dict(settings.years))
    codes = [p.code for p in parties() if level_of(p.code) == ground.level]
    columns = {
        name: _on_scale(chosen[name, ground.level]["value"].reindex(codes), name, settings)
        for name in settings.benchmark_variables
        if (name, ground.level) in chosen
    }
    frame = pd.DataFrame(columns, index=pd.Index(codes, name="code", dtype="str"))
    frame = frame.loc[:, frame.loc[ground.home.code].notna()]
    known = frame.notna().sum()
    enough = (known >= settings.min_regions) & (known >= settings.benchmark_share * known.max())
    complete: pd.DataFrame = frame.loc[:, enough].dropna()
    return complete


def _on_scale(values: "pd.Series[float]", name: str, settings: MatchSettings) -> "pd.Series[float]":
    """Sizes count by their logarithm: ten times as many people is one step, wherever it starts."""
    if name not in settings.benchmark_logarithm:
        return values
    return pd.Series(np.log(values.where(values > 0).to_numpy()), index=values.index)
