"""The same regions several times side by side, each panel with values of its own: small maps to compare."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ksd_toolkit.atlas.boundaries import Boundaries
from ksd_toolkit.charts.canvas import SMALL
from ksd_toolkit.charts.lettering import fitted
from ksd_toolkit.charts.map_block import Key, MapWords, drawn_key
from ksd_toolkit.charts.map_ground import Ground, ground_of
from ksd_toolkit.charts.map_marks import Mark
from ksd_toolkit.charts.map_names import WIDER
from ksd_toolkit.charts.map_outlines import ring_text
from ksd_toolkit.charts.map_projection import SHEET, UNITS
from ksd_toolkit.charts.map_sheet import rings, with_drawing
from ksd_toolkit.display import Shown
from ksd_toolkit.document import MapLabel, MapLine, MapShape, RegionMap

_COLUMNS: Final = 3  # at most; fewer panels share the width among them
_GAP: Final = 10.0  # units between panels
_LINE: Final = 13.0  # units a line of a panel's title takes
_TITLE_LINES: Final = 2
_TITLE: Final = _LINE * _TITLE_LINES + 4.0


@dataclass(frozen=True, slots=True)
class Panel:
    """One of the small maps: its title and a mark for each region, the same regions in every panel."""

    title: str
    marks: tuple[Mark, ...]


def panels_shown(  # noqa: PLR0913  a row of maps is its panels and their words
    panels: Sequence[Panel],
    boundaries: Boundaries | None,
    words: MapWords,
    key: Key,
    lang: str,
    *,
    origin: str = "",
) -> Shown:
    """The panels, up to three to a row; a region's title on hover names the panel.

    Args:
        panels: At least one.
        boundaries: What an office brought; None draws midpoints.
        words: What is said around the figure.
        key: Every tone with its meaning.
        lang: Language of the texts.
        origin: What the numbers were computed from (see `Origin`).
    """
    columns = min(_COLUMNS, len(panels))
    room = (SHEET - _GAP * (columns - 1)) / columns
    ground = ground_of(panels[0].marks, boundaries, lang, room)
    step = _TITLE + ground.sheet.height + _GAP
    shapes: list[MapShape] = []
    lines: list[MapLine] = []
    labels: list[MapLabel] = []
    for number, panel in enumerate(panels):
        row, column = divmod(number, columns)
        x, y = column * (room + _GAP), row * step
        shapes += _shapes(panel, ground, x, y + _TITLE)
        lines += [_moved_line(line, x, y + _TITLE) for line in ground.lines]
        labels += _title(panel.title, x + room / 2, y, room)
    block = RegionMap(
        caption=words.caption,
        alt=words.alt,
        width=SHEET,
        height=round(step * -(-len(panels) // columns), 1),
        shapes=tuple(shapes),
        key=drawn_key(key, shapes, lang),
        lines=tuple(lines),
        labels=tuple(labels),
        description=words.description,
        note=" ".join((*words.notes, *ground.notes)),
        origin=origin,
    )
    return Shown(with_drawing(block), lang=lang)


def _shapes(panel: Panel, ground: Ground, x: float, y: float) -> list[MapShape]:
    """The regions of the ground with the tones of this panel, moved to its place."""
    marks = {mark.code: mark for mark in panel.marks}
    moved = []
    for shape in ground.shapes:
        mark = marks.get(shape.code)
        moved.append(
            dataclasses.replace(
                shape,
                x=round(shape.x + x, 1),
                y=round(shape.y + y, 1),
                path="".join(ring_text(np.add(ring, (x, y))) for ring in rings(shape.path)),
                tone=mark.tone if mark else shape.tone,
                told=_told(panel, mark),
            )
        )
    return moved


def _told(panel: Panel, mark: Mark | None) -> tuple[str, ...]:
    """What is told of a region, after the title of the panel."""
    if mark is None or not mark.told:
        return ()
    return panel.title, *mark.told


def _moved_line(line: MapLine, x: float, y: float) -> MapLine:
    start = round(line.x1 + x, 1), round(line.y1 + y, 1)
    end = round(line.x2 + x, 1), round(line.y2 + y, 1)
    return MapLine(*start, *end, look=line.look)


def _title(text: str, middle: float, top: float, room: float) -> list[MapLabel]:
    """The title above a panel as wide as `room`, in at most two lines."""
    told = fitted(text, room / UNITS / WIDER, SMALL, "Semibold", _TITLE_LINES)
    return [
        MapLabel(line, round(middle, 1), round(top + _LINE * (number + 0.6), 1), strong=True)
        for number, line in enumerate(told)
    ]
