"""Answers drawn: blanks over their whole scale, one rater at a time, a step off."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.scoring.uncertainty.blocks import blocks
from ksd_toolkit.scoring.uncertainty.disturbed import disturb, shaken_rows
from ksd_toolkit.scoring.uncertainty.scores import drawn_scores, units
from tests.scoring.uncertainty.cases import (
    ALL,
    LINEAR,
    SETTINGS,
    WAYS,
    WEIGHTS,
    WITH_BLANKS,
    levels_of,
)

NAN = np.nan
MISSING = replace(SETTINGS, draws=20_000, missing=True)
RATERS = replace(SETTINGS, draws=20_000, raters=True)
NOISE = replace(SETTINGS, draws=20_000, noise=0.2)


def drawn(judged, uncertainty):
    """The answers of every draw, draws x n x m."""
    return np.concatenate(
        [
            disturb(judged, uncertainty, block).laid_over(judged.answers, slice(None))
            for block in blocks(uncertainty.draws)
        ]
    )


def frequencies(cells):
    levels, counts = np.unique(cells, return_counts=True)
    return dict(zip(levels.tolist(), (counts / len(cells)).tolist(), strict=True))


def test_a_missing_answer_is_every_level_of_its_scale_as_often():
    found = drawn(levels_of([[NAN, 3, 3, 3], [1, 2, 3, 4]]), MISSING)
    assert frequencies(found[:, 0, 0]) == pytest.approx(
        dict.fromkeys([1, 2, 3, 4, 5], 0.2), abs=0.02
    )
    assert (found[:, 1] == [1, 2, 3, 4]).all()


def test_a_scale_has_its_own_levels_or_none():
    judged = levels_of(
        [[NAN] * 4], lows=np.array([0.0, 1, 0, 3]), highs=np.array([10.0, 2, 2.5, 15])
    )
    found = drawn(judged, MISSING)[:, 0]
    assert set(found[:, 0]) == set(range(11))
    assert set(found[:, 1]) == {1, 2}
    assert set(found[:, 3]) == set(range(3, 16))
    between = found[:, 2]
    assert len(np.unique(between)) > 10_000
    assert between.min() >= 0
    assert between.max() <= 2.5
    assert between.mean() == pytest.approx(1.25, abs=0.02)


def test_only_what_was_asked_and_weighs_is_drawn():
    applicable = np.array([[True, False, True, True]])
    judged = levels_of([[NAN] * 4], weights=[50, 30, 0, 20], applicable=applicable)
    found = drawn(judged, MISSING)
    assert np.isnan(found).all(axis=(0, 1)).tolist() == [False, True, True, False]


def test_each_draw_takes_one_rater_for_every_usulan_and_criterion():
    opinions = {(0, 0): np.array([1.0, 4.0, 5.0]), (1, 0): np.array([2.0, 3.0])}
    found = drawn(levels_of([[4, 3, 3, 3], [2.5, 3, 3, 3]], opinions=opinions), RATERS)
    assert frequencies(found[:, 0, 0]) == pytest.approx({1: 1 / 3, 4: 1 / 3, 5: 1 / 3}, abs=0.02)
    assert frequencies(found[:, 1, 0]) == pytest.approx({2: 0.5, 3: 0.5}, abs=0.02)
    together = frequencies(10 * found[:, 0, 0] + found[:, 1, 0])
    assert together == pytest.approx(dict.fromkeys([12, 13, 42, 43, 52, 53], 1 / 6), abs=0.02)


def test_a_rated_answer_moves_a_step_with_the_stated_chance_and_stays_on_its_scale():
    rated = np.array([True, True, True, False])
    found = drawn(levels_of([[3, 1, 5, 3]], rated=rated), NOISE)[:, 0]
    assert frequencies(found[:, 0]) == pytest.approx({2: 0.1, 3: 0.8, 4: 0.1}, abs=0.01)
    assert frequencies(found[:, 1]) == pytest.approx({1: 0.9, 2: 0.1}, abs=0.01)
    assert frequencies(found[:, 2]) == pytest.approx({4: 0.1, 5: 0.9}, abs=0.01)
    assert frequencies(found[:, 3]) == {3: 1}


def test_a_certain_step_leaves_no_answer_in_place():
    found = drawn(levels_of([[3, 3, 3, 3]]), replace(NOISE, noise=1.0))
    assert set(np.unique(found)) == {2, 4}


def test_a_step_starts_from_the_rater_drawn_and_never_from_a_missing_answer():
    opinions = {(0, 0): np.array([1.0, 3.0])}
    judged = levels_of([[2, NAN, 3, 3]], opinions=opinions)
    found = drawn(judged, replace(NOISE, noise=1.0, raters=True, missing=True))[:, 0]
    assert frequencies(found[:, 0]) == pytest.approx({1: 0.25, 2: 0.5, 4: 0.25}, abs=0.02)
    assert frequencies(found[:, 1]) == pytest.approx(dict.fromkeys([1, 2, 3, 4, 5], 0.2), abs=0.02)


@given(WITH_BLANKS, st.integers(0, 5))
def test_only_shaken_usulan_change(answers, seed):
    judged = levels_of(answers)
    uncertainty = replace(SETTINGS, draws=20, seed=seed, missing=True)
    still = ~shaken_rows(judged, uncertainty)
    found = drawn(judged, uncertainty)
    assert (found[:, still] == answers[still]).all()
    assert not np.isnan(found).any()
    assert ((found >= 1) & (found <= 5)).all()


@given(WITH_BLANKS, WAYS, st.integers(1, 60))
def test_the_scores_of_a_draw_do_not_depend_on_how_many_are_scored_at_a_time(answers, way, chunk):
    judged = levels_of(answers, **way)
    one = drawn_scores(judged, ALL, (0, 60), 60)
    other = drawn_scores(judged, ALL, (0, 60), chunk)
    np.testing.assert_array_equal(one[0], other[0])
    np.testing.assert_array_equal(one[1], other[1])


def test_a_falling_criterion_is_read_the_other_way_round():
    rising = np.array([True, True, True, False])
    judged = levels_of([[1, 1, 1, 5], [1, 1, 1, 1]], rising=rising)
    assert units(judged, judged.answers)[:, 3].tolist() == [0, 1]
    flowing = levels_of([[1, 1, 1, 5], [1, 1, 1, 1]], rising=rising, preferences=LINEAR)
    assert units(flowing, flowing.answers)[:, 3].tolist() == [-1, 1]


def test_who_answered_nothing_that_a_draw_weighs_is_last():
    judged = levels_of([[NAN, 5, 5, 5], [1, NAN, NAN, NAN]], weights=[1e-9, 50, 30, 20])
    _, scores = drawn_scores(judged, replace(SETTINGS, concentration=1e-3), (0, 300), 300)
    unheard = scores[:, 1] < 0
    assert unheard.any()
    assert (scores[unheard, 0] > scores[unheard, 1]).all()
    assert len(WEIGHTS) == judged.answers.shape[1]


def test_a_net_flow_follows_the_answers_drawn_for_others():
    """Two usulan compared in pairs: what one gains the other loses, in every draw."""
    judged = levels_of([[3, 3, 3, 3], [NAN, 3, 3, 3]], preferences=LINEAR)
    _, scores = drawn_scores(judged, replace(SETTINGS, missing=True, weights="none"), (0, 300), 300)
    np.testing.assert_allclose(scores.sum(axis=1), 0, atol=1e-9)
    assert len(np.unique(scores[:, 0])) == 5
