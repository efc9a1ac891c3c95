"""The tables of the priorities paper: reasons in the paper's language, intervals, nothing said twice."""

import dataclasses

import pytest

from ksd_toolkit.scoring.method_reading import load_method
from ksd_toolkit.tables import firmness, priorities, weights


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
