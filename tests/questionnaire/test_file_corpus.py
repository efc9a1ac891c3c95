"""The corpus of nasty files, rows 1 to 16, 36, 38 and 43: each file made here, read by the real reader."""

import io
import json
import resource
import subprocess
import sys
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from ksd_toolkit.questionnaire import read_workbook, reader_process, reader_server, sheets
from ksd_toolkit.questionnaire.cells import Lost
from ksd_toolkit.questionnaire.file_types import RefusedError
from ksd_toolkit.questionnaire.sheets import read_csv_grid, read_grids
from tests.fuzz.open_document import open_document
from tests.questionnaire import nasty_files as nasty
from tests.questionnaire.nasty_files import cell, row
from tests.small_project import NAME, new_project, office_book, with_parts

FORMULA_LOOKING = ("=cmd|' /C calc'!A0", "@SUM(1)", "-5", "- daftar", "+62", "'kutip'")
LONG = "Rapat koordinasi \u201cHulu\u201d. " * 4_348


def grids(path):
    found, reason = read_grids(path, "x")
    assert reason is None, reason
    return {grid.name: grid for grid in found}


def refusal(path):
    found, reason = read_grids(path, "x")
    assert found == []
    assert "{" not in reason.sentence("id") + reason.sentence("en")
    return reason


def told(path):
    return [
        (p.code, p.where.sheet, p.where.cell)
        for grid in grids(path).values()
        for p in grid.findings
    ]


def understood(project, book, name="dishub.xlsx"):
    submission = read_workbook(project.put(book, name), project.dossier)
    codes = {
        (p.code, p.where.sheet, p.where.cell, p.severity)
        for p in submission.problems
        if p.sentence("id") and p.sentence("en")
    }
    return submission, codes


# --- hostile -----------------------------------------------------------------------------------


def test_row_01_a_cell_in_the_far_corner_is_named_and_the_process_lives(tmp_path):
    nasty.bomb_corner(tmp_path / "x.xlsx")
    reason = refusal(tmp_path / "x.xlsx")
    assert (reason.code, reason.facts["cell"]) == ("file.cell_out_of_bounds", nasty.CORNER)


def test_row_01_through_the_command(tmp_path):
    project = new_project(tmp_path)
    nasty.bomb_corner(project.inbox / "bom.xlsx")
    project.put(office_book("DISHUB"), "dishub.xlsx")
    shown = subprocess.run(
        [sys.executable, "-m", "ksd_toolkit", "ingest", NAME, "--json"],
        cwd=project.home, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert shown.returncode == 2, shown.stderr
    problems = json.loads(shown.stdout)["problems"]
    assert [p["code"] for p in problems if "bom.xlsx" in str(p)] == ["file.cell_out_of_bounds"]


def test_row_02_a_file_that_grows_to_901_mb_is_refused_by_its_directory(tmp_path):
    nasty.bomb_rows(tmp_path / "x.xlsx")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refusal(tmp_path / "x.xlsx").code == "file.bomb"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024  # KB


def test_row_03_a_forged_size_is_damage_and_gives_no_data(tmp_path):
    nasty.forged_size(tmp_path / "x.xlsx")
    assert refusal(tmp_path / "x.xlsx").code == "file.damaged"


@pytest.mark.parametrize(
    "part",
    ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "docProps/app.xml",
     "xl/_rels/workbook.xml.rels", "xl/styles.xml"],
)  # fmt: skip
@pytest.mark.parametrize("entity", ["'ha'", "SYSTEM 'file:///etc/hostname'"])
def test_row_04_a_dtd_in_any_part_is_refused(tmp_path, part, entity):
    nasty.doctype(tmp_path / "x.xlsm", part, entity)
    assert refusal(tmp_path / "x.xlsm").code == "file.dtd"


def test_row_04_also_in_an_open_document(tmp_path):
    path = tmp_path / "x.ods"
    path.write_bytes(open_document(office_book("DISHUB")))
    with_parts(path, {"content.xml": b"<!DOCTYPE x [<!ENTITY a 'ha'>]><x>&a;</x>"})
    assert refusal(path).code == "file.dtd"


