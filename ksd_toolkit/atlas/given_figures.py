"""A figure of a file: as it stands there, as it is understood, and the number in a text."""

import math
from dataclasses import dataclass
from typing import Final

from ksd_toolkit.atlas.region_files import facts_of, is_blank_mark
from ksd_toolkit.questionnaire.cells import Raw
from ksd_toolkit.questionnaire.numbers import written_number

_DOUBTFUL: Final = "cell.thousands_dot"


@dataclass(frozen=True, slots=True)
class Given:
    """One figure as it stands in the file, with the column of its value."""

    row: int
    column: int
    code: str
    indicator: str
    year: str
    value: Raw
    unit: str = ""
    source: str = ""
    name: str = ""
    overflows: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure understood; `row` counts from 1, as its author sees it, `column` from 0."""

    code: str
    indicator: str
    year: int
    value: float
    unit: str
    source: str
    row: int
    column: int

    @property
    def key(self) -> tuple[str, str, int, str]:
        """What must not stand twice with different values."""
        return self.code, self.indicator, self.year, self.source


def short(text: str) -> str:
    """A text from a file on one line and no longer than texts may be."""
    return " ".join(text.split())[: facts_of("reading")["longest_text"]]


def number_in(text: str, *, point: bool) -> tuple[float, bool] | None:
    """The number in a text, and whether its point might as well have meant decimals; None where there is none.

    Args:
        text: What stands in the cell.
        point: Whether its column writes decimals with a point.
    """
    if len(text) > facts_of("reading")["longest_code"]:
        return None
    written = written_number(text, point=point)
    if written is None or not math.isfinite(value := float(written.value)):
        return None
    return value, written.note == _DOUBTFUL


def is_blank(value: Raw) -> bool:
    """Whether a cell says nothing."""
    return value is None or (isinstance(value, str) and is_blank_mark(value.strip()))
