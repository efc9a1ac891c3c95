"""What a sheet is painted with: shapes and lines of text, drawn as they are.

matplotlib's own patches and texts keep what they might be asked about later (extents, units, clipping), and
its texts are measured anew each time they are drawn. A sheet has measured its texts before it places them.
"""

from dataclasses import dataclass
from typing import Final, Literal

from matplotlib.artist import Artist
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.colors import to_rgba
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path

from ksd_toolkit.charts.shaping import draw_shaped

Dash = Literal["-", "--", "-.", ":"]
_PATTERNS: Final[dict[Dash, tuple[float, ...]]] = {
    "-": (),
    "--": (3.7, 1.6),
    "-.": (6.4, 1.6, 1.0, 1.6),
    ":": (1.0, 1.65),
}
"""Lengths of strokes and gaps in widths of the line."""


@dataclass(frozen=True, slots=True)
class Look:
    """Colours and strokes of a shape.

    `fill` and `edge` are colours, empty for none; `cover` is how much of the fill covers the ground, 0 to 1;
    `width` is the edge's in points.
    """

    fill: str = ""
    edge: str = ""
    cover: float = 1.0
    width: float = 0.0
    dash: Dash = "-"
    corners: Literal["miter", "round"] = "miter"
    ends: Literal["butt", "projecting"] = "butt"


class Mark(Artist):
    """A shape."""

    def __init__(self, path: Path, look: Look) -> None:
        super().__init__()
        self.path, self.look = path, look

    def draw(self, renderer: RendererBase) -> None:
        """Draw it where the sheet's transform puts it."""
        look, context = self.look, renderer.new_gc()
        _stroke(context, look)
        fill = to_rgba(look.fill, look.cover) if look.fill else None
        renderer.draw_path(context, self.path, self.get_transform(), fill)
        context.restore()


class Words(Artist):
    """A line of text whose base line begins at `x` and `y`; no character of it is a sign to matplotlib."""

    def __init__(self, x: float, y: float, text: str, font: FontProperties, color: str) -> None:
        super().__init__()
        self.x, self.y, self.text, self.font, self.color = x, y, text, font, color

    def draw(self, renderer: RendererBase) -> None:
        """Draw it where the sheet's transform puts it."""
        x, y = self.get_transform().transform((self.x, self.y))
        if renderer.flipy():
            y = renderer.get_canvas_width_height()[1] - y
        context = renderer.new_gc()
        context.set_foreground(self.color)
        draw_shaped(renderer)
        renderer.open_group("text", self.get_gid())
        renderer.draw_text(context, x, y, self.text, self.font, 0, ismath=False)
        renderer.close_group("text")
        context.restore()


def _stroke(context: GraphicsContextBase, look: Look) -> None:
    """The edge of a shape."""
    context.set_linewidth(look.width)
    context.set_joinstyle(look.corners)
    context.set_capstyle(look.ends)
    if look.edge:
        context.set_foreground(look.edge)
    if pattern := _PATTERNS[look.dash]:
        context.set_dashes(0, [length * look.width for length in pattern])
