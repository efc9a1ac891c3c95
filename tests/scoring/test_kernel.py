"""The bare arithmetic: rounding, shared ranks, the additive score and its interval."""

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.scoring.kernel import round_half_up, shared_ranks, unit_values, weighted_points


@pytest.mark.parametrize(
    ("points", "printed"),
    [
        (0.005, 0.01),
        (1.005, 1.01),  # binary floating point holds 1.00499999999999989
        (2.675, 2.68),
        (45.125, 45.13),
        (59.995, 60.0),
        (74.995, 75.0),
        (74.994999, 74.99),
        (59.9949, 59.99),
        (100.0, 100.0),
        (0.0, 0.0),
    ],
)
def test_half_is_rounded_up(points, printed):
    assert round_half_up(np.array([points]), 2).tolist() == [printed]


@given(st.integers(0, 100_000))
def test_every_half_thousandth_is_rounded_up(thousandths):
    exact = Decimal(thousandths) / 1000
    printed = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert round_half_up(np.array([thousandths / 1000]), 2)[0] == float(printed)


def test_rounding_leaves_no_score_alone():
    assert np.isnan(round_half_up(np.array([np.nan]), 2)).all()


@pytest.mark.parametrize(
    ("points", "ranks"),
    [
        ([3, 2, 1], [1, 2, 3]),
        ([1, 2, 3], [3, 2, 1]),
        ([2, 2, 1], [1, 1, 3]),
        ([3, 2, 2, 1], [1, 2, 2, 4]),
        ([5, 5, 5], [1, 1, 1]),
        ([7], [1]),
        ([], []),
        ([2, np.nan, 3], [2, 0, 1]),
    ],
)
def test_equal_points_share_the_smaller_rank(points, ranks):
    assert shared_ranks(np.array(points, dtype=float)).tolist() == ranks


def test_many_draws_are_ranked_at_once():
    draws = np.array([[1.0, 2.0], [2.0, 2.0], [2.0, 1.0]])
    assert shared_ranks(draws).tolist() == [[2, 1], [1, 1], [1, 2]]


def test_values_rise_or_fall_over_the_fixed_scale():
    answers = np.array([[1, 1], [2, 2], [3.5, 3.5], [5, 5], [np.nan, np.nan]])
    values = unit_values(answers, (1.0, 5.0), np.array([True, False]))
    assert values[:4].tolist() == [[0, 1], [0.25, 0.75], [0.625, 0.375], [1, 0]]
    assert np.isnan(values[4]).all()


NAN = np.nan
WEIGHTS = np.array([50.0, 30.0, 20.0])


@pytest.mark.parametrize(
    ("what", "values", "applies", "expected"),
    [
        ("all answered", [1, 0.5, 0], [1, 1, 1], [65, 65, 65, 1]),
        ("blank leaves the base", [1, 0.5, NAN], [1, 1, 1], [81.25, 65, 85, 0.8]),
        ("TB leaves base and interval", [1, 0.5, NAN], [1, 1, 0], [81.25, 81.25, 81.25, 1]),
        ("blank beside TB", [1, NAN, NAN], [1, 1, 0], [100, 62.5, 100, 0.625]),
        ("nothing answered", [NAN, NAN, NAN], [1, 1, 1], [NAN, 0, 100, 0]),
        ("nothing applies", [NAN, NAN, NAN], [0, 0, 0], [NAN, NAN, NAN, 0]),
    ],
)
def test_score_interval_and_coverage(what, values, applies, expected):
    found = weighted_points(np.array([values]), np.array([applies], dtype=bool), WEIGHTS)
    np.testing.assert_allclose(np.array(found)[:, 0], expected, err_msg=what)
