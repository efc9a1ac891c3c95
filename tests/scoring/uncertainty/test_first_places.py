"""Who is among the first, counted without the other ranks: what counting all ranks finds, bit for bit."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ksd_toolkit.scoring.uncertainty import rank_acceptability
from ksd_toolkit.scoring.uncertainty.first_places import top_shares
from ksd_toolkit.scoring.uncertainty.tallies import among_first, drawn_ranks
from tests.scoring.uncertainty.cases import SETTINGS

WEIGHTS = np.array([40.0, 30.0, 20.0, 10.0])
# Quarters and few decimals, so that many are tied; blanks as in a list of candidates.
VALUES = st.integers(0, 9).flatmap(
    lambda n: arrays(float, (n, 4), elements=st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0, np.nan]))
)


@given(VALUES, st.integers(1, 12), st.sampled_from([None, 0, 1]))
def test_they_are_those_of_all_ranks(values, top, decimals):
    values[np.isnan(values).all(axis=1)] = 0.5  # of whom nothing is known has no points
    applicable = np.ones(values.shape, dtype=bool)
    settings = replace(SETTINGS, top=top)
    found = top_shares(values, applicable, WEIGHTS, settings, decimals)
    every = rank_acceptability(values, applicable, WEIGHTS, settings, decimals)
    np.testing.assert_array_equal(found, every["top_share"].to_numpy())


@pytest.mark.parametrize("top", [1, 3, 20])
def test_they_are_those_of_all_ranks_among_five_hundred(top):
    random = np.random.default_rng(7)
    values = np.round(random.random((500, 4)), 1)
    applicable = np.ones(values.shape, dtype=bool)
    settings = replace(SETTINGS, top=top)
    found = top_shares(values, applicable, WEIGHTS, settings, 1)
    every = rank_acceptability(values, applicable, WEIGHTS, settings, 1)
    np.testing.assert_array_equal(found, every["top_share"].to_numpy())
    assert 0 < (found > 0).sum() < 500


def test_all_that_are_tied_at_the_last_place_are_among_the_first():
    scores = np.array([[0.9, 0.5, 0.5, 0.1], [0.2, 0.8, 0.8, 0.8]])
    assert drawn_ranks(scores).tolist() == [[1, 2, 2, 4], [4, 1, 1, 1]]
    assert among_first(scores, 1).tolist() == [
        [True, False, False, False],
        [False, True, True, True],
    ]
    assert among_first(scores, 2).tolist() == [[True, True, True, False], [False, True, True, True]]
    assert among_first(scores, 4).all()
