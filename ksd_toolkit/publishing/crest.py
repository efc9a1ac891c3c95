"""The crest of a letterhead as a drawing: the office's own, or a neutral shield."""

import base64
import struct
from html import escape
from typing import Final

_PNG: Final = "data:image/png;base64,"
_SHIELD: Final = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 48'>"
    "<path d='M20 1.5 38 8v19c0 10-8 16-18 19.5C10 43 2 37 2 27V8Z' fill='{ink}'/>"
    "<path d='M20 5.5 34.5 10.7V27c0 7.7-6 12.6-14.5 15.8C11.5 39.6 5.5 34.7 5.5 27V10.7Z' "
    "fill='none' stroke='#fff' stroke-width='1'/>"
    "<path d='M9 25q5.5-4 11 0t11 0M9 30q5.5-4 11 0t11 0' fill='none' stroke='#fff' stroke-width='1.6'/>"
    "<circle cx='20' cy='16' r='4.5' fill='#fff'/></svg>"
)


def crest_svg(crest: str, ink: str) -> str:
    """The crest as SVG.

    Args:
        crest: An SVG text or a `data:image/png;base64,` address; empty for the shield.
        ink: The colour of the shield.
    """
    if not crest:
        return _SHIELD.format(ink=ink)
    return _framed(crest) if crest.startswith(_PNG) else crest


def _framed(address: str) -> str:
    """A PNG as the only part of a drawing of its own size."""
    header = base64.b64decode(address[len(_PNG) :][:64])
    width, height = struct.unpack(">II", header[16:24])
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' "
        f"viewBox='0 0 {width} {height}' width='{width}' height='{height}'>"
        f"<image width='{width}' height='{height}' xlink:href='{escape(address)}'/></svg>"
    )
