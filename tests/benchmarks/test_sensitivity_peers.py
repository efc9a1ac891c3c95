"""SALib beside our tornado: where effects are linear both say the same; on weights SALib's box is no simplex."""

# ruff: noqa: F811
import numpy as np
import pytest

from ksd_toolkit.scoring.kernel import weighted_points
from ksd_toolkit.scoring.sensitivity import tornado
from tests.scoring.conftest import make_register, method, proposal, rank  # noqa: F401  fixtures

morris = pytest.importorskip("SALib.analyze.morris", reason="SALib is a dev extra")
from SALib.sample import morris as sampling  # noqa: E402

ANSWERED = ("U", "S", "G", "K3A", "K3C", "EKON", "POL", "TEK", "HUK")


def effects(names, bounds, model):
    problem = {"num_vars": len(names), "names": list(names), "bounds": bounds}
    drawn = sampling.sample(problem, 20, num_levels=4, seed=4)
    return morris.analyze(problem, drawn, model(drawn), num_levels=4, seed=4)


def test_elementary_effects_of_values_are_the_weights(method):
    weights = np.array(list(method.weights.values()))

    def model(values):
        return weighted_points(values, np.ones(values.shape, dtype=bool), weights).score

    found = effects(method.weights, [[0.0, 1.0]] * len(weights), model)
    assert np.asarray(found["mu"]) == pytest.approx(weights)
    assert np.asarray(found["sigma"]) == pytest.approx(0.0, abs=1e-9)


def test_the_span_of_an_answer_in_a_tornado_is_its_elementary_effect(rank, proposal, method):
    """All of a complete usulan's answers from one end of the scale to the other: the weight, in points."""
    ranking = rank(proposal("DINKES-01", U=4, S=2, HUK=5))
    weights = np.array(list(method.weights.values()))

    def model(values):
        return weighted_points(values, np.ones(values.shape, dtype=bool), weights).score

    found = effects(method.weights, [[0.0, 1.0]] * len(weights), model)
    star = dict(zip(found["names"], np.asarray(found["mu_star"]), strict=True))
    spans = tornado(ranking).answers["span"]
    for code in ANSWERED:
        assert spans[code] == pytest.approx(star[code], abs=0.011)


def test_salib_draws_weights_that_do_not_sum_and_its_effects_are_not_those_of_a_ranking(
    rank, proposal, method
):
    """Weights drawn from a box are no weights: taken as they come, a larger weight always adds points,
    while in a ranking it takes from the others and lowers who is weak there."""
    ranking = rank(proposal("DINKES-01", U=1, S=5))
    values = ranking.values.loc["DINKES-01"].to_numpy()
    weights = np.array(list(method.weights.values()))
    bounds = [[0.8 * w, 1.2 * w] for w in weights]
    found = effects(method.weights, bounds, lambda drawn: (drawn * values).sum(axis=1))
    effect = dict(zip(found["names"], np.asarray(found["mu"]), strict=True))
    assert min(effect.values()) >= 0
    row = tornado(ranking).weights.loc["U"]
    assert effect["U"] == pytest.approx(0.0)
    assert row["high_points"] < ranking.table.at["DINKES-01", "points"] < row["low_points"]
