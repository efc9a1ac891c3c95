"""How firm a rank is: draws that can be repeated, shares that mean something, and exact cases."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ksd_toolkit.scoring.kernel import shared_ranks
from ksd_toolkit.scoring.method import Uncertainty
from ksd_toolkit.scoring.uncertainty import rank_acceptability, weight_draws

SETTINGS = Uncertainty(draws=400, seed=7, concentration=50.0, top=2, interval=(0.05, 0.95))
VALUES = st.integers(1, 6).flatmap(
    lambda n: arrays(float, (n, 4), elements=st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]))
)
WEIGHTS = np.array([40.0, 30.0, 20.0, 10.0])


def shares(values, weights=WEIGHTS, uncertainty=SETTINGS):
    values = np.asarray(values, dtype=float)
    applicable = np.ones(values.shape, dtype=bool)
    return rank_acceptability(values, applicable, np.asarray(weights), uncertainty)


def test_draws_can_be_repeated_and_follow_the_seed():
    first, again = weight_draws(WEIGHTS, SETTINGS), weight_draws(WEIGHTS, SETTINGS)
    np.testing.assert_array_equal(first, again)
    assert (first != weight_draws(WEIGHTS, replace(SETTINGS, seed=8))).any()


def test_draws_are_weights_around_the_stated_ones():
    drawn = weight_draws(WEIGHTS, replace(SETTINGS, draws=20_000))
    share = WEIGHTS / 100
    spread = np.sqrt(share * (1 - share) / (SETTINGS.concentration + 1))
    np.testing.assert_allclose(drawn.sum(axis=1), 1)
    assert (drawn >= 0).all()
    assert np.abs(drawn.mean(axis=0) - share).max() < 0.005
    assert np.abs(drawn.std(axis=0) - spread).max() < 0.005


def test_a_criterion_without_weight_is_never_drawn_one():
    assert (weight_draws(np.array([60.0, 0.0, 40.0]), SETTINGS)[:, 1] == 0).all()


def test_the_scale_of_weights_changes_no_draw():
    np.testing.assert_allclose(
        weight_draws(WEIGHTS, SETTINGS), weight_draws(WEIGHTS / 100, SETTINGS)
    )


@given(VALUES)
def test_shares_and_ranks_mean_something(values):
    found = shares(values)
    assert found["first_share"].between(0, 1).all()
    assert found["top_share"].between(0, 1).all()
    assert found["first_share"].sum() >= 1 - 1e-9  # ties are all first
    assert (found["rank_low"] <= found["rank_high"]).all()
    assert found["rank_low"].between(1, len(values)).all()
    assert (found["rank_mean"] >= 1).all()


@given(VALUES)
def test_without_any_doubt_about_weights_the_ranks_are_the_nominal_ones(values):
    certain = replace(SETTINGS, draws=20, concentration=1e24)
    scores = np.round(values @ WEIGHTS, 6)
    found = shares(values, uncertainty=certain)
    assert found["rank_low"].tolist() == shared_ranks(scores).tolist()
    assert found["rank_high"].tolist() == shared_ranks(scores).tolist()


@given(VALUES)
def test_a_dominated_usulan_is_never_firmer(values):
    found = shares(values)
    for first in range(len(values)):
        for second in range(len(values)):
            if (values[first] >= values[second]).all():
                assert found["first_share"][first] >= found["first_share"][second]
                assert found["rank_mean"][first] <= found["rank_mean"][second]


def test_equal_answers_stay_equal_in_every_draw():
    found = shares([[0.5, 0.25, 1.0, 0.0]] * 3)
    assert found[["rank_low", "rank_high", "first_share"]].to_numpy().tolist() == [[1, 1, 1]] * 3


def test_the_number_of_usulan_and_chunks_changes_no_share():
    """2,500 draws pass the chunk of 1,000; the shares are those of all draws together."""
    values = np.array([[1.0, 0.0, 0.2, 0.0], [0.0, 1.0, 0.3, 0.0], [0.5, 0.5, 0.0, 1.0]])
    uncertainty = replace(SETTINGS, draws=2_500)
    drawn = weight_draws(WEIGHTS, uncertainty)
    first = (np.round(drawn @ values.T, 9).argmax(axis=1)[:, None] == np.arange(3)).mean(axis=0)
    np.testing.assert_allclose(shares(values, uncertainty=uncertainty)["first_share"], first)


@pytest.mark.parametrize("seed", range(5))
def test_the_interval_of_ranks_is_that_of_the_sorted_draws(seed):
    """Of 20 draws the 5 % edge is the first and the 95 % edge the nineteenth."""
    uncertainty = replace(SETTINGS, draws=20, seed=seed, concentration=4.0)
    values = np.random.default_rng(seed).choice([0.0, 0.25, 0.5, 0.75, 1.0], size=(6, 4))
    scores = np.round(weight_draws(WEIGHTS, uncertainty) @ values.T, 9)
    ranks = np.sort(shared_ranks(scores), axis=0)
    found = shares(values, uncertainty=uncertainty)
    assert found["rank_low"].tolist() == ranks[0].tolist()
    assert found["rank_high"].tolist() == ranks[18].tolist()
    np.testing.assert_allclose(found["rank_mean"], ranks.mean(axis=0))
    np.testing.assert_allclose(found["top_share"], (ranks <= uncertainty.top).mean(axis=0))
