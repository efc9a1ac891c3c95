"""What a slider shows is what a run prints: the same path, points, ranks and classes."""

import json

import pytest

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.errors import MethodError, RunError
from ksd_toolkit.register import read_register
from ksd_toolkit.runs.scenario_files import (
    check_data,
    kept_scenarios,
    remove_scenario,
    save_scenario,
    scenario_facts,
    scenario_text,
)
from ksd_toolkit.scoring import read_method, score
from ksd_toolkit.scoring.scenario import Scenario, read_scenario
from ksd_toolkit.widgets.answers import answer, later, reasons, under
from ksd_toolkit.widgets.facts import page_facts
from ksd_toolkit.widgets.what_if import WhatIf
from tests.extent import sampled
from tests.widgets.conftest import SAMPLE

HOSTILE = '"</script><img src=x onerror=1>\\ {x} \x7f\n= "'
TOLD = {
    "based_on": "baku",
    "points": {"K3A": 40.0, "U": 0.0},
    "locked": {"K2A": 12.0},
    "off": ["SIAP"],
    "classes": {"I": 72.5},
    "coverage_minimum": 0.6,
    "uncertainty": {"weights": "order"},
}


@pytest.fixture
def scenario(ranking):
    stamp = {"method_sha256": ranking.method.sha256, "data_sha256": ranking.stamp.data_sha256}
    return Scenario.parse(TOLD | {"title": "Kemiskinan", "data": stamp}, "miskin")


def test_a_saved_scenario_is_scored_as_the_slider_showed_it(ranking, scenario, sample_home):
    shown = answer(under(ranking, scenario, ranking.method))
    save_scenario(ranking.register.dossier, "miskin", scenario)
    dossier = open_dossier(f"{SAMPLE}@miskin", home=sample_home)
    printed = score(read_register(dossier), read_method(dossier))
    check_data(printed)
    ids = list(ranking.types.index)
    assert [ids[place] for place in shown["order"]] == list(printed.table.index)
    ranked = [place for place, rank in enumerate(shown["rank"]) if rank]
    assert len(ranked) == len(printed.table)
    for place in ranked:
        row = printed.table.loc[ids[place]]
        assert shown["rank"][place] == row["rank"]
        assert shown["points"][place] == row["points"]
        assert shown["class"][place] == row["class_name"]
        assert (shown["worst"][place], shown["best"][place]) == (row["worst"], row["best"])
    assert printed.method.weights == shown["shares"]
    remove_scenario(ranking.register.dossier, "miskin")


def test_a_scenario_file_says_what_was_kept(ranking, scenario):
    dossier = ranking.register.dossier
    save_scenario(dossier, "kemiskinan-berat", scenario)
    assert read_scenario(dossier, "kemiskinan-berat") == scenario
    assert [one["name"] for one in kept_scenarios(dossier)] == ["kemiskinan-berat"]
    text = (dossier.folder / "scenarios" / "kemiskinan-berat.toml").read_text()
    assert f"ksd run {SAMPLE} --scenario kemiskinan-berat" in text
    remove_scenario(dossier, "kemiskinan-berat")
    assert kept_scenarios(dossier) == []


def test_hostile_words_of_a_scenario_come_back_as_they_were(ranking):
    told = TOLD | {"title": HOSTILE, "note": HOSTILE}
    scenario = Scenario.parse(told, "x")
    dossier = ranking.register.dossier
    save_scenario(dossier, "x", scenario)
    assert read_scenario(dossier, "x") == scenario
    remove_scenario(dossier, "x")
    assert scenario_facts(Scenario("baku")) == {"based_on": "baku"}
    assert scenario_text(dossier, "x", Scenario("baku")).endswith('based_on = "baku"\n')


@pytest.mark.parametrize("name", ["../x", "A", "a b", "", "a" * 61, "x/y"])
def test_a_scenario_is_kept_nowhere_else(ranking, name):
    with pytest.raises(RunError) as refused:
        save_scenario(ranking.register.dossier, name, Scenario("baku"))
    assert refused.value.code == "scenario.name"


