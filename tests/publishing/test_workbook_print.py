"""A printed workbook stays readable: nothing beside a table makes its sheet small, no title is cut."""

from dataclasses import replace
from datetime import date

from formal_paper import decree
from openpyxl.utils import get_column_letter
from readings import workbook

from ksd_toolkit.document import Column, Table
from ksd_toolkit.publishing.annex_workbook import annex_workbook
from ksd_toolkit.publishing.workbook_sheets import Sheet, SheetColumn
from ksd_toolkit.publishing.xlsx import workbook_bytes

DATED = date(2026, 11, 23)
NOTE = (
    "Skor nol sampai seratus menurut bobot yang diusulkan, tanpa kriteria yang belum dijawab. " * 5
)


def narrow(title="Skor", note=NOTE):
    columns = (SheetColumn("No.", "integer", 6), SheetColumn("Usulan", "text", 40))
    sheet = Sheet("Tabel 1", title, columns, ((1, "Rujukan pasien"),), (note,))
    return workbook(workbook_bytes("Buku", (), [sheet], "", DATED, notes_sheet="Catatan"))


def test_a_long_note_stands_in_lines_below_its_table_and_loses_no_word():
    lines = [row[0].value for row in narrow()["Tabel 1"].iter_rows(min_row=6) if row[0].value]
    assert len(lines) > 5
    assert max(map(len, lines)) <= 66  # sixty widths, whose letters are a tenth narrower
    assert " ".join(lines).split() == NOTE.split()


def test_a_word_longer_than_its_table_is_not_broken():
    word = "https://contoh.go.id/" + "a" * 120
    lines = [row[0].value for row in narrow(note=word)["Tabel 1"].iter_rows(min_row=6)]
    assert word in lines


def test_a_long_title_stands_whole_on_the_cover_in_as_many_lines_as_it_needs():
    book = workbook(annex_workbook(decree(1), DATED))
    cover = book.worksheets[0]
    assert cover["A1"].value == decree(1).title
    assert cover["A1"].alignment.wrap_text
    assert [str(area) for area in cover.merged_cells.ranges] == ["A1:C1"]
    assert cover.row_dimensions[1].height >= 2 * 24
    table = next(sheet for sheet in book if sheet.title.startswith("Tabel"))
    assert not table.merged_cells.ranges


def test_the_cover_lists_long_captions_whole():
    title = (
        "Peringkat menurut cara menghitung dan gabungan semua cara, dua puluh teratas dari semua"
    )
    cover = narrow(title)["Sampul"]
    row = next(row for row in cover.iter_rows() if row[1].value == title)
    assert row[1].alignment.wrap_text
    assert cover.row_dimensions[row[1].row].height >= 2 * 13.5


def widths(columns, rows=30, text="Pemerintah Kabupaten Hulu Sungai Selatan " * 4):
    """How wide the columns of a table of long texts are in its sheet."""
    cells = tuple(text if n % 2 else "APBD" for n in range(columns))
    table = Table("Rencana", tuple(Column(f"Kolom {n}") for n in range(columns)), (cells,) * rows)
    paper = replace(decree(1), blocks=(table,))
    sheet = workbook(annex_workbook(paper, DATED))["Tabel 1"]
    return [sheet.column_dimensions[get_column_letter(n + 1)].width for n in range(columns)]


def test_a_table_of_many_long_columns_is_not_printed_tiny():
    found = widths(14)
    assert sum(found) < 210
    assert min(found[1::2]) > 1.5 * max(found[::2])  # room goes where something is written


def test_a_table_that_fits_keeps_the_room_it_asks_for():
    assert [round(width) for width in widths(4)] == [11, 45, 11, 45]


def test_no_column_is_narrower_than_its_longest_word():
    word = "pertanggungjawaban"
    assert min(widths(16, text=f"{word} " * 9)[1::2]) >= len(word)
