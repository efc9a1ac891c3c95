"""Weights drawn around the stated ones, in their order, or not at all."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ksd_toolkit.scoring.uncertainty import concentration_for, weight_draws, weight_spread
from ksd_toolkit.scoring.uncertainty.blocks import blocks, generator
from tests.scoring.uncertainty.cases import SETTINGS, WEIGHTS

ORDER = replace(SETTINGS, weights="order")
STATED = arrays(float, 5, elements=st.sampled_from([0.0, 5.0, 10.0, 20.0, 40.0])).filter(
    lambda weights: weights.sum() > 0
)


@given(STATED, st.sampled_from(["dirichlet", "order", "none"]), st.floats(0.01, 1e6))
def test_drawn_weights_are_weights(stated, kind, concentration):
    drawn = weight_draws(stated, replace(SETTINGS, weights=kind, concentration=concentration))
    assert drawn.shape == (SETTINGS.draws, 5)
    assert (drawn >= 0).all()
    np.testing.assert_allclose(drawn.sum(axis=1), 1, atol=1e-12)
    assert (drawn[:, stated == 0] == 0).all()


@given(STATED)
def test_order_draws_never_turn_two_weights_around(stated):
    drawn = weight_draws(stated, ORDER)
    for heavy in range(5):
        for light in range(5):
            if stated[heavy] > stated[light]:
                assert (drawn[:, heavy] >= drawn[:, light]).all()


def test_order_draws_are_uniform_on_the_ordered_weights():
    """The mean of the ordered simplex of three is the rank-order centroid: 11/18, 5/18, 2/18."""
    drawn = weight_draws(np.array([50.0, 30.0, 20.0]), replace(ORDER, draws=40_000))
    np.testing.assert_allclose(drawn.mean(axis=0), [11 / 18, 5 / 18, 2 / 18], atol=0.003)


def test_equal_stated_weights_have_no_order_among_themselves():
    """Of 40, 30, 30 the last two change places in half the draws and share what is left."""
    drawn = weight_draws(np.array([40.0, 30.0, 30.0]), replace(ORDER, draws=40_000))
    assert (drawn[:, 1] > drawn[:, 2]).mean() == pytest.approx(0.5, abs=0.01)
    np.testing.assert_allclose(drawn.mean(axis=0), [11 / 18, 3.5 / 18, 3.5 / 18], atol=0.003)


def test_no_draw_leaves_the_stated_weights():
    drawn = weight_draws(WEIGHTS, replace(SETTINGS, weights="none"))
    np.testing.assert_array_equal(drawn, np.tile(WEIGHTS / 100, (SETTINGS.draws, 1)))


def test_a_concentration_near_nothing_gives_one_criterion_all_the_weight():
    drawn = weight_draws(WEIGHTS, replace(SETTINGS, draws=4_000, concentration=1e-9))
    assert set(np.unique(drawn)) == {0.0, 1.0}
    np.testing.assert_allclose(drawn.mean(axis=0), WEIGHTS / 100, atol=0.03)


@pytest.mark.parametrize("kind", ["dirichlet", "order"])
def test_a_draw_has_its_own_seed_however_many_there_are(kind):
    """The first 700 of 2,000 draws are the 700 draws."""
    many = weight_draws(WEIGHTS, replace(SETTINGS, weights=kind, draws=2_000))
    few = weight_draws(WEIGHTS, replace(SETTINGS, weights=kind, draws=700))
    np.testing.assert_array_equal(many[:700], few)
    assert len(np.unique(many[:, 0])) == 2_000  # no block repeats another


def test_sources_of_doubt_draw_independently():
    first = [
        generator(7, source, 0).random() for source in ("weights", "missing", "raters", "noise")
    ]
    assert len(set(first)) == 4


def test_blocks_hold_every_draw_once():
    assert [sum(size for _, size in blocks(draws)) for draws in (0, 1, 500, 501)] == [
        0,
        1,
        500,
        501,
    ]


def test_the_spread_of_a_weight_is_the_one_stated():
    """Under 374 a weight of 6.25 % has a standard deviation of 1.25 points, a fifth of itself."""
    weights = np.array([6.25, 43.75, 50.0])
    assert weight_spread(weights, 374.0)[0] == pytest.approx(1.25)
    assert concentration_for(6.25, 0.20) == pytest.approx(374.0)
    drawn = 100 * weight_draws(weights, replace(SETTINGS, draws=40_000, concentration=374.0))
    np.testing.assert_allclose(drawn.std(axis=0), weight_spread(weights, 374.0), rtol=0.02)


def test_nothing_drawn_is_nothing():
    assert weight_draws(WEIGHTS, replace(SETTINGS, draws=0)).shape == (0, 4)
