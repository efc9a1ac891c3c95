"""What the colours of a chart stand for: squares with their names, on as many lines as they need."""

from collections.abc import Sequence
from typing import Final

from ksd_toolkit.charts.canvas import SMALL, WIDTH, Canvas, fitted, text_width

LINE: Final = 0.2  # inches a line of the legend takes
_SQUARE: Final = 0.13
_GAP: Final = 0.22
_MARK: Final = 0.18

Entries = Sequence[tuple[str, str]]


def legend_height(entries: Entries) -> float:
    """How much of the top of a sheet the legend takes."""
    return 0.12 + LINE * (1 + max((line for line, _, _ in _placed(entries)), default=0))


def draw_legend(canvas: Canvas, entries: Entries) -> None:
    """Names and colours from the upper left corner of the sheet."""
    for (line, x, name), (_, color) in zip(_placed(entries), entries, strict=True):
        y = 0.135 + LINE * line
        canvas.bar(x, y - _SQUARE / 2, _SQUARE, _SQUARE, color)
        canvas.text(x + _MARK, y, name, size=SMALL)


def _placed(entries: Entries) -> list[tuple[int, float, str]]:
    """Line, place and name of every entry; a name longer than a line is cut."""
    placed, line, x = [], 0, 0.0
    for name, _ in entries:
        shown = fitted(name, WIDTH - _MARK, SMALL)[0]
        wide = _MARK + text_width(shown, SMALL)
        if x and x + wide > WIDTH:
            line, x = line + 1, 0.0
        placed.append((line, x, shown))
        x += wide + _GAP
    return placed
