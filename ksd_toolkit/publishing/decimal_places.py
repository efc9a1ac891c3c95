"""Find the decimal sign in the numbers of a column, so that print can set them below each other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from ksd_toolkit.document import Column

NUMBERS: Final = frozenset({"integer", "decimal", "percent", "currency"})
_LETTERS: Final = re.compile(r"[^A-Za-z]")
_SIGNS: Final = {"id": (",", "."), "en": (".", ",")}  # of decimals, of thousands


@dataclass(frozen=True, slots=True)
class DecimalPlaces:
    """Where the numbers of a column begin and end around their decimal sign.

    `heads` and `tails` are the different shapes before the sign and from it on, every digit written as
    0: digits of a column are equally wide. `cells` names both for each row, None for a cell that is no
    number.
    """

    heads: tuple[str, ...]
    tails: tuple[str, ...]
    cells: tuple[tuple[int, int] | None, ...]


def decimal_places(column: Column, cells: Sequence[str], lang: str) -> DecimalPlaces | None:
    """How the numbers of a column align; None where they need not.

    A column declared as numbers aligns, and so does one set to the right; a text among the numbers
    (`belum dinilai`) stays where it is. Numbers in several units (`Rp750 juta`, `Rp2,7 miliar`) do not:
    below each other they would seem to be of one.
    """
    if column.kind not in NUMBERS and not (column.kind == "text" and column.align == "right"):
        return None
    found = [_number(lang).fullmatch(text) for text in cells]
    shapes = [match and (_shape(match["head"]), _shape(match["tail"])) for match in found]
    heads = tuple(sorted({shape[0] for shape in shapes if shape}))
    tails = tuple(sorted({shape[1] for shape in shapes if shape}))
    if len({_LETTERS.sub("", tail) for tail in tails}) > 1:
        return None
    # Set to the right, only ends may differ; in the middle, beginnings as well.
    if max(len(tails), len(heads) if column.align == "center" else 0) <= 1:
        return None
    places = ((heads.index(shape[0]), tails.index(shape[1])) if shape else None for shape in shapes)
    return DecimalPlaces(heads, tails, tuple(places))


def _shape(text: str) -> str:
    return re.sub(r"\d", "0", text)


@cache
def _number(lang: str) -> re.Pattern[str]:
    decimal, group = map(re.escape, _SIGNS[lang])
    return re.compile(
        rf"(?P<head>\D{{0,6}}\d[\d{group}\u00a0\u202f]*)(?P<tail>(?:{decimal}\d+)?\D{{0,12}})"
    )
