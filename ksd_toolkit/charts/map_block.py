"""Marks and words as one map: outlines or midpoints, names that cover nothing, a key, and the drawing."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ksd_toolkit.atlas.boundaries import Boundaries
from ksd_toolkit.charts.map_ground import ground_of
from ksd_toolkit.charts.map_marks import Mark
from ksd_toolkit.charts.map_names import Name, placed_names
from ksd_toolkit.charts.map_projection import UNITS
from ksd_toolkit.charts.map_sheet import rings, with_drawing
from ksd_toolkit.charts.placing import Box
from ksd_toolkit.display import Shown
from ksd_toolkit.document import MapShape, MapTone, RegionMap
from ksd_toolkit.messages import say

Key = Sequence[tuple[MapTone, str]]


@dataclass(frozen=True, slots=True)
class MapWords:
    """What is said around a map: see `RegionMap`."""

    caption: str
    alt: str
    description: str = ""
    notes: tuple[str, ...] = ()


def map_shown(  # noqa: PLR0913  a map is its marks, its ground, its words and what they come from
    marks: Sequence[Mark],
    boundaries: Boundaries | None,
    words: MapWords,
    key: Key,
    lang: str,
    *,
    origin: str = "",
) -> Shown:
    """The map of `marks` and the land around them.

    Args:
        marks: All of one level, in order of importance: names of the first are placed first.
        boundaries: What an office brought; None, or none of these regions, draws midpoints.
        words: What is said around it.
        key: Every tone of the marks with its meaning, in order; those not drawn are left out.
        lang: Language of the texts.
        origin: What the numbers were computed from (see `Origin`).
    """
    ground = ground_of(marks, boundaries, lang)
    labels, leaders = placed_names(
        _names(marks, ground.shapes), ground.sheet, _discs(ground.shapes)
    )
    block = RegionMap(
        caption=words.caption,
        alt=words.alt,
        width=ground.sheet.width,
        height=ground.sheet.height,
        shapes=ground.shapes,
        key=drawn_key(key, ground.shapes, lang),
        lines=(*ground.lines, *leaders),
        labels=labels,
        description=words.description,
        note=" ".join((*words.notes, *ground.notes)),
        origin=origin,
    )
    return Shown(with_drawing(block), lang=lang)


def drawn_key(key: Key, shapes: Sequence[MapShape], lang: str) -> tuple[tuple[MapTone, str], ...]:
    """The tones that are drawn with their meaning; the land around last."""
    drawn = {shape.tone for shape in shapes}
    entries = (*key, *_land(lang))
    return tuple((tone, text) for tone, text in entries if tone in drawn)


def _land(lang: str) -> Key:
    return [("land", say("map.key.land", lang))]


def _names(marks: Sequence[Mark], shapes: Sequence[MapShape]) -> list[Name]:
    """The names to be written, in the order of the marks."""
    places = {shape.code: shape for shape in shapes}
    return [
        Name(mark.label, shape.x, shape.y, *_room(shape), strong=mark.marked)
        for mark in marks
        if mark.label and (shape := places.get(mark.code))
    ]


def _room(shape: MapShape) -> tuple[float, float]:
    """Width and height of a region on the sheet; of its disc where that is larger or all there is."""
    disc = 2 * shape.radius
    if not shape.path:
        return disc, disc
    points = np.concatenate(rings(shape.path))
    wide, tall = points.max(axis=0) - points.min(axis=0)
    return max(float(wide), disc), max(float(tall), disc)


def _discs(shapes: Sequence[MapShape]) -> list[Box]:
    """The discs that tell something, as boxes in inches."""
    return [
        Box(
            (shape.x - shape.radius) / UNITS, (shape.y - shape.radius) / UNITS,
            2 * shape.radius / UNITS, 2 * shape.radius / UNITS,
        )
        for shape in shapes
        if shape.radius and shape.told
    ]  # fmt: skip
