"""Tables and charts of the quality: what each edition may say, hostile text, both languages, same bytes."""

import re
from dataclasses import replace

import pytest

from ksd_toolkit.answers.quality import quality
from ksd_toolkit.charts import agreement as agreement_charts
from ksd_toolkit.charts import completeness, likert
from ksd_toolkit.display import html_fragment
from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.tables import agreement, codebook
from ksd_toolkit.tables import quality as tables
from tests.answers.conftest import answers_of, dossier_in
from tests.publishing.hostile_texts import OWN

FIRST = [5, 4, 4, 3, 3, 2, 4, 3, 5]
SECOND = [5, 4, 3, 3, 3, 4, 4, 3, 5]
SAFE = [text for text in OWN if text.isprintable() and '"' not in text and "\n" not in text]


def offices(number):
    return {f"OPD{n}": f"Kantor Rahasia {n}" for n in range(number)}


def found_of(home, names, lang="id"):
    """Two PPKSD each of these offices, who differ on two criteria."""
    dossier = dossier_in(home, names).in_language(lang)
    ids = [f"{code}-0{n}" for code in names for n in (1, 2, 3)]
    scores = {(name, "OPD-1"): FIRST for name in ids} | {(name, "OPD-2"): SECOND for name in ids}
    scores |= {(name, "TKKSD-1"): FIRST for name in ids} | {
        (name, "TKKSD-2"): SECOND for name in ids
    }
    return quality(answers_of(dossier, [{"usulan_id": name} for name in ids], scores))


def about_persons(found, edition):
    """Everything whose contents depend on the edition."""
    return [
        tables.flags(found, edition), agreement.by_office(found, edition),
        agreement.disputes(found, edition), agreement_charts.by_office(found, edition),
    ]  # fmt: skip


def everything(found, edition="internal"):
    return [
        tables.response(found), tables.matrix(found, edition), tables.changes(found),
        tables.change_log(found), agreement.by_criterion(found),
        agreement.by_criterion(found, "TKKSD"), *about_persons(found, edition),
        completeness.by_office(found), completeness.by_question(found), likert.scores(found),
        likert.scores(found, "TKKSD"), agreement_charts.alpha(found),
        agreement_charts.alpha(found, "TKKSD"), codebook.codebook(found.register),
    ]  # fmt: skip


def words(shown):
    return re.sub(r"<style>.*?</style>", "", html_fragment(shown.blocks), flags=re.DOTALL)


# --- editions ------------------------------------------------------------------------------------


def test_the_public_edition_names_no_office_where_persons_disagree(tmp_path):
    found = found_of(tmp_path, offices(6))
    for shown in about_persons(found, "public"):
        assert "Rahasia" not in words(shown)
        assert "OPD-1" not in words(shown)
    for shown in about_persons(found, "internal")[1:]:
        assert "Rahasia" in words(shown) or "OPD3-01" in words(shown)


def test_the_public_edition_gives_figures_over_enough_offices_only(tmp_path):
    enough = agreement.by_office(found_of(tmp_path / "a", offices(5)))
    assert "Pada 5 perangkat daerah" in repr(enough)
    few = found_of(tmp_path / "b", offices(4))
    for shown in (
        agreement.by_office(few), agreement.by_criterion(few), agreement.disputes(few),
        agreement_charts.by_office(few), agreement_charts.alpha(few), likert.scores(few),
    ):  # fmt: skip
        assert "kurang dari 5" in repr(shown)
        assert "[" not in repr(shown)
        assert "%" not in repr(shown)
    assert len(agreement.by_criterion(few, edition="internal").blocks[0].rows) == 10


def test_a_criterion_few_offices_scored_twice_is_left_out_in_public(tmp_path):
    names = offices(6)
    ids = [f"{code}-01" for code in names]
    scores = {(name, "OPD-1"): FIRST for name in ids}
    scores |= {(name, "OPD-2"): [*SECOND[:8], 5 if n < 3 else None] for n, name in enumerate(ids)}
    dossier = dossier_in(tmp_path, names)
    found = quality(answers_of(dossier, [{"usulan_id": name} for name in ids], scores))
    table = agreement.by_criterion(found).blocks[0]
    assert "Kelayakan hukum" not in {row[0] for row in table.rows}
    assert "kurang dari 5" in table.note


def test_flags_of_persons_are_counted_in_public_and_listed_inside(tmp_path):
    names = {"OPD0": "Kantor Rahasia"}
    ids = ["OPD0-01", "OPD0-02", "OPD0-03"]
    scores = {(name, "OPD-1"): [4] * 9 for name in ids}
    found = quality(
        answers_of(dossier_in(tmp_path, names), [{"usulan_id": name} for name in ids], scores)
    )
    public, internal = (repr(tables.flags(found, edition)) for edition in ("public", "internal"))
    assert "1 tanda lain" in public
    assert internal == "[tabel] 1 jawaban yang perlu ditengok lagi: 1 x 1"


def test_the_matrix_shows_each_officer_inside_only(tmp_path):
    found = found_of(tmp_path, offices(2))
    public, internal = (
        tables.matrix(found, edition).blocks[0] for edition in ("public", "internal")
    )
    assert [column.title for column in internal.columns][-2:] == ["OPD-1", "OPD-2"]
    assert len(public.columns) == len(internal.columns) - 2
    assert internal.rows[0][-2:] == ("masuk", "masuk")


