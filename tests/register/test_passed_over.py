"""What the secretariat put in the wrong place, or wrote without effect, is told with its place and remedy."""

import pytest

from ksd_toolkit.publishing.annotated_workbook import MarkedFile, annotated_workbook
from ksd_toolkit.register.closing import restore, withdraw
from ksd_toolkit.runs.returning import return_workbooks
from tests.register.test_ingest import codes
from tests.small_project import balances, office_book, tkksd_book


def only(intake, code):
    (problem,) = [problem for problem in intake.problems if problem.code == code]
    return problem


# --- the TKKSD's workbook ------------------------------------------------------------------------


def test_a_further_workbook_of_the_tkksd_is_named_with_its_members(project):
    project.put(tkksd_book("DINKES-01"), "../tkksd.xlsx")
    project.put(tkksd_book("DINKES-01", members=("TKKSD-2",)), "../tkksd - Kabag.xlsx")
    intake = project.ingest()
    problem = only(intake, "file.tkksd_extra")
    assert (problem.where.file, problem.severity) == ("tkksd - Kabag.xlsx", "warning")
    assert problem.facts == {"sheets": "TKKSD-2"}
    assert set(project.register().nilai["penilai"]) == {"OPD-1", "TKKSD-1"}
    page = return_workbooks(project.dossier, intake).report.read_text("utf-8")
    assert "tkksd - Kabag.xlsx" in page


@pytest.mark.parametrize("lang", ["id", "en"])
def test_no_remedy_has_a_members_scores_overwritten(project, lang):
    project.put(tkksd_book("DINKES-01", members=("TKKSD-2",)), "../tkksd 2.xlsx")
    project.put(tkksd_book("DINKES-01", members=("TKKSD-3",)), "tkksd 3.xlsx")
    intake = project.ingest()
    never = {"id": "Jangan menimpa", "en": "Never overwrite"}[lang]
    for code in ("file.tkksd_extra", "file.tkksd_place"):
        assert never in only(intake, code).remedy(lang)


def test_another_workbook_in_the_dossier_folder_is_named(project):
    project.put(office_book("DISHUB"), "../naskah.csv.xlsx")
    intake = project.ingest()
    assert only(intake, "file.passed_over").where.file == "naskah.csv.xlsx"
    assert codes(intake) == ["file.passed_over"]


# --- tables that are no answer of an office -------------------------------------------------------

NASKAH = "no_dok,jenis_dok,judul,mitra_nama,opd_kode,usulan_id,tgl_ttd,status\n"
ROW = "KB-1/2023,KB,Jembatan,Pemkab HST,DINKES,DINKES-01,2023-03-01,berlaku\n"


@pytest.mark.parametrize("way", ["csv", "marked"])
def test_a_table_of_the_dossier_among_the_questionnaires_is_no_usulan(project, way):
    table = project.inbox / "naskah.csv"
    table.write_text(NASKAH + ROW, "utf-8")
    if way == "marked":
        marked = MarkedFile(project.dossier, table, "", (), is_workbook=False)
        (project.inbox / "naskah.csv.xlsx").write_bytes(annotated_workbook(marked))
        table.unlink()
    intake = project.ingest()
    assert codes(intake) == ["file.dossier_table"]
    assert "naskah.csv" in only(intake, "file.dossier_table").remedy("id")
    assert set(project.register().usulan["usulan_id"]) >= {"DINKES-01", "DINKES-02"}


def test_usulan_without_a_title_are_not_taken(project):
    (project.inbox / "biaya.csv").write_text(
        "usulan_id,sifat,biaya_indikatif\nDISHUB-01,potensi,5000000\n", "utf-8"
    )
    intake = project.ingest()
    assert codes(intake) == ["file.no_title"]
    assert "DISHUB-01" not in set(project.register().usulan["usulan_id"])


# --- usulan whose sender withdrew ----------------------------------------------------------------


def test_scores_for_a_withdrawn_usulan_rest_with_it_and_are_no_mistake(project):
    project.put(tkksd_book("DINKES-01", "DISDIK-01", "DINKES-99"), "../tkksd.xlsx")
    assert codes(project.ingest()) == ["row.unknown_usulan"]
    withdraw(project.dossier, "DINKES", "Salah periode")
    intake = project.ingest()
    problem = only(intake, "row.withdrawn_usulan")
    assert problem.severity == "warning"
    assert "DINKES-01" in problem.text("id")
    assert "ditarik" in problem.text("id")
    assert "DINKES-99" in only(intake, "row.unknown_usulan").text("id")
    aside = project.rows("SELECT code FROM set_aside WHERE code LIKE 'row.withdrawn%'")
    assert aside == [("row.withdrawn_usulan",)]
    assert balances(intake)
    restore(project.dossier, "DINKES", "Keliru ditarik")
    assert codes(project.ingest()) == ["row.unknown_usulan"]


def test_several_scores_for_one_withdrawn_usulan_are_told_once(project):
    book = tkksd_book("DINKES-01")
    book["TKKSD-1"].append(("DINKES-01", "S", "TKKSD-1", 4, ""))
    project.put(book, "../tkksd.xlsx")
    project.ingest()
    withdraw(project.dossier, "DINKES", "Salah periode")
    problem = only(project.ingest(), "row.withdrawn_usulan_many")
    assert (problem.facts["usulan"], problem.facts["n"]) == ("DINKES-01", 2)
    assert problem.severity == "warning"


# --- types set otherwise -------------------------------------------------------------------------

HEAD = "usulan_id,jenis,alasan,ditetapkan_oleh,tanggal\n"
TYPES = [
    # row                                        code                         cell
    ("DINKES-01,KSDD,,Rapat pleno,",             "row.type_without_reason",      "C2"),
    ("DINKES-01,KSDD,TT,Rapat pleno,",           "row.type_without_reason",      "C2"),
    ("DINKES-01,TT,Sesuai lokasi,Rapat pleno,",  "row.type_missing",        "B2"),
    ("DINKES-99,KSDD,Sesuai lokasi,Rapat pleno,", "row.type_unknown_usulan", "A2"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "code", "cell"), TYPES)
def test_a_type_that_will_not_be_used_is_told_at_once_with_its_cell(project, row, code, cell):
    row = row.replace("KSDD", _type(project))
    (project.folder / "jenis_ditetapkan.csv").write_text(f"{HEAD}{row}\n", "utf-8")
    intake = project.ingest()
    assert codes(intake) == [code]
    problem = only(intake, code)
    assert (problem.where.file, problem.where.cell) == ("jenis_ditetapkan.csv", cell)
    assert row.partition(",")[0] in problem.text("id")


def test_a_type_with_its_reason_is_taken_and_follows_its_usulan(project):
    row = f"DISHUB-01,{_type(project)},Sesuai lokasi,Rapat pleno,\n"
    (project.folder / "jenis_ditetapkan.csv").write_text(HEAD + row, "utf-8")
    assert codes(project.ingest()) == ["row.type_unknown_usulan"]
    project.put(office_book("DISHUB"), "dishub.xlsx")
    assert codes(project.ingest()) == []


def _type(project):
    from ksd_toolkit.questionnaire import read_form

    return read_form("penetapan").table("jenis_ditetapkan").field("jenis").choices[0].code
