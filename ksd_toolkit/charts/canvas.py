"""The sheet every chart is drawn on: size, colours, type and the way to a figure block.

A chart places its marks in inches on a `Canvas`, so that texts and marks keep their distance
whatever the data. Text goes through `Canvas.text` only: it is drawn literally (no math), in a font
loaded by path, measured before it is drawn, and cut or wrapped where it would not fit.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, Literal

import font_source_sans_pro
from matplotlib import rc_context
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Polygon, Rectangle
from matplotlib.text import Text
from matplotlib.textpath import TextToPath

from ksd_toolkit.display import Shown
from ksd_toolkit.display.hostile import legible
from ksd_toolkit.display.palette import BASE
from ksd_toolkit.document import Figure as FigureBlock

WIDTH: Final = 6.3  # inches: the text width of an A4 page
ROW: Final = 0.3  # inches: one labelled row
SMALL, NORMAL = 7.5, 8.5  # points
Weight = Literal["Regular", "Semibold"]
Horizontal = Literal["left", "center", "right"]
Dash = Literal["-", "--", "-.", ":"]

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
_POINTS_PER_INCH: Final = 72
_MISSING_GLYPH: Final = "?"
_ELLIPSIS: Final = "…"
_LINE_HEIGHT: Final = 1.2
_FONTS: Final = Path(font_source_sans_pro.__file__).parent / "files"
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
        self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._axes.set_xlim(0, width)
        self._axes.set_ylim(height, 0)
        self._painted = 0

    def bar(  # noqa: PLR0913, PLR0917  a bar is its place and its looks
        self, x: float, y: float, width: float, height: float, color: str, fill: float = 1.0
    ) -> None:
        """A filled rectangle from its upper left corner; `fill` is how much of its colour covers the ground, 0 to 1."""
        if fill < 1:
            tint: dict[str, Any] = {"facecolor": color, "edgecolor": "none", "alpha": fill}
            self._paint(Rectangle((x, y), width, height, **tint))
            return
        self._paint(Rectangle((x, y), width, height, **_filled(color)))

    def dot(self, x: float, y: float, radius: float, color: str) -> None:
        """A filled circle with a light rim, so that dots on a line stay apart."""
        self._paint(Circle((x, y), radius, **_filled(color)))

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        color: str = GRID,
        width: float = 0.8,
        dash: Dash = "-",
    ) -> None:
        """A straight line between two points; dashes tell lines apart where colours do not."""
        xs, ys = zip(start, end, strict=True)
        self._paint(Line2D(xs, ys, color=color, linewidth=width, linestyle=dash))

    def shape(
        self,
        points: Sequence[tuple[float, float]],
        color: str,
        *,
        fill: float = 0.0,
        width: float = 1.4,
    ) -> None:
        """A closed outline through `points`; `fill` is how much of its colour covers the inside, 0 to 1."""
        if fill:
            inside = {"facecolor": color, "edgecolor": "none", "alpha": fill}
            self._paint(Polygon(points, closed=True, **inside))
        self._paint(Polygon(points, closed=True, fill=False, edgecolor=color, linewidth=width))

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
        step = size * _LINE_HEIGHT / _POINTS_PER_INCH
        top = y - step * (len(shown) - 1) / 2
        for number, line in enumerate(shown):
            self._paint(
                Text(
                    x,
                    top + number * step,
                    line,
                    fontproperties=_font(size, weight),
                    color=color,
                    horizontalalignment=align,
                    verticalalignment="center_baseline",
                    parse_math=False,
                    gid=HALO if halo else None,
                )
            )

    def _paint(self, mark: Artist) -> None:
        """Put `mark` over everything painted before it."""
        self._painted += 1
        mark.set_zorder(self._painted)
        self._axes.add_artist(mark)

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


def fitted(
    text: str, room: float, size: float, weight: Weight = "Regular", lines: int = 1
) -> list[str]:
    """`text` in at most `lines` lines no wider than `room` inches; what does not fit ends in an ellipsis."""
    rest = drawable(text).split()
    shown: list[str] = []
    while rest and len(shown) < lines:
        taken = _words_that_fit(rest, room, size, weight)
        shown.append(" ".join(rest[:taken]))
        rest = rest[taken:]
    if not shown:
        return [""]
    if rest or text_width(shown[-1], size, weight) > room:
        shown[-1] = _cut(" ".join([shown[-1], *rest]), room, size, weight)
    return [
        line if text_width(line, size, weight) <= room else _cut(line, room, size, weight)
        for line in shown
    ]


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, weight: Weight = "Regular") -> float:
    """How wide `text` is drawn, in inches."""
    width, _, _ = TextToPath().get_text_width_height_descent(
        text, _font(size, weight), ismath=False
    )
    return float(width) / _POINTS_PER_INCH


def drawable(text: str) -> str:
    """`text` on one line with the characters the font lacks shown as a question mark."""
    glyphs = _glyphs()
    line = " ".join(legible(text).split())
    return "".join(letter if ord(letter) in glyphs else _MISSING_GLYPH for letter in line)


def _filled(color: str) -> dict[str, Any]:
    """A fill with its rim: pale fills are drawn round, the others kept apart by the paper's white."""
    rim = MUTED if color in _PALE else PAPER
    return {"facecolor": color, "edgecolor": rim, "linewidth": 0.5}


def _words_that_fit(words: list[str], room: float, size: float, weight: Weight) -> int:
    """How many leading words share a line, at least one."""
    taken = 1
    while taken < len(words) and text_width(" ".join(words[: taken + 1]), size, weight) <= room:
        taken += 1
    return taken


def _cut(text: str, room: float, size: float, weight: Weight) -> str:
    """The longest beginning of `text` that leaves room for an ellipsis, by halving."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if text_width(text[:middle].rstrip() + _ELLIPSIS, size, weight) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + _ELLIPSIS


@cache
def _font(size: float, weight: Weight) -> FontProperties:
    return FontProperties(fname=str(_font_file(weight)), size=size)


@cache
def _glyphs() -> frozenset[int]:
    """The code points both weights can draw."""
    regular, semibold = (
        set(get_font(_font_file(w)).get_charmap()) for w in ("Regular", "Semibold")
    )
    return frozenset(regular & semibold)


def _font_file(weight: str) -> Path:
    return _FONTS / f"SourceSansPro-{weight}.otf"
