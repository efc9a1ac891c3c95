"""A sheet's marks stand where matplotlib's own patches, lines and texts would stand, and look the same."""

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Polygon, Rectangle
from matplotlib.text import Text

from ksd_toolkit.charts.canvas import INK, MUTED, NORMAL, ORANGE, PAPER, SAND, TEAL, Canvas
from ksd_toolkit.charts.lettering import Weight, fitted, font, text_width
from ksd_toolkit.charts.marks import Dash

_HEIGHT = 2.0
_CORNERS = [(1.0, 0.5), (2.0, 0.4), (2.5, 1.5)]
_NUMBERS = re.compile(r"-?\d+\.\d+")
Seen = list[tuple[str, ...]]


def seen(svg: str) -> Seen:
    """What is drawn, in its order: outlines and letters with their looks; groups and clips draw nothing."""
    found: Seen = []
    for part in ET.fromstring(svg).iter():
        kind = part.tag.rpartition("}")[2]
        style, place = part.get("style", ""), _NUMBERS.sub(_rounded, part.get("transform", ""))
        if kind == "path" and style:
            outline = _NUMBERS.sub(_rounded, part.get("d", ""))
            found.append((outline, ";".join(sorted(style.split("; ")))))
        elif kind == "use" or (kind == "g" and place):
            named = next((value for name, value in part.items() if name.endswith("href")), "")
            found.append((named, style, place))
    return found


def _rounded(number: re.Match[str]) -> str:
    return f"{float(number.group()):.4f}"


def by_matplotlib(*marks: Any) -> Seen:
    """The same sheet with what matplotlib itself offers."""
    figure = Figure(figsize=(6.3, _HEIGHT), facecolor=PAPER)
    axes: Axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set(xlim=(0, 6.3), ylim=(_HEIGHT, 0))
    for place, mark in enumerate(marks, 1):
        mark.set_zorder(place)
        axes.add_artist(mark)
    buffer = io.StringIO()
    with rc_context({"svg.hashsalt": "x", "svg.fonttype": "path"}):
        figure.savefig(buffer, format="svg")
    return seen(buffer.getvalue())


def by_canvas(paint: Callable[[Canvas], None]) -> Seen:
    canvas = Canvas(_HEIGHT)
    paint(canvas)
    return seen(canvas.svg())


@pytest.mark.parametrize(("color", "rim"), [(TEAL, PAPER), (SAND, MUTED)])
def test_bars_and_dots_are_patches(color: str, rim: str) -> None:
    look: dict[str, Any] = {"facecolor": color, "edgecolor": rim, "linewidth": 0.5}
    expected = by_matplotlib(
        Rectangle((1, 0.5), 2.25, 0.25, **look), Circle((2, 1.25), 0.125, **look)
    )

    def paint(canvas: Canvas) -> None:
        canvas.bar(1, 0.5, 2.25, 0.25, color)
        canvas.dot(2, 1.25, 0.125, color)

    assert by_canvas(paint) == expected


@pytest.mark.parametrize("dash", ["-", "--", "-.", ":"])
def test_lines_have_matplotlibs_dashes_and_ends(dash: Dash) -> None:
    line = Line2D((0.5, 5), (0.25, 1.5), color=ORANGE, linewidth=1.4, linestyle=dash)
    found = by_canvas(lambda canvas: canvas.line((0.5, 0.25), (5, 1.5), ORANGE, 1.4, dash))
    assert found == by_matplotlib(line)


def test_an_outline_is_a_polygon() -> None:
    polygon = Polygon(_CORNERS, closed=True, fill=False, edgecolor=TEAL, linewidth=1.4)
    assert by_canvas(lambda canvas: canvas.shape(_CORNERS, TEAL)) == by_matplotlib(polygon)


def test_what_covers_in_part_is_as_opaque_as_asked() -> None:
    [*_, shape] = by_canvas(lambda canvas: canvas.bar(1, 1, 1, 0.5, TEAL, fill=0.25))
    assert shape[1] == f"fill-opacity: 0.25;fill: {TEAL}"


@pytest.mark.parametrize("align", ["left", "center", "right"])
@pytest.mark.parametrize("weight", ["Regular", "Semibold"])
@pytest.mark.parametrize("text", ["Hulu Sungai Selatan", "ag $x_1$ & <b>", "3,25 % (a)"])
def test_texts_stand_where_matplotlib_would_set_them(text: str, weight: Weight, align: Any) -> None:
    properties = FontProperties(fname=str(font(NORMAL, weight).get_file()), size=NORMAL)
    expected = by_matplotlib(
        Text(
            3,
            1,
            text,
            fontproperties=properties,
            color=INK,
            horizontalalignment=align,
            verticalalignment="center_baseline",
            parse_math=False,
        )
    )
    found = by_canvas(lambda canvas: canvas.text(3, 1, text, weight=weight, align=align))
    assert found == expected


def test_texts_of_a_row_share_a_base_line_whatever_their_letters() -> None:
    def paint(canvas: Canvas) -> None:
        for x, text in enumerate(("ao", "pq", "Å(Ö)")):
            canvas.text(x, 1, text)

    places = [place for *_, place in by_canvas(paint) if "scale(0.085" in place]
    heights = {place.partition(")")[0].split()[1] for place in places}
    assert len(places) == 3
    assert heights == {f"{72 + 0.375 * NORMAL:.4f}"}


@given(
    words=st.lists(st.text("abcij WMlé", min_size=1, max_size=12), max_size=14),
    room=st.floats(0.3, 6),
    lines=st.integers(1, 3),
)
def test_a_line_takes_as_many_words_as_fit_one_after_another(
    words: list[str], room: float, lines: int
) -> None:
    text = " ".join(words)
    found = fitted(text, room, NORMAL, lines=lines)
    expected: list[str] = []
    rest = text.split()
    while rest and len(expected) < lines:
        taken = 1
        while taken < len(rest) and text_width(" ".join(rest[: taken + 1]), NORMAL) <= room:
            taken += 1
        expected.append(" ".join(rest[:taken]))
        rest = rest[taken:]
    if rest:
        assert len(found) == lines
        assert found[-1].endswith("…")
        expected, found = expected[:-1], found[:-1]
    for line, wanted in zip(found, expected or [""], strict=not rest):
        assert line == wanted or (line.endswith("…") and text_width(wanted, NORMAL) > room)
