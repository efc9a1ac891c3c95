"""From degrees to the sheet: a window on the country, laid out so that a kilometre is as long both ways.

Equirectangular: longitudes shrink by the cosine of the window's middle latitude, which errs by less
than 2 % anywhere in Indonesia.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ksd_toolkit.charts.canvas import WIDTH

Points = NDArray[np.float64]

UNITS: Final = 100.0  # of the sheet per inch
SHEET: Final = WIDTH * UNITS
_HEIGHTS: Final = (0.36, 0.82)  # of its width: the lowest and the tallest map
_MARGIN: Final = 0.05  # of the window's longer side, kept free all round
_SMALLEST: Final = 0.25  # degrees a window shows at least, some 28 km


@dataclass(frozen=True, slots=True)
class Projection:
    """Where a place lies on a sheet of `width` x `height` units.

    `west` and `north` are the degrees of the upper left corner; `across` and `down` units per degree.
    """

    west: float
    north: float
    across: float
    down: float
    width: float
    height: float

    def points(self, degrees: Points) -> Points:
        """Longitudes and latitudes (k, 2) as places on the sheet (k, 2)."""
        return np.column_stack(
            ((degrees[:, 0] - self.west) * self.across, (self.north - degrees[:, 1]) * self.down)
        )

    def point(self, longitude: float, latitude: float) -> tuple[float, float]:
        """One place on the sheet."""
        return (longitude - self.west) * self.across, (self.north - latitude) * self.down

    def is_on_sheet(self, x: float, y: float) -> bool:
        """Whether a place lies on the sheet."""
        return 0 <= x <= self.width and 0 <= y <= self.height


def projection_of(places: Iterable[tuple[float, float]], width: float = SHEET) -> Projection:
    """The window that shows every place with a margin, as wide as the sheet.

    Args:
        places: Longitudes and latitudes in degrees, at least one.
        width: Of the sheet in units.
    """
    xs, ys = zip(*places, strict=True)
    west, east, south, north = min(xs), max(xs), min(ys), max(ys)
    shrink = cos(radians((south + north) / 2))
    wide, tall = max((east - west) * shrink, _SMALLEST), max(north - south, _SMALLEST)
    margin = 2 * _MARGIN * max(wide, tall)
    wide, tall = wide + margin, tall + margin
    height = width * min(max(tall / wide, _HEIGHTS[0]), _HEIGHTS[1])
    scale = min(width / wide, height / tall)
    half_x, half_y = width / scale / shrink / 2, height / scale / 2
    return Projection(
        west=(west + east) / 2 - half_x,
        north=(south + north) / 2 + half_y,
        across=scale * shrink,
        down=scale,
        width=width,
        height=round(height, 1),
    )
