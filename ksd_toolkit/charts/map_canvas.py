"""A sheet for maps: many areas, discs and lines of one look as one mark, and outlines in few letters."""

import re
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.path import Path
from matplotlib.transforms import IdentityTransform

from ksd_toolkit.charts.canvas import HALO, PAPER, SMALL, Canvas
from ksd_toolkit.charts.lettering import POINTS_PER_INCH
from ksd_toolkit.charts.map_projection import Points
from ksd_toolkit.charts.marks import Dash

_HATCH: Final = "/////"
_RIM_POINTS: Final = 2.2
_GLYPH: Final = SMALL / 100 / 64  # points a unit of a letter's outline measures in matplotlib's SVG
_RIM: Final = (
    f"stroke: {PAPER}; stroke-width: {_RIM_POINTS / _GLYPH:.0f}; "
    "stroke-linejoin: round; paint-order: stroke"
)
_OUTLINES: Final = re.compile(r' d="[^"]*"')
_DIGITS: Final = re.compile(r"-?\d+\.\d{3,}")


class MapCanvas(Canvas):
    """A `Canvas` that also paints what a map is made of."""

    def areas(
        self,
        areas: Sequence[Sequence[Points]],
        color: str,
        *,
        rim: str,
        width: float,
        hatched: bool = False,
    ) -> None:
        """Filled areas of one colour in one mark; each is its rings (k, 2), holes the other way round."""
        if areas:
            paths = [_compound(rings) for rings in areas]
            style: dict[str, Any] = {
                "facecolors": color, "edgecolors": rim, "linewidths": width,
            }  # fmt: skip
            self._paint(PathCollection(paths, hatch=_HATCH if hatched else None, **style))

    def discs(  # noqa: PLR0913  a mark is its places and its looks
        self,
        places: Sequence[tuple[float, float]],
        radius: float,
        color: str,
        *,
        rim: str,
        width: float,
        hatched: bool = False,
    ) -> None:
        """Filled circles of one size and look in one mark."""
        if places:
            size = (radius * POINTS_PER_INCH) ** 2
            style: dict[str, Any] = {
                "facecolors": color, "edgecolors": rim, "linewidths": width,
            }  # fmt: skip
            circles = PathCollection(
                [Path.unit_circle()],
                [size],
                offsets=places,
                offset_transform=self._points,
                hatch=_HATCH if hatched else None,
                **style,
            )
            self._paint(circles, IdentityTransform())

    def lines(
        self,
        segments: Sequence[Sequence[tuple[float, float]]],
        color: str,
        width: float,
        dash: Dash = "-",
    ) -> None:
        """Straight lines of one look in one mark, each from its first to its second point."""
        if segments:
            style: dict[str, Any] = {"colors": color, "linewidths": width, "linestyles": dash}
            self._paint(LineCollection(segments, **style))

    def svg(self) -> str:
        """The sheet as SVG, outlines to a hundredth of a point, which no printer shows.

        Letters on a coloured ground get their rim here: drawn by matplotlib each would be written out
        twice, which makes two thirds of a map.
        """
        svg = super().svg().replace(f'<g id="{HALO}">', f'<g style="{_RIM}">')
        return _OUTLINES.sub(lambda path: _DIGITS.sub(_hundredths, path.group()), svg)


def _hundredths(number: re.Match[str]) -> str:
    return f"{float(number.group()):.2f}".rstrip("0").rstrip(".")


def _compound(rings: Sequence[Points]) -> Path:
    """Rings as one path, each closed to its first point."""
    points = np.concatenate([part for ring in rings for part in (ring, ring[:1])])
    codes = np.full(len(points), Path.LINETO, dtype=Path.code_type)
    ends = np.cumsum([len(ring) + 1 for ring in rings])
    codes[np.r_[0, ends[:-1]]] = Path.MOVETO
    codes[ends - 1] = Path.CLOSEPOLY
    return Path(points, codes)
