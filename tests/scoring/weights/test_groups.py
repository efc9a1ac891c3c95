"""Several members: Kendall's W against what was published and scipy, AIJ and AIP, and nobody's veto."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import friedmanchisquare

from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring.weights import kendall_w, priorities
from ksd_toolkit.scoring.weights.ahp import joined_ahp
from ksd_toolkit.scoring.weights.eigen import row_geometric_means
from ksd_toolkit.scoring.weights.groups import (
    joined_judgements,
    joined_priorities,
    member_shares,
)
from tests.scoring.weights.cases import case, random_matrices

RATINGS = st.tuples(st.integers(2, 8), st.integers(3, 6)).flatmap(
    lambda shape: arrays(float, shape, elements=st.integers(1, 5).map(float))
)
SEEDS = st.integers(0, 10_000)


def test_kendall_w_rounding_times():
    given_, expected, tolerance = case("kendall_w_rounding_times")
    found = kendall_w(given_["ratings"])
    assert found.w == pytest.approx(expected["W"], abs=tolerance["W"])
    assert found.chi_square == pytest.approx(
        expected["friedman_chi2"], abs=tolerance["friedman_chi2"]
    )
    assert found.p_value == pytest.approx(expected["p_value"], abs=tolerance["p_value"])
    assert (found.judges, found.objects) == (22, expected["df"] + 1)


@given(RATINGS)
def test_scipy_agrees_on_kendall_w_with_ties(ratings):
    found = kendall_w(ratings)
    if all(len(set(row)) == 1 for row in ratings.tolist()):
        assert found.w is None  # scipy divides nought by nought here
        return
    theirs = friedmanchisquare(*ratings.T)
    assert found.chi_square == pytest.approx(theirs.statistic, abs=1e-9)
    assert found.p_value == pytest.approx(theirs.pvalue, abs=1e-9)
    assert found.w == pytest.approx(theirs.statistic / (len(ratings) * (ratings.shape[1] - 1)))


@given(RATINGS, st.randoms())
def test_agreement_depends_on_the_order_within_a_row_alone(ratings, random):
    found = kendall_w(ratings)
    order = random.sample(range(len(ratings)), len(ratings))
    assert kendall_w(ratings[order] * 3 + 1) == found
    assert found.w is None or 0 <= found.w <= 1


@pytest.mark.parametrize("ratings", [[[3, 2, 1]], [[1, 1], [2, 2]], [[5], [3]]])
def test_nothing_is_said_where_nothing_can_be_told(ratings):
    assert kendall_w(ratings).w is None


def test_the_same_order_is_full_agreement():
    assert kendall_w([[3, 2, 1], [30, 20, 10]]).w == 1


@pytest.mark.parametrize("ratings", [[[1, math.nan]], [[math.inf, 1]], [1, 2]])
def test_a_table_with_holes_is_refused(ratings):
    with pytest.raises(MethodError) as refused:
        kendall_w(ratings)
    assert refused.value.code == "weights.ratings"


# --- joined judgements and joined priorities -----------------------------------------------------


@given(SEEDS, st.integers(2, 6), st.lists(st.floats(0.1, 5), min_size=2, max_size=5))
def test_aij_is_aip_under_row_geometric_means(seed, size, members):
    matrices = random_matrices(len(members), size, seed)
    told = np.array(members)
    aij = row_geometric_means(joined_judgements(matrices, told)[None])[0]
    aip = joined_priorities(row_geometric_means(matrices), told)
    np.testing.assert_allclose(aij, aip, atol=1e-12)


@given(SEEDS, st.integers(2, 6))
def test_joined_judgements_are_reciprocal(seed, size):
    joined = joined_judgements(random_matrices(3, size, seed), np.array([1.0, 2.0, 3.0]))
    np.testing.assert_allclose(joined * joined.T, 1, atol=1e-12)


@given(SEEDS, st.integers(2, 6), st.floats(0.01, 100))
def test_only_the_proportion_of_members_weights_counts(seed, size, factor):
    matrices = random_matrices(2, size, seed)
    weights, told = row_geometric_means(matrices), np.array([1.0, 3.0])
    np.testing.assert_allclose(
        joined_priorities(weights, told), joined_priorities(weights, told * factor), atol=1e-12
    )
    np.testing.assert_allclose(
        joined_judgements(matrices, told), joined_judgements(matrices, told * factor), rtol=1e-12
    )


def test_a_comparison_counts_for_those_who_made_it():
    first = np.array([[1, 4, np.nan], [1 / 4, 1, 2], [np.nan, 1 / 2, 1]])
    second = np.array([[1, 1, np.nan], [1, 1, np.nan], [np.nan, np.nan, 1]])
    joined = joined_judgements(np.stack([first, second]), np.array([1.0, 1.0]))
    assert joined[0, 1] == pytest.approx(2)
    assert joined[1, 2] == 2
    assert np.isnan(joined[0, 2])


def test_members_of_equal_mind_join_to_what_each_says():
    matrix = random_matrices(1, 5, seed=2)[0]
    one = priorities(matrix, list("abcde"))
    joined = joined_ahp([one, one], [0.3, 0.7])
    assert joined.weights == pytest.approx(one.weights, abs=1e-12)
    assert joined.consistency_ratio == pytest.approx(one.consistency_ratio, abs=1e-9)


@given(SEEDS, st.integers(3, 6))
def test_joined_complete_judgements_are_no_less_consistent_than_the_worst_member(seed, size):
    """Xu (2000) EJOR 126:683-687."""
    names = [str(number) for number in range(size)]
    members = [priorities(matrix, names) for matrix in random_matrices(3, size, seed)]
    joined = joined_ahp(members, [1.0, 2.0, 3.0])
    assert joined.consistency_ratio <= max(one.consistency_ratio for one in members) + 1e-9


def test_one_members_nought_strikes_nothing_out_for_the_others():
    weights = np.array([[0.0, 0.5, 0.5], [0.6, 0.2, 0.2]])
    joined = joined_priorities(weights, np.array([1.0, 1.0]))
    assert joined.tolist() == pytest.approx([0.3, 0.35, 0.35])


@pytest.mark.parametrize("members", [{}, {"A": 0.0}, {"A": -1.0}, {"A": math.nan}, {"A": math.inf}])
def test_a_member_needs_a_positive_weight(members):
    with pytest.raises(MethodError) as refused:
        member_shares(members)
    assert refused.value.code == "weights.member_weight"


def test_members_without_a_weight_are_named():
    with pytest.raises(MethodError, match="Yang keliru: B, C"):
        member_shares({"A": 1.0, "B": 0.0, "C": -1.0})


def test_what_nothing_can_be_told_of_still_says_of_how_many():
    found = kendall_w([[1, 1, 1], [2, 2, 2]])
    assert (found.judges, found.objects, found.chi_square, found.p_value) == (2, 3, None, None)


def test_joined_judgements_keep_the_derivation_and_the_table_of_random_indices():
    matrix = random_matrices(2, 5, seed=4)
    names = list("abcde")
    members = [priorities(one, names, derivation="row_geometric_mean") for one in matrix]
    joined = joined_ahp(members, [1, 1], table="donegan_dodd")
    assert joined.derivation == "row_geometric_mean"
    assert joined.random_index_name == "donegan_dodd"
    means = row_geometric_means(np.sqrt(matrix[0] * matrix[1])[None])[0]
    np.testing.assert_allclose(list(joined.weights.values()), means, atol=1e-12)
    assert joined_ahp(members[:1], [2], table="saaty").weights == pytest.approx(members[0].weights)