@pytest.mark.parametrize(
    ("stream", "code", "kind"),
    [
        ("EncryptedPackage", "file.locked", None),
        ("Workbook", "file.old_xls", None),
        ("Book", "file.old_xls", None),
        ("WordDocument", "file.other_kind", "an old Word document (.doc)"),
        ("Entah", "file.locked_or_xls", None),
    ],
)
def test_row_05_a_password_is_told_from_an_old_format(tmp_path, stream, code, kind):
    nasty.compound_file(tmp_path / "x.xlsx", stream)
    reason = refusal(tmp_path / "x.xlsx")
    assert (reason.code, reason.facts.get("kind_en")) == (code, kind)


def other(name, parts):
    return pytest.param(lambda path: nasty.archive_of(path, parts), "file.other_kind", name)


@pytest.mark.parametrize(
    ("make", "code", "kind"),
    [
        (lambda path: path.write_text("<html><table></table></html>"), "file.html", None),
        (lambda path: path.write_bytes("<html>".encode("utf-16")), "file.html", None),
        (lambda path: path.write_bytes(b""), "file.empty", None),
        (lambda path: path.write_bytes(b" \n"), "file.empty", None),
        (lambda path: path.write_bytes(b"%PDF-1.7\n"), "file.other_kind", "a PDF document"),
        (nasty.png, "file.other_kind", "a PNG picture"),
        (lambda path: path.write_bytes(b"\xff\xd8\xff\xe0"), "file.other_kind", "a JPEG photograph"),
        (lambda path: path.write_bytes(b"\x00\x01\x02\x03" * 9), "file.not_workbook", None),
        (lambda path: path.write_bytes(b"<?xml version='1.0'?><Workbook/>"), "file.other_kind",
         "an XML file"),
        other("a Word document", {"[Content_Types].xml": b"", "word/document.xml": b"<x/>"}),
        other("a binary Excel workbook (.xlsb)", {"xl/workbook.bin": b"x"}),
        other("an OpenDocument text (.odt)",
              {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}),
        other("a ZIP archive", {"foto.jpg": b"x"}),
    ],
)  # fmt: skip
def test_row_06_what_a_file_really_is_decides(tmp_path, make, code, kind):
    make(tmp_path / "x.xlsx")
    reason = refusal(tmp_path / "x.xlsx")
    assert (reason.code, reason.facts.get("kind_en")) == (code, kind)


