"""Which letters the PDF can print, and what stands for those it cannot."""

import unicodedata
from typing import Final

from ksd_toolkit.display.hostile import legible
from ksd_toolkit.publishing.fonts import printable_letters

_UNPRINTABLE: Final = "\ufffd"


def printable(text: str) -> str:
    """`text` in letters our fonts hold: as it is, else in its compatibility form, else U+FFFD."""
    shown = legible(text)
    if shown.isascii():
        return shown
    letters = printable_letters()
    return "".join(letter if ord(letter) in letters else _nearest(letter) for letter in shown)


def _nearest(letter: str) -> str:
    plain = unicodedata.normalize("NFKC", letter)
    return plain if all(ord(part) in printable_letters() for part in plain) else _UNPRINTABLE
