"""Small maps made by hand: squares around the places of regions."""

import json
import struct

from ksd_toolkit.regions import centroid

SIDE = 0.05  # degrees


def square(code, side=SIDE, at=None):
    """A closed ring around the place of a region, counter-clockwise."""
    lon, lat = at or centroid(code)
    return [
        [lon - side, lat - side],
        [lon + side, lat - side],
        [lon + side, lat + side],
        [lon - side, lat + side],
        [lon - side, lat - side],
    ]


def feature(code, *rings, key="code", kind="Polygon"):
    """A GeoJSON feature."""
    coordinates = list(rings) or [square(code)]
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": {key: code}, "geometry": geometry}


def collection(*features, **more):
    """A GeoJSON file."""
    return json.dumps({"type": "FeatureCollection", "features": list(features)} | more)


def wkb(rings, order="<", kind=3, width=2):
    """A polygon in well-known binary."""
    parts = [struct.pack(f"{order}BII", order == "<", kind, len(rings))]
    for ring in rings:
        parts.append(struct.pack(f"{order}I", len(ring)))
        parts += [
            struct.pack(f"{order}{width}d", *point[:2], *[0.0] * (width - 2)) for point in ring
        ]
    return b"".join(parts)


def several(polygons):
    """Several polygons in well-known binary."""
    return struct.pack("<BII", 1, 6, len(polygons)) + b"".join(wkb(rings) for rings in polygons)
