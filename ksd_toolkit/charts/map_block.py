"""Marks and words as one map: outlines or midpoints, names that cover nothing, a key, and the drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ksd_toolkit.atlas.boundaries import Boundaries
from ksd_toolkit.charts.map_marks import Mark, with_context
from ksd_toolkit.charts.map_names import Name, placed_names
from ksd_toolkit.charts.map_outlines import outline_shapes
from ksd_toolkit.charts.map_projection import UNITS
from ksd_toolkit.charts.map_sheet import rings, with_drawing
from ksd_toolkit.charts.neighbour_graph import graph_shapes
from ksd_toolkit.charts.placing import Box
from ksd_toolkit.display import Shown
from ksd_toolkit.document import MapLine, MapShape, MapTone, RegionMap
from ksd_toolkit.messages import join_words, say

Key = Sequence[tuple[MapTone, str]]

_NAMED_AT_MOST: Final = 6  # regions without outline named in the note; more are counted


@dataclass(frozen=True, slots=True)
class MapWords:
    """What is said around a map: see `RegionMap`."""

    caption: str
    alt: str
    description: str = ""
    notes: tuple[str, ...] = ()


def map_shown(
    marks: Sequence[Mark], boundaries: Boundaries | None, words: MapWords, key: Key, lang: str
) -> Shown:
    """The map of `marks` and the land around them.

    Args:
        marks: All of one level, in order of importance: names of the first are placed first.
        boundaries: What an office brought; None, or none of these regions, draws midpoints.
        words: What is said around it.
        key: Every tone of the marks with its meaning, in order; those not drawn are left out.
        lang: Language of the texts.
    """
    every = with_context(marks)
    lacking = [mark for mark in marks if not _has_outline(mark, boundaries)]
    lines: tuple[MapLine, ...] = ()
    if boundaries is not None and len(lacking) < len(marks):
        sheet, shapes = outline_shapes(every, boundaries)
        notes = [*words.notes, *_outline_notes(lacking, boundaries, lang)]
    else:
        sheet, shapes, lines = graph_shapes(every)
        notes = [*words.notes, say("map.graph", lang)]
    labels, leaders = placed_names(_names(marks, shapes), sheet, _discs(shapes))
    drawn = {shape.tone for shape in shapes}
    block = RegionMap(
        caption=words.caption,
        alt=words.alt,
        width=sheet.width,
        height=sheet.height,
        shapes=shapes,
        key=tuple(
            (tone, text)
            for tone, text in (*key, ("land", say("map.key.land", lang)))
            if tone in drawn
        ),
        lines=(*lines, *leaders),
        labels=labels,
        description=words.description,
        note=" ".join(notes),
    )
    return Shown(with_drawing(block), lang=lang)


def _has_outline(mark: Mark, boundaries: Boundaries | None) -> bool:
    if boundaries is None or not mark.region.is_province:
        return boundaries is not None and mark.code in boundaries
    return any(code[:2] == mark.code for code in boundaries.codes)


def _outline_notes(lacking: Sequence[Mark], boundaries: Boundaries, lang: str) -> list[str]:
    """Where the outlines come from, and which regions the map is about have none."""
    names = [mark.region.name for mark in lacking if not mark.is_context]
    notes = [
        say("map.outline", lang, source=join_words([s.name for s in boundaries.sources], lang))
    ]
    if names:
        more = [f"+{len(names) - _NAMED_AT_MOST}"] if len(names) > _NAMED_AT_MOST else []
        listed = join_words([*names[:_NAMED_AT_MOST], *more], lang)
        notes.append(say("map.no_outline", lang, names=listed))
    return notes


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
