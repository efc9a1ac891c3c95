"""By what a page sorts: values of finished texts, worked by hand, and tables whose rows lean on each other."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.display.page_extras import alignment
from ksd_toolkit.document import Column, Table
from ksd_toolkit.messages import count, date_text, decimal, percent, rupiah
from ksd_toolkit.publishing.sorting_keys import (
    is_sortable,
    machine_date,
    machine_number,
    table_keys,
)


@pytest.mark.parametrize(
    ("text", "lang", "value"),
    [
        ("1.234,5", "id", "1234.5"),
        ("1,234.5", "en", "1234.5"),
        ("64,6\u00a0%", "id", "64.6"),
        ("64.6%", "en", "64.6"),
        ("Rp1,2\u00a0miliar", "id", "1200000000"),
        ("Rp1.2 billion", "en", "1200000000"),
        ("Rp250.000", "id", "250000"),
        ("-3", "id", "-3"),
        ("\u22123,5", "id", "-3.5"),
        ("-Rp3 juta", "id", "-3000000"),
        ("31,2-40,1", "id", "31.2"),
        ("1 dari 5", "id", "1"),
        ("\u2013", "id", None),
        ("", "id", None),
        ("belum dinilai", "id", None),
        ("DINKES-01", "id", None),
    ],
)
def test_a_finished_number_has_its_value(text, lang, value):
    assert machine_number(text, lang) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("text", "lang", "value"),
    [
        ("23 November 2026", "id", "20261123"),
        ("1 Agustus 2026", "id", "20260801"),
        ("1 August 2026", "en", "20260801"),
        ("2026-03-09", "id", "20260309"),
        ("1 August 2026", "id", None),
        ("2026", "id", None),
    ],
)
def test_a_finished_date_has_its_value(text, lang, value):
    assert machine_date(text, lang) == value


LANGS = st.sampled_from(["id", "en"])


@given(st.integers(0, 10**13), LANGS)
def test_what_we_write_is_read_back(number, lang):
    assert machine_number(count(number, lang), lang) == number
    assert machine_number(decimal(number / 100, 2, lang), lang) == Decimal(number).scaleb(-2)
    assert machine_number(percent(number / 10, 1, lang), lang) == Decimal(number).scaleb(-1)


@given(st.integers(0, 10**14), LANGS)
def test_money_in_words_is_read_back_to_its_printed_digits(number, lang):
    assert abs(machine_number(rupiah(number, lang), lang) - number) <= max(number // 20, 1)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), LANGS)
def test_dates_are_read_back(day, lang):
    assert machine_date(date_text(day, lang), lang) == day.strftime("%Y%m%d")


def table(*names, points=None, **facts):
    rows = tuple((name, str(n) if points is None else points[n]) for n, name in enumerate(names))
    return Table("Judul", (Column("Usulan"), Column("Skor", "right")), rows, **facts)


def test_a_column_of_numbers_needs_no_declaration_and_a_blank_has_no_value():
    keys = table_keys(table("a", "b", "c", "d", points=("1,5", "\u2013", "12", "0,25")), "id")
    assert keys.sorts == ("text", "number")
    assert [row[1] for row in keys.keys] == ["1.5", "", None, "0.25"]
    assert [row[1] for row in keys.pads] == ["0", "", ",00", ""]


def test_a_column_of_words_sorts_as_text():
    assert (
        table_keys(table("a", "b", "c", "d", points=("1", "baik", "2", "3")), "id").sorts[1]
        == "text"
    )


@pytest.mark.parametrize(
    "names",
    [("a", "b", "c"), ("a", "b", "c", "Jumlah"), ("a", "b", "c", "Total, semua OPD"), ("a", "", "b", "c")],
    ids=["few", "sum", "sum with words", "continued"],
)  # fmt: skip
def test_rows_that_lean_on_each_other_are_not_sorted(names):
    assert not is_sortable(table(*names))


def test_subjects_say_whether_each_row_is_about_something_of_its_own():
    assert is_sortable(table("a", "b", "c", "d", subjects=("u/1", "u/2", "u/3", "u/4")))
    assert not is_sortable(table("a", "b", "c", "d", subjects=("u/1", "u/1", "u/2", "u/3")))


def test_no_rows_and_no_columns_end_well():
    assert table_keys(Table("", (), ()), "id") is None
    assert table_keys(Table("", (Column("a"),), ()), "id") is None


def test_units_of_different_words_are_not_pushed_apart():
    keys = table_keys(table("a", "b", points=("Rp1,5 juta", "Rp12 miliar")), "id")
    assert keys is None or not any(row[1] for row in keys.pads)


def test_numbers_stand_at_the_right_unless_told_otherwise():
    assert alignment(Column("Skor", kind="decimal")) == "ksd-right"
    assert alignment(Column("Skor", "center", kind="decimal")) == "ksd-center"
    assert alignment(Column("Usulan")) == "ksd-left"
