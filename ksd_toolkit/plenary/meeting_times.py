"""When the meeting began and ended: times as people write them, and an end that comes after the beginning."""

import re
from datetime import time
from typing import Final

from ksd_toolkit.errors import Problem
from ksd_toolkit.plenary.record import Entry
from ksd_toolkit.plenary.rules import rules

_TIME: Final = re.compile(
    r"(?:pukul|jam)?\s*(?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2})(?:[.:]\d{2})?)?\s*(?P<zone>[a-z]*)\.?",
    re.IGNORECASE,
)
_SHOWN: Final = 40


def check_times(entry: Entry, problems: list[Problem]) -> None:
    """Tell a time that cannot be read, and a meeting that ended before it began."""
    starts, ends = _time(entry, "mulai", problems), _time(entry, "selesai", problems)
    if starts is not None and ends is not None and ends <= starts:
        facts = {"starts": entry.text("mulai"), "ends": entry.text("selesai")}
        problems.append(Problem("plenary.time_order", entry.at("selesai"), facts))


def read_time(text: str) -> time | None:
    """A time of day as people write it; None for anything else.

    >>> read_time("pukul 09.30 WITA")
    datetime.time(9, 30)
    >>> read_time("jam sembilan") is None
    True
    """
    found = _TIME.fullmatch(text)
    if found is None or found["zone"].casefold() not in {"", *rules()["times"]["zones"]}:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None  # noqa: PLR2004  a clock


def _time(entry: Entry, key: str, problems: list[Problem]) -> time | None:
    """The time under a key; a meeting may be open-ended in words, and a blank stays blank."""
    text = entry.text(key)
    if not text or (key == "selesai" and text.casefold() in rules()["times"]["open_end"]):
        return None
    found = read_time(text)
    if found is None:
        problems.append(Problem("plenary.time", entry.at(key), {"found": text[:_SHOWN]}))
    return found
