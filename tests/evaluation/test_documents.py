"""What a document is on the reference date, at the edges of its term and of the windows."""

import warnings
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.agreements.documents import STATUSES
from ksd_toolkit.evaluation.semesters import Semester, last_ended, semester_or_none

TODAY = date(2026, 8, 31)


@pytest.mark.parametrize(
    ("days", "status", "window"),
    [
        (181, "berlaku", None),
        (180, "akan_berakhir", 180),
        (91, "akan_berakhir", 180),
        (90, "akan_berakhir", 90),
        (60, "akan_berakhir", 60),
        (30, "akan_berakhir", 30),
        (8, "akan_berakhir", 30),
        (7, "akan_berakhir", 7),
        (1, "akan_berakhir", 7),
        (0, "akan_berakhir", 0),
        (-1, "berakhir", None),
    ],
)
def test_windows_at_their_edges(make_review, running, days, status, window):
    document = running | {"berakhir": (TODAY + timedelta(days=days)).isoformat()}
    found = make_review(naskah=[document]).documents.iloc[0]
    assert found["effective_status"] == status
    assert found["days_left"] == days
    assert (
        None if found["window_days"] != found["window_days"] else found["window_days"]
    ) == window


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"status": "dihentikan"}, "dihentikan"),
        ({"status": "rancangan", "tgl_ttd": None}, "rancangan"),
        ({"tgl_ttd": "2026-09-01", "mulai": "2026-09-01"}, "rancangan"),
        ({"mulai": "2026-09-01"}, "belum_mulai"),
        ({"status": "berakhir"}, "berakhir"),
        ({"status": "diperpanjang"}, "berlaku"),
        ({"status": None}, "berlaku"),
        ({"berakhir": None}, "berlaku"),
    ],
)
def test_the_stated_status_meets_the_dates(make_review, running, change, status):
    assert make_review(naskah=[running | change]).documents["effective_status"].item() == status


_DATES = st.none() | st.dates(date(2020, 1, 1), date(2032, 12, 31)).map(date.isoformat)
_DOCUMENTS = st.lists(
    st.fixed_dictionaries(
        {
            "status": st.sampled_from(
                ["rancangan", "berlaku", "diperpanjang", "dihentikan", "berakhir", None]
            ),
            "tgl_ttd": _DATES,
            "mulai": _DATES,
            "berakhir": _DATES,
        }
    ),
    max_size=12,
)


@given(_DOCUMENTS)
def test_statuses_partition_the_documents(make_review, documents):
    rows = [{"no_dok": f"D-{n}", "jenis_dok": "PKS"} | row for n, row in enumerate(documents)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = make_review(naskah=rows).documents
    assert len(found) == len(rows)
    assert found["effective_status"].isin(STATUSES).all()
    lapsing = found["effective_status"] == "akan_berakhir"
    assert (found["window_days"].notna() == lapsing).all()
    assert (found.loc[lapsing, "days_left"] <= found.loc[lapsing, "window_days"]).all()


def test_a_half_year_is_over_on_its_last_day():
    assert last_ended(date(2026, 6, 30)) == Semester(2026, 1)
    assert last_ended(date(2026, 6, 29)) == Semester(2025, 2)
    assert last_ended(date(2026, 12, 31)) == Semester(2026, 2)


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_the_half_year_before_ends_the_day_before(day):
    semester = last_ended(day)
    assert semester.end <= day
    assert semester.previous().end + timedelta(days=1) == semester.start
    assert semester_or_none(str(semester)) == semester


@pytest.mark.parametrize("text", ["2026", "2026-S3", "S1-2026", "", None, "2026-S1 "])
def test_what_is_no_half_year(text):
    assert semester_or_none(text) is None
