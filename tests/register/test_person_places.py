"""`ksd privacy find` reaches the roster, the plenary's record and the signatories, with line or cell."""

import openpyxl
import pytest
from typer.testing import CliRunner

from ksd_toolkit.cli import app
from ksd_toolkit.errors import RunError
from ksd_toolkit.register.erasure import plan_erasure
from ksd_toolkit.register.person_places import find_places
from tests.small_project import NAME, NIPS, PERSONS, new_project, office_book

WHO, ONE_WORD, NUMBER = "Siti Rahmawati", "Zulkifli", "197801152005011001"
ROSTER = f"""\
penilai,jabatan,instansi,peran,suara,nama
TKKSD-1,Sekretaris Daerah,Sekretariat Daerah,ketua,ya,"Dr. {WHO}, M.Si."
TKKSD-2,Kepala Dinas Kesehatan,Dinas Kesehatan,anggota,ya,{ONE_WORD}
"""
RECORD = f"""\
[rapat]
tempat = "Kandangan"
[[hadir]]
penilai = "TKKSD-1"
catatan = "diwakili {WHO.upper()} ({NUMBER[:8]} {NUMBER[8:14]} 1 001)"
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    made = new_project(tmp_path)
    (made.folder / "anggota_tkksd.csv").write_text(ROSTER, encoding="utf-8-sig", newline="\r\n")
    (made.folder / "pleno.toml").write_text(RECORD, encoding="utf-8")
    theme = f'[signatories.chair]\nname = "{ONE_WORD}"\nnumber = "{NUMBER}"\n'
    (made.folder.parent / "theme.toml").write_text(theme, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return made


def places(project, asked):
    found = find_places(project.dossier, asked)
    return [(one.path.name, one.kind, one.line, one.sheet, one.cell) for one in found.places]


def test_a_name_is_found_in_every_spelling_with_its_line(project):
    assert places(project, WHO) == [
        ("anggota_tkksd.csv", "roster", 2, "", ""),
        ("pleno.toml", "plenary", 5, "", ""),
    ]


def test_a_name_of_one_word_is_found_where_it_is_all_that_is_said(project):
    (project.folder / "catatan.txt").write_text(f"Jalan {ONE_WORD} ditutup\n", encoding="utf-8")
    assert places(project, ONE_WORD) == [
        ("anggota_tkksd.csv", "roster", 3, "", ""),
        ("theme.toml", "theme", 2, "", ""),
    ]


def test_a_number_is_found_with_whatever_stands_between_its_digits(project):
    assert places(project, NUMBER) == [
        ("pleno.toml", "plenary", 5, "", ""),
        ("theme.toml", "theme", 3, "", ""),
    ]


def test_a_record_kept_as_a_workbook_is_told_by_sheet_and_cell(project):
    (project.folder / "pleno.toml").unlink()
    book = openpyxl.Workbook()
    book.active.title = "Hadir"
    book["Hadir"]["C7"] = f"u.p. {WHO}"
    book.create_sheet("Putusan")["B2"] = WHO.lower()
    book.properties.creator = ONE_WORD
    book.save(project.folder / "pleno.xlsx")
    assert places(project, WHO)[1:] == [
        ("pleno.xlsx", "plenary", 0, "Hadir", "C7"),
        ("pleno.xlsx", "plenary", 0, "Putusan", "B2"),
    ]
    assert ("pleno.xlsx", "plenary", 0, "", "") in places(project, ONE_WORD)  # its properties


def test_an_internal_pdf_is_named_beside_the_page_that_holds_the_person(project):
    inside = project.home / "reports" / NAME / "internal"
    inside.mkdir(parents=True)
    (inside / "attendance.html").write_text(f"<p>{WHO}</p>", encoding="utf-8")
    for name in ("attendance.pdf", "ppksd-list.pdf"):
        (inside / name).write_bytes(b"%PDF-1.7\n\x00\x9c")
    found = [one[:2] for one in places(project, WHO) if one[1] == "internal"]
    assert found == [("attendance.html", "internal"), ("attendance.pdf", "internal")]


@pytest.mark.parametrize(("lang", "line"), [("id", "baris 2"), ("en", "line 2")])
def test_the_command_says_file_line_and_remedy_without_a_register(project, lang, line):
    told = CliRunner().invoke(app, ["privacy", "find", NAME, "--person", WHO, "--lang", lang])
    assert told.exit_code == 0, told.output
    assert f"anggota_tkksd.csv, {line}" in told.stdout
    assert f"ksd plenary {NAME} --papers" in told.stdout
    assert "Rahmawati" not in told.stdout
    nobody = CliRunner().invoke(app, ["privacy", "find", NAME, "--person", "[b]Tak Ada[/b]"])
    assert nobody.exit_code == 1
    assert nobody.stdout.count("\n") == 1


@pytest.mark.parametrize("asked", ["", "   ", "%s {0} \\", "(" * 50])
def test_what_names_nobody_is_found_nowhere(project, asked):
    assert places(project, asked) == []


def test_who_is_held_is_told_with_the_command_that_erases(project):
    project.put(office_book("DINKES"), "kuesioner_DINKES.xlsx")
    project.ingest()
    told = CliRunner().invoke(app, ["privacy", "find", NAME, "--person", NIPS[0]])
    assert told.exit_code == 0, told.output
    assert f"ksd privacy erase {NAME} --person pribadi:" in told.stdout
    assert "kuesioner_DINKES.xlsx, lembar opd, sel C" in told.stdout
    assert PERSONS[0] not in told.stdout


def test_erasing_who_stands_only_in_files_of_people_leads_to_them(project):
    project.put(office_book("DINKES"), "kuesioner_DINKES.xlsx")
    project.ingest()
    with pytest.raises(RunError) as refused:
        plan_erasure(project.dossier, WHO)
    assert refused.value.code == "privacy.only_in_files"
    assert f"ksd privacy find {NAME}" in refused.value.sentence("en")
    with pytest.raises(RunError) as refused:
        plan_erasure(project.dossier, "Orang Lain Sama Sekali")
    assert refused.value.code == "privacy.unknown_person"
