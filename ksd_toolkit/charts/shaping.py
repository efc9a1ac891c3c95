"""Every line of text shaped once: the places of its letters tell how wide it is, and are drawn.

matplotlib shapes a text anew to measure it and to draw it, and reads every letter's outline again each time;
half of what a chart takes is that. What is kept here are letters and places, never more than a few thousand lines.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import get_ident
from typing import Any, Final

from matplotlib.backend_bases import RendererBase
from matplotlib.font_manager import FontProperties, findfont
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.textpath import TextToPath

from ksd_toolkit.display.typefaces import typeface

_KEPT: Final = 4096
_FACES: Final = 8  # two weights of a few threads
_UNITS: Final = 64.0  # of a point, in which a font tells how far a letter takes the pen

Letter = tuple[str, float, float, float]
"""A letter's name, where it stands, and its scale, as matplotlib's renderers take them."""


Outlines = dict[str, Any]
"""Points and codes of letters by name."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text at the size a font is read at: its letters, and where the pen is after the last, in points.

    `blanks` are the places of the pen before each blank: what stands before one is not moved by what comes after.
    """

    letters: tuple[Letter, ...]
    end: float
    blanks: tuple[float, ...]


class Shaping(TextToPath):
    """Texts as matplotlib shapes them, each of them once."""

    def __init__(self) -> None:
        super().__init__()
        self._outlines: dict[str, Any] = {}
        self._steps: dict[str, float] = {}
        self._line = lru_cache(maxsize=_KEPT)(self._shaped)
        self._face = lru_cache(maxsize=_FACES)(self._opened)
        self._name = lru_cache(maxsize=_KEPT)(self._get_glyph_repr)  # type: ignore[attr-defined]

    def forget(self) -> None:
        """Shape every line anew from here on."""
        self._line.cache_clear()

    def width(self, text: str, font: FontProperties) -> float:
        """How wide a text is drawn, in points."""
        return self._at(text, font).end * self._scale(font)

    def widths(self, text: str, font: FontProperties) -> list[float]:
        """How wide a line of words is drawn that ends after its first word, its second, and so on, in points."""
        line, scale = self._at(text, font), self._scale(font)
        return [end * scale for end in (*line.blanks, line.end)]

    def _at(self, text: str, font: FontProperties) -> Line:
        return self._line(self._get_font(font), text)

    def _scale(self, font: FontProperties) -> float:
        return font.get_size_in_points() / self.FONT_SCALE

    def _get_font(self, prop: FontProperties) -> FT2Font:
        """The face of this thread: two at once would take each other's letters for theirs."""
        return self._face(prop.get_file() or findfont(prop), get_ident())

    def _opened(self, file: str, thread: int) -> FT2Font:
        face = typeface(Path(file))
        face.set_size(self.FONT_SCALE, self.DPI)
        return face

    def get_glyphs_with_font(
        self,
        font: FT2Font,
        s: str,
        glyph_map: Outlines | None = None,
        return_new_glyphs_only: bool = False,
        **asked: Any,
    ) -> tuple[list[Letter], Outlines, list[Any]]:
        """The letters of a text, the outlines of those that are new, and no rule beside them."""
        if any(asked.values()):  # features of a font, or a language that shapes differently
            return super().get_glyphs_with_font(font, s, glyph_map, return_new_glyphs_only, **asked)
        letters = self._line(font, s).letters
        known = {} if glyph_map is None else glyph_map
        new: Outlines = {} if return_new_glyphs_only else known
        new.update((name, self._outlines[name]) for name, *_ in letters if name not in known)
        return list(letters), new, []

    def _shaped(self, font: FT2Font, text: str) -> Line:
        letters, blanks, end = [], [], 0.0
        for char, name, x, y in self._places(font, text):
            letters.append((name, x, y, 1.0))
            if char == " ":
                blanks.append(end)
            end = x + self._steps[name]
        return Line(tuple(letters), end, tuple(blanks))

    def _places(self, font: FT2Font, text: str) -> Iterator[tuple[str, str, float, float]]:
        """Each letter and where it stands; its outline and its step are read when it is first met."""
        for item in font._layout(text, LoadFlags.NO_HINTING, features=None, language=None):
            name = self._name(item.ft_object, item.glyph_index)
            if name not in self._outlines:
                glyph = item.ft_object.load_glyph(item.glyph_index, flags=LoadFlags.NO_HINTING)
                self._outlines[name] = item.ft_object.get_path()
                self._steps[name] = glyph.horiAdvance / _UNITS
            yield item.char, name, item.x, item.y


SHAPING: Final = Shaping()
"""What all charts of a process share."""


def draw_shaped(renderer: RendererBase) -> None:
    """Let a renderer draw the lines that are kept instead of shaping them again."""
    drawing = renderer._text2path  # of this renderer alone
    drawing._get_font = SHAPING._get_font  # type: ignore[attr-defined]
    drawing.get_glyphs_with_font = SHAPING.get_glyphs_with_font  # type: ignore[method-assign]
