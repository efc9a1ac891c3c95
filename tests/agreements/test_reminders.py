"""Reminders and their calendar count from `tanggal_acuan`, by hand-counted dates."""

from datetime import date

import pandas as pd
import pytest
from icalendar import Calendar

from ksd_toolkit.agreements import agreements_of, read_agreement_rules
from ksd_toolkit.publishing.calendar_file import calendar_bytes
from ksd_toolkit.questionnaire.form_reading import read_form

RULES = read_agreement_rules()
KINDS = {"date": "datetime64[ns]", "integer": "float64", "decimal": "float64"}
PKS = {
    "no_dok": "PKS-1", "jenis_dok": "PKS", "jenis_ksd": "KSDPK", "judul": "Layanan",
    "mitra_nama": "PT X", "opd_kode": "DINKES", "status": "berlaku", "induk_no": "KB-1",
    "tgl_ttd": "2025-01-01", "mulai": "2025-01-01", "berakhir": "2026-12-31",
}  # fmt: skip


def frame(table, rows):
    fields = read_form("evaluasi").table(table).fields
    found = pd.DataFrame(rows, columns=[field.name for field in fields])
    return found.astype({field.name: KINDS.get(field.type, "str") for field in fields})


def standing(naskah, day, tahapan=()):
    return agreements_of(frame("naskah", naskah), frame("tahapan", list(tahapan)), RULES, day)


@pytest.mark.parametrize(
    ("day", "left", "window", "state"),
    [
        (date(2026, 7, 3), 181, None, "later"), (date(2026, 7, 4), 180, 180, "due"),
        (date(2026, 10, 1), 91, 180, "due"), (date(2026, 10, 2), 90, 90, "due"),
        (date(2026, 11, 1), 60, 60, "due"), (date(2026, 12, 1), 30, 30, "due"),
        (date(2026, 12, 24), 7, 7, "due"), (date(2026, 12, 25), 6, 7, "due"),
        (date(2026, 12, 31), 0, 0, "due"),
    ],
)  # fmt: skip
def test_reminder_uses_tanggal_acuan(day, left, window, state):
    row = standing([PKS], day).reminders.to_dict("records")[0]
    assert (row["kind"], row["days_left"], row["state"]) == ("expiry", left, state)
    assert row["window"] == window or (window is None and pd.isna(row["window"]))


def test_what_is_over_falls_due_no_more():
    assert standing([PKS], date(2027, 1, 1)).reminders.empty
    assert standing([], date(2027, 1, 1)).reminders.empty


def test_pks_without_kb_is_flagged_and_sinergi_must_not_have_a_pks():
    assert "evaluation.pks_without_kb" in {
        p.code for p in standing([PKS], date(2026, 1, 1)).findings
    }
    found = standing([PKS | {"jenis_ksd": "SINERGI"}], date(2026, 1, 1)).findings
    assert "evaluation.sinergi_with_pks" in {problem.code for problem in found}


def test_an_addendum_moves_the_end_and_the_value_of_what_it_changes():
    addendum = PKS | {"no_dok": "ADD-1", "mengubah_no": "PKS-1", "tgl_ttd": "2026-06-01",
                      "berakhir": "2027-12-31", "nilai_rupiah": 5.0}  # fmt: skip
    before = standing([PKS, addendum], date(2026, 5, 31)).documents
    assert before.set_index("no_dok")["berakhir"]["PKS-1"] == pd.Timestamp("2026-12-31")
    after = standing([PKS, addendum], date(2026, 6, 1))
    (row,) = after.documents.to_dict("records")
    assert (row["no_dok"], row["berakhir"], row["nilai_rupiah"], row["amended_by"]) == (
        "PKS-1", pd.Timestamp("2027-12-31"), 5.0, "ADD-1",
    )  # fmt: skip
    circle = [PKS | {"mengubah_no": "ADD-1"}, addendum]
    found = standing(circle, date(2026, 6, 1))
    assert len(found.documents) == 2
    assert "agreements.parent_circle" in {problem.code for problem in found.findings}


def test_foreign_cooperation_is_reported_and_its_extension_notified():
    """Signed in 2024, in force to 30 June 2027: report by 7 January 2025, notice by 30 December 2026."""
    abroad = PKS | {"no_dok": "MOU-1", "jenis_dok": "MoU", "jenis_ksd": "KSDPL", "berakhir": "2027-06-30",
                    "tgl_ttd": "2024-03-01", "mulai": "2024-03-01"}  # fmt: skip
    found = standing([abroad], date(2026, 8, 31))
    due = {row["kind"]: row["due"].date() for row in found.reminders.to_dict("records")}
    assert due == {
        "report": date(2025, 1, 7),
        "notice": date(2026, 12, 30),
        "expiry": date(2027, 6, 30),
    }
    assert "agreements.report_missing" in {problem.code for problem in found.findings}


def test_the_calendar_is_read_back_and_hostile_text_stays_text():
    hostile = PKS | {
        "judul": "A;B,C\\n\r\nEND:VEVENT\r\nBEGIN:VEVENT",
        "no_dok": "P;1\r\nATTENDEE:x",
    }
    found = standing([hostile], date(2026, 8, 31))
    content = calendar_bytes(found, "hss")
    assert content == calendar_bytes(found, "hss")
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert event.decoded("dtstart") == date(2026, 12, 31)
    assert event.decoded("dtstamp").date() == date(2026, 8, 31)
    assert "ATTENDEE" not in event
    days = [-alarm.decoded("trigger").days for alarm in event.walk("VALARM")]
    assert days == [180, 90, 60, 30, 7, 0]
    assert (
        Calendar.from_ical(calendar_bytes(standing([], date(2026, 1, 1)), "hss")).walk("VEVENT")
        == []
    )
