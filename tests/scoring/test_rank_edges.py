"""Ranks as one would count them by hand: how many stand before, whatever the list looks like."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from ksd_toolkit.scoring.kernel import round_half_up, shared_ranks

HUNDREDTHS = st.one_of(st.integers(-3, 3).map(lambda n: n / 100), st.just(np.nan))


@given(arrays(float, array_shapes(min_dims=1, max_dims=3, max_side=6), elements=HUNDREDTHS))
def test_a_rank_is_one_more_than_how_many_have_more_points(points):
    above = (points[..., None, :] > points[..., :, None]).sum(axis=-1)
    expected = np.where(np.isnan(points), 0, above + 1)
    found = shared_ranks(points)
    np.testing.assert_array_equal(found, expected)
    assert found.dtype == np.int64


def test_nothing_below_and_nothing_above_zero_are_the_same_points():
    assert shared_ranks(np.array([0.0, -0.0, -1.0])).tolist() == [1, 1, 3]


def test_those_without_a_score_shift_nobody():
    points = np.array([np.nan, 2.0, np.nan, 2.0, 5.0, 1.0])
    assert shared_ranks(points).tolist() == [0, 2, 0, 2, 1, 4]
    assert shared_ranks(np.full(3, np.nan)).tolist() == [0, 0, 0]


def test_draws_of_one_usulan_and_no_draws_are_ranked():
    assert shared_ranks(np.array([[3.0], [np.nan]])).tolist() == [[1], [0]]
    assert shared_ranks(np.empty((0, 4))).shape == (0, 4)
    assert shared_ranks(np.empty((4, 0))).shape == (4, 0)


@pytest.mark.parametrize(
    ("decimals", "printed"), [(0, 46.0), (1, 45.7), (2, 45.68), (3, 45.675), (4, 45.675)]
)
def test_points_are_printed_to_as_many_decimals_as_the_method_says(decimals, printed):
    assert round_half_up(np.array([45.675]), decimals).tolist() == [printed]


def test_half_is_rounded_up_below_zero_too():
    """Net flows may be negative: up is towards the better."""
    found = round_half_up(np.array([-0.125, -0.135, -12.344, -12.346]), 2)
    np.testing.assert_allclose(found, [-0.12, -0.13, -12.34, -12.35], rtol=0, atol=1e-12)


def test_what_lies_truly_below_the_half_is_not_lifted():
    # the guard is a billionth of the last printed place, no more
    assert round_half_up(np.array([74.99499, 74.994999, 74.99499999]), 2).tolist() == [74.99] * 3
