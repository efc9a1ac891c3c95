"""The secretariat's two tables: read beside the questionnaires, kept apart from them, carried to the next period."""

import shutil
from pathlib import Path

import pytest

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.questionnaire import read_form, read_workbook
from ksd_toolkit.questionnaire.form_check import check_form_file
from ksd_toolkit.runs.new import new_dossier
from tests.small_project import balances, new_project, office_book

ROOT = Path(__file__).parents[2]
FORMS = ROOT / "ksd_toolkit" / "knowledge" / "form"
CANDIDATES = (
    "mitra_nama,mitra_jenis,kode_wilayah,urusan,isu,output,otoritas,minat,sumber,tahun\n"
    "PT Uji (contoh),Badan usaha swasta,,1.02; 2.14,ISU-A,layanan,4,TT,Profil,2025\n"
    "Pemkab Tapin,pemda,Tapin,,,,,,RPJMD,2025\n"
)
WORDS = (
    "tanggal,nama_forum,mitra_nama,usulan_id,hadir,minat,sumber\n"
    "2026-03-11,Forum I,PT Uji (contoh),DINKES-01,ya,4,Notulen\n"
    "2026-03-11,Forum I,PT Uji (contoh),DINKES-99,ya,4,Notulen\n"
)


@pytest.fixture
def project(tmp_path):
    project = new_project(tmp_path)
    project.put(office_book("DINKES"), "dinkes.xlsx")
    (project.folder / "calon_mitra.csv").write_text(CANDIDATES, encoding="utf-8")
    (project.folder / "forum.csv").write_text(WORDS, encoding="utf-8")
    return project


@pytest.mark.parametrize("name", ["calon_mitra", "forum"])
def test_the_forms_have_nothing_wrong_in_them(name):
    assert check_form_file(FORMS / f"{name}.md", f"{name}.md") == []


@pytest.mark.parametrize(
    ("form", "field", "table", "same"),
    [
        ("calon_mitra", "mitra_jenis", "mitra", "mitra_jenis"),
        ("calon_mitra", "urusan", "opd", "urusan_opd"),
        ("calon_mitra", "isu", "usulan", "isu"),
        ("calon_mitra", "output", "usulan", "output_dituju"),
        ("calon_mitra", "otoritas", "mitra", "otoritas"),
        ("calon_mitra", "minat", "mitra", "minat"),
        ("calon_mitra", "rekam_jejak", "mitra", "rekam_jejak"),
        ("forum", "minat", "mitra", "minat"),
        ("forum", "hadir", "mitra", "hadir_forum"),
    ],
)
def test_the_choices_are_those_of_the_questionnaire(form, field, table, same):
    ours = read_form(form).table(form).field(field).choices
    assert ours == read_form().table(table).field(same).choices


def test_every_row_is_counted_and_understood(project):
    intake = project.ingest()
    assert balances(intake)
    register = project.register()
    row = register.table("calon_mitra").set_index("mitra_nama").loc["PT Uji (contoh)"]
    assert row[["mitra_jenis", "urusan", "otoritas"]].tolist() == ["badan_usaha", "1.02;2.14", "4"]
    assert register.tables.answer("calon_mitra", "PT Uji (contoh)", "minat") == "TT"
    assert (
        str(register.where("calon_mitra", "PT Uji (contoh)", "otoritas")) == "calon_mitra.csv [G2]"
    )
    assert register.table("calon_mitra")["kode_wilayah"].iloc[1] == "63.05"


def test_an_unknown_usulan_at_a_forum_is_told_with_its_cell(project):
    told = [p for p in project.ingest().problems if p.code == "row.forum_unknown_usulan"]
    assert [(str(p.where), p.facts["usulan"]) for p in told] == [("forum.csv [D3]", "DINKES-99")]
    assert "DINKES-99" in told[0].sentence("en")


