"""AHP against what was published, and against AHPy and pymcdm where they are right."""

import math

import ahpy
import numpy as np
import pytest
from pymcdm.weights import subjective

from ksd_toolkit.scoring.kernel import unit_values
from ksd_toolkit.scoring.weights import ahp_weights, priorities, random_index, weights_of_pairs
from ksd_toolkit.scoring.weights.eigen import row_ratios
from tests.scoring.weights.cases import case, near, pairs_of, random_matrices, totals


def local_weights(names, local, table="saaty"):
    return {
        criterion: priorities(np.array(matrix), names, table=table).weights
        for criterion, matrix in local.items()
    }


# --- what was published --------------------------------------------------------------------------


def test_ahp_saaty_house_1990():
    given, expected, tolerance = case("ahp_saaty_house_1990")
    assert random_index("saaty_1980").of(8) == given["random_index"]
    found = priorities(np.array(given["matrix"]), given["criteria"], table="saaty_1980")
    published = dict(zip(given["criteria"], expected["criteria_priorities"], strict=True))
    near(found.weights, published, tolerance["criteria_priorities"])
    assert found.lambda_max == pytest.approx(expected["lambda_max"], abs=tolerance["lambda_max"])
    assert found.consistency_index == pytest.approx(expected["CI"], abs=tolerance["CI"])
    assert found.consistency_ratio == pytest.approx(expected["CR"], abs=tolerance["CR"])
    local = local_weights(given["alternatives"], given["local"])
    near(
        totals(found.weights, local),
        expected["alternative_priorities"],
        tolerance["alternative_priorities"],
    )


def test_ahp_saaty_house_1990_the_worst_judgement_is_the_one_saaty_would_see():
    given, _, _ = case("ahp_saaty_house_1990")
    found = priorities(np.array(given["matrix"]), given["criteria"])
    worst = found.revisit[0]
    assert (worst.first, worst.second, worst.judged) == ("neighbourhood", "condition", 6.0)
    assert worst.consistent == found.weights["neighbourhood"] / found.weights["condition"]
    assert [cell.factor for cell in found.revisit] == sorted(
        (cell.factor for cell in found.revisit), reverse=True
    )


def test_ahp_saaty_house_1990_row_geometric_means_change_the_order():
    given, _, _ = case("ahp_saaty_house_1990")
    matrix, names = np.array(given["matrix"]), given["criteria"]
    means = priorities(matrix, names, derivation="row_geometric_mean")
    published = [0.175, 0.063, 0.149, 0.019, 0.036, 0.042, 0.167, 0.350]
    near(means.weights, dict(zip(names, published, strict=True)), 0.0006)
    vector = priorities(matrix, names)
    assert vector.weights["neighbourhood"] > vector.weights["size"]
    assert means.weights["neighbourhood"] < means.weights["condition"] < means.weights["size"]
    assert means.consistency_ratio == vector.consistency_ratio


def test_ahp_saaty_drinks_2008():
    given, expected, tolerance = case("ahp_saaty_drinks_2008")
    matrix, names = np.array(given["matrix"]), given["names"]
    found = priorities(matrix, names, table="saaty")
    near(found.weights, expected["priorities"], tolerance["priorities"])
    near(
        found.weights,
        {n: expected["priorities_4dp"][n] for n in names},
        tolerance["priorities_4dp"],
    )
    assert found.consistency_ratio == pytest.approx(expected["CR_saaty_RI"], abs=tolerance["CR"])
    other = priorities(matrix, names, table="donegan_dodd")
    assert other.consistency_ratio == pytest.approx(
        expected["CR_donegan_dodd"], abs=tolerance["CR"]
    )
    assert (found.random_index_name, other.random_index_name) == ("saaty", "donegan_dodd")


def test_ahp_wikipedia_leader():
    given, expected, tolerance = case("ahp_wikipedia_leader")
    names, off = given["criteria"], tolerance["all"]
    found = priorities(np.array(given["matrix"]), names, table="saaty")
    near(found.weights, {n: expected["criteria_priorities"][n] for n in names}, off)
    assert found.consistency_ratio == pytest.approx(expected["CR"], abs=off)
    local = {
        criterion: priorities(np.array(matrix), given["alternatives"], table="saaty")
        for criterion, matrix in given["local"].items()
    }
    near(
        local["Experience"].weights,
        {n: expected["local_Experience"][n] for n in given["alternatives"]},
        off,
    )
    for criterion in ("Experience", "Education"):
        published = expected[f"CR_{criterion}"]
        assert local[criterion].consistency_ratio == pytest.approx(published, abs=off)
    near(
        totals(found.weights, {criterion: own.weights for criterion, own in local.items()}),
        {n: expected["alternative_priorities"][n] for n in given["alternatives"]},
        off,
    )


