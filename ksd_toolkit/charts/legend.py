"""What the colours of a chart stand for: squares with their names, on as many lines as they need."""

from collections.abc import Sequence
from typing import Final

from ksd_toolkit.charts.canvas import SMALL, WIDTH, Canvas, fitted, text_width

LINE: Final = 0.2  # inches a line of the legend takes
SQUARE: Final = 0.13
MARK: Final = 0.18  # from the left edge of a square to its name
_GAP: Final = 0.22

Entries = Sequence[tuple[str, str]]


def legend_height(entries: Entries) -> float:
    """How much of the top of a sheet the legend takes."""
    return 0.12 + LINE * (1 + max((line for line, _, _ in _placed(entries)), default=0))


def draw_legend(canvas: Canvas, entries: Entries) -> None:
    """Names and colours from the upper left corner of the sheet."""
    for (x, y, name), (_, color) in zip(placed(entries), entries, strict=True):
        canvas.bar(x, y - SQUARE / 2, SQUARE, SQUARE, color)
        canvas.text(x + MARK, y, name, size=SMALL)


def placed(entries: Entries) -> list[tuple[float, float, str]]:
    """Left edge, middle height and name of every entry; a name longer than a line is cut."""
    return [(x, 0.135 + LINE * line, name) for line, x, name in _placed(entries)]


def _placed(entries: Entries) -> list[tuple[int, float, str]]:
    """Line, place and name of every entry; a name longer than a line is cut."""
    placed, line, x = [], 0, 0.0
    for name, _ in entries:
        shown = fitted(name, WIDTH - MARK, SMALL)[0]
        wide = MARK + text_width(shown, SMALL)
        if x and x + wide > WIDTH:
            line, x = line + 1, 0.0
        placed.append((line, x, shown))
        x += wide + _GAP
    return placed
