"""What the colours of a chart stand for: names over the marks of its first row, or squares with their names.

A name stands over its mark, tied to it by a short line, where every mark of the row has room for its
own; a legend tells what has no mark there, or all of them where names would run into each other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

from ksd_toolkit.charts.canvas import MUTED, SMALL, WIDTH, Canvas
from ksd_toolkit.charts.lettering import fitted, text_width

LINE: Final = 0.2  # inches a line of the legend takes
SQUARE: Final = 0.13
MARK: Final = 0.18  # from the left edge of a square to its name
_GAP: Final = 0.22
_BETWEEN: Final = 0.09  # inches two names over their marks keep apart
_CLOSE: Final = 0.001  # inches nobody sees
_TIE: Final = 0.075  # from the middle of a name down to its line

Entries = Sequence[tuple[str, str]]
Spans = Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Key:
    """How a chart tells its colours.

    Args:
        above: Names over their marks: the middle of the name, where its line meets the mark, the name.
        entries: Names and colours left to a legend.
    """

    above: tuple[tuple[float, float, str], ...]
    entries: tuple[tuple[str, str], ...]

    @property
    def height(self) -> float:
        """How much of the top of a sheet it takes."""
        legend = legend_height(self.entries) if self.entries else 0.0
        return legend + (LINE + 0.04 if self.above else 0.0)

    def draw(self, canvas: Canvas, top: float, marks: float) -> None:
        """The legend from the top of the sheet, the names right over `top`, tied to `marks` below.

        Args:
            canvas: The sheet.
            top: Where the first row begins, in inches.
            marks: The upper edge of the marks of that row.
        """
        draw_legend(canvas, self.entries)
        for x, middle, name in self.above:
            y = top - 0.08
            canvas.text(x, y, name, size=SMALL, align="center")
            canvas.line((middle, y + _TIE), (middle, marks), color=MUTED, width=0.6)


def key_of(entries: Entries, spans: Spans, room: tuple[float, float] = (0.0, WIDTH)) -> Key:
    """Names over the marks of the first row where all have room, a legend for the others.

    Args:
        entries: Names and colours of all there is to tell, in order.
        spans: Left and right edge of the marks of the first row, in inches, by name.
        room: Between which edges names may stand.
    """
    here = sorted((*spans[name], name) for name, _ in entries if name in spans)
    above = _over(here, room)
    told = {name for _, _, name in above}
    return Key(above, tuple(entry for entry in entries if entry[0] not in told))


def key_of_scale(
    entries: Entries, there: Spans, used: Sequence[str], room: tuple[float, float] = (0.0, WIDTH)
) -> Key:
    """Steps of a scale, told together: over the first row where it has all that are used, else by a legend.

    Numbers say what they count only at the first step, so that one must be among the names.

    Args:
        entries: Names and colours of all steps, in order.
        there: Left and right edge of the steps in the first row, by name.
        used: Names of the steps that occur in any row.
        room: Between which edges names may stand.
    """
    if set(used) == set(there) and entries[0][0] in used:
        key = key_of([entry for entry in entries if entry[0] in used], there, room)
        if key.above:
            return key
    return Key((), tuple(entries))


def _over(
    marks: Sequence[tuple[float, float, str]], room: tuple[float, float]
) -> tuple[tuple[float, float, str], ...]:
    """Every name as near to its mark as its neighbours let it; none if one would lose its mark."""
    halves = [text_width(name, SMALL) / 2 for _, _, name in marks]
    middles = [(left + right) / 2 for left, right, _ in marks]
    above = []
    for x, half, (left, right, name) in zip(_spread(middles, halves), halves, marks, strict=True):
        low, high = max(x - half, left), min(x + half, right)
        if low > high or x - half < room[0] - _CLOSE or x + half > room[1] + _CLOSE:
            return ()
        above.append((x, min(max((left + right) / 2, low), high), name))
    return tuple(above)


def _spread(wanted: Sequence[float], halves: Sequence[float]) -> list[float]:
    """Middles as near to the `wanted` ones as texts of these half widths can stand side by side.

    What would overlap moves apart together, half of it to either side.
    """
    steps = [one + other + _BETWEEN for one, other in pairwise(halves)]
    offsets = [0.0, *accumulate(steps)]
    groups: list[list[float]] = []  # sum and number of what stands together
    for place, offset in zip(wanted, offsets, strict=False):
        groups.append([place - offset, 1])
        while len(groups) > 1 and groups[-2][0] / groups[-2][1] > groups[-1][0] / groups[-1][1]:
            total, number = groups.pop()
            groups[-1][0] += total
            groups[-1][1] += number
    starts = [total / number for total, number in groups for _ in range(int(number))]
    return [start + offset for start, offset in zip(starts, offsets, strict=False)]


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