def test_row_06_a_csv_file_called_xlsx_is_read_as_what_it_is(tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_text(nasty.csv_text(), "utf-8")
    assert [row[0] for row in grids(path)[""].rows[1:]] == [line[0] for line in nasty.CSV_ROWS]


def test_row_06_a_file_that_was_cut_short_is_damaged(tmp_path):
    path = tmp_path / "x.xlsx"
    office_book("DISHUB").save(path)
    path.write_bytes(path.read_bytes()[:-200])
    assert refusal(path).code == "file.damaged"


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/worksheets/sheet1.xml"])
def test_elements_within_each_other_do_not_fill_the_memory(tmp_path, part):
    nasty.workbook(tmp_path / "x.xlsx", [("x", "visible", row(1, cell("A1")))])
    with_parts(tmp_path / "x.xlsx", {part: b"<a>" * 300_000})
    assert refusal(tmp_path / "x.xlsx").code == "file.damaged"


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/media/texts.png"])
@pytest.mark.parametrize("number", ["10000000000", "18446744073709551615", "banyak"])
def test_shared_texts_that_only_a_number_promises_are_refused(tmp_path, part, number):
    nasty.workbook(tmp_path / "x.xlsx", [("x", "visible", row(1, cell("A1")))])
    texts = f'<sst {nasty.MAIN} uniqueCount="{number}"><si><t>x</t></si></sst>'
    with_parts(tmp_path / "x.xlsx", {part: texts.encode()})
    assert refusal(tmp_path / "x.xlsx").code == "file.damaged"


@pytest.mark.parametrize(
    "end", ["os.abort()", "sys.exit(3)", "print('x' * 9)", "raise MemoryError"]
)
def test_a_reader_that_dies_is_a_damaged_file(tmp_path, monkeypatch, end):
    child = tmp_path / "child.py"
    child.write_text(f"import os, sys\n{end}\n", "utf-8")
    office_book("DISHUB").save(tmp_path / "x.xlsx")
    assert len(grids(tmp_path / "x.xlsx")) == 5
    monkeypatch.setattr(reader_server, "SERVES", False)
    monkeypatch.setattr(reader_process.reader_child, "__file__", str(child))
    assert refusal(tmp_path / "x.xlsx").code == "file.damaged"


def test_a_reader_that_was_taken_over_runs_nothing_here(tmp_path, monkeypatch):
    child, canary = tmp_path / "child.py", tmp_path / "canary"
    child.write_text(
        "import pickle, sys, pathlib\n"
        "class Hostile:\n"
        f"    def __reduce__(self): return pathlib.Path.touch, (pathlib.Path({str(canary)!r}),)\n"
        "pickle.dump(Hostile(), sys.stdout.buffer)\n",
        "utf-8",
    )
    office_book("DISHUB").save(tmp_path / "x.xlsx")
    monkeypatch.setattr(reader_server, "SERVES", False)
    monkeypatch.setattr(reader_process.reader_child, "__file__", str(child))
    assert refusal(tmp_path / "x.xlsx").code == "file.damaged"
    assert not canary.exists()


@pytest.mark.skipif(not reader_server.SERVES, reason="readers are forked on Linux only")
def test_each_workbook_has_a_reader_of_its_own(tmp_path):
    """One that is lost, stopped half way or read within another's takes nothing from the next."""
    path, names = tmp_path / "x.xlsx", ["_meta", "opd", "usulan", "mitra", "nilai"]
    office_book("DISHUB").save(path)
    whole = list(reader_process.sheet_values(path, names, names))
    half = reader_process.sheet_values(path, names, names)
    assert next(half) == whole[0]
    assert list(reader_process.sheet_values(path, names, names)) == whole
    half.close()
    server = reader_server._SERVERS[-1]
    with pytest.raises(RefusedError):
        list(reader_process.sheet_values(b"PK", names, names))
    assert list(reader_process.sheet_values(path, names, names)) == whole
    assert reader_server._SERVERS[-1] is server
    server.process.kill()
    server.process.wait()
    assert list(reader_process.sheet_values(path, names, names)) == whole


def test_names_without_number_do_not_fill_the_memory(tmp_path):
    names = "".join(f"<n{number}/>" for number in range(20_000))
    nasty.workbook(tmp_path / "x.xlsx", [("x", "visible", names)])
    assert refusal(tmp_path / "x.xlsx").code == "file.damaged"


def test_a_workbook_at_another_place_than_the_gate_looked_at_is_damage(tmp_path):
    path = tmp_path / "x.xlsx"
    nasty.workbook(path, [("a", "visible", row(1, cell("A1")))])
    with zipfile.ZipFile(path) as archive:
        book = archive.read("xl/workbook.xml")
    with_parts(
        path, {"lain/workbook.xml": book, "_rels/.rels": nasty.root_relations("lain/workbook.xml")}
    )
    assert refusal(path).code == "file.damaged"


@pytest.mark.parametrize("twice", ["part", "name", "relation"])
def test_a_sheet_listed_twice_is_damage(tmp_path, twice):
    path = tmp_path / "x.xlsx"
    nasty.workbook(path, [("a", "visible", row(1, cell("A1"))), ("b", "hidden", "")])
    names = {
        "part": ("xl/_rels/workbook.xml.rels", b"sheet2.xml", b"sheet1.xml"),
        "name": ("xl/workbook.xml", b'name="b"', b'name="a"'),
        "relation": ("xl/_rels/workbook.xml.rels", b'Id="rId2"', b'Id="rId1"'),
    }
    part, old, new = names[twice]
    with zipfile.ZipFile(path) as archive:
        content = archive.read(part)
    with_parts(path, {part: content.replace(old, new)})
    assert refusal(path).code == "file.damaged"


# --- hidden far cells ----------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_solver_sheet_is_left_out_and_the_reader_never_sees_it(
    tmp_path, state, monkeypatch
):
    path = tmp_path / "x.xlsx"
    solver = row(1048550, cell(nasty.SOLVER))
    nasty.workbook(path, [("a", "visible", row(1, cell("A1", "7"))), ("Solver", state, solver)])
    given = []
    real = sheets.sheet_values

    def watched(source, *names):
        given.append(source)
        return real(source, *names)

    monkeypatch.setattr(sheets, "sheet_values", watched)
    assert [list(grid.rows) for grid in grids(path).values()] == [[(7.0,)]]
    with zipfile.ZipFile(io.BytesIO(given[0])) as archive:
        seen = b"".join(archive.read(name) for name in archive.namelist())
    assert nasty.SOLVER.encode() not in seen
    (finding,) = told(path)
    assert finding == ("sheet.hidden_too_far", "Solver", "")


