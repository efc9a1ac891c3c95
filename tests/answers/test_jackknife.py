"""The jackknife interval of alpha beside leaving groups out one by one, and Student's t beside scipy."""

import math

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from ksd_toolkit.answers.quality.coefficients import krippendorff_alpha
from ksd_toolkit.answers.quality.jackknife import (
    alpha_interval,
    student_below,
    student_quantile,
)


def scores_of_offices(seed, offices=6, units=9):
    random = np.random.default_rng(seed)
    first = random.integers(1, 6, offices * units).astype(float)
    second = np.clip(first + random.integers(-1, 2, first.size), 1, 5)
    second[random.random(first.size) < 0.1] = np.nan
    groups = np.repeat([f"OPD{n}" for n in range(offices)], units)
    return np.column_stack([first, second]), groups


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 5, 11, 26, 149, 1000])
@pytest.mark.parametrize("probability", [0.5, 0.6, 0.9, 0.95, 0.975, 0.995])
def test_student_quantile_is_that_of_scipy(freedom, probability):
    mine = student_quantile(probability, freedom)
    assert mine == pytest.approx(stats.t.ppf(probability, freedom), rel=1e-10, abs=1e-12)


@given(value=st.floats(0, 60), freedom=st.integers(1, 300))
@settings(max_examples=150, deadline=None)
def test_student_below_is_that_of_scipy(value, freedom):
    """Next to 0 SciPy is off by up to 2e-9, see the exact value below; elsewhere both agree to 1e-12."""
    near = 1e-8 if value < 1e-4 else 1e-12
    assert student_below(value, freedom) == pytest.approx(stats.t.cdf(value, freedom), abs=near)


def test_next_to_zero_student_below_is_the_arc_tangent():
    """One degree of freedom is Cauchy's distribution: 1/2 + atan(t) / pi."""
    assert student_below(1e-8, 1) == pytest.approx(0.5 + math.atan(1e-8) / math.pi, abs=1e-15)


@pytest.mark.parametrize("seed", range(8))
def test_the_interval_is_what_leaving_out_each_office_gives(seed):
    ratings, groups = scores_of_offices(seed)
    names = sorted(set(groups))
    without = [
        krippendorff.alpha(ratings[groups != name].T, level_of_measurement="ordinal")
        for name in names
    ]
    number = len(names)
    error = math.sqrt((number - 1) / number * sum((a - np.mean(without)) ** 2 for a in without))
    half = stats.t.ppf(0.975, number - 1) * error
    alpha = krippendorff_alpha(ratings)
    low, high = alpha_interval(ratings, groups, 0.95)
    assert low == pytest.approx(alpha - half, abs=1e-9)
    assert high == pytest.approx(min(alpha + half, 1), abs=1e-9)


def test_leaving_out_offices_is_wider_than_leaving_out_scores_when_offices_differ():
    """Two people of an office share their habits: scores are not independent draws."""
    random = np.random.default_rng(3)
    first = random.integers(1, 6, 80).astype(float)
    groups = np.repeat([f"OPD{n}" for n in range(8)], 10)
    agreeing = np.repeat(np.arange(8) < 5, 10)
    second = np.where(agreeing, first, random.integers(1, 6, 80))
    ratings = np.column_stack([first, second])
    wide = np.ptp(alpha_interval(ratings, groups, 0.95))
    narrow = np.ptp(alpha_interval(ratings, list(range(80)), 0.95))
    assert wide > narrow


def test_there_is_no_interval_over_one_group_or_where_alpha_is_lost_without_one():
    ratings, groups = scores_of_offices(1)
    assert all(math.isnan(end) for end in alpha_interval(ratings, ["A"] * len(groups), 0.95))
    lone = np.array([[3.0, 3.0], [3.0, 3.0], [1.0, 2.0]])
    assert all(math.isnan(end) for end in alpha_interval(lone, ["A", "B", "C"], 0.95))


def test_a_group_that_tells_nothing_does_not_count():
    ratings, groups = scores_of_offices(2)
    more = np.vstack([ratings, [[2.0, np.nan]]])
    assert alpha_interval(more, [*groups, "LAIN"], 0.95) == alpha_interval(ratings, groups, 0.95)
