"""From criteria to points: every candidate's facts, weighed, ranked and put in printed order."""

from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ksd_toolkit.errors import MethodError
from ksd_toolkit.matching.criteria import (
    Feasible,
    Ranged,
    complementarity,
    feasibility,
    nearness,
    ranged_points,
    shared_problems,
)
from ksd_toolkit.matching.ground import Ground
from ksd_toolkit.matching.lenses import Lens, lens_weights
from ksd_toolkit.matching.percentiles import Booleans, Floats
from ksd_toolkit.matching.settings import CRITERIA, MatchSettings
from ksd_toolkit.scoring.kernel import Points, round_half_up, shared_ranks
from ksd_toolkit.scoring.uncertainty.first_places import top_shares as shares_of_draws

_COLUMNS: Final = (
    "rank", "name", "province", "points", "worst", "best", "coverage", *CRITERIA, "common_cells",
    "few_cells", "relation", "border_km", "gap_km", "distance_km", "letter", "sparse", "named",
)  # fmt: skip
_TOUCHING: Final = ("inside", "borders")
_COVERAGE_DECIMALS: Final = 9  # a sum of weights that is half but for its last bit is half


class Weighed(NamedTuple):
    """Every candidate weighed, n in code order, before anybody is put in an order.

    `criteria` n x 4; `ranks` are shared, 0 without points; `common` counts the cells known for both.
    """

    criteria: Ranged
    weights: Floats
    points: Points
    ranks: NDArray[np.int64]
    sparse: Booleans
    common: NDArray[np.int64]
    named: list[bool]

    @property
    def shared(self) -> Floats:
        """The criterion of shared problems, n, NaN where unknown."""
        return self.criteria.value[:, CRITERIA.index("shared_problems")]


def weighed(ground: Ground, settings: MatchSettings, lens: Lens) -> Weighed:
    """The criteria of every candidate and the points they add up to, rounded as printed.

    Raises:
        MethodError: Nothing that weighs is known of any candidate.
    """
    weights, (criteria, common) = lens_weights(lens, settings), pair_facts(ground, settings, lens)
    exact = ranged_points(criteria, weights)
    if np.isnan(exact.score).all():
        raise MethodError("match.nothing_known", name=ground.home.name)
    sparse = too_little_known(exact, settings)
    score, worst, best = (round_half_up(one, settings.decimals) for one in exact[:3])
    points = Points(score, worst, best, exact.coverage)
    named = _named(ground, lens)
    return Weighed(criteria, weights, points, ranks_of(score, sparse), sparse, common, named)


def pair_facts(
    ground: Ground, settings: MatchSettings, lens: Lens
) -> tuple[Ranged, NDArray[np.int64]]:
    """The four criteria of every candidate, in code order, and how many cells are known for both."""
    mine, pairs = ground.profiles, ground.pairs
    home = mine.row(ground.home.code)
    rows = [mine.row(code) for code in ground.codes]
    need, capacity = mine.need[:, lens.mask], mine.capacity[:, lens.mask]
    shared = shared_problems(need[home], need[rows])
    helped = complementarity(need[home], capacity[home], need[rows], capacity[rows])
    touching = pairs["relation"].isin(_TOUCHING).to_numpy(dtype=bool)
    near = nearness(pairs["distance_km"].to_numpy(), touching, settings.fall_km)
    parts = list(ground.parts_with_meaning)
    weights = np.array([settings.parts[name] for name in parts])
    feasible = feasibility(ground.parts[parts].to_numpy(), weights)
    return ranged(shared.value, helped.value, near, feasible), shared.common.astype(np.int64)


def ranged(shared: Floats, helped: Floats, near: Floats, feasible: Feasible) -> Ranged:
    """The criteria, n of each, with their ends: only feasibility can be known in part."""
    value = np.column_stack([shared, helped, near, feasible.value])
    unknown = np.isnan(value)
    worst, best = np.where(unknown, 0.0, value), np.where(unknown, 1.0, value)
    known = (~unknown).astype(np.float64)
    for ends, those in ((worst, feasible.worst), (best, feasible.best), (known, feasible.known)):
        ends[:, CRITERIA.index("feasibility")] = those
    return Ranged(value, worst, best, known)


def _named(ground: Ground, lens: Lens) -> list[bool]:
    """Whether the usulan looked at, or any usulan, names the candidate as a partner."""
    if lens.usulan:
        return [lens.usulan in ground.named.get(code, ()) for code in ground.codes]
    return [code in ground.named for code in ground.codes]


def in_printed_order(
    found: Weighed, ground: Ground, settings: MatchSettings, top_share: Floats | None = None
) -> pd.DataFrame:
    """The candidates in the columns of `Matches.table`; without `top_share`, n in code order, its column.

    By rank; equal ranks by shared problems, then by code; who has no rank stands last.
    """
    order = printed_order(found, ground.codes)
    points, common = found.points, found.common[order]
    criteria = dict(zip(CRITERIA, found.criteria.value[order].T, strict=True))
    few = (common > 0) & (common < settings.few_cells)
    columns = {
        "rank": pd.arrays.IntegerArray(found.ranks[order], found.ranks[order] == 0),
        "points": points.score[order],
        "worst": points.worst[order],
        "best": points.best[order],
        "coverage": points.coverage[order],
        **criteria,
        "common_cells": common,
        "few_cells": few,
        "sparse": found.sparse[order],
        "named": np.array(found.named, dtype=bool)[order],
    }
    pairs = ground.pairs.iloc[order]
    told = {name: columns[name] if name in columns else pairs[name].array for name in _COLUMNS}
    if top_share is not None:
        told["top_share"] = top_share[order]
    return pd.DataFrame(told, index=pairs.index)


def printed_order(found: Weighed, codes: list[str]) -> NDArray[np.intp]:
    """The numbers of n candidates in printed order."""
    ranks = np.where(found.ranks > 0, found.ranks, np.iinfo(np.int64).max)
    return np.lexsort((np.array(codes), -np.nan_to_num(found.shared, nan=-1.0), ranks))


def too_little_known(points: Points, settings: MatchSettings) -> Booleans:
    """Who is set apart: points of the little that is known compare with nobody's.

    Where enough is known of nobody, all know the same and none is set apart.
    """
    little = is_little(points.coverage, settings.min_coverage)
    enough = ~little & ~np.isnan(points.score)
    return little & bool(enough.any())


def is_little(coverage: Floats, least: float) -> Booleans:
    """Which coverages, 0 to 1, are below the least."""
    little: Booleans = np.round(coverage, _COVERAGE_DECIMALS) < least
    return little


def ranks_of(points: Floats, sparse: Booleans) -> NDArray[np.int64]:
    """Shared ranks of those of whom enough is known, counted on by those set apart; 0 without points."""
    first = shared_ranks(np.where(sparse, np.nan, points))
    after = shared_ranks(np.where(sparse, points, np.nan))
    return np.where(after > 0, after + np.count_nonzero(first), first)


def top_shares(found: Weighed, settings: MatchSettings) -> Floats:
    """How often each candidate, in code order, is among the first under weights drawn around the stated ones.

    Tied candidates share the smaller rank, so that all of them count as among the first. Those set
    apart are not drawn: of how firm they stand nothing is known.
    """
    values, drawn = found.criteria.value, (found.ranks > 0) & ~found.sparse
    shares = np.full(len(values), np.nan)
    applicable = np.ones((int(drawn.sum()), len(CRITERIA)), dtype=bool)
    shares[drawn] = shares_of_draws(
        values[drawn], applicable, found.weights, settings.uncertainty, settings.decimals
    )
    return shares
