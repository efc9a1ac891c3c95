"""The exact split of a score's change: by hand, and for any answers and weights."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.scoring.comparison.period_split import additive_split
from ksd_toolkit.scoring.kernel import weighted_points

NAN = np.nan


def split(before, after, old, new=None, between=None):
    rows = [np.array([row], dtype=float) for row in (before, between or after, after)]
    weights = [np.array(w, dtype=float) for w in (old, new or old)]
    return [part[0].tolist() for part in additive_split(*rows, *weights)]


def score(values, weights):
    values = np.array([values], dtype=float)
    return weighted_points(values, np.ones(values.shape, bool), np.array(weights, float)).score[0]


def test_an_answer_counts_by_its_weight():
    # 30 of 100 points of weight, half a step of two: 0.25 -> 0.75
    assert split([0.25, 0.5], [0.75, 0.5], [30, 70]) == [[15, 0], [0, 0], [0, 0]]


def test_a_leaf_answered_anew_lifts_by_what_it_lies_above_the_score():
    # 50 of the first leaf alone; the second is 100: (100 - 50) x 40 / 100
    assert split([0.5, NAN], [0.5, 1], [60, 40]) == [[0, 0], [0, 20], [0, 0]]
    # and takes the same away when it goes
    assert split([0.5, 1], [0.5, NAN], [60, 40]) == [[0, 0], [0, -20], [0, 0]]


def test_another_weight_counts_by_how_far_the_leaf_lies_from_the_score():
    # 75 = (100 + 50) / 2; weights 50, 50 -> 70, 30: +0.2 x (100 - 75) and -0.2 x (50 - 75)
    answers, base, method = split([1, 0.5], [1, 0.5], [50, 50], [70, 30])
    assert (answers, base) == ([0, 0], [0, 0])
    assert method == pytest.approx([5, 5], abs=1e-12)


def test_a_leaf_the_old_method_had_not_is_the_methods_doing():
    answers, base, method = split([1, NAN], [1, 0], [100, 0], [80, 20])
    assert (answers, base) == ([0, 0], [0, 0])
    assert sum(method) == pytest.approx(-20, abs=1e-12)


def test_other_ends_of_a_scale_are_the_methods_doing():
    assert split([0.5], [0.25], [100], between=[0.5]) == [[0], [0], [-25]]


def test_no_weight_of_the_old_method_answered_today_gives_no_split():
    parts = split([0.5, NAN], [NAN, 1], [100, 0], [0, 100])
    assert np.isnan(parts).all()


VALUE = st.one_of(st.none(), st.integers(1, 5).map(lambda answer: (answer - 1) / 4))


@given(
    st.lists(
        st.tuples(VALUE, VALUE, st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=8
    )
)
def test_the_parts_add_up_to_the_whole_change(leaves):
    before, after, old, new = (list(column) for column in zip(*leaves, strict=True))
    before, after = ([NAN if v is None else v for v in row] for row in (before, after))
    parts = np.array(split(before, after, old, new))
    change = score(after, new) - score(before, old)
    if np.isnan(score(after, old)) or np.isnan(change):
        assert np.isnan(parts).all()
    else:
        assert parts.sum() == pytest.approx(change, abs=1e-9)
        if old == new:
            assert not parts[2].any()
        if before == after:
            assert not parts[0].any()
        unmoved = [a == b for a, b in zip(before, after, strict=True)]
        assert not parts[0][unmoved].any()
