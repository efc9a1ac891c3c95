"""A period of reporting as people write it: a year, half-year, quarter or month, under one name each."""

import re
from typing import Final

from ksd_toolkit.questionnaire.cells import Manner, Parsed, Raw, unreadable
from ksd_toolkit.questionnaire.dates import MONTHS
from ksd_toolkit.questionnaire.form import Field

_NUMBERS: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_MARKS: Final = {
    "s": "S", "smt": "S", "sem": "S", "semester": "S",
    "tw": "TW", "triwulan": "TW", "q": "TW", "kuartal": "TW", "quarter": "TW",
}  # fmt: skip
_LAST: Final = {"S": 2, "TW": 4}
_YEAR_LAST: Final = re.compile(
    r"(?P<mark>[a-z]+)[\s.-]*(?P<n>[ivx]+|\d)[\s,/-]*(?:tahun|thn|th)?\.?\s*(?P<y>\d{4})"
)
_YEAR_FIRST: Final = re.compile(
    r"(?:tahun|thn|th)?\.?\s*(?P<y>\d{4})[\s,/-]*(?P<mark>[a-z]+)[\s.-]*(?P<n>[ivx]+|\d)"
)
_MONTH: Final = re.compile(r"(?P<word>[a-z]+)\.?\s+(?P<y>\d{4})")
_ISO_MONTH: Final = re.compile(r"(?P<y>\d{4})-(?P<m>0[1-9]|1[0-2])")
_YEAR: Final = re.compile(r"(?:tahun\s+|thn\s+|th\s+)?(?P<y>\d{4})")


def read_period(raw: Raw, text: str, question: Field, manner: Manner) -> Parsed:
    """The period in a cell, under its one name; `cell.period` where it is none."""
    found = parse_period(text) if isinstance(raw, str | int | float) else ""
    return Parsed(found) if found else unreadable("cell.period", text)


def parse_period(text: str) -> str:
    """The one name of a period; nothing where the text is none.

    >>> [parse_period(t) for t in ("Tahun 2026", "Semester I 2026", "TW II 2026", "Agustus 2026")]
    ['2026', '2026-S1', '2026-TW2', '2026-08']
    """
    folded = " ".join(text.casefold().split())
    if match := _YEAR.fullmatch(folded):
        return match["y"]
    if match := _ISO_MONTH.fullmatch(folded):
        return folded
    if match := _MONTH.fullmatch(folded):
        month = MONTHS.get(match["word"])
        return f"{match['y']}-{month:02d}" if month else ""
    match = _YEAR_LAST.fullmatch(folded) or _YEAR_FIRST.fullmatch(folded)
    if match is None:
        return ""
    mark, number = _MARKS.get(match["mark"], ""), _NUMBERS.get(match["n"], 0)
    return f"{match['y']}-{mark}{number}" if mark and 0 < number <= _LAST[mark] else ""
