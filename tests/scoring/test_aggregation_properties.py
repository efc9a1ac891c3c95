"""What must hold however values are put together: order, scale and company never matter, better never hurts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ksd_toolkit.scoring.kernel import goalpost_values, round_half_up, shared_ranks, unit_values
from ksd_toolkit.scoring.tree import Node, tree_points
from tests.scoring.trees import LEAVES, POSITIVE, STEPS, TREES, WEIGHTS, answers, reordered

ANY_TREE = pytest.mark.parametrize("root", TREES.values(), ids=TREES)


def same(found, expected):
    np.testing.assert_allclose(np.array(found), np.array(expected), rtol=0, atol=1e-9)


@ANY_TREE
@given(asked=answers(), weights=WEIGHTS, data=st.data())
def test_the_order_of_rows_does_not_matter(root, asked, weights, data):
    values, applicable = asked
    order = data.draw(st.permutations(range(len(values))))
    moved = tree_points(values[order], applicable[order], weights, root)
    np.testing.assert_array_equal(
        np.array(moved), np.array(tree_points(values, applicable, weights, root))[:, order]
    )


@ANY_TREE
@given(asked=answers(), weights=WEIGHTS, order=st.permutations(range(LEAVES)))
def test_the_order_of_columns_does_not_matter(root, asked, weights, order):
    values, applicable = asked
    places = [order.index(column) for column in range(LEAVES)]
    moved = tree_points(
        values[:, order], applicable[:, order], weights[order], reordered(root, places)
    )
    same(moved, tree_points(values, applicable, weights, root))


@ANY_TREE
@given(asked=answers(), weights=WEIGHTS, factor=st.floats(0.001, 1_000))
def test_the_scale_of_weights_does_not_matter(root, asked, weights, factor):
    scaled = tree_points(*asked, weights * factor, root)
    same(scaled, tree_points(*asked, weights, root))


@ANY_TREE
@given(asked=answers(least=1), weights=WEIGHTS)
def test_another_usulan_never_changes_anyones_points(root, asked, weights):
    values, applicable = asked
    alone = [
        np.array(tree_points(values[[row]], applicable[[row]], weights, root))
        for row in range(len(values))
    ]
    together = np.array(tree_points(values, applicable, weights, root))
    np.testing.assert_array_equal(np.hstack(alone), together)


@ANY_TREE
@given(asked=answers(least=1), weights=POSITIVE, data=st.data())
def test_a_better_answer_never_lowers_the_score(root, asked, weights, data):
    values, applicable = asked
    row, column = data.draw(st.integers(0, len(values) - 1)), data.draw(st.integers(0, LEAVES - 1))
    better = values.copy()
    low, high = sorted((data.draw(STEPS), data.draw(STEPS)))
    values[row, column], better[row, column] = low, high
    before, after = (tree_points(each, applicable, weights, root) for each in (values, better))
    for less, more in zip(before[:3], after[:3], strict=True):
        assert not (more[row] < less[row] - 1e-9)
    ranks = [shared_ranks(round_half_up(each.score, 2))[row] for each in (before, after)]
    assert ranks[1] <= ranks[0]


@ANY_TREE
@given(asked=answers(least=1, blanks=False), weights=POSITIVE, data=st.data())
def test_a_better_answer_raises_a_score_that_weighs_it(root, asked, weights, data):
    values, applicable = asked
    row, column = data.draw(st.integers(0, len(values) - 1)), data.draw(st.integers(0, LEAVES - 1))
    better = values.copy()
    values[row, column], better[row, column] = 0.25, 0.5
    before, after = (
        tree_points(each, applicable, weights, root).score for each in (values, better)
    )
    # a product of almost nothing rises by almost nothing
    assert after[row] > before[row] or before[row] < 1e-9


@ANY_TREE
@given(asked=answers(least=2, blanks=False), weights=WEIGHTS)
def test_a_dominated_usulan_never_stands_above_its_dominator(root, asked, weights):
    values, applicable = asked
    values[1] = np.minimum(values[0], values[1])
    ranks = shared_ranks(round_half_up(tree_points(values, applicable, weights, root).score, 2))
    for first in range(len(values)):
        for second in range(len(values)):
            if (values[first] >= values[second]).all():
                assert ranks[first] <= ranks[second]


@ANY_TREE
@given(asked=answers(), weights=WEIGHTS)
def test_points_lie_between_worst_and_best(root, asked, weights):
    score, worst, best, coverage = tree_points(*asked, weights, root)
    known = ~np.isnan(score)
    np.testing.assert_array_equal(known, coverage > 0)
    assert (worst[known] <= score[known] + 1e-9).all()
    assert (score[known] <= best[known] + 1e-9).all()
    for each in (score, worst, best):
        assert ((each >= 0) & (each <= 100 + 1e-9))[~np.isnan(each)].all()


@ANY_TREE
@given(asked=answers(), weights=POSITIVE, data=st.data())
def test_once_all_is_answered_the_score_lies_in_the_interval(root, asked, weights, data):
    values, applicable = asked
    late = data.draw(arrays(float, values.shape, elements=STEPS))
    filled = np.where(np.isnan(values), late, values)
    before, after = (tree_points(each, applicable, weights, root) for each in (values, filled))
    known = applicable.any(axis=1)
    assert (before.worst <= after.score + 1e-9)[known].all()
    assert (after.score <= before.best + 1e-9)[known].all()
    assert (after.coverage[known] == 1).all()
    same((after.worst, after.best), (after.score, after.score))


@pytest.mark.parametrize("root", [TREES["added"], TREES["multiplied"]], ids=["added", "multiplied"])
@given(asked=answers(least=1), weights=POSITIVE, data=st.data())
def test_each_late_answer_narrows_the_interval(root, asked, weights, data):
    values, applicable = asked
    row, column = data.draw(st.integers(0, len(values) - 1)), data.draw(st.integers(0, LEAVES - 1))
    values[row, column], applicable[row, column] = np.nan, True
    filled = values.copy()
    filled[row, column] = data.draw(STEPS)
    before, after = (tree_points(each, applicable, weights, root) for each in (values, filled))
    assert before.worst[row] <= after.worst[row] + 1e-9
    assert after.best[row] <= before.best[row] + 1e-9
    assert after.coverage[row] > before.coverage[row]


def test_a_good_answer_may_lift_the_weight_of_a_weak_group():
    # Answered, the first leaf makes the group weigh 3 of 19 instead of 2 of 18; the 0 beside it keeps
    # the group at (0.01 ** (2 / 3) - 0.01) / 0.99, about 0.037, below the 0.125 of the rest.
    root = Node("", "additive", (2,), (Node("A", "geometric", (0, 1)),))
    values, weights = np.array([[np.nan, 0.0, 0.125]]), np.array([1.0, 2.0, 16.0])
    filled = np.array([[1.0, 0.0, 0.125]])
    applicable = np.ones((1, 3), dtype=bool)
    before, after = (tree_points(each, applicable, weights, root) for each in (values, filled))
    group = (0.01 ** (2 / 3) - 0.01) / 0.99
    assert before.score == pytest.approx([100 * 16 * 0.125 / 18])
    assert after.score == pytest.approx([100 * (3 * group + 16 * 0.125) / 19])
    assert before.worst <= after.score < before.score <= before.best


@ANY_TREE
@given(value=STEPS, weights=POSITIVE)
def test_the_same_value_everywhere_is_the_score(root, value, weights):
    values = np.full((1, LEAVES), value)
    applicable = np.ones(values.shape, dtype=bool)
    np.testing.assert_allclose(
        np.array(tree_points(values, applicable, weights, root))[:3, 0], 100 * value, atol=1e-9
    )


# --- goalposts -------------------------------------------------------------------------------


def test_goalposts_by_hand():
    found = goalpost_values(np.array([[20.0, 85.0, 52.5, 98.0, 7.0, np.nan]]), 20.0, 85.0)
    np.testing.assert_allclose(found, [[0, 1, 0.5, 1.2, -0.2, np.nan]])
    capped = goalpost_values(np.array([[98.0, 7.0, np.nan]]), 20.0, 85.0, cap=True)
    np.testing.assert_allclose(capped, [[1, 0, np.nan]])


def test_less_is_better_between_turned_goalposts():
    counts = np.array([[1.0, 2.0, 5.0]])
    np.testing.assert_allclose(goalpost_values(counts, 5.0, 1.0), [[1, 0.75, 0]])
    falling = unit_values(counts, (1.0, 5.0), np.array([False, False, False]))
    np.testing.assert_allclose(falling, [[1, 0.75, 0]])
