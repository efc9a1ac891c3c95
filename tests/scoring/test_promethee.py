"""PROMETHEE II: as published, by hand, against every pair compared, beside pymcdm, and where others are wrong."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pymcdm.methods import PROMETHEE_II

from ksd_toolkit.scoring.kernel import weighted_points
from ksd_toolkit.scoring.preference import Preference
from ksd_toolkit.scoring.promethee import (
    flow_points,
    flows_matrix,
    flows_of,
    preference_index,
    unicriterion_flows,
)

GOLDEN = Path(__file__).parents[1] / "golden"
NAN = np.nan
SIX = [
    Preference("usual"),
    Preference("u_shape", q=1.0),
    Preference("v_shape", p=2.0),
    Preference("level", q=0.5, p=2.0),
    Preference("linear", q=0.5, p=3.0),
    Preference("gaussian", s=1.5),
]
BY_NAME = pytest.mark.parametrize("preference", SIX, ids=lambda preference: preference.function)
ANSWERS = st.sampled_from([1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0])


def columns(least=1, elements=ANSWERS):
    return st.integers(least, 9).flatmap(lambda n: arrays(float, n, elements=elements))


def tables(least=1):
    return st.integers(least, 7).flatmap(lambda n: arrays(float, (n, len(SIX)), elements=ANSWERS))


WEIGHTS = arrays(float, len(SIX), elements=st.integers(1, 40).map(float))


def golden(name):
    """A case; its answers with the sign turned where less is better, and its functions."""
    case = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    given_ = case["input"]
    count = len(given_["weights"])
    thresholds = [given_.get(name, [None] * count) for name in ("q", "p", "s")]
    if len(thresholds[2]) < count:
        thresholds[2] = [None] * count
    preferences = [
        Preference(function, *of) for function, *of in zip(given_["functions"], *thresholds, strict=True)
    ]  # fmt: skip
    assert not [preference for preference in preferences if preference.problem]
    answers = np.array(given_["matrix"], dtype=float) * np.array(given_["types"])
    return case, answers, np.array(given_["weights"]), preferences


def net_flows(answers, weights, preferences):
    """As the score has them: the weighted mean of the flows by criterion."""
    flows = flows_matrix(answers, preferences)
    return weighted_points(flows, np.ones(flows.shape, dtype=bool), weights).score / 100.0


def preferred_by_the_papers(difference, preference):
    """The six functions one number at a time, written from the definitions."""
    q, p, s = preference.q, preference.p, preference.s
    if difference <= 0:
        return 0.0
    return {
        "usual": lambda: 1.0,
        "u_shape": lambda: 1.0 if difference > q else 0.0,
        "v_shape": lambda: min(difference / p, 1.0),
        "level": lambda: 0.0 if difference <= q else 0.5 if difference <= p else 1.0,
        "linear": lambda: min(max(difference - q, 0.0) / (p - q), 1.0),
        "gaussian": lambda: 1.0 - float(np.exp(-(difference**2) / (2 * s * s))),
    }[preference.function]()


def compared_pair_by_pair(answers, preference):
    others = max(1, len(answers) - 1)
    return [
        sum(preferred_by_the_papers(mine - other, preference) for other in answers) / others
        - sum(preferred_by_the_papers(other - mine, preference) for other in answers) / others
        for mine in answers
    ]


# --- as published ----------------------------------------------------------------------------


def test_golden_promethee_brans_vincke_1985():
    case, answers, weights, preferences = golden("promethee_brans_vincke_1985")
    expected, tolerance = case["expected"], case["tolerance"]
    index = preference_index(answers, weights, preferences)
    found = flows_of(index)
    near = {"rtol": 0, "atol": tolerance["preference_index"]}
    np.testing.assert_allclose(index, expected["preference_index"], **near)
    near = {"rtol": 0, "atol": tolerance["flows"]}
    np.testing.assert_allclose(found.plus, expected["phi_plus"], **near)
    np.testing.assert_allclose(found.minus, expected["phi_minus"], **near)
    np.testing.assert_allclose(found.net, expected["net_flow"], **near)
    scored = net_flows(answers, weights, preferences)
    np.testing.assert_allclose(scored, found.net, rtol=0, atol=1e-12)
    names = case["input"]["alternatives"]
    assert [names[place] for place in np.argsort(-scored)] == expected["ranking"]


def test_golden_promethee_usual_zhao_2013():
    case, answers, weights, preferences = golden("promethee_usual_zhao_2013")
    expected, near = case["expected"], {"rtol": 0, "atol": case["tolerance"]["all"]}
    found = flows_of(preference_index(answers, weights, preferences))
    np.testing.assert_allclose(found.plus, expected["phi_plus"], **near)
    np.testing.assert_allclose(found.minus, expected["phi_minus"], **near)
    np.testing.assert_allclose(found.net, expected["net_flow"], **near)
    scored = net_flows(answers, weights, preferences)
    np.testing.assert_allclose(scored, expected["net_flow"], **near)


def test_trap_promethee_jmcdm_8x4_turns_the_sign():
    case, answers, weights, preferences = golden("promethee_jmcdm_8x4")
    scored, theirs = net_flows(answers, weights, preferences), np.array(case["their_expected"])
    np.testing.assert_allclose(scored, case["computed_here"], rtol=0, atol=5e-5)
    np.testing.assert_allclose(scored, -theirs, rtol=0, atol=0.0051)  # they print two decimals
    # their best is worse in everything than their worst
    best, worst = theirs.argmax(), theirs.argmin()
    assert (answers[worst] > answers[best]).all()
    assert scored.argmax() == worst


# --- by hand ---------------------------------------------------------------------------------

THREE = [1.0, 2.0, 4.0]


@pytest.mark.parametrize(
    ("preference", "flows"),
    [
        (Preference("usual"), [-1, 0, 1]),
        (Preference("u_shape", q=1.0), [-0.5, -0.5, 1]),  # a difference of just q is indifferent
        (Preference("u_shape", q=2.0), [-0.5, 0, 0.5]),
        (Preference("u_shape", q=3.0), [0, 0, 0]),
        (Preference("v_shape", p=2.0), [-0.75, -0.25, 1]),
        (Preference("level", q=1.0, p=2.0), [-0.5, -0.25, 0.75]),  # just p: still a half
        (Preference("level", q=0.5, p=1.5), [-0.75, -0.25, 1]),
        (Preference("linear", q=1.0, p=3.0), [-0.5, -0.25, 0.75]),
        (Preference("linear", q=0.0, p=4.0), [-0.5, -0.125, 0.625]),
    ],
)
def test_flows_of_three_answers(preference, flows):
    assert unicriterion_flows(np.array(THREE), preference).tolist() == flows


def test_gaussian_flow_of_two_answers():
    found = unicriterion_flows(np.array([1.0, 3.0]), Preference("gaussian", s=2.0))
    np.testing.assert_allclose(found, [-(1 - np.exp(-0.5)), 1 - np.exp(-0.5)], rtol=1e-15)


@BY_NAME
@pytest.mark.parametrize("answers", [[], [3.0], [2.0, 2.0, 2.0]])
def test_nothing_to_compare_is_no_flow(preference, answers):
    assert unicriterion_flows(np.array(answers, dtype=float), preference).tolist() == [0.0] * len(
        answers
    )


def test_an_answer_is_compared_with_those_who_answered():
    answers = np.array([[1.0, NAN], [NAN, 4.0], [3.0, NAN]])
    found = flows_matrix(answers, [Preference("usual")] * 2)
    np.testing.assert_array_equal(found, [[-1, NAN], [NAN, 0], [1, NAN]])


@pytest.mark.parametrize(
    ("preference", "problem"),
    [
        (Preference("sigmoid"), "function"),
        (Preference("usual", q=1.0), "q"),  # a setting that would be ignored
        (Preference("u_shape"), "q"),
        (Preference("u_shape", q=-1.0), "q"),
        (Preference("v_shape", p=NAN), "p"),
        (Preference("v_shape", p=0.0), "p"),
        (Preference("v_shape", p=np.inf), "p"),
        (Preference("linear", q=2.0, p=2.0), "p"),
        (Preference("level", q=3.0, p=2.0), "p"),
        (Preference("linear", q=np.inf, p=np.inf), "q"),
        (Preference("gaussian", s=0.0), "s"),
        (Preference("gaussian", s=np.inf), "s"),
        (Preference("gaussian", s=1.0, p=2.0), "p"),
    ],
)
def test_thresholds_that_mean_nothing_are_named(preference, problem):
    assert preference.problem == problem
    assert not any(sound.problem for sound in [*SIX, Preference("level", q=0.0, p=1.0)])


# --- against every pair compared -------------------------------------------------------------

TENTHS = st.integers(10, 50)


@given(st.lists(TENTHS, min_size=2, max_size=9), st.integers(0, 20), st.integers(1, 20))
def test_a_difference_of_just_the_threshold_is_so_in_decimals_too(tenths, low, more):
    # 4.1 less 3.8 is a little less than 0.3 in binary, 1.3 less 1.0 a little more; in tenths both are 3
    high = low + more
    difference = np.subtract.outer(tenths, tenths)
    beyond_low, beyond_high = 1.0 * (difference > low), 1.0 * (difference > high)
    answers, weight = np.array(tenths) / 10.0, np.array([1.0])
    for preference, won in (
        (Preference("u_shape", q=low / 10.0), beyond_low),
        (Preference("level", q=low / 10.0, p=high / 10.0), (beyond_low + beyond_high) / 2.0),
    ):
        expected = (won - won.T).sum(axis=1) / (len(tenths) - 1)
        found = unicriterion_flows(answers, preference)
        np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)
        index = preference_index(answers[:, None], weight, [preference])
        np.testing.assert_array_equal(index, won)


@BY_NAME
@given(answers=columns())
def test_sorted_flows_are_those_of_every_pair(preference, answers):
    found = unicriterion_flows(answers, preference)
    np.testing.assert_allclose(
        found, compared_pair_by_pair(answers, preference), rtol=0, atol=1e-12
    )


@BY_NAME
def test_long_columns_are_those_of_every_pair(preference):
    answers = np.random.default_rng(7).integers(2, 11, 1_000) / 2.0
    difference = answers[:, None] - answers[None, :]
    grades = {
        step: preferred_by_the_papers(step, preference) - preferred_by_the_papers(-step, preference)
        for step in np.unique(difference)
    }
    counts = {step: (difference == step).sum(axis=1) for step in grades}
    expected = sum(grades[step] * counts[step] for step in grades) / (len(answers) - 1)
    np.testing.assert_allclose(
        unicriterion_flows(answers, preference), expected, rtol=0, atol=1e-12
    )


@BY_NAME
def test_answers_of_many_digits_far_from_nought_are_those_of_every_pair(preference):
    # Sums of numbers this large would lose what tells them apart; 700 different ones fill two blocks.
    answers = 1e8 + 4.0 * np.random.default_rng(11).random(700)
    assert len(np.unique(answers)) == len(answers)
    grade = np.vectorize(lambda step: preferred_by_the_papers(step, preference), otypes=[float])
    won = grade(answers[:, None] - answers[None, :])
    expected = (won - won.T).sum(axis=1) / (len(answers) - 1)
    np.testing.assert_allclose(
        unicriterion_flows(answers, preference), expected, rtol=0, atol=1e-12
    )


@given(tables(least=2), WEIGHTS)
def test_net_flows_sum_to_nothing_and_are_those_of_the_index(answers, weights):
    scored = net_flows(answers, weights, SIX)
    assert abs(scored.sum()) < 1e-9
    found = flows_of(preference_index(answers, weights, SIX))
    np.testing.assert_allclose(scored, found.net, rtol=0, atol=1e-12)
    assert (np.abs(scored) <= 1 + 1e-12).all()


@given(tables(least=2), WEIGHTS, st.data())
def test_flows_follow_their_rows_and_columns(answers, weights, data):
    rows = data.draw(st.permutations(range(len(answers))))
    order = data.draw(st.permutations(range(len(SIX))))
    moved = net_flows(answers[rows][:, order], weights[order], [SIX[column] for column in order])
    np.testing.assert_allclose(moved, net_flows(answers, weights, SIX)[rows], rtol=0, atol=1e-12)


@given(tables(least=2), WEIGHTS, st.data())
def test_a_better_answer_never_lowers_a_net_flow(answers, weights, data):
    row = data.draw(st.integers(0, len(answers) - 1))
    column = data.draw(st.integers(0, len(SIX) - 1))
    better = answers.copy()
    better[row, column] = data.draw(ANSWERS.filter(lambda answer: answer >= answers[row, column]))
    before, after = net_flows(answers, weights, SIX), net_flows(better, weights, SIX)
    assert after[row] >= before[row] - 1e-12
    others = np.arange(len(answers)) != row
    assert (after[others] <= before[others] + 1e-12).all()


@given(tables(least=2), WEIGHTS)
def test_a_dominated_usulan_never_flows_above_its_dominator(answers, weights):
    scored = net_flows(answers, weights, SIX)
    for first in range(len(answers)):
        for second in range(len(answers)):
            if (answers[first] >= answers[second]).all():
                assert scored[first] >= scored[second] - 1e-12


@BY_NAME
@given(answers=columns(), shift=st.integers(-1_000_000, 1_000_000))
def test_only_differences_count(preference, answers, shift):
    moved = unicriterion_flows(answers + shift, preference)
    np.testing.assert_allclose(moved, unicriterion_flows(answers, preference), rtol=0, atol=1e-12)


# --- what missing answers leave open ---------------------------------------------------------


def points(answers, preferences, weights, applicable=None, compared=None):
    applicable = np.ones(answers.shape, dtype=bool) if applicable is None else applicable
    compared = np.ones(len(answers), dtype=bool) if compared is None else compared
    flows = np.full(answers.shape, NAN)
    seen = np.where(applicable, answers, NAN)
    flows[compared] = flows_matrix(seen[compared], preferences)
    ends = np.repeat([[1.0], [5.0]], answers.shape[1], axis=1)
    return flow_points(seen, flows, applicable, weights, preferences, ends, compared)


def test_a_missing_answer_ranges_over_the_whole_scale():
    answers = np.array([[5.0, NAN], [1.0, 1.0], [3.0, 3.0]])
    found = points(answers, [Preference("usual")] * 2, np.array([3.0, 1.0]))
    # first criterion: flows 1, -1, 0; second: -, -1, 1; the first row could be a 1 (above nobody,
    # below one of two: -1/2) or a 5 (above both: 1)
    np.testing.assert_allclose(found.score, [100, -100, 25])
    np.testing.assert_allclose(found.worst, [(3 - 0.5) / 4 * 100, -100, 25])
    np.testing.assert_allclose(found.best, [100, -100, 25])
    np.testing.assert_allclose(found.coverage, [0.75, 1, 1])


def test_where_nobody_answered_everything_is_open():
    answers = np.array([[5.0, NAN], [1.0, NAN]])
    found = points(answers, [Preference("usual")] * 2, np.array([1.0, 1.0]))
    np.testing.assert_allclose(found.score, [100, -100])
    np.testing.assert_allclose(found.worst, [0, -100])
    np.testing.assert_allclose(found.best, [100, 0])


def test_the_interval_holds_the_score_even_where_the_rest_is_worse():
    # The first is beaten on the first criterion; on the second all others stand at the low end.
    answers = np.array([[1.0, NAN], [5.0, 1.0], [5.0, 1.0]])
    found = points(answers, [Preference("usual")] * 2, np.array([1.0, 1.0]))
    np.testing.assert_allclose([found.worst[0], found.score[0], found.best[0]], [-100, -100, 0])


def test_what_does_not_apply_or_is_not_compared_has_no_flow():
    answers = np.array([[5.0, 5.0], [1.0, 1.0], [3.0, 3.0]])
    applicable = np.array([[True, False], [True, True], [True, True]])
    compared = np.array([True, True, False])
    found = points(answers, [Preference("usual")] * 2, np.array([1.0, 1.0]), applicable, compared)
    np.testing.assert_array_equal(found.score, [100, -50, NAN])  # alone on the second: 0
    np.testing.assert_array_equal(found.coverage[:2], [1, 1])


def test_a_missing_answer_is_held_against_those_that_are_compared_only():
    # The last answered 5 and is not compared: a 5 of the first would lie above both others.
    answers = np.array([[NAN], [1.0], [3.0], [5.0]])
    compared = np.array([True, True, True, False])
    found = points(answers, [Preference("usual")], np.ones(1), compared=compared)
    np.testing.assert_array_equal([found.worst[0], found.best[0]], [-50, 100])
    without = points(answers, [Preference("usual")], np.ones(1))
    np.testing.assert_allclose([without.worst[0], without.best[0]], [-200 / 3, 200 / 3])


@given(tables(least=2), WEIGHTS, st.data())
def test_a_late_answer_stays_within_the_interval(answers, weights, data):
    row = data.draw(st.integers(0, len(answers) - 1))
    column = data.draw(st.integers(0, len(SIX) - 1))
    blank = answers.copy()
    blank[row, column] = NAN
    before, after = points(blank, SIX, weights), points(answers, SIX, weights)
    assert before.worst[row] - 1e-9 <= after.score[row] <= before.best[row] + 1e-9
    assert before.worst[row] - 1e-9 <= before.score[row] <= before.best[row] + 1e-9


# --- beside a peer ---------------------------------------------------------------------------

PEER = {
    "usual": "usual", "u_shape": "ushape", "v_shape": "vshape", "level": "level",
    "linear": "vshape_2",
}  # fmt: skip
SHAPES = [preference for preference in SIX if preference.function in PEER]


def peer(count, preference):
    thresholds = {
        name: np.full(count, value)
        for name in ("p", "q")
        if (value := getattr(preference, name)) is not None
    }
    return PROMETHEE_II(PEER[preference.function], **thresholds)


@pytest.mark.parametrize("preference", SHAPES, ids=lambda preference: preference.function)
@given(answers=tables(least=2), weights=WEIGHTS)
def test_pymcdm_agrees(preference, answers, weights):
    theirs = peer(len(SIX), preference)(
        answers, weights / weights.sum(), np.ones(len(SIX)), validation=False
    )
    ours = net_flows(answers, weights, [preference] * len(SIX))
    np.testing.assert_allclose(theirs, ours, rtol=0, atol=1e-12)


def test_pymcdm_fails_when_asked_twice():
    # its preference functions are a generator, and the first call uses it up
    linear, answers = Preference("linear", q=0.5, p=3.0), np.array([[1.0, 5.0], [4.0, 2.0]])
    method = peer(2, linear)
    asked = answers, np.array([0.5, 0.5]), np.ones(2)
    np.testing.assert_allclose(method(*asked), net_flows(answers, asked[1], [linear] * 2))
    with pytest.raises(np.exceptions.AxisError):
        method(*asked)
    np.testing.assert_array_equal(
        net_flows(answers, asked[1], [linear] * 2), net_flows(answers, asked[1], [linear] * 2)
    )


def test_pymcdm_takes_a_blank_for_an_answer_like_all_others():
    usual, answers = Preference("usual"), np.array([[5.0, 1.0], [1.0, 2.0], [NAN, 3.0]])
    weights = np.array([0.5, 0.5])
    found = peer(2, usual)(answers, weights, np.ones(2))
    # it divides by the one that did not answer too (1/2 and -1/2 where only two can be compared), and
    # the blank pulls the third towards the middle
    np.testing.assert_allclose(found, [(0.5 - 1) / 2, (-0.5 + 0) / 2, (0 + 1) / 2])
    ours = net_flows(answers, weights, [usual] * 2)
    np.testing.assert_allclose(ours, [(1 - 1) / 2, (-1 + 0) / 2, 1.0])


def test_pymcdm_loses_the_threshold_in_decimals():
    # 1.3 less 1.0 is 0.3, the indifference threshold; its last bit makes it more
    shape, answers = Preference("u_shape", q=0.3), np.array([[1.3], [1.0]])
    assert answers[0, 0] - answers[1, 0] > 0.3
    np.testing.assert_array_equal(
        peer(1, shape)(answers, np.ones(1), np.ones(1), validation=False), [1, -1]
    )
    np.testing.assert_array_equal(net_flows(answers, np.ones(1), [shape]), [0, 0])
