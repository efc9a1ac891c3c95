"""What of a map may enter a page: outlines of plain numbers, tones we know, and one name for its hatching."""

import hashlib
import re
from typing import Final

from ksd_toolkit.document import MAP_TONES, RegionMap

_PATH: Final = re.compile(r"[MLZ0-9 .,-]*")
_ID_LETTERS: Final = 10


def map_path(path: object) -> str:
    """`path` when it holds moves, lines and numbers only; empty otherwise.

    Args:
        path: The outline as SVG writes it, from a notebook that anyone may have changed.
    """
    return path if isinstance(path, str) and _PATH.fullmatch(path) else ""


def map_tone(tone: object) -> str:
    """`tone` when we have a colour for it; the plain land otherwise."""
    return str(tone) if tone in MAP_TONES else "land"


def map_id(block: RegionMap) -> str:
    """A name for the hatching of this map: one page may hold several maps."""
    told = repr((block.caption, block.alt, block.shapes)).encode("utf-8", "replace")
    return "ksd-map-" + hashlib.sha256(told).hexdigest()[:_ID_LETTERS]
