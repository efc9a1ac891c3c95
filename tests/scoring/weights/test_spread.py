"""The diagnoses of spread: published cases, columns that break peers, and what must always hold."""

import math
import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pymcdm import weights as pymcdm

from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring.weights.spread import (
    critic_spread,
    deviation_spread,
    entropy_spread,
    spread_table,
)
from tests.scoring.weights.cases import case

MEASURES = [entropy_spread, critic_spread, deviation_spread]
ANSWERS = arrays(
    float,
    st.tuples(st.integers(1, 7), st.integers(1, 5)),
    elements=st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0, math.nan]),
)
COMPLETE = arrays(float, (6, 4), elements=st.integers(1, 5).map(float))


def frame(matrix):
    values = np.array(matrix, dtype=float)
    return pd.DataFrame(values, columns=[f"C{number}" for number in range(values.shape[1])])


def shares(spread):
    return list(spread.shares.values())


def test_entropy_elsayed_2017():
    given_, expected, tolerance = case("entropy_elsayed_2017")
    found = shares(entropy_spread(frame(given_["matrix"])))
    np.testing.assert_allclose(found, expected["weights"], atol=tolerance["weights"])


def test_critic_tus_2019():
    given_, expected, tolerance = case("critic_tus_2019")
    found = shares(critic_spread(frame(given_["matrix"])))
    np.testing.assert_allclose(found, expected["weights"], atol=tolerance["weights"])


def test_critic_jmcdm_3x4():
    given_, expected, tolerance = case("critic_jmcdm_3x4")
    falling = frozenset(f"C{n}" for n, kind in enumerate(given_["types"]) if kind < 0)
    found = critic_spread(frame(given_["matrix"]), falling)
    np.testing.assert_allclose(shares(found), expected["weights"], atol=tolerance["weights"])
    np.testing.assert_allclose(
        list(found.information.values()), expected["information"], atol=tolerance["information"]
    )


def test_std_jahan_2013():
    given_, expected, tolerance = case("std_jahan_2013")
    found = shares(deviation_spread(frame(given_["matrix"])))
    np.testing.assert_allclose(found, expected["weights"], atol=tolerance["weights"])


# --- peers ---------------------------------------------------------------------------------------


