"""What offices do to their files between getting and sending them: nothing of it is lost or misjudged."""

import pytest

from ksd_toolkit.questionnaire import form_of, read_workbook
from ksd_toolkit.questionnaire.cells import DAY_FIRST
from ksd_toolkit.questionnaire.column_map import column_map
from ksd_toolkit.questionnaire.contacts import read_nip
from tests.small_project import office_book


def sent(project, book, name="dinkes.xlsx"):
    return read_workbook(project.put(book, name), project.dossier)


def codes(submission, *severities):
    return [p.code for p in submission.problems if p.severity in (severities or (p.severity,))]


@pytest.mark.parametrize(
    ("rows", "senders"),
    [
        ("a.csv,DINKES\nb.csv,DISHUB\n", {"a.csv": "DINKES", "b.csv": "DISHUB", "c.csv": ""}),
        ("a.csv,DINKES\n,DISHUB\n", {"a.csv": "DINKES", "b.csv": "DISHUB"}),
        (",DISHUB\na.csv,DINKES\n", {"b.csv": "DISHUB"}),
    ],
)
def test_a_row_of_the_column_map_is_of_its_own_file_only(project, rows, senders):
    lines = (f"{file},,,,{office}\n" for file, office in (r.split(",") for r in rows.splitlines()))
    head = "berkas,kolom,tabel,pertanyaan,opd_kode\n"
    (project.folder / "peta_kolom.csv").write_text(head + "".join(lines), encoding="utf-8")
    form = form_of(project.dossier)
    read = {file: column_map(project.dossier, form, file).sender for file in senders}
    assert read == senders


def test_a_column_added_beside_the_visible_heading_is_kept_under_its_own_name(project):
    book = office_book("DINKES")
    sheet = book["usulan"]
    sheet.insert_rows(1, 2)  # the codes now stand in row 3, below the headings people see
    sheet["K1"], sheet["K4"] = "Catatan Kabid", "segera"
    sheet["L1"] = "hanya judul"
    sheet["M5"] = "lihat lampiran"
    submission = sent(project, book)
    extras = {
        (a.field, a.cell): a.value for a in submission.answers if a.field.startswith("_lain/")
    }
    assert extras == {
        ("_lain/Catatan Kabid", "K4"): "segera", ("_lain/M", "M5"): "lihat lampiran"
    }  # fmt: skip
    told = [p.facts["column"] for p in submission.problems if p.code == "sheet.unknown_column"]
    assert told == ["Catatan Kabid", "M"]


def test_a_column_of_titles_for_reading_only_is_passed_over(project):
    book = office_book("DINKES")
    sheet = book["usulan"]
    sheet.insert_rows(1)
    sheet["K1"], sheet["K3"] = "Judul (hanya dibaca)", "Usulan 1"
    submission = sent(project, book)
    assert "sheet.unknown_column" not in codes(submission)


RENAMED = {"opd": "OPD Dinkes", "usulan": "Usulan 2026", "mitra": " MITRA ", "nilai": "Penilaian"}


def test_renamed_sheets_are_read_by_the_codes_on_them(project):
    book = office_book("DINKES")
    plain = sent(project, book)
    for name, other in RENAMED.items():
        book[name].title = other
    submission = sent(project, book)
    assert submission.sender == "DINKES"
    assert [(a.table, a.field, a.raw, a.cell) for a in submission.answers] == [
        (a.table, a.field, a.raw, a.cell) for a in plain.answers
    ]
    told = {
        p.facts["sheet"]: p.where.sheet for p in submission.problems if p.code == "sheet.renamed"
    }
    assert told == RENAMED
    assert codes(submission, "error") == []


@pytest.mark.parametrize("gone", ["opd", "usulan"])
def test_a_workbook_of_ours_without_a_sheet_says_which(project, gone):
    book = office_book("DINKES")
    book["_meta"].append(("template", "opd-2"))
    del book[gone]
    problem = sent(project, book)
    assert (problem.code, problem.facts) == ("sheet.missing", {"sheet": gone})


def test_a_sheet_of_notes_is_told_and_the_guide_and_empty_ones_are_not(project):
    book = office_book("DINKES")
    book.create_sheet("Catatan")["B2"] = "usulan ketiga menyusul"
    book.create_sheet("petunjuk")["A1"] = "Cara mengisi"
    book.create_sheet("Sheet1")
    told = [p for p in sent(project, book).problems if p.code == "sheet.unread"]
    assert [(p.where.sheet, p.severity) for p in told] == [("Catatan", "info")]


def test_a_hidden_table_is_one_error_and_not_called_deleted(project):
    book = office_book("DINKES")
    book["mitra"].sheet_state = "hidden"
    submission = sent(project, book)
    told = [(p.code, p.severity, p.where.sheet) for p in submission.problems]
    assert told == [("sheet.hidden", "error", "mitra")]


