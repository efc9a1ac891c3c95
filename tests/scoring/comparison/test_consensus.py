"""Borda, Copeland, Condorcet and correlation: by hand, as published, by property, beside scipy."""

import json
import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
import scipy.stats
from hypothesis import assume, given
from hypothesis import strategies as st

from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring.comparison.consensus import consensus, correlations
from tests.scoring.conftest import ROOT

GOLDEN = ROOT / "tests" / "golden"


def ranking_of(*columns):
    """Rankings given side by side, usulan named A, B, C..."""
    frame = pd.DataFrame(dict(enumerate(columns))).astype("float64")
    return frame.set_axis([chr(ord("A") + row) for row in range(len(frame))])


@st.composite
def rankings(draw, least=1, missing=False):
    """Some rankings of some usulan, with ties."""
    count = draw(st.integers(least, 7))
    rank = st.integers(1, 4) if not missing else st.one_of(st.integers(1, 4), st.none())
    columns = draw(st.lists(st.lists(rank, min_size=count, max_size=count), min_size=1, max_size=5))
    return ranking_of(*columns)


# --- as published ----------------------------------------------------------------------------


def test_golden_borda_copeland_tennessee():
    case = json.loads((GOLDEN / "borda_copeland_tennessee.json").read_text(encoding="utf-8"))
    ballots = case["input"]["ballots"]
    ranks = pd.DataFrame(
        {
            number: {town: place for place, town in enumerate(ballot["order"], start=1)}
            for number, ballot in enumerate(ballots)
        }
    ).loc[case["input"]["candidates"]]
    weights = pd.Series([float(ballot["weight"]) for ballot in ballots])
    found = consensus(ranks, weights)
    expected = case["expected"]
    assert found.table["borda"].to_dict() == expected["borda_n_minus_rank"]
    assert found.table["wins"].to_dict() == expected["copeland_wins"]
    assert found.condorcet == expected["condorcet_winner"]
    for pair, votes in expected["pairwise"].items():
        over, under = pair.split(">")
        assert found.support.at[over, under] == votes
        assert found.support.at[under, over] == 100 - votes
    assert found.table["borda_rank"].to_dict() == {
        "Nashville": 1, "Chattanooga": 2, "Memphis": 3, "Knoxville": 4,
    }  # fmt: skip
    assert found.table["copeland_rank"].to_dict() == {
        "Nashville": 1, "Chattanooga": 2, "Knoxville": 3, "Memphis": 4,
    }  # fmt: skip


# --- by hand ---------------------------------------------------------------------------------


def test_ties_share_points():
    # A beside B, both above C: A and B get 1 + 1/2, C nothing
    table = consensus(ranking_of([1, 1, 3])).table
    assert table["borda"].tolist() == [1.5, 1.5, 0]
    assert table["copeland"].tolist() == [1.5, 1.5, 0]
    assert table["borda_rank"].tolist() == table["copeland_rank"].tolist() == [1, 1, 3]


def test_a_circle_has_no_condorcet_winner():
    found = consensus(ranking_of([1, 2, 3], [2, 3, 1], [3, 1, 2]))
    assert found.condorcet == ""
    assert found.table["copeland"].tolist() == [1, 1, 1]
    assert found.table["borda_rank"].tolist() == [1, 1, 1]


def test_borda_may_pass_over_the_one_who_beats_all():
    # A beats B 3:2 head to head, yet B is never last
    found = consensus(ranking_of(*[[1, 2, 3]] * 3, *[[3, 1, 2]] * 2))
    assert found.condorcet == "A"
    assert found.table["borda"].to_dict() == {"A": 6, "B": 7, "C": 2}
    assert found.table["copeland_rank"].to_dict() == {"A": 1, "B": 2, "C": 3}


def test_weights_that_are_equal_on_paper_are_a_tie():
    # 0.1 + 0.2 against 0.3: in floating point one side would win
    ranks = ranking_of([1, 2], [1, 2], [2, 1])
    found = consensus(ranks, pd.Series([0.1, 0.2, 0.3]))
    assert found.table["ties"].tolist() == [1, 1]
    assert found.table["borda_rank"].tolist() == [1, 1]
    assert found.condorcet == ""


def test_an_usulan_one_ranking_leaves_out_is_named_and_not_guessed():
    found = consensus(ranking_of([1, 2, 3], [1, None, 2]))
    assert found.unranked == ("B",)
    assert found.table.index.tolist() == ["A", "C"]
    assert found.table["borda"].tolist() == [2, 0]


def test_a_ranking_without_weight_is_not_heard():
    ranks = ranking_of([1, 2, 3], [3, None, 1])
    found = consensus(ranks, pd.Series([1.0, 0.0]))
    assert found.unranked == ()
    assert found.table["borda_rank"].tolist() == [1, 2, 3]


