"""Values at and beyond the goalposts, and points that do not depend on how large the weights are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ksd_toolkit.scoring.kernel import goalpost_values, weighted_points

STEPS = st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0, np.nan])


def values_of_years(*years, **how):
    """Life expectancy between the goalposts 20 and 85 of the human development index."""
    return goalpost_values(np.array(years), 20.0, 85.0, **how).tolist()


def test_a_goalpost_counts_nothing_or_one():
    assert values_of_years(20.0, 52.5, 85.0) == [0, 0.5, 1]
    assert values_of_years(20.0, 52.5, 85.0, cap=True) == [0, 0.5, 1]


def test_beyond_a_goalpost_counts_on_unless_it_is_capped():
    assert values_of_years(7.0, 98.0) == [-0.2, 1.2]
    assert values_of_years(7.0, 98.0, cap=True) == [0, 1]


def test_less_is_better_where_the_low_goalpost_lies_above_the_high_one():
    # 0 cases of 200 at most are best
    cases = np.array([200.0, 150.0, 0.0, 300.0])
    assert goalpost_values(cases, 200.0, 0.0).tolist() == [0, 0.25, 1, -0.5]


def test_every_criterion_has_goalposts_of_its_own():
    answers = np.array([[2.0, 30.0], [4.0, np.nan]])
    values = goalpost_values(answers, np.array([0.0, 20.0]), np.array([4.0, 40.0]))
    np.testing.assert_array_equal(values, [[0.5, 0.5], [1, np.nan]])


@pytest.mark.parametrize("whole", [1.0, 0.5, 100.0, 10_000.0])
def test_weights_may_be_shares_of_one_or_percent(whole):
    # 50, 30 and 20 of a hundred: 1 x 50 + 0.5 x 30 = 65 of 80 answered
    weights = np.array([0.5, 0.3, 0.2]) * whole
    values = np.array([[1.0, 0.5, np.nan]])
    found = weighted_points(values, np.ones((1, 3), dtype=bool), weights)
    np.testing.assert_allclose(np.array(found)[:, 0], [81.25, 65, 85, 0.8])


@given(
    arrays(float, (3, 4), elements=STEPS),
    arrays(bool, (3, 4)),
    arrays(float, 4, elements=st.integers(0, 30).map(float)),
)
def test_halving_every_weight_changes_no_point(values, applicable, weights):
    """To the last bit, however often: only what the weights are to each other counts."""
    whole = weighted_points(values, applicable, weights)
    for halvings in (1, 7, 20):
        np.testing.assert_array_equal(
            np.array(whole), np.array(weighted_points(values, applicable, weights / 2**halvings))
        )


def test_weight_on_nothing_but_what_is_blank_or_out_of_place_gives_no_score():
    """0 of 0 is no score, and is no coverage either; it is neither 0 points nor a warning."""
    values = np.array([[np.nan, 0.5], [0.5, np.nan], [0.5, np.nan]])
    applicable = np.array([[True, True], [False, True], [False, False]])
    found = weighted_points(values, applicable, np.array([80.0, 0.0]))
    np.testing.assert_array_equal(found.score, [np.nan, np.nan, np.nan])
    np.testing.assert_array_equal(found.worst, [0, np.nan, np.nan])
    np.testing.assert_array_equal(found.best, [100, np.nan, np.nan])
    assert found.coverage.tolist() == [0, 0, 0]
