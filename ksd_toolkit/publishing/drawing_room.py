"""Let a drawing leave no white behind: a little smaller, or after the text that follows it.

A drawing cannot break. One that misses the foot of a page goes to the next and leaves white behind; drawn
a little smaller it stays, or what follows it in its section goes first. The layout tells where each drawing
stood (see `blocks.typ`); one at a time is tried, and one that nothing helps is left as it was.
"""

from dataclasses import dataclass
from itertools import takewhile
from typing import Any, Final, Self

DRAWINGS: Final = frozenset({"figure", "region_map"})

_SMALLEST: Final = 0.7  # of its size: smaller, the letters of a chart are hard to read
_WHITE: Final = 0.1  # of a page: less than that left below a text strikes no eye
_ABOVE: Final = 18.0  # points a drawing keeps from the text above it, and a little spare
_FLOWING: Final = frozenset(
    {"paragraph", "items", "table", "callout"}
)  # what may go before a drawing
_LATER: Final = 3  # of them at most: farther on a reader would miss it
_MOST: Final = (
    24  # drawings of a paper that are looked at: one that moves costs further typesettings
)

_Way = tuple[float, int]  # its share of the size, and after how many of the blocks that follow it


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a drawing was wanted and where it stood, in points from the upper edge of its page."""

    wanted_page: int
    wanted: float
    foot: float
    page: int
    top: float
    height: float
    ended_page: int
    end: float

    @classmethod
    def of(cls, told: list[dict[str, Any]]) -> Self:
        """The place three marks of the layout tell: before, in and after the drawing."""
        wanted, drawn, ended = told
        return cls(
            wanted["page"], wanted["y"], wanted["foot"],
            drawn["page"], drawn["y"], drawn["height"], ended["page"], ended["y"],
        )  # fmt: skip

    @property
    def white(self) -> float:
        """What it left white behind by going to the next page; 0 for what strikes no eye."""
        left = self.foot - self.wanted if self.page > self.wanted_page else 0.0
        return left if left > _WHITE * self.foot and self.ended_page == self.page else 0.0

    @property
    def share(self) -> float:
        """How much of its height the page before has room for, words around it included."""
        lacks = (self.end - self.top) - (self.foot - self.wanted - _ABOVE)
        return 1 - lacks / self.height if self.white and self.height > 0 else 0.0


def _smaller(way: _Way, place: _Place) -> list[_Way]:
    """The next size to try after a way that left white; footnotes take room that no mark tells."""
    share, later = way
    if share == 1:
        return [(place.share, later)] if _SMALLEST < place.share < 1 else []
    return [(_SMALLEST, later)] if share > _SMALLEST and place.white else []


class DrawingRoom:
    """The drawings of one paper, looked at in reading order.

    Args:
        data: The paper as data; the `share` of its drawings and the order of its blocks are set in it.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        self._held = [
            (part["blocks"], block)
            for part in data["parts"]
            for block in part["blocks"]
            if block["kind"] in DRAWINGS
        ]
        for _, block in self._held:
            block["share"] = 1.0
        self._looked = -1  # at the drawing of this number
        self._at = 0  # where its block stands when nothing is moved
        self._tried: list[tuple[float, _Way]] = []  # how much white each way left
        self._ways: list[_Way] = []

    def __bool__(self) -> bool:
        return bool(self._held)

    def adjusted(self, marks: list[dict[str, Any]]) -> bool:
        """Change one drawing where that is called for; whether the paper must be set again.

        Args:
            marks: What the layout told of all drawings, three marks each, in reading order.
        """
        places = [_Place.of(marks[3 * n : 3 * n + 3]) for n in range(len(self._held))]
        if self._tried and self._goes_on(places[self._looked]):
            return True
        for number in range(self._looked + 1, min(len(places), _MOST)):
            self._looked, white = number, places[number].white
            self._ways = self._helping(places[number]) if white else []
            if self._ways:
                self._tried = [(white, (1.0, 0))]
                self._set(self._ways[0])
                return True
        return False

    def _goes_on(self, place: _Place) -> bool:
        """Take the way tried last, try the next, or go back to the best; whether something changed."""
        last, white = self._ways.pop(0), place.white
        self._tried.append((white, last))
        self._ways[:0] = _smaller(last, place)
        best = min(self._tried, key=lambda one: one[0])[1]
        ended = not white or not self._ways
        way = best if ended else self._ways[0]
        if ended:
            self._tried, self._ways = [], []
        if way != last:
            self._set(way)
        return way != last

    def _helping(self, place: _Place) -> list[_Way]:
        """What may help, the gentlest first."""
        blocks, block = self._held[self._looked]
        self._at = _place_of(block, blocks)
        following = takewhile(lambda one: one["kind"] in _FLOWING, blocks[self._at + 1 :])
        later = range(1, 1 + min(_LATER, len(list(following))))
        return [*_smaller((1.0, 0), place), *((1.0, n) for n in later)]

    def _set(self, way: _Way) -> None:
        blocks, block = self._held[self._looked]
        block["share"], later = way
        blocks.pop(_place_of(block, blocks))
        blocks.insert(self._at + later, block)


def _place_of(block: dict[str, Any], blocks: list[dict[str, Any]]) -> int:
    return next(n for n, other in enumerate(blocks) if other is block)
