"""A workbook that goes back is the office's own: everything stays, and every problem stands where it is."""

import shutil
import subprocess
import zipfile
from dataclasses import replace

import pytest
from hostile_texts import OWN
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.publishing.annotated_workbook import MARK, MarkedFile, annotated_workbook
from ksd_toolkit.publishing.corrections_sheet import COLOURS
from ksd_toolkit.publishing.questionnaire_workbook import office_workbook
from ksd_toolkit.publishing.workbook_copy import TooLargeError
from ksd_toolkit.questionnaire import Submission, read_workbook
from tests.libreoffice import SOFFICE, needs_calc
from tests.small_project import PERSONS, office_book, with_parts

FILE = "kuesioner/dinkes.xlsx"
NUMBER = Problem(
    "cell.number", Where(FILE, "usulan", "I2"), {"value": "5-10", "question": "Biaya indikatif"}
)
CHOICE = Problem(
    "cell.choice",
    Where(FILE, "usulan", "C3"),
    {"value": "barangkali", "question": "Sifat", "choices": "potensi, permasalahan"},
)
BLANK = Problem("cell.required", Where(FILE, "usulan", "C3"), {"question": "Sifat"}, "warning")
MISSING = Problem("sheet.missing", Where(FILE), {"sheet": "mitra"})
SHEET = Problem("sheet.no_header", Where(FILE, "mitra"), {"keys": "usulan_id"})


@pytest.fixture
def path(project):
    return project.inbox / "dinkes.xlsx"


def copy_of(project, path, *problems, is_workbook=True):
    """The marked copy, written beside the inbox and opened again."""
    marked = MarkedFile(project.dossier, path, "Dinas Kesehatan", problems, is_workbook)
    target = project.home / "copy.xlsx"
    target.write_bytes(annotated_workbook(marked))
    return target


def comments(book):
    return {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def colours(book):
    """The colour our rules give to each cell."""
    return {
        (sheet.title, address): rule.dxf.fill.bgColor.rgb
        for sheet in book
        for area in sheet.conditional_formatting
        for rule in area.rules
        for address in str(area.sqref).split()
    }


def listed(book):
    """The rows of the list: place, what is wrong, what to do, code."""
    page = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in page.iter_rows(max_col=6)]
    head = next(number for number, row in enumerate(rows) if row[0] == "No.")
    return [tuple(row[2:]) for row in rows[head + 1 :]]


# --- what is marked --------------------------------------------------------------------------


def test_every_cell_with_a_problem_has_the_sentence_its_remedy_and_the_colour_of_the_worst(
    project, path
):
    book = load_workbook(copy_of(project, path, BLANK, NUMBER, CHOICE))
    found = comments(book)
    assert found.keys() == {("usulan", "I2"), ("usulan", "C3")}
    assert NUMBER.text() in found["usulan", "I2"]
    assert NUMBER.remedy() in found["usulan", "I2"]
    assert found["usulan", "C3"].index(CHOICE.text()) < found["usulan", "C3"].index(BLANK.text())
    assert colours(book) == {
        ("usulan", "I2"): COLOURS["error"],
        ("usulan", "C3"): COLOURS["error"],
    }


def test_a_warning_has_another_colour_than_an_error(project, path):
    assert colours(load_workbook(copy_of(project, path, BLANK))) == {
        ("usulan", "C3"): COLOURS["warning"]
    }


def test_the_list_comes_first_names_everything_and_leads_to_each_cell(project, path):
    book = load_workbook(copy_of(project, path, BLANK, NUMBER, SHEET, MISSING))
    page = book.worksheets[0]
    assert page.title == "Perbaikan"
    assert book.active is page
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == ["Perbaikan"]
    rows = listed(book)
    assert [row[3] for row in rows] == [
        "cell.number", "sheet.no_header", "sheet.missing", "cell.required",
    ]  # fmt: skip
    assert rows[0] == ("usulan I2", NUMBER.text(), NUMBER.remedy(), "cell.number")
    assert rows[2][0] == "Seluruh berkas"
    links = {
        cell.value: cell.hyperlink.location
        for (cell,) in page.iter_rows(min_col=3, max_col=3)
        if cell.hyperlink
    }
    assert links == {
        "usulan I2": "'usulan'!I2", "mitra": "'mitra'!A1", "usulan C3": "'usulan'!C3",
    }  # fmt: skip


def test_a_hidden_sheet_is_not_linked_to(project, path):
    book = load_workbook(path)
    book["mitra"].sheet_state = "hidden"
    book.save(path)
    page = load_workbook(copy_of(project, path, SHEET)).worksheets[0]
    assert not any(cell.hyperlink for row in page.iter_rows() for cell in row)


