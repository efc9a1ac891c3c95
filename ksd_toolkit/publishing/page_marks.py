"""Find where on a page each figure of a paper stands, for its id and the note on it."""

import re
from collections.abc import Mapping
from typing import Final

from ksd_toolkit.display.page_extras import FIGURE_ID, Mark, Place
from ksd_toolkit.document import Document
from ksd_toolkit.publishing.figure_ids import figures_of

_AROUND: Final = re.compile(r"[A-Z]([CNSD])\d")  # of `TC2.1`: the first number of a caption


def page_marks(document: Document, hovers: Mapping[str, str]) -> dict[Place, tuple[Mark, ...]]:
    """The figures of the paper by place, in the order of the line.

    Args:
        document: The paper, settled (see `numbering`).
        hovers: What to tell of a figure, by id; others have an id and no note.
    """
    found: dict[Place, tuple[Mark, ...]] = {}
    for figure in figures_of(document):
        around = _AROUND.match(figure.id)
        in_line = figure.start >= 0
        place = (
            figure.block,
            around[1] if around else "",
            figure.part[:-1] if in_line else figure.part,
        )
        mark = Mark(FIGURE_ID + figure.id, hovers.get(figure.id, ""), figure.start, figure.end)
        found[place] = (*found.get(place, ()), mark)
    return found
