"""AHP by hand and by property: batches, missing cells, ratios as offices write them, refusals."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring.weights import ahp_weights, priorities, random_index
from ksd_toolkit.scoring.weights.comparisons import parse_ratio
from ksd_toolkit.scoring.weights.eigen import (
    completed,
    principal_eigenvectors,
    row_geometric_means,
)
from ksd_toolkit.scoring.weights.revisit import worst_fitting
from tests.scoring.weights.cases import random_matrices

SEEDS = st.integers(0, 10_000)
SIZES = st.integers(2, 9)
SHARES = st.lists(st.integers(1, 9), min_size=2, max_size=8)


# --- by hand -------------------------------------------------------------------------------------


def test_three_consistent_comparisons_give_their_weights():
    found = ahp_weights([("U", "S", "2"), ("S", "G", "2"), ("U", "G", "4")])
    assert found.weights == pytest.approx({"U": 4 / 7, "S": 2 / 7, "G": 1 / 7}, abs=1e-14)
    assert found.lambda_max == pytest.approx(3, abs=1e-13)
    assert found.consistency_ratio == pytest.approx(0, abs=1e-12)
    assert found.revisit == ()
    assert found.completed == {}


def test_two_criteria_are_always_consistent():
    found = ahp_weights([("U", "S", "3")])
    assert found.weights == pytest.approx({"U": 0.75, "S": 0.25}, abs=1e-14)
    assert (found.consistency_ratio, found.random_index) == (0, 0)


def test_one_criterion_needs_no_comparison():
    assert ahp_weights([], ["U"]).weights == {"U": 1.0}


def test_a_circle_of_preferences_gives_equal_weights_and_three_cells_to_revisit():
    """a > b > c > a, three times each: (1 + 1/3 + 3 - 3) / 2 / 0.52."""
    found = ahp_weights([("a", "b", "3"), ("b", "c", "3"), ("c", "a", "3")])
    assert list(found.weights.values()) == pytest.approx([1 / 3] * 3, abs=1e-13)
    assert found.lambda_max == pytest.approx(1 + 3 + 1 / 3, abs=1e-12)
    assert found.consistency_ratio == pytest.approx((4 / 3) / 2 / 0.52, abs=1e-12)
    assert [(cell.first, cell.second, round(cell.factor, 9)) for cell in found.revisit] == [
        ("a", "b", 3.0), ("a", "c", 3.0), ("b", "c", 3.0)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "ratio"),
    [
        ("3", 3), ("1/3", 1 / 3), (" 1 / 3 ", 1 / 3), ("1:3", 1 / 3), ("0,5", 0.5), ("0.5", 0.5),
        ("'1/3", 1 / 3), ("\u00bd", 0.5), ("2,5", 2.5), ("9", 9), ("1,0", 1), ("3/2", 1.5),
    ],
)  # fmt: skip
def test_ratios_are_read_as_offices_write_them(written, ratio):
    assert parse_ratio(written) == ratio


@pytest.mark.parametrize(
    "written",
    [
        "",
        "0",
        "-3",
        "1/0",
        "0/3",
        "tiga",
        "1-Mar",
        "01/03/2026",
        "1/3/5",
        "1\u00bd",
        "nihil",
        "3-5",
    ],
)
def test_what_is_no_ratio_is_not_guessed(written):
    assert parse_ratio(written) is None


# --- properties ----------------------------------------------------------------------------------


@given(SEEDS, SIZES)
def test_priorities_are_the_principal_eigenvector(seed, size):
    matrices = random_matrices(4, size, seed)
    weights, lambda_max = principal_eigenvectors(matrices)
    for matrix, found, eigenvalue in zip(matrices, weights, lambda_max, strict=True):
        values, vectors = np.linalg.eig(matrix)
        largest = values.real.argmax()
        vector = np.abs(vectors[:, largest].real)
        np.testing.assert_allclose(found, vector / vector.sum(), atol=1e-11)
        assert eigenvalue == pytest.approx(values.real[largest], abs=1e-10)


@given(SEEDS, SIZES)
def test_a_matrix_gets_the_same_digits_alone_and_in_company(seed, size):
    matrices = random_matrices(5, size, seed)
    together = principal_eigenvectors(matrices)
    for number, matrix in enumerate(matrices):
        alone = principal_eigenvectors(matrix[None])
        assert alone.weights[0].tolist() == together.weights[number].tolist()
        assert alone.lambda_max[0] == together.lambda_max[number]


@given(SHARES)
def test_consistent_judgements_have_no_inconsistency(shares):
    weights = np.array(shares, dtype=float)
    names = [str(number) for number in range(len(shares))]
    for derivation in ("eigenvector", "row_geometric_mean", "column_normalised"):
        found = priorities(weights[:, None] / weights[None, :], names, derivation=derivation)
        np.testing.assert_allclose(
            list(found.weights.values()), weights / weights.sum(), atol=1e-12
        )
        assert found.consistency_ratio == pytest.approx(0, abs=1e-11)
        assert found.revisit == ()


@given(SEEDS, st.integers(3, 7), st.randoms())
def test_the_order_of_criteria_does_not_matter(seed, size, random):
    matrix = random_matrices(1, size, seed)[0]
    names = [str(number) for number in range(size)]
    order = random.sample(range(size), size)
    first = priorities(matrix, names)
    second = priorities(matrix[np.ix_(order, order)], [names[number] for number in order])
    assert second.weights == pytest.approx(first.weights, abs=1e-12)
    assert second.consistency_ratio == pytest.approx(first.consistency_ratio, abs=1e-11)


@given(SEEDS, st.integers(3, 7))
def test_eigenvalue_is_at_least_the_size_and_cr_not_negative(seed, size):
    names = [str(number) for number in range(size)]
    found = priorities(random_matrices(1, size, seed)[0], names)
    assert found.lambda_max >= size - 1e-12
    assert found.consistency_ratio >= 0
    assert math.fsum(found.weights.values()) == pytest.approx(1, abs=1e-14)


@st.composite
def gappy(draw):
    """A matrix with some comparisons missing, all criteria still connected in a chain."""
    size = draw(st.integers(3, 6))
    matrix = random_matrices(1, size, draw(SEEDS))[0]
    cells = [(row, column) for row in range(size) for column in range(row + 2, size)]
    for row, column in draw(st.lists(st.sampled_from(cells), unique=True)):
        matrix[row, column] = matrix[column, row] = np.nan
    return matrix


@settings(deadline=None)
@given(gappy(), st.data())
def test_no_other_completion_has_a_smaller_eigenvalue(matrix, data):
    missing = np.argwhere(np.triu(np.isnan(matrix), 1)).tolist()
    assume(missing)
    full = completed(matrix)
    np.testing.assert_allclose(full * full.T, 1, atol=1e-12)
    best = principal_eigenvectors(full[None]).lambda_max[0]
    row, column = data.draw(st.sampled_from(missing))
    other = full.copy()
    other[row, column] *= data.draw(st.sampled_from([0.5, 0.9, 0.999, 1.001, 1.1, 2.0]))
    other[column, row] = 1 / other[row, column]
    assert principal_eigenvectors(other[None]).lambda_max[0] >= best - 1e-12


@given(SHARES)
def test_a_chain_of_comparisons_is_completed_consistently(shares):
    weights = np.array(shares, dtype=float)
    size = len(shares)
    matrix = np.full((size, size), np.nan)
    for row in range(size):
        for column in range(max(0, row - 1), min(size, row + 2)):
            matrix[row, column] = weights[row] / weights[column]
    np.testing.assert_allclose(completed(matrix), weights[:, None] / weights[None, :], rtol=1e-9)


def test_no_matrices_give_no_weights():
    assert principal_eigenvectors(np.empty((0, 3, 3))).weights.shape == (0, 3)
    assert row_geometric_means(np.empty((0, 3, 3))).shape == (0, 3)


# --- refusals ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "pairs"),
    [
        ("unknown_criterion", [("U", "X", "3")]),
        ("own_comparison", [("U", "U", "1")]),
        ("ratio", [("U", "S", "tiga")]),
        ("ratio", [("U", "S", "0")]),
        ("repeated_pair", [("U", "S", "3"), ("S", "U", "1/3")]),
        ("unconnected", [("U", "S", "3")]),
    ],
)
def test_judgements_that_cannot_be_used_are_refused(code, pairs):
    with pytest.raises(MethodError) as refused:
        ahp_weights(pairs, ["U", "S", "G"])
    assert refused.value.code == f"weights.{code}"


@pytest.mark.parametrize(
    ("code", "matrix"),
    [
        ("matrix_shape", [[1.0]]),
        ("matrix_cells", [[1, -2], [-0.5, 1]]),
        ("matrix_cells", [[1, 0], [0, 1]]),
        ("matrix_cells", [[1, math.inf], [0, 1]]),
        ("matrix_cells", [[1, math.nan], [0.5, 1]]),
        ("not_reciprocal", [[1, 2], [0.4, 1]]),
        ("unconnected", [[1, math.nan], [math.nan, 1]]),
    ],
)
def test_a_matrix_that_is_none_of_comparisons_is_refused(code, matrix):
    with pytest.raises(MethodError) as refused:
        priorities(np.array(matrix), ["U", "S"])
    assert refused.value.code == f"weights.{code}"


def test_nothing_compared_is_refused():
    with pytest.raises(MethodError):
        ahp_weights([])


def test_an_unknown_random_index_names_those_there_are():
    with pytest.raises(MethodError, match="saaty, saaty_1980, donegan_dodd"):
        random_index("tummala")


def test_a_random_index_does_not_reach_beyond_its_table():
    names = [str(number) for number in range(16)]
    matrix = random_matrices(1, 16, seed=1)[0]
    with pytest.raises(MethodError, match="16"):
        priorities(matrix, names, table="saaty")
    assert priorities(matrix, names, table="donegan_dodd").random_index == 1.5078


def test_a_derivation_that_is_none_is_refused_and_the_usual_one_is_the_eigenvector():
    pairs = [("U", "S", "5"), ("S", "G", "5"), ("U", "G", "9")]
    found = ahp_weights(pairs)
    assert (found.derivation, found.random_index_name) == ("eigenvector", "saaty")
    means = ahp_weights(pairs, derivation="row_geometric_mean")
    assert means.weights["U"] == pytest.approx(45 ** (1 / 3) / (45 ** (1 / 3) + 1 + 45 ** (-1 / 3)))
    columns = ahp_weights(pairs, derivation="column_normalised")
    assert columns.weights["U"] != pytest.approx(found.weights["U"], abs=1e-6)
    with pytest.raises(MethodError, match="eigenvector, row_geometric_mean, column_normalised"):
        ahp_weights(pairs, derivation="eigen")


@pytest.mark.parametrize(
    ("said", "pairs"),
    [
        ('Perbandingan U : S bernilai "tiga"', [("U", "S", "tiga")]),
        ("Perbandingan S : U disebut lebih dari sekali", [("U", "S", "3"), ("S", "U", "1/3")]),
        ("belum menghubungkan G, HUK dengan", [("U", "S", "3"), ("G", "HUK", "1")]),
        ("tidak ada: X, Y. Yang dibandingkan: U, S, G, HUK", [("X", "Y", "3")]),
        ("Kriteria U dibandingkan dengan dirinya sendiri", [("U", "U", "1")]),
    ],
)
def test_a_refusal_names_the_pair(said, pairs):
    with pytest.raises(MethodError) as refused:
        ahp_weights(pairs, ["U", "S", "G", "HUK"])
    assert said in refused.value.sentence("id")


def test_a_matrix_that_is_not_reciprocal_names_the_first_pair():
    with pytest.raises(MethodError, match="pada U : S:"):
        priorities(np.array([[1, 2], [0.4, 1]]), ["U", "S"])


def test_neighbours_nobody_compared_are_completed_too():
    found = ahp_weights([("U", "S", "2"), ("U", "G", "6")], ["U", "S", "G"])
    assert found.completed == {("S", "G"): pytest.approx(3)}
    assert found.weights == pytest.approx({"U": 0.6, "S": 0.3, "G": 0.1})


def test_a_criterion_that_weighs_nothing_has_no_ratio_to_revisit():
    judged = [("U", "S", 2.0), ("S", "G", 3.0), ("U", "G", 3.0)]
    told = worst_fitting(judged, {"U": 0.75, "S": 0.25, "G": 0.0})
    assert [(cell.first, cell.second, cell.consistent) for cell in told] == [("U", "S", 3.0)]
