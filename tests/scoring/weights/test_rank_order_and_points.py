"""Weights from an order or from figures: closed forms, ties, and what is refused."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring.weights.points import point_weights, swing_weights
from ksd_toolkit.scoring.weights.rank_order import RULES, rank_weights, surrogate_weights
from tests.scoring.weights.cases import case

RANKS = st.lists(st.integers(1, 9), min_size=1, max_size=9)


def named(values):
    return {f"C{number}": value for number, value in enumerate(values)}


@pytest.mark.parametrize(
    ("name", "rule"), [("roc4", "roc"), ("rs4", "rank_sum"), ("rr4", "reciprocal"), ("roc3", "roc")]
)
def test_surrogate_weights(name, rule):
    _, expected, tolerance = case("surrogate_weights")
    places = len(expected[name])
    np.testing.assert_allclose(
        surrogate_weights(places, rule), expected[name], atol=tolerance["all"]
    )
    found = rank_weights(named(range(1, places + 1)), rule)
    np.testing.assert_allclose(list(found.values()), expected[name], atol=tolerance["all"])


def test_surrogate_weights_of_shared_places_are_the_mean_of_theirs():
    found = rank_weights({"U": 1, "S": 2, "G": 2, "HUK": 4})
    middle = (0.2708333333333333 + 0.14583333333333334) / 2
    expected = {"U": 0.5208333333333334, "S": middle, "G": middle, "HUK": 0.0625}
    assert found == pytest.approx(expected, abs=1e-12)
    assert rank_weights({"U": 1, "S": 2, "G": 2, "HUK": 3}) == found


@pytest.mark.parametrize("rule", RULES)
@given(ranks=RANKS)
def test_an_order_gives_weights_that_follow_it(rule, ranks):
    found = rank_weights(named(ranks), rule)
    weights = list(found.values())
    assert math.fsum(weights) == pytest.approx(1, abs=1e-12)
    for first, one in zip(ranks, weights, strict=True):
        for second, other in zip(ranks, weights, strict=True):
            assert first != second or one == other
            assert first >= second or one >= other - 1e-15


@given(RANKS)
def test_all_on_one_place_weigh_alike(ranks):
    found = rank_weights(named([1] * len(ranks)))
    assert list(found.values()) == pytest.approx([1 / len(ranks)] * len(ranks), abs=1e-12)


@pytest.mark.parametrize("ranks", [{}, {"U": 0}, {"U": -1}, {"U": math.nan}, {"U": math.inf}])
def test_a_place_that_is_none_is_refused(ranks):
    with pytest.raises(MethodError) as refused:
        rank_weights(ranks)
    assert refused.value.code == "weights.rank_place"


def test_an_unknown_rule_is_refused():
    with pytest.raises(MethodError, match="roc, rank_sum, reciprocal, equal"):
        rank_weights({"U": 1}, "median")


# --- points and swings ---------------------------------------------------------------------------


def test_a_hundred_points_are_weights():
    assert point_weights({"U": 50, "S": 37.5, "G": 12.5}) == {"U": 0.5, "S": 0.375, "G": 0.125}


def test_thirds_written_with_two_decimals_are_a_hundred():
    assert math.fsum(point_weights({"U": 33.33, "S": 33.33, "G": 33.34}).values()) == 1


@pytest.mark.parametrize(
    ("points", "said", "in_english"),
    [
        ({"U": 50, "S": 45}, "kurang 5,00 dari 100", "5.00 short of 100"),
        ({"U": 60.5, "S": 45}, "lebih 5,50 dari 100", "5.50 more than 100"),
    ],
)
def test_points_that_do_not_add_up_are_refused_with_what_is_missing(points, said, in_english):
    with pytest.raises(MethodError, match=said) as refused:
        point_weights(points)
    assert in_english in refused.value.sentence("en")


def test_swings_weigh_their_share_of_the_sum():
    assert swing_weights({"U": 100, "S": 60, "G": 40, "HUK": 0}) == {
        "U": 0.5, "S": 0.3, "G": 0.2, "HUK": 0.0
    }  # fmt: skip


def test_the_largest_swing_is_a_hundred():
    with pytest.raises(MethodError, match="80,00"):
        swing_weights({"U": 80, "S": 40})


@pytest.mark.parametrize("weigh", [point_weights, swing_weights])
@pytest.mark.parametrize("figures", [{}, {"U": 101, "S": -1}, {"U": math.nan}, {"U": math.inf}])
def test_figures_that_are_none_are_refused(weigh, figures):
    with pytest.raises(MethodError) as refused:
        weigh(figures)
    assert refused.value.code == "weights.figure"