def test_the_same_cell_on_our_own_hidden_sheet_is_refused(tmp_path):
    path = tmp_path / "x.xlsx"
    far = row(1048550, cell(nasty.SOLVER))
    nasty.workbook(path, [("a", "visible", ""), ("_pilihan", "hidden", far)])
    assert refusal(path).code == "file.cell_out_of_bounds"


# --- habits --------------------------------------------------------------------------------------


def test_row_07_macros_are_ignored_and_told(tmp_path):
    path = tmp_path / "x.xlsm"
    more = {
        "xl__vbaProject.bin": b"\xd0\xcf\x11\xe0",
        "xl__externalLinks__externalLink1.xml": b"<x/>",
    }
    nasty.workbook(path, [("a", "visible", row(1, cell("A1", "7")))], **more)
    assert grids(path)["a"].rows == ((7.0,),)
    assert told(path) == [("file.macros", "", ""), ("file.external_links", "", "")]


def test_row_08_hidden_sheets_are_not_read_and_hidden_rows_are(project):
    submission, codes = understood(project, nasty.habits())
    assert ("sheet.hidden", "catatan lama", "", "info") in codes
    assert ("sheet.hidden", "sandi", "", "info") in codes
    assert ("sheet.hidden_rows", "usulan", "A3", "warning") in codes
    assert not [code for code in codes if code[1] == "_meta"]
    assert "rahasia" not in str(submission)
    assert "DISHUB-02" in {a.row_key for a in submission.answers if a.table == "usulan"}


def test_row_08_a_workbook_that_shows_nothing_says_so(tmp_path):
    nasty.workbook(tmp_path / "x.xlsx", [("a", "hidden", row(1, cell("A1")))])
    assert refusal(tmp_path / "x.xlsx").code == "file.no_visible_sheet"


def test_row_08_a_questionnaire_whose_own_sheets_are_hidden_is_told_so(project):
    book = office_book("DISHUB")
    book["opd"].sheet_state = book["nilai"].sheet_state = "hidden"
    problem = read_workbook(project.put(book, "dishub.xlsx"), project.dossier)
    assert (problem.code, problem.facts["sheets"]) == ("file.sheets_hidden", "opd, nilai")


def test_row_09_formulas_and_errors_are_never_blank_in_silence(tmp_path):
    path = tmp_path / "x.xlsx"
    cells = (
        '<c r="A1"><f>1+1</f><v>2</v></c>',
        '<c r="B1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>',
        '<c r="C1"><f>1+1</f></c>',
        '<c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
        '<c t="e"><v>#REF!</v></c>',  # without a reference: right of the one before
    )
    nasty.workbook(path, [("a", "visible", row(1, *cells))])
    ((values),) = grids(path)["a"].rows
    assert values == (2.0, "ab", "=", "#DIV/0!", "#REF!")
    assert [type(value) is Lost for value in values] == [False, False, True, True, True]
    assert told(path) == [("sheet.computed", "a", "A1")]
    assert grids(path)["a"].findings[0].facts["n"] == 2


@pytest.mark.parametrize("error", ["#SPILL!", "#CALC!", "#GETTING_DATA", "Err:508", "#<&>!"])
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_row_09_an_error_the_reader_does_not_know_is_named_and_the_rest_is_read(
    tmp_path, error, prefix
):
    path = tmp_path / "x.xlsx"
    text = error.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    inline = f'<c r="C1" t="inlineStr"><is><t>{text}</t></is></c>'
    content = row(1, f'<c r="A1" t="e"><v>{text}</v></c>', cell("B1", "7"), inline)
    nasty.workbook(path, [("a", "visible", content)])
    if prefix:
        named = nasty.worksheet(content).replace(b"<", b"<x:").replace(b"<x:/", b"</x:")
        with_parts(path, {"xl/worksheets/sheet1.xml": named.replace(b"xmlns=", b"xmlns:x=")})
    assert grids(path)["a"].rows == ((error, 7.0, error),)
    assert [type(value) is Lost for value in grids(path)["a"].rows[0]] == [True, False, False]


