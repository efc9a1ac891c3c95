"""Where the regions of a map lie: by outline where boundaries are at hand, else by midpoint, and what to say of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ksd_toolkit.atlas.boundaries import Boundaries
from ksd_toolkit.charts.map_marks import Mark, with_context
from ksd_toolkit.charts.map_outlines import outline_shapes
from ksd_toolkit.charts.map_projection import SHEET, Projection
from ksd_toolkit.charts.neighbour_graph import graph_shapes
from ksd_toolkit.document import MapLine, MapShape
from ksd_toolkit.messages import join_words, say

_NAMED_AT_MOST: Final = 6  # regions without outline named in the note; more are counted


@dataclass(frozen=True, slots=True)
class Ground:
    """The shapes and lines of a map on their sheet, and what is to be said of how they were drawn."""

    sheet: Projection
    shapes: tuple[MapShape, ...]
    lines: tuple[MapLine, ...]
    notes: tuple[str, ...]


def ground_of(
    marks: Sequence[Mark], boundaries: Boundaries | None, lang: str, width: float = SHEET
) -> Ground:
    """The regions of `marks` and the land around them.

    Args:
        marks: All of one level, at least one that is no context.
        boundaries: What an office brought; None, or none of these regions, lays out midpoints.
        lang: Language of the notes.
        width: Of the sheet in units.
    """
    every = with_context(marks)
    about = [mark for mark in marks if not mark.is_context]
    lacking = [mark.region.name for mark in about if not _has_outline(mark, boundaries)]
    if boundaries is None or len(lacking) == len(about):
        sheet, shapes, lines = graph_shapes(every, width)
        return Ground(sheet, shapes, lines, (say("map.graph", lang),))
    sheet, shapes = outline_shapes(every, boundaries, width)
    return Ground(sheet, shapes, (), tuple(_outline_notes(lacking, boundaries, lang)))


def _has_outline(mark: Mark, boundaries: Boundaries | None) -> bool:
    if boundaries is None or not mark.region.is_province:
        return boundaries is not None and mark.code in boundaries
    return any(code[:2] == mark.code for code in boundaries.codes)


def _outline_notes(names: Sequence[str], boundaries: Boundaries, lang: str) -> list[str]:
    """Where the outlines come from, and which regions the map is about have none."""
    notes = [
        say("map.outline", lang, source=join_words([s.name for s in boundaries.sources], lang))
    ]
    if names:
        more = [f"+{len(names) - _NAMED_AT_MOST}"] if len(names) > _NAMED_AT_MOST else []
        listed = join_words([*names[:_NAMED_AT_MOST], *more], lang)
        notes.append(say("map.no_outline", lang, names=listed))
    return notes