@given(COMPLETE)
def test_pymcdm_agrees_where_every_column_varies(matrix):
    if (np.ptp(matrix, axis=0) == 0).any():
        return
    pairs = [
        (entropy_spread, pymcdm.entropy_weights(matrix)),
        (deviation_spread, pymcdm.standard_deviation_weights(matrix)),
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pairs.append((critic_spread, pymcdm.critic_weights(matrix)))
    for measure, theirs in pairs:
        if not np.isnan(theirs).any() and sum(measure(frame(matrix)).information.values()) > 1e-9:
            np.testing.assert_allclose(shares(measure(frame(matrix))), theirs, atol=1e-9)


ALIKE = [[1.0, 3.0, 2.0], [2.0, 3.0, 4.0], [4.0, 3.0, 1.0]]


def test_a_criterion_answered_alike_makes_every_critic_weight_of_pymcdm_nan():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert np.isnan(pymcdm.critic_weights(np.array(ALIKE))).all()
    found = critic_spread(frame(ALIKE))
    assert found.silent == ("C1",)
    assert found.shares["C1"] == 0
    without = critic_spread(frame(ALIKE).drop(columns="C1"))
    assert {code: found.shares[code] for code in without.shares} == without.shares


def test_a_nought_stops_pymcdm_and_adds_nothing_to_our_entropy():
    matrix = np.array([[0.0, 1.0], [2.0, 2.0], [2.0, 1.0]])
    with pytest.raises(ValueError, match="positive values"):
        pymcdm.entropy_weights(matrix)
    entropy = math.log(2) / math.log(3)  # two equal shares of three
    found = entropy_spread(frame(matrix))
    assert found.information["C0"] == pytest.approx(1 - entropy, abs=1e-12)


def test_one_blank_makes_every_weight_of_pymcdm_nan():
    matrix = np.array([[1.0, 2.0], [2.0, math.nan], [4.0, 1.0]])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert np.isnan(pymcdm.standard_deviation_weights(matrix)).all()
    assert shares(deviation_spread(frame(matrix))) == pytest.approx([0.6836, 0.3164], abs=1e-4)


# --- what must always hold -----------------------------------------------------------------------


@pytest.mark.parametrize("measure", MEASURES)
@given(matrix=ANSWERS)
def test_any_answers_give_shares_of_one_or_none_at_all(measure, matrix):
    found = measure(frame(matrix))
    assert all(share >= 0 for share in shares(found))
    assert math.fsum(shares(found)) == pytest.approx(1, abs=1e-9) or set(shares(found)) == {0.0}
    assert all(found.shares[code] == 0 for code in found.silent)


@pytest.mark.parametrize("measure", MEASURES)
@given(matrix=ANSWERS)
def test_a_criterion_answered_alike_changes_nobody_elses_share(measure, matrix):
    before = measure(frame(matrix))
    after = measure(frame(matrix).assign(alike=1.0))
    assert after.shares["alike"] == 0
    assert {code: after.shares[code] for code in before.shares} == before.shares


@pytest.mark.parametrize("measure", MEASURES)
def test_no_usulan_at_all_tells_nothing(measure):
    assert shares(measure(frame(np.empty((0, 2))))) == [0.0, 0.0]


def test_negative_and_infinite_values_are_refused_where_they_mean_nothing():
    with pytest.raises(MethodError, match="C0"):
        entropy_spread(frame([[-1.0, 1.0], [1.0, 2.0]]))
    assert sum(shares(deviation_spread(frame([[-1.0, 1.0], [1.0, 2.0]])))) == pytest.approx(1)
    for measure in MEASURES:
        with pytest.raises(MethodError, match="C1"):
            measure(frame([[1.0, math.inf], [1.0, 2.0]]))


def test_the_table_sets_the_policy_beside_the_diagnoses():
    table = spread_table(frame(ALIKE), {"C0": 50, "C1": 30, "C2": 20})
    assert table.loc["C1"].to_dict() == {"weight": 30, "entropy": 0, "critic": 0, "deviation": 0}
    assert table.sum().tolist() == pytest.approx([100, 100, 100, 100])


@pytest.mark.parametrize(("lang", "said"), [("id", "Hanya diagnosa"), ("en", "A diagnosis only")])
def test_a_spread_says_that_it_is_no_weight(lang, said):
    sentence = entropy_spread(frame(ALIKE)).explain(lang)
    assert said in sentence
    assert "C1" in sentence.split(".")[-2]


@given(ANSWERS)
def test_criteria_are_compared_over_the_usulan_that_answered_both(matrix):
    """pandas says the same, pair by pair, wherever it says anything."""
    values = frame(matrix)
    found = critic_spread(values)
    telling = [code for code in values if code not in found.silent]
    unit = values[telling]
    unit = (unit - unit.min()) / (unit.max() - unit.min())
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        conflict = (1 - unit.corr(min_periods=2).fillna(0.0)).sum()
    own = unit.std(ddof=1)
    for code in telling:
        itself = 1.0 if np.isnan(unit.corr(min_periods=2).loc[code, code]) else 0.0
        expected = own[code] * (conflict[code] - itself)
        assert found.information[code] == pytest.approx(max(0.0, expected), abs=1e-9)


def test_two_criteria_nobody_answered_together_neither_agree_nor_conflict():
    values = frame([[1, math.nan], [2, math.nan], [math.nan, 3], [math.nan, 5]])
    assert critic_spread(values).information == pytest.approx(
        {"C0": math.sqrt(0.5), "C1": math.sqrt(0.5)}
    )


def test_shares_of_small_values_have_an_entropy_too():
    """A quarter and three quarters of a sum below 1."""
    found = entropy_spread(frame([[0.1], [0.3]]))
    entropy = -(0.25 * math.log(0.25) + 0.75 * math.log(0.75)) / math.log(2)
    assert found.information["C0"] == pytest.approx(1 - entropy)


def test_falling_criteria_count_in_the_table():
    values = frame([[1, 5, 2], [2, 4, 4], [4, 1, 3]])
    weights = {"C0": 50, "C1": 30, "C2": 20}
    plain, fallen = (spread_table(values, weights, f) for f in (frozenset(), frozenset({"C1"})))
    assert plain["critic"].tolist() != pytest.approx(fallen["critic"].tolist(), abs=1)
    assert plain.index.tolist() == ["C0", "C1", "C2"]
    assert plain["deviation"].tolist() == fallen["deviation"].tolist()


def test_every_share_is_said_as_it_is():
    found = deviation_spread(frame([[1.0, 1.0], [2.0, 4.0]]))
    assert "C0 25,0\u00a0% dan C1 75,0\u00a0%" in found.explain("id")
    assert "by standard deviation" in found.explain("en")
    assert "C0 25.0% and C1 75.0%" in found.explain("en")
    assert "dijawab sama" not in found.explain()
