"""Find the decimal sign in the numbers of a column, so that print can set them below each other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from ksd_toolkit.document import Column

NUMBERS: Final = frozenset({"integer", "decimal", "percent", "currency"})
_SIGNS: Final = {"id": (",", "."), "en": (".", ",")}  # of decimals, of thousands


@dataclass(frozen=True, slots=True)
class DecimalPlaces:
    """Where the numbers of a column end.

    `heads` are what stands before the decimal sign. `shapes` are the different ends, from the sign on,
    every digit written as 0: digits of a column are equally wide. `ends` names the shape of each row, -1
    for a cell that is no number.
    """

    heads: tuple[str, ...]
    shapes: tuple[str, ...]
    ends: tuple[int, ...]


def decimal_places(column: Column, cells: Sequence[str], lang: str) -> DecimalPlaces | None:
    """How the numbers of a column align; None where they need not.

    A column declared as numbers aligns, and so does one set to the right; a text among the numbers
    (`belum dinilai`) stays where it is.
    """
    if column.kind not in NUMBERS and not (column.kind == "text" and column.align == "right"):
        return None
    found = [_number(lang).fullmatch(text) for text in cells]
    heads = [match["head"] for match in found if match]
    tails = [re.sub(r"\d", "0", match["tail"]) if match else None for match in found]
    shapes = tuple(sorted({tail for tail in tails if tail is not None}))
    if len(shapes) < 2:  # noqa: PLR2004  all end alike
        return None
    ends = tuple(-1 if tail is None else shapes.index(tail) for tail in tails)
    return DecimalPlaces(tuple(heads), shapes, ends)


@cache
def _number(lang: str) -> re.Pattern[str]:
    decimal, group = map(re.escape, _SIGNS[lang])
    return re.compile(
        rf"(?P<head>\D{{0,6}}\d[\d{group}\u00a0\u202f]*)(?P<tail>(?:{decimal}\d+)?\D{{0,12}})"
    )
