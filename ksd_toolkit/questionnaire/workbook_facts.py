"""What an Excel workbook says about itself: its sheets, which of them are hidden, its percent styles."""

import posixpath
import re
import zipfile
from dataclasses import dataclass
from typing import Final

from ksd_toolkit.questionnaire.file_types import RefusedError
from ksd_toolkit.questionnaire.xml_parts import XmlWalk, local_name

OWN_HIDDEN: Final = frozenset({"_meta", "_pilihan"})  # sheets we hide ourselves
_ROOT_RELATIONS: Final = "_rels/.rels"
_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_STYLES: Final = "xl/styles.xml"
_PERCENT_FORMATS: Final = frozenset({9, 10})  # `0%` and `0.00%`, which no workbook spells out
_TEXT_IN_FORMAT: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_LINK: Final = re.compile(r"xl/externallinks/[^/]+\.xml$")

Parts = dict[str, zipfile.ZipInfo]
Attributes = list[tuple[str, dict[str, str]]]


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet as the workbook lists it; `part` is empty where it leads nowhere."""

    name: str
    part: str
    hidden: bool

    @property
    def is_read(self) -> bool:
        """What its author hid is no answer, except the sheets we hid ourselves."""
        return not self.hidden or self.name in OWN_HIDDEN


@dataclass(frozen=True, slots=True)
class WorkbookFacts:
    """The sheets in order, the cell styles that show percent, and what else lies in the archive."""

    sheets: tuple[SheetEntry, ...]
    percent_styles: frozenset[str]
    macros: bool
    links: int


def workbook_facts(archive: zipfile.ZipFile, parts: Parts) -> WorkbookFacts:
    """What the workbook in the archive says about itself.

    Raises:
        RefusedError: It names a sheet or a relation twice; readers disagree about which counts.
    """
    _check_root(_elements(archive, parts, _ROOT_RELATIONS))
    targets = _targets(_elements(archive, parts, _RELATIONS))
    sheets = tuple(
        SheetEntry(
            attributes.get("name", ""),
            _part(targets.get(_relation(attributes), ""), parts),
            attributes.get("state", "visible") != "visible",
        )
        for tag, attributes in _elements(archive, parts, _WORKBOOK)
        if tag == "sheet"
    )
    named = [sheet.name for sheet in sheets]
    used = [sheet.part for sheet in sheets if sheet.part]
    if len({*named}) < len(named) or len({*used}) < len(used):
        raise RefusedError("file.damaged")
    return WorkbookFacts(
        sheets,
        _percent_styles(_elements(archive, parts, _STYLES)),
        any(name.endswith("vbaproject.bin") for name in parts),
        sum(1 for name in parts if _LINK.match(name)),
    )


def _check_root(elements: Attributes) -> None:
    """The reader goes by the archive's own relations, whatever lies at the usual place."""
    for tag, attributes in elements:
        if tag == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
            target = posixpath.normpath(attributes.get("Target", ""))
            if target.lstrip("/").casefold() != _WORKBOOK:
                raise RefusedError("file.damaged")


def _targets(elements: Attributes) -> dict[str, str]:
    """Where each relation of the workbook leads."""
    targets: dict[str, str] = {}
    for tag, attributes in elements:
        if tag == "Relationship" and (key := attributes.get("Id", "")):
            if key in targets:
                raise RefusedError("file.damaged")
            targets[key] = attributes.get("Target", "")
    return targets


def _elements(archive: zipfile.ZipFile, parts: Parts, part: str) -> Attributes:
    """Every element of a part with its attributes; nothing where the part is missing."""
    found: Attributes = []
    if part in parts:
        with archive.open(parts[part]) as source:
            XmlWalk(lambda tag, held: found.append((local_name(tag), held))).read(source)
    return found


def _relation(attributes: dict[str, str]) -> str:
    return next((text for key, text in attributes.items() if local_name(key) == "id"), "")


def _part(target: str, parts: Parts) -> str:
    """The part a relation leads to; some writers spell it from the root without a slash."""
    from_folder = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/").casefold()
    from_root = posixpath.normpath(target).lstrip("/").casefold()
    spellings = (from_root, from_folder) if from_root.startswith("xl/") else (from_folder,)
    return next((name for name in spellings if target and name in parts), "")


def _percent_styles(elements: Attributes) -> frozenset[str]:
    """The numbers of the cell styles whose number format shows percent, as cells write them."""
    formats = {
        attributes.get("numFmtId", "")
        for tag, attributes in elements
        if tag == "numFmt" and "%" in _TEXT_IN_FORMAT.sub("", attributes.get("formatCode", ""))
    } | {str(number) for number in _PERCENT_FORMATS}
    styles: list[str] = []
    inside = False
    for tag, attributes in elements:
        if tag in {"cellXfs", "cellStyleXfs", "cellStyles", "dxfs"}:
            inside = tag == "cellXfs"
        elif inside and tag == "xf":
            styles.append(attributes.get("numFmtId", "0"))
    return frozenset(str(number) for number, used in enumerate(styles) if used in formats)
