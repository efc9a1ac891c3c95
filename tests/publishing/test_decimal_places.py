"""Numbers of a column are told apart from texts and split at their decimal sign, in either language."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.document import Column
from ksd_toolkit.messages import decimal
from ksd_toolkit.publishing.decimal_places import decimal_places

DECIMAL = Column("Nilai", "right", kind="decimal")


def places(cells, lang="id", column=DECIMAL):
    return decimal_places(column, cells, lang)


def test_numbers_are_split_at_the_sign_of_their_language():
    found = places(["81,25", "7", "1.234,5", "belum dinilai"])
    assert found.heads == ("0", "0.000", "00")
    assert found.tails == ("", ",0", ",00")
    assert found.cells == ((2, 2), (0, 0), (1, 1), None)
    assert places(["81.25", "7", "1,234.5"], "en").tails == ("", ".0", ".00")


@pytest.mark.parametrize(
    "cells",
    [
        [],
        ["1,5", "2,5"],
        ["a", "b"],
        ["Rp750 juta", "Rp2,7 miliar"],
        ["1\u20132", "1,5"],
        ["", "\u2013"],
    ],
    ids=["none", "alike", "texts", "units", "range", "blanks"],
)
def test_what_needs_no_alignment_gets_none(cells):
    assert places(cells) is None


def test_signs_and_units_belong_to_a_number():
    found = places(["Rp1,25 juta", "Rp3 juta", "-0,5 juta"])
    assert found.heads == ("-0", "Rp0")
    assert found.tails == (" juta", ",0 juta", ",00 juta")
    assert places(["55 %", "62,5 %", "7,25 %*"]).tails == (" %", ",0 %", ",00 %*")


def test_only_columns_of_numbers_align():
    cells = ["1,5", "2,25"]
    assert places(cells, column=Column("a")) is None
    assert places(cells, column=Column("a", kind="date")) is None
    assert places(cells, column=Column("a", "right")) is not None
    assert places(cells, column=Column("a", kind="percent")) is not None


def test_whole_numbers_in_the_middle_align_at_their_end():
    assert places(["1", "12"]) is None
    assert places(["1", "12"], column=Column("a", "center", kind="integer")).heads == ("0", "00")


@given(
    st.lists(st.tuples(st.floats(-1e9, 1e9), st.integers(0, 3)), min_size=2),
    st.sampled_from(["id", "en"]),
)
def test_every_number_we_print_is_found(numbers, lang):
    cells = [decimal(number, digits, lang) for number, digits in numbers]
    found = places(cells, lang, Column("a", "center", kind="decimal"))
    if found is None:
        assert len({re.sub(r"\d", "0", cell) for cell in cells}) == 1
        return
    for cell, (head, tail) in zip(cells, found.cells, strict=True):
        assert len(cell) == len(found.heads[head]) + len(found.tails[tail])
        assert (found.tails[tail] == "") == (("," if lang == "id" else ".") not in cell)
