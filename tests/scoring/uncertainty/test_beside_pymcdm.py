"""pymcdm's weighted sum called once a draw: the same ranks where it is right, and where it is not."""

import numpy as np
from pymcdm.methods import WSM

from ksd_toolkit.scoring.uncertainty.counting import count_ranks
from ksd_toolkit.scoring.uncertainty.draws import weight_draws
from tests.scoring.uncertainty.cases import SETTINGS, WEIGHTS, levels_of

PEER = WSM(lambda column, cost=False: column)
TYPES = np.ones(4)


def ranks_of_peer(values, weights):
    return np.array([PEER.rank(PEER(values, draw, TYPES, validation=False)) for draw in weights])


def test_it_ranks_continuous_answers_as_we_do():
    values = np.random.default_rng(2).random((12, 4))
    theirs = ranks_of_peer(values, weight_draws(WEIGHTS, SETTINGS)).astype(int)
    ours = count_ranks(levels_of(1 + 4 * values), SETTINGS).ranks
    for usulan in range(12):
        np.testing.assert_array_equal(
            np.bincount(theirs[:, usulan], minlength=13)[1:], ours[usulan]
        )


def test_it_gives_two_firsts_the_rank_one_and_a_half():
    values = np.array([[1.0, 1, 1, 1], [1, 1, 1, 1], [0, 0, 0, 0]])
    assert ranks_of_peer(values, WEIGHTS[None] / 100).tolist() == [[1.5, 1.5, 3]]
    assert count_ranks(levels_of(1 + 4 * values), SETTINGS).rank_sum.tolist() == [300, 300, 900]


def test_it_has_no_score_for_who_left_one_answer_open():
    values = np.array([[0.5, np.nan, 0.5, 0.5], [0.25, 0.25, 0.25, 0.25]])
    assert np.isnan(PEER(values, WEIGHTS / 100, TYPES, validation=False)[0])
    assert count_ranks(levels_of(1 + 4 * values), SETTINGS).ranks[:, 0].tolist() == [300, 0]
