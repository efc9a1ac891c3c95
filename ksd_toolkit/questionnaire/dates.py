"""A full date as Indonesians write it; nothing of a date is ever made up.

Day and month of `03/04/2026` are told apart by the column the cell stands in: one part above 12
anywhere in it settles the matter for all.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from ksd_toolkit.questionnaire.cells import DateOrder, Manner, Note, Parsed, Raw, unreadable
from ksd_toolkit.questionnaire.form import Field

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january", "februari feb pebruari peb february", "maret mar march",
            "april apr", "mei may", "juni jun june", "juli jul july",
            "agustus agt agu agust agst ags aug august", "september sep sept",
            "oktober okt oct october", "november nov nopember nop",
            "desember des dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_DAYS: Final = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
_DAYS_IN_ENGLISH: Final = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
_WEEKDAYS: Final = {
    name: number for days in (_DAYS, _DAYS_IN_ENGLISH) for number, name in enumerate(days)
} | {"ahad": _DAYS.index("minggu")}
_HOUR: Final = re.compile(r",?\s+(pukul\s+)?\d{1,2}[:.]\d{2}([:.]\d{2})?(\s*(wib|wita|wit))?$")
_ISO: Final = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:t.*)?")
_NUMERIC: Final = re.compile(
    r"(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)(?P<y>\d{4})"
)
_NAMED: Final = re.compile(
    r"(?:(?P<day>[a-z'\u2019]+)(?:,\s*|\s+))?(?P<d>\d{1,2})[\s-]+(?P<word>[a-z]+)\.?[\s-]+(?P<y>\d{4})"
)
_PARTIAL: Final = re.compile(
    r"\d{4}(\s*(-|\u2013|\u2014|/|s\.?\s?/?d\.?)\s*\d{4})?|[a-z]+\.?\s+\d{4}|(tw|triwulan|semester|smt)\.?\s*[ivx\d]+.*|\d{1,2}[/.-]\d{1,4}"
    r"|\d{1,2}[/.-]\d{1,2}[/.-]\d{2}|\d{1,2}\s+[a-z]+\.?"
)
_ANY: Final = re.compile(
    r"\b(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}[\s-]+[a-z]+\.?[\s-]+\d{4})\b"
)
_SERIALS: Final = range(36_526, 73_051)  # 1 January 2000 to 31 December 2099
_EPOCH: Final = date(1899, 12, 30)  # day 0 of spreadsheets that count from 1900
_MONTHS_IN_A_YEAR: Final = 12
_DATE_ALONE: Final = 10  # letters of `17/08/2026`, which leave no room for an hour


def read_date(raw: Raw, text: str, question: Field, manner: Manner) -> Parsed:
    """The date in a cell: a date cell, a full date in words or figures, or a spreadsheet's day number."""
    if isinstance(raw, datetime):
        return Parsed(raw.date())
    if isinstance(raw, date):
        return Parsed(raw)
    if serial := _serial(raw, text):
        meant = _EPOCH + timedelta(days=serial)
        facts = {"value": text, "meant": _told(meant)}
        return Parsed(meant, notes=(Note("cell.date_serial", facts),))
    folded = _without_hour(text)
    if figures := _NUMERIC.fullmatch(folded):
        return _of_figures(figures, text, manner.order)
    if value := _unmistakable(folded):
        return Parsed(value)
    return _no_date(folded, raw, text)


def _no_date(folded: str, raw: Raw, text: str) -> Parsed:
    """Why a text is no date: a part of one, a weekday it does not fall on, or none at all."""
    if (named := _NAMED.fullmatch(folded)) and (meant := _named_date(named)):
        return _other_weekday(named["day"], meant, text)
    if len(_several_dates(folded)) > 1:
        return unreadable("cell.date_several", text)
    partial = _PARTIAL.fullmatch(folded) and not isinstance(raw, bool)
    return unreadable("cell.date_incomplete" if partial else "cell.date", text)


