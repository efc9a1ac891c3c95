"""Parts of a score where weights are shares, groups weigh nothing or one, and a 0 counts otherwise."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.scoring.contributions import contributions
from ksd_toolkit.scoring.explanation.splits import side, split
from ksd_toolkit.scoring.tree import Node, flat, tree_points
from tests.scoring.trees import ADDED, LEAVES, MULTIPLY, TREES, WEIGHTS, answers

NAN = np.nan
ANY_TREE = pytest.mark.parametrize("root", TREES.values(), ids=TREES)
# What a geometric node takes the value 0 for; 0.01 is the usual, and must not be the only one.
LOWESTS = st.sampled_from([0.01, 0.05, 0.2])


def whole(values):
    return np.ones(np.shape(values), dtype=bool)


def differences(values, applicable, weights, root, lowest):
    """The first usulan held against each of the others."""
    first = side(values[:1], applicable[:1], weights, root, lowest)
    others = side(values[1:], applicable[1:], weights, root, lowest)
    return split(first, others, weights, root, lowest)


@ANY_TREE
@given(asked=answers(least=2), weights=WEIGHTS, lowest=LOWESTS)
def test_parts_sum_whatever_a_zero_counts_for(root, asked, weights, lowest):
    values, applicable = asked
    score = tree_points(values, applicable, weights, root, lowest).score
    parts = contributions(values, applicable, weights, root, lowest)
    np.testing.assert_allclose(np.nansum(parts, axis=1), np.nan_to_num(score), rtol=0, atol=1e-9)
    gaps = differences(values, applicable, weights, root, lowest).sum(axis=1)
    known = ~np.isnan(score[1:]) & ~np.isnan(score[0])
    np.testing.assert_allclose(gaps[known], (score[0] - score[1:])[known], rtol=0, atol=1e-9)


@ANY_TREE
@given(asked=answers(least=2), weights=WEIGHTS)
def test_weights_as_shares_of_one_part_the_points_as_percent_do(root, asked, weights):
    values, applicable = asked
    shares = weights / 2**12  # all six together weigh less than one
    for parts in (contributions, differences):
        np.testing.assert_allclose(
            parts(values, applicable, shares, root, 0.01),
            parts(values, applicable, weights, root, 0.01),
            rtol=0,
            atol=1e-9,
        )


def test_a_zero_counts_for_a_hundredth_unless_told_otherwise():
    # raised 1 and 0.01: their geometric mean 0.1 is (0.1 - 0.01) / 0.99 = 1/11 of the scale
    values, weights = np.array([[1.0, 0.0]]), np.array([50.0, 50.0])
    found = contributions(values, whole(values), weights, flat(2, MULTIPLY))
    np.testing.assert_allclose(found, [[100 / 11, 0]], atol=1e-12)


def test_a_tree_that_weighs_one_in_all_is_parted_like_any_other():
    values = np.array([[1.0, 0.5, 0.0], [0.0, 0.5, 1.0]])
    root = Node("", "additive", (2,), (Node("A", MULTIPLY, (0, 1)),))
    weights = np.array([0.25, 0.25, 0.5])
    found = differences(values, whole(values), weights, root, 0.01)
    np.testing.assert_allclose(
        found, differences(values, whole(values), weights * 100, root, 0.01), atol=1e-12
    )
    assert found[0, 0] > 0 > found[0, 2]
    assert found[0, 2] == pytest.approx(-50)
    inner = np.array([0.5, 0.5, 3.0])  # the group weighs one
    found = differences(values, whole(values), inner, root, 0.01)
    assert found[0, 2] == pytest.approx(-75)
    assert found[0, 0] > 0


def test_a_group_without_weight_has_no_part_and_takes_none():
    values = np.array([[1.0, 0.5, 0.75], [0.0, 1.0, 0.25]])
    root = Node("", "additive", (2,), (Node("A", MULTIPLY, (0, 1)),))
    weights = np.array([0.0, 0.0, 60.0])
    np.testing.assert_array_equal(
        contributions(values, whole(values), weights, root), [[0, 0, 75], [0, 0, 25]]
    )
    np.testing.assert_array_equal(
        differences(values, whole(values), weights, root, 0.01), [[0, 0, 50]]
    )
    nothing = np.zeros(3)
    for tree in (root, flat(3), flat(3, MULTIPLY)):
        assert not contributions(values, whole(values), nothing, tree).any()
        assert not differences(values, whole(values), nothing, tree, 0.01).any()


def test_what_only_one_answered_is_held_to_the_rest_of_its_node():
    """The blank counts as the mean of what was answered: (1 x 60 + 0 x 20) / 80 = 0.75."""
    values = np.array([[1.0, 0.0, NAN], [1.0, 0.0, 0.25]])
    weights = np.array([60.0, 20.0, 20.0])
    found = differences(values, whole(values), weights, flat(3), 0.01)
    np.testing.assert_allclose(found, [[0, 0, 10]], atol=1e-12)  # 20 x (0.75 - 0.25)


def test_one_is_held_against_many_or_many_against_one():
    values = np.array([[1.0, 0.0], [0.5, 0.5], [0.0, 1.0]])
    weights, root = np.array([75.0, 25.0]), flat(2)
    all_, one = (side(v, whole(v), weights, root, 0.01) for v in (values, values[:1]))
    expected = np.array([[0, 0], [37.5, -12.5], [75, -25]])
    np.testing.assert_allclose(split(one, all_, weights, root, 0.01), expected)
    np.testing.assert_allclose(split(all_, one, weights, root, 0.01), -expected)


@given(asked=answers(least=2), weights=WEIGHTS)
def test_groups_that_only_add_have_no_part_in_what_a_blank_costs(asked, weights):
    values, applicable = asked
    np.testing.assert_allclose(
        differences(values, applicable, weights, ADDED, 0.01),
        differences(values, applicable, weights, flat(LEAVES), 0.01),
        rtol=0,
        atol=1e-9,
    )


def test_a_blank_in_a_group_that_adds_counts_as_the_whole_score():
    """Answered are 40 at 1 and 40 at 0: the blank of 20 counts as 0.5, not as the 1 beside it."""
    values = np.array([[1.0, NAN, 0.0], [1.0, 0.75, 0.0]])
    root = Node("", "additive", (2,), (Node("A", "additive", (0, 1)),))
    found = differences(values, whole(values), np.array([40.0, 20.0, 40.0]), root, 0.01)
    np.testing.assert_allclose(found, [[0, -5, 0]], atol=1e-12)  # 20 x (0.5 - 0.75)
