"""Let no file through to the spreadsheet reader that could harm or mislead it.

A spreadsheet of 1.4 KB can make a reader allocate half a terabyte and abort the whole process.
So the zip directory and the raw XML are measured first, and what a file really is decides, not its
name.
"""

import re
import zipfile
import zlib
from pathlib import Path
from typing import IO, Final
from xml.parsers import expat

from ksd_toolkit.errors import Problem, Where

MAX_FILE_BYTES: Final = 25 * 2**20
MAX_UNZIPPED_BYTES: Final = 300 * 2**20
MAX_RATIO: Final = 200
MAX_CELLS: Final = 5_000_000
MAX_ROW: Final = 200_000
MAX_COLUMN: Final = 2_000
MAX_SHEETS: Final = 100

_SHEET: Final = re.compile(r"^xl/worksheets/[^/]+\.xml$")
_XML: Final = re.compile(r"\.(xml|rels)$")
_OTHER_FORMATS: Final = frozenset({"content.xml", "xl/workbook.bin"})  # OpenDocument, xlsb
_SHEET_MARK: Final = b"sheetData"
_CHUNK_BYTES: Final = 2**20
_REFERENCE: Final = re.compile(r"^([A-Z]{1,3})([0-9]{1,7})$")
_LOCK_PREFIXES: Final = ("~$", "._", ".~lock")
_UNREADABLE: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError,
)  # fmt: skip  # what a damaged archive can raise


class _RefusedError(Exception):
    """Raised inside the XML scan to stop it at the first reason."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code, self.facts = code, facts
        super().__init__(code)


def is_lock_file(path: Path) -> bool:
    """Whether an office program left this file behind while the workbook was open."""
    return path.name.startswith(_LOCK_PREFIXES)


def refuse(path: Path, name: str) -> Problem | None:
    """The reason why `path` must not be opened as a workbook; None when it may be.

    Reads at most the zip directory and one pass over the XML; never more than the limits above.
    """
    try:
        _check_type(path)
        _check_archive(path)
    except _RefusedError as reason:
        return Problem(reason.code, Where(name), reason.facts)
    except _UNREADABLE:
        return Problem("file.damaged", Where(name))
    return None


def _check_type(path: Path) -> None:
    size = path.stat().st_size
    if size == 0:
        raise _RefusedError("file.empty")
    if size > MAX_FILE_BYTES:
        raise _RefusedError("file.too_large", limit=MAX_FILE_BYTES // 2**20)
    with path.open("rb") as source:
        head = source.read(512)
    if head.startswith(b"PK"):
        return
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise _RefusedError("file.locked_or_xls")
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<body")):
        raise _RefusedError("file.html")
    raise _RefusedError("file.not_workbook")


def _check_archive(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        total = sum(entry.file_size for entry in entries)
        packed = max(1, sum(entry.compress_size for entry in entries))
        if total > MAX_UNZIPPED_BYTES or (total > 2**20 and total / packed > MAX_RATIO):
            raise _RefusedError("file.bomb", size=total // 2**20)
        parts = {entry.filename.replace("\\", "/").casefold(): entry for entry in entries}
        if "xl/workbook.xml" not in parts or parts.keys() & _OTHER_FORMATS:
            raise _RefusedError("file.not_workbook")
        if len(parts) < len(entries):  # readers disagree about which of two equal names counts
            raise _RefusedError("file.damaged")
        if sum(1 for name in parts if _SHEET.match(name)) > MAX_SHEETS:
            raise _RefusedError("file.too_many_sheets", limit=MAX_SHEETS)
        room = MAX_CELLS
        for name, entry in parts.items():
            with archive.open(entry) as source:
                if _XML.search(name):
                    room -= _scan_xml(source, room)
                else:
                    _scan_other(source)


def _scan_xml(source: IO[bytes], room: int) -> int:
    """The cells a reader sets aside for this part; any part may be a sheet, whatever its name."""
    cells = _Cells(room)
    parser = expat.ParserCreate("UTF-8")  # whatever the part declares: the reader knows no other
    parser.StartDoctypeDeclHandler = _no_dtd
    parser.StartElementHandler = cells.visit
    try:
        parser.ParseFile(source)
    except expat.ExpatError as error:
        raise _RefusedError("file.damaged") from error
    return cells.area


def _no_dtd(*_: object) -> None:
    raise _RefusedError("file.dtd")


def _scan_other(source: IO[bytes]) -> None:
    """Pictures and printer settings pass; a sheet under their name would be read uncounted."""
    tail = b""
    while chunk := source.read(_CHUNK_BYTES):
        if _SHEET_MARK in tail + chunk:
            raise _RefusedError("file.damaged")
        tail = chunk[-len(_SHEET_MARK) :]


class _Cells:
    """Follows rows and cells as the reader will, with or without their references.

    The reader holds every cell between A1 and the last one, filled or not: `area` of them.
    """

    def __init__(self, room: int) -> None:
        self.room = room
        self.count = self.row = self.column = self.last_row = self.last_column = 0

    @property
    def area(self) -> int:
        """The cells of the rectangle that holds all."""
        return self.last_row * self.last_column

    def visit(self, tag: str, attributes: dict[str, str]) -> None:
        """Stop at the first cell beyond the limits."""
        name = tag.rpartition(":")[2]
        if name == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
        elif name == "c":
            self._place(attributes.get("r", ""))

    def _place(self, reference: str) -> None:
        self.count += 1
        if self.count > self.room:
            raise _RefusedError("file.too_many_cells", limit=MAX_CELLS)
        row, self.column = self.row, self.column + 1
        if reference:
            match = _REFERENCE.match(reference)
            if match is None:
                raise _RefusedError("file.damaged")
            row, self.column = int(match[2]), column_number(match[1])
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, self.column)
        if row > MAX_ROW or self.column > MAX_COLUMN or self.area > self.room:
            place = reference or f"{column_letters(self.column)}{row}"
            raise _RefusedError("file.cell_out_of_bounds", cell=place)


def column_number(letters: str) -> int:
    """`A` is 1, `Z` is 26, `AA` is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """1 is `A`, 27 is `AA`."""
    letters = ""
    while number:
        number, remainder = divmod(number - 1, 26)
        letters = chr(ord("A") + remainder) + letters
    return letters
