"""The weight that swaps two usulan: by hand, in closed form, and applied to the printed list."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring import score
from ksd_toolkit.scoring.kernel import weighted_points
from ksd_toolkit.scoring.sensitivity import class_move, swap, with_weight
from ksd_toolkit.scoring.sensitivity.lines import line, meetings, reaches
from ksd_toolkit.scoring.sensitivity.moved import answered, points_under, printed, rescaled
from ksd_toolkit.scoring.sensitivity.nearest import nearest_weights
from ksd_toolkit.scoring.sensitivity.swaps import in_hundredths

M = 5
UNITS = arrays(float, (2, M), elements=st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]))
HAS = arrays(bool, (2, M))
WEIGHTS = arrays(float, M, elements=st.integers(1, 40).map(float)).map(lambda w: 100 * w / w.sum())
ONE, TWO = "DINKES-01", "DINKES-02"
NEAR = ({"U": 5, "S": 2}, {"G": 4, "TEK": 2}, {"K3A": 4, "TEK": 2}, {"EKON": 4, "K3C": 2})


def points(units, has, weights):
    return weighted_points(np.where(has, units, np.nan), has, weights).score


# --- closed forms -------------------------------------------------------------------------------


@given(UNITS, HAS, WEIGHTS, st.integers(0, M - 1))
def test_where_two_lines_meet_the_scores_are_equal(units, has, weights, column):
    lines = [line(units[n], has[n], weights, column) for n in range(2)]
    for t in meetings(*lines):
        if 1e-6 < t < 100 - 1e-6:
            first, second = points(units, has, rescaled(weights, column, np.array([t]))[0])
            if not np.isnan([first, second]).any():
                assert first == pytest.approx(second, abs=1e-6)


@given(UNITS, HAS, WEIGHTS, st.integers(0, M - 1))
def test_no_meeting_is_overlooked(units, has, weights, column):
    """Wherever the order turns on a fine grid a root lies between the two steps."""
    grid = np.linspace(0.5, 99.5, 199)
    scores = np.array([points(units, has, row) for row in rescaled(weights, column, grid)])
    sign = np.sign(np.round(scores[:, 0] - scores[:, 1], 9))
    roots = meetings(*(line(units[n], has[n], weights, column) for n in range(2)))
    for left, right, a, b in zip(grid, grid[1:], sign, sign[1:], strict=False):
        if a * b < 0:
            assert any(left - 1e-9 <= root <= right + 1e-9 for root in roots)


@given(UNITS, HAS, WEIGHTS, st.integers(0, M - 1), st.floats(0.05, 0.95))
def test_where_a_line_reaches_a_border_the_score_is_the_border(units, has, weights, column, border):
    for t in reaches(line(units[0], has[0], weights, column), border):
        if 1e-6 < t < 100 - 1e-6:
            score = points(units, has, rescaled(weights, column, np.array([t]))[0])[0]
            assert np.isnan(score) or score == pytest.approx(100 * border, abs=1e-6)


def test_different_criteria_answered_by_hand():
    """S1 = (0.8 t + 0.2 r)/(t + r) with r = (100 - t)/2, S2 = 0.5 whatever t: 0.3 t = 0.3 r, t = 100/3."""
    units = np.array([[0.8, 0.2, 0.0], [0.5, 0.0, 0.5]])
    has = np.array([[True, True, False], [True, False, True]])
    lines = [line(units[n], has[n], np.array([20.0, 40.0, 40.0]), 0) for n in range(2)]
    assert [t for t in meetings(*lines) if 0 < t < 100] == pytest.approx([100 / 3])


def test_a_quadratic_by_hand():
    """t among (1, 0.5, -) with weights (t, r, -), against (0.95, -, 0.65) with (t, -, 3 r), r = (100 - t)/4:
    (t + 0.5 r)(t + 3 r) = (0.95 t + 1.95 r)(t + r) is 0.05 t^2 + 0.6 t r - 0.45 r^2 = 0, once at t > 0."""
    units = np.array([[1.0, 0.5, 0.0], [0.95, 0.0, 0.65]])
    has = np.array([[True, True, False], [True, False, True]])
    lines = [line(units[n], has[n], np.array([20.0, 20.0, 60.0]), 0) for n in range(2)]
    ratio = (-0.6 + np.sqrt(0.36 + 4 * 0.05 * 0.45)) / (2 * 0.05)  # t / r
    inside = [t for t in meetings(*lines) if 0 < t < 100]
    assert inside == pytest.approx([100 * ratio / (ratio + 4)])


# --- all weights at once ------------------------------------------------------------------------


@given(UNITS, HAS, WEIGHTS, arrays(float, (30, M), elements=st.floats(0.001, 1)))
def test_nearest_weights_meet_and_nothing_tried_is_nearer(units, has, weights, tried):
    lower, upper = points(units, has, weights)
    if np.isnan([lower, upper]).any() or lower > upper:
        return
    found = nearest_weights(units, has, weights)
    others = 100 * tried / tried.sum(axis=1, keepdims=True)
    scores = np.array([points(units, has, row) for row in others])
    swapped = others[scores[:, 0] > scores[:, 1] + 1e-9]
    if found is None:
        assert not len(swapped)
        return
    assert found.sum() == pytest.approx(100)
    assert found.min() >= 0
    known = np.where(has, units, 0)
    gained, base = (known * found).sum(axis=1), (has * found).sum(axis=1)
    assert gained[0] * base[1] - gained[1] * base[0] >= -1e-4
    far = np.sqrt(((found - weights) ** 2).sum())
    assert (np.sqrt(((swapped - weights) ** 2).sum(axis=1)) >= far * (1 - 1e-3) - 1e-6).all()


def test_nearest_weights_by_hand():
    """Gaps (1, -1) at 40/60: both meet at 50/50, 10 from each."""
    units = np.array([[1.0, 0.0], [0.0, 1.0]])
    found = nearest_weights(units, np.ones((2, 2), bool), np.array([40.0, 60.0]))
    assert found.tolist() == pytest.approx([50.0, 50.0])


@given(WEIGHTS)
def test_hundredths_sum_to_a_hundred_and_lie_beside_what_they_round(weights):
    stated = in_hundredths(weights)
    assert stated.sum() == pytest.approx(100, abs=1e-9)
    assert np.abs(stated - weights).max() <= 0.01 + 1e-9
    assert np.allclose(np.round(stated * 100), stated * 100, atol=1e-6)


@given(
    arrays(float, (4, M), elements=st.floats(-1, 40)).filter(lambda w: (w.max(axis=1) > 1).all())
)
def test_many_rows_are_rounded_as_each_alone(weights):
    together = in_hundredths(weights)
    assert all(
        (row == in_hundredths(alone)).all() for row, alone in zip(together, weights, strict=True)
    )


# --- on a list ----------------------------------------------------------------------------------


def applied(found, weights):
    table = found.ranking.replace(weights=weights).table
    return table.at[found.lower, "points"], table.at[found.upper, "points"]


def check(found):
    """Every threshold, applied, swaps the two; a tenth nearer it does not."""
    weights = found.table["weight"]
    for code, row in found.table.iterrows():
        if np.isnan(row["stated"]):
            continue
        lower, upper = applied(found, found.weights(code))
        assert lower > upper
        assert (lower, upper) == (row["lower_points"], row["upper_points"])
        assert min(weights[code], row["stated"]) <= row["exact"] + 1e-6
        assert row["exact"] <= max(weights[code], row["stated"]) + 1e-6
        assert abs(row["stated"] - round(row["stated"], 1)) < 1e-9
    if found.together is not None:
        lower, upper = applied(found, found.together.to_dict())
        assert lower > upper
        assert found.distance <= found.table["change"].abs().min() * 10 or found.smallest == ""


@pytest.mark.parametrize("aggregation", ["additive", "geometric", "promethee"])
def test_every_threshold_applied_swaps_two_usulan(rank, proposal, method, aggregation):
    ranking = rank(
        proposal(ONE, U=5, S=4, HUK=1),
        proposal(TWO, U=2, S=5, HUK=5, EKON=4),
        proposal("DINKES-03", U=3, K3C=5, POL=1),
        method=method.replace(aggregation=aggregation),
    )
    first, second, third = ranking.table.index
    for pair in ((first, second), (second, third), (third, first)):
        check(swap(ranking, *pair))


@pytest.mark.parametrize("aggregation", ["additive", "geometric"])
def test_every_threshold_applied_swaps_two_usulan_with_blanks(rank, proposal, method, aggregation):
    ranking = rank(
        proposal(ONE, U=5, S=None, HUK=1, K3C=None),
        proposal(TWO, U=2, S=5, HUK=5, EKON="TB", POL=4),
        method=method.replace(aggregation=aggregation),
    )
    found = swap(ranking, ONE, TWO)
    check(found)
    assert found.smallest


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_was_answered_the_smallest_change_swaps_them(
    make_register, proposal, method, data
):
    codes = ("U", "S", "EKON", "HUK", "K3C")
    given_ = st.one_of(st.integers(1, 5), st.none(), st.just("TB"))
    answers = [{code: data.draw(given_) for code in codes} for _ in range(2)]
    aggregation = data.draw(st.sampled_from(["additive", "geometric", "promethee"]))
    ranking = score(
        make_register(proposal(ONE, **answers[0]), proposal(TWO, **answers[1])),
        method.replace(aggregation=aggregation),
    )
    found = swap(ranking, ONE, TWO)
    if found.smallest:
        lower, upper = applied(found, found.weights())
        assert lower > upper
    if found.together is not None:
        lower, upper = applied(found, found.together.to_dict())
        assert lower > upper
        stated = found.table["change"].abs().min()
        # Moving all weights is never farther than moving one and rescaling the others.
        if found.smallest:
            one = np.array(list(found.weights().values())) - found.table["weight"].to_numpy()
            assert found.distance <= np.sqrt((one**2).sum()) + 0.05
        assert found.smallest == "" or stated > 0


def test_groups_that_multiply_all_the_way_have_closed_forms(rank, proposal, method):
    groups = {code: _multiplying(group) for code, group in method.groups.items()}
    ranking = rank(
        proposal(ONE, U=5, S=4, HUK=1),
        proposal(TWO, U=2, S=5, HUK=5),
        method=method.replace(aggregation="geometric", groups=groups),
    )
    found = swap(ranking, ONE, TWO)
    check(found)
    assert found.together is not None


def _multiplying(group):
    return type(group)(group.code, group.labels, "geometric", group.parent)


def test_the_threshold_by_hand(rank, proposal, method):
    """U 5 against 3 at weight 9, S 3 against 5 at 9, G 3 against 4 at 7: with U at t the rest shrinks by
    c = (100 - t)/91; equal where 0.5 t = c (0.5*9 + 0.25*7) = 6.25 c: t = 6.25*100/(0.5*91 + 6.25)."""
    ranking = rank(proposal(ONE, U=5), proposal(TWO, S=5, G=4))
    found = swap(ranking, ONE, TWO)
    assert (found.lower, found.upper) == (ONE, TWO)
    assert found.table.at["U", "exact"] == pytest.approx(625 / 51.75)
    assert found.table.at["U", "stated"] == 12.1
    assert found.table.at["U", "exact"] < 12.1
    check(found)


def test_who_is_never_better_cannot_be_put_above(rank, proposal):
    ranking = rank(proposal(ONE), proposal(TWO, S=5))
    found = swap(ranking, TWO, ONE)
    assert found.smallest == ""
    assert found.together is None
    assert found.table["stated"].isna().all()
    assert "Tidak ada satu bobot pun" in found.explain("id")
    assert "No single weight" in found.explain("en")
    with pytest.raises(MethodError):
        found.weights()


def test_two_tied_usulan_part_at_the_first_weight_that_shows(rank, proposal):
    ranking = rank(proposal(ONE, U=4), proposal(TWO, S=4))
    assert ranking.table["rank"].tolist() == [1, 1]
    found = swap(ranking, ONE, TWO)
    check(found)
    assert abs(found.table.at[found.smallest, "change"]) == pytest.approx(0.1)


def test_two_alike_in_every_answer_are_never_swapped(rank, proposal):
    """No weights part them, however far one goes."""
    found = swap(rank(proposal(ONE), proposal(TWO)), ONE, TWO)
    assert found.together is None
    assert found.smallest == ""


def test_all_weights_together_stop_at_the_first_stride_that_shows(rank, proposal):
    """On from where both meet in strides of a hundredth of a percent, tried here one by one."""
    ranking = rank(*(proposal(f"DINKES-0{n}", **cells) for n, cells in enumerate(NEAR, start=1)))
    for upper, lower in pairwise(ranking.table.index):
        found = swap(ranking, upper, lower)
        pair = [found.lower, found.upper]
        weights = np.array(list(ranking.method.weights.values()))
        met = nearest_weights(*answered(ranking, pair), weights)
        way = (met - weights) / np.sqrt(((met - weights) ** 2).sum())
        strides = (in_hundredths(met + n * 0.01 * way) for n in range(2_000))
        first = next(at for at in strides if _above(ranking, at, pair))
        assert found.together is not None
        assert found.together.to_list() == first.tolist()


def _above(ranking, weights, pair):
    first, second = printed(ranking, points_under(ranking, weights[None, :], pair))[0]
    return first > second


def test_the_sentence_says_what_was_applied(rank, proposal):
    ranking = rank(proposal(ONE, U=5), proposal(TWO, S=5, G=4))
    said = swap(ranking, ONE, TWO).explain("id")
    code = swap(ranking, ONE, TWO).smallest
    row = swap(ranking, ONE, TWO).table.loc[code]
    assert f"bobot {code} " in said
    assert f"menjadi {row['stated']:g}".replace(".", ",") in said
    assert f"{row['lower_points']:.2f}".replace(".", ",") in said


def test_a_pair_of_one_is_refused(rank, proposal):
    ranking = rank(proposal(ONE), proposal(TWO))
    with pytest.raises(MethodError, match="dua usulan"):
        swap(ranking, ONE, ONE)
    with pytest.raises(MethodError):
        swap(ranking, ONE, "DINKES-99")


def test_one_criterion_that_weighs_everything_leaves_nothing_to_move(rank, proposal, method):
    alone = method.replace(weights={code: 100.0 * (code == "U") for code in method.weights})
    ranking = rank(proposal(ONE, U=5), proposal(TWO, U=2), method=alone)
    found = swap(ranking, ONE, TWO)
    assert np.isnan(found.table.at["U", "stated"])


# --- over a border ------------------------------------------------------------------------------


@pytest.mark.parametrize("aggregation", ["additive", "geometric"])
def test_every_weight_that_moves_a_class_moves_it_when_applied(rank, proposal, method, aggregation):
    ranking = rank(
        proposal(ONE, U=5, S=5, G=4, HUK=1, EKON=4, POL=5), proposal(TWO, U=1, S=None),
        method=method.replace(aggregation=aggregation),
    )  # fmt: skip
    moved = 0
    for usulan in (ONE, TWO):
        found = class_move(ranking, usulan)
        for code, row in found.table[found.table["stated"].notna()].iterrows():
            then = ranking.replace(weights=with_weight(ranking, code, row["stated"])).table
            assert then.at[usulan, "class_name"] == row["class_name"]
            assert then.at[usulan, "class_name"] != ranking.table.at[usulan, "class_name"]
            assert then.at[usulan, "points"] == row["points"]
            moved += 1
        assert found.explain("id") != found.explain("en")
    assert moved


def test_net_flows_have_no_border(rank, proposal, method):
    ranking = rank(
        proposal(ONE), proposal(TWO, U=5), method=method.replace(aggregation="promethee")
    )
    with pytest.raises(MethodError):
        class_move(ranking, ONE)