# --- what is printed -----------------------------------------------------------------------------


def test_the_agreement_table_prints_what_was_found(tmp_path):
    found = found_of(tmp_path, offices(6))
    table = agreement.by_criterion(found).blocks[0]
    rows = {row[0]: row for row in table.rows}
    assert rows["Perkembangan masalah"][1:4] == ("18", "0\u00a0%", "100\u00a0%")
    assert rows["Perkembangan masalah"][5:] == ("\u2013", "\u2013", "\u2013", "\u2013")
    assert rows["Semua kriteria"][1] == "162"
    assert "0,667 dan 0,800 adalah kebiasaan" in table.note
    assert "Alfa baru dihitung sejak 20 butir." in table.note


def test_no_score_at_all_is_said_in_a_sentence(tmp_path):
    dossier = dossier_in(tmp_path)
    found = quality(answers_of(dossier, [{"usulan_id": "DINKES-01"}], {}))
    for shown in everything(found):
        assert repr(shown)
    assert "kesepakatan TKKSD belum dapat dihitung" in repr(agreement.by_criterion(found, "TKKSD"))
    assert "Belum ada skor dari TKKSD." in repr(likert.scores(found, "TKKSD"))
    assert "Alfa belum dapat dihitung" in repr(agreement_charts.alpha(found, edition="internal"))


def test_scores_that_are_all_alike_say_why_there_is_no_alpha(tmp_path):
    dossier = dossier_in(tmp_path)
    ids = [f"DINKES-0{n}" for n in range(1, 5)]
    scores = {(name, rater): [3] * 9 for name in ids for rater in ("OPD-1", "OPD-2")}
    found = quality(answers_of(dossier, [{"usulan_id": name} for name in ids], scores))
    note = agreement.by_criterion(found, edition="internal").blocks[0].note
    assert "tidak dapat dihitung (semua nilai sama)" in note


def test_the_silent_stand_by_name_below_the_response(tmp_path):
    found = quality(answers_of(dossier_in(tmp_path), [{"usulan_id": "DINKES-01"}], {}))
    note = tables.response(found).blocks[0].note
    assert note.startswith("Belum menjawab (2): Dinas Pendidikan dan Dinas Perhubungan.")


def test_the_codebook_holds_every_question_and_marks_personal_data(tmp_path):
    found = found_of(tmp_path, offices(1))
    rows = codebook.codebook(found.register).blocks[0].rows
    told = {(row[0], row[1]): row[2] for row in rows}
    assert told["opd", "ppksd_1_nip"].endswith("(data pribadi; tidak dicetak)")
    assert {"opd", "usulan", "mitra", "nilai"} == {name for name, _ in told}
    choices = {row[1]: row[3] for row in rows}
    assert "TT Tidak tahu" in choices["skor"]


def test_the_codebook_shows_every_choice_of_the_standard_questionnaire(tmp_path):
    found = found_of(tmp_path, offices(1))
    told = {row[1]: row[3] for row in codebook.codebook(found.register).blocks[0].rows}
    for name in ("opd", "usulan", "mitra", "nilai"):
        for field in read_form().table(name).fields:
            assert all(choice.code in told[field.name] for choice in field.choices)
            assert " lagi" not in told[field.name]


def test_of_a_very_long_list_of_choices_the_codebook_says_how_many_are_left():
    field = next(one for one in read_form().table("usulan").fields if one.choices)
    whole = replace(field, choices=field.choices[:1] * 60)
    long = replace(field, choices=field.choices[:1] * 61)
    assert "lagi" not in codebook._choices(whole, "id")
    assert codebook._choices(long, "id").endswith("dan 21 lagi, semuanya dalam kuesioner")


# --- hostile text, languages, bytes --------------------------------------------------------------


@pytest.mark.parametrize("text", SAFE)
def test_a_hostile_office_name_is_shown_as_it_stands(tmp_path, text):
    found = found_of(tmp_path, {"OPD0": text, "OPD1": "Dinas"})
    for shown in everything(found):
        html = words(shown)
        assert "<script" not in html
        assert "<svg onload" not in html
        assert "javascript:" not in re.findall(r'href="([^"]*)"', html)
    assert "<script" not in completeness.by_office(found).blocks[0].svg


def test_english_papers_hold_no_indonesian_label(tmp_path):
    found = found_of(tmp_path, offices(6), "en")
    told = " ".join(words(shown) for shown in everything(found))
    for word in ("Kriteria", "Perangkat daerah", "Selisih", "tidak tahu", "Bagian terisi"):
        assert word not in told
    assert re.search(r"\d\.\d\d", told)


def test_indonesian_papers_write_decimals_with_a_comma(tmp_path):
    found = found_of(tmp_path, offices(6))
    for shown in (agreement.by_criterion(found), agreement.by_office(found, "internal")):
        cells = [cell for row in shown.blocks[0].rows for cell in row[1:]]
        assert any(re.fullmatch(r"\d,\d\d", cell) for cell in cells)
        assert not any(re.fullmatch(r"\d\.\d\d", cell) for cell in cells)


def test_the_same_answers_give_the_same_bytes(tmp_path):
    first, second = (found_of(tmp_path / name, offices(6)) for name in "ab")
    pairs = zip(everything(first), everything(second), strict=True)
    assert all(one.blocks == two.blocks for one, two in pairs)
