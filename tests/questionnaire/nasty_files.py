"""Files as offices send them and as attackers would, each made by a function from the path to write.

The number in a name is the row of the corpus a test refers to.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font

from tests.small_project import COLUMNS, office_book, with_parts

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATION = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
CORNER = "XFD1048576"
SOLVER = "XFD1048550"


def workbook(path: Path, sheets: Iterable[tuple[str, str, str]], **more: bytes) -> None:
    """A workbook written part by part: each sheet's name, state and rows as XML."""
    listed = list(sheets)
    entries = "".join(
        f'<sheet name="{name}" sheetId="{n}" state="{state}" r:id="rId{n}"/>'
        for n, (name, state, _) in enumerate(listed, start=1)
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(listed) + 1)
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f"<Types {PACKAGE}/>")
        archive.writestr("_rels/.rels", root_relations("xl/workbook.xml"))
        book = f"<workbook {MAIN} {RELATION}><sheets>{entries}</sheets></workbook>"
        archive.writestr("xl/workbook.xml", book)
        archive.writestr(
            "xl/_rels/workbook.xml.rels", f"<Relationships {PACKAGE}>{relations}</Relationships>"
        )
        for n, (_, _, rows) in enumerate(listed, start=1):
            archive.writestr(f"xl/worksheets/sheet{n}.xml", worksheet(rows))
        for part, content in more.items():
            archive.writestr(part.replace("__", "/"), content)


def root_relations(target: str) -> bytes:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    book = f'<Relationship Id="rId1" Type="{kind}" Target="{target}"/>'
    return f"<Relationships {PACKAGE}>{book}</Relationships>".encode()


def worksheet(rows: str) -> bytes:
    return f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>".encode()


def cell(place: str, value: str = "1", attributes: str = "") -> str:
    return f'<c r="{place}"{attributes}>{value and f"<v>{value}</v>"}</c>'


def row(number: int, *cells: str, attributes: str = "") -> str:
    return f'<row r="{number}"{attributes}>{"".join(cells)}</row>'


def bomb_corner(path: Path) -> None:
    """Row 1: two cells, and a reader sets aside half a terabyte."""
    workbook(path, [("x", "visible", row(1, cell("A1")) + row(1048576, cell(CORNER)))])


def bomb_rows(path: Path) -> None:
    """Row 2: 901 MB of XML in 0.9 MB."""
    rows = (b"<row><c><v>1</v></c></row>" * 40_000)[: 2**20]
    workbook(path, [("x", "visible", "")])
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/rows.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(901):
            part.write(rows)


def forged_size(path: Path) -> None:
    """Row 3: the directory says 2 KB; what unpacks is 20 MB."""
    workbook(path, [("x", "visible", row(1, cell("A1", "1" + " " * 20_000_000)))])
    content = bytearray(path.read_bytes())
    name = b"xl/worksheets/sheet1.xml"
    entry = content.rfind(name) - 46
    local = content.find(name) - 30
    content[entry + 24 : entry + 28] = struct.pack("<I", 2_048)
    content[local + 22 : local + 26] = struct.pack("<I", 2_048)
    path.write_bytes(content)


def doctype(path: Path, part: str, entity: str) -> None:
    """Row 4: a definition of entities in any part."""
    workbook(path, [("x", "visible", row(1, cell("A1")))])
    start = f"<!DOCTYPE x [<!ENTITY a {entity}>]>"
    with_parts(path, {part: f"{start}<worksheet {MAIN}><sheetData/></worksheet>".encode()})


def compound_file(path: Path, stream: str) -> None:
    """Row 5: the container of old Office files and of workbooks with a password."""
    entry = (stream + "\0").encode("utf-16-le").ljust(64, b"\0") + bytes(64)
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1").ljust(1024, b"\0") + entry)


def archive_of(path: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def png(path: Path) -> None:
    chunk = b"IHDR" + struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    length, check = struct.pack(">I", len(chunk) - 4), struct.pack(">I", zlib.crc32(chunk))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + length + chunk + check)


def habits() -> Workbook:
    """Rows 8 to 10 and 12: what office workbooks look like after a month in an office."""
    book = office_book("DISHUB", usulan=4)
    usulan = book["usulan"]
    usulan.row_dimensions[3].hidden = True
    usulan.merge_cells("G3:G5")
    usulan["B1"], usulan["C1"] = " judul \n", "si\u200bfat\u00a0"
    usulan["A1"].font = Font(bold=True)
    notes = book.create_sheet("catatan lama")
    notes["A1"], notes.sheet_state = "Usulan tahun lalu", "hidden"
    very = book.create_sheet("sandi")
    very["A1"], very.sheet_state = "rahasia", "veryHidden"
    book["_meta"].sheet_state = "hidden"
    return book


CSV_ROWS = [
    (
        f"DISHUB-{n:02d}",
        f"Usulan {n}",
        "potensi",
        "ISU-A",
        "1.02",
        "ya",
        "layanan",
        "2025",
        "1500,5",
    )
    for n in range(1, 6)
]


def csv_text(rows: Iterable[tuple[str, ...]] = CSV_ROWS, mark: str = ";") -> str:
    """Row 13 to 16: the proposals of one office as a table of texts."""
    lines = [COLUMNS["usulan"], *rows]
    return "".join(mark.join(line) + "\r\n" for line in lines)
