"""A new user's afternoon: ten mistakes in one workbook come back marked, are mended there, and go through.

Everything is done as a person would do it: the `ksd` command, and a workbook opened, typed into and
saved. Nothing is called behind the command's back except to look at the result.
"""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from ksd_toolkit.cli import app
from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.publishing.annotated_workbook import MARK
from ksd_toolkit.register import read_register

NAME = "hulu-sungai-selatan/2027"
OFFICE = "DINKES"
CODE_COLUMN, ANSWER_COLUMN = 1, 3
NIP = "000000000000000017"


@dataclass(frozen=True)
class Mistake:
    """One slip: where it is typed, what is typed, and what is typed in its place later.

    `row` is the number of the usulan, partner or score among those of its sheet, from 1 on.
    """

    sheet: str
    row: int
    question: str
    wrong: object
    right: object
    code: str


MISTAKES = {
    "a range where a number belongs":
        Mistake("usulan", 1, "biaya_indikatif", "5-10", "Rp 1,2 miliar", "cell.number"),
    "the 31st of February":
        Mistake("opd", 0, "ppksd_sk_tanggal", "31 Februari 2026", "28 Februari 2026", "cell.date"),
    "a choice nobody offered":
        Mistake("usulan", 1, "sifat", "barangkali", "potensi", "cell.choice"),
    "a NIP of 17 digits":
        Mistake("opd", 0, "ppksd_1_nip", NIP[:-1], NIP, "cell."),
    "another office's usulan":
        Mistake("usulan", 2, "usulan_id", "DISDIK-09", "DINKES-02", "row.foreign_usulan"),
    "a code used twice":
        Mistake("usulan", 3, "usulan_id", "DINKES-01", "DINKES-03", "row.key_conflict"),
    "a row without its code":
        Mistake("usulan", 4, "usulan_id", None, "DINKES-04", "row.key_missing"),
    "a score of seven":
        Mistake("nilai", 1, "skor", 7, 4, "cell.choice"),
    "a partner's code without its dot":
        Mistake("mitra", 1, "kode_wilayah", 6305, "63.05", "cell."),
    "a formula that divides by nothing":
        Mistake("usulan", 1, "bukti_tahun", "=1/0", 2025, "cell.formula_lost"),
}  # fmt: skip
PARTNERS = (("DINKES-01", "Pemkab Tapin", "pemda", "63.05"),)
SCORES = (("DINKES-01", "U", "OPD-1", 4), ("DINKES-01", "S", "OPD-1", 3))


FORM_COMMAND = ("form", "build") if "build" in CliRunner().invoke(app, ["form", "--help"]).output else ("form",)  # fmt: skip


@pytest.fixture(scope="module")
def handed_out(tmp_path_factory):
    """The steps up to a blank workbook in every office's hands."""
    home = tmp_path_factory.mktemp("proyek")
    (home / "data").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        ksd("new", "Hulu Sungai Selatan", "2027")
        ksd(*FORM_COMMAND, NAME)
    return home


@pytest.fixture
def sent(handed_out, tmp_path, monkeypatch):
    """The workbook of one office, back in the inbox of a project of its own."""
    home = tmp_path / "proyek"
    shutil.copytree(handed_out, home)
    monkeypatch.chdir(home)
    blank = next((home / "data" / NAME / "formulir").glob("*Kesehatan*.xlsx"))
    return Path(shutil.copy(blank, home / "data" / NAME / "kuesioner" / blank.name))


def ksd(*words, code=0):
    shown = CliRunner().invoke(app, list(words))
    assert shown.exit_code == code, shown.output
    return shown.output


def columns_of(sheet):
    """The row of the question codes, and the column of each."""
    for row in sheet.iter_rows(max_row=12):
        found = {str(cell.value): cell.column for cell in row if cell.value}
        if {"usulan_id"} & found.keys():
            return row[0].row, found
    raise AssertionError(sheet.title)


def place(book, sheet, row, question):
    """The cell in which a question is answered."""
    page = book[sheet]
    if sheet == "opd":
        return next(
            page.cell(cells[0].row, ANSWER_COLUMN)
            for cells in page.iter_rows(max_col=1)
            if cells[0].value == question
        )
    head, columns = columns_of(page)
    return page.cell(head + row, columns[question])


