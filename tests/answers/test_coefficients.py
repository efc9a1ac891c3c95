"""Coefficients beside published values and the tools krippendorff and pingouin, over random and edge data."""

import math

import krippendorff
import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ksd_toolkit.answers.quality.coefficients import (
    intraclass,
    kendall_w,
    krippendorff_alpha,
    mean_ranks,
)

NAN = math.nan
EXACT = 1e-12
LEVELS = ("nominal", "ordinal", "interval")


@st.composite
def ratings(draw, *, missing=True, least_units=2):
    """Units by raters with scores 1 to 5."""
    units = draw(st.integers(least_units, 14))
    raters = draw(st.integers(2, 5))
    cell = st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, *([NAN] if missing else [])])
    row = st.lists(cell, min_size=raters, max_size=raters)
    return np.array(draw(st.lists(row, min_size=units, max_size=units)))


def pingouin_tool():
    """Imported by the test that asks for it: it takes seconds, and every worker collects this file."""
    import pingouin

    return pingouin


def long_of(matrix):
    rows = [(u, r, matrix[u, r]) for u in range(len(matrix)) for r in range(matrix.shape[1])]
    return pd.DataFrame(rows, columns=["unit", "rater", "score"])


# --- Krippendorff's alpha ------------------------------------------------------------------------


def test_krippendorff_2011_reliability_data_with_missing_values():
    """Computing Krippendorff's Alpha-Reliability (2011), example C: four observers, twelve units."""
    observers = np.array(
        [
            [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
            [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
        ]
    ).T
    published = {"nominal": 0.743, "ordinal": 0.815, "interval": 0.849}
    for level, value in published.items():
        assert round(krippendorff_alpha(observers, level), 3) == value


@pytest.mark.parametrize("level", LEVELS)
@settings(max_examples=150, deadline=None)
@given(matrix=ratings())
def test_alpha_equals_the_tool_krippendorff(level, matrix):
    paired = matrix[(~np.isnan(matrix)).sum(axis=1) > 1]
    assume(len(np.unique(paired[~np.isnan(paired)])) > 1)
    theirs = krippendorff.alpha(paired.T, level_of_measurement=level)
    assert krippendorff_alpha(matrix, level) == pytest.approx(theirs, abs=EXACT)


@settings(max_examples=60, deadline=None)
@given(matrix=ratings(), seed=st.integers(0, 99))
def test_the_order_of_units_and_raters_is_of_no_account(matrix, seed):
    random = np.random.default_rng(seed)
    other = matrix[random.permutation(len(matrix))][:, random.permutation(matrix.shape[1])]
    mine, theirs = krippendorff_alpha(matrix), krippendorff_alpha(other)
    assert mine == pytest.approx(theirs, abs=EXACT, nan_ok=True)


@pytest.mark.parametrize(
    "matrix",
    [
        [[3, 3], [3, 3]],
        [[1, NAN], [NAN, 2]],
        [[NAN, NAN]],
        [[3, 3], [5, NAN]],
    ],
    ids=["constant", "never together", "nothing", "constant where two meet"],
)
def test_alpha_that_does_not_exist_is_no_number(matrix):
    assert math.isnan(krippendorff_alpha(np.array(matrix, dtype=float)))


def test_alpha_at_its_ends():
    same = np.array([[1.0, 1.0], [5.0, 5.0], [3.0, 3.0]])
    assert krippendorff_alpha(same) == 1
    assert krippendorff_alpha(np.array([[1.0, 5.0], [5.0, 1.0]])) < 0


# --- intraclass correlation ----------------------------------------------------------------------


def test_shrout_and_fleiss_1979_six_targets_four_judges():
    table = np.array(
        [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]], float
    )
    single, mean = intraclass(table)
    assert (round(single, 2), round(mean, 2)) == (0.17, 0.44)


@settings(max_examples=40, deadline=None)
@given(matrix=ratings(missing=False, least_units=5))
@pytest.mark.filterwarnings("ignore")
def test_icc_equals_the_tool_pingouin(matrix):
    assume(len(np.unique(matrix.mean(axis=1).round(9))) > 1)  # pingouin divides by what would be 0
    assume(np.ptp(matrix, axis=1).max() > 0)
    theirs = (
        pingouin_tool().intraclass_corr(long_of(matrix), "unit", "rater", "score")["ICC"].to_numpy()
    )
    single, mean = intraclass(matrix)
    assert single == pytest.approx(theirs[0], abs=EXACT)
    assert mean == pytest.approx(theirs[3], rel=EXACT, abs=EXACT)


def test_units_with_one_rating_do_not_count():
    whole = np.array([[1.0, 2.0], [4.0, 4.0], [3.0, 5.0]])
    more = np.vstack([whole, [2.0, NAN], [NAN, NAN]])
    assert intraclass(more) == pytest.approx(intraclass(whole), abs=EXACT)


@pytest.mark.parametrize("matrix", [[[1, 2]], [[2, 2], [2, 2]], [[NAN, 1], [2, NAN]]])
def test_icc_that_does_not_exist_is_no_number(matrix):
    assert all(math.isnan(value) for value in intraclass(np.array(matrix, dtype=float)))


# --- Kendall's W ---------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(matrix=ratings(missing=False))
@pytest.mark.filterwarnings("ignore")
def test_w_equals_the_tool_pingouin_with_ties(matrix):
    assume(np.ptp(matrix, axis=0).max() > 0)
    long = long_of(matrix)
    theirs = float(
        pingouin_tool().friedman(long, dv="score", within="unit", subject="rater")["W"].iloc[0]
    )
    assert kendall_w(matrix) == pytest.approx(theirs, abs=EXACT)


def test_w_at_its_ends():
    assert kendall_w(np.array([[1.0, 1.0, 1.0], [2.0, 2.0, 2.0], [4.0, 3.0, 5.0]])) == 1
    assert kendall_w(np.array([[1.0, 2.0], [2.0, 1.0]])) == 0


def test_w_leaves_out_what_somebody_did_not_judge():
    whole = np.array([[1.0, 2.0], [4.0, 3.0], [3.0, 5.0]])
    assert kendall_w(np.vstack([whole, [5.0, NAN]])) == kendall_w(whole)


@pytest.mark.parametrize("matrix", [[[1, 2]], [[1], [2]], [[2, 3], [2, 3]], [[NAN, 1], [2, NAN]]])
def test_w_that_does_not_exist_is_no_number(matrix):
    assert math.isnan(kendall_w(np.array(matrix, dtype=float)))


def test_equal_scores_share_the_mean_of_their_ranks():
    assert mean_ranks(np.array([3.0, 1.0, 3.0, 5.0])).tolist() == [2.5, 1.0, 2.5, 4.0]
