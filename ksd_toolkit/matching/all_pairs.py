"""Every region with every other at once: the four criteria as matrices, and each one's first partners."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from ksd_toolkit.matching.criteria import nearness
from ksd_toolkit.matching.ground import FISCAL_SCALE
from ksd_toolkit.matching.kernel import (
    first_of_all,
    great_circle_km,
    help_of_all,
    reweighed,
    shared_of_all,
)
from ksd_toolkit.matching.percentiles import Booleans, Floats
from ksd_toolkit.matching.profiles import Profiles
from ksd_toolkit.matching.settings import CRITERIA, PARTS, MatchSettings
from ksd_toolkit.matching.weighing import is_little
from ksd_toolkit.regions import all_regions, centroid
from ksd_toolkit.regions.borders import sea_links, touching_pairs
from ksd_toolkit.regions.places import EARTH_KM
from ksd_toolkit.scoring.kernel import round_half_up


@dataclass(frozen=True, slots=True, eq=False)
class AllPairs:
    """The four criteria of every two of all regions, in code order, NaN where unknown.

    `filled` and `known` are n x n x 4 in the order of `CRITERIA`. Past agreements play no part: they
    are known of the region of a register only. `feasibility_known` is the known share of the parts of
    feasibility, n x n, NaN where none has a meaning.
    """

    codes: tuple[str, ...]
    filled: Floats
    known: Floats
    feasibility_known: Floats
    may: Booleans

    def __repr__(self) -> str:
        return f"AllPairs({len(self.codes)} daerah)"

    def points(self, weights: "dict[str, float]") -> Floats:
        """Points 0 to 100 of every pair, n x n, NaN where nothing that weighs is known."""
        return reweighed(self.filled, self.known, np.array([weights[name] for name in CRITERIA]))

    def coverage(self, weights: "dict[str, float]") -> Floats:
        """How much of the weight is known of every pair, n x n, 0 to 1."""
        *plain, last = (weights[name] for name in CRITERIA)
        known = self.feasibility_known
        told = self.known[..., :-1] @ np.array(plain) + last * np.nan_to_num(known)
        base = sum(plain) + np.where(np.isnan(known), 0.0, last)
        return np.asarray(np.divide(told, base, out=np.zeros(told.shape), where=base > 0))

    def first(self, settings: MatchSettings, rows: int = 0) -> pd.DataFrame:
        """The first partners of every party: `code, position, partner, points`.

        Those of whom too little is known stand after those of whom enough is.

        Args:
            settings: Weights, rounding and how many are first.
            rows: How many of each; `settings.top` unless given.
        """
        points = round_half_up(self.points(dict(settings.weights)), settings.decimals)
        little = is_little(self.coverage(dict(settings.weights)), settings.min_coverage)
        chosen = first_of_all(points, self.may, little, rows or settings.top)
        found = [
            (self.codes[home], position, self.codes[partner], points[home, partner])
            for home in np.flatnonzero(self.may.any(axis=1))
            for position, partner in enumerate(chosen[home], start=1)
            if self.may[home, partner] and not np.isnan(points[home, partner])
        ]
        return pd.DataFrame(found, columns=["code", "position", "partner", "points"])


def all_pairs(
    profiles: Profiles, settings: MatchSettings, fiscal_class: Floats | None = None
) -> AllPairs:
    """The four criteria of all regions with each other.

    Args:
        profiles: Needs and capacities.
        settings: How nearness falls and what feasibility is made of.
        fiscal_class: n classes 1 to 5, NaN where unknown; all unknown unless given.
    """
    distance, touching, same_level, may = _map_facts()
    feasible, feasible_known = _feasible(settings, same_level, fiscal_class)
    values = np.stack(
        [
            shared_of_all(profiles.need),
            help_of_all(profiles.need, profiles.capacity),
            nearness(distance, touching, settings.fall_km),
            feasible,
        ],
        axis=-1,
    )
    known = ~np.isnan(values)
    codes = tuple(region.code for region in all_regions())
    filled = np.where(known, values, 0.0)
    return AllPairs(codes, filled, known.astype(np.float64), feasible_known, may)


@cache
def _map_facts() -> tuple[Floats, Booleans, Booleans, Booleans]:
    """Distances in km, who touches whom, who is of one level, and who may be whose partner."""
    codes = [region.code for region in all_regions()]
    number = {code: row for row, code in enumerate(codes)}
    lon, lat = np.array([centroid(code) for code in codes]).T
    distance = great_circle_km(lon, lat, EARTH_KM)
    is_region = np.array(["." in code for code in codes])
    inside = _provinces()[:, None] == _provinces()
    touching = inside & (is_region[:, None] != is_region)
    for pair in touching_pairs():
        first, second = (number[code] for code in pair)
        touching[first, second] = touching[second, first] = True
    for pair, km in sea_links().items():
        first, second = (number[code] for code in pair)
        if not touching[first, second]:
            distance[first, second] = distance[second, first] = km
    same_level = is_region[:, None] == is_region
    party = np.array([region.is_party for region in all_regions()])
    may = same_level & party[:, None] & party & ~np.eye(len(codes), dtype=bool)
    return distance, touching, same_level, may


@cache
def _provinces() -> "np.ndarray[tuple[int], np.dtype[np.str_]]":
    return np.array([region.province for region in all_regions()])


def _feasible(
    settings: MatchSettings, same_level: Booleans, fiscal_class: Floats | None
) -> tuple[Floats, Floats]:
    """The weighted mean of the known parts of feasibility, n x n, and the share of them that is known."""
    is_region = np.array(["." in region.code for region in all_regions()])
    both = same_level & is_region
    parts = {"same_province": np.where(both, _provinces()[:, None] == _provinces(), np.nan)}
    if fiscal_class is not None:
        low, high = FISCAL_SCALE
        parts["fiscal_class"] = (np.minimum(fiscal_class[:, None], fiscal_class) - low) / (
            high - low
        )
    total, base = np.zeros(both.shape), np.zeros(both.shape)
    for name in PARTS:
        if name in parts:
            known = ~np.isnan(parts[name])
            total += np.where(known, settings.parts[name] * np.nan_to_num(parts[name]), 0.0)
            base += np.where(known, settings.parts[name], 0.0)
    rest = sum(settings.parts[name] for name in PARTS if name != "same_province")
    whole = rest + np.where(both, settings.parts["same_province"], 0.0)
    return _shares(total, base), _shares(base, whole)


def _shares(part: Floats, whole: Floats) -> Floats:
    """NaN where there is no whole."""
    none = np.full(part.shape, np.nan)
    return np.asarray(np.divide(part, whole, out=none, where=whole > 0))
