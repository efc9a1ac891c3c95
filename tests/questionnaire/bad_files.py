"""Files that cannot be used, each made by a function that takes the path to write."""

import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.small_project import office_book, with_parts

SHEET = "xl/worksheets/sheet2.xml"  # `opd`: `_meta` is the first
RELATIONS = "xl/_rels/workbook.xml.rels"
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_CORNER = "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"


def _office(path: Path, **meta: str) -> None:
    book = office_book("DISHUB")
    for row in book["_meta"].iter_rows():
        row[1].value = meta.get(row[0].value, row[1].value)
    book.save(path)


def _sheet(rows: str, doctype: str = "") -> bytes:
    first = "<row r='1'><c r='A1'><v>1</v></c></row>"
    return f"{doctype}<worksheet {_MAIN}><sheetData>{first}{rows}</sheetData></worksheet>".encode()


def _with_sheet(path: Path, content: bytes) -> None:
    _office(path)
    with_parts(path, {SHEET: content})


def truncated(path: Path) -> None:
    _office(path)
    path.write_bytes(path.read_bytes()[:-200])


def scrambled(path: Path) -> None:
    """The archive's directory is whole; the first byte of a compressed sheet is not."""
    _office(path)
    with zipfile.ZipFile(path) as archive:
        entry = archive.getinfo(SHEET)
        start = entry.header_offset + 30 + len(entry.filename)
    content = bytearray(path.read_bytes())
    content[start : start + 8] = b"\xff" * 8
    path.write_bytes(content)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def password(path: Path) -> None:
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000))


def html(path: Path) -> None:
    path.write_text("\ufeff\n<HTML><table><tr><td>DISHUB-01</td></tr></table></HTML>", "utf-8")


def plain_text(path: Path) -> None:
    path.write_text("Dengan hormat,\nbersama ini kami kirim usulan; terima kasih\n", "utf-8")


def other_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")


def open_document(path: Path) -> None:
    """An OpenDocument bomb that carries a workbook's name inside and outside."""
    _office(path)
    with_parts(path, {"content.xml": b"<office:document-content xmlns:office='o'/>"})


def other_form(path: Path) -> None:
    _office(path, form_id="ksd_kepuasan")


def other_region(path: Path) -> None:
    _office(path, region="63.05")


def other_period(path: Path) -> None:
    _office(path, period="2025")


def unknown_office(path: Path) -> None:
    book = office_book("DISHUBB")
    book.save(path)


def no_questionnaire(path: Path) -> None:
    book = office_book("DISHUB")
    for name in ("_meta", "opd"):
        del book[name]
    for sheet in book:
        sheet.delete_rows(1)
    book.save(path)


def doctype(path: Path) -> None:
    laughs = "<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
    _with_sheet(path, _sheet("<row r='2'><c r='A2' t='str'><v>&b;</v></c></row>", laughs))


def far_cell(path: Path) -> None:
    _with_sheet(path, _sheet(_CORNER))


def far_cell_without_reference(path: Path) -> None:
    _with_sheet(path, _sheet("<row r='1048576'><c><v>1</v></c></row>"))


def far_cell_within_both_limits(path: Path) -> None:
    """Row 199,999 and column 1,900 are allowed alone; together they are 380 million cells."""
    _with_sheet(path, _sheet("<row r='199999'><c r='BUB199999'><v>1</v></c></row>"))


def far_cell_elsewhere(path: Path) -> None:
    """The workbook says where its sheets lie; this one keeps one outside the usual folder."""
    _moved_sheet(path, "xl/lain/opd.xml")


def sheet_called_picture(path: Path) -> None:
    _moved_sheet(path, "xl/media/opd.png")


def _moved_sheet(path: Path, part: str) -> None:
    _office(path)
    with zipfile.ZipFile(path) as archive:
        relations = archive.read(RELATIONS)
    moved = relations.replace(f"/{SHEET}".encode(), f"/{part}".encode())
    assert moved != relations
    with_parts(path, {RELATIONS: moved, part: _sheet(_CORNER)})


def bomb(path: Path) -> None:
    """A sheet of 40 MB that packs to 40 KB."""
    _with_sheet(path, _sheet("<!--" + " " * 40_000_000 + "-->"))


def twice_the_same_part(path: Path) -> None:
    _office(path)
    with_parts(path, {SHEET.upper(): _sheet(_CORNER)})


BAD_FILES: dict[str, tuple[Callable[[Path], None], str]] = {
    # file                       made by                       code of its one problem
    "terpotong.xlsx":           (truncated,                    "file.damaged"),
    "teracak.xlsx":             (scrambled,                    "file.damaged"),
    "kosong.xlsx":              (empty,                        "file.empty"),
    "sandi.xlsx":               (password,                     "file.locked_or_xls"),
    "halaman.xlsx":             (html,                         "file.html"),
    "teks.xlsx":                (plain_text,                   "file.other_form"),
    "surat.xlsx":               (other_zip,                    "file.other_kind"),
    "opendocument.ods":         (open_document,                "file.not_workbook"),
    "formulir lain.xlsx":       (other_form,                   "file.other_form"),
    "wilayah lain.xlsx":        (other_region,                 "file.other_region"),
    "periode lain.xlsx":        (other_period,                 "file.other_period"),
    "opd lain.xlsx":            (unknown_office,               "file.unknown_opd"),
    "bukan kuesioner.xlsx":     (no_questionnaire,             "file.other_form"),
    "dtd.xlsx":                 (doctype,                      "file.dtd"),
    "sel jauh.xlsx":            (far_cell,                     "file.cell_out_of_bounds"),
    "sel tanpa alamat.xlsx":    (far_cell_without_reference,   "file.cell_out_of_bounds"),
    "sel agak jauh.xlsx":       (far_cell_within_both_limits,  "file.cell_out_of_bounds"),
    "lembar pindah.xlsx":       (far_cell_elsewhere,           "file.cell_out_of_bounds"),
    "lembar gambar.xlsx":       (sheet_called_picture,         "file.damaged"),
    "bom.xlsx":                 (bomb,                         "file.bomb"),
    "bagian kembar.xlsx":       (twice_the_same_part,          "file.damaged"),
}  # fmt: skip