def test_it_is_told_no_more_once_the_usulan_has_come(project):
    project.ingest()
    book = office_book("DINKES", usulan=1)
    book["usulan"]["A2"] = "DINKES-99"
    for sheet in ("mitra", "nilai"):
        book[sheet]["A2"] = "DINKES-99"
    project.put(book, "dinkes.xlsx")
    codes = [(p.code, p.facts.get("usulan")) for p in project.ingest().problems]
    assert ("row.forum_unknown_usulan", "DINKES-99") not in codes
    assert ("row.forum_unknown_usulan", "DINKES-01") in codes


def test_a_changed_table_is_a_new_version_and_an_unchanged_one_is_not(project):
    project.ingest()
    again = {file.file: file.outcome for file in project.ingest().files}
    assert again["calon_mitra.csv"] == "unchanged"
    path = project.folder / "calon_mitra.csv"
    path.write_text(CANDIDATES.replace(",4,TT", ",5,TT"), encoding="utf-8")
    changed = {file.file: file.outcome for file in project.ingest().files}
    assert (changed["calon_mitra.csv"], changed["forum.csv"]) == ("changed", "unchanged")
    assert project.register().table("calon_mitra")["otoritas"].iloc[0] == "5"


@pytest.mark.parametrize(("name", "text"), [("calon_mitra", CANDIDATES), ("forum", WORDS)])
def test_among_the_questionnaires_it_is_told_where_it_belongs(project, name, text):
    path = project.inbox / "tabel.csv"
    path.write_text(text, encoding="utf-8")
    found = read_workbook(path, project.dossier)
    assert (found.code, found.facts["table"]) == ("file.dossier_table", f"{name}.csv")


def test_an_offices_table_of_partners_with_sources_stays_an_offices(project):
    path = project.inbox / "mitra.csv"
    path.write_text(
        "usulan_id,mitra_nama,mitra_jenis,kode_wilayah,otoritas,kompetensi,minat,sumber,tahun,output\n"
        "DINKES-01,Pemkab Tapin,pemda,63.05,4,4,3,RPJMD,2025,layanan\n", encoding="utf-8",
    )  # fmt: skip
    found = read_workbook(path, project.dossier)
    assert getattr(found, "code", "") != "file.dossier_table"


@pytest.mark.usefixtures("empty_forms")
def test_blank_tables_lie_in_a_new_dossier_and_the_candidates_come_along(tmp_path):
    first = new_dossier("Tapin", "2027", tmp_path)
    for name in ("calon_mitra", "forum"):
        fields = read_form(name).table(name).fields
        told = (first / f"{name}.csv").read_text(encoding="utf-8")
        assert told == ",".join(field.name for field in fields) + "\n"
    (first / "calon_mitra.csv").write_text(CANDIDATES, encoding="utf-8")
    (first / "forum.csv").write_text(WORDS, encoding="utf-8")
    second = new_dossier("Tapin", "2028", tmp_path)
    assert (second / "calon_mitra.csv").read_text(encoding="utf-8") == CANDIDATES
    assert (second / "forum.csv").read_text(encoding="utf-8").count("\n") == 1
    assert open_dossier("tapin/2028", home=tmp_path).previous_period == "2027"


def test_the_sample_tables_are_marked_and_read_without_a_problem(tmp_path):
    shutil.copytree(
        ROOT / "data" / "hulu-sungai-selatan", tmp_path / "data" / "hulu-sungai-selatan"
    )
    folder = tmp_path / "data" / "hulu-sungai-selatan" / "2026"
    for name in ("calon_mitra", "forum"):
        lines = (folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()[1:]
        assert lines
        assert all("(data contoh)" in line for line in lines)


def test_numbers_of_persons_in_running_text_never_reach_the_register(project):
    text = (
        "tanggal,nama_forum,mitra_nama,usulan_id,hadir,minat,catatan,sumber\n"
        "2026-03-11,Forum I,PT Uji (contoh),DINKES-01,ya,4,hubungi 0812-5123-4567,NIP 197801152005011001\n"
    )
    (project.folder / "forum.csv").write_text(text, encoding="utf-8")
    intake = project.ingest()
    told = project.register().table("forum").to_csv()
    assert "5123" not in told
    assert "197801152005011001" not in told
    assert {p.code for p in intake.problems} >= {"cell.person_in_text"}