def test_merged_cells_are_marked_at_the_corner_one_can_edit(project, path):
    book = load_workbook(path)
    book["usulan"].merge_cells("H2:I3")
    book.save(path)
    found = load_workbook(copy_of(project, path, NUMBER))
    assert comments(found).keys() == {("usulan", "H2")}
    assert "H2:I3" in found["usulan"].merged_cells


def test_english_dossiers_get_english_copies(project, path):
    marked = MarkedFile(project.dossier.in_language("en"), path, "Dinas Kesehatan", (NUMBER,), True)
    target = project.home / "copy.xlsx"
    target.write_bytes(annotated_workbook(marked))
    book = load_workbook(target)
    assert book.sheetnames[0] == "Corrections"
    assert NUMBER.text("en") in comments(book)["usulan", "I2"]


def test_comments_are_as_large_as_their_text(project, path):
    long = replace(CHOICE, facts={**CHOICE.facts, "choices": ", ".join(map(str, range(80)))})
    with zipfile.ZipFile(copy_of(project, path, NUMBER, long)) as archive:
        drawings = [name for name in archive.namelist() if name.endswith(".vml")]
        text = archive.read(drawings[0]).decode()
    heights = sorted(int(part.split("px")[0]) for part in text.split("height:")[1:])
    assert heights[0] >= 70
    assert heights[-1] > heights[0] + 40


def test_a_very_long_answer_is_not_repeated_whole(project, path):
    long = replace(NUMBER, facts={"value": "9" * 100_000, "question": "Biaya"})
    book = load_workbook(copy_of(project, path, long))
    assert len(comments(book)["usulan", "I2"]) < 1_500
    assert len(listed(book)[0][1]) < 500


# --- what stays ------------------------------------------------------------------------------


@pytest.fixture
def handed_out(project):
    """The workbook an office really gets, with one usulan in it."""
    row = {"usulan_id": "DINKES-01", "judul": "=1+1", "biaya_indikatif": "5-10"}
    path = project.inbox / "asli.xlsx"
    path.write_bytes(office_workbook(project.dossier, "DINKES", {"usulan": [row]}))
    return path


def own_look(book):
    """What a workbook is apart from its answers, without the list we put first."""
    sheets = [sheet for sheet in book if sheet.title != "Perbaikan"]
    return {
        sheet.title: {
            "state": sheet.sheet_state,
            "dropdowns": sorted(
                (str(rule.sqref), rule.type, rule.formula1, rule.error, rule.prompt)
                for rule in sheet.data_validations.dataValidation
            ),
            "widths": {name: column.width for name, column in sheet.column_dimensions.items()},
            "heights": {number: row.height for number, row in sheet.row_dimensions.items()},
            "protected": (sheet.protection.sheet, sheet.protection.formatCells),
            "panes": sheet.freeze_panes,
            "titles": (sheet.print_title_rows, sheet.print_title_cols),
            "filter": sheet.auto_filter.ref,
            "merged": sorted(map(str, sheet.merged_cells.ranges)),
            "cells": {
                cell.coordinate: (
                    cell.value or None, cell.data_type == "f", cell.number_format, cell.fill.fgColor.rgb,
                    cell.font.b, cell.protection.locked,
                )
                for row in sheet.iter_rows()
                for cell in row
            },
        }
        for sheet in sheets
    }  # fmt: skip


def test_answers_dropdowns_protection_widths_and_hidden_sheets_survive(project, handed_out):
    problem = replace(NUMBER, where=Where(FILE, "usulan", "AH8"))
    before = own_look(load_workbook(handed_out))
    copy = load_workbook(copy_of(project, handed_out, problem))
    assert own_look(copy) == before
    assert before["_meta"]["state"] == "veryHidden"
    assert len(before["usulan"]["dropdowns"]) > 40
    assert before["opd"]["protected"][0]


def test_defined_names_survive(project, path):
    from openpyxl.workbook.defined_name import DefinedName

    book = load_workbook(path)
    book.defined_names["pilihan"] = DefinedName("pilihan", attr_text="usulan!$A$1:$A$3")
    book.save(path)
    copy = load_workbook(copy_of(project, path, NUMBER))
    assert copy.defined_names["pilihan"].attr_text == "usulan!$A$1:$A$3"


def test_the_reader_finds_the_same_answers_in_the_copy(project, handed_out, path):
    for file in (handed_out, path):
        before = read_workbook(file, project.dossier)
        after = read_workbook(copy_of(project, file, NUMBER), project.dossier)
        assert isinstance(before, Submission)
        assert isinstance(after, Submission)
        assert after.answers == before.answers
        assert [p.code for p in after.problems] == [p.code for p in before.problems]


