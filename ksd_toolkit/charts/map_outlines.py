"""Boundaries as outlines on the sheet: projected, simplified together so that borders stay shared, and cut.

A region too small to be seen gets a disc beside its outline, so that no region vanishes.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
import shapely

from ksd_toolkit.atlas.boundaries import Boundaries, Polygon
from ksd_toolkit.charts.map_marks import Mark
from ksd_toolkit.charts.map_projection import SHEET, Points, Projection, projection_of
from ksd_toolkit.document import MapShape
from ksd_toolkit.regions import centroid

_GEOS: Final[Any] = shapely  # its functions carry no types
_DETAIL: Final = 1.0  # units: what is smaller than that across is smoothed away
_DUST: Final = 0.6  # square units: smaller islets of a region are left out, never its largest part
_SEEN: Final = 12.0  # square units: a smaller region gets a disc as well
_DISC: Final = 2.5
_DISC_ALONE: Final = 4.0  # of a region that has no outline
_MOST: Final = 0.95  # of a region's area must be seen
_POLYGON: Final = 3  # shapely's number of the type
_CORNERS: Final = 3


def outline_shapes(
    marks: Sequence[Mark], boundaries: Boundaries, width: float = SHEET
) -> tuple[Projection, tuple[MapShape, ...]]:
    """Every region on the sheet by its outline; those the boundaries lack as discs on their midpoints.

    Args:
        marks: In the order they are drawn, at least one that is no context.
        boundaries: Outlines of regencies and cities; a province is the whole of its own.
        width: Of the sheet in units.
    """
    areas = _areas([mark.code for mark in marks], boundaries)
    shown = [mark for mark in marks if not mark.is_context]
    sheet = projection_of(_extent(shown, areas), width)
    on_sheet = _simplified(
        {code: area for code, area in areas.items() if _meets(area, sheet)}, sheet
    )
    found = (_shape(mark, *on_sheet.get(mark.code, (None, False)), sheet) for mark in marks)
    return sheet, tuple(shape for shape in found if shape)


def _areas(codes: Sequence[str], boundaries: Boundaries) -> dict[str, Any]:
    """The area of each region that has an outline, in degrees; a province's from those in it."""
    own: dict[str, list[str]] = {}
    for code in boundaries.codes:
        for whole in dict.fromkeys((code, code[:2])):
            own.setdefault(whole, []).append(code)
    areas = {}
    for code in codes:
        parts = [code] if code in boundaries else own.get(code, [])
        polygons = [_polygon(one) for part in parts for one in boundaries.polygons(part)]
        if polygons:
            is_whole = parts == [code]
            areas[code] = _GEOS.multipolygons(polygons) if is_whole else _union(polygons)
    return areas


def _polygon(piece: Polygon) -> Any:
    return _GEOS.Polygon(piece.exterior, piece.holes)


def _union(polygons: list[Any]) -> Any:
    """One area of many; what is not valid is made so first, since a union cannot take it."""
    return _GEOS.union_all(_GEOS.make_valid(np.array(polygons, dtype=object)))


def _extent(marks: Iterable[Mark], areas: dict[str, Any]) -> list[tuple[float, float]]:
    """The corners of what most of each region lies in, or the midpoint where there is no outline.

    Far islets would make the window so wide that nothing else can be seen.
    """
    places = []
    for mark in marks:
        if mark.code in areas:
            west, south, east, north = _GEOS.total_bounds(_main_parts(areas[mark.code]))
            places += [(west, south), (east, north)]
        else:
            places.append(centroid(mark.code))
    return places


def _main_parts(area: Any) -> Any:
    """The largest parts, until together they hold most of the area."""
    parts = _GEOS.get_parts(area)
    sizes = _GEOS.area(parts)
    order = np.argsort(-sizes, kind="stable")
    before = np.cumsum(sizes[order]) - sizes[order]
    return parts[order[before < _MOST * sizes.sum()]]


def _meets(area: Any, sheet: Projection) -> bool:
    """Whether an area may lie on the sheet."""
    west, south, east, north = _GEOS.bounds(area)
    (left, top), (right, bottom) = sheet.point(west, north), sheet.point(east, south)
    return bool(left < sheet.width and right > 0 and top < sheet.height and bottom > 0)


def _simplified(areas: dict[str, Any], sheet: Projection) -> dict[str, tuple[Any, bool]]:
    """Areas in units, with no more detail than the sheet shows and nothing beyond it, and whether one sees them."""
    if not areas:
        return {}
    projected = _GEOS.transform(np.array(list(areas.values()), dtype=object), sheet.points)
    simpler = _GEOS.coverage_simplify(projected, _DETAIL)
    cut = _GEOS.clip_by_rect(simpler, 0, 0, sheet.width, sheet.height)
    whole = _GEOS.area(projected)
    drawn = _GEOS.orient_polygons(cut)
    return {
        code: (area, float(size) >= _SEEN)
        for code, area, size in zip(areas, drawn, whole, strict=True)
    }


def _shape(mark: Mark, area: Any, is_seen: bool, sheet: Projection) -> MapShape | None:
    """The region as it is drawn; None for land that lies not on the sheet or has no outline."""
    parts = _parts(area)
    if not parts:
        x, y = sheet.point(*centroid(mark.code))
        return None if mark.is_context else _made(mark, x, y, "", _DISC_ALONE)
    middle = _GEOS.point_on_surface(parts[0])
    path = "".join(ring_text(ring[:-1]) for part in parts for ring in _rings(part))
    return _made(mark, middle.x, middle.y, path, 0.0 if is_seen and path else _DISC)


def _made(mark: Mark, x: float, y: float, path: str, radius: float) -> MapShape:
    return MapShape(
        mark.code, mark.region.name, mark.told, mark.tone, round(x, 1), round(y, 1), path, radius,
        mark.marked,
    )  # fmt: skip


def _parts(area: Any) -> list[Any]:
    """The polygons of an area, the largest first, without islets that print as dust."""
    polygons = [p for p in _GEOS.get_parts(area) if _GEOS.get_type_id(p) == _POLYGON]
    polygons.sort(key=lambda polygon: -_GEOS.area(polygon))
    return [p for n, p in enumerate(polygons) if n == 0 or _GEOS.area(p) > _DUST]


def _rings(polygon: Any) -> list[Points]:
    rings = [polygon.exterior, *polygon.interiors]
    return [_GEOS.get_coordinates(ring) for ring in rings]


def ring_text(ring: Points) -> str:
    """A ring without its closing point as SVG writes it, to a tenth of a unit; empty when nothing is left."""
    steps = [f"{x:.1f},{y:.1f}".replace(".0", "") for x, y in ring + 0.0]
    kept = [step for number, step in enumerate(steps) if step != steps[number - 1]]
    return f"M{'L'.join(kept)}Z" if len(kept) >= _CORNERS else ""
