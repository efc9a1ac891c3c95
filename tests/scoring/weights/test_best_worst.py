"""The best-worst method: both models against what was published, and what is refused."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring.weights import best_worst_weights
from ksd_toolkit.scoring.weights.best_worst import min_max_consistency_index
from tests.scoring.weights.cases import case


def published(model):
    given_, _, _ = case("bwm_rezaei_2015")
    to_others, to_worst = given_["best_to_others"], given_["others_to_worst"]
    names = ["a", "b", "c"]
    best, worst = names[to_others.index(1)], names[to_worst.index(1)]
    return best_worst_weights(
        best,
        worst,
        dict(zip(names, map(float, to_others), strict=True)),
        dict(zip(names, map(float, to_worst), strict=True)),
        model,
    )


def test_bwm_rezaei_2015_by_the_non_linear_model():
    _, expected, tolerance = case("bwm_rezaei_2015")
    found = published("min_max")
    weights = list(found.weights.values())
    np.testing.assert_allclose(weights, expected["weights"], atol=tolerance["weights"])
    np.testing.assert_allclose(weights, expected["weights_full"], atol=tolerance["weights_full"])
    assert found.deviation == pytest.approx(expected["ksi"], abs=tolerance["ksi"])
    assert found.deviation == pytest.approx(expected["ksi_full"], abs=tolerance["ksi_full"])


def test_bwm_rezaei_2015_by_the_linear_model_is_another_answer():
    found = published("linear")
    expected = {"a": 1 / 14, "b": 9 / 28, "c": 17 / 28}
    assert found.weights == pytest.approx(expected, abs=1e-9)
    assert found.deviation == pytest.approx(1 / 28, abs=1e-9)
    assert found.weights["b"] != pytest.approx(published("min_max").weights["b"], abs=0.01)


def test_five_criteria_of_rezaei_2016_follow_the_exact_linear_program():
    """A penalty method published elsewhere gives .2234 .4520 .1151 .1543 .0551 for the same input."""
    to_others = dict(zip("abcde", [2.0, 1, 4, 3, 8], strict=True))
    to_worst = dict(zip("abcde", [4.0, 8, 2, 3, 1], strict=True))
    found = best_worst_weights("b", "e", to_others, to_worst)
    expected = [0.2295, 0.4481, 0.1148, 0.1530, 0.0546]
    np.testing.assert_allclose(list(found.weights.values()), expected, atol=6e-5)


@pytest.mark.parametrize(
    ("ratio", "index"), [(1, 0), (2, 0.44), (3, 1.0), (4, 1.63), (5, 2.30), (8, 4.47), (9, 5.23)]
)
def test_the_largest_deviation_follows_rezaei_2015_table_1(ratio, index):
    assert min_max_consistency_index(ratio) == pytest.approx(index, abs=0.006)


WEIGHTS = st.lists(st.integers(1, 9), min_size=2, max_size=6).filter(lambda w: min(w) == 1)


@given(WEIGHTS)
def test_consistent_judgements_give_back_the_weights_they_came_from(weights):
    names = [f"C{number}" for number in range(len(weights))]
    best, worst = names[weights.index(max(weights))], names[weights.index(1)]
    if best == worst:
        best = names[1] if worst == names[0] else names[0]
    to_others = {name: max(weights) / weight for name, weight in zip(names, weights, strict=True)}
    to_worst = {name: float(weight) for name, weight in zip(names, weights, strict=True)}
    for model in ("linear", "min_max"):
        found = best_worst_weights(best, worst, to_others, to_worst, model)
        shares = [weight / sum(weights) for weight in weights]
        np.testing.assert_allclose(list(found.weights.values()), shares, atol=1e-6)
        assert found.deviation == pytest.approx(0, abs=1e-6)
        assert found.consistency_ratio == pytest.approx(0, abs=1e-12)


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=1, max_size=5))
def test_any_allowed_judgements_give_weights(middle):
    names = ["best", *(f"C{number}" for number in range(len(middle))), "worst"]
    to_others = dict(zip(names, [1.0, *(float(b) for b, _ in middle), 9.0], strict=True))
    to_worst = dict(zip(names, [9.0, *(float(w) for _, w in middle), 1.0], strict=True))
    found = best_worst_weights("best", "worst", to_others, to_worst)
    weights = list(found.weights.values())
    assert math.fsum(weights) == pytest.approx(1, abs=1e-12)
    assert min(weights) >= 0
    assert 0 <= found.consistency_ratio <= 1
    gaps = [abs(found.weights["best"] - to_others[n] * found.weights[n]) for n in names[1:]]
    gaps += [abs(found.weights[n] - to_worst[n] * found.weights["worst"]) for n in names[:-1]]
    assert max(gaps) <= found.deviation + 1e-9


def test_one_criterion_weighs_everything():
    assert best_worst_weights("a", "a", {"a": 1.0}, {"a": 1.0}).weights == {"a": 1.0}


GOOD = ({"a": 1.0, "b": 3.0, "c": 6.0}, {"a": 6.0, "b": 2.0, "c": 1.0})


@pytest.mark.parametrize(
    ("code", "best", "worst", "to_others", "to_worst"),
    [
        ("best_worst_missing", "x", "c", {}, {}),
        ("best_worst_missing", "a", "c", {}, {"d": 1.0}),
        ("best_is_worst", "a", "a", {}, {}),
        ("best_worst_scale", "a", "c", {"b": 0.5}, {}),
        ("best_worst_scale", "a", "c", {"b": 10.0}, {}),
        ("best_worst_scale", "a", "c", {"b": math.nan}, {}),
        ("best_worst_scale", "a", "c", {}, {"b": math.inf}),
        ("best_worst_own", "a", "c", {"a": 2.0}, {}),
        ("best_worst_two", "a", "c", {"c": 5.0}, {}),
        ("best_worst_beyond", "a", "c", {"b": 7.0}, {}),
    ],
)
def test_judgements_that_contradict_themselves_are_refused(code, best, worst, to_others, to_worst):
    with pytest.raises(MethodError) as refused:
        best_worst_weights(best, worst, GOOD[0] | to_others, GOOD[1] | to_worst)
    assert refused.value.code == f"weights.{code}"


def test_a_model_that_is_none_is_refused():
    with pytest.raises(MethodError, match="linear, min_max"):
        best_worst_weights("a", "c", *GOOD, "nonlinear")
