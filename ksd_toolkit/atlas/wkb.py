"""Polygons in well-known binary, walked by our own steps: a count that lies is found before it is believed.

Source:
    OGC 06-103r4, chapter 8.2: byte order, type, counts, points.
"""

import struct
from typing import Final

import numpy as np

from ksd_toolkit.atlas.boundaries import Ring

_POLYGON: Final = 3
_MULTIPOLYGON: Final = 6
_EXTENDED: Final = 1000  # ISO: 1003 has heights, 2003 measures, 3003 both
_Z, _M, _SRID = 0x80000000, 0x40000000, 0x20000000  # flags of the extended form
_DOUBLE: Final = 8


class WkbError(ValueError):
    """The bytes are no polygon in well-known binary."""


def polygons_in(content: bytes) -> list[list[Ring]]:
    """The rings of each polygon in a geometry.

    Raises:
        WkbError: It is damaged, or neither a polygon nor several.
    """
    walk = _Walk(content)
    kind = walk.header()
    if kind == _POLYGON:
        polygons = [walk.polygon()]
    elif kind == _MULTIPOLYGON:
        polygons = []
        for _ in range(walk.count(1 + 4 + 4)):
            if walk.header() != _POLYGON:
                raise WkbError(kind)
            polygons.append(walk.polygon())
    else:
        raise WkbError(kind)
    if walk.at != len(content):
        raise WkbError(walk.at)
    return polygons


class _Walk:
    """Where we are in the bytes, and how the numbers from here on are written."""

    def __init__(self, content: bytes) -> None:
        self.content, self.at, self.order, self.width = content, 0, "<", 2

    def header(self) -> int:
        """The kind of geometry that begins here."""
        order = self._take("B")
        if order not in {0, 1}:
            raise WkbError(order)
        self.order = "<" if order else ">"
        kind = self._take("I")
        if kind & _SRID:
            self._take("I")
        extra = bool(kind & _Z) + bool(kind & _M)
        plain = kind & ~(_Z | _M | _SRID)
        extra += (0, 1, 1, 2)[plain // _EXTENDED] if plain < 4 * _EXTENDED else 0
        self.width = 2 + extra
        return plain % _EXTENDED

    def polygon(self) -> list[Ring]:
        """The rings of the polygon that begins here."""
        return [self._ring() for _ in range(self.count(4))]

    def count(self, least: int) -> int:
        """A count of things, each of at least so many bytes; more than there is room for is a lie."""
        number = self._take("I")
        if number * least > len(self.content) - self.at:
            raise WkbError(number)
        return number

    def _ring(self) -> Ring:
        number = self.count(self.width * _DOUBLE)
        numbers = number * self.width
        flat = np.frombuffer(self.content, f"{self.order}f8", numbers, self.at)
        self.at += numbers * _DOUBLE
        points = flat.reshape(number, self.width)[:, :2]
        return np.ascontiguousarray(points, dtype=np.float64)

    def _take(self, form: str) -> int:
        layout = struct.Struct(self.order + form)
        if self.at + layout.size > len(self.content):
            raise WkbError(self.at)
        (number,) = layout.unpack_from(self.content, self.at)
        self.at += layout.size
        return int(number)
