"""Names on a map: each where it covers no other name, with a thin line where that is not on its region."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ksd_toolkit.charts.canvas import SMALL
from ksd_toolkit.charts.lettering import Weight, fitted, text_width
from ksd_toolkit.charts.map_projection import UNITS, Projection
from ksd_toolkit.charts.placing import Box, free_place
from ksd_toolkit.document import Alignment, MapLabel, MapLine

_ROOM: Final = 1.7  # inches a name takes at most
_TALL: Final = 0.145
WIDER: Final = 1.2  # the letters of a screen are wider than those of print
_STEP: Final = 0.05  # inches from a place to the first ring on which a name is tried
_OVER: Final = 0.5  # of a name must lie in its region
_GAP: Final = 0.03  # inches between a disc and its name
_FAR: Final = 2.5  # radii: a name further from its place gets a line


@dataclass(frozen=True, slots=True)
class Name:
    """A text and the place it belongs to, in units.

    `wide` and `tall` are the room its region offers; a name that does not fit in stands beside it.
    """

    text: str
    x: float
    y: float
    wide: float
    tall: float
    strong: bool = False


def placed_names(
    names: Sequence[Name], sheet: Projection, kept_free: Sequence[Box] = ()
) -> tuple[tuple[MapLabel, ...], tuple[MapLine, ...]]:
    """Every name at the nearest free place, the first of `names` first, and the lines to those moved away.

    Args:
        names: In order of importance.
        sheet: What the names must lie on.
        kept_free: Boxes in inches that no name may cover, e.g. discs.
    """
    bounds = Box(0.02, 0.02, sheet.width / UNITS - 0.04, sheet.height / UNITS - 0.04)
    taken = list(kept_free)
    labels, lines = [], []
    for name in names:
        weight: Weight = "Semibold" if name.strong else "Regular"
        text = fitted(name.text, _ROOM, SMALL, weight)[0]
        size = (text_width(text, SMALL, weight) * WIDER, _TALL)
        point = (name.x / UNITS, name.y / UNITS)
        radius = _reach(name, size)
        box = _place(point, size, radius, taken, bounds)
        taken.append(box)
        labels.append(_label(name, text, box))
        if box.distance(*point) > _FAR * max(radius, _STEP):
            x, y = box.nearest(*point)
            end = round(x * UNITS, 1), round(y * UNITS, 1)
            lines.append(MapLine(round(name.x, 1), round(name.y, 1), *end, look="leader"))
    return tuple(labels), tuple(lines)


def _reach(name: Name, size: tuple[float, float]) -> float:
    """How far from its place a name beside it begins, in inches; 0 where it may stand on its region."""
    wide, tall = name.wide / UNITS, name.tall / UNITS
    fits = wide > _OVER * size[0] and tall > size[1]
    return 0.0 if fits else max(_STEP, min(wide, tall) / 2 + _GAP)


def _place(
    point: tuple[float, float],
    size: tuple[float, float],
    radius: float,
    taken: Sequence[Box],
    bounds: Box,
) -> Box:
    """On the place itself where `radius` is 0 and nothing else stands there, else as near as possible."""
    box = Box(point[0] - size[0] / 2, point[1] - size[1] / 2, *size)
    is_free = bounds.holds(box) and not any(box.covers(other) for other in taken)
    if is_free and not radius:
        return box
    return free_place(point, size, max(radius, _STEP), taken, bounds)


def _label(name: Name, text: str, box: Box) -> MapLabel:
    """The text in its box: from the side of the place outward, so that wider letters lead away from it."""
    x, y = box.middle
    align: Alignment = "center"
    if box.x * UNITS >= name.x:
        x, align = box.x, "left"
    elif (box.x + box.wide) * UNITS <= name.x:
        x, align = box.x + box.wide, "right"
    return MapLabel(text, round(x * UNITS, 1), round(y * UNITS, 1), name.strong, align)
