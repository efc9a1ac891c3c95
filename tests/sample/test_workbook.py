"""What a workbook offers is what the reader understands; what is typed comes back unchanged."""

from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from ksd_toolkit.messages import say
from ksd_toolkit.publishing.questionnaire_book import FormBook
from ksd_toolkit.publishing.questionnaire_guide import read_anchors
from ksd_toolkit.publishing.questionnaire_style import choice_texts, is_text_cell, scale_of
from ksd_toolkit.publishing.questionnaire_table import guidance
from ksd_toolkit.publishing.questionnaire_workbook import (
    office_workbook,
    tkksd_workbook,
    workbook_name,
)
from ksd_toolkit.questionnaire import Submission, read_form, read_workbook
from ksd_toolkit.questionnaire.values import parse

FORM = read_form("pemetaan")
QUESTIONS = [(table.name, question) for table in FORM.tables for question in table.fields]
DROPDOWNS = [(table, question) for table, question in QUESTIONS if choice_texts(question, "id")]
HOSTILE = (
    "=1+1", "+62", "@SUM(A1)", "=cmd|' /C calc'!A0", "http://contoh.invalid/x", "mailto:a@b.invalid",
    "<script>alert(1)</script>", "{{7*7}}", "$$", "00123", "1e5", "&C&B judul", "baris satu\nbaris dua",
)  # fmt: skip


def written(tmp_path, content, name="Kuesioner.xlsx"):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def answers(submission):
    return {(a.table, a.row_key, a.field): (a.value, a.state) for a in submission.answers}


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize(("table", "question"), DROPDOWNS, ids=lambda q: getattr(q, "name", q))
def test_every_dropdown_entry_is_understood(table, question, lang):
    texts = choice_texts(question, lang)
    codes = [c.code for c in question.choices] if question.choices else texts
    for text, code in zip(texts, codes, strict=True):
        parsed = parse(text, question)
        assert not parsed.problem
        understood = parsed.state if parsed.value is None else parsed.value
        if question.type == "integer" and isinstance(code, int):
            assert understood == float(code)
        else:
            assert understood == str(code)


@pytest.mark.parametrize(
    ("table", "question", "lang", "hint"),
    [
        ("mitra", "otoritas", "id", "1 Sangat rendah \u2026 5 Sangat tinggi"),
        (
            "usulan",
            "manfaat_masyarakat",
            "en",
            "1 None stated \u2026 5 Quantified with baseline and target",
        ),
        ("mitra", "minat", "id", "1 belum dihubungi \u2026 5 sudah ada LoI/KB."),
        ("usulan", "sifat", "id", ""),
    ],
)
def test_a_scale_without_a_hint_tells_what_its_ends_mean(dossier, table, question, lang, hint):
    asked = FORM.table(table).field(question)
    shown = guidance(FormBook(dossier.in_language(lang), "DINKES"), asked)
    assert shown == (hint or say("workbook.choose", lang))


def test_blank_workbook_is_read_without_errors(dossier, tmp_path):
    for opd_kode in ("DINKES", "BAGPEM"):
        path = written(tmp_path, office_workbook(dossier, opd_kode))
        submission = read_workbook(path, dossier)
        assert isinstance(submission, Submission)
        assert submission.sender == opd_kode
        assert not [p for p in submission.problems if p.severity == "error"]
        assert submission.balance.read == 1  # the office's own record; prepared rows are no rows
        assert {p.code for p in submission.problems} == {
            "cell.required", "opd.few_ppksd", "opd.nothing_filled",
        }  # fmt: skip


def test_english_workbook_is_read_too(dossier, tmp_path):
    path = written(tmp_path, office_workbook(dossier.in_language("en"), "DINKES"))
    submission = read_workbook(path, dossier)
    assert isinstance(submission, Submission)
    assert not [p for p in submission.problems if p.severity == "error"]


def typed(question):
    """One answer to `question` as a person gives it, and as it must come back."""
    if question.type == "select_multiple":
        codes = [choice.code for choice in question.choices[:2]]
        return "; ".join(codes), ";".join(codes)
    if question.type == "select_one":
        choice = question.choices[1]
        return choice_texts(question, "id")[1], choice.code
    if question.type == "date":
        return date(2026, 2, 17), date(2026, 2, 17)
    if question.type in {"integer", "decimal"}:
        number = 2025 if question.name == "bukti_tahun" else 3
        return number, float(number)
    if question.format == "regions":
        return "63.06; 63.05", "63.06;63.05"
    special = {
        "ppksd_1_nip": "000000000000000101", "ppksd_2_nip": "000000000000000102",
        "kode_wilayah": "63.10", "lokasi": "63.05;63.06", "penilai": "OPD-1", "usulan_id": "DINKES-01", "opd_kode": "DINKES",
    }  # fmt: skip
    text = special.get(question.name, f"Isi {question.name}")
    return text, text


