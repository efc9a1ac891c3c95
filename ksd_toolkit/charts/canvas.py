"""The sheet every chart is drawn on: size, colours, type and the way to a figure block.

A chart places its marks in inches on a `Canvas`, so that texts and marks keep their distance
whatever the data. Text goes through `Canvas.text` only: it is drawn literally (no math), in a font
loaded by path, measured before it is drawn, and cut or wrapped where it would not fit.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from matplotlib import rc_context
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.path import Path as Outline
from matplotlib.transforms import Affine2D, Transform

from ksd_toolkit.charts.lettering import POINTS_PER_INCH, Weight, drawable, fitted, font, text_width
from ksd_toolkit.charts.marks import Dash, Look, Mark, Words
from ksd_toolkit.display import Shown
from ksd_toolkit.display.palette import BASE
from ksd_toolkit.document import Figure as FigureBlock

WIDTH: Final = 6.3  # inches: the text width of an A4 page
ROW: Final = 0.3  # inches: one labelled row
SMALL, NORMAL = 7.5, 8.5  # points
Horizontal = Literal["left", "center", "right"]

# Teal against orange stays apart for the common kinds of colour blindness; in grey print the
# numbers on the marks tell what the colours tell.
INK: Final = BASE["ink"]
MUTED: Final = BASE["muted"]
GRID: Final = BASE["line"]
PAPER: Final = BASE["paper"]
EMPTY: Final = BASE["chart_none"]
TEAL: Final = BASE["teal"]
TEAL_LIGHT: Final = BASE["map_class_3"]
SAND: Final = BASE["map_sea"]
ORANGE: Final = BASE["map_home"]
RUST: Final = BASE["chart_low"]
BEST_TO_WORST: Final[dict[int, tuple[str, ...]]] = {
    3: (TEAL, TEAL_LIGHT, ORANGE),
    4: (TEAL, TEAL_LIGHT, SAND, ORANGE),
    5: (TEAL, TEAL_LIGHT, SAND, ORANGE, RUST),
}

_PALE: Final = frozenset({SAND, EMPTY, PAPER})
_LINE_HEIGHT: Final = 1.2
_RISE: Final = 0.375  # of the size: half of what the font keeps above its base line
_BEFORE: Final[dict[Horizontal, float]] = {"left": 0.0, "center": 0.5, "right": 1.0}
# Ids and dates would differ from run to run without these.
_RC: Final[Any] = {"svg.hashsalt": "ksd_toolkit", "svg.fonttype": "path"}
HALO: Final = "halo"  # the id of letters that a sheet for maps draws with a rim of paper
_METADATA: Final[dict[str, Any]] = {"Date": None, "Creator": None}


class Canvas:
    """A sheet of `width` x `height` inches; y runs down from the top, as one reads."""

    def __init__(self, height: float, width: float = WIDTH) -> None:
        self.width = width
        self.height = height
        self._figure = Figure(figsize=(width, height), facecolor=PAPER)
        # An SVG has 72 points an inch, and in matplotlib they run up.
        self._points = Affine2D().scale(POINTS_PER_INCH, -POINTS_PER_INCH)
        self._points.translate(0, POINTS_PER_INCH * height)
        self._painted = 0

    def bar(  # noqa: PLR0913, PLR0917  a bar is its place and its looks
        self, x: float, y: float, width: float, height: float, color: str, fill: float = 1.0
    ) -> None:
        """A filled rectangle from its upper left corner; `fill` is how much of its colour covers the ground, 0 to 1."""
        corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
        if fill < 1:
            self._paint(Mark(_closed(corners), Look(fill=color, cover=fill)))
        else:
            self._paint(Mark(_closed(corners), _filled(color)))

    def dot(self, x: float, y: float, radius: float, color: str) -> None:
        """A filled circle with a light rim, so that dots on a line stay apart."""
        self._paint(Mark(Outline.circle((x, y), radius), _filled(color)))

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        color: str = GRID,
        width: float = 0.8,
        dash: Dash = "-",
    ) -> None:
        """A straight line between two points; dashes tell lines apart where colours do not."""
        ends: Literal["butt", "projecting"] = "projecting" if dash == "-" else "butt"
        look = Look(edge=color, width=width, dash=dash, corners="round", ends=ends)
        self._paint(Mark(Outline([start, end]), look))

    def shape(
        self,
        points: Sequence[tuple[float, float]],
        color: str,
        *,
        fill: float = 0.0,
        width: float = 1.4,
    ) -> None:
        """A closed outline through `points`; `fill` is how much of its colour covers the inside, 0 to 1."""
        outline = _closed(points)
        if fill:
            self._paint(Mark(outline, Look(fill=color, cover=fill)))
        self._paint(Mark(outline, Look(edge=color, width=width)))

    def text(  # noqa: PLR0913  a text is its place and its looks
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = NORMAL,
        color: str = INK,
        weight: Weight = "Regular",
        align: Horizontal = "left",
        room: float | None = None,
        lines: int = 1,
        halo: bool = False,
    ) -> None:
        """`text` centred on the height `y`, in at most `lines` lines of `room` inches.

        A `halo` of paper keeps it legible on a coloured ground (on a `MapCanvas`).
        """
        shown = fitted(text, room, size, weight, lines) if room is not None else [drawable(text)]
        step = size * _LINE_HEIGHT / POINTS_PER_INCH
        top = y - step * (len(shown) - 1) / 2
        for number, line in enumerate(shown):
            if line:
                left = x - _BEFORE[align] * text_width(line, size, weight) if align != "left" else x
                base = top + number * step + _RISE * size / POINTS_PER_INCH
                words = Words(left, base, line, font(size, weight), color)
                words.set_gid(HALO if halo else None)
                self._paint(words)

    def _paint(self, mark: Artist, transform: Transform | None = None) -> None:
        """Put `mark`, which is in inches unless said otherwise, over everything painted before it."""
        self._painted += 1
        mark.set_zorder(self._painted)
        mark.set_transform(transform or self._points)
        self._figure.add_artist(mark)

    def svg(self) -> str:
        """The sheet as SVG, the same bytes every time."""
        buffer = io.StringIO()
        with rc_context(_RC):
            self._figure.savefig(buffer, format="svg", metadata=_METADATA)
        return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class Scale:
    """Data from `low` to `high` laid out from `left` to `right` inches; what lies outside is held at the edge."""

    low: float
    high: float
    left: float
    right: float

    def __call__(self, value: float) -> float:
        """The place of `value` in inches."""
        held = min(max(value, self.low), self.high)
        return self.left + (self.right - self.left) * (held - self.low) / (self.high - self.low)


def figure_block(  # noqa: PLR0913, PLR0917  a figure is its sheet, its texts and what its numbers are
    canvas: Canvas, caption: str, alt: str, description: str, lang: str = "id", origin: str = ""
) -> Shown:
    """The finished sheet as a figure on display.

    Args:
        canvas: The sheet.
        caption: What stands under the figure.
        alt: One sentence that says what the figure shows, for those who do not see it.
        description: The numbers of the figure in words.
        lang: Language of the texts.
        origin: What its numbers were computed from (see `Origin`).
    """
    return Shown(FigureBlock(caption, canvas.svg(), alt, description, origin=origin), lang=lang)


def _filled(color: str) -> Look:
    """A fill with its rim: pale fills are drawn round, the others kept apart by the paper's white."""
    return Look(fill=color, edge=MUTED if color in _PALE else PAPER, width=0.5)


def _closed(corners: Sequence[tuple[float, float]]) -> Outline:
    """The outline through the corners and back to the first."""
    return Outline([*corners, corners[0]], closed=True)
