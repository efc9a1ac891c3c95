"""What must hold of the parts of any difference, for added, multiplied and compared values."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring import score
from ksd_toolkit.scoring.explanation import explain, pair, why_above
from ksd_toolkit.scoring.explanation.splits import side, split
from ksd_toolkit.scoring.tree import Node, tree_points
from tests.scoring.conftest import RATED
from tests.scoring.explanation.test_other_ways import WAYS

LEAVES = 6
LOWEST = 0.01
VALUES = st.one_of(st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]), st.floats(0, 1))
KINDS = st.sampled_from(["additive", "geometric"])
WEIGHTS = arrays(float, LEAVES, elements=st.integers(0, 40).map(float)).filter(
    lambda w: w.sum() > 0
)


def matrices(elements):
    return st.integers(1, 6).flatmap(lambda n: arrays(float, (n, LEAVES), elements=elements))


BLANKS = matrices(st.one_of(VALUES, st.just(np.nan)))
TREES = st.tuples(KINDS, KINDS, KINDS, KINDS).map(
    lambda kinds: Node(
        "",
        kinds[0],
        (0,),
        (Node("A", kinds[1], (1, 2)), Node("B", kinds[2], (3,), (Node("C", kinds[3], (4, 5)),))),
    )
)


def parts_of(mine, others, weights, root, applicable=None):
    applicable = np.ones(mine.shape, bool) if applicable is None else applicable
    one = side(mine, applicable, weights, root, LOWEST)
    other = side(others, np.ones(others.shape, bool), weights, root, LOWEST)
    return split(one, other, weights, root, LOWEST)


def points_of(values, weights, root):
    return tree_points(values, np.ones(values.shape, bool), weights, root, LOWEST).score


@given(BLANKS, WEIGHTS, TREES)
def test_parts_sum_to_the_difference(values, weights, root):
    for row in range(len(values)):
        points = points_of(values, weights, root)
        parts = parts_of(values[[row]], values, weights, root)
        known = ~np.isnan(points) & ~np.isnan(points[row])
        np.testing.assert_allclose(
            parts.sum(axis=1)[known], (points[row] - points)[known], atol=1e-9
        )


@given(BLANKS, WEIGHTS, TREES)
def test_parts_turn_their_sign_with_the_sides(values, weights, root):
    forward = parts_of(values[[0]], values, weights, root)
    backward = np.vstack(
        [parts_of(values[[n]], values[[0]], weights, root) for n in range(len(values))]
    )
    np.testing.assert_allclose(forward, -backward, atol=1e-9)


@given(BLANKS, WEIGHTS, TREES)
def test_equal_answers_are_no_difference_and_better_ones_speak_for_it(values, weights, root):
    parts = parts_of(values[[0]], values, weights, root)
    step = values[0] - values
    assert (np.abs(parts[step == 0]) <= 1e-9).all()
    assert (parts[step > 0] >= -1e-9).all()
    assert (parts[step < 0] <= 1e-9).all()


@given(BLANKS, WEIGHTS, TREES)
def test_what_neither_answered_has_no_part(values, weights, root):
    parts = parts_of(values[[0]], values, weights, root)
    assert (parts[np.isnan(values) & np.isnan(values[0])] == 0).all()


@given(BLANKS, WEIGHTS)
def test_added_values_part_as_shapley_values_do(values, weights):
    """Criterion by criterion, what switching one answer adds is the same in any order."""
    full = np.nan_to_num(values, nan=0.5)
    root = Node("", "additive", tuple(range(LEAVES)))
    parts = parts_of(full[[0]], full, weights, root)
    for row, order in ((len(full) - 1, range(LEAVES)), (len(full) - 1, reversed(range(LEAVES)))):
        now = full[[row]].copy()
        for column in order:
            before = points_of(now, weights, root)[0]
            now[0, column] = full[0, column]
            assert points_of(now, weights, root)[0] - before == pytest.approx(
                parts[row, column], abs=1e-9
            )


# --- through the face ----------------------------------------------------------------------------

ANSWERS = st.fixed_dictionaries(
    {},
    optional={code: st.sampled_from([1, 2, 3, 4, 5, None, "TT", "TB"]) for code in RATED}
    | {"manfaat_mitra": st.sampled_from([1, 3, 5, None, "TB"])},
)


@settings(max_examples=10, deadline=None)
@given(rows=st.lists(ANSWERS, min_size=2, max_size=4), way=st.sampled_from(sorted(WAYS)))
def test_explanations_sum_and_name_only_what_was_answered(rank, proposal, method, rows, way):
    changed = WAYS[way][0](method)
    proposals = [proposal(f"DINKES-{n:02d}", **cells) for n, cells in enumerate(rows)]
    ranking = rank(*proposals, method=changed)
    own = ranking.contributions.sum(axis=1)
    answered = ranking.leaves.answers.notna() & ranking.leaves.applicable
    first = ranking.table.index[0]
    for usulan in ranking.table.index:
        held_to = ["mean", *([first] if usulan != first else [])]
        held_to += ["class"] if ranking.method.has_classes else []
        for against in held_to:
            found = explain(ranking, usulan, against)
            assert found.end == pytest.approx(own[usulan], abs=1e-9)
            assert found.parts.sum() == pytest.approx(found.end - found.start, abs=1e-9)
            assert not found.parts.isna().any()
            assert answered.loc[usulan, found.reasons.index].all()
            if against == first:
                assert answered.loc[first, found.reasons.index].all()
        mean = own[ranking.table.index].mean()
        assert explain(ranking, usulan).start == pytest.approx(mean, abs=1e-9)


# --- what cannot be explained --------------------------------------------------------------------


@pytest.fixture(scope="module")
def two(make_register, proposal, method):
    return score(make_register(proposal(), proposal("DINKES-02", kewenangan="tidak")), method)


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize(
    ("usulan", "against", "code"),
    [
        ("DINKES-02", "mean", "explain.not_ranked"),
        ("DINKES-01", "DINKES-02", "explain.not_ranked"),
        ("DINKES-01", "DINKES-99", "method.unknown_usulan"),
    ],
)
def test_who_is_not_ranked_is_not_explained(two, usulan, against, code, lang):
    with pytest.raises(MethodError) as caught:
        explain(two, usulan, against)
    assert caught.value.code == code
    assert "DINKES" in str(caught.value)


def test_an_usulan_is_not_above_itself(two):
    with pytest.raises(MethodError) as caught:
        why_above(two, "DINKES-01", "dinkes-01")
    assert caught.value.code == "explain.same"


def test_net_flows_have_no_class_border(two):
    with pytest.raises(MethodError) as caught:
        explain(two.replace(aggregation="promethee"), "DINKES-01", "class")
    assert caught.value.code == "explain.no_classes"


def test_a_pair_is_the_same_whoever_is_named_first(rank, proposal):
    ranking = rank(proposal(U=5), proposal("DINKES-02"))
    assert why_above(ranking, "DINKES-01", "DINKES-02") == why_above(
        ranking, "DINKES-02", "DINKES-01"
    )
    found = pair(ranking, "DINKES-02", "DINKES-01")
    assert (found.upper, found.lower) == ("DINKES-01", "DINKES-02")
    assert found.explanation.parts["U"] == pytest.approx(9 * 0.5)
