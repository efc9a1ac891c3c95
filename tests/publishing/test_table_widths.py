"""No word sticks out of a column whose share is too small, as far as the page has room."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.document import Column, Table
from ksd_toolkit.publishing.fonts import FALLBACK, SANS, text_width
from ksd_toolkit.publishing.line_breaks import row_height, words_of
from ksd_toolkit.publishing.room_division import capped, divided, filled, grown
from ksd_toolkit.publishing.table_widths import PADDING_X, TableFont, laid_out

ROOM = 465.0
FONT = TableFont(SANS, 8.7)


def table(*columns, rows=()):
    return Table(
        "Tabel", tuple(Column(title, width=width) for title, width in columns), tuple(rows)
    )


def setting(shown, room=ROOM):
    return laid_out(shown, [None] * len(shown.columns), room, FONT)


def printed(word, size=FONT.size, *, strong=False):
    return text_width(word, SANS, size, strong=strong) + 2 * PADDING_X


def test_a_long_heading_gets_room():
    found = setting(table(("No", 3), ("Recommendation", 0.4), ("Reason", 6)))
    assert found.widths[1] >= printed("Recommendation", strong=True) > ROOM * 0.4 / 9.4
    assert sum(found.widths) == pytest.approx(ROOM, abs=0.1)
    assert found.size == FONT.size


def test_shares_divide_the_page_where_every_word_fits():
    found = setting(table(("No", 1), ("Usulan", 4), ("Alasan", 5)))
    assert found.widths == pytest.approx((46.5, 186, 232.5), abs=0.02)


def test_a_column_without_a_share_is_as_wide_as_its_text():
    found = setting(table(("Nama", 0), ("Alasan", 6), rows=[("satu dua tiga", "x")]))
    assert found.widths[0] == pytest.approx(printed("satu dua tiga"), rel=0.04)
    assert sum(found.widths) == pytest.approx(ROOM, abs=0.1)


def test_a_table_of_short_texts_is_no_wider_than_they_are():
    assert sum(setting(table(("A", 0), ("B", 0))).widths) < 60


def test_words_break_at_hyphens_and_not_before_a_number():
    assert words_of("BAPPELITBANGDA-01 lintas-batas dan/atau 1\u20132") == [
        "BAPPELITBANGDA-01", "lintas-", "batas", "dan/", "atau", "1\u2013", "2",
    ]  # fmt: skip
    assert "".join(words_of("satu dan/atau dua", spaces=True)) == "satu dan/atau dua"


def test_the_type_shrinks_before_a_word_breaks():
    names = [("Pertanggungjawaban", 1)] * 6
    found = setting(table(*names))
    assert found.size < FONT.size
    assert all(found.fits)


def test_an_endless_word_takes_what_the_others_leave():
    found = setting(table(("No", 0), ("Kode", 1), rows=[("1", "x" * 500)]))
    assert found.fits == (True, False)
    assert sum(found.widths) == pytest.approx(ROOM, abs=0.1)


def test_letters_are_measured_in_the_font_that_prints_them():
    assert text_width("mm", SANS, 10) == 2 * text_width("m", SANS, 10)
    assert text_width("\U0001f600", SANS, 10) == text_width("\U0001f600", FALLBACK, 10)
    assert text_width("m", SANS, 10, strong=True) > text_width("m", SANS, 10)


def test_a_row_is_as_tall_as_its_longest_cell():
    limits = (100.0, 100.0)
    one = row_height(("a", "b"), limits, SANS, 10)
    assert row_height(("a", "kata " * 40), limits, SANS, 10) > 8 * (one - 7.6)
    assert row_height(("x" * 400, "b"), limits, SANS, 10) > 15 * (one - 7.6)
    assert row_height((), (), SANS, 10) == one


def test_division_worked_by_hand():
    assert capped([10.0, 50.0, 90.0], 100.0) == [10.0, 45.0, 45.0]
    assert grown([10.0, 10.0], [30.0, 10.0], 30.0) == [20.0, 10.0]
    assert grown([10.0], [10.0], 5.0) == [10.0]
    assert divided([1.0, 1.0, 2.0], [40.0, 0.0, 0.0], 100.0) == [40.0, 20.0, 40.0]
    assert divided([], [], 100.0) == []


@given(st.lists(st.tuples(st.text("abc", max_size=18), st.floats(0, 9)), min_size=1, max_size=14))
def test_the_widths_never_exceed_the_page_and_no_needed_room_is_taken(columns):
    found = setting(table(*columns))
    assert sum(found.widths) <= ROOM + 0.1
    needed = [printed(title, found.size, strong=True) for title, _ in columns]
    for width, need, fits in zip(found.widths, needed, found.fits, strict=True):
        assert width >= need - 0.02 or not fits
    if sum(needed) * 1.05 < ROOM:
        assert all(found.fits)


def test_no_column_is_wider_than_its_text_while_another_breaks_into_lines():
    long = "Pemeliharaan pilar batas dan pelayanan warga perbatasan " * 4
    found = setting(table(("Usulan", 4), ("Bobot", 1), ("Beda", 1), rows=[(long, "1\u20133", "2")]))
    assert found.widths[1] == pytest.approx(printed("Bobot", strong=True), rel=0.04)
    assert found.widths[0] > 0.8 * ROOM
    assert sum(found.widths) == pytest.approx(ROOM, abs=0.1)


SHARES = st.lists(
    st.tuples(st.floats(0.1, 9), st.floats(1, 80), st.floats(0, 300)), min_size=1, max_size=9
)


@given(columns=SHARES)
def test_a_width_fills_what_is_wanted_before_it_goes_beyond(columns):
    shares, needs = [one[0] for one in columns], [one[1] for one in columns]
    wanted = [need + more for _, need, more in columns]
    for room in (sum(needs), (sum(needs) + sum(wanted)) / 2, sum(wanted) + 50):
        widths = filled(shares, needs, wanted, room)
        assert sum(widths) == pytest.approx(room)
        assert all(width >= need - 1e-6 for width, need in zip(widths, needs, strict=True))
        if room <= sum(wanted):
            assert all(width <= want + 1e-6 for width, want in zip(widths, wanted, strict=True))


def test_a_column_left_blank_keeps_its_share_to_be_written_in():
    long = "Pengelolaan persampahan kawasan perbatasan " * 4
    found = setting(table(("Usulan", 3), ("Catatan", 3), rows=((long, ""), (long, ""))))
    assert found.widths[1] == pytest.approx(ROOM / 2, abs=0.1)


def test_a_blank_column_without_a_share_takes_no_more_than_its_title():
    long = "Alasan bobot yang ditulis panjang " * 4
    found = setting(table(("Kriteria", 4), ("Sepakat", 0), ("Alasan", 5), rows=((long, "", long),)))
    assert found.widths[1] < 1.2 * printed("Sepakat", strong=True)
