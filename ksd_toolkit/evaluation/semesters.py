"""The half-years in which cooperation is monitored, ordered and counted from a reference date."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

_NOTATION: Final = re.compile(r"^([0-9]{4})-S([12])$")
_FIRST, _SECOND = 1, 2


@dataclass(frozen=True, slots=True, order=True)
class Semester:
    """A half-year, written `2026-S1`; semesters compare in time."""

    year: int
    half: int

    def __str__(self) -> str:
        return f"{self.year:04d}-S{self.half}"

    @property
    def start(self) -> date:
        """Its first day."""
        return date(self.year, 1 if self.half == _FIRST else 7, 1)

    @property
    def end(self) -> date:
        """Its last day."""
        return date(self.year, 6, 30) if self.half == _FIRST else date(self.year, 12, 31)

    def previous(self) -> Self:
        """The half-year before.

        >>> str(Semester(2026, 1).previous())
        '2025-S2'
        """
        if self.half == _FIRST:
            return type(self)(self.year - 1, _SECOND)
        return type(self)(self.year, _FIRST)


def semester_or_none(text: object) -> Semester | None:
    """The half-year written in `text`; None when it is not written as one."""
    match = _NOTATION.match(str(text))
    return Semester(int(match[1]), int(match[2])) if match else None


def last_ended(tanggal_acuan: date) -> Semester:
    """The latest half-year that is over on `tanggal_acuan`; its last day counts as over.

    A report dated 30 June or 31 December is by custom the report on the half-year ending that day.

    >>> str(last_ended(date(2026, 6, 30))), str(last_ended(date(2026, 6, 29)))
    ('2026-S1', '2025-S2')
    """
    current = Semester(tanggal_acuan.year, _FIRST if tanggal_acuan.month <= 6 else _SECOND)  # noqa: PLR2004  June
    return current if current.end <= tanggal_acuan else current.previous()
