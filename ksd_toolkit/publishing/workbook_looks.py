"""Say how the cells of a workbook look, and how high a row must be for all its lines."""

import math
from collections.abc import Sequence
from itertools import chain
from textwrap import wrap
from typing import Any, Final

from ksd_toolkit.display.hostile import legible
from ksd_toolkit.display.palette import LIGHT
from ksd_toolkit.publishing.workbook_sheets import Cell

_NARROWEST_NOTE: Final = 60.0  # the width notes are given below a narrower table
LINE: Final = 13.5  # points
LETTERS_A_WIDTH: Final = 1.1  # a width counts digits of 11 points; running text is narrower
_TALLEST: Final = 409  # points, the limit of Excel


def in_lines(notes: Sequence[str], width: float) -> tuple[str, ...]:
    """Notes in lines about as wide as their table, no word of them broken."""
    letters = round(max(width, _NARROWEST_NOTE) * LETTERS_A_WIDTH)
    lines = (
        wrap(legible(note), letters, break_long_words=False, break_on_hyphens=False)
        for note in notes
    )
    return tuple(chain.from_iterable(lines))


def height(letters: Sequence[float], cells: Sequence[Cell]) -> float:
    """The height that shows every wrapped line; not every program finds it on opening.

    Args:
        letters: How many letters a line of each column holds.
        cells: What stands in the columns.
    """
    texts = [
        (a_line, text) for a_line, text in zip(letters, cells, strict=True) if isinstance(text, str)
    ]
    lines = max((_lines(text, a_line) for a_line, text in texts), default=1)
    return min(LINE * lines + 2, _TALLEST)


def _lines(text: str, letters: float) -> int:
    """How many lines a text takes where a line holds so many letters."""
    if "\n" not in text:
        return math.ceil((len(text) + 1) / letters)
    return sum(math.ceil((len(line) + 1) / letters) for line in text.split("\n"))


BASE: Final[dict[str, Any]] = {
    "font_name": "Calibri",
    "font_size": 10,
    "font_color": LIGHT["ink"],
    "valign": "top",
}
WORDS: Final[dict[str, Any]] = {"text_wrap": True, "align": "left", "indent": 1}
BODY: Final[dict[str, Any]] = {"bottom": 1, "bottom_color": LIGHT["line"]}
_HEAD: Final[dict[str, Any]] = {
    "bold": True,
    "text_wrap": True,
    "valign": "bottom",
    "font_color": LIGHT["teal"],
    "bg_color": LIGHT["teal_shade"],
    "top": 2,
    "top_color": LIGHT["teal"],
    "bottom": 1,
    "bottom_color": LIGHT["teal"],
}
LOOKS: Final[dict[str, dict[str, Any]]] = {
    "banner": {"bold": True, "font_color": LIGHT["accent"]},
    "title": {"bold": True, "font_size": 16, "font_color": LIGHT["teal"]},
    "long_title": {"bold": True, "font_size": 16, "font_color": LIGHT["teal"], "text_wrap": True},
    "heading": {"bold": True, "font_size": 12, "font_color": LIGHT["teal"]},
    "head": _HEAD | {"align": "left", "indent": 1},
    "number_head": _HEAD | {"align": "right"},
    "note": {"text_wrap": True},
    "line": {},
    "entry": {"align": "left", "indent": 1, "text_wrap": True},
    "right": {"align": "right"},
    "link": {"align": "left", "indent": 1, "font_color": LIGHT["teal"], "underline": 1},
}
