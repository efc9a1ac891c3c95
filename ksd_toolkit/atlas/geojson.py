"""The features of a GeoJSON file: measured before it is parsed, and nothing but polygons taken from it."""

import json
from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from ksd_toolkit.atlas.boundaries import Ring
from ksd_toolkit.atlas.brought import UnfitError
from ksd_toolkit.atlas.region_files import facts_of, meaning_of
from ksd_toolkit.atlas.shapes import RawShape
from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire.cells import as_text

_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


def read_geojson(content: bytes) -> list[RawShape]:
    """Every feature with its code and rings.

    Raises:
        UnfitError: It is another kind of file, too large, or in other coordinates.

    Source:
        RFC 7946: coordinates are longitude and latitude in WGS 84 (chapter 4).
    """
    limits = facts_of("boundaries")
    if content.count(b"[") > limits["numbers"]:
        raise UnfitError(Problem("atlas.map_too_detailed", Where(), {"limit": limits["vertices"]}))
    try:
        data = json.loads(content.removeprefix(_BYTE_ORDER_MARK))
    except (ValueError, RecursionError) as error:
        raise UnfitError(Problem("atlas.map_damaged")) from error
    kind = data.get("type") if isinstance(data, dict) else None
    if kind == "Topology":
        raise UnfitError(Problem("atlas.topojson"))
    features = data.get("features") if kind == "FeatureCollection" else None
    if not isinstance(features, list):
        raise UnfitError(Problem("atlas.not_geojson"))
    if len(features) > limits["features"]:
        raise UnfitError(Problem("atlas.map_features", Where(), {"limit": limits["features"]}))
    _refuse_other_crs(data.get("crs"))
    return list(_shapes(features))


def _refuse_other_crs(stated: Any) -> None:
    """Old files state their coordinates; newer ones never do, since they may have no other."""
    if stated is None:
        return
    properties = stated.get("properties") if isinstance(stated, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(name, str) or name.casefold() not in facts_of("crs")["names"]:
        raise UnfitError(
            Problem("atlas.crs", Where(), {"crs": str(name)[: facts_of("reading")["longest_text"]]})
        )


def _shapes(features: list[Any]) -> Iterator[RawShape]:
    for number, feature in enumerate(features, 1):
        if not isinstance(feature, dict):
            raise UnfitError(Problem("atlas.not_geojson"))
        properties = feature.get("properties")
        code = _code(properties if isinstance(properties, dict) else {})
        try:
            yield RawShape(number, code, _polygons(feature.get("geometry")))
        except UnfitError as unfit:
            yield RawShape(number, code, (), unfit.problem)


def _code(properties: dict[str, Any]) -> str:
    """The value of the first property that is a code by its name."""
    for name, value in properties.items():
        if meaning_of(name) == "code" and isinstance(value, str | int | float):
            return value.strip() if isinstance(value, str) else _number_text(value)
    return ""


def _number_text(value: float) -> str:
    """A code that is written as a number, as it stands: `63.1` stays damaged."""
    return as_text(value) if isinstance(value, int) else repr(value)


def _polygons(geometry: Any) -> list[list[Ring]] | None:
    """The rings of a polygon or several; None where there is no shape.

    Raises:
        UnfitError: It is a point or a line, or cannot be read.
    """
    if geometry is None:
        return None
    if not isinstance(geometry, dict):
        raise UnfitError(Problem("atlas.ring"))
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in {"Polygon", "MultiPolygon"}:
        raise UnfitError(Problem("atlas.no_polygon", Where(), {"kind": str(kind)[:20]}))
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(polygons, list) or not all(isinstance(one, list) for one in polygons):
        raise UnfitError(Problem("atlas.ring"))
    return [[_ring(ring) for ring in polygon] for polygon in polygons]


def _ring(ring: Any) -> Ring:
    try:
        points = np.asarray(ring, dtype=np.float64)
    except (ValueError, TypeError, OverflowError) as error:
        raise UnfitError(Problem("atlas.ring")) from error
    if points.ndim != 2 or points.shape[1] < 2:  # noqa: PLR2004  longitude and latitude
        raise UnfitError(Problem("atlas.ring"))
    return np.ascontiguousarray(points[:, :2])