def fill_faultlessly(book):
    """Every required question answered, four usulan, one partner, two scores."""
    office = {
        "urusan_opd": "1.02", "ppksd_1_nama": "Contoh Pertama", "ppksd_1_nip": NIP,
        "ppksd_2_nama": "Contoh Kedua", "ppksd_2_nip": "000000000000000018",
        "ppksd_sk_tanggal": "28 Februari 2026", "d1": 1, "d2": 2, "d3": 3, "d4": 2, "d5": 1,
    }  # fmt: skip
    for question, answer in office.items():
        place(book, "opd", 0, question).value = answer
    for number in range(1, 5):
        usulan = {
            "usulan_id": f"{OFFICE}-{number:02d}", "judul": f"Rujukan bersama {number}",
            "sifat": "potensi", "isu": "ISU-A", "urusan_kode": "1.02", "kewenangan": "ya",
            "objek": "layanan", "bukti_tahun": 2025, "biaya_indikatif": "Rp 1,2 miliar",
        }  # fmt: skip
        for question, answer in usulan.items():
            place(book, "usulan", number, question).value = answer
    for number, row in enumerate(PARTNERS, start=1):
        for question, answer in zip(
            ("usulan_id", "mitra_nama", "mitra_jenis", "kode_wilayah"), row, strict=True
        ):
            place(book, "mitra", number, question).value = answer
    for number, row in enumerate(SCORES, start=1):
        for question, answer in zip(
            ("usulan_id", "kriteria_kode", "penilai", "skor"), row, strict=True
        ):
            place(book, "nilai", number, question).value = answer


def typed(path, what):
    """Open the workbook, type the wrong or the right answers, save it."""
    book = load_workbook(path)
    if what == "wrong":
        fill_faultlessly(book)
    for mistake in MISTAKES.values():
        cell = place(book, mistake.sheet, mistake.row, mistake.question)
        cell.value = getattr(mistake, what)
    book.save(path)


def marked_cells(path):
    """Every cell with a comment of ours: its sheet, its address and the comment."""
    return {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in load_workbook(path)
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment and cell.comment.text.startswith(MARK)
    }


def places_of_mistakes(path):
    book = load_workbook(path)
    cells = (place(book, m.sheet, m.row, m.question) for m in MISTAKES.values())
    return {(cell.parent.title, cell.coordinate) for cell in cells}


def test_ten_mistakes_come_back_marked_are_mended_there_and_go_through(sent):
    home = Path.cwd()
    typed(sent, "wrong")

    first = ksd("ingest", NAME, code=2)
    assert re.search(r"\b10 kesalahan", first)
    reports = home / "reports" / NAME
    copy = reports / "internal" / "kembalikan" / sent.name
    assert marked_cells(copy).keys() == places_of_mistakes(sent)
    page = (reports / "masalah.html").read_text(encoding="utf-8")
    for mistake in MISTAKES.values():
        assert mistake.code in page
    assert NIP[:-1] not in page
    assert "Contoh Pertama" not in page

    typed(copy, "right")
    shutil.copy(copy, sent)
    second = ksd("ingest", NAME)
    assert "0 kesalahan" in second
    assert not copy.exists()

    register = read_register(open_dossier(NAME, home=home))
    usulan = register.usulan.set_index("usulan_id")
    assert list(usulan.index) == ["DINKES-01", "DINKES-02", "DINKES-03", "DINKES-04"]
    assert usulan.loc["DINKES-01", "biaya_indikatif"] == 1_200_000_000
    assert usulan.loc["DINKES-01", "sifat"] == "potensi"
    assert usulan.loc["DINKES-01", "bukti_tahun"] == 2025
    assert list(register.mitra["kode_wilayah"]) == ["63.05"]
    assert list(register.nilai["skor"].astype(int)) == [4, 3]
    assert str(register.opd.loc[0, "ppksd_sk_tanggal"]).startswith("2026-02-28")


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_alone_is_named_at_its_place_with_its_code(sent, name):
    mistake = MISTAKES[name]
    book = load_workbook(sent)
    fill_faultlessly(book)
    cell = place(book, mistake.sheet, mistake.row, mistake.question)
    cell.value = mistake.wrong
    book.save(sent)
    ksd("ingest", NAME, code=2)
    copy = Path("reports", NAME, "internal", "kembalikan", sent.name)
    marked = marked_cells(copy)
    assert marked.keys() == {(mistake.sheet, cell.coordinate)}
    listed = [row[5].value for row in load_workbook(copy).worksheets[0].iter_rows() if row[5].value]
    assert len(listed) == 2  # the heading and the one problem
    assert listed[1].startswith(mistake.code)
