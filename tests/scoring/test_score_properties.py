"""What must hold for any answers: order, scale and company never matter, better is never worse."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ksd_toolkit.scoring.kernel import round_half_up, shared_ranks, weighted_points

LEAVES = 6
VALUES = st.sampled_from([0.0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1.0])
WEIGHTS = arrays(float, LEAVES, elements=st.integers(1, 40).map(float))


def matrices(elements):
    return st.integers(1, 8).flatmap(lambda n: arrays(float, (n, LEAVES), elements=elements))


ANSWERED = matrices(VALUES)
WITH_BLANKS = matrices(st.one_of(VALUES, st.just(np.nan)))
QUARTERS = st.sampled_from([1, 2, 3, 4, 5])


def points_of(values, weights):
    return weighted_points(values, np.ones(values.shape, dtype=bool), weights)


def same(first, second):
    np.testing.assert_allclose(np.array(first), np.array(second), rtol=1e-12, atol=1e-9)


@given(WITH_BLANKS, WEIGHTS, st.randoms())
def test_the_order_of_rows_does_not_matter(values, weights, random):
    order = random.sample(range(len(values)), len(values))
    same(np.array(points_of(values, weights))[:, order], points_of(values[order], weights))


@given(WITH_BLANKS, WEIGHTS, st.randoms())
def test_the_order_of_columns_does_not_matter(values, weights, random):
    order = random.sample(range(LEAVES), LEAVES)
    same(points_of(values, weights), points_of(values[:, order], weights[order]))


@given(WITH_BLANKS, WEIGHTS, st.floats(0.001, 1000))
def test_the_scale_of_weights_does_not_matter(values, weights, factor):
    same(points_of(values, weights), points_of(values, weights * factor))


@given(WITH_BLANKS, WEIGHTS)
def test_another_usulan_never_changes_anyones_points(values, weights):
    alone = np.hstack([np.array(points_of(row[None], weights)) for row in values])
    np.testing.assert_array_equal(alone, np.array(points_of(values, weights)))


@given(WITH_BLANKS, WEIGHTS)
def test_points_lie_between_worst_and_best(values, weights):
    score, worst, best, coverage = points_of(values, weights)
    answered = coverage > 0
    assert ((coverage >= 0) & (coverage <= 1)).all()
    assert (worst >= 0).all()
    assert (best <= 100 + 1e-9).all()
    assert (worst[answered] <= score[answered] + 1e-9).all()
    assert (score[answered] <= best[answered] + 1e-9).all()
    assert np.isnan(score[~answered]).all()


@given(WITH_BLANKS, WEIGHTS, st.data())
def test_a_late_answer_stays_within_the_interval(values, weights, data):
    row, column = data.draw(st.integers(0, len(values) - 1)), data.draw(st.integers(0, LEAVES - 1))
    blank, filled = values.copy(), values.copy()
    blank[row, column], filled[row, column] = np.nan, data.draw(VALUES)
    before, after = points_of(blank, weights), points_of(filled, weights)
    assert before.worst[row] <= after.worst[row] + 1e-9
    assert after.best[row] <= before.best[row] + 1e-9
    assert after.coverage[row] > before.coverage[row]


@given(ANSWERED, WEIGHTS, st.data())
def test_a_better_answer_never_lowers_the_score(values, weights, data):
    row, column = data.draw(st.integers(0, len(values) - 1)), data.draw(st.integers(0, LEAVES - 1))
    better = values.copy()
    better[row, column] = data.draw(st.sampled_from([0.0, 0.25, 0.5, 1.0]).map(
        lambda step: values[row, column] + step * (1 - values[row, column])))  # fmt: skip
    before, after = points_of(values, weights).score, points_of(better, weights).score
    assert after[row] >= before[row] - 1e-9
    ranks_before, ranks_after = (shared_ranks(round_half_up(p, 2)) for p in (before, after))
    assert ranks_after[row] <= ranks_before[row]


@given(ANSWERED, WEIGHTS)
def test_a_dominated_usulan_never_stands_above_its_dominator(values, weights):
    ranks = shared_ranks(round_half_up(points_of(values, weights).score, 2))
    for first in range(len(values)):
        for second in range(len(values)):
            if (values[first] >= values[second]).all():
                assert ranks[first] <= ranks[second]


@given(st.lists(st.integers(0, 5), min_size=1, max_size=9))
def test_ranks_count_those_ahead(points):
    ranks = shared_ranks(np.array(points, dtype=float))
    assert ranks.tolist() == [1 + sum(other > mine for other in points) for mine in points]


# --- through the whole score: few examples, because each builds a register ------------------------

CELLS = st.fixed_dictionaries(
    {},
    optional={
        **{
            code: st.sampled_from([1, 2, 3, 4, 5, None, "TT", "TB"])
            for code in ("U", "S", "G", "K3A", "EKON", "POL")
        },
        "manfaat_mitra": st.sampled_from([1, 3, 5, None]),
        "isu": st.sampled_from(["ISU-A", "ISU-A;ISU-B", "ISU-C;ISU-D;ISU-E"]),
        "urusan_kode": st.sampled_from(["1.02", "2.11", "3.25"]),
        "risiko_teknis_k": QUARTERS,
        "risiko_teknis_d": QUARTERS,
        "kewenangan": st.sampled_from(["ya", "tidak", "sebagian"]),
    },
)
NUMBERS = ["points", "worst", "best", "coverage", "K1", "K2", "K3", "K4", "K5", "class_name"]


@pytest.fixture(scope="session")
def many(proposal):
    """An usulan that is always ranked, then one per dictionary of cells."""

    def proposals(rows):
        return [
            proposal("DINKES-99"),
            *(proposal(f"DINKES-{number:02d}", **cells) for number, cells in enumerate(rows)),
        ]

    return proposals


@settings(max_examples=10, deadline=None)
@given(rows=st.lists(CELLS, min_size=1, max_size=5))
def test_a_newcomer_changes_ranks_only(rank, many, rows):
    proposals = many(rows)
    full, less = rank(*proposals).table, rank(*proposals[:-1]).table
    kept = less.index
    assert full.loc[kept, NUMBERS].equals(less[NUMBERS])
    assert (full.loc[kept, "rank"] >= less["rank"]).all()


@settings(max_examples=10, deadline=None)
@given(rows=st.lists(CELLS, min_size=1, max_size=5))
def test_the_order_of_answers_does_not_matter(rank, many, rows):
    proposals = many(rows)
    forward, backward = rank(*proposals).table, rank(*proposals[::-1]).table
    assert forward.index.tolist() == backward.index.tolist()
    assert forward.equals(backward)


@settings(max_examples=10, deadline=None)
@given(rows=st.lists(CELLS, min_size=1, max_size=5))
def test_every_ranking_is_consistent(rank, many, rows):
    ranking = rank(*many(rows))
    table = ranking.table
    assert (table["worst"] <= table["points"]).all()
    assert (table["points"] <= table["best"]).all()
    assert table["coverage"].between(0, 1).all()
    assert (
        ranking.contributions.loc[table.index].sum(axis=1) - table["points"]
    ).abs().max() < 0.006
    assert table["first_share"].between(0, 1).all()
    assert (table["first_share"] <= table["top_share"]).all()
    assert (table["rank_low"] <= table["rank_high"]).all()
    assert table["rank_mean"].between(1, len(table)).all()
    assert sorted([*table.index, *ranking.excluded.index]) == sorted(ranking.types.index)
    assert (ranking.excluded["gate"] == "fail").all()