def test_ahp_wikipedia_car_hierarchy():
    given, expected, tolerance = case("ahp_wikipedia_car_hierarchy")
    off, table = tolerance["all"], "donegan_dodd"
    groups = {
        code: given["sub"][code]["names"] if code in given["sub"] else [code]
        for code in given["root"]
    }
    nodes = {"": pairs_of(given["root"], given["root_matrix"])} | {
        code: pairs_of(sub["names"], sub["matrix"]) for code, sub in given["sub"].items()
    }
    found = weights_of_pairs(nodes, groups, random_index=table)
    near(found.joined[""], {n: expected["root"][n] for n in given["root"]}, off)
    near(found.joined["Cost"], {n: expected["sub_Cost"][n] for n in groups["Cost"]}, off)
    ratios = found.consistency.set_index("node")["ratio"]
    assert ratios[""] == pytest.approx(expected["CR_root"], abs=off)
    assert ratios["Cost"] == pytest.approx(expected["CR_Cost"], abs=off)
    price = priorities(np.array(given["leaf"]["Price"]), given["alternatives"], table=table)
    near(price.weights, {n: expected["local_Price"][n] for n in given["alternatives"]}, off)
    assert price.consistency_ratio == pytest.approx(expected["CR_Price"], abs=off)
    local = local_weights(given["alternatives"], given["leaf"], table)
    shares = {leaf: percent / 100 for leaf, percent in found.percent.items()}
    near(totals(shares, local), {n: expected["final"][n] for n in given["alternatives"]}, off)
    assert math.fsum(found.percent.values()) == 100


def test_ahp_incomplete_bozoki_2010():
    given, expected, tolerance = case("ahp_incomplete_bozoki_2010")
    pairs = [(first, second, str(value)) for first, second, value in given["comparisons"]]
    found = ahp_weights(pairs, given["names"], table="donegan_dodd")
    assert list(found.completed) == [("c", "d")]
    assert found.completed["c", "d"] == pytest.approx(
        expected["completed"]["c,d"], abs=tolerance["completed"]
    )
    assert found.completed["c", "d"] == pytest.approx(math.sqrt(8 / 15), abs=1e-10)
    near(found.weights, expected["priorities"], tolerance["priorities"])
    assert found.consistency_ratio == pytest.approx(
        expected["CR_donegan_dodd"], abs=tolerance["CR"]
    )


def test_ahp_column_normalisation_8x8():
    given, expected, tolerance = case("ahp_column_normalisation_8x8")
    matrix, off = np.array(given["matrix"]), tolerance["all"]
    names = [f"C{number}" for number in range(8)]
    found = priorities(matrix, names, table="saaty_1980", derivation="column_normalised")
    assert found.random_index == given["random_index"]
    assert found.lambda_max == pytest.approx(expected["lambda_max"], abs=off)
    assert found.consistency_index == pytest.approx(expected["CI"], abs=off)
    assert found.consistency_ratio == pytest.approx(expected["CR"], abs=off)
    weights = np.array(list(found.weights.values()))
    np.testing.assert_allclose(
        row_ratios(matrix[None], weights[None])[0], expected["ratio_vector"], atol=off
    )
    exact = priorities(matrix, names, table="saaty_1980")
    assert abs(exact.lambda_max - expected["lambda_max"]) > 1e-3  # an approximation, no eigenvalue


def test_ahp_rank_reversal_belton_gear_1983():
    given, expected, tolerance = case("ahp_rank_reversal_belton_gear_1983")
    before = given["scores_before"]
    after = before | {"D": before[given["add_copy_of"]]}
    for scores, published in ((before, "before"), (after, "after")):
        near(
            relative_totals(scores, given["criteria_weights"]),
            expected[published],
            tolerance["all"],
        )
    first, second = (relative_totals(s, given["criteria_weights"]) for s in (before, after))
    assert (first["B"] > first["A"], second["A"] > second["B"]) == (True, expected["reversal"])
    ideal = [
        relative_totals(scores, given["criteria_weights"], to_best=True)
        for scores in (before, after)
    ]
    assert all(totals["B"] > totals["A"] for totals in ideal) is not expected["ideal_mode_reversal"]


