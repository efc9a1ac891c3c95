"""Every text a chart paints, with the sheet it stands on and the room it takes there."""

import pytest
from matplotlib.textpath import TextToPath

from ksd_toolkit.charts.canvas import Canvas
from ksd_toolkit.charts.marks import Words
from ksd_toolkit.charts.placing import Box

_RISE = 0.375  # of the size: the middle of a line of text over its base line


def watch(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Canvas, Words]]:
    """What is painted from now on."""
    drawn: list[tuple[Canvas, Words]] = []
    paint = Canvas._paint

    def watched(canvas: Canvas, mark: object, *transform: object) -> None:
        if isinstance(mark, Words):
            drawn.append((canvas, mark))
        paint(canvas, mark, *transform)  # type: ignore[arg-type]

    monkeypatch.setattr(Canvas, "_paint", watched)
    return drawn


def box_of(mark: Words, tall: float = 0.95) -> Box:
    """The room of a text in inches; `tall` is its height in sizes of its font."""
    wide, _, _ = TextToPath().get_text_width_height_descent(mark.text, mark.font, ismath=False)
    size = mark.font.get_size_in_points() / 72
    return Box(mark.x, mark.y - (_RISE + tall / 2) * size, wide / 72, tall * size)
