"""Regions as discs on their midpoints, bordering pairs joined by lines: the map where no boundaries are at hand."""

from collections.abc import Callable, Sequence
from typing import Final, Literal

from ksd_toolkit.charts.map_marks import Mark
from ksd_toolkit.charts.map_projection import SHEET, Projection, projection_of
from ksd_toolkit.document import MapLine, MapShape
from ksd_toolkit.regions import Region, across_the_sea, centroid, near_regions, neighbours

Look = Literal["border", "near", "sea"]

_RADII: Final = {
    False: (4.0, 2.0),
    True: (7.0, 3.0),
}  # units; with fewer or more than _MANY on a whole sheet
_CONTEXT_RADIUS: Final = (3.0, 1.5)
_MANY: Final = 120
_LINKS: Final[dict[Look, Callable[[str], list[Region]]]] = {
    "border": neighbours, "near": near_regions, "sea": across_the_sea,
}  # fmt: skip


def graph_shapes(
    marks: Sequence[Mark], width: float = SHEET
) -> tuple[Projection, tuple[MapShape, ...], tuple[MapLine, ...]]:
    """A disc for every region on the sheet and a line for every pair of them that borders or nearly does.

    Args:
        marks: In the order they are drawn, at least one that is no context.
        width: Of the sheet in units.
    """
    places = {mark.code: centroid(mark.code) for mark in marks}
    sheet = projection_of((places[m.code] for m in marks if not m.is_context), width)
    shown = [mark for mark in marks if sheet.is_on_sheet(*sheet.point(*places[mark.code]))]
    crowded = len(shown) * SHEET / width > _MANY
    shapes = []
    for mark in shown:
        x, y = sheet.point(*places[mark.code])
        radius = _CONTEXT_RADIUS[crowded] if mark.is_context else _RADII[bool(mark.told)][crowded]
        shapes.append(
            MapShape(
                mark.code, mark.region.name, mark.told, mark.tone, round(x, 1), round(y, 1),
                radius=radius, marked=mark.marked,
            )
        )  # fmt: skip
    return sheet, tuple(shapes), _lines(shapes)


def _lines(shapes: Sequence[MapShape]) -> tuple[MapLine, ...]:
    """A line for every pair on the sheet, in the order of the shapes."""
    order = {shape.code: number for number, shape in enumerate(shapes)}
    found = {}
    for look, others_of in _LINKS.items():
        for code, number in order.items():
            for other in others_of(code):
                if order.get(other.code, -1) > number:
                    found[number, order[other.code]] = look
    return tuple(
        MapLine(shapes[one].x, shapes[one].y, shapes[other].x, shapes[other].y, look)
        for (one, other), look in sorted(found.items())
    )
