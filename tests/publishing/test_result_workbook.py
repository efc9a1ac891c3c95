import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO

import numpy as np
import pytest
from hostile_texts import OWN
from readings import workbook

from ksd_toolkit.display.hostile import legible
from ksd_toolkit.publishing.workbook_sheets import Sheet, SheetColumn
from ksd_toolkit.publishing.xlsx import CELL_LIMIT, workbook_bytes

BANNER = "DATA CONTOH & simulasi"
DATED = date(2026, 11, 23)
COLUMNS = (
    SheetColumn("Per.", "integer", 6),
    SheetColumn("Usulan", "text", 50),
    SheetColumn("Nilai", "decimal", 10),
    SheetColumn("Bagian", "percent", 10),
)
SHEET = Sheet(
    "prioritas",
    "Skala prioritas",
    COLUMNS,
    ((1, "Rujukan pasien", 81.25, 46.4), (2, "006306", None, "TT"), (3, "", float("nan"), 0.0)),
    ("Nilai 0-100.",),
)


def made(*sheets, banner=BANNER, lang="id"):
    return workbook_bytes("Buku kerja", ("Satu.", "Dua."), sheets, banner, DATED, lang=lang)


def test_cells_keep_their_kind():
    sheet = workbook(made(SHEET))["prioritas"]
    assert [cell.value for cell in sheet[4]] == ["Per.", "Usulan", "Nilai", "Bagian"]
    assert [cell.value for cell in sheet[5]] == [1, "Rujukan pasien", 81.25, 46.4]
    assert [cell.value for cell in sheet[6]] == [2, "006306", None, "TT"]
    assert [cell.value for cell in sheet[7]] == [3, None, None, 0]
    assert sheet["D5"].number_format == '0.0"\u00a0%"'
    assert sheet["A9"].value == "Nilai 0-100."


@pytest.mark.parametrize("number", [np.int64(7), np.float64(7), np.float32(7), Decimal(7), 7])
def test_a_number_of_any_kind_is_kept(number):
    sheet = Sheet("angka", "Angka", COLUMNS[:1], ((number,),))
    assert workbook(made(sheet))["angka"]["A5"].value == 7


def test_the_sheet_is_ready_for_screen_and_print():
    sheet = workbook(made(SHEET))["prioritas"]
    assert sheet.freeze_panes == "B5"
    assert sheet.auto_filter.ref == "A4:D7"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToWidth in {None, 1}  # 1 is the default of the format
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$4:$4"


def test_a_sheet_prints_on_its_paper_and_no_more_columns_than_it_says():
    wide = Sheet("lebar", "Lebar", COLUMNS, SHEET.rows, SHEET.notes, paper="A3", printed=2)
    trail = Sheet("jejak", "Jejak", COLUMNS, SHEET.rows, printed=0)
    book = workbook(made(SHEET, wide, trail))
    assert [book[name].page_setup.paperSize for name in ("prioritas", "lebar", "jejak")] == [
        9,
        8,
        9,
    ]
    assert not book["prioritas"].print_area
    assert book["lebar"].print_area == "'lebar'!$A$1:$B$9"
    assert book["jejak"].print_area == "'jejak'!$A$1:$D$3"


def test_every_sheet_carries_the_banner():
    for sheet in workbook(made(SHEET)):
        assert sheet["A1"].value == BANNER
        assert "DATA CONTOH && simulasi" in sheet.oddHeader.center.text or (
            "DATA CONTOH & simulasi" in sheet.oddHeader.center.text
        )
    without = workbook(made(SHEET, banner=""))["prioritas"]
    assert without["A1"].value == "Skala prioritas"
    assert without.oddHeader.center.text is None


def test_the_cover_lists_the_sheets():
    cover = workbook(made(SHEET)).worksheets[0]
    texts = [cell.value for row in cover for cell in row if cell.value]
    assert cover.title == "Sampul"
    assert {"Buku kerja", "prioritas", "Skala prioritas", "Satu.", "Dua."} <= set(texts)
    assert workbook(made(SHEET, lang="en")).sheetnames[0] == "Cover"


@pytest.mark.parametrize("text", OWN)
def test_no_text_becomes_a_formula_or_a_link(text):
    sheet = Sheet("data", text, (SheetColumn(text),), ((text,),), (text,))
    content = made(sheet, banner="")
    cells = workbook(content)["data"]
    assert cells["A4"].value == legible(text, keep_lines=True)
    assert cells["A4"].data_type == "s"
    with zipfile.ZipFile(BytesIO(content)) as parts:
        assert b"<f>" not in b"".join(parts.read(name) for name in parts.namelist())
        assert not [name for name in parts.namelist() if "externalLink" in name]


@pytest.mark.parametrize("letter", ["x", "\U0001f600"])
def test_a_text_too_long_for_a_cell_says_so(letter):
    sheet = Sheet("data", "Judul", (SheetColumn("Teks"),), ((letter * 40_000,),))
    value = workbook(made(sheet, banner=""))["data"]["A4"].value
    assert value.startswith(letter * 100)
    assert value.endswith("[…dipotong: batas satu sel adalah 32.767 huruf]")
    assert CELL_LIMIT - 1 <= len(value.encode("utf-16-le")) / 2 <= CELL_LIMIT


def test_same_tables_same_bytes():
    assert made(SHEET) == made(SHEET)


def test_an_empty_table_is_a_table():
    sheet = workbook(made(Sheet("kosong", "Kosong", COLUMNS, ())))["kosong"]
    assert sheet.auto_filter.ref == "A4:D4"


def test_a_row_of_the_wrong_length_is_a_bug():
    with pytest.raises(ValueError, match="zip"):
        made(Sheet("data", "Judul", COLUMNS, ((1,),)))
