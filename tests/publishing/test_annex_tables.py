import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from formal_paper import decree
from hypothesis import example, given
from hypothesis import strategies as st
from sample_paper import sample_paper

from ksd_toolkit.document import Column, Document, Heading, Letterhead, Paragraph, Table, runs
from ksd_toolkit.messages import count, decimal, percent, rupiah
from ksd_toolkit.publishing.annex_workbook import annex_workbook, parsed

DATED = date(2026, 11, 23)


def paper(*blocks, lang="id", banner=""):
    head = Letterhead("Pemerintah", "Unit")
    return Document("Judul", "Anak judul", lang, head, "Kandangan", blocks, banner=banner)


def book_of(*blocks, **facts):
    return openpyxl.load_workbook(io.BytesIO(annex_workbook(paper(*blocks, **facts), DATED)))


KINDS = ("text", "integer", "decimal", "percent", "currency", "date")
MIXED = Table(
    "Campuran",
    tuple(Column(kind.title(), kind=kind) for kind in KINDS),
    (
        ("007", "1.234", "4.250,5", "46,4\u00a0%", "Rp1,2\u00a0miliar", "2 Mei 2026"),
        ("=1+1", "TB", "-0,75", "\u2013", "Rp750.000", ""),
        ("", "", "belum", "100\u00a0%", "", "-"),
    ),
    note="Catatan.",
    source="Sumber: register.",
)


def test_a_paper_without_tables_has_no_workbook():
    assert annex_workbook(paper(Paragraph(runs("a"))), DATED) is None


def test_numbers_are_numbers_and_everything_else_is_the_text_it_was():
    sheet = book_of(MIXED)["Tabel 1"]
    values = [[cell.value for cell in row] for row in sheet.iter_rows(4, 6)]
    assert values[0] == ["007", 1234, 4250.5, 46.4, 1_200_000_000, "2 Mei 2026"]
    assert values[1] == ["=1+1", "TB", -0.75, "\u2013", 750_000, None]
    assert values[2] == [None, None, "belum", 100, None, "-"]
    assert sheet["A5"].data_type == "s"


def test_a_sheet_is_a_table_a_program_can_read():
    sheet = book_of(Heading(1, runs("Biaya")), MIXED)["Tabel 1"]
    assert sheet["A1"].value == "Tabel 1. Campuran"
    assert [cell.value for cell in sheet[3]] == [kind.title() for kind in KINDS]
    assert sheet.freeze_panes == "B4"
    assert not sheet.merged_cells.ranges
    below = [row[0].value for row in sheet.iter_rows(8)]
    assert below == ["Sumber: register.", "Catatan.", "Bagian: Biaya"]


def test_cover_and_notes_come_first_and_the_cover_lists_the_tables():
    book = book_of(MIXED, Table("", (Column("A"),), (("1",),)), banner="DATA CONTOH")
    assert book.sheetnames == ["Sampul", "Catatan", "Tabel 1", "Tabel tanpa judul 1"]
    listed = [[cell.value for cell in row] for row in book["Sampul"].iter_rows(6, 7)]
    assert listed == [
        ["Tabel 1", "Tabel 1. Campuran", "3"],
        ["Tabel tanpa judul 1", "Tabel tanpa judul 1", "1"],
    ]
    assert [sheet["A2"].value for sheet in book] == ["DATA CONTOH"] * 4
    assert [sheet["A1"].value for sheet in book][:2] == ["Judul", "Catatan"]


def test_english_papers_count_in_english():
    table = Table("Costs", (Column("Cost", kind="decimal"),), (("4,250.5",), ("4.250,5",)))
    sheet = book_of(table, lang="en")["Table 1"]
    assert [sheet["A4"].value, sheet["A5"].value] == [4250.5, "4.250,5"]


def test_a_column_shows_as_many_decimals_as_its_numbers_have():
    rows = (("9",), ("6,25",), ("12,125",))
    sheet = book_of(Table("T", (Column("N", kind="decimal"),), rows))["Tabel 1"]
    assert {sheet[f"A{row}"].number_format for row in (4, 5, 6)} == {"#,##0.000"}


@pytest.mark.parametrize("rows", [0, 1, 500])
def test_tables_of_any_length(rows):
    book = openpyxl.load_workbook(io.BytesIO(annex_workbook(decree(rows=rows), DATED)))
    assert sum(isinstance(cell.value, int) for cell in book["Tabel 1"]["A"]) == rows


def test_the_same_paper_gives_the_same_bytes():
    assert annex_workbook(sample_paper(), DATED) == annex_workbook(sample_paper(), DATED)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1.23", "decimal"), ("1,234.5", "decimal"), ("12.34.567", "integer"), ("", "integer"), (" ", "decimal"),
        ("1e5", "decimal"), ("0x10", "integer"), ("\uff11", "integer"), ("1 2", "integer"), ("5 %", "integer"),
        ("Rp5", "decimal"), ("1.234.567.890.123.456", "integer"), ("nan", "decimal"), ("2027\u20132029", "integer"),
    ],
)  # fmt: skip
def test_what_is_no_number_of_its_column_is_none(text, kind):
    assert parsed(text, kind, "id") is None


@example(999_950_000_000, 0, "id")  # rounds to a thousand of the smaller word
@given(st.integers(-(10**12), 10**12), st.integers(0, 3), st.sampled_from(["id", "en"]))
def test_a_number_printed_by_the_toolkit_comes_back(value, places, lang):
    number = Decimal(value).scaleb(-places)
    printed = decimal(float(number), places, lang)
    back = parsed(printed, "decimal", lang)
    assert decimal(back, places, lang) == printed
    assert parsed(count(value, lang), "integer", lang) == value
    assert percent(parsed(percent(float(number), 1, lang), "percent", lang), 1, lang) == percent(
        float(number), 1, lang
    )
    assert rupiah(parsed(rupiah(abs(value), lang), "currency", lang), lang) == rupiah(
        abs(value), lang
    )