def test_a_locked_cell_with_a_problem_can_be_edited_and_the_others_stay_locked(project, handed_out):
    assert load_workbook(handed_out)["opd"]["C6"].protection.locked
    where = Where(FILE, "opd", "C6")
    copy = load_workbook(copy_of(project, handed_out, replace(NUMBER, where=where)))
    assert copy["opd"].protection.sheet
    assert not copy["opd"]["C6"].protection.locked
    assert copy["opd"]["B6"].protection.locked


EXTENSION = (
    '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    '<x14:dataValidations count="1" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
    '<x14:dataValidation type="list" allowBlank="1" showErrorMessage="1" error="Pilih dari daftar">'
    "<x14:formula1><xm:f>mitra!$A$1:$A$9</xm:f></x14:formula1><xm:sqref>C2:C40</xm:sqref>"
    "</x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"
)


def test_dropdowns_that_excel_keeps_as_an_extension_come_back(project, path):
    part = "xl/worksheets/sheet3.xml"
    with zipfile.ZipFile(path) as archive:
        text = archive.read(part).decode()
    with_parts(path, {part: text.replace("</worksheet>", EXTENSION).encode()})
    rules = load_workbook(copy_of(project, path, NUMBER))["usulan"].data_validations.dataValidation
    assert [(str(r.sqref), r.type, r.formula1, r.error) for r in rules] == [
        ("C2:C40", "list", "mitra!$A$1:$A$9", "Pilih dari daftar")
    ]


# --- the next round --------------------------------------------------------------------------


def test_an_earlier_round_is_replaced_and_leaves_no_trace(project, path):
    book = load_workbook(path)
    book["usulan"]["I2"].comment = Comment("tanya Bidang Anggaran", "Bidang")
    book["nilai"]["D2"].comment = Comment("sudah rapat", "Bidang")
    book.save(path)
    first = copy_of(project, path, NUMBER, BLANK)
    noted = comments(load_workbook(first))["usulan", "I2"]
    assert noted.startswith(MARK)
    assert noted.endswith("tanya Bidang Anggaran")
    again = project.inbox / "lagi.xlsx"
    shutil.copy(first, again)

    second = load_workbook(copy_of(project, again, NUMBER))
    assert [name for name in second.sheetnames if name.startswith("Perbaikan")] == ["Perbaikan"]
    assert comments(second) == {
        ("usulan", "I2"): noted,
        ("nilai", "D2"): "sudah rapat",
    }
    assert colours(second).keys() == {("usulan", "I2")}

    other = load_workbook(copy_of(project, again, CHOICE))
    assert comments(other)["usulan", "I2"] == "tanya Bidang Anggaran"
    assert colours(other).keys() == {("usulan", "C3")}


def test_a_sheet_of_the_office_that_is_called_like_ours_stays(project, path):
    book = load_workbook(path)
    book.create_sheet("Perbaikan")["A1"] = "catatan kami"
    book.save(path)
    copy = load_workbook(copy_of(project, path, NUMBER))
    assert copy["Perbaikan"]["A1"].value == "catatan kami"
    assert copy.worksheets[0]["A1"].value.startswith(MARK)


def test_the_same_file_gives_the_same_bytes(project, path):
    book = load_workbook(path)
    for row in range(5, 60, 2):
        book["usulan"].merge_cells(f"A{row}:B{row + 1}")
    book.save(path)
    made = {copy_of(project, path, NUMBER, BLANK, MISSING).read_bytes() for _ in range(3)}
    assert len(made) == 1


# --- hostile and personal --------------------------------------------------------------------


def test_no_text_becomes_a_formula(project, path):
    book = load_workbook(path)
    cell = book["usulan"]["B2"]
    cell.value, cell.data_type = "=HYPERLINK(1)", "s"
    book.save(path)
    problems = [replace(NUMBER, facts={"value": text, "question": text}) for text in OWN]
    problems += [Problem("file.other_form", Where(FILE, text, "A1"), {"expected": "=1"}) for text in OWN]  # fmt: skip
    copy = load_workbook(copy_of(project, path, *problems))
    assert [
        cell.coordinate
        for sheet in copy
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ] == []
    assert copy["usulan"]["B2"].value == "=HYPERLINK(1)"
    assert len(listed(copy)) == len(problems)


def test_formulas_of_the_office_stay_formulas(project, path):
    book = load_workbook(path)
    book["usulan"]["I2"] = "=1000*2"
    book.save(path)
    assert load_workbook(copy_of(project, path, NUMBER))["usulan"]["I2"].value == "=1000*2"


def test_personal_data_is_in_no_comment_and_not_in_the_list(project):
    book = office_book("DISHUB")
    nip = next(row for row in book["opd"].iter_rows() if row[0].value == "ppksd_1_nip")
    nip[2].value = "19780101200501100"
    path = project.put(book, "dishub.xlsx")
    problems = read_workbook(path, project.dossier).problems
    assert [p.where.cell for p in problems] == [nip[2].coordinate]
    copy = load_workbook(copy_of(project, path, *problems))
    said = " ".join(
        [*comments(copy).values(), *(str(cell) for row in listed(copy) for cell in row)]
    )
    for secret in ("19780101200501100", *PERSONS):
        assert secret not in said


