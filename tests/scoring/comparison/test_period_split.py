"""The exact split of a score's change: by hand, and for any answers and weights."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.scoring.comparison.period_split import additive_split, stepwise_split
from ksd_toolkit.scoring.kernel import weighted_points
from ksd_toolkit.scoring.tree import flat, tree_points

NAN = np.nan


def split(before, after, old, new=None, between=None):
    rows = [np.array([row], dtype=float) for row in (before, between or after, after)]
    weights = [np.array(w, dtype=float) for w in (old, new or old)]
    *parts, whole = additive_split(*rows, *weights)
    assert whole[0] == 0 or np.isnan(whole[0])
    return [part[0].tolist() for part in parts]


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


def test_each_cause_starts_where_the_one_before_ended():
    # 50; the second leaf lifts it by 20 to 70; 75 = (50 + 100) / 2 by the new weights:
    # -0.1 x (50 - 70) and +0.1 x (100 - 70)
    answers, base, method = split([0.5, NAN], [0.5, 1], [60, 40], [50, 50])
    assert (answers, base) == ([0, 0], [0, 20])
    assert method == pytest.approx([2, 3], abs=1e-12)
    # an answer first: 0.25 -> 0.5 of the only leaf, then the other two as above
    answers, base, method = split([0.25, NAN], [0.5, 1], [60, 40], [50, 50])
    assert (answers, base) == ([25, 0], [0, 20])
    assert method == pytest.approx([2, 3], abs=1e-12)


def test_the_method_weighs_what_is_left_when_a_leaf_goes():
    # 60; without the third leaf 20 / 60 = 33.3; by 1 : 2 instead of 2 : 1 it is 16.7
    answers, base, method = split([0.5, 0, 1], [0.5, 0, NAN], [40, 20, 40], [20, 40, 40])
    assert answers == [0, 0, 0]
    assert base == pytest.approx([0, 0, 100 / 3 - 60], abs=1e-12)
    assert method == pytest.approx([-50 / 9, -100 / 9, 0], abs=1e-12)


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


# --- under a rule that is no weighted mean ---------------------------------------------------


def rule(weights, aggregation):
    weights = np.array(weights, dtype=float)
    root = flat(len(weights), aggregation)
    return lambda values: tree_points(values, np.ones(values.shape, bool), weights, root).score


def steps(before, after, old, new):
    before, after = (np.array([row], dtype=float) for row in (before, after))
    *parts, whole = stepwise_split(before, after, after, old, new)
    return [part[0].tolist() for part in parts], whole[0]


def test_a_geometric_mean_by_hand():
    # both leaves from 0 to 1 at equal weights: 0 -> 0.1 -> 1 of 1, less the hundredth a 0 stands for:
    # sqrt(0.01) = 0.1 becomes (0.1 - 0.01) / 0.99 = 1 / 11; each leaf takes half of the whole way
    equal = rule([50, 50], "geometric")
    (answers, base, method), whole = steps([0, 0], [1, 1], equal, equal)
    assert answers == pytest.approx([50, 50], abs=1e-9)
    assert (base, method, whole) == ([0, 0], [0, 0], 0)
    (answers, _, _), _ = steps([0, 0], [1, 0], equal, equal)
    assert answers == pytest.approx([100 / 11, 0], abs=1e-9)


def test_what_is_answered_anew_or_no_longer_is_told_apart_in_steps_too():
    mean = rule([50, 50], "additive")
    for before, after, points in (([NAN, 0.5], [1, 0.5], 25), ([1, 0.5], [NAN, 0.5], -25)):
        (answers, base, _), _ = steps(before, after, mean, mean)
        assert (answers, base) == ([0, 0], [points, 0])


def test_another_way_to_compute_is_told_as_a_whole():
    (answers, _, _), whole = steps(
        [0, 1], [0, 1], rule([50, 50], "additive"), rule([50, 50], "geometric")
    )
    assert answers == [0, 0]
    assert whole == pytest.approx(100 / 11 - 50, abs=1e-9)


@given(
    st.lists(
        st.tuples(VALUE, VALUE, st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=6
    ),
    st.sampled_from(["additive", "geometric"]),
    st.sampled_from(["additive", "geometric"]),
)
def test_the_steps_add_up_to_the_whole_change(leaves, rule_old, rule_new):
    before, after, old, new = (list(column) for column in zip(*leaves, strict=True))
    before, after = ([NAN if v is None else v for v in row] for row in (before, after))
    was, is_now = rule(old, rule_old), rule(new, rule_new)
    parts, whole = steps(before, after, was, is_now)
    change = is_now(np.array([after]))[0] - was(np.array([before]))[0]
    if np.isnan(whole):
        assert np.isnan(parts).all()
    else:
        assert np.sum(parts) + whole == pytest.approx(change, abs=1e-9)


@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(1, 30)), min_size=1, max_size=6
    )
)
def test_steps_and_closed_form_agree_where_the_same_is_answered(leaves):
    before, after, weights = zip(*leaves, strict=True)
    before, after = [v / 4 for v in before], [v / 4 for v in after]
    mean = rule(weights, "additive")
    (answers, _, _), _ = steps(before, after, mean, mean)
    assert answers == pytest.approx(split(before, after, weights)[0], abs=1e-9)
