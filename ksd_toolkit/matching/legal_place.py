"""How two regions lie to each other in the eyes of the law: for a province, what holds of a region in it."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Final

from ksd_toolkit.regions import (
    Region,
    Relation,
    across_the_sea,
    all_regions,
    near_regions,
    parties,
    relation,
)

_AROUND: Final = {"inside", "borders", "near"}


def lie_of(first: Region, second: Region) -> Relation:
    """How two different regions lie to each other.

    A province that does not touch is called near, or across the water, where a regency or city in
    it is: its border is theirs, so that what the map leaves open for them is open for it.

    Args:
        first: A region.
        second: Another one.
    """
    found = relation(first.code, second.code)
    if found.kind != "none" or _level(first) == _level(second) == "regency":
        return found
    if gaps := _between(first, second, near_regions):
        return replace(found, kind="near", gap_km=min(gap.gap_km or 0.0 for gap in gaps))
    if straits := _between(first, second, across_the_sea):
        return replace(found, kind="sea", distance_km=min(way.distance_km for way in straits))
    return found


def around(home: Region) -> tuple[Region, ...]:
    """Every party that borders a region, holds it, lies in it or lies near it, provinces first."""
    others = [region for region in parties() if region != home]
    found = [region for region in others if lie_of(home, region).kind in _AROUND]
    return tuple(sorted(found, key=lambda region: (_level(region) == "regency", region.code)))


def _between(
    first: Region, second: Region, others: Callable[[str], list[Region]]
) -> list[Relation]:
    """The relations of regions of the one with regions of the other, of those `others` names."""
    theirs = set(_within(second.code))
    return [
        relation(code, other.code)
        for code in _within(first.code)
        for other in others(code)
        if other.code in theirs
    ]


@cache
def _within(code: str) -> tuple[str, ...]:
    """The regency or city itself, or all of a province."""
    if "." in code:
        return (code,)
    return tuple(region.code for region in all_regions() if region.code.startswith(f"{code}."))


def _level(region: Region) -> str:
    return "regency" if "." in region.code else "province"
