"""What would move an usulan where few answers, a floor or a cap decide, and where nothing does."""

import re
from decimal import Decimal

import pytest

from ksd_toolkit.messages import say
from ksd_toolkit.remembering import remembering
from ksd_toolkit.scoring.explanation import outlook, prospect
from ksd_toolkit.scoring.explanation.supposed import classes_of
from tests.scoring.conftest import RATED
from tests.scoring.explanation.proving import prove

LANGUAGES = pytest.mark.parametrize("lang", ["id", "en"])
MANDATORY = {
    "eksternalitas_lokasi": "ya",
    "efisien_bersama": "ya",
    "partners": [{"mitra_nama": "Tapin", "mitra_jenis": "pemda", "kode_wilayah": "63.05"}],
}
BEST = dict.fromkeys(RATED, 5)
WORST = dict.fromkeys(RATED, 1)


def blank(*codes):
    return dict.fromkeys(codes)


@LANGUAGES
def test_too_few_answers_name_the_heaviest_that_would_give_a_class(rank, proposal, lang):
    few = proposal("DINKES-02", **blank("U", "S", "G", "K3A"))
    told = prove(rank(proposal(), few), lang)
    assert told["DINKES-02"].wanting == ["U"]
    assert told["DINKES-01"].wanting == []


@LANGUAGES
def test_many_that_are_needed_are_counted_and_the_first_of_them_named(rank, proposal, lang):
    silent = proposal(
        "DINKES-02",
        partners=[],
        manfaat_daerah=None,
        kesamaan_kekuatan=None,
        urusan_kode=None,
        **blank(*RATED),
    )
    told = prove(rank(proposal(), silent), lang)
    # 17 of 100 are answered (K2A, RISK, SIAP): 70 needs 9, 9, 9, 8, 8, 7 and 7 more
    assert told["DINKES-02"].facts["wanted"] == 7
    assert len(told["DINKES-02"].wanting) == 4


@LANGUAGES
@pytest.mark.parametrize("answers", [BEST, WORST, {}])
def test_the_floor_keeps_what_is_mandatory_and_says_so(rank, proposal, lang, answers):
    told = prove(rank(proposal(**MANDATORY, **answers), proposal("DINKES-02")), lang)
    said = told["DINKES-01"]
    if said.class_label == say_class("I", lang):
        assert (said.floor, said.outlook) == ("", "fall_class")
    else:
        assert said.floor == said.class_label == say_class("II", lang)
        assert said.outlook.endswith("rise_class")


@LANGUAGES
def test_floor_and_cap_together_leave_no_way_out(rank, proposal, lang):
    held = proposal(**MANDATORY, manfaat_mitra=None)
    said = prove(rank(held, proposal("DINKES-02")), lang)["DINKES-01"]
    assert said.floor == said.cap == said.class_label == say_class("II", lang)
    assert said.move is None
    assert said.outlook == ""


# Capped at the best answers: 76 of the 93 answered, 81.72 points. The balance of benefit weighs 7 and
# is the least of three benefits, of which the two others are 3: at most half of it, 3.5, is gained.


@LANGUAGES
def test_what_any_answer_about_the_partner_lifts_is_told(rank, proposal, lang):
    capped = proposal(**BEST, manfaat_mitra=None)
    ranking = rank(capped, proposal("DINKES-02"))
    said = prove(ranking, lang)["DINKES-01"]  # 76 with the worst answer
    assert (said.facts["points"], said.class_label) == (Decimal("81.72"), say_class("II", lang))
    assert (said.lift, said.outlook) == (say_class("I", lang), "fall_class")
    assert "lower" not in said.facts


@LANGUAGES
def test_what_an_answer_lifts_only_with_enough_points_is_told_so(rank, proposal, lang):
    capped = proposal(**BEST, manfaat_mitra=None, kesamaan_kekuatan=1)
    said = prove(rank(capped, proposal("DINKES-02")), lang)["DINKES-01"]  # 74 to 77.5
    assert (said.lift, said.facts["lower"]) == (say_class("I", lang), 75)


@LANGUAGES
def test_what_no_answer_lifts_is_not_held_out(rank, proposal, lang):
    """The office's own benefit of 1 leaves the balance at 1 whatever the partner's is: 74 points."""
    capped = proposal(**BEST, manfaat_mitra=None, manfaat_daerah=1, kesamaan_kekuatan=1)
    said = prove(rank(capped, proposal("DINKES-02")), lang)["DINKES-01"]
    assert (said.class_change, said.lift) == ("cap", "")


@LANGUAGES
def test_what_is_mandatory_and_capped_is_told_of_both(rank, proposal, lang):
    held = proposal(**MANDATORY, **BEST, manfaat_mitra=None)
    said = prove(rank(held, proposal("DINKES-02")), lang)["DINKES-01"]
    assert said.floor == said.class_label == say_class("II", lang)
    assert (said.lift, said.cap, said.move) == (say_class("I", lang), "", None)