@pytest.mark.parametrize(
    "spread",
    [
        '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        '<hyperlinks><hyperlink ref="A1:XFD1048576" location="opd!A1"/></hyperlinks>',
        '<hyperlinks><hyperlink ref="A:XFD" location="opd!A1"/></hyperlinks>',
    ],
)
def test_a_range_over_the_whole_sheet_is_refused_before_it_costs_anything(project, path, spread):
    part = "xl/worksheets/sheet3.xml"
    with zipfile.ZipFile(path) as archive:
        text = archive.read(part).decode()
    with_parts(path, {part: text.replace("</sheetData>", f"</sheetData>{spread}").encode()})
    with pytest.raises(TooLargeError):
        copy_of(project, path, NUMBER)


def test_three_hundred_thousand_cells_are_the_limit(project):
    book = Workbook(write_only=True)
    sheet = book.create_sheet("usulan")
    for _ in range(3001):
        sheet.append([1] * 100)
    path = project.inbox / "besar.xlsx"
    book.save(path)
    with pytest.raises(TooLargeError):
        copy_of(project, path, NUMBER)


# --- tables that are no workbook -------------------------------------------------------------


def test_a_csv_table_comes_back_as_a_workbook_of_its_cells(project):
    path = project.folder / "naskah.csv"
    path.write_text("no_dok;judul\n1/2026;=cmd|' /C calc'!A0\n2/2026;halo\n", encoding="utf-8")
    problem = replace(NUMBER, where=Where("naskah.csv", "", "B2"))
    book = load_workbook(copy_of(project, path, problem, is_workbook=False))
    assert book.sheetnames == ["Perbaikan", "naskah"]
    cells = [[cell.value for cell in row] for row in book["naskah"].iter_rows()]
    assert cells[1] == ["1/2026", "=cmd|' /C calc'!A0"]
    assert book["naskah"]["B2"].data_type == "s"
    assert book["naskah"]["B2"].quotePrefix
    assert comments(book).keys() == {("naskah", "B2")}
    assert "naskah.csv" in str([cell.value for cell in book["Perbaikan"]["A"]])


def test_sheets_we_hid_stay_hidden_in_the_copy_of_an_open_document(project):
    from tests.questionnaire.test_sender_corpus import open_document

    path = open_document(project.inbox / "dinkes.ods", [["usulan_id", "judul"]])
    with zipfile.ZipFile(path) as archive:
        content = archive.read("content.xml").replace(b"Lembar1", b"_meta")
    with_parts(path, {"content.xml": content})
    book = load_workbook(copy_of(project, path, NUMBER, is_workbook=False))
    assert book["_meta"].sheet_state == "hidden"
    assert book["Perbaikan"].sheet_state == "visible"


def test_a_text_longer_than_a_cell_is_cut_and_says_so(project):
    path = project.folder / "naskah.csv"
    path.write_text(f"no_dok,judul\n1,{'a' * 100_000}\n", encoding="utf-8")
    problem = replace(NUMBER, where=Where("naskah.csv", "", "A2"))
    value = load_workbook(copy_of(project, path, problem, is_workbook=False))["naskah"]["B2"].value
    assert len(value) == 32_767
    assert not value.endswith("aaa")


# --- another program -------------------------------------------------------------------------


@pytest.mark.slow
@needs_calc
def test_libreoffice_keeps_the_marks_and_the_next_round_takes_them_off(project, handed_out):
    problem = replace(NUMBER, where=Where(FILE, "usulan", "AH8"))
    copy = copy_of(project, handed_out, problem)
    before = read_workbook(handed_out, project.dossier)
    subprocess.run(
        [
            SOFFICE, "--headless", f"-env:UserInstallation={(project.home / 'lo').as_uri()}",
            "--convert-to", "xlsx", "--outdir", project.home / "saved", copy,
        ],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    saved = project.home / "saved" / copy.name
    book = load_workbook(saved)
    assert comments(book).keys() == {("usulan", "AH8")}
    assert colours(book).keys() == {("usulan", "AH8")}
    assert book["opd"].protection.sheet
    assert not book["opd"]["C10"].protection.locked
    after = read_workbook(saved, project.dossier)
    assert [(a.field, a.value, a.state) for a in after.answers] == [
        (a.field, a.value, a.state) for a in before.answers
    ]
    again = load_workbook(copy_of(project, saved, BLANK))
    assert colours(again).keys() == {("usulan", "C3")}
    assert comments(again).keys() == {("usulan", "C3")}
    assert [name for name in again.sheetnames if name.startswith("Perbaikan")] == ["Perbaikan"]
