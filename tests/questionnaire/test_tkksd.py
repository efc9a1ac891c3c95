"""The TKKSD's workbook: every member's sheet is there, and it lies where it belongs."""

from ksd_toolkit.errors import Problem
from ksd_toolkit.questionnaire import read_workbook
from tests.small_project import new_project, tkksd_book


def test_a_renamed_sheet_is_an_error_not_a_silent_loss(tmp_path):
    project = new_project(tmp_path)
    book = tkksd_book("DINKES-01", members=("TKKSD-1",))
    book["TKKSD-1"].title = "Pak Budi"
    book.create_sheet("TKKSD-9")
    path = project.folder / "tkksd.xlsx"
    book.save(path)
    found = read_workbook(path, project.dossier, {"DINKES-01"})
    gone = [p for p in found.problems if p.code == "sheet.member_gone"]
    assert [p.facts["sheet"] for p in gone] == ["TKKSD-1"]
    assert gone[0].severity == "error"


def test_among_the_questionnaires_it_is_one_line_not_hundreds(tmp_path):
    project = new_project(tmp_path)
    path = project.folder / "kuesioner" / "tkksd.xlsx"
    path.parent.mkdir(exist_ok=True)
    tkksd_book("DINKES-01").save(path)
    found = read_workbook(path, project.dossier)
    assert isinstance(found, Problem)
    assert found.code == "file.tkksd_place"
    assert "tkksd.xlsx" in found.remedy("id")
