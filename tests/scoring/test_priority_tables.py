"""The tables of the priorities paper: reasons in the paper's language, intervals, nothing said twice."""

import dataclasses

import pytest

from ksd_toolkit.scoring.method_reading import load_method
from ksd_toolkit.scoring.weights import spread_table
from ksd_toolkit.tables import firmness, priorities, weights
from ksd_toolkit.tables.cells import class_shown


def block_of(shown):
    (block,) = shown.blocks
    return block


def test_every_weight_of_the_standard_method_has_its_reason_in_both_languages():
    for criterion in load_method().criteria:
        assert criterion.why == criterion.whys["id"]
        assert criterion.whys["en"].strip()
        assert criterion.whys["en"] != criterion.whys["id"]


@pytest.mark.parametrize("lang", ["id", "en"])
def test_criteria_are_told_with_the_reason_in_the_papers_language(rank, proposal, method, lang):
    rows = block_of(priorities.criteria(rank(proposal()), lang)).rows
    assert [row[2] for row in rows] == [criterion.whys[lang] for criterion in method.criteria]


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_spread_beside_each_weight_is_the_number_that_was_computed(
    rank, proposal, method, lang
):
    ranking = rank(proposal("DINKES-01", U=5, S=1), proposal("DINKES-02", U=1, S=2))
    codes = list(method.weights)
    answers = ranking.leaves.answers.loc[ranking.table.index, codes]
    spread = spread_table(answers, method.weights, frozenset({"RISK"}))
    rows = {row[0].split()[0]: row[3:] for row in block_of(weights.effect(ranking, lang)).rows}
    assert spread.at["U", "deviation"] > 0
    for code in ("U", "S", "K2A"):
        printed = [float(cell.replace(",", ".")) for cell in rows[code]]
        assert printed == pytest.approx(
            [spread.at[code, name] for name in ("deviation", "entropy", "critic")], abs=0.051
        )


def test_where_no_answer_spreads_a_dash_stands(rank, proposal):
    ranking = rank(proposal("DINKES-01"), proposal("DINKES-02"))
    assert {row[3:] for row in block_of(weights.effect(ranking, "id")).rows} == {("\u2013",) * 3}


@pytest.mark.parametrize(
    ("lang", "article", "place"),
    [
        ("id", "PP 28/2018 Pasal 4 ayat (2)", "Naskah kebijakan HSS: skala prioritas"),
        ("en", "Regulation 28/2018 art. 4(2)", "HSS policy brief: scale of priorities"),
    ],
)
def test_the_source_of_a_weight_is_named_in_the_papers_language(
    rank, proposal, lang, article, place
):
    rows = {
        row[0].split()[0]: row[-1]
        for row in block_of(priorities.criteria(rank(proposal()), lang)).rows
    }
    assert (rows["K2A"], rows["U"]) == (article, place)
    assert lang == "id" or not [one for one in rows.values() if "Naskah" in one or "UU" in one]


@pytest.mark.parametrize(("lang", "postponed"), [("id", "Ditunda"), ("en", "Postponed")])
def test_a_class_is_named_in_the_papers_language(rank, proposal, lang, postponed):
    low = dict.fromkeys(("U", "S", "G", "K3A", "K3C", "EKON", "POL", "TEK", "HUK"), 1)
    shown = block_of(
        priorities.top(rank(proposal("DINKES-01", **low), proposal("DINKES-02")), lang=lang)
    )
    [column] = [n for n, one in enumerate(shown.columns) if one.measure == "class_name"]
    assert shown.rows[-1][column] == postponed
    assert class_shown(rank(proposal()).method, "II", lang) == "II"


def test_an_own_method_that_says_why_once_says_it_in_both_languages(tmp_path):
    own = tmp_path / "kita.toml"
    row = '[[criterion]]\ncode = "X"\n'
    base = load_method()
    text = (
        'name = "kita"\nbased_on = "baku"\n' + row.replace("X", base.criteria[0].code)
        + 'why = "Alasan kami."\nwhy_en = "Our reason."\n'
    )  # fmt: skip
    own.write_text(text, encoding="utf-8")
    assert load_method("kita", own).criteria[0].whys == {"id": "Alasan kami.", "en": "Our reason."}


def test_both_ends_of_an_interval_are_told_once_where_they_are_the_same(rank, proposal):
    alone = block_of(priorities.top(rank(proposal()), lang="id"))
    assert alone.rows[0][-1] == "1"


def test_no_usulan_stopped_is_a_sentence(rank, proposal):
    ranking = rank(proposal())
    assert ranking.excluded.empty
    assert "tertahan gerbang" in repr(priorities.excluded(ranking, lang="id"))
    assert "stopped by a gate" in repr(priorities.excluded(ranking, lang="en"))


@pytest.mark.parametrize("told_by_the_note", [True, False])
def test_the_reason_for_a_contradiction_is_told_once(rank, proposal, method, told_by_the_note):
    reason = "rapat pleno 17 Agustus"
    weighting = dataclasses.replace(
        method.weighting, procedure="ahp", consistency_ratio=0.2, acknowledged=reason
    )
    note = f"Diakui karena {reason}." if told_by_the_note else "Bobot dari pleno."
    own = method.replace(weighting=weighting, notes={"id": note, "en": note})
    ranking = rank(proposal(), method=own)
    told = repr(weights.origin(ranking, "id")) + repr(priorities.criteria(ranking, "id"))
    assert told.count(reason) == 1
    assert told.count(note) == 1


def test_the_last_column_of_firmness_is_about_all_causes():
    assert firmness.say("firmness.top", "id", top=10) == "10 besar (semua)"
    assert firmness.say("firmness.top", "en", top=10) == "First 10 (all)"