def test_row_09_also_where_nothing_else_stands_in_the_row_or_column(tmp_path):
    path = tmp_path / "x.xlsx"
    lost = '<c r="C3"><f>1+1</f></c>'
    nasty.workbook(path, [("a", "visible", row(1, cell("A1", "7")) + row(3, lost))])
    grid = grids(path)["a"]
    assert (grid.cell(2, 2), grid.cell(0, 0), len(grid.rows)) == ("=", 7.0, 3)
    assert type(grid.cell(2, 2)) is Lost


def test_row_10_merged_answers_are_one_answer(project):
    submission, codes = understood(project, nasty.habits())
    assert ("cell.merged", "usulan", "G3", "warning") in codes
    values = {
        a.cell: a.value for a in submission.answers if (a.table, a.field) == ("usulan", "objek")
    }
    assert values == {"G2": "layanan", "G3": "layanan", "G4": None, "G5": None}


def test_row_10_merged_headings_are_no_problem(project):
    book = office_book("DISHUB")
    book["usulan"].insert_rows(1, 2)
    book["usulan"]["A1"] = "Usulan kerja sama"
    book["usulan"].merge_cells("A1:I1")
    book["opd"].merge_cells("A1:B1")
    _, codes = understood(project, book)
    assert codes == set()


def test_row_11_a_second_column_of_one_name_is_kept_and_ambiguous(project):
    book = office_book("DISHUB")
    sheet = book["nilai"]
    for column, text in ((6, "skor"), (7, "SKOR "), (8, "Catatan"), (9, "Catatan")):
        sheet.cell(1, column, text)
        sheet.cell(2, column, str(column))
    submission, codes = understood(project, book)
    assert ("sheet.repeated_column", "nilai", "F1", "error") in codes
    assert ("sheet.repeated_column", "nilai", "G1", "error") in codes
    kept = {
        a.field: a.raw
        for a in submission.answers
        if a.sheet == "nilai" and a.cell[0] in "DFGHI" and a.cell[1:] == "2"
    }
    assert kept == {
        "skor": "4", "_lain/skor #2": "6", "_lain/SKOR #2": "7",
        "_lain/Catatan": "8", "_lain/Catatan #2": "9",
    }  # fmt: skip


def test_row_12_headings_with_stray_space_match_and_are_told_once(project):
    submission, codes = understood(project, nasty.habits())
    assert ("sheet.untidy_heading", "usulan", "B1", "info") in codes
    values = {a.field: a.value for a in submission.answers if a.row_key == "DISHUB-01"}
    assert (values["judul"], values["sifat"]) == ("Usulan DISHUB-01", "potensi")


@pytest.mark.parametrize("lines", [0, 4, 12])
@pytest.mark.parametrize("columns", [0, 3])
def test_places_are_right_where_the_table_starts_lower_and_further_right(project, lines, columns):
    book = office_book("DISHUB")
    sheet = book["usulan"]
    sheet["I2"] = "entah"
    if lines:
        sheet.insert_rows(1, lines)
    if columns:
        sheet.insert_cols(1, columns)
    _, codes = understood(project, book)
    assert ("cell.number", "usulan", f"{'IL'[columns > 0]}{2 + lines}", "error") in codes


@pytest.mark.parametrize(
    ("number_format", "is_percent"),
    [("0%", True), ("0.00%", True), ("#,##0.0 %", True), ("[Red]0%", True), ("0", False),
     ('0"%"', False), ("0\\%", False), ("yyyy-mm-dd", False)],
)  # fmt: skip
def test_row_18_cells_shown_as_percent_are_known(tmp_path, number_format, is_percent):
    book = Workbook()
    book.active["B3"], book.active["C3"] = 0.1, 0.1
    book.active["C3"].number_format = number_format
    book.save(tmp_path / "x.xlsx")
    assert grids(tmp_path / "x.xlsx")["Sheet"].percent == ({"C3"} if is_percent else set())


# --- CSV -----------------------------------------------------------------------------------------

ACCENTED = [("DISHUB-01", "Caf\u00e9 \u201cDesa\u201d", *nasty.CSV_ROWS[0][2:])]


