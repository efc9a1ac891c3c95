"""Numbers in words: every one can be read back by a parser that knows nothing of how they were made."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.messages import (
    capital,
    date_in_words,
    decimal_in_words,
    join_first,
    month_name,
    ordinal,
    period_name,
    roman,
    rupiah_in_words,
    spell,
    weekday,
)

UNITS = {
    "nol": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7,
    "delapan": 8, "sembilan": 9,
}  # fmt: skip
SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}
ENGLISH = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
ENGLISH_SCALES = {
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
}  # fmt: skip
WHOLE = st.integers(-999_999_999_999_999, 999_999_999_999_999)


def read_indonesian(text: str) -> int:
    """The number, by reading word after word: `se-` is one, `belas` adds ten."""
    words = text.removeprefix("minus ").split()
    total = group = unit = 0
    for word in words:
        if word in {"sepuluh", "sebelas", "seratus", "seribu"}:
            if word == "seribu":
                total += 1000
            else:
                group += {"sepuluh": 10, "sebelas": 11, "seratus": 100}[word]
        elif word in UNITS:
            unit = UNITS[word]
            group += unit
        elif word in SCALES:
            total, group = total + group * SCALES[word], 0
        else:
            group += -unit + {"belas": unit + 10, "puluh": unit * 10, "ratus": unit * 100}[word]
    return (total + group) * (-1 if text.startswith("minus ") else 1)


def read_english(text: str) -> int:
    total = group = 0
    for word in text.removeprefix("minus ").replace("-", " ").replace(" and ", " ").split():
        if word in ENGLISH:
            group += ENGLISH[word]
        elif word == "hundred":
            group *= 100
        else:
            total, group = total + group * ENGLISH_SCALES[word], 0
    return (total + group) * (-1 if text.startswith("minus ") else 1)


@given(WHOLE)
def test_every_number_is_read_back(number):
    assert read_indonesian(spell(number)) == number
    assert read_english(spell(number, "en")) == number


@pytest.mark.parametrize(
    ("number", "indonesian", "english"),
    [
        (0, "nol", "zero"),
        (1, "satu", "one"),
        (10, "sepuluh", "ten"),
        (11, "sebelas", "eleven"),
        (12, "dua belas", "twelve"),
        (21, "dua puluh satu", "twenty-one"),
        (100, "seratus", "one hundred"),
        (101, "seratus satu", "one hundred and one"),
        (111, "seratus sebelas", "one hundred and eleven"),
        (1000, "seribu", "one thousand"),
        (1001, "seribu satu", "one thousand and one"),
        (1100, "seribu seratus", "one thousand one hundred"),
        (11_000, "sebelas ribu", "eleven thousand"),
        (21_000, "dua puluh satu ribu", "twenty-one thousand"),
        (101_000, "seratus satu ribu", "one hundred and one thousand"),
        (1_001_000, "satu juta seribu", "one million one thousand"),
        (2_000_000_000, "dua miliar", "two billion"),
        (1_000_000_000_000, "satu triliun", "one trillion"),
        (-7, "minus tujuh", "minus seven"),
    ],
)
def test_numbers_as_they_are_said(number, indonesian, english):
    assert (spell(number), spell(number, "en")) == (indonesian, english)


def test_a_number_beyond_the_words_stays_in_figures():
    assert spell(10**15) == "1.000.000.000.000.000"
    assert spell(-(10**15), "en") == "-1,000,000,000,000,000"
    assert spell(10**15 - 1).startswith("sembilan ratus sembilan puluh sembilan triliun")


@pytest.mark.parametrize(
    ("value", "places", "indonesian", "english"),
    [
        (74.5, 2, "tujuh puluh empat koma lima nol", "seventy-four point five zero"),
        (64.625, 2, "enam puluh empat koma enam tiga", "sixty-four point six three"),
        (-0.05, 1, "minus nol koma satu", "minus zero point one"),
        (-0.04, 1, "nol koma nol", "zero point zero"),
        (3.2, 0, "tiga", "three"),
    ],
)
def test_decimals_are_read_digit_by_digit(value, places, indonesian, english):
    assert decimal_in_words(value, places) == indonesian
    assert decimal_in_words(value, places, "en") == english


def test_money():
    assert rupiah_in_words(1_500_000) == "satu juta lima ratus ribu rupiah"
    assert rupiah_in_words(0.5) == "nol rupiah lima puluh sen"
    assert rupiah_in_words(1000.25, "en") == "one thousand rupiah and twenty-five sen"
    assert rupiah_in_words(-1000) == "minus seribu rupiah"
    assert rupiah_in_words(0) == "nol rupiah"


def test_a_date_as_a_minute_begins():
    day = date(2026, 11, 23)
    assert weekday(day) == "Senin"
    assert weekday(day, "en") == "Monday"
    assert date_in_words(day) == (
        "tanggal dua puluh tiga bulan November tahun dua ribu dua puluh enam"
    )
    assert date_in_words(day, "en") == (
        "the twenty-third day of November two thousand and twenty-six"
    )


def test_months_and_days_have_names():
    assert [month_name(month) for month in (1, 2, 8, 12)] == [
        "Januari", "Februari", "Agustus", "Desember",
    ]  # fmt: skip
    assert [weekday(date(2026, 11, day)) for day in range(23, 30)] == [
        "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "indonesian", "english"),
    [
        (1, "kesatu", "first"),
        (2, "kedua", "second"),
        (11, "kesebelas", "eleventh"),
        (12, "kedua belas", "twelfth"),
        (20, "kedua puluh", "twentieth"),
        (21, "kedua puluh satu", "twenty-first"),
        (100, "keseratus", "one hundredth"),
        (103, "keseratus tiga", "one hundred and third"),
    ],
)
def test_places_in_a_row(number, indonesian, english):
    assert (ordinal(number), ordinal(number, "en")) == (indonesian, english)


def test_a_story_begins_with_the_first():
    assert ordinal(1, counted=False) == "pertama"
    assert ordinal(2, counted=False) == "kedua"


def test_periods():
    assert period_name("2026") == "tahun 2026"
    assert period_name("2026-S2") == "semester II tahun 2026"
    assert period_name("2026-S1", "en") == "semester I of 2026"


@given(st.integers(1, 3999))
def test_roman_figures_are_read_back(number):
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    told = [values[letter] for letter in roman(number)]
    read = sum(
        -value if any(value < later for later in told[at + 1 : at + 2]) else value
        for at, value in enumerate(told)
    )
    assert read == number


def test_what_has_no_roman_figure_stays():
    assert [roman(number) for number in (0, -3, 4000)] == ["0", "-3", "4000"]


def test_only_the_first_letter_is_raised():
    assert capital("dua belas TKKSD") == "Dua belas TKKSD"
    assert capital("") == ""


@pytest.mark.parametrize(
    ("number", "lang", "text"),
    [
        (0, "id", ""),
        (1, "id", "K1"),
        (2, "id", "K1 dan K2"),
        (4, "id", "K1, K2, K3, dan K4"),  # one too many is named
        (5, "id", "K1, K2, K3, dan 2 lainnya"),
        (26, "en", "K1, K2, K3, and 23 others"),
        (1203, "id", "K1, K2, K3, dan 1.200 lainnya"),
    ],
)
def test_a_long_list_names_the_first_and_counts_the_others(number, lang, text):
    assert join_first([f"K{n}" for n in range(1, number + 1)], 3, lang) == text
