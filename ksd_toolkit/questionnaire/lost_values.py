"""Cells whose value the spreadsheet program lost: error values, and formulas never computed.

The reader hands both over as blank, and a blank would pass for "not answered".
"""

import posixpath
import zipfile
from pathlib import Path
from typing import Final
from xml.parsers import expat

_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
_FORMULA: Final = "="
_NAMESPACE_SEPARATOR: Final = " "

Places = dict[str, str]
"""What stood in a cell (`#DIV/0!`, or `=` for a formula without a value) by its address."""


def lost_values(path: Path) -> dict[str, Places]:
    """The lost cells of every sheet, by sheet name. The workbook has passed the gate."""
    with zipfile.ZipFile(path) as archive:
        parts = {name.casefold(): name for name in archive.namelist()}
        targets = _attributes(archive, parts, "xl/_rels/workbook.xml.rels", "Relationship", "Id")
        sheets = _attributes(archive, parts, "xl/workbook.xml", "sheet", _RELATION)
        found: dict[str, Places] = {}
        for relation, sheet in sheets.items():
            target = targets.get(relation, {}).get("Target", "")
            part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/").casefold()
            if part in parts:
                found[sheet.get("name", "")] = _scan(archive.read(parts[part]))
    return {sheet: places for sheet, places in found.items() if places}


def _attributes(
    archive: zipfile.ZipFile, parts: dict[str, str], part: str, tag: str, key: str
) -> dict[str, dict[str, str]]:
    """The attributes of every `tag` in a part, by the one called `key`."""
    found: dict[str, dict[str, str]] = {}

    def visit(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(_NAMESPACE_SEPARATOR)[2] == tag and key in attributes:
            found[attributes[key]] = attributes

    if part in parts:
        parser = expat.ParserCreate("UTF-8", _NAMESPACE_SEPARATOR)
        parser.StartElementHandler = visit
        parser.Parse(archive.read(parts[part]), True)
    return found


def _scan(content: bytes) -> Places:
    """The error cells and uncomputed formulas of one sheet."""
    cells = _Cells()
    parser = expat.ParserCreate("UTF-8", _NAMESPACE_SEPARATOR)
    parser.buffer_text = True
    parser.StartElementHandler = cells.start
    parser.EndElementHandler = cells.end
    parser.CharacterDataHandler = cells.text
    parser.Parse(content, True)
    return cells.lost


class _Cells:
    """Follows one cell at a time: its address, type, formula and value."""

    def __init__(self) -> None:
        self.lost: Places = {}
        self.address = self.type = self.value = ""
        self.formula = self.inside_value = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A cell opens, or its formula or value does."""
        match name.rpartition(_NAMESPACE_SEPARATOR)[2]:
            case "c":
                self.address, self.type = attributes.get("r", ""), attributes.get("t", "")
                self.value, self.formula = "", False
            case "f":
                self.formula = True
            case "v" | "t":
                self.inside_value = True

    def text(self, text: str) -> None:
        """Part of a value."""
        if self.inside_value:
            self.value += text

    def end(self, name: str) -> None:
        """A value or a cell closes."""
        match name.rpartition(_NAMESPACE_SEPARATOR)[2]:
            case "v" | "t":
                self.inside_value = False
            case "c" if not self.address:  # the reader counts such cells itself; nothing to name
                return
            case "c" if self.type == "e":
                self.lost[self.address] = self.value or _FORMULA
            case "c" if self.formula and not self.value and self.type != "str":
                self.lost[self.address] = _FORMULA
