"""The evaluation form is a sound XLSForm, and the rules speak of what it asks."""

from collections import Counter
from importlib.resources import as_file, files

import pytest

from ksd_toolkit.agreements import read_agreement_rules
from ksd_toolkit.questionnaire.form_reading import read_form


@pytest.fixture(scope="module")
def form():
    return read_form("evaluasi")


def test_pyxform_takes_the_form():
    from pyxform.xls2xform import convert

    with as_file(files("ksd_toolkit.knowledge").joinpath("form", "evaluasi.md")) as path:
        result = convert(str(path), validate=False)
    assert result.warnings == []
    assert "no_dok" in result.xform


def test_a_name_is_used_once_except_for_the_keys(form):
    names = Counter(field.name for table in form.tables for field in table.fields)
    assert {name for name, uses in names.items() if uses > 1} == {"no_dok", "periode"}
    for table in form.tables:
        repeated = [f for f in table.fields if f.name in {"no_dok", "periode"}]
        assert all(field.key for field in repeated)


def test_keys_name_a_row(form):
    assert {table.name: table.keys for table in form.tables} == {
        "naskah": ("no_dok",),
        "tahapan": ("no_dok", "tahap"),
        "monev": ("no_dok", "periode", "penilai"),
        "capaian": ("no_dok", "periode", "indikator"),
    }


def test_the_stages_are_those_of_the_form(form):
    stages = {choice.code for choice in form.table("tahapan").field("tahap").choices}
    courses = read_agreement_rules().courses.values()
    assert stages == {stage.code for course in courses for stage in course}


def test_the_rules_ask_the_eleven_questions(rules):
    assert len(rules.questions) == 11
    assert all(len(question.options) in {3, 4} for question in rules.questions)
    assert rules.question("tingkat_koordinasi").options[-1] == "kurang"
    assert set(rules.raters) == {
        choice.code for choice in read_form("evaluasi").table("monev").field("penilai").choices
    }
