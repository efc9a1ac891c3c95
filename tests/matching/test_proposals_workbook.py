"""What computation proposes stands beside the answer cell, locked, and never comes back as an answer."""

import openpyxl
import pytest

from ksd_toolkit.messages import say
from ksd_toolkit.publishing.questionnaire_workbook import tkksd_workbook
from ksd_toolkit.questionnaire import Submission, read_workbook
from ksd_toolkit.runs.forms import build_forms
from tests.small_project import new_project, office_book

FIRST = 8
SHEET = "TKKSD-1"


@pytest.fixture
def handed_out(tmp_path):
    """A project whose only office says that DINKES-01 is not within its authority."""
    project = new_project(tmp_path)
    book = office_book("DINKES")
    book["usulan"]["F2"] = "tidak"
    project.put(book, "dinkes.xlsx")
    return project, build_forms(project.dossier)


def headings(sheet):
    return {str(cell.value): cell.column for cell in sheet[FIRST - 3] if cell.value}


def row_of(sheet, usulan, criterion):
    return next(
        row for row in range(FIRST, sheet.max_row + 1)
        if sheet.cell(row, 1).value == usulan and str(sheet.cell(row, 3).value).startswith(criterion)
    )  # fmt: skip


def places(sheet):
    names = headings(sheet)
    read_only = [
        say("workbook.read_only", label=say(f"inst.{n}")) for n in ("computed", "computed_why")
    ]
    return names["Skor"], *(names[name] for name in read_only)


def test_the_value_and_its_reason_stand_beside_the_answer_and_are_locked(handed_out):
    _, forms = handed_out
    sheet = openpyxl.load_workbook(forms.tkksd)[SHEET]
    answer, value, reason = places(sheet)
    assert (value, reason) == (answer + 1, answer + 2)
    row = row_of(sheet, "DINKES-01", "HUK")
    assert sheet.cell(row, value).value == 1
    assert "bukan kewenangan daerah" in sheet.cell(row, reason).value
    assert "usulan:F2" in sheet.cell(row, reason).value
    assert sheet.cell(row, answer).value is None
    locks = [sheet.cell(row, at).protection.locked for at in (answer, value, reason)]
    assert (locks, sheet.protection.sheet) == ([False, True, True], True)


def test_only_what_evidence_decides_has_a_value(handed_out):
    _, forms = handed_out
    sheet = openpyxl.load_workbook(forms.tkksd)[SHEET]
    _, value, _ = places(sheet)
    filled = [
        row for row in range(FIRST, sheet.max_row + 1) if sheet.cell(row, value).value is not None
    ]
    assert filled == [row_of(sheet, "DINKES-01", "HUK")]


def test_round_trip_reads_what_the_member_typed_and_nothing_else(handed_out):
    project, forms = handed_out
    book = openpyxl.load_workbook(forms.tkksd)
    answer, _, _ = places(book[SHEET])
    book[SHEET].cell(row_of(book[SHEET], "DINKES-02", "U"), answer).value = 4
    book.save(project.folder / "tkksd.xlsx")
    project.ingest()
    nilai = project.register().nilai
    typed = nilai[nilai["penilai"].str.startswith("TKKSD") & nilai["skor"].notna()]
    assert typed[["usulan_id", "kriteria_kode", "skor"]].to_numpy().tolist() == [
        ["DINKES-02", "U", "4"]
    ]
    assert set(nilai["penilai"]) == {"OPD-1", SHEET}


def test_the_workbook_reads_the_same_with_and_without_proposals(handed_out):
    project, _ = handed_out
    usulan = {"DINKES-01": "Usulan 1", "DINKES-02": "Usulan 2"}
    proposed = {("DINKES-01", "HUK"): (1.0, "Bukan kewenangan"), ("DINKES-02", "U"): (5.0, "x")}
    found = []
    for computed in (None, proposed):
        path = project.folder / "tkksd.xlsx"
        path.write_bytes(tkksd_workbook(project.dossier, [SHEET], usulan, computed=computed))
        read = read_workbook(path, project.dossier, set(usulan))
        assert isinstance(read, Submission)
        found.append(
            ([(a.row_key, a.field, a.raw, a.value, a.state) for a in read.answers], read.problems)
        )
    assert found[0] == found[1]


def test_a_workbook_with_proposals_nobody_filled_is_still_blank(handed_out):
    project, forms = handed_out
    assert build_forms(project.dossier).kept == ()
    book = openpyxl.load_workbook(forms.tkksd)
    answer, _, _ = places(book[SHEET])
    book[SHEET].cell(FIRST, answer).value = 3
    book.save(forms.tkksd)
    assert build_forms(project.dossier).kept == (forms.tkksd,)


def test_without_anything_to_propose_there_is_no_such_column(tmp_path):
    project = new_project(tmp_path)
    project.put(office_book("DINKES"), "dinkes.xlsx")
    sheet = openpyxl.load_workbook(build_forms(project.dossier).tkksd)[SHEET]
    assert not any(say("inst.computed") in name for name in headings(sheet))


def test_the_reason_of_a_hostile_office_is_text(handed_out):
    project, _ = handed_out
    hostile = {("DINKES-01", "HUK"): (2.0, '=HYPERLINK("http://contoh.invalid","x")')}
    content = tkksd_workbook(project.dossier, [SHEET], {"DINKES-01": "=1+1"}, computed=hostile)
    path = project.folder / "formulir" / "lain.xlsx"
    path.write_bytes(content)
    sheet = openpyxl.load_workbook(path)[SHEET]
    _, _, reason = places(sheet)
    assert sheet.cell(row_of(sheet, "DINKES-01", "HUK"), reason).data_type == "s"
