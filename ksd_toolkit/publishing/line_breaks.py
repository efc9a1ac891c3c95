"""Where a line of a cell may end, and how tall a row becomes by that: an estimate for page breaks."""

import re
from collections.abc import Sequence
from typing import Final

from ksd_toolkit.publishing.fonts import text_width

PADDING_Y: Final = 3.8
"""Of a cell, above and below, in points."""

_LINE: Final = 1.15  # the height of a line, in ems
_BREAK: Final = re.compile(r" |(?<=[-/])(?![\d\s])|(?<=\u2013)(?!\s)")
_SPACED: Final = re.compile(r"( )|(?<=[-/])(?![\d\s])|(?<=\u2013)(?!\s)")


def words_of(text: str, *, spaces: bool = False) -> list[str]:
    """The parts of a text between which a line may end; with `spaces`, those between them as well."""
    return [word for word in (_SPACED if spaces else _BREAK).split(text) if word]


def row_height(cells: Sequence[str], limits: Sequence[float], family: str, size: float) -> float:
    """How tall a row becomes, in points.

    Args:
        cells: The texts of a row.
        limits: What each column has for its text, in points.
        family: The font.
        size: Its size in points.
    """
    lines = max(
        (_lines(text, limit, family, size) for text, limit in zip(cells, limits, strict=True)),
        default=1,
    )
    return lines * size * _LINE + 2 * PADDING_Y


def _lines(text: str, limit: float, family: str, size: float) -> int:
    """How many lines a text takes, filled word by word."""
    if text_width(text, family, size) <= limit:
        return 1
    space, lines, taken = text_width(" ", family, size), 1, 0.0
    for word in words_of(text):
        width = text_width(word, family, size)
        if taken and taken + width > limit:
            lines, taken = lines + 1, 0.0
        if width > limit:
            lines += int(width // max(limit, size))
        taken += width + space
    return lines
