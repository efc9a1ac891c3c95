"""Which borders a brought map shows that the shipped facts do not know, and the other way round.

Borders stay the shipped facts: they come from village polygons, a drawing may be coarser.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import shapely

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.regions import neighbours, region_or_none

_GEOS: Final[Any] = shapely  # its functions carry no types
_NAMED: Final = 3  # pairs told by name

Pair = tuple[str, str]


def border_remarks(geometries: Mapping[str, Any], where: Where) -> Iterator[Problem]:
    """Say where a map and the shipped facts differ.

    Args:
        geometries: The valid shape of each region, by code.
        where: The file.
    """
    drawn, known = _drawn(geometries), _known(geometries)
    facts = {"n": len(drawn - known), "names": _names(drawn - known)}
    if drawn - known:
        yield Problem("atlas.borders_only_drawn", where, facts, "info")
    facts = {"n": len(known - drawn), "names": _names(known - drawn)}
    if known - drawn:
        yield Problem("atlas.borders_not_drawn", where, facts, "info")


def _drawn(geometries: Mapping[str, Any]) -> set[Pair]:
    """Pairs of the same level whose shapes meet."""
    codes = list(geometries)
    shapes = np.array(list(geometries.values()), dtype=object)
    if not codes:
        return set()
    firsts, seconds = _GEOS.STRtree(shapes).query(shapes, predicate="intersects")
    pairs = ((codes[a], codes[b]) for a, b in zip(firsts, seconds, strict=True))
    return {(a, b) for a, b in pairs if a < b and len(a) == len(b)}


def _known(geometries: Mapping[str, Any]) -> set[Pair]:
    """Pairs that border each other by the shipped facts, where the map has both."""
    return {
        (code, other.code)
        for code in geometries
        for other in neighbours(code)
        if code < other.code and other.code in geometries
    }


def _names(pairs: set[Pair]) -> str:
    told = [" - ".join(_name(code) for code in pair) for pair in sorted(pairs)]
    return "; ".join(told[:_NAMED]) + ("; ..." if len(told) > _NAMED else "")


def _name(code: str) -> str:
    region = region_or_none(code)
    return f"{code} {region.name}" if region else code
