"""What goes wrong on ordinary sheets: a row twice, air between rows, a column of someone's own.

Nothing here is refused: the intake takes such sheets, and says what it noticed.
"""

from collections.abc import Callable
from typing import Final

from ksd_toolkit.simulation.proposal_rows import Typing

Tables = dict[str, list[Typing]]
"""Everything one office typed, by sheet."""

_NOTES: Final = ("Sudah dibahas dengan kepala dinas", "Mohon diprioritaskan", "Lengkapi data dasar")


def row_twice(tables: Tables) -> None:
    """The last usulan is copied once more."""
    if usulan := tables["usulan"]:
        usulan.append(dict(usulan[-1]))


def air_between_rows(tables: Tables) -> None:
    """Blank rows between the usulan, and one between the scores."""
    tables["usulan"][2:2] = [{}, {}]
    tables["nilai"][18:18] = [{}]


def own_column(tables: Tables) -> None:
    """The head of division's own column beside the first usulan."""
    for row, note in zip(tables["usulan"], _NOTES, strict=False):
        row["Catatan Kabid"] = note


MISHAPS: Final[tuple[Callable[[Tables], None], ...]] = (row_twice, air_between_rows, own_column)
