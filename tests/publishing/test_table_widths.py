"""No word sticks out of a column whose share is too small, as far as the page has room."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.document import Column, Table
from ksd_toolkit.publishing.table_widths import roomy


def table(*columns, rows=()):
    return Table(
        "Tabel", tuple(Column(title, width=width) for title, width in columns), tuple(rows)
    )


def shares(shown):
    total = sum(column.width for column in shown.columns)
    return [column.width / total for column in shown.columns]


def test_a_long_heading_gets_room():
    narrow = table(("No", 3), ("Recommendation", 0.4), ("Reason", 6))
    assert shares(narrow)[1] < 0.05
    assert shares(roomy(narrow))[1] == pytest.approx((14 * 4.75 + 10) / 465, abs=1e-3)


def test_a_table_with_room_stays_as_it_is():
    wide = table(("No", 1), ("Usulan", 4), ("Alasan", 4))
    assert roomy(wide) is wide


def test_a_column_as_narrow_as_its_text_is_left_to_the_layout():
    mixed = table(("Recommendation", 0), ("Reason", 6))
    assert roomy(mixed) is mixed


def test_words_break_at_hyphens():
    ids = table(("Kode", 1), ("Alasan", 9), rows=[("BAPPELITBANGDA-01", "x")])
    assert shares(roomy(ids))[0] == pytest.approx((14 * 4.75 + 10) / 465, abs=1e-3)


@given(st.lists(st.tuples(st.text("abc", max_size=18), st.floats(0.1, 9)), min_size=1, max_size=6))
def test_the_shares_still_make_a_whole_page_and_no_needed_room_is_taken(columns):
    shown = roomy(table(*columns))
    found = shares(shown)
    assert sum(found) == pytest.approx(1)
    needed = [(len(title) * 4.75 + 10) / 465 for title, _ in columns]
    if sum(needed) < 1:
        assert all(share >= need - 1e-3 for share, need in zip(found, needed, strict=True))
