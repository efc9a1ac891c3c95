"""A chart's marks drawn by a sheet, beside the same marks as matplotlib's own patches, lines and texts.

    python benchmarks/draw_charts.py [--rows 24] [--runs 5]

Both make the SVG of a chart of bars: per row a label that must fit its room, four bars, a line and a number. The
median of the runs is told, text measured anew in each, and by how many points the furthest mark lies apart.
"""

import argparse
import io
import re
import time
from collections.abc import Callable
from itertools import chain
from statistics import median
from typing import Any

from matplotlib import rc_context
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from ksd_toolkit.charts.canvas import INK, NORMAL, PAPER, ROW, SMALL, TEAL, WIDTH, Canvas
from ksd_toolkit.charts.lettering import fitted, font
from ksd_toolkit.charts.shaping import SHAPING

_ROOM = 2.2
_PLACE = re.compile(r"translate\(([^)]*)\) scale\(0\.0[78]")
_LABEL = "Layanan kesehatan rujukan lintas batas"


def by_sheet(rows: int) -> str:
    """As the toolkit draws."""
    canvas = Canvas(rows * ROW)
    for row in range(rows):
        y = (row + 0.5) * ROW
        canvas.text(0.1, y, f"{row + 1}. {_LABEL}", size=SMALL, room=_ROOM)
        for part in range(4):
            canvas.bar(2.5 + part * 0.7, y - 0.1, 0.7, 0.2, TEAL)
        canvas.line((2.5, y), (5.3, y), INK)
        canvas.text(5.8, y, f"{90 - row},25", align="right")
    return canvas.svg()


def by_matplotlib(rows: int) -> str:
    """As matplotlib's own artists on axes without a frame."""
    figure = Figure(figsize=(WIDTH, rows * ROW), facecolor=PAPER)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set(xlim=(0, WIDTH), ylim=(rows * ROW, 0))
    told: dict[str, Any] = {
        "verticalalignment": "center_baseline",
        "parse_math": False,
        "color": INK,
    }
    look: dict[str, Any] = {"facecolor": TEAL, "edgecolor": PAPER, "linewidth": 0.5}
    for row in range(rows):
        y = (row + 0.5) * ROW
        [label] = fitted(f"{row + 1}. {_LABEL}", _ROOM, SMALL)
        bars = [Rectangle((2.5 + part * 0.7, y - 0.1), 0.7, 0.2, **look) for part in range(4)]
        line = Line2D((2.5, 5.3), (y, y), color=INK, linewidth=0.8)
        number = Text(5.8, y, f"{90 - row},25", fontproperties=font(NORMAL, "Regular"),
                      horizontalalignment="right", **told)  # fmt: skip
        name = Text(0.1, y, label, fontproperties=font(SMALL, "Regular"), **told)
        for place, mark in enumerate(chain([name], bars, [line, number]), 7 * row):
            mark.set_zorder(place)
            axes.add_artist(mark)
    buffer = io.StringIO()
    with rc_context({"svg.hashsalt": "ksd_toolkit", "svg.fonttype": "path"}):
        figure.savefig(buffer, format="svg")
    return buffer.getvalue()


def measured(draw: Callable[[int], str], rows: int, runs: int) -> float:
    """The median of the seconds of processor time."""
    told: list[float] = []
    for _ in range(runs):
        SHAPING.forget()
        start = time.process_time()
        draw(rows)
        told.append(time.process_time() - start)
    return median(told)


def apart(one: str, other: str) -> float:
    """How far the furthest text of one drawing lies from the same text of the other, in points."""
    places: list[list[float]] = [
        [float(number) for place in _PLACE.findall(svg) for number in place.split()]
        for svg in (one, other)
    ]
    return max(float(abs(a - b)) for a, b in zip(*places, strict=True))


def main() -> None:
    """Print both and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=24)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    furthest = apart(by_sheet(asked.rows), by_matplotlib(asked.rows))
    ours = measured(by_sheet, asked.rows, asked.runs)
    theirs = measured(by_matplotlib, asked.rows, asked.runs)
    print(f"a sheet's marks         {1000 * ours:6.1f} ms")
    print(f"matplotlib's artists    {1000 * theirs:6.1f} ms, {theirs / ours:.1f} times ours")
    print(f"texts of both lie at most {furthest:.6f} points apart")


if __name__ == "__main__":
    main()