def test_a_scenario_of_other_data_is_refused_with_both_fingerprints(ranking, scenario, sample_home):
    other = Scenario.parse(TOLD | {"data": {"data_sha256": "f" * 64}}, "lama")
    save_scenario(ranking.register.dossier, "lama", other)
    dossier = open_dossier(f"{SAMPLE}@lama", home=sample_home)
    printed = score(read_register(dossier), read_method(dossier))
    with pytest.raises(RunError) as refused:
        check_data(printed)
    told = refused.value.sentence("id")
    assert "ffffffffffff" in told
    assert ranking.stamp.data_sha256[:12] in told
    remove_scenario(ranking.register.dossier, "lama")


def test_the_parts_of_a_score_add_up_to_it(ranking):
    first = str(ranking.table.index[0])
    found = reasons(ranking, first.lower())
    assert found["usulan"] == first
    given = [part["points"] for part in found["parts"] if part["points"] is not None]
    assert sum(given) == pytest.approx(ranking.table.at[first, "points"], abs=0.006)
    with pytest.raises(MethodError):
        reasons(ranking, "TIADA-99")


def test_a_weight_keeps_the_rank_up_to_its_ends_and_loses_it_beyond(ranking):
    found = later(ranking)
    first = found["usulan"]
    assert first == ranking.table.index[0]
    checked = 0
    for row in sampled(found["holding"], 3):
        assert row["low"] <= row["weight"] <= row["high"]
        for end, step in ((row["low"], -0.1), (row["high"], 0.1)):
            assert _rank(ranking, first, row["code"], end) == 1
            if 0 < end < 100:
                assert _rank(ranking, first, row["code"], round(end + step, 1)) > 1
                checked += 1
    assert checked
    assert later(ranking, "TIADA-99")["usulan"] == first


def _rank(ranking, usulan, code, weight):
    weights = ranking.method.weights
    factor = (100 - weight) / (100 - weights[code])
    moved = {name: weight if name == code else old * factor for name, old in weights.items()}
    method = ranking.method.replace(weights=moved)
    return ranking.under(method, quick=True).table.at[usulan, "rank"]


def test_facts_are_plain_json_with_a_blank_for_what_is_unknown(ranking):
    facts = json.loads(json.dumps(page_facts(ranking), allow_nan=False))
    assert len(facts["levels"]) == len(facts["usulan"]["id"]) == len(ranking.types)
    assert next(one["name"] for one in facts["profiles"]) == ranking.method.name
    answers = ranking.leaves.answers
    blanks = sum(level is None for row in facts["levels"] for level in row)
    assert blanks == int(answers.isna().sum().sum())
    json.dumps(answer(ranking), allow_nan=False)


class Heard(WhatIf):
    """A widget without a page: what it sends is kept."""

    def send(self, content, buffers=None):
        self.sent = content


def test_the_widget_answers_every_message_with_its_number(ranking):
    widget = Heard(ranking)
    widget._heard(None, {"number": 1, "kind": "answer", "scenario": TOLD}, [])
    assert widget.sent["number"] == 1
    assert (
        widget.sent["rank"]
        == answer(under(ranking, Scenario.parse(TOLD, "x"), ranking.method))["rank"]
    )
    widget._heard(None, {"number": 2, "kind": "save", "name": "a-b", "scenario": TOLD}, [])
    assert [one["name"] for one in widget.sent["scenarios"]] == ["a-b"]
    widget._heard(None, {"number": 3, "kind": "remove", "name": "a-b"}, [])
    assert widget.sent == {"number": 3, "scenarios": []}


@pytest.mark.parametrize(
    "scenario",
    [
        {"based_on": "tiada"},
        {"based_on": "baku", "points": {"X": 1}},
        {"based_on": "baku", "points": {"U": "<b>"}},
        {"based_on": "baku", "classes": {"I": 10}},
        {"based_on": "../../x"},
        {},
    ],
)
def test_what_cannot_be_is_answered_in_a_sentence(ranking, scenario):
    widget = Heard(ranking)
    widget._heard(None, {"number": 7, "kind": "answer", "scenario": scenario}, [])
    assert widget.sent["number"] == 7
    assert len(widget.sent["error"]) > 10
    assert "Traceback" not in widget.sent["error"]