def test_every_field_comes_back_as_typed(dossier, tmp_path):
    rows = {table.name: [{q.name: typed(q)[0] for q in table.fields}] for table in FORM.tables}
    submission = read_workbook(written(tmp_path, office_workbook(dossier, "DINKES", rows)), dossier)
    assert isinstance(submission, Submission)
    assert not submission.problems
    read = {(a.table, a.field): a.value for a in submission.answers}
    assert read == {(table, question.name): typed(question)[1] for table, question in QUESTIONS}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(dossier, tmp_path, text):
    row = {"usulan_id": "DINKES-01", "judul": text, "uraian": text, text: text}
    content = office_workbook(dossier, "DINKES", {"usulan": [row]})
    path = written(tmp_path, content)
    submission = read_workbook(path, dossier)
    assert answers(submission)["usulan", "DINKES-01", "uraian"] == (text, "")
    for sheet in openpyxl.load_workbook(path):
        assert not [
            c for line in sheet.iter_rows() for c in line if c.data_type == "f" or c.hyperlink
        ]


def test_codes_and_long_numbers_sit_in_text_cells():
    as_text = {question.name for _, question in QUESTIONS if is_text_cell(question)}
    assert {"ppksd_1_nip", "ppksd_1_kontak", "kode_wilayah", "urusan_kode", "usulan_id"} <= as_text
    assert "uraian" not in as_text
    assert not [q.name for _, q in QUESTIONS if scale_of(q) and is_text_cell(q)]


def test_hidden_sheets_and_visible_identity(dossier, tmp_path):
    book = openpyxl.load_workbook(written(tmp_path, office_workbook(dossier, "DINKES")))
    assert book.sheetnames == ["petunjuk", "opd", "usulan", "mitra", "nilai", "_pilihan", "_meta"]
    assert book["_pilihan"].sheet_state == "veryHidden"
    assert book["_meta"].sheet_state == "veryHidden"
    for name in book.sheetnames[:5]:
        small_print = str(book[name]["A1"].value)
        for part in (FORM.form_id, FORM.version, "63.06", "2026", "DINKES"):
            assert part in small_print
        assert book[name]["A4"].value == say("stamp.simulated")
        assert say("stamp.simulated") in str(book[name].oddHeader.center.text)


@pytest.mark.parametrize("name", ["usulan", "mitra", "nilai"])
def test_headings_are_locked_and_every_other_cell_is_the_offices_own(dossier, tmp_path, name):
    """What the reader finds columns by cannot be typed over; rows and columns may be added."""
    book = openpyxl.load_workbook(written(tmp_path, office_workbook(dossier, "DINKES")))
    sheet = book[name]
    head = next(row for row in sheet.iter_rows(max_row=12) if row[0].value == "usulan_id")
    assert sheet.protection.sheet
    assert not sheet.protection.insertRows  # False: not forbidden
    assert not sheet.protection.insertColumns
    for cell in head:
        assert cell.protection.locked
        assert sheet.cell(cell.row - 2, cell.column).protection.locked
        assert not sheet.cell(cell.row + 1, cell.column).protection.locked
    letters = [cell.column_letter for cell in head]
    own = [
        sheet.column_dimensions[letter] for letter in letters if letter in sheet.column_dimensions
    ]
    assert all(not column.protection.locked for column in own)
    assert book["petunjuk"].protection.sheet


def test_banner_only_on_simulated_dossiers(dossier, tmp_path):
    real = replace(dossier, simulated=False)
    book = openpyxl.load_workbook(written(tmp_path, office_workbook(real, "DINKES")))
    texts = [c.value for sheet in book for line in sheet.iter_rows() for c in line]
    assert say("stamp.simulated") not in texts


def test_tkksd_sheets_are_prefilled_and_silent(dossier, tmp_path):
    usulan = {"DINKES-01": "Judul satu", "DLH-02": "=Judul dua"}
    members = ["TKKSD-1", "TKKSD-2", "TKKSD-3"]
    path = written(tmp_path, tkksd_workbook(dossier, members, usulan), "tkksd.xlsx")
    submission = read_workbook(path, dossier, usulan)
    assert isinstance(submission, Submission)
    sheet = openpyxl.load_workbook(path)["TKKSD-1"]
    code = next(c for line in sheet.iter_rows() for c in line if c.value == "penilai")
    assert sheet.cell(code.row - 1, code.column).value == say("workbook.prefilled")
    assert not submission.problems  # the read-only titles are passed over without a word
    criteria = FORM.table("nilai").field("kriteria_kode").choices
    assert submission.balance.accepted == len(members) * len(usulan) * len(criteria)
    assert {a.state for a in submission.answers if a.field == "skor"} == {"kosong"}


def test_same_bytes_twice(dossier):
    assert office_workbook(dossier, "DINKES") == office_workbook(dossier, "DINKES")


@pytest.mark.parametrize("name", ["../../etc/passwd", 'a/b\\c:d*e?f"g<h>i|j', "\x00\n", ""])
def test_file_name_stays_in_its_folder(dossier, name, tmp_path):
    offices = dossier.offices.copy()
    offices.loc["DINKES", "opd_nama"] = name
    made = workbook_name(replace(dossier, offices=offices), "DINKES")
    assert (tmp_path / made).parent == tmp_path
    assert made.endswith(".xlsx")


def test_anchors_cover_every_score_of_every_criterion():
    criteria = {choice.code for choice in FORM.table("nilai").field("kriteria_kode").choices}
    assert {(a.kriteria_kode, a.skor) for a in read_anchors()} == {
        (code, score) for code in criteria for score in range(1, 6)
    }
