"""From the form of a forum as it was filled in to the interest that is raised, and which of two files counts."""

from datetime import date

import openpyxl
import pytest

from ksd_toolkit.matching.forum_pairs import forum_pairs
from ksd_toolkit.matching.forum_rules import forum_rules
from ksd_toolkit.matching.institutions import match_institutions
from ksd_toolkit.publishing.forum_workbook import forum_form, words_told
from ksd_toolkit.register import ingest, read_register
from tests.small_project import new_project, office_book

PARTNER = "PT Uji (contoh)"
CANDIDATES = (
    "mitra_nama,mitra_jenis,urusan,isu,output,otoritas,kompetensi,sumber_daya,minat,rekam_jejak,sumber\n"
    f'"{PARTNER}",badan_usaha,1.02,ISU-A,layanan,3,3,3,1,3,Profil (data contoh)\n'
)
WORDS = (
    "tanggal,nama_forum,mitra_nama,usulan_id,hadir,minat,catatan,sumber\n"
    f'2026-03-11,Forum I,"{PARTNER}",,ya,TT,,Notulen I (data contoh)\n'
)
MEETING = {
    "tanggal": date(2026, 8, 12),
    "nama_forum": "Forum II",
    "sumber": "Notulen II (data contoh)",
}


@pytest.fixture
def dossier(tmp_path):
    project = new_project(tmp_path)
    project.put(office_book("DINKES"), "dinkes.xlsx")
    opened = project.dossier
    (opened.folder / "calon_mitra.csv").write_text(CANDIDATES, encoding="utf-8")
    ingest(opened)
    return opened


def made_form(dossier):
    """The blank form, written into the dossier, and a proposal the candidate fits."""
    register = read_register(dossier)
    found = match_institutions(register)
    pairs = forum_pairs(found, [str(one) for one in found.usulan.index], forum_rules())
    (dossier.folder / "forum.xlsx").write_bytes(forum_form(pairs, words_told(register)))
    return str(pairs.offered["usulan_id"].iloc[0])


def fill(dossier, usulan, marks, meeting=MEETING):
    """Type into the form what people type at a forum."""
    path = dossier.folder / "forum.xlsx"
    book = openpyxl.load_workbook(path)
    for row in book["Rapat"].iter_rows(min_row=5):
        if row[0].value in meeting:
            row[2].value = meeting[row[0].value]
    sheet = book["Forum"]
    columns = {cell.value: cell.column for cell in sheet[6]}
    for number in range(7, sheet.max_row + 1):
        if sheet.cell(number, columns["usulan_id"]).value == usulan:
            for name, value in marks.items():
                sheet.cell(number, columns[name]).value = value
    book.save(path)


def codes(intake):
    return [one.code for one in intake.problems if one.code.startswith("file.forum")]


def interest_of(dossier, usulan):
    found = match_institutions(read_register(dossier))
    return found.for_usulan(usulan)["minat"].iloc[0], found.explain(usulan, PARTNER)


def test_an_interest_marked_in_the_form_is_the_interest_that_counts_and_a_sentence_says_so(dossier):
    usulan = made_form(dossier)
    before, _ = interest_of(dossier, usulan)
    fill(dossier, usulan, {"hadir": "ya", "minat": 5, "catatan": "Menyiapkan LoI"})
    assert codes(ingest(dossier)) == []
    after, told = interest_of(dossier, usulan)
    assert (before, after) == (1, 5)
    assert "Minat 5 disampaikan untuk usulan ini di Forum II, 12 Agustus 2026." in told


def test_what_holds_for_the_meeting_is_traced_to_its_own_sheet(dossier):
    usulan = made_form(dossier)
    fill(dossier, usulan, {"minat": 4})
    ingest(dossier)
    register = read_register(dossier)
    [row] = register.table("forum").to_dict("records")
    assert str(register.where("forum", row["row_key"], "tanggal")) == "forum.xlsx [Rapat:C6]"
    assert register.where("forum", row["row_key"], "minat").sheet == "Forum"


def test_a_form_nobody_filled_in_says_nothing_and_the_text_counts(dossier):
    (dossier.folder / "forum.csv").write_text(WORDS.replace(",TT,", ",3,"), encoding="utf-8")
    made_form(dossier)
    assert codes(ingest(dossier)) == ["file.forum_untouched_beside"]
    assert len(read_register(dossier).table("forum")) == 1
    (dossier.folder / "forum.csv").unlink()
    assert codes(ingest(dossier)) == ["file.forum_untouched"]


def test_the_form_carries_earlier_words_over_unknown_ones_too_and_then_counts_alone(dossier):
    (dossier.folder / "forum.csv").write_text(WORDS, encoding="utf-8")
    ingest(dossier)
    usulan = made_form(dossier)
    fill(dossier, usulan, {"minat": 4})
    assert codes(ingest(dossier)) == ["file.forum_both"]
    register = read_register(dossier)
    assert sorted(register.table("forum")["nama_forum"]) == ["Forum I", "Forum II"]
    assert "TT" in register.tables.states["forum"]["minat"].tolist()


def test_without_day_and_source_the_marks_are_refused_at_the_cell_to_fill_in(dossier):
    usulan = made_form(dossier)
    fill(dossier, usulan, {"minat": 4}, meeting={"nama_forum": "Forum II"})
    intake = ingest(dossier)
    [refused] = [one for one in intake.problems if one.code == "file.forum_unsaid"]
    assert str(refused.where) == "forum.xlsx [Rapat:C6]"
    assert "Tanggal forum, Sumber" in refused.text()


def test_an_interest_beyond_the_scale_is_told_with_its_cell(dossier):
    usulan = made_form(dossier)
    fill(dossier, usulan, {"minat": 9})
    found = [one for one in ingest(dossier).problems if one.where.file == "forum.xlsx"]
    assert [one.where.sheet for one in found] == ["Forum"]


def test_the_form_is_the_same_bytes_for_the_same_register(dossier):
    made_form(dossier)
    first = (dossier.folder / "forum.xlsx").read_bytes()
    made_form(dossier)
    assert (dossier.folder / "forum.xlsx").read_bytes() == first
