"""How wide text is in the charts' font, and what of it fits: measured before it is drawn, cut or wrapped."""

from bisect import bisect_right
from functools import cache
from pathlib import Path
from typing import Final, Literal

import font_source_sans_pro
from matplotlib.font_manager import FontProperties

from ksd_toolkit.charts.shaping import SHAPING
from ksd_toolkit.display.hostile import legible
from ksd_toolkit.display.typefaces import typeface

Weight = Literal["Regular", "Semibold"]
POINTS_PER_INCH: Final = 72
_MISSING_GLYPH: Final = "?"
_ELLIPSIS: Final = "…"
_FONTS: Final = Path(font_source_sans_pro.__file__).parent / "files"


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


def text_width(text: str, size: float, weight: Weight = "Regular") -> float:
    """How wide `text` is drawn, in inches."""
    return SHAPING.width(text, font(size, weight)) / POINTS_PER_INCH


def drawable(text: str) -> str:
    """`text` on one line with the characters the font lacks shown as a question mark."""
    glyphs = _glyphs()
    line = " ".join(legible(text).split())
    return "".join(letter if ord(letter) in glyphs else _MISSING_GLYPH for letter in line)


def _words_that_fit(words: list[str], room: float, size: float, weight: Weight) -> int:
    """How many leading words share a line, at least one."""
    points = SHAPING.widths(" ".join(words), font(size, weight))
    return max(1, bisect_right([end / POINTS_PER_INCH for end in points], room))


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
def font(size: float, weight: Weight) -> FontProperties:
    """The charts' font, loaded by path, so that no other is taken for it."""
    return FontProperties(fname=str(_font_file(weight)), size=size)


@cache
def _glyphs() -> frozenset[int]:
    """The code points both weights can draw."""
    regular, semibold = (
        set(typeface(_font_file(w)).get_charmap()) for w in ("Regular", "Semibold")
    )
    return frozenset(regular & semibold)


def _font_file(weight: str) -> Path:
    return _FONTS / f"SourceSansPro-{weight}.otf"
