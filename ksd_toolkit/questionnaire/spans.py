"""The first and the last day of a term that stands in one cell: `1 Januari 2024 s.d. 31 Desember 2028`."""

import re
from datetime import date
from typing import Final

from ksd_toolkit.questionnaire.cells import Manner, Parsed, Raw, unreadable
from ksd_toolkit.questionnaire.dates import parse_date
from ksd_toolkit.questionnaire.form import Field

FIRST_DAY: Final = "first_day"
LAST_DAY: Final = "last_day"
"""Formats of the two questions one column answers."""

_JOINT: Final = re.compile(
    r"\s*(?:\bs\.\s?d\.?|\bs/d\b\.?|\bs\.?d\b\.?|\bsampai(?:\s+dengan)?\b|\bhingga\b|\buntil\b|\bto\b|\u2013|\u2014|\n)\s*"
    r"|\s+-\s+",
    re.IGNORECASE,
)
_YEARS: Final = re.compile(
    r"(?:tahun\s+)?\d{4}\s*(?:-|\u2013|\u2014|/|s\.?\s?/?d\.?|sampai|hingga|to)\s*\d{4}", re.I
)
_TWO: Final = 2


def read_day_of_term(raw: Raw, text: str, question: Field, manner: Manner) -> Parsed:
    """The first or the last day of a term; no day is made up for a year, or counted from a duration."""
    days = days_of_term(text)
    if days is None:
        return unreadable("cell.term_years" if _YEARS.fullmatch(text) else "cell.term", text)
    return Parsed(days[0] if question.format == FIRST_DAY else days[1])


def days_of_term(text: str) -> tuple[date, date] | None:
    """The two full dates of a term; None where there are not just two.

    >>> days_of_term("1 Januari 2024 s.d. 31 Desember 2028")
    (datetime.date(2024, 1, 1), datetime.date(2028, 12, 31))
    """
    parts = [part for part in _JOINT.split(text) if part.strip()]
    days = [day for part in parts if (day := parse_date(part.strip()))]
    return (days[0], days[1]) if len(parts) == len(days) == _TWO else None
