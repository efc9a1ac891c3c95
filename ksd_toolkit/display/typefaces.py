"""Typefaces held in memory.

A face that reads from an open file shares its place in it with every process forked afterwards; two that read a
letter at once would find a broken file.
"""

from io import BytesIO
from pathlib import Path

from matplotlib.ft2font import FT2Font


def typeface(file: Path) -> FT2Font:
    """The face of a font file; nothing of the file stays open."""
    return FT2Font(BytesIO(file.read_bytes()))
