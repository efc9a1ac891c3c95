"""Let no file through to the spreadsheet reader that could harm or mislead it.

A spreadsheet of 1.4 KB can make a reader allocate half a terabyte and abort the whole process.
So the zip directory and the raw XML are measured first, and what a file really is decides, not its
name.
"""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final
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
_REFERENCE: Final = re.compile(r"^([A-Z]{1,3})(\d{1,7})$")
_LOCK_PREFIXES: Final = ("~$", "._", ".~lock")


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
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError):
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
        names = [entry.filename for entry in entries]
        if "xl/workbook.xml" not in names:
            raise _RefusedError("file.not_workbook")
        if sum(1 for name in names if _SHEET.match(name)) > MAX_SHEETS:
            raise _RefusedError("file.too_many_sheets", limit=MAX_SHEETS)
        for name in names:
            if _XML.search(name):
                _scan(archive, name, _sheet_counter() if _SHEET.match(name) else None)


def _scan(
    archive: zipfile.ZipFile, name: str, visit: Callable[[str, dict[str, str]], None] | None
) -> None:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _no_dtd
    if visit is not None:
        parser.StartElementHandler = visit
    try:
        with archive.open(name) as source:
            parser.ParseFile(source)
    except expat.ExpatError as error:
        raise _RefusedError("file.damaged") from error


def _no_dtd(*_: object) -> None:
    raise _RefusedError("file.dtd")


def _sheet_counter() -> Callable[[str, dict[str, str]], None]:
    cells = 0

    def visit(tag: str, attributes: dict[str, str]) -> None:
        nonlocal cells
        if tag.rpartition(":")[2] != "c":
            return
        cells += 1
        if cells > MAX_CELLS:
            raise _RefusedError("file.too_many_cells", limit=MAX_CELLS)
        reference = _REFERENCE.match(attributes.get("r", "A1"))
        if (
            reference is None
            or int(reference[2]) > MAX_ROW
            or column_number(reference[1]) > MAX_COLUMN
        ):
            raise _RefusedError("file.cell_out_of_bounds", cell=attributes.get("r", "?")[:12])

    return visit


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