@pytest.mark.parametrize(
    ("encoding", "codes"),
    [
        ("utf-8", []),
        ("utf-8-sig", []),
        ("utf-16", []),
        ("utf-16-le", []),
        ("utf-16-be", []),
        ("cp1252", ["file.guessed_encoding"]),
    ],
)
def test_row_13_the_same_text_in_every_encoding(tmp_path, encoding, codes):
    path = tmp_path / "x.csv"
    path.write_bytes(nasty.csv_text(ACCENTED).encode(encoding))
    grid, reason = read_csv_grid(path, "x")
    assert reason is None
    assert grid.rows[1] == ACCENTED[0]
    assert [(p.code, p.severity) for p in grid.findings] == [(code, "warning") for code in codes]


def test_row_14_a_stated_separator_decimal_commas_and_60_blank_rows(project):
    path = project.inbox / "dishub.csv"
    text = "sep=;\r\n" + nasty.csv_text() + ";;;;;;;;\r\n" * 60
    path.write_bytes(text.encode())
    submission = read_workbook(path, project.dossier)
    assert (submission.balance.accepted, submission.balance.blank) == (5, 60)
    assert submission.balance.read == 65
    assert not [p for p in submission.problems if p.code.startswith("row.")]
    costs = {a.raw: a.value for a in submission.answers if a.field == "biaya_indikatif"}
    assert costs == {"1500,5": 1500.5}


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
def test_row_14_the_separator_is_found_without_being_stated(tmp_path, mark):
    rows = [(*line[:8], "1500" if mark == "," else line[8]) for line in nasty.CSV_ROWS]
    path = tmp_path / "x.csv"
    path.write_text("Usulan, tahun 2026\n\n" + nasty.csv_text(rows, mark), "utf-8", newline="")
    grid, _ = read_csv_grid(path, "x")
    assert list(grid.rows[3:]) == rows


def test_row_15_a_row_too_long_is_held_back_whole_and_a_short_one_is_blank_and_told(project):
    first, second, third, *_ = nasty.CSV_ROWS
    text = nasty.csv_text([first, (*second, "Rp 5", "lebih"), third[:4]])
    (project.inbox / "dishub.csv").write_bytes(text.encode())
    submission = read_workbook(project.inbox / "dishub.csv", project.dossier)
    (held,) = submission.set_aside
    assert (held.code, held.row, held.fate) == ("row.too_long", 3, "quarantined")
    assert [*held.cells.values()] == [*second, "Rp 5", "lebih"]
    short = [(p.where.cell, p.severity) for p in submission.problems if p.code == "row.too_short"]
    assert short == [("A4", "warning")]
    blank = {a.field for a in submission.answers if a.row_key == third[0] and a.state == "kosong"}
    assert {"urusan_kode", "objek", "biaya_indikatif"} <= blank
    assert (submission.balance.accepted, submission.balance.quarantined) == (2, 1)


def test_row_16_misread_letters_are_kept_and_a_repair_is_offered(tmp_path):
    right = "Jalan \u201cDesa\u201d"
    wrong = right.encode().decode("latin-1").replace("\x80", "\u20ac").replace("\x9c", "\u0153")
    path = tmp_path / "x.csv"
    path.write_text(f"usulan_id;judul\nDISHUB-01;{wrong}\nDISHUB-02;Caf\u00e9\n", "utf-8")
    grid, _ = read_csv_grid(path, "x")
    assert grid.rows[1][1] == wrong
    (finding,) = grid.findings
    assert (finding.code, finding.where.cell, finding.severity) == (
        "cell.misread_letters", "B2", "warning",
    )  # fmt: skip
    assert finding.facts == {"n": 1, "value": "\u00e2\u20ac\u0153", "better": "\u201c"}


