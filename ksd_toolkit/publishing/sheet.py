"""The sheet a paper is printed on: its size, its margins and the room they leave, in millimetres."""

import dataclasses
from dataclasses import dataclass
from typing import Final, Self

from ksd_toolkit.document import Style

MM: Final = 72 / 25.4
"""Points in a millimetre."""

_SIZES: Final = {"A4": (210.0, 297.0), "F4": (215.0, 330.0)}
_STRIP: Final = 7.0  # of the banner at the upper edge


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a paper; `top` includes the banner's `strip`, 0 without a banner."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    strip: float

    @classmethod
    def of(cls, style: Style, *, banner: bool, landscape: bool) -> Self:
        """The sheet that a style asks for."""
        width, height = _SIZES[style.paper]
        strip = _STRIP if banner else 0.0
        formal = style.layout == "formal"
        if landscape:
            return cls(height, width, 20.0, 20.0, 22.0 + strip, 22.0, strip)
        left, right = (27.0, 22.0) if formal else (23.0, 23.0)
        return cls(width, height, left, right, (20.0 if formal else 24.0) + strip, 23.0, strip)

    @property
    def text_width(self) -> float:
        """What the margins leave, in points."""
        return (self.width - self.left - self.right) * MM

    @property
    def text_height(self) -> float:
        """What the margins leave, in points."""
        return (self.height - self.top - self.bottom) * MM

    def data(self) -> dict[str, float]:
        """The measures by name, in millimetres."""
        return dataclasses.asdict(self)
