"""Let no file through to the spreadsheet reader that could harm or mislead it.

A spreadsheet of 1.4 KB can make a reader allocate half a terabyte and abort the whole process.
So the zip directory and the raw XML are measured first, and what a file really is decides, not its
name. A sheet its author hid is never read; where it alone holds cells too far away (Excel's Solver
keeps its data there), it is left out and the rest is read.
"""

import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from ksd_toolkit.errors import Problem
from ksd_toolkit.questionnaire.file_types import RefusedError, archive_type, file_type
from ksd_toolkit.questionnaire.grid import column_letters
from ksd_toolkit.questionnaire.sheet_scan import Limits, SheetFacts, scan_sheet
from ksd_toolkit.questionnaire.workbook_facts import Parts, WorkbookFacts, workbook_facts
from ksd_toolkit.questionnaire.xml_parts import XmlWalk

__all__ = ["column_letters"]

MAX_FILE_BYTES: Final = 25 * 2**20
MAX_UNZIPPED_BYTES: Final = 300 * 2**20
MAX_RATIO: Final = 200
MAX_CELLS: Final = 5_000_000
MAX_ROW: Final = 200_000
MAX_COLUMN: Final = 2_000
MAX_SHEETS: Final = 100

_SHEET: Final = re.compile(r"^xl/worksheets/[^/]+\.xml$")
_XML: Final = re.compile(r"\.(xml|rels)$")
_MARKS: Final = (b"sheetData", b"uniqueCount")  # of sheets and of shared texts
_LONGEST_MARK: Final = max(map(len, _MARKS))
_CHUNK_BYTES: Final = 2**20
_LOCK_PREFIXES: Final = ("~$", "._", ".~lock")
DAMAGED_ARCHIVE: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError,
)  # fmt: skip
"""What a damaged zip archive can raise when it is read."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """An Excel workbook that may be read.

    Attributes:
        facts: What it says about itself.
        sheets: What the reader would not tell, by part.
        unsafe: Parts of hidden sheets the reader must never see, with the cell that is too far.
    """

    facts: WorkbookFacts
    sheets: dict[str, SheetFacts]
    unsafe: dict[str, str]


@dataclass(frozen=True, slots=True)
class Passed:
    """A file that may be read: `xlsx`, `ods` or `text`; for `xlsx` with what the gate saw."""

    kind: str
    workbook: Workbook | None = None


def is_lock_file(path: Path) -> bool:
    """Whether an office program left this file behind while the workbook was open."""
    return path.name.startswith(_LOCK_PREFIXES)


def refuse(path: Path, name: str) -> Problem | None:
    """The reason why `path` must not be opened as an Excel workbook; None when it may be.

    Reads at most the zip directory and one pass over the XML; never more than the limits above.
    """
    passed = inspect(path, name)
    if isinstance(passed, Problem):
        return passed
    if passed.workbook is None:
        return RefusedError("file.not_workbook").problem(name)
    for cell in passed.workbook.unsafe.values():
        return RefusedError("file.cell_out_of_bounds", cell=cell).problem(name)
    return None


def inspect(path: Path, name: str) -> Passed | Problem:
    """What `path` is and may be read as; or the one reason why it may not be read at all."""
    try:
        _check_size(path.stat().st_size)
        if file_type(path) == "text":
            return Passed("text")
        with zipfile.ZipFile(path) as archive:
            return _archive(archive)
    except RefusedError as reason:
        return reason.problem(name)
    except DAMAGED_ARCHIVE:
        return RefusedError("file.damaged").problem(name)


def limits(room: int | None = None) -> Limits:
    """How far cells may lie where `room` of them are left."""
    return Limits(MAX_ROW, MAX_COLUMN, MAX_CELLS if room is None else room)


def _check_size(size: int) -> None:
    if size == 0:
        raise RefusedError("file.empty")
    if size > MAX_FILE_BYTES:
        raise RefusedError("file.too_large", limit=MAX_FILE_BYTES // 2**20)


def _archive(archive: zipfile.ZipFile) -> Passed:
    entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if total > MAX_UNZIPPED_BYTES or (total > 2**20 and total / packed > MAX_RATIO):
        raise RefusedError("file.bomb", size=total // 2**20)
    parts = {entry.filename.replace("\\", "/").casefold(): entry for entry in entries}
    if len(parts) < len(entries):  # readers disagree about which of two equal names counts
        raise RefusedError("file.damaged")
    kind = archive_type(archive, parts)
    if kind == "xlsx":
        return Passed(kind, _workbook(archive, parts))
    for name, entry in parts.items():
        if _XML.search(name) and entry.file_size:
            with archive.open(entry) as source:
                XmlWalk(lambda *_: None).read(source)
    return Passed(kind)


def _workbook(archive: zipfile.ZipFile, parts: Parts) -> Workbook:
    if sum(1 for name in parts if _SHEET.match(name)) > MAX_SHEETS:
        raise RefusedError("file.too_many_sheets", limit=MAX_SHEETS)
    facts = workbook_facts(archive, parts)
    if len(facts.sheets) > MAX_SHEETS:
        raise RefusedError("file.too_many_sheets", limit=MAX_SHEETS)
    passed_over = {sheet.part for sheet in facts.sheets if sheet.part and not sheet.is_read}
    room = MAX_CELLS
    scans: dict[str, SheetFacts] = {}
    unsafe: dict[str, str] = {}
    for name, entry in parts.items():
        with archive.open(entry) as source:
            if not _XML.search(name):
                _scan_other(source)
            elif name in passed_over and (cell := _far_cell(source, facts)):
                unsafe[name] = cell
            elif name not in passed_over:
                scans[name] = scan_sheet(source, limits(room), facts.percent_styles)
                room -= scans[name].area
    used = {sheet.part for sheet in facts.sheets}
    return Workbook(facts, {name: scans[name] for name in scans if name in used}, unsafe)


def _far_cell(source: IO[bytes], facts: WorkbookFacts) -> str:
    """The cell of a hidden sheet that lies too far; nothing where all of it may be looked at."""
    try:
        scan_sheet(source, limits(), facts.percent_styles)
    except RefusedError as reason:
        if cell := reason.facts.get("cell"):
            return str(cell)
        raise
    return ""


def _scan_other(source: IO[bytes]) -> None:
    """Pictures and printer settings pass; a sheet under their name would be read uncounted."""
    tail = b""
    while chunk := source.read(_CHUNK_BYTES):
        if any(mark in tail + chunk for mark in _MARKS):
            raise RefusedError("file.damaged")
        tail = chunk[-_LONGEST_MARK:]
