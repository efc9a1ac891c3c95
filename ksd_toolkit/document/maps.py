"""A map of regions as the drawing's parts: shapes that tell about themselves, lines and names."""

from dataclasses import dataclass
from typing import ClassVar, Final, Literal, get_args

from ksd_toolkit.document.blocks import Alignment

MapTone = Literal[
    "class_1", "class_2", "class_3", "class_4", "class_5",
    "home", "borders", "near", "sea", "unknown", "land",
]  # fmt: skip
MAP_TONES: Final = get_args(MapTone)


@dataclass(frozen=True, slots=True)
class MapShape:
    """A region on a map: its name, lines about it, the tone it is filled with and where it lies.

    Every measure is in hundredths of an inch from the upper left corner of the sheet. `path` is its
    outline as closed rings (`M1.5,2L3,4L5,1Z`), empty where none is known; a `radius` above 0 draws a
    disc around `x`, `y` as well, so that a region without outline, or too small to be seen, has a place.
    `marked` draws its rim thick.
    """

    code: str
    name: str
    told: tuple[str, ...]
    tone: MapTone
    x: float
    y: float
    path: str = ""
    radius: float = 0.0
    marked: bool = False


@dataclass(frozen=True, slots=True)
class MapLine:
    """A straight line on a map: a common border, a way over the water, or from a name to its region."""

    x1: float
    y1: float
    x2: float
    y2: float
    look: Literal["border", "near", "sea", "leader"] = "border"


@dataclass(frozen=True, slots=True)
class MapLabel:
    """A name on a map: its middle, or the end named by `align`, stands at `x`; its middle height at `y`."""

    text: str
    x: float
    y: float
    strong: bool = False
    align: Alignment = "center"


@dataclass(frozen=True, slots=True)
class RegionMap:
    """A map of regions: shapes that tell about themselves, and `svg`, the same map for print.

    `key` says what each tone stands for. `note` is printed under the map, e.g. that it was drawn
    from midpoints because no boundaries are at hand.
    """

    kind: ClassVar[str] = "region_map"
    caption: str
    alt: str
    width: float
    height: float
    shapes: tuple[MapShape, ...]
    key: tuple[tuple[MapTone, str], ...]
    lines: tuple[MapLine, ...] = ()
    labels: tuple[MapLabel, ...] = ()
    description: str = ""
    note: str = ""
    svg: str = ""
    source: str = ""
    anchor: str = ""
    origin: str = ""
