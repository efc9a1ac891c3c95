"""A table as the data its PDF layout reads: widths, type size, ends of numbers, rows that may split."""

import dataclasses
from dataclasses import dataclass
from typing import Any, Final

from ksd_toolkit.document import Table
from ksd_toolkit.publishing.decimal_places import NUMBERS, DecimalPlaces, decimal_places
from ksd_toolkit.publishing.fonts import text_width
from ksd_toolkit.publishing.line_breaks import PADDING_Y, row_height, words_of
from ksd_toolkit.publishing.sheet import Sheet
from ksd_toolkit.publishing.table_widths import Setting, TableFont, laid_out

_TOO_TALL: Final = 0.92  # of what a page has below the header: a row estimated taller may split
_TWO_ROWS: Final = 0.12  # of that: two rows that take more need not begin together
_BEGUN: Final = 40.0  # points of a row that may split, before it does
_WHOLE_ROWS: Final = 8  # a table of no more rows stays on one page
_WHOLE_HEIGHT: Final = 0.2  # ... unless it is taller than this part of a page
_CAPTION: Final = 44.0  # points a caption of two lines and the rules around a table take


@dataclass(frozen=True, slots=True)
class TablePlan:
    """Where tables are set: the sheet, the font and the language of the paper.

    `blank` is the height in points that an empty cell keeps for what is written into it by hand.
    """

    sheet: Sheet
    font: TableFont
    lang: str
    blank: float = 0.0


def table_data(table: Table, plan: TablePlan) -> dict[str, Any]:
    """A printable table as JSON data.

    A word too wide for its column stands in a list of its own, and the layout breaks it anywhere. `room` is what must be left of a page for the table to begin there.
    """
    cells = list(zip(*table.rows, strict=True)) or [()] * len(table.columns)
    places = [
        decimal_places(column, texts, plan.lang)
        for column, texts in zip(table.columns, cells, strict=True)
    ]
    setting = laid_out(table, places, plan.sheet.text_width, plan.font)
    head, *heights = _heights(table, setting, plan.blank)
    whole = _stays_whole(head, heights, plan.sheet)
    tall = (plan.sheet.text_height - head) * _TOO_TALL
    begun = _begun([_BEGUN if height > tall else height for height in heights[:2]], tall)
    return {
        "caption": table.caption,
        "note": table.note,
        "source": table.source,
        "columns": [
            _column(number, table, places[number], setting) for number in range(len(table.columns))
        ],
        "size": setting.size,
        "blank": plan.blank,
        "rows": [
            [_parts(text, number, setting) for number, text in enumerate(row)] for row in table.rows
        ],
        "splits": [height > tall for height in heights],
        "whole": whole,
        "room": 0.0 if whole else min(tall, _CAPTION + head + begun),
    }


def _heights(table: Table, setting: Setting, blank: float) -> list[float]:
    """How tall the header and each row become, about."""
    rows = (tuple(column.title for column in table.columns), *table.rows)
    return [
        max(
            row_height(row, setting.limits, setting.family, setting.size),
            blank + 2 * PADDING_Y if "" in row else 0.0,
        )
        for row in rows
    ]


def _column(
    number: int, table: Table, places: DecimalPlaces | None, setting: Setting
) -> dict[str, Any]:
    column = table.columns[number]
    return {
        "title": _parts(column.title, number, setting),
        "align": "right" if column.kind in NUMBERS and column.align == "left" else column.align,
        "width": setting.widths[number],
        "places": dataclasses.asdict(places) if places else None,
    }


def _parts(text: str, number: int, setting: Setting) -> str | list[str | list[str]]:
    """A cell's text; where its column is too narrow, its words, the too wide ones each in a list."""
    if setting.fits[number]:
        return text
    limit = setting.limits[number]
    return [
        [word] if text_width(word, setting.family, setting.size) > limit else word
        for word in words_of(text, spaces=True)
    ]


def _begun(heights: list[float], most: float) -> float:
    """What must be left for the first rows: for two of them, or for one when they are tall."""
    return sum(heights) if sum(heights) <= most * _TWO_ROWS else sum(heights[:1])


def _stays_whole(head: float, heights: list[float], sheet: Sheet) -> bool:
    """A short table is easier to read whole; a long one would leave half a page white."""
    few = len(heights) <= _WHOLE_ROWS
    return few and head + sum(heights) <= sheet.text_height * _WHOLE_HEIGHT
