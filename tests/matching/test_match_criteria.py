"""The four criteria worked on paper, and what must hold of them whatever the figures."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ksd_toolkit.matching.criteria import (
    Ranged,
    complementarity,
    feasibility,
    harmonic,
    nearness,
    ranged_points,
    shared_problems,
)
from ksd_toolkit.matching.kernel import help_of_all, reweighed, shared_of_all
from ksd_toolkit.scoring.kernel import weighted_points

NAN = math.nan

# Three regions and three cells; what one of them does not know is left blank.
NEED = np.array([[1.0, 0.5, 0.0], [0.5, 0.5, NAN], [NAN, 1.0, 0.25]])
CAPACITY = np.array([[0.0, 0.5, 1.0], [1.0, NAN, 0.5], [0.5, 0.0, 0.0]])


def test_shared_problems_on_paper():
    # with B over cells 1, 2: (0.5 + 0.5) / (1 + 0.5); with C over cells 2, 3: 0.5 / (1 + 0.25)
    found = shared_problems(NEED[0], NEED[1:])
    assert found.value.tolist() == pytest.approx([2 / 3, 0.4], abs=1e-15)
    assert found.union.tolist() == [1.5, 1.25]
    assert found.common.tolist() == [2, 2]
    # B with C over cell 2 alone: 0.5 / 1
    assert shared_problems(NEED[1], NEED[2:]).value.tolist() == [0.5]


def test_complementarity_on_paper():
    found = complementarity(NEED[0], CAPACITY[0], NEED[1:], CAPACITY[1:])
    # A from B over cells 1, 3: (1 x 1 + 0 x 0.5) / 1; from C: (1 x 0.5 + 0 + 0) / 1.5
    assert found.received.tolist() == pytest.approx([1.0, 1 / 3], abs=1e-15)
    # B from A over cells 1, 2: (0 + 0.5 x 0.5) / 1; C from A over 2, 3: (0.5 + 0.25) / 1.25
    assert found.given.tolist() == pytest.approx([0.25, 0.6], abs=1e-15)
    # harmonic: 2 x 1 x 0.25 / 1.25 and 2 x 1/3 x 0.6 / (14/15)
    assert found.value.tolist() == pytest.approx([0.4, 3 / 7], abs=1e-15)


def test_one_sided_help_is_no_complement():
    found = complementarity(
        np.array([1.0, 0.5]), np.array([0.0, 0.0]), np.array([[0.4, 0.4]]), np.array([[1.0, 1.0]])
    )
    assert (found.received[0], found.given[0], found.value[0]) == (1.0, 0.0, 0.0)


def test_where_nothing_is_known_of_both_nothing_is_said():
    home, other = np.array([1.0, NAN]), np.array([[NAN, 1.0]])
    assert np.isnan(shared_problems(home, other).value).all()
    assert np.isnan(complementarity(home, home, other, other).value).all()


def test_two_regions_without_any_need_share_no_problem_and_need_no_help():
    none = np.zeros((1, 3))
    assert shared_problems(none[0], none).value.tolist() == [0.0]
    assert complementarity(none[0], none[0], none, none).value.tolist() == [0.0]


def test_nearness_falls_to_37_percent_at_its_distance():
    found = nearness(np.array([0.0, 75.0, 75.0]), np.array([True, False, True]), 75.0)
    assert found.tolist() == [1.0, math.exp(-1), 1.0]


def test_feasibility_is_the_mean_of_its_known_parts():
    parts = np.array([[1.0, 0.25, 0.0], [NAN, 0.5, NAN], [NAN, NAN, NAN]])
    found = feasibility(parts, np.array([2.0, 1.0, 1.0]))
    assert found.value[:2].tolist() == [0.5625, 0.5]
    assert np.isnan(found.value[2])


def test_unknown_parts_of_feasibility_are_0_at_worst_and_1_at_best():
    # weights 2, 1, 1: known 4, 1 and 0 of 4; the second gains 0.5 of 4, up to 0.5 + 3
    parts = np.array([[1.0, 0.25, 0.0], [NAN, 0.5, NAN], [NAN, NAN, NAN]])
    found = feasibility(parts, np.array([2.0, 1.0, 1.0]))
    assert found.worst.tolist() == [0.5625, 0.125, 0.0]
    assert found.best.tolist() == [0.5625, 0.875, 1.0]
    assert found.known.tolist() == [1.0, 0.25, 0.0]


def test_parts_that_weigh_nothing_leave_feasibility_without_meaning():
    found = feasibility(np.array([[1.0, NAN]]), np.array([0.0, 0.0]))
    assert all(np.isnan(one).all() for one in found)


def test_points_and_their_range_on_paper():
    # weights 60, 30, 10: the second criterion unknown, the third half known, in the last row without meaning
    value = np.array([[0.5, NAN, 1.0], [0.5, NAN, NAN]])
    worst = np.array([[0.5, 0.0, 0.5], [0.5, 0.0, NAN]])
    best = np.array([[0.5, 1.0, 1.0], [0.5, 1.0, NAN]])
    known = np.array([[1.0, 0.0, 0.5], [1.0, 0.0, NAN]])
    found = ranged_points(Ranged(value, worst, best, known), np.array([60.0, 30.0, 10.0]))
    assert found.score.tolist() == pytest.approx([100 * 40 / 70, 50.0])
    assert found.worst.tolist() == pytest.approx([35.0, 100 * 30 / 90])
    assert found.best.tolist() == pytest.approx([70.0, 100 * 60 / 90])
    assert found.coverage.tolist() == pytest.approx([0.65, 60 / 90])


@pytest.mark.parametrize(
    ("first", "second", "mean"), [(1.0, 0.5, 2 / 3), (0.0, 1.0, 0.0), (0.0, 0.0, 0.0)]
)
def test_harmonic_mean(first, second, mean):
    assert harmonic(np.array([first]), np.array([second]))[0] == pytest.approx(mean)


# --- what always holds -----------------------------------------------------------------------

SHARE = st.one_of(st.just(NAN), st.integers(0, 20).map(lambda n: n / 20))
REGIONS = st.integers(2, 6)
CELLS = st.integers(1, 7)


@st.composite
def profiles(draw):
    shape = (draw(REGIONS), draw(CELLS))
    return tuple(draw(arrays(np.float64, shape, elements=SHARE)) for _ in range(2))


def pair_of(need, first, second):
    return shared_problems(need[first], need[[second]]).value[0]


@given(profiles())
def test_sharing_lies_between_0_and_1_and_is_mutual(sides):
    need, capacity = sides
    for first in range(len(need)):
        for second in range(len(need)):
            one, other = pair_of(need, first, second), pair_of(need, second, first)
            assert np.isnan(one) == np.isnan(other)
            if not np.isnan(one):
                assert 0 <= one <= 1
                assert one == other
            ours = complementarity(
                need[first], capacity[first], need[[second]], capacity[[second]]
            ).value[0]
            theirs = complementarity(
                need[second], capacity[second], need[[first]], capacity[[first]]
            ).value[0]
            assert np.isnan(ours) == np.isnan(theirs)
            if not np.isnan(ours):
                assert 0 <= ours <= 1 + 1e-12
                assert ours == pytest.approx(theirs, abs=1e-15)


@given(profiles())
def test_all_is_shared_exactly_where_needs_are_equal_and_not_all_zero(sides):
    need, _ = sides
    both = ~np.isnan(need[0]) & ~np.isnan(need[1])
    alike = bool(both.any() and (need[0][both] == need[1][both]).all() and need[0][both].any())
    assert (pair_of(need, 0, 1) == 1.0) == alike


@given(profiles(), st.randoms(use_true_random=False))
def test_the_order_of_regions_is_of_no_account(sides, random):
    need, capacity = sides
    order = list(range(len(need)))
    random.shuffle(order)
    plain = shared_problems(need[0], need).value
    mixed = shared_problems(need[0], need[order]).value
    np.testing.assert_array_equal(plain[order], mixed)
    plain = complementarity(need[0], capacity[0], need, capacity).value
    mixed = complementarity(need[0], capacity[0], need[order], capacity[order]).value
    np.testing.assert_array_equal(plain[order], mixed)


@given(profiles(), arrays(np.float64, 6, elements=SHARE))
def test_a_cell_unknown_of_home_changes_nothing(sides, others):
    need, _ = sides
    home = np.append(need[0], NAN)
    wider = np.column_stack([need, others[: len(need)]])
    np.testing.assert_array_equal(
        shared_problems(need[0], need).value, shared_problems(home, wider).value
    )


@given(profiles())
def test_the_fast_way_finds_what_the_fixed_order_finds(sides):
    need, capacity = sides
    shared, helped = shared_of_all(need), help_of_all(need, capacity)
    for home in range(len(need)):
        slow = shared_problems(need[home], need).value
        np.testing.assert_allclose(shared[home], slow, rtol=0, atol=1e-12)
        slow = complementarity(need[home], capacity[home], need, capacity).value
        np.testing.assert_allclose(helped[home], slow, rtol=0, atol=1e-12)


@given(
    arrays(np.float64, (5, 3), elements=SHARE), st.lists(st.integers(0, 4), min_size=3, max_size=3)
)
def test_feasibility_lies_between_its_ends_and_is_both_where_all_is_known(parts, weights):
    found = feasibility(parts, np.array(weights, dtype=float))
    for value, worst, best, known in zip(*found, strict=True):
        if not np.isnan(value):
            assert worst <= value + 1e-12
            assert value <= best + 1e-12
        if known == 1.0:
            assert worst == value == best


@given(
    arrays(np.float64, (4, 4), elements=SHARE),
    st.lists(st.integers(0, 50), min_size=4, max_size=4).filter(any),
)
def test_weighing_anew_gives_the_points_of_the_list(values, weights):
    known = ~np.isnan(values)
    fast = reweighed(np.where(known, values, 0.0), known.astype(float), np.array(weights, float))
    slow = weighted_points(values, np.ones(values.shape, dtype=bool), np.array(weights, float))
    np.testing.assert_allclose(fast, slow.score, rtol=0, atol=1e-10)
