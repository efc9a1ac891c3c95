"""Provinces, regencies and cities: codes, names, where they lie and who borders whom."""

from ksd_toolkit.regions.borders import (
    Relation,
    across_the_sea,
    are_neighbours,
    near_regions,
    neighbours,
    relation,
)
from ksd_toolkit.regions.initials import region_by_initials
from ksd_toolkit.regions.names import (
    NO_NAMES,
    Region,
    all_regions,
    find_region,
    parties,
    party_of,
    region_or_none,
)
from ksd_toolkit.regions.places import centroid

__all__ = [
    "NO_NAMES",
    "Region",
    "Relation",
    "across_the_sea",
    "all_regions",
    "are_neighbours",
    "centroid",
    "find_region",
    "near_regions",
    "neighbours",
    "parties",
    "party_of",
    "region_by_initials",
    "region_or_none",
    "relation",
]