def test_text_outside_the_questions_of_an_office_is_kept_and_told_once(project):
    book = office_book("DINKES")
    sheet = book["opd"]
    sheet["C25"], sheet["F18"] = "mohon dibantu", "lihat lampiran"
    sheet["A9"], sheet["B9"] = "x9", "Nama lengkap pejabat"  # neither code nor question any more
    submission = sent(project, book)
    kept = {a.field: (a.cell, a.table) for a in submission.answers if a.field.startswith("_lain/")}
    assert kept == {
        "_lain/Nama lengkap pejabat": ("C9", "opd"), "_lain/F18": ("F18", "opd"),
        "_lain/C25": ("C25", "opd"),
    }  # fmt: skip
    told = [p for p in submission.problems if p.code == "sheet.beside"]
    assert [(p.where.cell, p.facts, p.severity) for p in told] == [("C9", {"n": 3}, "info")]


def test_a_question_whose_code_was_overtyped_is_found_by_its_text(project):
    book = office_book("DINKES")
    sheet, question = book["opd"], form_of(project.dossier).table("opd").field("d3")
    (row,) = (cell.row for cell in sheet["A"] if cell.value == "d3")
    sheet.cell(row, 1).value, sheet.cell(row, 2).value = "d33", question.labels["id"] + " *"
    submission = sent(project, book)
    (answer,) = (a for a in submission.answers if a.field == "d3")
    assert (answer.cell, answer.value) == (f"C{row}", "3")
    assert codes(submission) == []


def test_without_codes_and_questions_it_is_said_what_is_missing(project):
    book = office_book("DINKES")
    book["opd"].delete_cols(1, 2)
    problem = sent(project, book)
    assert (problem.code, problem.where.sheet) == ("opd.no_code", "opd")


@pytest.mark.parametrize(
    ("first", "second", "read"),
    [
        ("03/04/2026", "04/13/2026", ["2026-03-04", "2026-04-13"]),
        ("03/04/2026", "13/04/2026", ["2026-04-03", "2026-04-13"]),
        ("13/04/2026", "04/13/2026", ["2026-04-13", "tak_terbaca"]),
    ],
)
def test_the_dates_of_an_office_are_of_one_hand(project, first, second, read):
    book = office_book("DINKES")
    for row in book["opd"].iter_rows():
        if row[0].value in {"ppksd_sk_tanggal", "rakor_tanggal"}:
            row[2].value = first if row[0].value == "ppksd_sk_tanggal" else second
    submission = sent(project, book)
    dates = {a.field: str(a.value or a.state) for a in submission.answers if "tanggal" in a.field}
    assert [dates["ppksd_sk_tanggal"], dates["rakor_tanggal"]] == read


@pytest.mark.parametrize(
    ("unit", "remarks"), [("persen", 0), ("%", 0), ("Persen (%)", 0), ("orang", 3)]
)
def test_percent_is_no_surprise_where_the_unit_is_percent(project, unit, remarks):
    book = office_book("DINKES", usulan=3)
    sheet = book["usulan"]
    sheet["J1"], sheet["K1"] = "baseline", "satuan"
    for row, value in ((2, 0.1), (3, "10%"), (4, "10 persen")):
        sheet.cell(row, 10).value, sheet.cell(row, 11).value = value, unit
    sheet["J2"].number_format = "0%"
    submission = sent(project, book)
    assert {a.value for a in submission.answers if a.field == "baseline"} == {10.0}
    told = [p for p in submission.problems if p.code == "cell.percent_unasked"]
    assert [p.facts["value"] for p in told] == ["10%", "10%", "10 persen"][:remarks]


NIP = "19780115 200501 1 003"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (NIP, ""), (f"NIP. {NIP}", ""), (f"NIP: {NIP}", ""), (f"nip {NIP}", ""),
        ("\uff1197801152005011\uff10\uff103", ""), (f"{NIP} (Kabid)", "cell.nip_with_text"),
        (f"NIP {NIP}7", "cell.nip"), ("NIP", "cell.nip"),
    ],
)  # fmt: skip
def test_a_nip_may_have_its_name_before_it(project, written, code):
    question = form_of(project.dossier).table("opd").field("ppksd_1_nip")
    parsed = read_nip(written, written, question, DAY_FIRST)
    assert (parsed.problem, parsed.value) == (code, None if code else NIP.replace(" ", ""))


def test_a_long_text_is_quoted_in_part_and_kept_whole(project):
    book = office_book("DINKES")
    book["usulan"]["H2"] = "bukti " * 5_000
    submission = sent(project, book)
    (problem,) = (p for p in submission.problems if p.where.cell == "H2")
    assert problem.facts["value"] == " ".join(["bukti"] * 20) + " \u2026"
    (answer,) = (a for a in submission.answers if a.cell == "H2")
    assert len(answer.raw) == 5_000 * 6 - 1
