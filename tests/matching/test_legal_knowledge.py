"""The table of the legal case: every article exists, every question is asked, and no two tables disagree."""

import itertools
import tomllib
from importlib.resources import files

import pytest

from ksd_toolkit.agreements.rules import read_agreement_rules
from ksd_toolkit.agreements.stages import stage_label
from ksd_toolkit.law import cite
from ksd_toolkit.matching.legal_table import condition_rows, kind_of, papers_of, stages_of
from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.scoring.gates import _FOREIGN_GENERAL, _FOREIGN_SPECIAL
from ksd_toolkit.scoring.jenis_table import type_codes, type_families, type_family

KNOWLEDGE = files("ksd_toolkit.knowledge")


def read(name):
    return tomllib.loads(KNOWLEDGE.joinpath(name).read_text(encoding="utf-8"))


TABLE, TYPES = read("legal_case.toml"), read("jenis.toml")
FORM = read_form()


def articles(node):
    """Every key of an article anywhere in the table."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name.endswith("article") and isinstance(value, str):
                yield value
            elif name == "articles":
                yield from value
            else:
                yield from articles(value)
    elif isinstance(node, list):
        for entry in node:
            yield from articles(entry)


KEYS = sorted({key for key in articles(TABLE) if key})
KEYS += sorted({key for keys in TABLE["own_rules"].values() for key in keys})
KEYS += sorted(TABLE["council_also"].values())


@pytest.mark.parametrize("key", KEYS)
def test_every_article_exists(key):
    assert cite(key).key == key


def test_what_is_cited_to_the_paragraph_names_it_in_both_languages():
    for key in KEYS:
        _, _, place = key.partition(" ")
        for part in ("(1)", "(2)", "(3)", "(4)"):
            if part in place:
                assert part in cite(key, "id").citation, key
                assert part in cite(key, "en").citation, key


def test_only_what_we_could_not_read_is_unverified():
    assert {key for key in KEYS if not cite(key).verified} == {
        "Permendagri 22/2020",
        "Kota Yogyakarta",
        "Kota Yogyakarta pemetaan",
        "UU 14-16/2022, UU 29/2022",
    }


def test_every_family_is_one_of_the_types():
    families = set(type_families())
    for part in ("council", "term", "condition", "document", "stages"):
        for row in TABLE[part]:
            assert set(row["families"]) <= families
    assert set(TABLE["own_rules"]) <= set(type_codes())
    assert {type_family(code) for code in TABLE["own_rules"]} == {"KSDPK"}


def test_every_question_and_choice_is_in_the_questionnaire():
    usulan = FORM.table("usulan")
    for row in TABLE["condition"]:
        for name in row["fields"]:
            offered = {choice.code for choice in usulan.field(name).choices}
            assert {*row.get("choices", ()), *row.get("planned", ())} <= offered
    initiatives = {choice.code for choice in usulan.field("prakarsa").choices} | {""}
    for row in (*TABLE["condition"], *TABLE["document"]):
        assert set(row.get("initiative", ())) <= initiatives
    for row in TABLE["council"]:
        assert all(usulan.field(name) for name in row.get("asks", ()))


def test_every_condition_of_articles_18_and_27_that_is_asked_is_checked():
    usulan = FORM.table("usulan")
    for name in ("syarat_pasal_18", "syarat_pasal_27"):
        checked = {c for row in TABLE["condition"] if name in row["fields"] for c in row["choices"]}
        assert checked == {choice.code for choice in usulan.field(name).choices}


def test_foreign_conditions_are_those_of_the_gate():
    for family in ("KSDPL", "KSDLL"):
        codes = {row["code"] for row in condition_rows(family)}
        assert codes == _FOREIGN_GENERAL | _FOREIGN_SPECIAL[family]


def test_partners_are_those_of_the_table_of_types():
    partners = {entry["code"]: set(entry.get("partners", ())) for entry in TYPES["type"]}
    assert set(TABLE["third_party"]["legal_person"]) == partners["KSDPK-a"]
    assert set(TABLE["synergy"]["kinds"]) == partners["SINERGI"]
    objects = {choice.code for choice in FORM.table("usulan").field("objek").choices}
    assert set(TABLE["third_party"]["incorporated_objects"]) <= objects


@pytest.mark.parametrize("family", ["KSDD", "KSDPK"])
def test_the_ten_stages_are_those_of_the_register_of_agreements(family):
    """The same ten, in the same order, as an agreement of that type passes them."""
    types = {"KSDD": "KSDD-W", "KSDPK": "KSDPK"}
    course = read_agreement_rules().courses[types[family]]
    told = [stage_label(stage.code).casefold() for stage in course]
    assert [name.casefold() for name in stages_of(family).text("id")] == told


def test_the_longest_term_is_that_of_the_evaluation():
    rules = read_agreement_rules()
    assert {row["max_years"] for row in TABLE["term"]} == {rules.longest_years} == {5}
    assert rules.term("KSDPL").ground.article == "Permendagri 25/2020 32(1)"


def test_mandatory_by_this_table_is_mandatory_by_the_table_of_types():
    """The rule of `jenis.toml` that makes cooperation mandatory asks for exactly these answers."""
    (rule,) = [row["when"] for row in TYPES["rule"] if row["jenis"] == "KSDD-W"]
    assert rule["mitra_jenis"] == ["pemda"]
    for borders, ext, joint in itertools.product((True, False), *[("ya", "tidak", "belum")] * 2):
        by_rule = (
            ("ya" if borders else "tidak") in rule["berbatasan"]
            and ext in rule["eksternalitas"]
            and joint in rule["efisien_bersama"]
        )
        assert (kind_of(borders, ext, joint)[0] == "wajib") == by_rule


def test_documents_come_in_the_order_they_are_made():
    order = [paper.code for paper in papers_of("KSDD", "wajib", "ya")]
    assert order == [
        "pemetaan", "hasil_koordinasi", "kesepakatan_bersama", "persetujuan_dprd", "pks",
    ]  # fmt: skip
    abroad = [paper.code for paper in papers_of("KSDPL", "", "ya")]
    assert (
        abroad.index("loi")
        < abroad.index("rencana_kerja_sama")
        < abroad.index("persetujuan_dprd_ln")
    )
    assert abroad.index("persetujuan_dprd_ln") < abroad.index("persetujuan_menteri")
    assert papers_of("Belum jelas", "", "belum") == ()