@pytest.mark.parametrize(
    ("ranks", "weights", "sentence"),
    [
        (ranking_of(), None, "Tidak ada peringkat"),
        (ranking_of([1, 2]), pd.Series([1.0, 2.0]), "tepat satu"),
        (ranking_of([1, 2]), pd.Series([1.0], index=["x"]), "x"),
        (ranking_of([1, 2]), pd.Series([-1.0]), "tidak negatif"),
        (ranking_of([1, 2]), pd.Series([0.0]), "tidak semuanya nol"),
        (ranking_of([1, 2]), pd.Series([math.nan]), "bilangan"),
        (ranking_of([1, 2]), pd.Series([math.inf]), "bilangan"),
    ],
)
def test_what_cannot_be_counted_is_a_sentence(ranks, weights, sentence):
    with pytest.raises(MethodError, match=sentence):
        consensus(ranks, weights)


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_and_one_alone_have_a_consensus(count):
    found = consensus(ranking_of([1] * count))
    assert found.table["borda"].tolist() == [0] * count
    assert found.table["copeland_rank"].tolist() == [1] * count
    assert found.condorcet == ("A" if count else "")
    assert repr(found) == f"Consensus({count} usulan, Condorcet: {'A' if count else '-'})"


# --- correlation -----------------------------------------------------------------------------


def test_correlations_by_hand():
    # B and C change places: d = 0, 1, 1 -> rho = 1 - 6 * 2 / (3 * 8) = 1/2; tau = (2 - 1) / 3
    ranks = ranking_of([1, 2, 3], [1, 3, 2], [3, 2, 1])
    assert correlations(ranks, "spearman").to_numpy().tolist() == [
        [1, 0.5, -1], [0.5, 1, -0.5], [-1, -0.5, 1],
    ]  # fmt: skip
    assert correlations(ranks, "kendall").at[0, 1] == pytest.approx(1 / 3, abs=1e-15)


def test_a_constant_ranking_has_no_correlation_not_even_with_itself():
    for kind in ("spearman", "kendall"):
        found = correlations(ranking_of([1, 2, 3], [1, 1, 1]), kind)
        assert found.isna().to_numpy().tolist() == [[False, True], [True, True]]


def test_correlation_is_over_what_both_rank():
    found = correlations(ranking_of([1, 2, 3, 4], [2, 1, None, None]), "kendall")
    assert found.to_numpy().tolist() == [[1, -1], [-1, 1]]


@given(rankings(missing=True))
def test_correlations_are_those_of_scipy(ranks):
    spearman, kendall = correlations(ranks, "spearman"), correlations(ranks, "kendall")
    for one in ranks:
        for other in ranks:
            both = ranks[[one, other]].dropna() if one != other else ranks[[one, one]].dropna()
            first, second = both.iloc[:, 0], both.iloc[:, 1]
            if len(both) < 2 or len(set(first)) == 1 or len(set(second)) == 1:
                assert math.isnan(spearman.at[one, other])
                assert math.isnan(kendall.at[one, other])
                continue
            rho, tau = scipy.stats.spearmanr(first, second), scipy.stats.kendalltau(first, second)
            assert spearman.at[one, other] == pytest.approx(rho.statistic, abs=1e-12)
            assert kendall.at[one, other] == pytest.approx(tau.statistic, abs=1e-12)


# --- properties ------------------------------------------------------------------------------


@given(rankings(), st.data())
def test_pairs_add_up(ranks, data):
    count, voters = ranks.shape
    weights = data.draw(st.lists(st.integers(0, 9), min_size=voters, max_size=voters))
    assume(sum(weights))
    found = consensus(ranks, pd.Series(weights, dtype="float64"))
    support = found.support.to_numpy()
    off = ~np.eye(count, dtype=bool)
    assert ((support + support.T)[off] == sum(weights)).all()
    assert found.table["borda"].sum() == sum(weights) * count * (count - 1) / 2
    assert found.table["copeland"].sum() == count * (count - 1) / 2
    assert found.table["wins"].sum() == found.table["losses"].sum()


@given(rankings())
def test_borda_is_n_minus_the_mean_rank_of_each_ranking(ranks):
    points = (len(ranks) - ranks.rank(method="average")).sum(axis=1)
    assert consensus(ranks).table["borda"].tolist() == points.tolist()


@given(rankings(), st.randoms(use_true_random=False))
def test_order_of_usulan_and_scale_of_weights_play_no_part(ranks, random):
    names = list(ranks.index)
    random.shuffle(names)
    one = consensus(ranks).table
    other = consensus(ranks.loc[names], pd.Series(0.25, index=ranks.columns)).table.loc[ranks.index]
    for column in ("borda_rank", "copeland_rank", "wins"):
        assert one[column].tolist() == other[column].tolist()


@given(rankings(least=2))
def test_whoever_all_put_above_another_stands_above_it(ranks):
    table = consensus(ranks).table
    for over in ranks.index:
        for under in ranks.index:
            if (ranks.loc[over] < ranks.loc[under]).all():
                assert table.at[over, "borda"] > table.at[under, "borda"]
                assert table.at[over, "copeland"] > table.at[under, "copeland"]


@given(rankings(least=2))
def test_who_beats_all_is_first_by_copeland(ranks):
    found = consensus(ranks)
    if found.condorcet:
        assert found.table.at[found.condorcet, "copeland_rank"] == 1
        assert (found.table["copeland_rank"] == 1).sum() == 1
        mine = found.support.loc[found.condorcet].drop(found.condorcet)
        assert all(Fraction(votes) > Fraction(ranks.shape[1], 2) for votes in mine)
