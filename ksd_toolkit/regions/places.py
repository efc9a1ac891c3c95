"""Where regions lie: a midpoint each, and the distance between two of them."""

import csv
from functools import cache
from importlib.resources import files
from math import asin, cos, hypot, radians, sin, sqrt
from types import MappingProxyType
from typing import Final

EARTH_KM: Final = 6371.0088
"""Mean radius of the Earth.

Source:
    Moritz, Geodetic Reference System 1980: R1 = 6,371,008.77 m.
"""


def centroid(code: str) -> tuple[float, float]:
    """Longitude and latitude in degrees of a point on the largest part of a region.

    Raises:
        KeyError: There is no such region.

    Source:
        Computed for this project; see `data/SOURCES.md`.
    """
    return _centroids()[code]


def centroid_distance_km(first: str, second: str) -> float:
    """The great-circle distance of two midpoints in km.

    Raises:
        KeyError: One of them is no region.
    """
    (x1, y1), (x2, y2) = centroid(first), centroid(second)
    half_x, half_y = radians(x2 - x1) / 2, radians(y2 - y1) / 2
    across = sqrt(cos(radians(y1)) * cos(radians(y2))) * sin(half_x)
    return 2 * EARTH_KM * asin(min(1.0, hypot(sin(half_y), across)))


@cache
def _centroids() -> MappingProxyType[str, tuple[float, float]]:
    with files("ksd_toolkit.knowledge").joinpath("centroids.csv").open(encoding="utf-8") as source:
        rows = list(csv.DictReader(source))
    return MappingProxyType({row["code"]: (float(row["lon"]), float(row["lat"])) for row in rows})