def test_an_answer_that_is_supposed_stays_so_when_the_cap_is_lifted(rank, proposal):
    ranking = rank(proposal(**BEST, manfaat_mitra=None), proposal("DINKES-02"))
    supposed = ranking.with_answers({"DINKES-01": {"U": 4, "K3B": 5}})
    lift = prospect(supposed, "DINKES-01").lift  # 76 + 7 - 9 / 4
    assert (lift.class_name, lift.lower, lift.certain) == ("I", 75.0, True)


def test_a_run_that_remembers_says_the_same(rank, proposal):
    """Two are capped, one of whom an answer lifts only with enough points; two roles disagree."""
    by_roles = {"OPD-1": dict.fromkeys(RATED, 2), "TKKSD-1": {"U": 5, "S": 1}}
    listed = (
        proposal("DINKES-01", **BEST, manfaat_mitra=None, kesamaan_kekuatan=1),
        proposal("DINKES-02", **BEST, manfaat_mitra=None),
        proposal("DINKES-03", raters=by_roles),
        proposal("DINKES-04"),
    )

    def told():
        ranking = rank(*listed)
        return [ranking.explain(name) for name in ranking.table.index], ranking.leaves.opd.to_dict()

    anew = told()
    with remembering():
        assert str(told()) == str(anew)


def test_a_cap_whose_question_is_open_promises_nothing_for_certain(rank, proposal, method):
    open_ = method.replace(cap_field="indikator")
    ranking = rank(proposal(**BEST), proposal("DINKES-02"), method=open_)
    assert ranking.table.at["DINKES-01", "class_change"] == "cap"
    assert not prospect(ranking, "DINKES-01").lift.certain


def say_class(name, lang):
    return f"{'Prioritas' if lang == 'id' else 'Priority'} {name}"


@LANGUAGES
def test_the_only_usulan_has_a_class_to_lose_but_no_mean(rank, proposal, lang):
    said = prove(rank(proposal()), lang)["DINKES-01"]
    assert said.alone
    assert said.move is not None


@LANGUAGES
def test_equal_usulan_share_their_rank_and_nothing_stands_out(rank, proposal, lang):
    told = prove(rank(*(proposal(f"DINKES-{n:02d}") for n in range(4))), lang)
    for said in told.values():
        assert said.facts["others"] == 4
        assert said.gaps == {"lifted": [], "held": []}


@LANGUAGES
@pytest.mark.parametrize("levels", [BEST, WORST])
def test_the_ends_of_the_scale(rank, proposal, lang, levels):
    prove(rank(proposal(**levels), proposal("DINKES-02")), lang)


def test_one_criterion_with_all_the_weight_has_only_its_answer(rank, proposal, method):
    weights = dict.fromkeys(method.weights, 0.0) | {"U": 100.0}
    ranking = rank(
        proposal(U=4), proposal("DINKES-02", U=1), method=method.replace(weights=weights)
    )
    for lang in ("id", "en"):
        told = prove(ranking, lang)
        assert {said.move.code for said in told.values()} == {"U"}


def test_a_method_of_one_class_has_nothing_to_say(rank, proposal, method):
    bands = (method.bands[0].__class__("satu", 0.0, {"id": "Satu", "en": "One"}),)
    plain = method.replace(
        bands=bands,
        floor_class="satu",
        cap_class="satu",
        floor_types=(),
        uncertainty=method.uncertainty,
    )
    ranking = rank(proposal(), proposal("DINKES-02", U=5), method=plain)
    assert prospect(ranking, "DINKES-01") is None
    assert outlook(ranking, "DINKES-01") == ""
    prove(ranking, "id")


def test_alone_under_net_flows_nothing_can_move(rank, proposal, method):
    ranking = rank(proposal(), method=method.replace(aggregation="promethee"))
    assert prospect(ranking, "DINKES-01") is None
    assert "DINKES-01" in ranking.explain("DINKES-01")


@LANGUAGES
def test_what_a_gate_stopped_is_told_with_its_reason_and_no_other_number(rank, proposal, lang):
    ranking = rank(proposal(), proposal("DINKES-02", kewenangan="tidak", judul="Judul 7"))
    told = ranking.explain("DINKES-02", lang)
    reader_of_reason = re.escape(say("explain.excluded", lang, usulan="DINKES-02", title="Judul 7", reasons="@"))  # fmt: skip
    matched = re.fullmatch(reader_of_reason.replace("@", "(?P<reasons>.+)"), told)
    assert matched is not None
    [gate] = [gate for gate in ranking.method.gates if gate.code == "G1"]
    assert any(matched["reasons"].startswith(row[f"reason_{lang}"]) for row in gate.rows)


def test_supposed_as_it_is_every_usulan_keeps_its_class(sample_ranking):
    table = sample_ranking.table
    for usulan in table.index:
        now = (table.loc[[usulan], name].to_numpy(dtype=float) for name in ("points", "coverage"))
        assert list(classes_of(sample_ranking, usulan, *now)) == [table.at[usulan, "class_name"]]
