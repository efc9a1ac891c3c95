"""The emptiest and evenest answers under every way to add up: a defined figure, never a warning or a NaN in print."""

import re
from dataclasses import replace

import numpy as np
import pytest

from ksd_toolkit.cli.ranking_told import leaf_table
from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring.contributions import contributions
from ksd_toolkit.scoring.preference import Preference
from ksd_toolkit.scoring.promethee import flow_points, flows_matrix, flows_of, preference_index
from ksd_toolkit.scoring.tree import node_values, tree_points, tree_scores
from tests.scoring.trees import LEAVES, TREES

NAN = np.nan
ANY_TREE = pytest.mark.parametrize("root", TREES.values(), ids=TREES)
EVEN = np.full(LEAVES, 100.0 / LEAVES)
SIX = (
    Preference("usual"),
    Preference("u_shape", q=1.0),
    Preference("v_shape", p=2.0),
    Preference("level", q=0.5, p=2.0),
    Preference("linear", q=0.5, p=3.0),
    Preference("gaussian", s=1.5),
)
NO_NUMBER = re.compile(r"\b(nan|inf|none)\b", re.IGNORECASE)
ENDS = np.repeat([[1.0], [5.0]], LEAVES, axis=1)


def whole(values):
    return np.ones(np.shape(values), dtype=bool)


def everything(values, applicable, weights, root):
    """Points, points by draw, nodes and parts, which must agree where there is nothing to count."""
    points = tree_points(values, applicable, weights, root)
    drawn = tree_scores(values, applicable, weights[None], root)[0]
    nodes = node_values(values, applicable, weights, root)
    parts = contributions(values, applicable, weights, root)
    np.testing.assert_array_equal(np.isnan(drawn), np.isnan(points.score))
    np.testing.assert_array_equal(np.isnan(nodes[""]), np.isnan(points.score))
    assert all(value.shape == (len(values),) for value in nodes.values())
    assert parts.shape == values.shape
    return points, parts


# --- trees -----------------------------------------------------------------------------------


@ANY_TREE
def test_no_usulan_has_no_figures(root):
    points, parts = everything(np.empty((0, LEAVES)), whole(np.empty((0, LEAVES))), EVEN, root)
    assert [len(figure) for figure in points] == [0, 0, 0, 0]
    assert parts.shape == (0, LEAVES)


@ANY_TREE
@pytest.mark.parametrize(("value", "score"), [(0.0, 0.0), (0.5, 50.0), (1.0, 100.0)])
def test_all_equal_have_the_points_of_one_alone(root, value, score):
    values = np.full((3, LEAVES), value)
    points, parts = everything(values, whole(values), EVEN, root)
    np.testing.assert_allclose(np.array(points[:3]), score, rtol=0, atol=1e-9)
    np.testing.assert_array_equal(points.coverage, [1, 1, 1])
    np.testing.assert_allclose(parts.sum(axis=1), score, rtol=0, atol=1e-9)
    alone, _ = everything(values[:1], whole(values[:1]), EVEN, root)
    np.testing.assert_array_equal(np.array(points)[:, :1], np.array(alone))


@ANY_TREE
def test_nothing_answered_leaves_everything_open(root):
    values = np.full((2, LEAVES), NAN)
    points, parts = everything(values, whole(values), EVEN, root)
    assert np.isnan(points.score).all()
    np.testing.assert_allclose(points.worst, 0, atol=1e-9)
    np.testing.assert_allclose(points.best, 100, rtol=1e-12)
    np.testing.assert_array_equal(points.coverage, 0)
    assert np.isnan(parts).all()


@ANY_TREE
def test_where_nothing_applies_there_is_no_base(root):
    values = np.full((2, LEAVES), 0.5)
    points, parts = everything(values, ~whole(values), EVEN, root)
    assert np.isnan(np.array(points[:3])).all()
    np.testing.assert_array_equal(points.coverage, 0)
    assert np.isnan(parts).all()


@ANY_TREE
def test_without_weight_there_is_no_score(root):
    values = np.full((2, LEAVES), 0.5)
    points, parts = everything(values, whole(values), np.zeros(LEAVES), root)
    assert np.isnan(np.array(points[:3])).all()
    np.testing.assert_array_equal(points.coverage, 0)
    np.testing.assert_array_equal(parts, 0)  # answered, and worth nothing


@ANY_TREE
@pytest.mark.parametrize("column", range(LEAVES))
def test_one_criterion_with_all_the_weight_is_the_score(root, column):
    values = np.full((2, LEAVES), [[0.25], [0.75]])
    others = np.arange(LEAVES) != column
    values[:, others] = [[1.0], [0.0]]
    weights = np.where(others, 0.0, 100.0)
    points, parts = everything(values, whole(values), weights, root)
    np.testing.assert_allclose(points.score, [25, 75], rtol=1e-12)
    np.testing.assert_allclose(parts[:, column], [25, 75], rtol=1e-12)
    np.testing.assert_array_equal(parts[:, others], 0)


@ANY_TREE
@pytest.mark.parametrize("column", range(LEAVES))
def test_one_answer_alone_is_the_score(root, column):
    values = np.full((1, LEAVES), NAN)
    values[0, column] = 0.75
    points, parts = everything(values, whole(values), EVEN, root)
    np.testing.assert_allclose(points.score, 75, rtol=1e-12)
    np.testing.assert_allclose(points.coverage, 1 / LEAVES)
    np.testing.assert_allclose(np.nansum(parts), 75, rtol=1e-12)


