"""Parts of a score: they sum to it, are Shapley values where values are added, and follow the hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ksd_toolkit.scoring.contributions import contributions, logarithmic_mean
from ksd_toolkit.scoring.explanation.splits import side, split
from ksd_toolkit.scoring.kernel import weighted_points
from ksd_toolkit.scoring.preference import Preference
from ksd_toolkit.scoring.promethee import flows_matrix
from ksd_toolkit.scoring.tree import Node, flat, tree_points
from tests.scoring.trees import (
    LEAVES,
    POSITIVE,
    STEPS,
    TREES,
    WEIGHTS,
    answers,
    any_trees,
    shapley,
)

LOWEST = 0.01
NAN = np.nan
ANY_TREE = pytest.mark.parametrize("root", TREES.values(), ids=TREES)
FIVE = arrays(float, (2, 5), elements=STEPS)
FIVE_WEIGHTS = arrays(float, 5, elements=st.integers(1, 40).map(float))


def whole(values):
    return np.ones(np.shape(values), dtype=bool)


def scored(values, applicable, weights, root):
    return tree_points(values, applicable, weights, root, LOWEST).score


def differences(mine, others, weights, root):
    """Parts of the differences between usulan given as pairs of values and what applies."""
    sides = (side(*one, weights, root, LOWEST) for one in (mine, others))
    return split(*sides, weights, root, LOWEST)


# --- by hand ---------------------------------------------------------------------------------


def test_added_values_by_hand():
    values, weights = np.array([[1.0, 0.5, NAN], [0.0, 0.25, 1.0]]), np.array([50.0, 30.0, 20.0])
    found = contributions(values, whole(values), weights, flat(3))
    np.testing.assert_allclose(found, [[62.5, 18.75, NAN], [0, 7.5, 20]])


def test_what_does_not_apply_has_no_part():
    values, applicable = np.array([[1.0, 0.5]]), np.array([[True, False]])
    found = contributions(values, applicable, np.array([60.0, 40.0]), flat(2))
    np.testing.assert_array_equal(found, [[100, NAN]])


def test_multiplied_values_share_the_points_by_their_logarithms():
    # raised: 1, and 0.1 of 1 (value 1/11); above the lowest 0.01 by two and by one power of ten
    values = np.array([[1.0, (0.1 - 0.01) / 0.99, 0.0]])
    weights = np.array([1.0, 1.0, 2.0])
    found = contributions(values, whole(values), weights, flat(3, "geometric"), LOWEST)[0]
    assert found[2] == 0
    assert found[0] == pytest.approx(2 * found[1])
    score = 100 * ((1 * 0.1 * 0.01 * 0.01) ** 0.25 - 0.01) / 0.99
    assert found.sum() == pytest.approx(score, abs=1e-9)


def test_a_group_that_multiplies_below_a_sum_keeps_its_points():
    root = Node("", "additive", (2,), (Node("A", "geometric", (0, 1)),))
    values, weights = np.array([[1.0, 0.5, 0.5]]), np.array([30.0, 10.0, 60.0])
    group = ((0.01 + 0.99 * 0.5) ** 0.25 - 0.01) / 0.99
    found = contributions(values, whole(values), weights, root, LOWEST)[0]
    assert found[2] == pytest.approx(30.0)
    assert found[:2].sum() == pytest.approx(40 * group)
    shares = np.log(100) * 30, np.log((0.01 + 0.99 * 0.5) / 0.01) * 10
    assert found[0] / found[1] == pytest.approx(shares[0] / shares[1])


def test_net_flows_give_and_take_points():
    answers_ = np.array([[5.0, 1.0], [3.0, 2.0], [1.0, NAN]])
    flows = flows_matrix(answers_, [Preference("usual")] * 2)
    found = contributions(flows, whole(flows), np.array([75.0, 25.0]), flat(2))
    np.testing.assert_allclose(found, [[75, -25], [0, 25], [-100, NAN]])


@pytest.mark.parametrize(
    ("first", "second", "mean"),
    [(1.0, np.e, np.e - 1), (0.5, 0.5, 0.5), (0.01, 1.0, 0.99 / np.log(100)), (2.0, 4.0, 2 / np.log(2))],
)  # fmt: skip
def test_logarithmic_mean(first, second, mean):
    for pair in ((first, second), (second, first)):
        assert logarithmic_mean(*map(np.array, pair)) == pytest.approx(mean, rel=1e-14)


@given(st.floats(0.01, 1.0), st.floats(-1e-9, 1e-9))
def test_logarithmic_mean_of_near_numbers_lies_between_them(number, step):
    near = number * (1 + step)
    found = logarithmic_mean(np.array(number), np.array(near))
    assert found == pytest.approx((number + near) / 2, rel=1e-15)


# --- what must hold for any answers ----------------------------------------------------------


@ANY_TREE
@given(asked=answers(), weights=WEIGHTS)
def test_contributions_sum_to_the_score(root, asked, weights):
    values, applicable = asked
    found = contributions(values, applicable, weights, root, LOWEST)
    score = scored(values, applicable, weights, root)
    np.testing.assert_allclose(np.nansum(found, axis=1), np.nan_to_num(score), rtol=0, atol=1e-9)
    np.testing.assert_array_equal(np.isnan(found), np.isnan(values) | ~applicable)
    assert (np.nan_to_num(found) >= 0).all()
    assert (found[values == 0] == 0)[applicable[values == 0]].all()


@ANY_TREE
@given(asked=answers(least=2), weights=WEIGHTS)
def test_differences_sum_to_the_difference(root, asked, weights):
    values, applicable = asked
    score = scored(values, applicable, weights, root)
    found = differences((values[:1], applicable[:1]), (values[1:], applicable[1:]), weights, root)
    known = ~np.isnan(score[1:]) & ~np.isnan(score[0])
    gap = score[0] - score[1:]
    np.testing.assert_allclose(found.sum(axis=1)[known], gap[known], rtol=0, atol=1e-9)


@given(any_trees(), answers(least=2), WEIGHTS)
def test_parts_sum_in_a_tree_of_any_depth(root, asked, weights):
    values, applicable = asked
    score = scored(values, applicable, weights, root)
    found = contributions(values, applicable, weights, root, LOWEST)
    np.testing.assert_allclose(np.nansum(found, axis=1), np.nan_to_num(score), rtol=0, atol=1e-9)
    gaps = differences((values[:1], applicable[:1]), (values[1:], applicable[1:]), weights, root)
    known = ~np.isnan(score[1:]) & ~np.isnan(score[0])
    gap = score[0] - score[1:]
    np.testing.assert_allclose(gaps.sum(axis=1)[known], gap[known], rtol=0, atol=1e-9)


@ANY_TREE
@given(asked=answers(least=2), weights=POSITIVE)
def test_equal_answers_are_no_difference(root, asked, weights):
    values, applicable = asked
    values[1] = np.where(np.arange(LEAVES) < 3, values[0], values[1])
    applicable[1] = applicable[0]
    found = differences((values[:1], applicable[:1]), (values[1:2], applicable[1:2]), weights, root)
    both = applicable[0] & ~np.isnan(values[:2]).any(axis=0)
    known = ~np.isnan(scored(values[:2], applicable[:2], weights, root)).any()
    same_ = both & (values[0] == values[1]) & known
    np.testing.assert_allclose(found[0][same_], 0, atol=1e-9)


@ANY_TREE
@given(asked=answers(least=1, blanks=False), weights=POSITIVE, border=st.floats(0.01, 0.99))
def test_against_a_border_parts_sum_to_the_distance(root, asked, weights, border):
    values, applicable = asked
    at = np.full((1, LEAVES), border), whole(np.empty((1, LEAVES)))
    # a uniform usulan has the border's points under every tree
    np.testing.assert_allclose(scored(*at, weights, root), 100 * border, rtol=0, atol=1e-9)
    found = differences((values, applicable), at, weights, root)
    gap = scored(values, applicable, weights, root) - 100 * border
    np.testing.assert_allclose(found.sum(axis=1), gap, rtol=0, atol=1e-9)
    signs = np.sign(values - border) * (np.abs(found) > 1e-9)
    assert (signs * found >= 0).all()


@given(FIVE, FIVE_WEIGHTS)
def test_added_differences_are_shapley_values(pair, weights):
    mine, other = pair

    def worth(coalition):
        mixed = np.where([leaf in coalition for leaf in range(5)], mine, other)[None]
        return weighted_points(mixed, whole(mixed), weights).score[0]

    root = Node(
        "", "additive", (4,), (Node("A", "additive", (0, 1)), Node("B", "additive", (2, 3)))
    )
    expected = shapley(worth, 5)
    for tree in (root, flat(5)):
        found = differences(
            (mine[None], whole(mine[None])), (other[None], whole(other[None])), weights, tree
        )
        np.testing.assert_allclose(found[0], expected, rtol=0, atol=1e-9)
    parts = contributions(pair, whole(pair), weights, flat(5))
    np.testing.assert_allclose(parts[0] - parts[1], expected, rtol=0, atol=1e-9)


@given(arrays(float, (5, 3), elements=st.integers(1, 5).map(float)), st.data())
def test_flows_part_by_criterion(answers_, data):
    weights = np.array(data.draw(st.lists(st.integers(1, 40), min_size=3, max_size=3)), dtype=float)
    flows = flows_matrix(answers_, [Preference("linear", q=0.0, p=4.0)] * 3)
    found = contributions(flows, whole(flows), weights, flat(3))
    score = weighted_points(flows, whole(flows), weights).score
    np.testing.assert_allclose(found.sum(axis=1), score, rtol=0, atol=1e-9)
    # what one criterion gives to some it takes from others
    np.testing.assert_allclose(found.sum(axis=0), 0, atol=1e-9)
    gaps = differences((flows[:1], whole(flows[:1])), (flows, whole(flows)), weights, flat(3))
    np.testing.assert_allclose(gaps.sum(axis=1), score[0] - score, rtol=0, atol=1e-9)


@given(FIVE, FIVE_WEIGHTS)
def test_the_whole_list_held_against_its_mean_cancels_out(values, weights):
    parts = contributions(values, whole(values), weights, flat(5))
    against_mean = parts - parts.mean(axis=0)
    score = weighted_points(values, whole(values), weights).score
    np.testing.assert_allclose(against_mean.sum(axis=1), score - score.mean(), rtol=0, atol=1e-9)
    np.testing.assert_allclose(against_mean.sum(axis=0), 0, atol=1e-9)
