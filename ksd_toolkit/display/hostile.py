"""What text from data may not do to a paper: hide letters, turn lines around, or lead somewhere unsafe."""

import re
import unicodedata
from typing import Final

_UNSHOWABLE: Final = "\ufffd"
_BREAKS: Final = frozenset({"Cc", "Zl", "Zp"})
_INVISIBLE: Final = frozenset({"Cf"})  # bidirectional controls, zero-width spaces, soft hyphens
_NO_LETTER: Final = frozenset({"Cs", "Co", "Cn"})
_BLANKS: Final = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_KEPT: Final = str.maketrans(dict.fromkeys(_BLANKS, " "))
"""Blanks of every width stay as they are, though they print nothing."""
_FIXED_BLANK: Final = "\u00a0"
_SAFE_LINK: Final = re.compile(r"(?:https?://|mailto:|#)[^\s\"'<>\\]+", re.IGNORECASE)


def legible(text: str, *, keep_lines: bool = False) -> str:
    """`text` as a reader may see it: every letter visible, in its place and composed.

    Control characters and line ends become spaces (line feeds stay with `keep_lines`), invisible
    format characters fall away, and code points that are no letters become U+FFFD.
    """
    if text.isascii() and text.isprintable():
        return text
    plain = text.replace("\n", " ") if keep_lines else text
    plain = plain.replace(_FIXED_BLANK, " ")  # most texts have no other blank beside the plain one
    if plain.isprintable() or plain.translate(_KEPT).isprintable():
        return unicodedata.normalize("NFC", text)
    shown = "".join(_shown(letter, keep_lines) for letter in text)
    return unicodedata.normalize("NFC", shown)


def safe_href(href: str) -> str:
    """`href` when it is a web address, a mail address or a place on the page; empty otherwise."""
    return href if _SAFE_LINK.fullmatch(href) else ""


def _shown(letter: str, keep_lines: bool) -> str:
    category = unicodedata.category(letter)
    if category in _BREAKS:
        return "\n" if keep_lines and letter == "\n" else " "
    if category in _INVISIBLE:
        return ""
    return _UNSHOWABLE if category in _NO_LETTER else letter
