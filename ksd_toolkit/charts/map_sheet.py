"""A map block drawn for print: the shapes, lines and names of the block on a sheet, its key above them."""

import dataclasses
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from ksd_toolkit.charts.canvas import GRID, INK, MUTED, SMALL
from ksd_toolkit.charts.legend import MARK, SQUARE, Entries, legend_height, placed
from ksd_toolkit.charts.map_canvas import MapCanvas
from ksd_toolkit.charts.map_projection import UNITS, Points
from ksd_toolkit.charts.marks import Dash
from ksd_toolkit.display.palette import MAP_LIGHT
from ksd_toolkit.document import MapShape, RegionMap

RIM: Final = MAP_LIGHT["map_rim"]
_RIM_ROOM: Final = 0.01  # inches a square of the key stands off the edge of the sheet
_INSET: Final = 0.006  # inches: half the line of the frame
_LINES: Final[dict[str, tuple[float, Dash]]] = {
    "border": (0.7, "-"), "near": (0.9, ":"), "sea": (0.7, "--"), "leader": (0.5, "-"),
}  # fmt: skip


def with_drawing(block: RegionMap) -> RegionMap:
    """The same map with its drawing for print in `svg`."""
    top = legend_height(_entries(block)) if block.key else 0.0
    canvas = MapCanvas(top + block.height / UNITS)
    _draw_frame(canvas, block, top)
    _draw_lines(canvas, block, top, ("border", "near", "sea"))
    looks = sorted({(shape.marked, shape.tone) for shape in block.shapes})
    for look in looks:  # the marked ones last, so that no neighbour covers their rim
        shapes = [shape for shape in block.shapes if (shape.marked, shape.tone) == look]
        _draw_shapes(canvas, shapes, top)
    _draw_lines(canvas, block, top, ("leader",))
    for label in block.labels:
        canvas.text(
            label.x / UNITS, top + label.y / UNITS, label.text, size=SMALL, align=label.align,
            weight="Semibold" if label.strong else "Regular", halo=True,
        )  # fmt: skip
    _draw_key(canvas, block)
    return dataclasses.replace(block, svg=canvas.svg())


def _draw_shapes(canvas: MapCanvas, shapes: Sequence[MapShape], top: float) -> None:
    """Shapes of one look: their areas as one mark, then their discs."""
    tone = shapes[0].tone
    rim, width = (RIM, 0.4)
    if shapes[0].marked:  # a region filled with the colour of home needs another one around it
        rim, width = (INK, 1.2) if tone == "home" else (tone_color("home"), 2.0)
    areas = [_on_sheet(rings(shape.path), top) for shape in shapes if shape.path]
    look: dict[str, Any] = {"rim": rim, "width": width, "hatched": tone == "unknown"}
    canvas.areas(areas, tone_color(tone), **look)
    for radius in sorted({shape.radius for shape in shapes if shape.radius > 0}):
        places = [(s.x / UNITS, top + s.y / UNITS) for s in shapes if s.radius == radius]
        canvas.discs(places, radius / UNITS, tone_color(tone), **look)


def rings(path: str) -> list[Points]:
    """The closed rings of an outline such as `M1.5,2L3,4L5,1Z`, in units."""
    return [
        np.array([step.split(",") for step in ring[1:].split("L")], dtype=np.float64)
        for ring in path.split("Z")
        if ring
    ]


def tone_color(tone: str) -> str:
    """The colour of a tone in print."""
    return MAP_LIGHT[f"map_{tone}"]


def _entries(block: RegionMap) -> Entries:
    return [(text, tone_color(tone)) for tone, text in block.key]


def _draw_key(canvas: MapCanvas, block: RegionMap) -> None:
    """A square and a name for every tone; pale tones have a rim, the unknown is hatched."""
    for (tone, _), (x, y, name) in zip(block.key, placed(_entries(block)), strict=True):
        left, right, low, high = (
            x + _RIM_ROOM,
            x + SQUARE + _RIM_ROOM,
            y - SQUARE / 2,
            y + SQUARE / 2,
        )
        square = np.array([(left, low), (right, low), (right, high), (left, high)])
        hatched = tone == "unknown"
        rim, width = (INK, 1.2) if tone == "home" else (RIM, 0.5)
        canvas.areas([[square]], tone_color(tone), rim=rim, width=width, hatched=hatched)
        canvas.text(x + MARK, y, name, size=SMALL)


def _draw_frame(canvas: MapCanvas, block: RegionMap, top: float) -> None:
    """A thin line where the map is cut off."""
    left, right = _INSET, block.width / UNITS - _INSET
    bottom = top + block.height / UNITS - _INSET
    canvas.shape([(left, top), (right, top), (right, bottom), (left, bottom)], GRID, width=0.6)


def _draw_lines(canvas: MapCanvas, block: RegionMap, top: float, looks: Sequence[str]) -> None:
    for look in looks:
        width, dash = _LINES[look]
        segments = [
            [(line.x1 / UNITS, top + line.y1 / UNITS), (line.x2 / UNITS, top + line.y2 / UNITS)]
            for line in block.lines
            if line.look == look
        ]
        canvas.lines(segments, MUTED, width, dash)


def _on_sheet(outline: list[Points], top: float) -> list[Points]:
    return [ring / UNITS + (0.0, top) for ring in outline]