# --- net flows -------------------------------------------------------------------------------


def flow_figures(answers, weights=EVEN, preferences=SIX):
    applicable, compared = whole(answers), np.ones(len(answers), dtype=bool)
    flows = flows_matrix(answers, preferences)
    return flow_points(answers, flows, applicable, weights, preferences, ENDS, compared)


def test_no_usulan_has_no_flows():
    assert [len(figure) for figure in flow_figures(np.empty((0, LEAVES)))] == [0, 0, 0, 0]


@pytest.mark.parametrize("count", [1, 2, 5])
def test_all_equal_flow_nowhere(count):
    answers = np.full((count, LEAVES), 3.0)
    score, worst, best, coverage = flow_figures(answers)
    for figure in (score, worst, best):
        np.testing.assert_array_equal(figure, 0)
    np.testing.assert_array_equal(coverage, 1)
    found = flows_of(preference_index(answers, EVEN, SIX))
    np.testing.assert_array_equal(np.array(found), 0)


def test_no_answers_are_no_flow_and_everything_is_open():
    score, worst, best, coverage = flow_figures(np.full((2, LEAVES), NAN))
    assert np.isnan(score).all()
    np.testing.assert_allclose(worst, -100)
    np.testing.assert_allclose(best, 100)
    np.testing.assert_array_equal(coverage, 0)


def test_flows_without_weight_are_no_score():
    score, worst, best, coverage = flow_figures(np.full((2, LEAVES), 3.0), np.zeros(LEAVES))
    assert np.isnan(np.array([score, worst, best])).all()
    np.testing.assert_array_equal(coverage, 0)


# --- from a register, whatever the method ----------------------------------------------------


@pytest.fixture(
    params=["geometric", "groups multiplied", "promethee", "promethee, steps", "one criterion"]
)
def other_method(request, method):
    """The standard method with another way to add up."""
    match request.param:
        case "groups multiplied":
            groups = {c: replace(g, aggregation="geometric") for c, g in method.groups.items()}
            return method.replace(groups=groups)
        case "promethee, steps":
            read = Preference("level", q=1.0, p=2.0)
            criteria = tuple(replace(c, preference=read) for c in method.criteria)
            return method.replace(aggregation="promethee", criteria=criteria)
        case "one criterion":
            return method.replace(weights=dict.fromkeys(method.weights, 0.0) | {"K2A": 100.0})
        case aggregation:
            return method.replace(aggregation=aggregation)


def printed(ranking):
    """Everything of the list that is a number."""
    return ranking.table[["rank", "points", "worst", "best", "coverage", "rank_low", "rank_high"]]


def test_one_usulan_alone(rank, proposal, other_method):
    ranking = rank(proposal(), method=other_method)
    row = printed(ranking).iloc[0]
    assert row.notna().all()
    assert row["worst"] == row["points"] == row["best"]
    if not ranking.method.has_classes:
        assert row["points"] == 0  # nobody to be compared with
    for lang in ("id", "en"):
        assert not NO_NUMBER.search(ranking.explain("DINKES-01", lang))


def test_equal_usulan_share_rank_and_points(rank, proposal, other_method):
    names = ["DINKES-01", "DINKES-02", "DINKES-03"]
    ranking = rank(*(proposal(name) for name in names), method=other_method)
    assert printed(ranking).notna().all(axis=None)
    assert ranking.table["rank"].tolist() == [1, 1, 1]
    assert ranking.table["points"].nunique() == 1
    assert ranking.table.index.tolist() == names


def test_an_usulan_with_hardly_an_answer(rank, proposal, other_method):
    blank = proposal("DINKES-02", raters={}, partners=[], bukti_uraian=None, isu=None)
    ranking = rank(proposal(), blank, method=other_method)
    assert printed(ranking).notna().all(axis=None)
    for usulan in ("DINKES-01", "DINKES-02"):
        cells = [
            str(cell) for column in leaf_table(ranking, usulan).columns for cell in column.cells
        ]
        assert not NO_NUMBER.search(" ".join(cells))
        assert not NO_NUMBER.search(ranking.explain(usulan))


def test_nobody_is_a_sentence(rank, proposal, other_method):
    with pytest.raises(MethodError, match="Tidak ada usulan"):
        rank(method=other_method)
    with pytest.raises(MethodError, match="Tidak ada usulan"):
        rank(proposal(kewenangan="tidak"), method=other_method)


@pytest.mark.parametrize("weight", [NAN, np.inf, -1.0])
def test_a_weight_that_is_no_weight_is_a_sentence(rank, proposal, other_method, weight):
    with pytest.raises(MethodError):
        rank(proposal(), method=other_method).replace(weights={"K2A": weight})


@pytest.mark.parametrize("scale", [(1, np.inf), (-np.inf, 5), (NAN, 5), (1, NAN), (5, 1), (3, 3)])
def test_a_scale_without_two_ends_is_a_sentence(method, scale):
    criteria = (replace(method.criteria[0], scale=scale), *method.criteria[1:])
    with pytest.raises(MethodError, match=method.criteria[0].code):
        method.replace(criteria=criteria)
    with pytest.raises(MethodError, match="scale_low"):
        method.replace(scale=scale)
