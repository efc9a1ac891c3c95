"""Counting ranks: shares that sum to one, the same for any number of threads, exact where it must be."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ksd_toolkit.scoring.kernel import shared_ranks
from ksd_toolkit.scoring.tree import tree_scores
from ksd_toolkit.scoring.uncertainty import rank_acceptability, rank_firmness
from ksd_toolkit.scoring.uncertainty.acceptability import tell
from ksd_toolkit.scoring.uncertainty.counting import count_ranks, shaken_sources
from ksd_toolkit.scoring.uncertainty.scores import drawn_scores, units
from ksd_toolkit.scoring.uncertainty.tallies import ONE, drawn_ranks, rank_bins
from tests.scoring.uncertainty.cases import (
    ALL,
    ANSWERS,
    SETTINGS,
    WAYS,
    WEIGHTS,
    WITH_BLANKS,
    levels_of,
)

MANY = replace(ALL, draws=1_200)


def counts(tally):
    return [tally.ranks, tally.split, tally.rank_sum, tally.central, tally.wins]


def told(judged, uncertainty, **changes):
    counted = count_ranks(judged, uncertainty, details=True, **changes)
    names = pd.Index([f"U{number}" for number in range(len(judged.answers))])
    shaken = shaken_sources(judged, uncertainty)
    return tell(counted, names, ["A", "B", "C", "D"], uncertainty, shaken)


@given(WITH_BLANKS, WAYS)
def test_shares_sum_to_one(answers, way):
    found = told(levels_of(answers, **way), ALL)
    np.testing.assert_allclose(found.shares.sum(axis=1), 1, atol=1e-12)
    np.testing.assert_allclose(found.split.sum(axis=1), 1, atol=1e-9)
    np.testing.assert_allclose(found.split.sum(axis=0), 1, atol=1e-9)
    assert found.shares["1"].sum() >= 1 - 1e-12
    np.testing.assert_allclose(found.central.sum(axis=1), 100, atol=1e-6)
    assert not found.table.isna().any(axis=None)
    both = found.pairwise + found.pairwise.T
    assert (both.to_numpy() <= 1 + 1e-12).all()
    assert (np.diag(found.pairwise) == 0).all()


@given(WITH_BLANKS, WAYS, st.integers(1, 700), st.sampled_from([1, 2, 3]))
def test_the_same_seed_counts_the_same_for_any_threads_and_chunk(answers, way, chunk, threads):
    judged = levels_of(answers, **way)
    one = count_ranks(judged, MANY, details=True)
    other = count_ranks(judged, MANY, threads=threads, chunk=chunk, details=True)
    for mine, others in zip(counts(one), counts(other), strict=True):
        np.testing.assert_array_equal(mine, others)
    assert sorted(np.concatenate(one.orders)) == sorted(np.concatenate(other.orders))


@given(ANSWERS, WAYS)
def test_without_doubt_the_ranks_are_the_nominal_ones(answers, way):
    judged = levels_of(answers, **way)
    found = rank_firmness(judged, replace(SETTINGS, draws=20, concentration=1e24))
    scores = tree_scores(
        units(judged, judged.answers), judged.applicable, WEIGHTS[None] / 100, judged.root
    )
    nominal = shared_ranks(np.round(scores[0], 7)).tolist()
    assert found["rank_low"].tolist() == nominal
    assert found["rank_high"].tolist() == nominal


@given(ANSWERS, WAYS)
def test_mean_rank_wins_and_shares_tell_the_same(answers, way):
    """A rank is one more than the number of those above."""
    found = told(levels_of(answers, **way), ALL)
    np.testing.assert_allclose(found.table["rank_mean"], 1 + found.pairwise.sum(axis=0), atol=1e-9)
    ranks = found.shares.columns.astype(int)
    np.testing.assert_allclose(found.shares.to_numpy() @ ranks, found.table["rank_mean"], atol=1e-9)
    np.testing.assert_array_equal(found.shares["1"], found.table["first_share"])


def test_a_blank_is_drawn_over_its_whole_scale_by_hand():
    """A blank beside a 3: first together at 3, alone at 4 and 5, second at 1 and 2; each a fifth."""
    uncertainty = replace(SETTINGS, draws=20_000, missing=True, weights="none")
    found = told(levels_of([[np.nan, 3, 3, 3], [3, 3, 3, 3]]), uncertainty)
    assert found.table["first_share"].tolist() == pytest.approx([0.6, 0.6], abs=0.02)
    assert found.split.at["U0", "1"] == pytest.approx(0.5, abs=0.02)
    assert found.pairwise.at["U0", "U1"] == pytest.approx(0.4, abs=0.02)
    assert found.table["rank_low"].tolist() == [1, 1]
    assert found.table["rank_high"].tolist() == [2, 2]
    thirds = np.log2([5 / 2, 5 / 2, 5]) @ [2 / 5, 2 / 5, 1 / 5]
    assert found.ranking_entropy == pytest.approx(thirds, abs=0.02)
    assert found.shaken == ("missing",)


def test_a_hand_worked_tie_is_split():
    """Two firsts share the places 1 and 2: half a first place each, and rank 1 for both."""
    found = told(levels_of([[5, 5, 5, 5], [5, 5, 5, 5], [1, 1, 1, 1]]), SETTINGS)
    assert found.shares.to_numpy().tolist() == [[1, 0, 0], [1, 0, 0], [0, 0, 1]]
    assert found.split.to_numpy().tolist() == [[0.5, 0.5, 0], [0.5, 0.5, 0], [0, 0, 1]]
    assert found.pairwise.to_numpy().tolist() == [[0, 0, 1], [0, 0, 1], [0, 0, 0]]
    assert found.table["rank_mean"].tolist() == [1, 1, 3]
    assert found.choice_entropy == 0
    assert found.ranking_entropy == 0
    assert list(found.central.index) == ["U0", "U1"]


def test_central_weights_lean_to_where_the_usulan_is_strong():
    found = told(levels_of([[5, 1, 3, 3], [1, 5, 3, 3]], weights=[25] * 4), SETTINGS)
    assert found.central.at["U0", "A"] > 25 > found.central.at["U0", "B"]
    assert found.central.at["U1", "B"] > 25 > found.central.at["U1", "A"]


@pytest.mark.parametrize("edges", [(0.0, 1.0), (0.0, 0.0), (1.0, 1.0)])
def test_the_ends_of_an_interval_are_ranks_that_were_taken(edges):
    judged = levels_of([[5, 1, 3, 3], [1, 5, 3, 3], [1, 1, 1, 1]], weights=[25] * 4)
    found = told(judged, replace(SETTINGS, interval=edges))
    taken = [[int(rank) for rank in row.index[row > 0]] for _, row in found.shares.iterrows()]
    ends = {0.0: min, 1.0: max}
    assert found.table["rank_low"].tolist() == [ends[edges[0]](ranks) for ranks in taken]
    assert found.table["rank_high"].tolist() == [ends[edges[1]](ranks) for ranks in taken]


@given(
    arrays(
        float,
        st.tuples(st.integers(1, 4), st.integers(1, 40)),
        elements=st.sampled_from([-2.0, -1.0, -1e-9, 0.0, 1e-9, 0.5, 0.500000001, 1 / 3, 1.0]),
    )
)
def test_ranks_of_draws_are_the_ranks_of_the_kernel(scores):
    rounded = np.round(scores, 9)
    np.testing.assert_array_equal(drawn_ranks(rounded), shared_ranks(rounded))


# --- many usulan -----------------------------------------------------------------------------


@given(st.integers(0, 60), st.integers(1, 12), st.integers(0, 40), st.integers(1, 9))
def test_runs_of_ranks_cover_every_rank_once(n, top, single, runs):
    bins = rank_bins(n, top, single, runs)
    ranks = [rank for a, b in zip(bins.first, bins.last, strict=True) for rank in range(a, b + 1)]
    assert ranks == list(range(1, n + 1))
    assert bins.exact or n > single
    assert [bins.first[number] for number in bins.of(np.arange(1, min(top, n) + 1))] == list(
        range(1, min(top, n) + 1)
    )


def test_runs_of_ranks_hold_the_exact_ones():
    """Beyond 2,000 usulan: single ranks to the tenth, then runs; means and shares stay exact."""
    n, top = 2_300, 10
    dice = np.random.default_rng(4)
    judged = levels_of(dice.uniform(1, 5, (n, 4)))
    uncertainty = replace(SETTINGS, draws=60, top=top)
    counted = count_ranks(judged, uncertainty, details=True)
    assert not counted.bins.exact
    assert counted.wins.size == counted.split.size == 0
    assert counted.ranks.shape[1] == top + 200
    found = rank_firmness(judged, uncertainty)
    ranks = shared_ranks(drawn_scores(judged, uncertainty, (0, uncertainty.draws), 60)[1])
    np.testing.assert_allclose(found["rank_mean"], ranks.mean(axis=0))
    np.testing.assert_allclose(found["top_share"], (ranks <= top).mean(axis=0))
    low, high = (np.sort(ranks, axis=0)[number] for number in (2, 56))
    assert (found["rank_low"] <= low).all()
    assert (found["rank_high"] >= high).all()
    assert ((low - found["rank_low"]) < n / 200).all()


# --- nothing, one, equal ---------------------------------------------------------------------


def test_no_usulan_has_no_row():
    found = told(levels_of(np.zeros((0, 4))), SETTINGS)
    assert len(found.table) == len(found.shares) == len(found.central) == 0
    assert found.choice_entropy == 0


def test_one_usulan_is_first():
    found = told(levels_of([[3, np.nan, 1, 2]]), ALL)
    assert found.table.to_numpy().tolist() == [[1, 1, 1, 1, 1]]


def test_equal_answers_are_tied_in_every_draw_of_every_way():
    for way in ({}, {"root": None}):
        found = told(levels_of([[4, 2, 5, 1]] * 3, **way), SETTINGS)
        assert (found.shares["1"] == 1).all()
        np.testing.assert_allclose(found.split, 1 / 3, atol=1 / ONE)


def test_one_criterion_leaves_nothing_to_draw():
    judged = levels_of([[4, 2, 5, 1], [5, 1, 1, 1]], weights=[0, 100, 0, 0])
    assert shaken_sources(judged, SETTINGS) == ()
    assert told(judged, SETTINGS).table["rank_low"].tolist() == [1, 2]


def test_what_cannot_be_shaken_is_not_told_as_shaken():
    judged = levels_of([[4, 2, 5, 1]], rated=np.zeros(4, dtype=bool))
    assert shaken_sources(judged, ALL) == ("weights",)
    assert shaken_sources(judged, replace(ALL, weights="none")) == ()


def test_the_matrix_way_in_draws_only_weights():
    values = np.array([[0.25, np.nan, 1.0, 0.0], [0.5, 0.5, 0.5, 0.5]])
    applicable = np.ones(values.shape, dtype=bool)
    alone = rank_acceptability(values, applicable, WEIGHTS, SETTINGS)
    shaken = rank_acceptability(values, applicable, WEIGHTS, replace(ALL, draws=SETTINGS.draws))
    pd.testing.assert_frame_equal(alone, shaken)
