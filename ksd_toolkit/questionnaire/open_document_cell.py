"""One cell of an OpenDocument spreadsheet: its value as the spreadsheet program knows it."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

from ksd_toolkit.questionnaire.cells import Lost, Raw

_DURATION: Final = re.compile(r"PT(\d{1,6})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S")
_ERROR: Final = re.compile(r"#[A-Z0-9/!?]+|Err:\d+")
_FORMULA: Final = "="
_DAY_HOURS: Final = 24
_LONGEST_GAP: Final = 8  # spaces; a few bytes may ask for billions


@dataclass(slots=True)
class Cell:
    """A cell being read: attributes first, then its paragraphs."""

    type: str
    stored: str
    formula: bool
    repeated: int
    columns: int
    rows: int
    covered: bool
    pieces: list[str] = field(default_factory=list)
    paragraphs: int = 0
    depth: int = 0

    @classmethod
    def opened(
        cls, held: dict[str, str], number: Callable[[str | None], int], *, covered: bool
    ) -> "Cell":
        """The cell that these attributes open."""
        kind = held.get("calcext:value-type") or held.get("office:value-type", "")
        names = ("office:value", "office:date-value", "office:time-value",
                 "office:boolean-value", "office:string-value")  # fmt: skip
        return cls(
            kind if kind == "error" else held.get("office:value-type", ""),
            next((held[name] for name in names if held.get(name)), ""),
            "table:formula" in held,
            number(held.get("table:number-columns-repeated")),
            number(held.get("table:number-columns-spanned")),
            number(held.get("table:number-rows-spanned")),
            covered,
        )

    @property
    def is_spanned(self) -> bool:
        """Whether it covers its neighbours."""
        return self.columns > 1 or self.rows > 1

    @property
    def is_percent(self) -> bool:
        """Whether its number is shown as percent."""
        return self.type == "percentage"

    def start(self, tag: str, held: dict[str, str]) -> None:
        """A paragraph opens, or something inside one."""
        if tag == "text:p":
            self.depth += 1
            if self.depth == 1:
                self.pieces += ["\n"] if self.paragraphs else []
                self.paragraphs += 1
        elif tag == "text:s":
            count = held.get("text:c", "1")
            self.pieces.append(" " * min(int(count), _LONGEST_GAP))
        elif tag == "text:tab":
            self.pieces.append("\t")
        elif tag == "text:line-break":
            self.pieces.append("\n")

    def text(self, text: str) -> None:
        """Part of a paragraph; what stands outside is the writer's indentation."""
        if self.depth:
            self.pieces.append(text)

    def end(self, tag: str) -> None:
        """A paragraph closes."""
        self.depth -= tag == "text:p"

    def value(self) -> Raw:
        """What the cell holds; None where it is empty."""
        shown = "".join(self.pieces)
        if self.covered:
            return None  # what lies under a merged cell is not seen by anyone
        if self.type == "error" or (self.formula and _ERROR.fullmatch(shown)):
            return Lost(shown or _FORMULA)
        if not self.type and not shown:
            return Lost(_FORMULA) if self.formula else None
        if read := _READERS.get(self.type):
            return read(self.stored, shown)
        return (self.stored or shown) or ("" if self.formula else None)


def _as_number(stored: str, shown: str) -> Raw:
    try:
        number = float(stored)
    except ValueError:
        return shown or None
    return number if math.isfinite(number) else shown or stored


def _as_date(stored: str, shown: str) -> Raw:
    try:
        return datetime.fromisoformat(stored) if "T" in stored else date.fromisoformat(stored)
    except ValueError:
        return shown or stored or None


def _as_time(stored: str, shown: str) -> Raw:
    match = _DURATION.fullmatch(stored)
    if match is None:
        return shown or stored or None
    hours, minutes, seconds = (int(part) for part in match.groups())
    if hours < _DAY_HOURS and max(minutes, seconds) < 60:  # noqa: PLR2004  of an hour, of a minute
        return time(hours, minutes, seconds)
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


_READERS: Final[dict[str, Callable[[str, str], Raw]]] = {
    "float": _as_number,
    "currency": _as_number,
    "percentage": _as_number,
    "date": _as_date,
    "time": _as_time,
    "boolean": lambda stored, shown: stored == "true",
}
