"""A ranking asked again: other weights, other answers, another method; what was read stays as it was."""

import pytest

from ksd_toolkit.errors import MethodError


@pytest.fixture(scope="module")
def ranking(rank, proposal):
    return rank(
        proposal("DINKES-01", U=5, HUK=1),
        proposal("DINKES-02", U=2, HUK=5),
        proposal("DINKES-03", kewenangan="tidak"),
    )


def only(ranking, code):
    return dict.fromkeys(ranking.method.weights, 0.0) | {code: 100.0}


def test_other_weights_turn_the_list_round_and_read_nothing_again(ranking):
    for code, first, second in (("U", 100, 25), ("HUK", 100, 0)):
        asked = ranking.replace(weights=only(ranking, code))
        assert asked.basis is ranking.basis
        assert asked.method.weights[code] == 100
        assert asked.table["points"].tolist() == [first, second]
    assert ranking.replace(weights=only(ranking, "U")).table.index[0] == "DINKES-01"
    assert ranking.replace(weights=only(ranking, "HUK")).table.index[0] == "DINKES-02"


def test_a_method_that_asks_otherwise_is_read_anew(ranking):
    strict = ranking.method.replace(
        gates=tuple(gate for gate in ranking.method.gates if gate.code == "G0")
    )
    asked = ranking.under(strict)
    assert asked.basis is not ranking.basis
    assert asked.register is ranking.register
    assert asked.method is strict
    assert sorted(asked.table.index) == ["DINKES-01", "DINKES-02", "DINKES-03"]
    assert ranking.excluded.index.tolist() == ["DINKES-03"]


def test_other_answers_are_taken_and_the_first_ranking_keeps_its_own(ranking):
    weighed = ranking.replace(weights=only(ranking, "U"))
    asked = weighed.with_answers({"DINKES-02": {"U": 4}, "DINKES-01": {"U": None, "HUK": 3}})
    assert asked.table["points"].to_dict() == {"DINKES-02": 75}
    assert "DINKES-01" in asked.excluded.index  # nothing that weighs is answered
    assert asked.leaves.answers.at["DINKES-01", "HUK"] == 3
    assert weighed.table["points"].to_dict() == {"DINKES-01": 100, "DINKES-02": 25}
    assert asked.method is weighed.method


def test_a_sentence_is_in_the_language_of_the_ranking_unless_another_is_asked_for(ranking):
    told = ranking.explain("DINKES-01")
    assert told == ranking.explain("DINKES-01", "id")
    assert told != ranking.explain("DINKES-01", "en")
    assert "DINKES-01" in told or "Layanan bersama" in told


@pytest.mark.parametrize("name", ["DINKES-01", "dinkes-01", "  Dinkes-01 "])
def test_an_usulan_is_found_however_it_is_typed(ranking, name):
    assert ranking.find(name) == "DINKES-01"
    assert ranking.explain(name) == ranking.explain("DINKES-01")


def test_near_ids_are_suggested_and_nothing_is_where_none_is_near(ranking):
    with pytest.raises(MethodError) as refused:
        ranking.find("dinkes-04")
    assert refused.value.code == "method.unknown_usulan"
    assert refused.value.facts["usulan"] == "dinkes-04"
    assert sorted(refused.value.facts["near"].split(", ")) == [
        "DINKES-01",
        "DINKES-02",
        "DINKES-03",
    ]
    # half of the letters alike is near enough, less is not
    with pytest.raises(MethodError) as refused:
        ranking.find("KES-9")
    assert refused.value.facts["near"] != "-"
    with pytest.raises(MethodError) as refused:
        ranking.find("XYZ")
    assert refused.value.facts["near"] == "-"


def test_what_nobody_can_be_ranked_by_is_refused(rank, proposal, ranking):
    with pytest.raises(MethodError) as refused:
        rank(proposal(kewenangan="tidak"))
    assert refused.value.code == "method.nothing_to_score"
    silent = ranking.method.replace(may_be_unanswered=())
    with pytest.raises(MethodError) as refused:
        rank(
            proposal("DINKES-01", U=None, HUK=None),
            proposal("DINKES-02", U=None, HUK=None),
            proposal("DINKES-03", kewenangan="tidak"),
            method=silent,
        )
    assert refused.value.code == "method.nobody_answered"
    assert refused.value.facts["codes"] == "U, HUK"
    # one answer is enough, and so is a weight of nothing
    assert len(rank(proposal(U=None), proposal("DINKES-02"), method=silent).table) == 2
    unweighed = silent.replace(
        weights=silent.weights | {"U": 0.0, "S": silent.weights["S"] + silent.weights["U"]}
    )
    assert len(rank(proposal(U=None), proposal("DINKES-02", U=None), method=unweighed).table) == 2


def test_what_applies_to_nobody_need_not_be_answered(rank, proposal, ranking):
    silent = ranking.method.replace(may_be_unanswered=())
    benefit = {f"manfaat_{who}": "TB" for who in ("daerah", "mitra", "masyarakat")}
    table = rank(proposal(**benefit), proposal("DINKES-02", **benefit), method=silent).table
    assert table["coverage"].tolist() == [1, 1]


def test_the_smallest_weight_on_what_nobody_answered_is_refused(rank, proposal, ranking):
    weights = ranking.method.weights
    little = weights | {"U": 0.5, "S": weights["S"] + weights["U"] - 0.5}
    silent = ranking.method.replace(may_be_unanswered=(), weights=little)
    with pytest.raises(MethodError) as refused:
        rank(proposal(U=None), proposal("DINKES-02", U=None), method=silent)
    assert refused.value.facts["codes"] == "U"
