"""Let a drawing leave no white behind: a little smaller, or after the text that follows it.

A drawing cannot break. One that misses the foot of a page goes to the next and leaves white behind; drawn
a little smaller it stays, alone or together with the drawing right before it; or what follows it in its
section goes first, or it goes before what precedes it. The layout tells where each drawing stood (see
`blocks.typ`); one at a time is tried, and one that nothing helps is left as it was.
"""

from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any, Final, Self

DRAWINGS: Final = frozenset({"figure", "region_map"})

_SMALLEST: Final = 0.7  # of its size: smaller, the letters of a chart are hard to read
_LEGIBLE: Final = (
    0.66  # ... of the size it is drawn in at full width: letters of 7 points become 4.7
)
_WHITE: Final = 0.1  # of a page: less than that left below a text strikes no eye
_ABOVE: Final = 18.0  # points a drawing keeps from the text above it, and a little spare
_FLOWING: Final = frozenset(
    {"paragraph", "items", "table", "callout"}
)  # what may go before a drawing
_FAR: Final = 3  # of them at most: farther away a reader would miss it
_MOST: Final = (
    24  # drawings of a paper that are looked at: one that moves costs further typesettings
)


@dataclass(frozen=True, slots=True)
class _Way:
    """How a drawing is set: its share of the size, and after how many of the blocks that follow it.

    Below 0, `after` counts the blocks before it that it precedes. `beside` is the share of the drawing
    right before it, 0 where that one is left alone.
    """

    share: float = 1.0
    after: int = 0
    beside: float = 0.0


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a drawing was wanted and where it stood, in points from the upper edge of its page.

    `scale` is its size beside one at full width, as long as its share is 1.
    """

    wanted_page: int
    wanted: float
    foot: float
    page: int
    top: float
    height: float
    ended_page: int
    end: float
    scale: float

    @classmethod
    def of(cls, told: list[dict[str, Any]]) -> Self:
        """The place three marks of the layout tell: before, in and after the drawing."""
        wanted, drawn, ended = told
        return cls(
            wanted["page"], wanted["y"], wanted["foot"],
            drawn["page"], drawn["y"], drawn["height"], ended["page"], ended["y"],
            drawn["scale"],
        )  # fmt: skip

    @property
    def white(self) -> float:
        """What it left white behind by going to the next page; 0 for what strikes no eye."""
        left = self.foot - self.wanted if self.page > self.wanted_page else 0.0
        return left if left > _WHITE * self.foot and self.ended_page == self.page else 0.0

    @property
    def least(self) -> float:
        """The smallest share in which its letters are read."""
        return min(1.0, max(_SMALLEST, _LEGIBLE / self.scale))

    @property
    def share(self) -> float:
        """How much of its height the page before has room for, words around it included."""
        lacks = (self.end - self.top) - (self.foot - self.wanted - _ABOVE)
        return 1 - lacks / self.height if self.white and self.height > 0 else 0.0


def _smaller(way: _Way, place: _Place) -> list[_Way]:
    """The next size to try after a way that left white; footnotes take room that no mark tells."""
    if way.beside:
        return []
    if way.share == 1:
        return [replace(way, share=place.share)] if place.least < place.share < 1 else []
    return [replace(way, share=place.least)] if way.share > place.least and place.white else []


Arrangement = list[list[tuple[int, float]]]
"""Of every part, the number of each block in the order they are set, and its share of the size."""


class DrawingRoom:
    """The drawings of one paper, looked at in reading order.

    Args:
        data: The paper as data; the `share` of its drawings and the order of its blocks are set in it.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        self._parts: list[list[dict[str, Any]]] = [part["blocks"] for part in data["parts"]]
        self._numbers = {id(block): n for blocks in self._parts for n, block in enumerate(blocks)}
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
        self._before: dict[str, Any] | None = None  # the drawing right before it
        self._stood = 1.0  # the share that one had
        self._tried: list[tuple[float, _Way]] = []  # how much white each way left
        self._ways: list[_Way] = []

    def __bool__(self) -> bool:
        return bool(self._held)

    @property
    def arrangement(self) -> Arrangement:
        """How the blocks are set now, told by their numbers when nothing was moved."""
        return [
            [(self._numbers[id(block)], block.get("share", 1.0)) for block in blocks]
            for blocks in self._parts
        ]

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
            self._ways = self._helping(places) if white else []
            if self._ways:
                self._tried = [(white, _Way())]
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

    def _helping(self, places: list[_Place]) -> list[_Way]:
        """What may help, the gentlest first."""
        blocks, block = self._held[self._looked]
        self._at = at = _place_of(block, blocks)
        after = _flowing(blocks[at + 1 :])
        # A line stays between the drawing and the heading above: the heading would go along with it.
        before = 0 if _announces(blocks[at - 1 : at]) else _flowing(blocks[:at][::-1]) - 1
        moves = [*range(1, after + 1), *range(-1, -before - 1, -1)]
        moved = [_Way(after=n) for n in moves if not _announces(_above(blocks, at, n))]
        return [*_smaller(_Way(), places[self._looked]), *self._both(places), *moved]

    def _both(self, places: list[_Place]) -> list[_Way]:
        """This drawing and the one right before it, both as much smaller as their page asks."""
        blocks, place = self._held[self._looked][0], places[self._looked]
        self._before = None
        if not self._at or blocks[self._at - 1]["kind"] not in DRAWINGS:
            return []
        self._before, other = blocks[self._at - 1], places[self._looked - 1]
        self._stood = self._before["share"]
        lacks = (1 - place.share) * place.height
        share = 1 - lacks / (place.height + other.height)
        least = max(place.least, other.least / self._stood)
        fits = other.page == place.wanted_page and share >= least
        return [_Way(share, 0, share * self._stood)] if fits else []

    def _set(self, way: _Way) -> None:
        blocks, block = self._held[self._looked]
        block["share"] = way.share
        if self._before is not None:
            self._before["share"] = way.beside or self._stood
        blocks.pop(_place_of(block, blocks))
        blocks.insert(self._at + way.after, block)


def _flowing(blocks: list[dict[str, Any]]) -> int:
    """How many of these blocks a drawing may pass."""
    return min(_FAR, len(list(takewhile(lambda one: one["kind"] in _FLOWING, blocks))))


def _above(blocks: list[dict[str, Any]], at: int, after: int) -> list[dict[str, Any]]:
    """What would stand right above the drawing of place `at`, moved past so many blocks."""
    return blocks[at + after : at + after + 1] if after > 0 else blocks[: at + after][-1:]


def _announces(blocks: list[dict[str, Any]]) -> bool:
    """Whether the block is a line that announces the next one and must not be parted from it."""
    return any(one.get("announces", False) for one in blocks)


def _place_of(block: dict[str, Any], blocks: list[dict[str, Any]]) -> int:
    return next(n for n, other in enumerate(blocks) if other is block)
