"""From criteria to points: every candidate's facts, weighed, ranked and put in printed order."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ksd_toolkit.matching.criteria import (
    Ranged,
    complementarity,
    feasibility,
    nearness,
    shared_problems,
)
from ksd_toolkit.matching.ground import Ground
from ksd_toolkit.matching.lenses import Lens
from ksd_toolkit.matching.percentiles import Booleans, Floats
from ksd_toolkit.matching.settings import CRITERIA, MatchSettings
from ksd_toolkit.scoring.kernel import Points, round_half_up, shared_ranks
from ksd_toolkit.scoring.uncertainty.counting import rank_acceptability

_COLUMNS: Final = (
    "rank", "name", "province", "points", "worst", "best", "coverage", *CRITERIA, "common_cells",
    "few_cells", "relation", "border_km", "gap_km", "distance_km", "letter", "sparse", "named",
)  # fmt: skip
_TOUCHING: Final = ("inside", "borders")
_COVERAGE_DECIMALS: Final = 9  # a sum of weights that is half but for its last bit is half


def pair_facts(ground: Ground, settings: MatchSettings, lens: Lens) -> pd.DataFrame:
    """Criteria and facts of every candidate, in code order.

    Beside feasibility its ends and the share of it that is known: `feasibility_worst`, `_best`, `_known`.
    """
    mine, pairs = ground.profiles, ground.pairs
    home = mine.row(ground.home.code)
    rows = [mine.row(code) for code in ground.codes]
    need, capacity = mine.need[:, lens.mask], mine.capacity[:, lens.mask]
    shared = shared_problems(need[home], need[rows])
    helped = complementarity(need[home], capacity[home], need[rows], capacity[rows])
    touching = pairs["relation"].isin(_TOUCHING).to_numpy(dtype=bool)
    parts = list(ground.parts_with_meaning)
    weights = np.array([settings.parts[name] for name in parts])
    feasible = feasibility(ground.parts[parts].to_numpy(), weights)
    return pairs.assign(
        shared_problems=shared.value,
        complementarity=helped.value,
        nearness=nearness(pairs["distance_km"].to_numpy(), touching, settings.fall_km),
        feasibility=feasible.value,
        feasibility_worst=feasible.worst,
        feasibility_best=feasible.best,
        feasibility_known=feasible.known,
        common_cells=shared.common.astype(np.int64),
        named=_named(ground, lens),
    )


def ranged(facts: pd.DataFrame) -> Ranged:
    """The criteria of `pair_facts` with their ends: only feasibility can be known in part."""
    value = facts[list(CRITERIA)].to_numpy(dtype=np.float64)
    unknown = np.isnan(value)
    worst, best = np.where(unknown, 0.0, value), np.where(unknown, 1.0, value)
    known = (~unknown).astype(np.float64)
    column = CRITERIA.index("feasibility")
    for ends, name in ((worst, "worst"), (best, "best"), (known, "known")):
        ends[:, column] = facts[f"feasibility_{name}"].to_numpy(dtype=np.float64)
    return Ranged(value, worst, best, known)


def _named(ground: Ground, lens: Lens) -> list[bool]:
    """Whether the usulan looked at, or any usulan, names the candidate as a partner."""
    if lens.usulan:
        return [lens.usulan in ground.named.get(code, ()) for code in ground.codes]
    return [code in ground.named for code in ground.codes]


def ranked(facts: pd.DataFrame, points: Points, settings: MatchSettings) -> pd.DataFrame:
    """The facts with rounded points and their shared ranks, in the columns of `Matches.table`."""
    rounded = {
        name: round_half_up(column, settings.decimals)
        for name, column in (
            ("points", points.score), ("worst", points.worst), ("best", points.best),
        )
    }  # fmt: skip
    sparse = too_little_known(points, settings)
    ranks = pd.Series(ranks_of(rounded["points"], sparse), index=facts.index, dtype="Int64")
    common = facts["common_cells"]
    found = facts.assign(
        rank=ranks.where(ranks > 0),
        coverage=points.coverage,
        sparse=sparse,
        few_cells=(common > 0) & (common < settings.few_cells),
        **rounded,
    )
    return found[list(_COLUMNS)]


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


def top_shares(
    values: Floats, weights: Floats, table: pd.DataFrame, settings: MatchSettings
) -> Floats:
    """How often each candidate is among the first under weights drawn around the stated ones.

    Tied candidates share the smaller rank, so that all of them count as among the first. Those set
    apart are not drawn: of how firm they stand nothing is known.
    """
    drawn = (table["rank"].notna() & ~table["sparse"]).to_numpy(dtype=bool)
    shares = np.full(len(values), np.nan)
    applicable = np.ones((int(drawn.sum()), len(CRITERIA)), dtype=bool)
    found = rank_acceptability(
        values[drawn], applicable, weights, settings.uncertainty, settings.decimals
    )
    shares[drawn] = found["top_share"].to_numpy()
    return shares


def in_printed_order(table: pd.DataFrame) -> pd.DataFrame:
    """By rank; equal ranks by shared problems, then by code; who has no rank stands last."""
    keys = pd.DataFrame(
        {
            "rank": table["rank"].astype("Float64").fillna(np.inf),
            "shared": -table["shared_problems"].fillna(-1.0),
            "place": table.index,
        }
    )
    return table.loc[keys.sort_values(["rank", "shared", "place"], kind="stable").index]
