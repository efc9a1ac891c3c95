"""Who borders whom: pairs that touch, pairs that nearly touch, and islands across the water.

The lines come from village polygons; they say where to look, not where a border legally runs.
"""

import csv
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, Literal

from ksd_toolkit.regions.names import Region, region_or_none
from ksd_toolkit.regions.places import centroid_distance_km

Kind = Literal["inside", "borders", "near", "sea", "none"]

_TOUCHING: Final = frozenset({"land", "corner"})


@dataclass(frozen=True, slots=True)
class Relation:
    """How two regions lie to each other.

    `kind`: `inside` (a province and a region in it), `borders` (a common line or corner), `near`
    (no common line in our line work, but within a kilometre: check the official map), `sea` (across
    the water) or `none`. A province's border is that of its regions: it is near, or across the
    water, where one of them is. `border_km` is the length of the common border, 0 for a corner and
    None where there is none; `gap_km` what parts a `near` pair; `distance_km` the way over the
    water for `sea`, else the distance of the two midpoints.
    """

    kind: Kind
    border_km: float | None
    gap_km: float | None
    distance_km: float

    @property
    def may_be_mandatory(self) -> bool:
        """Whether the law's first condition of mandatory cooperation holds.

        Source:
            UU 23/2014 Pasal 364 ayat (1) (bordering regions) and ayat (2) huruf b (a province and
            the regencies and cities in it).
        """
        return self.kind in {"inside", "borders"}


def relation(first: str, second: str) -> Relation:
    """How two different regions lie to each other; the order is of no account.

    Args:
        first: Kemendagri code, `63` or `63.06`.
        second: Another one.

    Raises:
        KeyError: One of them is no region.

    Source:
        Adjacency computed for this project from village polygons; see `data/SOURCES.md`.
    """
    pair = frozenset((first, second))
    distance = centroid_distance_km(first, second)
    if first != second and is_inside(first, second):
        return Relation("inside", None, None, distance)
    if pair in _borders():
        return Relation("borders", _borders()[pair], None, distance)
    if pair in _gaps():
        return Relation("near", None, _gaps()[pair], distance)
    if pair in _sea_links():
        return Relation("sea", None, None, _sea_links()[pair])
    return Relation("none", None, None, distance)


def are_neighbours(first: str, second: str) -> bool:
    """Whether two regions share a land border or a corner, or one is a province and the other lies in it."""
    pair = frozenset((first, second))
    return pair in _borders() or (first != second and is_inside(first, second))


def neighbours(code: str) -> list[Region]:
    """Every region of the same level that borders `code`, by code."""
    return _others(code, _borders())


def near_regions(code: str) -> list[Region]:
    """Every region of the same level that does not touch `code` but lies within a kilometre, by code."""
    return _others(code, _gaps())


def across_the_sea(code: str) -> list[Region]:
    """Every region of the same level `code` is linked with over the water, by code."""
    return _others(code, _sea_links())


def is_inside(first: str, second: str) -> bool:
    """Whether one is a province and the other a regency or city in it."""
    shorter, longer = sorted((first, second), key=len)
    return "." not in shorter and longer.startswith(f"{shorter}.")


def touching_pairs() -> MappingProxyType[frozenset[str], float]:
    """Every bordering pair with the length of its border in km, those with provinces included."""
    return _borders()


def sea_links() -> MappingProxyType[frozenset[str], float]:
    """Every pair linked over the water with the way in km, those with provinces included."""
    return _sea_links()


def _others(code: str, pairs: MappingProxyType[frozenset[str], float]) -> list[Region]:
    others = (next(iter(pair - {code})) for pair in pairs if code in pair)
    same = sorted(other for other in others if ("." in other) == ("." in code))
    return [region for other in same if (region := region_or_none(other))]


@cache
def _borders() -> MappingProxyType[frozenset[str], float]:
    """Bordering pairs of the file, and those of provinces that follow from them."""
    found: dict[frozenset[str], float] = {}
    for row in _rows("neighbours.csv"):
        if row["type"] in _TOUCHING:
            length = float(row["border_km"])
            for pair in _pairs_of(row["a"], row["b"]):
                found[pair] = found.get(pair, 0.0) + length
    return MappingProxyType({pair: round(length, 2) for pair, length in found.items()})


def _pairs_of(first: str, second: str) -> Iterator[frozenset[str]]:
    """The pair, and across a province border: province with province, and each with the other's region."""
    yield frozenset((first, second))
    if first[:2] != second[:2]:
        yield frozenset((first[:2], second[:2]))
        yield frozenset((first[:2], second))
        yield frozenset((first, second[:2]))


@cache
def _gaps() -> MappingProxyType[frozenset[str], float]:
    return _least(_rows("near.csv"), "gap_km", _borders())


@cache
def _sea_links() -> MappingProxyType[frozenset[str], float]:
    rows = [row for row in _rows("neighbours.csv") if row["type"] == "sea"]
    return _least(rows, "distance_km", _borders(), _gaps())


def _least(
    rows: list[dict[str, str]], column: str, *closer: Mapping[frozenset[str], float]
) -> MappingProxyType[frozenset[str], float]:
    """The least figure of each pair of the file and of provinces, without pairs that lie `closer`."""
    found: dict[frozenset[str], float] = {}
    for row in rows:
        for pair in _pairs_of(row["a"], row["b"]):
            if not any(pair in pairs for pairs in closer):
                found[pair] = min(float(row[column]), found.get(pair, math.inf))
    return MappingProxyType(found)


def _rows(name: str) -> list[dict[str, str]]:
    with files("ksd_toolkit.knowledge").joinpath(name).open(encoding="utf-8") as source:
        return list(csv.DictReader(source))
