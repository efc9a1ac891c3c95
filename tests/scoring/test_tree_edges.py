"""The tree where weights are shares of one, a 0 counts otherwise, and the ends of the interval."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.scoring.tree import Node, flat, node_values, tree_points, tree_scores
from tests.scoring.test_tree import value_of
from tests.scoring.trees import ADD, MULTIPLY, TREES, WEIGHTS, answers, any_trees

NAN = np.nan
LOWESTS = st.sampled_from([0.01, 0.05, 0.2])


def whole(values):
    return np.ones(np.shape(values), dtype=bool)


def expected_of(root, values, applicable, weights, lowest):
    """Scores 0 to 1 from the definition."""
    asked_only = np.where(applicable, values, NAN)
    return np.array([value_of(root, row, weights, lowest)[0] for row in asked_only])


@given(any_trees(), answers(), WEIGHTS, LOWESTS)
def test_what_a_zero_counts_for_is_kept_to_everywhere(root, asked, weights, lowest):
    values, applicable = asked
    expected = expected_of(root, values, applicable, weights, lowest)
    points = tree_points(values, applicable, weights, root, lowest)
    np.testing.assert_allclose(points.score, 100 * expected, rtol=0, atol=1e-9)
    drawn = tree_scores(values, applicable, weights[None], root, lowest)[0]
    np.testing.assert_allclose(drawn, expected, rtol=0, atol=1e-11)
    top = node_values(values, applicable, weights, root, lowest)[""]
    np.testing.assert_allclose(top, expected, rtol=0, atol=1e-11)


@given(any_trees(), answers(), WEIGHTS, LOWESTS)
def test_the_interval_is_the_score_with_blanks_at_either_end(root, asked, weights, lowest):
    values, applicable = asked
    points = tree_points(values, applicable, weights, root, lowest)
    ends = [
        100
        * expected_of(root, np.where(np.isnan(values), end, values), applicable, weights, lowest)
        for end in (0.0, 1.0)
    ]
    worst, best = np.fmin(ends[0], points.score), np.fmax(ends[1], points.score)
    np.testing.assert_allclose(points.worst, worst, rtol=0, atol=1e-9)
    np.testing.assert_allclose(points.best, best, rtol=0, atol=1e-9)


def test_the_interval_reaches_to_a_score_that_lies_beyond_its_ends():
    """A good answer gives a weak group weight: filled in with 1, the whole may be less."""
    root = Node("", MULTIPLY, (), (Node("A", ADD, (0, 1)), Node("B", ADD, (2,))))
    weights = np.array([10.0, 80.0, 10.0])
    # answered: A at 0 (weight 10) and B at 1 (10); the blank at 0 makes A weigh 90 of 100
    found = tree_points(np.array([[0.0, NAN, 1.0]]), whole([[0, 0, 0]]), weights, root)
    assert found.worst[0] < found.score[0] < found.best[0]
    # at 1 in B alone nothing can be better; in A all blank counts worst
    found = tree_points(np.array([[NAN, NAN, 1.0]]), whole([[0, 0, 0]]), weights, root)
    assert found.score.tolist() == found.best.tolist() == [100]
    assert found.worst[0] == pytest.approx(100 * (0.01**0.9 - 0.01) / 0.99)


@pytest.mark.parametrize("root", TREES.values(), ids=TREES)
@given(asked=answers(), weights=WEIGHTS)
def test_weights_as_shares_of_one_score_as_percent_do(root, asked, weights):
    values, applicable = asked
    shares = weights / 2**12  # all six together weigh less than one
    np.testing.assert_allclose(
        np.array(tree_points(values, applicable, shares, root)),
        np.array(tree_points(values, applicable, weights, root)),
        rtol=0,
        atol=1e-9,
    )
    np.testing.assert_allclose(
        tree_scores(values, applicable, shares[None], root),
        tree_scores(values, applicable, weights[None], root),
        rtol=0,
        atol=1e-11,
    )


def test_a_zero_counts_for_a_hundredth_unless_told_otherwise():
    # 1 and 0 of equal weight: the root of 1 x 0.01 is 0.1, 1/11 of the way from 0.01 to 1
    values, weights, root = np.array([[1.0, 0.0]]), np.array([50.0, 50.0]), flat(2, MULTIPLY)
    asked = values, whole(values)
    assert tree_points(*asked, weights, root).score == pytest.approx([100 / 11])
    assert tree_scores(*asked, weights[None], root)[0] == pytest.approx([1 / 11])
    assert node_values(*asked, weights, root)[""] == pytest.approx([1 / 11])


@given(any_trees(), answers(), WEIGHTS)
def test_a_value_never_leaves_its_scale(root, asked, weights):
    """Not by a hair either: the ends come back as 0 and 1, whatever the logarithm rounds."""
    values, applicable = asked
    for end in (0.0, 1.0):
        uniform = np.where(np.isnan(values), NAN, end)
        for found in node_values(uniform, applicable, weights, root).values():
            known = found[~np.isnan(found)]
            assert (known >= 0).all()
            assert (known <= 1).all()
            np.testing.assert_allclose(known, end, rtol=0, atol=1e-13)
