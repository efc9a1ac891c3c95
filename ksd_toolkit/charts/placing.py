"""Where a label finds room: the place nearest to its point that covers nothing else."""

import math
from collections.abc import Sequence
from typing import NamedTuple

_RINGS = 60
_SIDES = 24


class Box(NamedTuple):
    """A rectangle in inches from its upper left corner."""

    x: float
    y: float
    wide: float
    tall: float

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return self.x + self.wide / 2, self.y + self.tall / 2

    def covers(self, other: "Box") -> bool:
        """Whether both share a place."""
        return (
            self.x < other.x + other.wide
            and other.x < self.x + self.wide
            and self.y < other.y + other.tall
            and other.y < self.y + self.tall
        )

    def holds(self, other: "Box") -> bool:
        """Whether the other lies inside."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.x + other.wide <= self.x + self.wide
            and other.y + other.tall <= self.y + self.tall
        )

    def nearest(self, x: float, y: float) -> tuple[float, float]:
        """Its place nearest to a point."""
        return (
            min(max(x, self.x), self.x + self.wide),
            min(max(y, self.y), self.y + self.tall),
        )

    def distance(self, x: float, y: float) -> float:
        """How far a point lies from the rectangle's edge; 0 inside."""
        near = self.nearest(x, y)
        return math.hypot(near[0] - x, near[1] - y)


def free_place(
    point: tuple[float, float],
    size: tuple[float, float],
    radius: float,
    taken: Sequence[Box],
    bounds: Box,
) -> Box:
    """The nearest free rectangle around a point: rings outward, on each first to the right, then round.

    Args:
        point: Its place in inches.
        size: Width and height of the label.
        radius: Of the mark on the point.
        taken: What must not be covered.
        bounds: What the label must lie in; where nothing is free it lies beside its point.
    """
    wide, tall = size
    for ring in range(_RINGS):
        away = radius * (1.0 + ring)
        for side in range(_SIDES):
            angle = 2.0 * math.pi * side / _SIDES
            across, down = math.cos(angle), -math.sin(angle)
            middle = (point[0] + across * (away + wide / 2), point[1] + down * (away + tall / 2))
            box = Box(middle[0] - wide / 2, middle[1] - tall / 2, wide, tall)
            if bounds.holds(box) and not any(box.covers(other) for other in taken):
                return box
    return Box(point[0] + radius, point[1] - tall / 2, wide, tall)
