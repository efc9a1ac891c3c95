"""The criteria tree: by hand, as published by UNDP and COINr, and equal to the plain score where it must be."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.scoring.kernel import goalpost_values, round_half_up, shared_ranks, weighted_points
from ksd_toolkit.scoring.tree import Node, flat, node_values, tree_points, tree_scores
from tests.scoring.conftest import ROOT
from tests.scoring.trees import (
    ADD,
    ADDED,
    LEAVES,
    MIXED,
    MULTIPLIED,
    MULTIPLY,
    WEIGHTS,
    answers,
    any_trees,
)

GOLDEN = Path(__file__).parents[1] / "golden"
SHARED = ROOT.parent / "shared" / "golden"
NAN = np.nan


def whole(values):
    return np.ones(np.shape(values), dtype=bool)


def case(name):
    return json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))


def table(name, **options):
    """A data file that is not ours to carry along."""
    if not (path := SHARED / name).exists():
        pytest.skip(f"the published data {name} lies beside the repository only")
    return pd.read_csv(path, **options)


# --- as published ----------------------------------------------------------------------------


def test_golden_hdi_2021_191_countries():
    facts = case("hdi_2021_191_countries")
    given_ = facts["input"]
    data = table(given_["csv"])
    columns = list(given_["columns"].values())
    ends = np.array(list(given_["goalposts"].values()), dtype=float)
    known, income = data[columns].to_numpy(), columns.index("gnipc_2021")
    known[:, income], ends[income] = np.log(known[:, income]), np.log(ends[income])
    values = goalpost_values(known, ends[:, 0], ends[:, 1], cap=given_["cap_at_1"])
    dimensions = Node("", "geometric", (), (
        Node("health", "additive", (0,)),
        Node("education", "additive", (1, 2)),
        Node("income", "additive", (3,)),
    ))  # fmt: skip
    weights = np.array([2.0, 1.0, 1.0, 2.0])
    # No country has a 0 anywhere, so nothing need be raised; the smallest step keeps the logarithm whole.
    points = tree_points(values, whole(values), weights, dimensions, lowest=1e-15)
    expected = facts["expected"]
    index = round_half_up(points.score / 100.0, expected["rounding"])
    assert len(data) == 191
    np.testing.assert_allclose(index, data[expected["column"]], rtol=0, atol=1e-12)
    np.testing.assert_array_equal(shared_ranks(index), data[expected["rank_column"]])
    assert index[data["iso3"] == "IDN"] == pytest.approx(expected["indonesia"])
    # ranks of values before rounding are others: published ties would be torn
    assert (shared_ranks(points.score) != data[expected["rank_column"]]).sum() == 29


@pytest.fixture(scope="module")
def asem():
    """The indicators' table and the countries' raw data, in the order of the results."""
    meta = table("coinr_asem/iMeta.csv")
    raw = table("coinr_asem/iData.csv").set_index("uCode").sort_index()
    indicators = meta[meta["Type"] == "Indicator"].set_index("iCode")
    return meta, indicators, raw


def step(name):
    frame = table(f"coinr_asem/{name}.csv").set_index("uCode")
    return frame.sort_index()


def close(found, expected):
    expected = expected[found.columns]
    assert found.index.equals(expected.index)
    tolerance = case("coinr_asem_pipeline")["tolerance"]["all"]
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=tolerance)


def tree_of(meta, aggregation):
    """The four levels, and leaf weights that make every node weigh what the table says."""
    codes = meta.loc[meta["Type"] == "Indicator", "iCode"].tolist()
    below = meta.dropna(subset=["Parent"]).groupby("Parent", sort=False)
    stated = meta.set_index("iCode")["Weight"].astype(float)
    weights = np.zeros(len(codes))

    def node(code, weight):
        parts = below.get_group(code)["iCode"]
        each = {part: weight * stated[part] / stated[parts].sum() for part in parts}
        leaves = [part for part in parts if part in codes]
        for leaf in leaves:
            weights[codes.index(leaf)] = each[leaf]
        children = tuple(node(part, each[part]) for part in parts if part not in codes)
        return Node(code, aggregation, tuple(map(codes.index, leaves)), children)

    return node("Index", 1.0), weights


def test_golden_coinr_asem_pipeline_denominated_and_imputed(asem):
    _, indicators, raw = asem
    found = raw[indicators.index].astype(float)
    for code, name in indicators["Denominator"].dropna().items():
        found[code] = raw[code] / raw[name]
    close(found, step("denominated"))
    means = found.groupby(raw["EurAsia_group"]).transform("mean")
    close(found.fillna(means), step("imputed"))


def test_golden_coinr_asem_pipeline_normalised(asem):
    _, indicators, _ = asem
    close(100.0 * minmax(indicators), step("normalised"))


def minmax(indicators):
    """Treated data between their own ends, less is better where the direction says so."""
    treated = step("treated")[indicators.index]
    rising = indicators["Direction"].to_numpy() > 0
    low, high = treated.min().to_numpy(), treated.max().to_numpy()
    ends = np.where(rising, low, high), np.where(rising, high, low)
    return pd.DataFrame(
        goalpost_values(treated.to_numpy(), *ends), index=treated.index, columns=treated.columns
    )


def nodes_of(values, weights, root, lowest):
    known = values.to_numpy()
    found = node_values(known, whole(known), weights, root, lowest)
    points = tree_points(known, whole(known), weights, root, lowest).score
    np.testing.assert_allclose(points, 100.0 * found["Index"], rtol=1e-12)
    return pd.DataFrame(found, index=values.index)


def test_golden_coinr_asem_pipeline_arithmetic(asem):
    meta, indicators, _ = asem
    root, weights = tree_of(meta, "additive")
    found = 100.0 * nodes_of(minmax(indicators), weights, root, 0.01)
    close(found, step("aggregated"))
    best = found["Index"].sort_values(ascending=False).head(3)
    expected = case("coinr_asem_pipeline")["expected"]["top3"]
    assert [[name, round(points, 6)] for name, points in best.items()] == expected
    ranks = pd.Series(shared_ranks(found["Index"].to_numpy()), index=found.index)
    assert (ranks == step("results")["Rank"]).all()


def test_golden_coinr_asem_pipeline_geometric(asem):
    meta, indicators, _ = asem
    root, weights = tree_of(meta, "geometric")
    found = nodes_of(minmax(indicators), weights, root, 0.01)
    # their scale runs from 1 to 100 where ours runs from 0 to 1
    close(1.0 + 99.0 * found, step("aggregated_geometric_minmax1_100"))


def test_golden_coinr_asem_pipeline_zscore(asem):
    meta, indicators, _ = asem
    treated = step("treated")[indicators.index] * indicators["Direction"].astype(float)
    scores = 10.0 + 2.0 * (treated - treated.mean()) / treated.std(ddof=1)
    root, weights = tree_of(meta, "additive")
    found = nodes_of(scores, weights, root, 0.01)
    close(found[["Conn", "Sust", "Index"]], step("aggregated_zscore10_2"))


# --- by hand ---------------------------------------------------------------------------------

TWO = np.array([[1.0, 0.0], [0.5, 0.5], [0.0, 0.0], [1.0, 1.0], [NAN, 0.5], [NAN, NAN]])
HALVES = np.array([50.0, 50.0])


def test_multiplied_values_by_hand():
    # a 1 of 5 counts 1 of 100: the root of 1 x 0.01 is 0.1, which lies at 0.09 / 0.99 of the way
    found = tree_points(TWO, whole(TWO), HALVES, flat(2, "geometric"))
    np.testing.assert_allclose(found.score, [100 * 0.09 / 0.99, 50, 0, 100, 50, NAN], atol=1e-12)
    one_half = 100 * (np.sqrt(np.array([0.01, 1.0]) * 0.505) - 0.01) / 0.99
    np.testing.assert_allclose(found.worst[4:], [one_half[0], 0], atol=1e-12)
    np.testing.assert_allclose(found.best[4:], [one_half[1], 100], atol=1e-12)
    np.testing.assert_allclose(found.coverage, [1, 1, 1, 1, 0.5, 0])


def test_one_lowest_answer_costs_more_when_values_are_multiplied():
    added = tree_points(TWO, whole(TWO), HALVES, flat(2)).score
    multiplied = tree_points(TWO, whole(TWO), HALVES, flat(2, "geometric")).score
    assert added[0] == added[1] == 50
    assert multiplied[0] < multiplied[1]


def test_mixed_nodes_by_hand():
    # A multiplies 1 (weight 30) and 0 (weight 10): 0.01 ** 0.25; added to 0.5 with weight 60
    root = Node("", "additive", (2,), (Node("A", "geometric", (0, 1)),))
    values, weights = np.array([[1.0, 0.0, 0.5]]), np.array([30.0, 10.0, 60.0])
    below = (0.01**0.25 - 0.01) / 0.99
    found = node_values(values, whole(values), weights, root)
    assert found["A"] == pytest.approx([below])
    score = tree_points(values, whole(values), weights, root).score
    assert score == pytest.approx([40 * below + 60 * 0.5])


def test_a_node_weighs_what_was_answered_below_it():
    root = Node("", "additive", (), (Node("A", "geometric", (0, 1)), Node("B", "additive", (2,))))
    values = np.array([[0.5, NAN, 1.0], [NAN, NAN, 1.0]])
    weights = np.array([30.0, 30.0, 40.0])
    found = tree_points(values, whole(values), weights, root)
    np.testing.assert_allclose(found.score, [(30 * 0.5 + 40 * 1.0) / 0.7, 100.0])
    assert np.isnan(node_values(values, whole(values), weights, root)["A"][1])


def test_no_weight_at_all_is_no_score():
    values = np.array([[0.5, 0.5]])
    for aggregation in ("additive", "geometric"):
        root = flat(2, aggregation)
        found = tree_points(values, whole(values), np.zeros(2), root)
        assert np.isnan([found.score, found.worst, found.best]).all()
        assert found.coverage.tolist() == [0]
        assert np.isnan(tree_scores(values, whole(values), np.zeros((1, 2)), root)).all()


@given(st.floats(1e-6, 0.5), WEIGHTS)
def test_the_scale_of_a_product_has_its_ends_whatever_is_the_lowest(lowest, weights):
    # the exponential of a logarithm may be a hair less than the number it came from
    values = np.repeat([[0.0], [1.0]], LEAVES, axis=1)
    found = tree_points(values, whole(values), weights, flat(LEAVES, MULTIPLY), lowest).score
    if weights.any():
        assert 0 <= found[0] < 1e-9
        assert 100 - 1e-9 < found[1] <= 100


# --- what must hold for any tree -------------------------------------------------------------


@given(answers(), WEIGHTS)
def test_a_tree_that_only_adds_is_the_plain_score_to_the_last_bit(asked, weights):
    values, applicable = asked
    plain = np.array(weighted_points(values, applicable, weights))
    as_drawn = tree_scores(values, applicable, weights[None], flat(LEAVES))
    for root in (ADDED, flat(LEAVES)):
        np.testing.assert_array_equal(
            np.array(tree_points(values, applicable, weights, root)), plain
        )
        drawn = tree_scores(values, applicable, weights[None], root)
        np.testing.assert_array_equal(drawn, as_drawn)
        np.testing.assert_allclose(100 * drawn[0], plain[0], rtol=1e-15, atol=0)
        top = node_values(values, applicable, weights, root)[""]
        np.testing.assert_allclose(100 * top, plain[0], rtol=1e-12, atol=1e-12)


@given(answers(), WEIGHTS)
def test_multiplied_below_multiplied_is_one_product(asked, weights):
    values, applicable = asked
    nested = tree_points(values, applicable, weights, MULTIPLIED)
    plain = tree_points(values, applicable, weights, flat(LEAVES, "geometric"))
    np.testing.assert_allclose(np.array(nested), np.array(plain), rtol=0, atol=1e-9)


@pytest.mark.parametrize("root", [ADDED, MIXED, MULTIPLIED], ids=["added", "mixed", "multiplied"])
@given(asked=answers(), draws=st.lists(WEIGHTS, min_size=1, max_size=4))
def test_draws_are_scored_one_like_the_other(root, asked, draws):
    values, applicable = asked
    weights = np.array(draws)
    drawn = tree_scores(values, applicable, weights, root)
    several = np.repeat(values[None], len(draws), axis=0)
    np.testing.assert_array_equal(tree_scores(several, applicable, weights, root), drawn)
    for scores, weight in zip(drawn, weights, strict=True):
        points = tree_points(values, applicable, weight, root).score
        np.testing.assert_allclose(100 * scores, points, rtol=1e-13, atol=0)


def value_of(node, values, weights, lowest=0.01):
    """A node's value and answered weight, one usulan and one number at a time, from the definition."""
    parts = [(values[c], weights[c]) for c in node.leaves if not np.isnan(values[c])]
    parts += [value_of(child, values, weights, lowest) for child in node.children]
    parts = [(value, weight) for value, weight in parts if weight > 0]
    total = sum(weight for _, weight in parts)
    if not parts:
        return NAN, 0.0
    if node.aggregation == ADD:
        return sum(weight * value for value, weight in parts) / total, total
    product = 1.0
    for value, weight in parts:
        product *= (lowest + (1.0 - lowest) * value) ** (weight / total)
    return (product - lowest) / (1.0 - lowest), total


