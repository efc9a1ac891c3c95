"""The calendar is read back by the library and judged against days counted by hand; hostile text stays text."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from ksd_toolkit.display.hostile import legible
from ksd_toolkit.publishing.calendar_file import calendar_bytes, is_ours
from tests.agreements.conftest import TODAY, standing_of
from tests.publishing.hostile_texts import OWN, shared_texts

PLAN = {
    "no_dok": "RK-1", "jenis_dok": "RK", "jenis_ksd": "SINERGI", "judul": "Rencana; satu, dua",
    "opd_kode": "DINKES", "mitra_nama": "BPS", "status": "berlaku", "tgl_ttd": "2026-01-05",
    "mulai": "2026-01-05", "berakhir": "2026-09-30",
}  # fmt: skip
FOREIGN = {
    "no_dok": "MOU-1", "jenis_dok": "MoU", "jenis_ksd": "KSDPL", "status": "berlaku",
    "tgl_ttd": "2025-03-01", "mulai": "2025-03-01", "berakhir": "2028-02-29",
}  # fmt: skip
REPORTED = [{"no_dok": "MOU-1", "tahap": "pelaporan", "tanggal": "2026-01-06"}]


def events_of(content):
    return Calendar.from_ical(content).walk("VEVENT")


def test_days_alarms_and_stamp_are_those_counted_by_hand():
    events = events_of(calendar_bytes(standing_of([PLAN, FOREIGN]), "hss"))
    assert [(str(e["summary"]), e.decoded("dtstart")) for e in events] == [
        ("Lewat tenggat: Laporan tahunan MOU-1 kepada gubernur", date(2026, 1, 7)),
        ("RK-1 berakhir", date(2026, 9, 30)),
        ("Batas pemberitahuan perpanjangan MOU-1", date(2027, 8, 29)),  # 6 months before 29 Feb
        ("MOU-1 berakhir", date(2028, 2, 29)),
    ]
    for event in events:
        assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(days=1)
        assert event.decoded("dtstamp") == datetime(2026, 8, 31, tzinfo=UTC)
    late, ending, *_ = events
    assert late.walk("VALARM") == []
    rings = [ending.decoded("dtstart") + a.decoded("trigger") for a in ending.walk("VALARM")]
    assert rings == [
        date(2026, 4, 3), date(2026, 7, 2), date(2026, 8, 1), date(2026, 8, 31), date(2026, 9, 23),
        date(2026, 9, 30),
    ]  # fmt: skip
    assert "Rencana; satu, dua. Perangkat daerah: DINKES. Mitra: BPS." in ending["description"]
    assert "PP 28/2018 Pasal 9 ayat (1) huruf a" in ending["description"]


def test_a_duty_keeps_its_name_when_its_day_moves_and_each_year_has_its_report():
    first = events_of(calendar_bytes(standing_of([PLAN, FOREIGN]), "hss"))
    moved = [PLAN | {"berakhir": "2026-12-31"}, FOREIGN]
    later = standing_of(moved, REPORTED, today=date(2026, 9, 10))
    second = events_of(calendar_bytes(later, "hss", "en"))
    told = {str(e["uid"]): e.decoded("dtstart") for e in first}
    again = {str(e["uid"]): e.decoded("dtstart") for e in second}
    assert len(told) == len(again) == 4
    assert told.keys() - again.keys() == {str(first[0]["uid"])}
    assert again.keys() - told.keys() == {
        str(e["uid"]) for e in second if e.decoded("dtstart") == date(2027, 1, 7)
    }
    other = events_of(calendar_bytes(standing_of([PLAN]), "tapin"))
    assert str(other[0]["uid"]) not in told


@pytest.mark.parametrize("lang", ["id", "en"])
def test_hostile_text_stays_text_and_the_file_keeps_its_form(lang):
    texts = [*OWN, "A;B,C\\n\r\nEND:VEVENT\r\nBEGIN:VEVENT", "x\rATTENDEE:mailto:a@b", "\u2028y"]
    texts += [str(text) for kind in shared_texts().values() for text in kind]
    rows = [
        PLAN | {"no_dok": f"{n} {text[:40]}", "judul": text, "mitra_nama": text}
        for n, text in enumerate(texts)
    ]
    found = standing_of([{k: _storable(v) for k, v in row.items()} for row in rows])
    content = calendar_bytes(found, "hss", lang)
    assert content == calendar_bytes(found, "hss", lang)
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 and not re.search(rb"[\x00-\x08\n-\x1f]", line) for line in lines)
    events = events_of(content)
    assert len(events) == len(rows) == len(found.reminders)
    for event, row in zip(events, found.reminders.to_dict("records"), strict=True):
        assert legible(row["no_dok"]) in event["summary"]
        assert event["description"].count(legible(row["judul"])) >= 1
        assert not {"ATTENDEE", "ORGANIZER", "URL", "ATTACH"} & set(event)


def _storable(value):
    """As a file may hold it: a lone half of a character cannot be written down."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def test_nothing_due_is_an_empty_calendar_and_only_ours_are_known_as_such():
    content = calendar_bytes(standing_of([], today=TODAY), "hss")
    assert events_of(content) == []
    assert is_ours(content)
    assert not is_ours(b"BEGIN:VCALENDAR\r\nPRODID:-//Example//EN\r\nEND:VCALENDAR\r\n")
    assert not is_ours(b"")
