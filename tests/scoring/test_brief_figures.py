"""The brief's figures where a type is not clear yet, a class is empty or a source is another region's."""

import re

import pytest

from ksd_toolkit import prose
from ksd_toolkit.charts import mapping
from ksd_toolkit.prose import brief
from ksd_toolkit.scoring import measures, overview


@pytest.fixture
def unclear(rank, proposal):
    """One usulan of a type, one without a partner, one that is no cooperation."""
    return rank(
        proposal(),
        proposal("DINKES-02", partners=[], isu="ISU-G"),
        proposal("DINKES-03", objek="pengadaan", isu="ISU-D"),
    )


def test_what_is_not_clear_yet_is_no_cooperation_yet_and_no_other_procedure(unclear):
    n = measures(unclear)
    assert (n["usulan"], n["ksd"], n["unclear"], n["not_ksd"]) == (3, 1, 1, 1)
    told = repr(brief.mapping_result(unclear, "id"))
    assert "1 termasuk kerja sama daerah: 1 Sinergi (100,0" in told
    assert "Satu usulan belum jelas jenisnya" in told
    notes = [figure.note for figure in brief.key_figures(unclear, "id").blocks[0].figures]
    assert "33,3\u00a0%; 1 belum jelas" in notes


def test_english_papers_hold_no_indonesian_name_of_it(unclear):
    shown = (
        brief.mapping_result(unclear, "en"), brief.key_figures(unclear, "en"),
        brief.summary(unclear, "en"), mapping.issues(unclear.register, "en"),
    )  # fmt: skip
    assert not re.search("belum|bukan", " ".join(str(one.blocks) for one in shown), re.IGNORECASE)


@pytest.mark.parametrize(("lang", "name"), [("id", "Belum jelas 1"), ("en", "Not clear yet 1")])
def test_the_chart_of_issues_shows_what_is_not_clear_yet(unclear, lang, name):
    assert overview(unclear.register).by_isu.loc["ISU-G"].sum() == 1
    figure = mapping.issues(unclear.register, lang).blocks[0]
    assert name in figure.description
    absent = repr(brief.issues_text(unclear, lang))
    assert "Inflasi" not in absent.partition(":")[2]


def test_a_list_of_usulan_that_are_all_unclear_is_still_a_sentence(rank, proposal):
    told = repr(brief.summary(rank(proposal(partners=[])), "id"))
    assert "belum satu pun jelas jenisnya." in told


def test_no_usulan_in_a_class_is_said_in_words(unclear):
    told = repr(brief.priorities_text(unclear, "id"))
    assert "belum ada usulan yang masuk Prioritas I" in told
    assert not re.search(r"\b0 usulan", told)


def test_a_partner_region_has_its_official_name_where_that_region_was_meant(rank, proposal):
    def named(written, code):
        partner = {"mitra_nama": written, "mitra_jenis": "pemda", "kode_wilayah": code}
        return rank(proposal(partners=[partner])).table.at["DINKES-01", "main_partner"]

    assert named("Kab Banjar", "63.03") == "Kabupaten Banjar"
    assert named("Dinas Kesehatan Kab Banjar", "63.03") == "Dinas Kesehatan Kab Banjar"
    assert named("Kab Tapin", "63.03") == "Kab Tapin"
    assert named("Kab Banjar", None) == "Kab Banjar"


def test_the_seed_paper_is_named_with_its_region_and_as_a_reference(rank, proposal):
    ranking = rank(proposal(), proposal("DINKES-02", unsur_tujuan=None))
    cited = "Kabupaten Hulu Sungai Selatan, rujukan perangkat ini"
    assert cited in ranking.explain("DINKES-02")
    assert cited in repr(brief.legal_basis("id"))


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_stamp_of_a_short_paper_names_a_paper_not_a_notebook(unclear, lang):
    told = repr(prose.stamp(unclear.stamp.in_language(lang), files=False))
    assert "answers.pdf" in told
    assert "notebook" not in told
