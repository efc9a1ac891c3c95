"""Open an office's own workbook to write on a copy of it, and give that copy the same bytes every time.

The gate has let the file through to the reader, which looks at values only. Copying looks at
everything, so what would cost too much here is measured first: merged ranges and links over whole
sheets are a few letters in the file and millions of cells in memory.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat

from openpyxl import Workbook
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import exceptions, range_boundaries
from openpyxl.worksheet.datavalidation import DataValidation

from ksd_toolkit.questionnaire.gate import DAMAGED_ARCHIVE

BROKEN_WORKBOOK: Final = (
    *DAMAGED_ARCHIVE, zipfile.LargeZipFile, expat.ExpatError, exceptions.CellCoordinatesException,
    exceptions.IllegalCharacterError, exceptions.InvalidFileException,
    exceptions.NamedRangeException, exceptions.SheetTitleException, ArithmeticError,
    AssertionError, AttributeError, LookupError, MemoryError, SyntaxError, TypeError,
)  # fmt: skip
"""What copying a workbook that breaks the rules of its format can raise: the library checks little."""

MAX_CELLS: Final = 300_000
_MAX_XML_BYTES: Final = 64 * 2**20
_SPREADING: Final = frozenset({"mergeCell", "hyperlink"})  # elements whose `ref` covers many cells
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_MERGES: Final = re.compile(rb"(?:<mergeCell ref=\"[^\"]*\"\s*/>)+")
_MERGE: Final = re.compile(rb"<mergeCell ref=\"[^\"]*\"\s*/>")
_NEW_DROPDOWN: Final = "x14:dataValidation"
_DROPDOWN_FACTS: Final = (
    "type", "operator", "allowBlank", "showInputMessage", "showErrorMessage", "errorStyle",
    "errorTitle", "error", "promptTitle", "prompt",
)  # fmt: skip


class TooLargeError(Exception):
    """The workbook would take too long or too much memory to copy."""


def open_copy(path: Path) -> Workbook:
    """The workbook at `path` with formulas, comments, dropdowns and formats, ready to be written on.

    Dropdowns that Excel stores as an extension (those whose list stands on another sheet) are
    brought back as ordinary ones. Macros are left behind.

    Raises:
        TooLargeError: It has more than `MAX_CELLS` cells, counting merged and linked ranges.
        BROKEN_WORKBOOK: One of these, where it breaks the rules of its format.
    """
    parts = _weigh(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about extensions it cannot keep; dropdowns follow below
        reader = ExcelReader(path, rich_text=True)
        reader.read()
        for sheet, relation in reader.parser.find_sheets():
            part = parts.get(relation.target.lstrip("/").casefold())
            if part is not None and sheet.name in reader.wb.sheetnames:
                for rule in part.dropdowns():
                    reader.wb[sheet.name].add_data_validation(rule)
    return reader.wb


def copy_bytes(book: Workbook, dated: date) -> bytes:
    """The workbook as the bytes of an XLSX file, dated `dated` and the same every time."""
    draft, final = io.BytesIO(), io.BytesIO()
    book.save(draft)
    with zipfile.ZipFile(draft) as old, zipfile.ZipFile(final, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, _settled(name, old.read(name), dated))
    return final.getvalue()


def _settled(name: str, content: bytes, dated: date) -> bytes:
    """A part without the clock and without the order of a set."""
    if name == "docProps/core.xml":
        return _MODIFIED.sub(rb"\g<1>" + f"{dated.isoformat()}T00:00:00Z".encode(), content)
    if name.startswith("xl/worksheets/"):
        return _MERGES.sub(lambda m: b"".join(sorted(_MERGE.findall(m[0]))), content)
    return content


def _weigh(path: Path) -> dict[str, "_Part"]:
    """What every XML part holds that costs memory; stops at the first part too many."""
    parts: dict[str, _Part] = {}
    with zipfile.ZipFile(path) as archive:
        entries = [e for e in archive.infolist() if e.filename.endswith((".xml", ".rels"))]
        if sum(entry.file_size for entry in entries) > _MAX_XML_BYTES:
            raise TooLargeError
        room = MAX_CELLS
        for entry in entries:
            part = _Part(room)
            parser = expat.ParserCreate()
            parser.buffer_text = True
            parser.StartElementHandler = part.start
            parser.EndElementHandler = part.end
            parser.CharacterDataHandler = part.text
            parser.Parse(archive.read(entry), True)
            room = part.room
            parts[entry.filename.replace("\\", "/").casefold()] = part
    return parts


@dataclass(slots=True)
class _Part:
    """One XML part while it is read: the cells it may still have, and dropdowns stored as extension."""

    room: int
    found: list[dict[str, str]] = field(default_factory=list)
    inside: str = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "c":
            self.room -= 1
        elif name in _SPREADING and "ref" in attributes:
            self.room -= _area(attributes["ref"])
        elif tag == _NEW_DROPDOWN:
            self.found.append(dict(attributes))
        elif self.found and name in {"formula1", "formula2", "sqref"}:
            self.inside = name
        if self.room < 0:
            raise TooLargeError

    def text(self, text: str) -> None:
        if self.inside:
            self.found[-1][self.inside] = self.found[-1].get(self.inside, "") + text

    def end(self, tag: str) -> None:
        if tag.rpartition(":")[2] == self.inside:
            self.inside = ""

    def dropdowns(self) -> Iterator[DataValidation]:
        """The rules as every spreadsheet program knows them."""
        for rule in self.found:
            if rule.get("sqref", "").strip():
                facts: dict[str, Any] = {n: rule[n] for n in _DROPDOWN_FACTS if n in rule}
                facts |= {n: rule[n].strip() for n in ("formula1", "formula2") if n in rule}
                yield DataValidation(sqref=rule["sqref"].strip(), **facts)


def _area(reference: str) -> int:
    """The cells of `A1:C3`; more than any limit where the reference names no corner."""
    try:
        left, top, right, bottom = range_boundaries(reference)
    except (ValueError, TypeError):
        return MAX_CELLS + 1
    if left is None or top is None or right is None or bottom is None:
        return MAX_CELLS + 1
    return (abs(right - left) + 1) * (abs(bottom - top) + 1)
