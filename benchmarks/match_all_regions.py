"""All 552 regions with each other over 256 cells, all four criteria, and two naive ways in pandas beside us.

    python benchmarks/match_all_regions.py [--pairs 2000] [--homes 4] [--indicators FILE]

Needs and capacities are drawn (seeded, one cell in five unknown), so that every cell takes part; with
`--indicators`, a long CSV of `code, indicator, year, value, source_id`, the real profiles are timed as
well. The pandas loop visits every ordered pair, the self-merge joins the long table of needs to itself by
cell. Neither is run to its end: the loop is timed over `--pairs` pairs and the merge over `--homes`
regions, and both are extrapolated; the figures say so. All ways must find the same values.
"""

import argparse
import dataclasses
import itertools
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ksd_toolkit.atlas import EMPTY, Atlas
from ksd_toolkit.matching.all_pairs import AllPairs, all_pairs
from ksd_toolkit.matching.kernel import reweighed
from ksd_toolkit.matching.matches import match
from ksd_toolkit.matching.profiles import Profiles, no_values, profiles
from ksd_toolkit.matching.settings import CRITERIA, MatchSettings, match_settings
from ksd_toolkit.regions import all_regions

Floats = NDArray[np.float64]

_GOALS = "goals: all pairs <= 150 ms, one region weighed anew <= 1 ms"
_SEED = 20260831
_RUNS = 7
_UNKNOWN = 0.2
_LEVELS = 513  # what a share among 514 regions can be


def drawn_profiles(settings: MatchSettings) -> Profiles:
    """Seeded needs and capacities over all cells."""
    dice = np.random.default_rng(_SEED)
    empty = profiles(no_values(), settings)
    sides = {}
    for name in ("need", "capacity"):
        values = dice.integers(0, _LEVELS + 1, empty.need.shape) / _LEVELS
        values[dice.random(values.shape) < _UNKNOWN] = np.nan
        sides[name] = values
    return dataclasses.replace(empty, **sides)


def loop_over_pairs(found: Profiles, pairs: list[tuple[int, int]]) -> list[tuple[float, float]]:
    """Shared problems and complementarity as one writes them first: pandas, pair by pair."""
    need, capacity = pd.DataFrame(found.need), pd.DataFrame(found.capacity)
    rows = []
    for first, second in pairs:
        both = pd.concat([need.loc[first], need.loc[second]], axis=1, keys=["a", "b"]).dropna()
        shared = both.min(axis=1).sum() / both.max(axis=1).sum()
        sides = []
        for helped, helper in ((first, second), (second, first)):
            pair = pd.concat([need.loc[helped], capacity.loc[helper]], axis=1, keys=["n", "c"])
            pair = pair.dropna()
            sides.append((pair["n"] * pair["c"]).sum() / pair["n"].sum())
        rows.append((shared, 2 * sides[0] * sides[1] / (sides[0] + sides[1])))
    return rows


def merge_with_itself(found: Profiles, homes: list[int]) -> "pd.Series[Any]":
    """Shared problems by a self-merge of the long table, for some regions with all others."""
    long = pd.DataFrame(found.need).rename_axis("code").reset_index()
    long = long.melt("code", var_name="cell", value_name="need").dropna()
    both = long[long["code"].isin(homes)].merge(long, on="cell", suffixes=("_a", "_b"))
    both = both.assign(
        least=both[["need_a", "need_b"]].min(axis=1), most=both[["need_a", "need_b"]].max(axis=1)
    )
    sums = both.groupby(["code_a", "code_b"])[["least", "most"]].sum()
    return sums["least"] / sums["most"]


def best_of(work: Callable[[], Any], runs: int) -> tuple[float, Any]:
    """The shortest of some runs in ms, and what it found."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        result = work()
        times.append(1000 * (time.perf_counter() - start))
    return min(times), result


def memory_of(work: Callable[[], Any]) -> float:
    """The memory at its highest in MB, in a run of its own."""
    tracemalloc.start()
    work()
    highest = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return highest


def compare(found: Profiles, settings: MatchSettings, asked: argparse.Namespace) -> None:
    """Time all ways on one set of profiles and print them."""
    n = len(found.need)
    ms, ours = best_of(lambda: all_pairs(found, settings), _RUNS)
    mb = memory_of(lambda: all_pairs(found, settings))
    print(f"  ours, four criteria           {ms:12.1f} ms  {mb:8.1f} MB")
    weights = np.array([settings.weights[name] for name in CRITERIA])
    one, _ = best_of(lambda: reweighed(ours.filled[0], ours.known[0], weights), 200)
    every, _ = best_of(lambda: reweighed(ours.filled, ours.known, weights), _RUNS)
    print(f"  weighed anew, one region      {one:12.4f} ms;  all pairs {every:.1f} ms")
    dice = np.random.default_rng(_SEED)
    pairs = [tuple(dice.choice(n, 2, replace=False).tolist()) for _ in range(asked.pairs)]
    slow, values = best_of(lambda: loop_over_pairs(found, pairs), 1)
    whole = slow * n * n / len(pairs)
    off = _farthest(ours, pairs, values)
    print(
        f"  pandas loop, two criteria     {whole:12.0f} ms  extrapolated from {len(pairs)} of "
        f"{n * n} pairs; {whole / ms:,.0f} x; largest difference {off:.1e}"
    )
    homes = list(itertools.islice(range(0, n, max(1, n // asked.homes)), asked.homes))
    slow, series = best_of(lambda: merge_with_itself(found, homes), 1)
    whole, peak = slow * n / len(homes), memory_of(lambda: merge_with_itself(found, homes))
    shared = ours.filled[..., 0]
    off = max(abs(shared[a, b] - value) for (a, b), value in series.items())
    print(
        f"  pandas self-merge, one crit.  {whole:12.0f} ms  extrapolated from {len(homes)} of {n} "
        f"regions ({peak:.0f} MB for those); {whole / ms:,.0f} x; largest difference {off:.1e}"
    )


def _farthest(
    ours: AllPairs, pairs: list[tuple[int, int]], values: list[tuple[float, float]]
) -> float:
    return max(
        float(np.nanmax(np.abs(ours.filled[first, second, :2] - np.array(value))))
        for (first, second), value in zip(pairs, values, strict=True)
    )


def real_atlas(path: Path) -> Atlas:
    """An atlas of the indicators of one long CSV."""
    frame = pd.read_csv(path, dtype={"code": "str"}).rename(columns={"source_id": "source"})
    return Atlas(frame.assign(unit="", suspect=False, place=path.name))


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pairs", type=int, default=2_000)
    arguments.add_argument("--homes", type=int, default=4)
    arguments.add_argument("--indicators", type=Path, default=None)
    asked = arguments.parse_args()
    settings = match_settings()
    print(f"{len(all_regions())} regions, 256 cells ({_GOALS})")
    print("drawn profiles, every cell in use")
    compare(drawn_profiles(settings), settings, asked)
    atlas = EMPTY
    if asked.indicators is not None:
        atlas = real_atlas(asked.indicators)
        real = match("63.06", atlas=atlas).profiles
        print(f"real indicators, {int((~np.isnan(real.need)).any(axis=0).sum())} cells in use")
        ms, _ = best_of(lambda: all_pairs(real, settings), _RUNS)
        print(f"  ours, four criteria           {ms:12.1f} ms")
    ms, _ = best_of(lambda: match("63.06", atlas=atlas), 3)
    print(f"one region from facts to its printed list with {settings.draws} draws: {ms:.0f} ms")


if __name__ == "__main__":
    main()
