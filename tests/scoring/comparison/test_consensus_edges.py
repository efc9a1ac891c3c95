"""The common order where usulan, rankings and weights are few, many or odd."""

import numpy as np
import pandas as pd
import pytest

from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring.comparison.consensus import (
    consensus,
    correlations,
    kendall_tau,
    pairwise_support,
    spearman_rho,
    tally,
)


def test_support_counts_weight_above_and_half_of_it_beside():
    # weight 2: A above B, C beside B; weight 1: C above all, A beside B
    ranks = np.array([[1.0, 2.0, 2.0], [2.0, 2.0, 1.0]])
    found = pairwise_support(ranks, np.array([2.0, 1.0]))
    assert found.tolist() == [[0, 2.5, 2], [0.5, 0, 1], [1, 2, 0]]


def test_all_that_is_told_of_an_usulan_by_hand():
    found = tally(np.array([[0, 2.5, 2], [0.5, 0, 1], [1, 2, 0]]))
    assert {name: column.tolist() for name, column in found.items()} == {
        "borda": [4.5, 1.5, 3],
        "borda_rank": [1, 3, 2],
        "wins": [2, 0, 1],
        "ties": [0, 0, 0],
        "losses": [0, 2, 1],
        "copeland": [2, 0, 1],
        "copeland_rank": [1, 3, 2],
    }


def test_half_a_tie_is_half_a_win():
    # A beside B, each above C and below D
    found = consensus(pd.DataFrame({"one": [2.0, 2.0, 4.0, 1.0]}, index=list("ABCD"))).table
    assert found["copeland"].tolist() == [1.5, 1.5, 0, 3]
    assert found["ties"].tolist() == [1, 1, 0, 0]
    assert found["losses"].tolist() == [1, 1, 3, 0]


def test_a_billionth_of_weight_decides_and_less_does_not():
    ranks = pd.DataFrame({"one": [1.0, 2.0], "other": [2.0, 1.0]}, index=["A", "B"])
    voices = pd.Series({"one": 1.0 + 2e-9, "other": 1.0})
    assert consensus(ranks, voices).condorcet == "A"
    voices = pd.Series({"one": 1.0 + 2e-11, "other": 1.0})
    found = consensus(ranks, voices)
    assert found.condorcet == ""
    assert found.table["borda_rank"].tolist() == [1, 1]


def test_weights_are_matched_by_name_and_support_is_named():
    ranks = pd.DataFrame({"one": [1.0, 2.0], "other": [2.0, 1.0]}, index=["A", "B"])
    found = consensus(ranks, pd.Series({"other": 5.0, "one": 2.0}))
    assert found.condorcet == "B"
    assert found.support.loc["B", "A"] == 5
    assert found.support.loc["A", "B"] == 2
    assert found.support.columns.tolist() == found.support.index.tolist() == ["A", "B"]


def test_weights_for_other_rankings_are_named_in_order():
    ranks = pd.DataFrame({"one": [1.0], "other": [1.0]}, index=["A"])
    with pytest.raises(MethodError) as refused:
        consensus(ranks, pd.Series({"one": 1.0, "zeta": 1.0, "alpha": 1.0}))
    assert refused.value.facts["names"] == "alpha, other, zeta"
    twice = pd.Series([1.0, 1.0, 1.0], index=["one", "other", "other"])
    with pytest.raises(MethodError) as refused:
        consensus(ranks, twice)
    assert refused.value.facts["names"] == "-"


def test_all_usulan_some_ranking_leaves_out_are_named():
    ranks = pd.DataFrame(
        {"one": [1.0, 2.0, np.nan], "other": [np.nan, 1.0, 2.0]}, index=list("ABC")
    )
    found = consensus(ranks)
    assert found.unranked == ("A", "C")
    assert found.condorcet == "B"
    assert repr(found) == "Consensus(1 usulan, Condorcet: B)"


def test_two_usulan_are_the_fewest_that_correlate():
    one, two = np.array([1.0]), np.array([1.0, 2.0])
    assert np.isnan(spearman_rho(one, one))
    assert np.isnan(kendall_tau(one, one))
    for of_two in (spearman_rho, kendall_tau):
        assert of_two(two, two) == 1
        assert of_two(two, two[::-1]) == -1


def test_correlation_with_ties_by_hand():
    # mean ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: rho = 4.5 / sqrt(4.5 x 5)
    tied, plain = np.array([1.0, 2.0, 2.0, 4.0]), np.array([1.0, 2.0, 3.0, 4.0])
    assert spearman_rho(tied, plain) == pytest.approx(4.5 / np.sqrt(22.5), abs=1e-15)
    # six pairs, five of them told apart by both
    assert kendall_tau(tied, plain) == pytest.approx(5 / np.sqrt(30), abs=1e-15)


def test_correlations_carry_the_names_of_the_rankings():
    ranks = pd.DataFrame({"one": [1.0, 2.0, 3.0], "other": [3.0, 1.0, np.nan]}, index=list("ABC"))
    found = correlations(ranks, "spearman")
    assert found.columns.tolist() == found.index.tolist() == ["one", "other"]
    assert found.to_numpy().tolist() == [[1, -1], [-1, 1]]


def test_ranks_may_be_whole_numbers_with_blanks():
    ranks = pd.DataFrame(
        {"one": [1, 2, 3], "other": [3, 1, None]}, index=list("ABC"), dtype="Int64"
    )
    assert correlations(ranks, "kendall").to_numpy().tolist() == [[1, -1], [-1, 1]]
    found = consensus(ranks)
    assert found.unranked == ("C",)
    assert found.table["ties"].tolist() == [1, 1]
