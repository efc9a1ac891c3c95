"""Printed numbers: every paper rounds a half up, and what floats add or lack does not show."""

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.messages import count, decimal, percent, rupiah, share, trimmed
from ksd_toolkit.messages.numbers import LOCALES, half_up

VALUES = st.integers(-(10**15), 10**15) | st.floats(-1e15, 1e15, allow_nan=False)


@given(VALUES, st.integers(0, 6), st.sampled_from(sorted(LOCALES)))
def test_signs_and_groups_are_those_of_babel(value, places, lang):
    def babel(pattern, digits):
        return format_decimal(half_up(value, digits), format=pattern, locale=LOCALES[lang])

    some = "." if places else ""
    assert count(value, lang) == babel("#,##0", 0)
    assert decimal(value, places, lang) == babel("#,##0" + some + "0" * places, places)
    assert trimmed(value, places, lang) == babel("#,##0" + some + "#" * places, places)


@pytest.mark.parametrize(
    ("value", "places", "told"),
    [
        (3.125, 2, "3,13"),
        (1.25, 1, "1,3"),
        (64.625, 2, "64,63"),
        (64.62499999999999, 2, "64,63"),
        (0.1 + 0.2, 1, "0,3"),
        (1.005, 2, "1,01"),
        (64.6249, 2, "64,62"),
        (2.5, 0, "3"),
        (-0.005, 2, "-0,01"),
        (-0.0049, 2, "0,00"),
        (-0.0, 1, "0,0"),
    ],
)
def test_a_half_is_rounded_up(value, places, told):
    assert decimal(value, places) == told


def test_counts_shares_and_money_round_alike():
    assert [count(value) for value in (0.5, 1.5, 2.5, 1234.5)] == ["1", "2", "3", "1.235"]
    assert count(12_345_678_901_234_567_890, "en") == "12,345,678,901,234,567,890"
    assert percent(12.5, 0, "en") == "13%"
    assert share(1, 8, 0, "en") == "13%"
    assert rupiah(1_250_000_000, "en") == "Rp1.3\u00a0billion"
    assert rupiah(1_000_000_000, "en") == "Rp1\u00a0billion"


def test_a_weight_shows_the_decimals_it_has():
    shown = {value: (trimmed(value), trimmed(value, 2, "en")) for value in (9, 6.25, 100 / 3, 0.5)}
    assert shown == {
        9: ("9", "9"), 6.25: ("6,25", "6.25"), 100 / 3: ("33,33", "33.33"), 0.5: ("0,5", "0.5"),
    }  # fmt: skip
