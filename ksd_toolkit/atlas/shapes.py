"""Shapes of a boundary file made fit for maps: inside Indonesia, valid, one per region, simple enough."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import shapely

from ksd_toolkit.atlas.borders import border_remarks
from ksd_toolkit.atlas.boundaries import Polygon, Ring, Shape
from ksd_toolkit.atlas.brought import Asked
from ksd_toolkit.atlas.region_codes import Notation, code_problem, notation_of, read_code
from ksd_toolkit.atlas.region_files import facts_of
from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire.submission import Balance
from ksd_toolkit.regions import Region, all_regions, centroid, region_or_none

_GEOS: Final[Any] = shapely  # its functions carry no types
_FEWEST_POINTS: Final = 4  # of a closed ring
_KAB_KOTA: Final = 5  # letters of a code NN.NN
_KM_PER_DEGREE: Final = 111.2  # of latitude; near the equator of longitude, too
_NAMED: Final = 10  # missing regions told by name


@dataclass(frozen=True, slots=True, eq=False)
class RawShape:
    """One feature of a file: its number from 1, its code as written, and rings by polygon.

    `polygons` is None where the feature has no shape at all; the first ring of each is its outline.
    `unfit` is why its shape cannot be read.
    """

    number: int
    code: str
    polygons: Sequence[Sequence[Ring]] | None
    unfit: Problem | None = None


@dataclass(frozen=True, slots=True, eq=False)
class ShapesRead:
    """The shapes by code, what became of every feature, and what is to be told."""

    shapes: dict[str, Shape]
    balance: Balance
    problems: tuple[Problem, ...]


def fit_shapes(
    raw: Sequence[RawShape], file: str, asked: Asked, crosswalk: Mapping[str, str]
) -> ShapesRead:
    """The shapes of a file, valid, oriented, one per region.

    Args:
        raw: Its features.
        file: Its name, as problems tell it.
        asked: What its bringer says of it.
        crosswalk: Kemendagri codes by BPS code, where somebody brought them.
    """
    notation = notation_of({one.code for one in raw}, asked.system, crosswalk)
    problems: list[Problem] = []
    found: dict[str, list[Any]] = {}
    mended = 0
    drawn = [one for one in raw if one.polygons is not None]
    for one in drawn:
        judged = _judged(one, notation, Where(file, "", f"#{one.number}"))
        if isinstance(judged, Problem):
            problems.append(judged)
            continue
        mended += judged.was_mended
        found.setdefault(judged.code, []).append(judged.geometry)
    merged = {code: _union(parts) for code, parts in sorted(found.items())}
    used = sum(len(parts) for parts in found.values())
    balance = Balance(len(found), len(problems), used - len(found), len(raw) - len(drawn))
    simplified = _simplified(merged)
    problems += _told(Where(file), mended, balance.duplicate, simplified is not merged, merged)
    problems += border_remarks(simplified, Where(file))
    shapes = {code: _shape(geometry) for code, geometry in simplified.items()}
    return ShapesRead(shapes, balance, tuple(problems))


@dataclass(frozen=True, slots=True, eq=False)
class _Judged:
    """A feature that can be drawn."""

    code: str
    geometry: Any
    was_mended: bool


def _judged(one: RawShape, notation: Notation, where: Where) -> _Judged | Problem:
    """The region and valid shape of a feature, or why there is none."""
    code = read_code(one.code, notation)
    if one.unfit is not None:
        return replace(one.unfit, where=where)
    if code.refusal:
        return code_problem(code, where)
    if misplaced := _misplaced(one, where):
        return misplaced
    geometry, was_mended = _geometry(one.polygons or ())
    return _wrong(geometry, code.code, where) or _Judged(code.code, geometry, was_mended)


def _misplaced(one: RawShape, where: Where) -> Problem | None:
    """A feature whose points are no places in Indonesia."""
    rings = [ring for polygon in one.polygons or () for ring in polygon]
    if not rings:
        return Problem("atlas.shape_empty", where)
    points = np.concatenate(rings)
    if not np.isfinite(points).all():
        return Problem("atlas.shape_not_finite", where)
    limits = facts_of("boundaries")
    lon, lat = points[:, 0], points[:, 1]
    if _within(lon, limits["west"], limits["east"]) and _within(
        lat, limits["south"], limits["north"]
    ):
        return None
    if _within(lat, limits["west"], limits["east"]) and _within(
        lon, limits["south"], limits["north"]
    ):
        return Problem("atlas.shape_swapped", where)
    facts = {"lon": f"{lon[0]:g}", "lat": f"{lat[0]:g}"}
    return Problem("atlas.shape_outside", where, facts)


def _within(values: Any, low: float, high: float) -> bool:
    return bool(values.min() >= low and values.max() <= high)


def _geometry(polygons: Sequence[Sequence[Ring]]) -> tuple[Any, bool]:
    """The shape as one valid geometry, and whether it had to be mended."""
    parts = []
    for outline, *holes in (polygon for polygon in polygons if polygon):
        if len(outline) >= _FEWEST_POINTS:
            inner = [hole for hole in holes if len(hole) >= _FEWEST_POINTS]
            parts.append(_GEOS.Polygon(outline, inner))
    geometry = _GEOS.multipolygons(parts) if parts else _GEOS.MultiPolygon()
    if _GEOS.is_valid(geometry):
        return geometry, False
    return _areas_of(_GEOS.make_valid(geometry)), True


def _areas_of(geometry: Any) -> Any:
    """The polygons of a geometry; lines and points a mended ring left behind are no area."""
    parts = _GEOS.get_parts(_GEOS.get_parts([geometry]))
    areas = parts[_GEOS.get_type_id(parts) == _GEOS.GeometryType.POLYGON]
    return _GEOS.multipolygons(areas) if len(areas) else _GEOS.MultiPolygon()


def _wrong(geometry: Any, code: str, where: Where) -> Problem | None:
    """A shape without area, or one that lies where another region is."""
    if _GEOS.is_empty(geometry) or _GEOS.area(geometry) <= 0:
        return Problem("atlas.shape_empty", where)
    region = region_or_none(code)
    far = _degrees_off(geometry, code) * _KM_PER_DEGREE
    if region is not None and far > facts_of("boundaries")["far_km"]:
        facts = {"code": code, "name": region.name, "km": f"{far:.0f}"}
        return Problem("atlas.shape_elsewhere", where, facts)
    return None


def _degrees_off(geometry: Any, code: str) -> float:
    """How far the place of the region is from the shape, in degrees; 0 inside."""
    return float(_GEOS.distance(geometry, _GEOS.Point(centroid(code))))


def _union(parts: list[Any]) -> Any:
    return parts[0] if len(parts) == 1 else _areas_of(_GEOS.union_all(parts))


def _simplified(merged: dict[str, Any]) -> dict[str, Any]:
    """The shapes with fewer points where they have too many; common borders stay common."""
    limits = facts_of("boundaries")
    geometries = np.array(list(merged.values()), dtype=object)
    if not merged or _GEOS.get_num_coordinates(geometries).sum() < limits["simplify_from"]:
        return merged
    simpler = _GEOS.coverage_simplify(geometries, limits["tolerance"])
    whole = [
        new if not _GEOS.is_empty(new) else old
        for new, old in zip(simpler, geometries, strict=True)
    ]
    return dict(zip(merged, (_areas_of(one) for one in whole), strict=True))


def _told(
    where: Where, mended: int, duplicate: int, simpler: bool, codes: Collection[str]
) -> Iterator[Problem]:
    """What was done to the shapes, and which regions of their level have none."""
    if mended:
        yield Problem("atlas.shapes_mended", where, {"n": mended}, "info")
    if duplicate:
        yield Problem("atlas.shapes_joined", where, {"n": duplicate}, "info")
    if simpler:
        facts = {"tolerance": facts_of("boundaries")["tolerance"]}
        yield Problem("atlas.shapes_simplified", where, facts, "info")
    for level in sorted({len(code) for code in codes}):
        every = [region for region in all_regions() if len(region.code) == level]
        missing = [region for region in every if region.code not in codes]
        if missing:
            facts = {"n": len(missing), "of": len(every), "names": _names(missing)}
            yield Problem("atlas.shapes_missing", where, facts, "warning")


def _names(regions: Iterable[Region]) -> str:
    names = [f"{region.code} {region.name}" for region in regions]
    return "; ".join(names[:_NAMED]) + ("; ..." if len(names) > _NAMED else "")


def _shape(geometry: Any) -> Shape:
    """The geometry as rings, outlines counter-clockwise."""
    parts = _GEOS.get_parts(_GEOS.orient_polygons(geometry, exterior_cw=False))
    return tuple(
        Polygon(_ring(part.exterior), tuple(_ring(hole) for hole in part.interiors))
        for part in parts
    )


def _ring(ring: Any) -> Ring:
    points: Ring = np.ascontiguousarray(_GEOS.get_coordinates(ring), dtype=np.float64)
    return points
