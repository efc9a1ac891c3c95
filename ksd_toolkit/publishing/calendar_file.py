"""What falls due for the agreements as an ICS file, for the calendar of an office."""

import hashlib
from datetime import date, datetime, timedelta, timezone
from typing import Any, Final

import pandas as pd
from icalendar import Alarm, Calendar, Event

from ksd_toolkit.agreements import Agreements
from ksd_toolkit.display.hostile import legible
from ksd_toolkit.messages import say

_PRODUCT: Final = "-//ksd_toolkit//agreements//ID"
_YEARLY: Final = ("report",)


def calendar_bytes(agreements: Agreements, region: str, lang: str = "id") -> bytes:
    """Everything that falls due as all-day events, with alarms at the windows; what is overdue says so.

    The same agreements give the same bytes: DTSTAMP is the reference date, and an event keeps its UID
    from one calendar to the next, so that a later file replaces what an earlier one said. What is
    overdue rings no more: its windows are past.

    Args:
        agreements: The agreements.
        region: The name of the region's folder, part of every UID.
        lang: Language of the events.

    **Source**: RFC 5545.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for row in agreements.reminders.to_dict("records"):
        calendar.add_component(_event(row, agreements, region, lang))
    return bytes(calendar.to_ical())


def is_ours(content: bytes) -> bool:
    """Whether a file is a calendar written here, by its product identifier."""
    return content.startswith(b"BEGIN:VCALENDAR") and f"PRODID:{_PRODUCT}".encode() in content


def _event(row: dict[Any, Any], agreements: Agreements, region: str, lang: str) -> Event:
    day: date = row["due"].date()
    event = Event()
    event.add("uid", _uid(region, row))
    event.add("dtstamp", _midnight(agreements.tanggal_acuan))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    what, overdue = duty_text(row, lang), row["state"] == "overdue"
    summary = say("agreements.late_event", lang, what=what) if overdue else what
    event.add("summary", summary)
    event.add("description", _description(row, lang))
    windows = () if overdue else agreements.rules.windows_days
    for days in sorted(windows, reverse=True):
        event.add_component(_alarm(days, summary))
    return event


def duty_text(row: dict[Any, Any], lang: str = "id") -> str:
    """What falls due, of which document."""
    no_dok = legible(str(row["no_dok"]))
    return say(f"agreements.duty.{row['kind']}", lang, no_dok=no_dok)


def _description(row: dict[Any, Any], lang: str) -> str:
    blank = say("agreements.not_stated", lang)
    told = {
        name: blank if pd.isna(row[name]) else legible(str(row[name]))
        for name in ("judul", "office", "partner")
    }
    return say("agreements.event", lang, law=row["ground"].cited(lang), **told)


def _alarm(days: int, summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", -timedelta(days=days))
    return alarm


def _uid(region: str, row: dict[Any, Any]) -> str:
    """The same for the same duty, whenever it is told; every year's report is a duty of its own."""
    year = str(row["due"].year) if row["kind"] in _YEARLY else ""
    told = "\x1f".join((region, row["kind"], row["no_dok"], year))
    return f"{hashlib.sha256(told.encode()).hexdigest()[:32]}.{region}.ksd"


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=timezone.utc)  # noqa: UP017