def test_ahp_rank_reversal_belton_gear_1983_does_not_touch_fixed_scales():
    given, _, _ = case("ahp_rank_reversal_belton_gear_1983")
    before = np.array(list(given["scores_before"].values()), dtype=float)
    after = np.vstack([before, before[1]])
    rising = np.ones(3, dtype=bool)
    values = [unit_values(scores, (1.0, 9.0), rising) for scores in (before, after)]
    np.testing.assert_array_equal(values[0], values[1][:3])


def relative_totals(scores, weights, *, to_best=False):
    """AHP totals where alternatives are compared with one another: every score a ratio to the others."""
    names = list(scores)
    found = dict.fromkeys(names, 0.0)
    for number, weight in enumerate(weights):
        column = np.array([scores[name][number] for name in names], dtype=float)
        local = priorities(column[:, None] / column[None, :], names).weights
        best = max(local.values()) if to_best else 1.0
        for name in names:
            found[name] += weight * local[name] / best
    return found


# --- peers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [3, 5, 8])
def test_pymcdm_agrees_on_complete_matrices(size):
    for matrix in random_matrices(20, size, seed=7):
        peer = subjective.AHP(matrix=matrix)
        names = [str(number) for number in range(size)]
        found = priorities(matrix, names)
        np.testing.assert_allclose(list(found.weights.values()), peer(), atol=1e-10)
        index = found.consistency_index / subjective.AHP.RI_M[size - 1]
        assert index == pytest.approx(peer.get_cr(), abs=1e-10)


@pytest.mark.parametrize(("table", "peers"), [("saaty", "saaty"), ("donegan_dodd", "dd")])
def test_ahpy_agrees_within_its_four_decimals(table, peers):
    for matrix in random_matrices(10, 6, seed=11):
        names = list("abcdef")
        given = {(first, second): float(ratio) for first, second, ratio in pairs_of(names, matrix)}
        peer = ahpy.Compare("", given, random_index=peers, precision=4)
        found = priorities(matrix, names, table=table)
        near(found.weights, {name: peer.local_weights[name] for name in names}, 6e-5)
        assert found.consistency_ratio == pytest.approx(peer.consistency_ratio, abs=6e-5)


def test_ahpy_completes_a_matrix_only_to_its_tolerance():
    """AHPy stops once a round changes its completed cells by less than 1e-4; ours is the minimum."""
    matrix = random_matrices(1, 6, seed=3)[0]
    names, gaps = list("abcdef"), {("a", "d"), ("b", "f"), ("c", "e")}
    made = [pair for pair in pairs_of(names, matrix) if pair[:2] not in gaps]
    given = {(first, second): float(ratio) for first, second, ratio in made}
    peer = ahpy.Compare("", given, precision=8)
    found = ahp_weights(made, names)
    index = dict(zip(peer._elements, range(6), strict=True))
    theirs = np.array([[peer._matrix[index[r], index[c]] for c in names] for r in names])
    eigenvalue = max(np.linalg.eigvals(theirs).real)
    assert found.lambda_max < eigenvalue
    assert found.lambda_max == pytest.approx(eigenvalue, abs=1e-6)


def test_ahpy_orders_a_hierarchy_by_rounded_weights_and_loses_digits():
    """AHPy rounds at every level; three leaves of a third each then sum to 0.9999."""
    given = {("a", "b"): 1, ("b", "c"): 1, ("a", "c"): 1}
    peer = ahpy.Compare("", given, precision=4)
    assert math.fsum(peer.local_weights.values()) != pytest.approx(1, abs=1e-6)
    found = ahp_weights([("a", "b", "1"), ("b", "c", "1"), ("a", "c", "1")])
    assert math.fsum(found.weights.values()) == pytest.approx(1, abs=1e-15)


def test_pymcdm_refuses_the_ratios_of_ahp_wikipedia_car_hierarchy():
    """pymcdm takes only 1 to 9 and their reciprocals, each rounded to two decimals."""
    given, _, _ = case("ahp_wikipedia_car_hierarchy")
    fuel = np.array(given["leaf"]["Fuel"])
    with pytest.raises(ValueError, match="Valid values"):
        subjective.AHP(matrix=fuel)
    found = priorities(fuel, given["alternatives"])
    assert found.consistency_ratio < 0.001


def test_pymcdm_forgets_to_raise_where_its_table_ends():
    """pymcdm builds the ValueError for a matrix too large and does not raise it."""
    peer = subjective.AHP(matrix=random_matrices(1, 16, seed=5)[0])
    with pytest.raises(IndexError):
        peer.get_cr()