def _several_dates(folded: str) -> list[str]:
    """The full dates that stand beside each other in one cell."""
    return [match[0] for match in _ANY.finditer(folded)]


def column_order(texts: Iterable[str], default: DateOrder = "") -> DateOrder:
    """Whether a column writes the day or the month first.

    Args:
        texts: Its cells.
        default: What the form asks for; it decides where no part exceeds 12 or some contradict.
    """
    found = set()
    for figures in filter(None, (_NUMERIC.fullmatch(_without_hour(text)) for text in texts)):
        first, second = int(figures["first"]), int(figures["second"])
        if first > _MONTHS_IN_A_YEAR >= second:
            found.add("dmy")
        if second > _MONTHS_IN_A_YEAR >= first:
            found.add("mdy")
    if found == {"dmy"}:
        return "dmy"
    return "mdy" if found == {"mdy"} else default


def parse_date(text: str, order: DateOrder = "dmy") -> date | None:
    """A full date: `17 Agustus 2026`, `17/8/2026`, `2026-08-17`; else None."""
    folded = text.casefold()
    if figures := _NUMERIC.fullmatch(folded):
        value = _of_figures(figures, text, order).value
        return value if isinstance(value, date) else None
    return _unmistakable(folded)


def _of_figures(figures: re.Match[str], text: str, order: DateOrder) -> Parsed:
    """`3/4/2026` by the order of its column; `08/17/2026` is no date where the day comes first."""
    first, second, year = int(figures["first"]), int(figures["second"]), int(figures["y"])
    day_first, month_first = _date(year, second, first), _date(year, first, second)
    if day_first is None and month_first is None:
        return unreadable("cell.date", text)
    if day_first == month_first and day_first is not None:
        return Parsed(day_first)
    if order == "mdy" and month_first:
        facts = {"value": text, "meant": _told(month_first)}
        return Parsed(month_first, notes=(Note("cell.month_first", facts),))
    if order == "dmy" and day_first:
        return Parsed(day_first)
    return unreadable("cell.date_order", text)


def _without_hour(text: str) -> str:
    folded = text.casefold()
    return folded if len(folded) <= _DATE_ALONE else _HOUR.sub("", folded)


def _unmistakable(folded: str) -> date | None:
    if match := _ISO.fullmatch(folded):
        return _date(int(match["y"]), int(match["m"]), int(match["d"]))
    if match := _NAMED.fullmatch(folded):
        value = _named_date(match)
        weekday = _weekday(match["day"] or "")
        return value if value and weekday in {"", value.weekday()} else None
    return None


def _named_date(match: re.Match[str]) -> date | None:
    return _date(int(match["y"]), MONTHS.get(match["word"], 0), int(match["d"]))


def _weekday(name: str) -> int | str:
    """The number of a day of the week, Monday being 0; the name itself where it is none."""
    plain = name.replace("'", "").replace("\u2019", "")
    return _WEEKDAYS.get(plain, plain)


def _other_weekday(name: str, meant: date, text: str) -> Parsed:
    """A whole date whose day of the week is another one: either may be the slip."""
    if isinstance(_weekday(name), str):
        return unreadable("cell.date", text)
    own, english = _DAYS[meant.weekday()], _DAYS_IN_ENGLISH[meant.weekday()].capitalize()
    facts = {"meant": _told(meant), "day": own.capitalize(), "day_en": english}
    return unreadable("cell.date_weekday", text, **facts)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _told(day: date) -> str:
    return f"{day:%d-%m-%Y}"


def _serial(raw: Raw, text: str) -> int:
    """A spreadsheet's day number, which a date cell set to General shows; 0 where there is none."""
    if isinstance(raw, bool) or not re.fullmatch(r"\d{5}([.,]\d+)?", text):
        return 0
    number = int(text[:5])
    return number if number in _SERIALS else 0
