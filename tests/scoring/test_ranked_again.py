"""A what-if ranks again from what was read: other weights, another way, other answers; nothing is lost."""

import pandas as pd
import pytest

from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring import rank as rank_basis
from ksd_toolkit.scoring import score
from ksd_toolkit.scoring.basis import SUPPOSED


@pytest.fixture
def ranking(rank, proposal):
    return rank(
        proposal("DINKES-01", U=5), proposal("DINKES-02", S=4, HUK=None), proposal("DINKES-03", HUK="TB"),
        proposal("DINKES-04", kewenangan="tidak"),
    )  # fmt: skip


def same(one, other):
    pd.testing.assert_frame_equal(one.table, other.table)
    pd.testing.assert_frame_equal(one.contributions, other.contributions)
    assert one.stamp == other.stamp


def test_replaced_weights_give_what_a_new_score_gives(ranking, method):
    weights = {"U": 12, "S": 6}
    fresh = score(ranking.register, method.replace(weights=weights))
    same(ranking.replace(weights=weights), fresh)
    same(ranking.replace(weights=weights).replace(weights={"U": 9, "S": 9}), ranking)


@pytest.mark.parametrize("aggregation", ["geometric", "promethee"])
def test_another_way_to_compute_is_a_replace(ranking, method, aggregation):
    fresh = score(ranking.register, method.replace(aggregation=aggregation))
    same(ranking.replace(aggregation=aggregation), fresh)


def test_stricter_gates_are_read_again(ranking, proposal, make_register, method):
    office = {"opd_kode": "DINKES", "opd_nama": "Dinas Kesehatan"}  # names no liaison officer
    one = score(make_register(proposal(), office=office), method)
    assert len(one.table) == 1
    with pytest.raises(MethodError, match="Tidak ada usulan"):
        one.replace(strict_gates=("G5",))


def test_a_supposed_answer_is_scored_as_if_it_had_been_given(ranking, rank, proposal):
    supposed = ranking.with_answers({"DINKES-02": {"HUK": 3}, "DINKES-03": {"HUK": 3}})
    given = rank(
        proposal("DINKES-01", U=5), proposal("DINKES-02", S=4), proposal("DINKES-03"),
        proposal("DINKES-04", kewenangan="tidak"),
    )  # fmt: skip
    numbers = ["rank", "points", "worst", "best", "coverage", "class_name"]
    pd.testing.assert_frame_equal(supposed.table[numbers], given.table[numbers])
    assert supposed.leaves.source.at["DINKES-02", "HUK"] == SUPPOSED
    assert ranking.leaves.source.at["DINKES-02", "HUK"] != SUPPOSED


def test_an_answer_may_be_supposed_away(ranking):
    without = ranking.with_answers({"DINKES-01": {"U": None}})
    row = without.table.loc["DINKES-01"]
    assert row["coverage"] == pytest.approx(0.91)
    assert row["worst"] < row["points"] < row["best"]


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"DINKES-09": {"U": 3}}, "DINKES-09"),
        ({"DINKES-01": {"X": 3}}, "X"),
        ({"DINKES-01": {"U": 6}}, "6"),
        ({"DINKES-01": {"U": 0.5}}, "0.5"),
        ({"DINKES-01": {"U": float("nan")}}, "nan"),
        ({"DINKES-01": {"U": float("inf")}}, "inf"),
        ({"DINKES-01": {"U": "lima"}}, "lima"),
        ({"DINKES-01": {"U": True}}, "True"),
    ],
)
def test_what_cannot_be_supposed_is_a_sentence(ranking, answers, told):
    with pytest.raises(MethodError, match=told) as refused:
        ranking.with_answers(answers)
    assert refused.value.sentence("en") != refused.value.sentence("id")


def test_the_basis_is_shared_and_untouched(ranking):
    changed = ranking.replace(weights={"U": 12, "S": 6})
    assert changed.basis is ranking.basis
    same(rank_basis(ranking.basis, ranking.method), ranking)