def test_line_ends_inside_quotes_and_rare_ones_stay_in_their_cell(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes('a;b\r"satu\r\ndua";"x""y"\r\ntiga\u2028empat;\x0blima'.encode())
    grid, _ = read_csv_grid(path, "x")
    assert grid.rows == (("a", "b"), ("satu\r\ndua", 'x"y'), ("tiga\u2028empat", "\x0blima"))


@pytest.mark.parametrize("text", ["=1+1", "+62", "-5", "@SUM(1)", "\uff1dx", "'=x"])
def test_a_text_made_inert_for_csv_comes_back_as_it_was(tmp_path, text):
    path = tmp_path / "x.csv"
    path.write_text(f"a;b\n'{text};2\n", "utf-8")
    grid, _ = read_csv_grid(path, "x")
    assert grid.rows[1] == (f"'{text}" if text.startswith("'") else text, "2")


# --- texts ---------------------------------------------------------------------------------------


def test_row_36_texts_that_look_like_formulas_stay_texts(tmp_path):
    book = Workbook()
    for number, text in enumerate(FORMULA_LOOKING, start=1):
        book.active.cell(1, number, text).data_type = "s"
    book.save(tmp_path / "x.xlsx")
    (tmp_path / "x.ods").write_bytes(open_document(load_workbook(tmp_path / "x.xlsx")))
    (tmp_path / "x.csv").write_text(";".join(FORMULA_LOOKING), "utf-8")
    for suffix in ("xlsx", "ods", "csv"):
        (grid,) = grids(tmp_path / f"x.{suffix}").values()
        assert grid.rows[0] == FORMULA_LOOKING, suffix
        assert grid.findings == ()


def test_row_38_a_text_of_100_000_letters_is_kept(project):
    assert len(LONG) >= 100_000
    text = f"usulan_id;judul;objek\nDISHUB-01;{'J' * 131_073};{LONG}\n"
    path = project.inbox / "dishub.csv"
    path.write_text(text, "utf-8")
    submission = read_workbook(path, project.dossier)
    raws = {a.field: a.raw for a in submission.answers}
    assert (raws["judul"], raws["objek"]) == ("J" * 131_073, LONG.strip())


def test_row_38_also_in_a_workbook(tmp_path):
    inline = f'<c r="A1" t="inlineStr"><is><t>{LONG}</t></is></c>'
    nasty.workbook(tmp_path / "x.xlsx", [("a", "visible", row(1, inline))])
    assert grids(tmp_path / "x.xlsx")["a"].rows[0][0].strip() == LONG.strip()


def test_row_43_columns_in_another_order_and_one_more_give_the_same(project):
    plain, _ = understood(project, office_book("DISHUB", usulan=3))
    book = office_book("DISHUB", usulan=3)
    sheet = book["usulan"]
    lines = [tuple(c.value for c in line) for line in sheet.iter_rows()]
    sheet.delete_rows(1, sheet.max_row)
    for head, line in [
        ("Catatan Kabid", lines[0]),
        *[(f"ok {n}", x) for n, x in enumerate(lines[:0:-1])],
    ]:
        sheet.append((*line[::-1], head))
    shuffled, codes = understood(project, book)
    assert codes == {("sheet.unknown_column", "usulan", "J1", "info")}

    def facts(submission):
        return {(a.table, a.row_key, a.field, a.value) for a in submission.answers}

    more = facts(shuffled) - facts(plain)
    assert facts(plain) <= facts(shuffled)
    assert {fact[2] for fact in more} == {"_lain/Catatan Kabid"}
    assert len(more) == 3


# --- through the command -------------------------------------------------------------------------


def test_the_command_takes_in_every_kind_of_file_with_its_findings(tmp_path):
    project = new_project(tmp_path)
    nasty.habits().save(project.inbox / "dishub.xlsm")
    with_parts(project.inbox / "dishub.xlsm", {"xl/vbaProject.bin": b"makro"})
    (project.inbox / "dinkes.ods").write_bytes(open_document(office_book("DINKES")))
    text = nasty.csv_text().replace("DISHUB", "DISDIK").replace("Usulan 1", "Caf\u00e9")
    (project.inbox / "disdik.csv").write_bytes(text.encode("cp1252"))
    shown = subprocess.run(
        [sys.executable, "-m", "ksd_toolkit", "ingest", NAME, "--json"],
        cwd=project.home, capture_output=True, text=True, check=False,
    )  # fmt: skip
    facts = json.loads(shown.stdout)
    codes = {problem["code"] for problem in facts["problems"]}
    assert codes >= {
        "file.macros", "sheet.hidden", "sheet.hidden_rows", "cell.merged", "sheet.untidy_heading",
        "file.guessed_encoding",
    }  # fmt: skip
    rows = project.rows("SELECT DISTINCT file FROM submission ORDER BY file")
    assert [name for (name,) in rows] == [
        f"kuesioner/{n}" for n in ("dinkes.ods", "disdik.csv", "dishub.xlsm")
    ]
    ((kept,),) = project.rows("SELECT DISTINCT raw FROM answer WHERE raw LIKE 'Caf%'")
    assert kept == "Caf\u00e9"
