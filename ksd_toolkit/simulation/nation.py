"""Which regions a simulation holds, who borders whom in it, and what neighbours say of each other.

A region depends on the seed and its code alone: whatever two neighbours share is drawn for the pair.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from ksd_toolkit.regions import Region, all_regions, party_of, region_or_none
from ksd_toolkit.regions.borders import sea_links, touching_pairs
from ksd_toolkit.simulation.draws import Draws
from ksd_toolkit.simulation.knowledge import Template, border_templates, shares

NATION: Final = 514
"""Regencies and cities, with the six administrative units of DKI Jakarta."""

_PAIR: Final = 2


@dataclass(frozen=True, slots=True)
class Shared:
    """A proposal two neighbours could make, and who of them names it."""

    template: Template
    neighbour: Region


def regencies() -> list[Region]:
    """The 514 regencies and cities, by code."""
    return [region for region in all_regions() if not region.is_province]


def chosen(count: int, seed: int) -> list[Region]:
    """The first `count` regions of the nation: of 514, the same ones whatever the count.

    They come in bunches: a region drawn by the seed and the neighbours nearest to it by land or
    sea, then another place. So a few regions already lie in several provinces and border each other.

    Args:
        count: 1 to 514.
        seed: What decides.
    """
    draws, near = Draws(seed).of("urutan"), _links()
    left = {region.code: region for region in regencies()}
    found: list[Region] = []
    while left and len(found) < count:
        bunch = [min(left, key=draws.chance)]
        while len(bunch) < shares()["order"]["bunch"]:
            edge = sorted({n for code in bunch for n in near[code] if n in left} - {*bunch})
            if not edge:
                break
            bunch.append(min(edge, key=draws.chance))
        found += [left.pop(code) for code in bunch]
    return found[:count]


def neighbours_of(region: Region) -> list[Region]:
    """The regencies and cities that share a land border with it, by code."""
    codes = _borders()[region.code]
    return [other for code in codes if (other := region_or_none(code))]


def partner_of(region: Region, neighbour: Region) -> Region | None:
    """Who signs for the neighbour: itself, or for a unit of DKI Jakarta the province; none where both are one party."""
    ours, theirs = party_of(region.code), party_of(neighbour.code)
    return None if ours == theirs else theirs


def named_by(region: Region, seed: int, year: int) -> list[Shared]:
    """What this region proposes to its neighbours, in the order of their codes.

    Of the topics a pair has, part is named by both regions and part by one only.

    Args:
        region: The region.
        seed: What decides.
        year: Topics are drawn anew every year.
    """
    draws, border = Draws(seed).of("perbatasan", year), shares()["border"]
    found = []
    for neighbour in neighbours_of(region):
        if partner_of(region, neighbour) is None:
            continue
        pair = sorted((region.code, neighbour.code))
        for template in border_templates():
            names = (*pair, template.code)
            if not draws.happens(border["share"], *names, "pokok"):
                continue
            both = draws.happens(border["both"], *names, "berdua")
            if both or draws.choose(pair, *names, "siapa") == region.code:
                found.append(Shared(template, neighbour))
    return found


@cache
def _borders() -> Mapping[str, Sequence[str]]:
    return _linked(touching_pairs())


@cache
def _links() -> Mapping[str, Sequence[str]]:
    """Neighbours by land, and across the sea."""
    return _linked({**touching_pairs(), **sea_links()})


def _linked(pairs: Mapping[frozenset[str], float]) -> Mapping[str, Sequence[str]]:
    """Every regency and city with those it is paired with, by code."""
    found: dict[str, list[str]] = defaultdict(list)
    for pair in pairs:
        members = [code for code in pair if "." in code]
        if len(members) == _PAIR:
            found[members[0]].append(members[1])
            found[members[1]].append(members[0])
    codes = (region.code for region in regencies())
    return MappingProxyType({code: sorted(found[code]) for code in codes})
