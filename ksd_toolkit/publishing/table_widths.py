"""Shares of a table's width that leave room for the longest word of every column."""

import dataclasses
from typing import Final

from ksd_toolkit.document import Table

# Of the printed table: text width, mean advance of a letter at its type size, padding of a cell (points).
_TEXT_WIDTH: Final = 465.0
_LETTER: Final = 4.75
_PADDING: Final = 10.0
_BREAKS: Final = str.maketrans(dict.fromkeys("-/\u2013\u200b", " "))


def roomy(table: Table) -> Table:
    """The table with shares in which no word sticks out of its column, as far as there is room.

    Only tables whose columns all have a share are changed; columns as narrow as their text
    (`width` 0) already fit.
    """
    shares = [column.width for column in table.columns]
    if not shares or min(shares) <= 0:
        return table
    wanted = [share / sum(shares) for share in shares]
    needed = [_longest_word(table, number) for number in range(len(shares))]
    if sum(needed) >= 1 or all(w >= n for w, n in zip(wanted, needed, strict=True)):
        return table
    columns = tuple(
        dataclasses.replace(column, width=round(width, 4))
        for column, width in zip(table.columns, _settled(wanted, needed), strict=True)
    )
    return dataclasses.replace(table, columns=columns)


def _longest_word(table: Table, number: int) -> float:
    """The share of the width that the longest word of a column takes."""
    texts = (table.columns[number].title, *(row[number] for row in table.rows))
    letters = max(
        (len(word) for text in texts for word in text.translate(_BREAKS).split()), default=0
    )
    return (letters * _LETTER + _PADDING) / _TEXT_WIDTH


def _settled(wanted: list[float], needed: list[float]) -> list[float]:
    """Too narrow columns get what they need; the others share the rest as they wished."""
    fixed: set[int] = set()
    while True:
        free = 1.0 - sum(needed[n] for n in fixed)
        wish = sum(w for n, w in enumerate(wanted) if n not in fixed)
        widths = [needed[n] if n in fixed else w * free / wish for n, w in enumerate(wanted)]
        short = {n for n, width in enumerate(widths) if n not in fixed and width < needed[n]}
        if not short:
            return widths
        fixed |= short