@given(any_trees(), answers(), WEIGHTS)
def test_a_tree_of_any_depth_follows_its_definition(root, asked, weights):
    values, applicable = asked
    asked_only = np.where(applicable, values, NAN)
    found = tree_points(values, applicable, weights, root).score
    expected = [100 * value_of(root, row, weights)[0] for row in asked_only]
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-9)
    drawn = tree_scores(values, applicable, weights[None], root)[0]
    np.testing.assert_allclose(100 * drawn, found, rtol=1e-13, atol=0)


@given(any_trees(), answers(), WEIGHTS)
def test_every_node_of_a_tree_of_any_depth_has_its_value(root, asked, weights):
    values, applicable = asked
    asked_only = np.where(applicable, values, NAN)
    found = node_values(values, applicable, weights, root)

    def check(node):
        expected = [value_of(node, row, weights)[0] for row in asked_only]
        np.testing.assert_allclose(found.pop(node.code), expected, rtol=0, atol=1e-11)
        for child in node.children:
            check(child)

    check(root)
    assert not found


@given(any_trees((ADD,)), answers(), WEIGHTS)
def test_depth_plays_no_part_where_all_is_added(root, asked, weights):
    values, applicable = asked
    plain = np.array(weighted_points(values, applicable, weights))
    np.testing.assert_array_equal(np.array(tree_points(values, applicable, weights, root)), plain)


@given(any_trees((MULTIPLY,)), answers(), WEIGHTS)
def test_depth_plays_no_part_where_all_is_multiplied(root, asked, weights):
    values, applicable = asked
    nested = tree_points(values, applicable, weights, root)
    plain = tree_points(values, applicable, weights, flat(LEAVES, MULTIPLY))
    np.testing.assert_allclose(np.array(nested), np.array(plain), rtol=0, atol=1e-9)


def test_each_draw_may_have_its_own_answers():
    rng = np.random.default_rng(4)
    several, draws = rng.random((3, 5, LEAVES)), rng.random((3, LEAVES))
    together = tree_scores(several, whole(several[0]), draws, MIXED)
    for number, values in enumerate(several):
        alone = tree_scores(values, whole(values), draws[[number]], MIXED)
        np.testing.assert_array_equal(together[[number]], alone)
