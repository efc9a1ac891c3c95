"""Lay a table out on its sheet: widths in which no word sticks out, and the type size that allows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from ksd_toolkit.document import Table
from ksd_toolkit.publishing.decimal_places import DecimalPlaces
from ksd_toolkit.publishing.fonts import text_width
from ksd_toolkit.publishing.line_breaks import words_of
from ksd_toolkit.publishing.room_division import capped, filled, grown

PADDING_X: Final = 4.8
"""Of a cell, at either side, in points."""

_SIZES: Final = (1.0, 0.94, 0.88, 0.82, 0.76)  # of the layout's own, tried one after the other
_KERNING: Final = 1.03  # what kerning may add to the measured width of a word
_AUTO_SHARE: Final = 0.4  # of the room: the most a column as narrow as its text takes beside shares
_ROOMY: Final = 0.88  # of the room: longer words beside each other ask for smaller type
_SHORT_TITLE: Final = 7.0  # ems that stay on one line
_HALF: Final = 0.6  # of a title set in two lines of about one length
_ROUNDING: Final = 0.01


@dataclass(frozen=True, slots=True)
class TableFont:
    """What a layout sets its tables in: a family and its largest size in points."""

    family: str
    size: float


@dataclass(frozen=True, slots=True)
class Setting:
    """How a table is set: type size and widths of its columns in points.

    `fits` says of each column whether its longest word fits.
    """

    family: str
    size: float
    widths: tuple[float, ...]
    fits: tuple[bool, ...]

    @property
    def limits(self) -> tuple[float, ...]:
        """What a column has for its text, in points."""
        return tuple(width - 2 * PADDING_X for width in self.widths)


@dataclass(frozen=True, slots=True)
class _Extent:
    """Of a column, in ems: its longest word, and its longest text with a long title in two lines."""

    word: float
    text: float


def laid_out(
    table: Table, places: Sequence[DecimalPlaces | None], room: float, font: TableFont
) -> Setting:
    """The widths of a table's columns and the largest type size in which every word fits.

    Columns with a share divide what the others leave, and none has more than its text while another's is
    broken into lines, but for one left blank to be written in; a column without one (`width` 0) is as wide as
    its text, left blank or not, where there is room. Where even the smallest type does not fit, the widest columns give way.

    Args:
        table: Its texts printable.
        places: Of each column: how its numbers align, None for a column of texts.
        room: The width of the text, in points.
        font: What the layout sets tables in.
    """
    extents = [_extent(table, n, one, font.family) for n, one in enumerate(places)]
    size = _size([extent.word for extent in extents], room, font.size)
    needs = [_points(extent.word, size) for extent in extents]
    texts = [
        room if table.columns[n].width > 0 and _left_blank(table, n) else _points(extent.text, size)
        for n, extent in enumerate(extents)
    ]
    shares = [column.width for column in table.columns]
    widths = _widths(shares, needs, texts, room) if sum(needs) <= room else capped(needs, room)
    return Setting(
        font.family,
        size,
        tuple(round(width, 2) for width in widths),
        tuple(need <= width + _ROUNDING for need, width in zip(needs, widths, strict=True)),
    )


def _left_blank(table: Table, number: int) -> bool:
    """Whether a column holds nothing, so that somebody can write in it."""
    return bool(table.rows) and not any(row[number].strip() for row in table.rows)


def _size(words: list[float], room: float, largest: float) -> float:
    """The largest size that leaves room beyond the longest words, else one in which they fit."""
    sizes = [largest * part for part in _SIZES]
    needs = {size: sum(_points(word, size) for word in words) for size in sizes}
    for share in (_ROOMY, 1.0):
        for size in sizes:
            if needs[size] <= room * share:
                return size
    return sizes[-1]


def _extent(table: Table, number: int, places: DecimalPlaces | None, family: str) -> _Extent:
    title = table.columns[number].title
    cells = {row[number] for row in table.rows}
    aligned = _aligned(places, family)
    word = _widest({word for cell in cells for word in words_of(cell)}, family)
    whole = _widest((title,), family, strong=True)
    named = min(whole, max(_SHORT_TITLE, whole * _HALF))
    return _Extent(
        max(word, aligned, _widest(words_of(title), family, strong=True)),
        max(_widest(cells, family), aligned, named),
    )


def _aligned(places: DecimalPlaces | None, family: str) -> float:
    """Numbers below each other: the widest before the decimal sign and the widest from it on."""
    if places is None:
        return 0.0
    return _widest(places.heads, family) + _widest(places.tails, family)


def _widest(texts: Iterable[str], family: str, *, strong: bool = False) -> float:
    return max((text_width(text, family, 1.0, strong=strong) for text in texts), default=0.0)


def _points(ems: float, size: float) -> float:
    return ems * size * _KERNING + 2 * PADDING_X


def _widths(
    shares: list[float], needs: list[float], texts: list[float], room: float
) -> list[float]:
    """The widths where every word fits: columns without a share first, the rest by shares."""
    fixed = [n for n, share in enumerate(shares) if share <= 0]
    free = [n for n, share in enumerate(shares) if share > 0]
    most = room * _AUTO_SHARE if free else room
    given = grown(
        [needs[n] for n in fixed],
        [max(needs[n], min(most, texts[n])) for n in fixed],
        room - sum(needs[n] for n in free),
    )
    rest = filled(
        [shares[n] for n in free],
        [needs[n] for n in free],
        [max(needs[n], texts[n]) for n in free],
        room - sum(given),
    )
    widths = dict(zip((*fixed, *free), (*given, *rest), strict=True))
    return [widths[n] for n in range(len(shares))]
