"""Open what a paper is written into: an office's own letterhead, or an empty file of ours.

A Word file can carry programs and call for files from elsewhere. A letterhead needs neither, so it
is measured and searched before anything of it is used.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from functools import cache
from typing import Final

import docx
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.opc.part import Part, XmlPart

from ksd_toolkit.display.hostile import safe_href
from ksd_toolkit.errors import RunError
from ksd_toolkit.publishing.docx.elements import Element, clark
from ksd_toolkit.questionnaire.gate import DAMAGED_ARCHIVE

MAX_BYTES: Final = 5 * 2**20
MAX_UNZIPPED: Final = 40 * 2**20
_MAX_PARTS: Final = 200
_MAX_NAMED: Final = 60  # letters of an address in a message
_BROKEN: Final = (
    *DAMAGED_ARCHIVE, AssertionError, AttributeError, LookupError, OpcError, PythonDocxError, SyntaxError,
    TypeError,
)  # fmt: skip
_TYPE: Final = b"wordprocessingml.document.main+xml"
_PROGRAMS: Final = re.compile(
    r"vba|macro|activex|oleobject|embeddings/|\.bin$|afchunk|altchunk", re.IGNORECASE
)
_CALLS: Final = re.compile(
    rb"DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|(?<!HYPER)LINK|DATABASE|MACROBUTTON", re.IGNORECASE
)
_CODE: Final = re.compile(
    rb"<(?:\w+:)?instrText[^>]*>([^<]*)<|\w+:instr=[\"']([^\"']*)", re.IGNORECASE
)
_RELATION: Final = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STAYS: Final = frozenset(
    f"{_OFFICE}{name}"
    for name in ("styles", "settings", "fontTable", "theme", "webSettings", "header", "footer", "numbering")
)  # fmt: skip
_CORE: Final = (
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
)


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """A Word file without a body: its main part, styles, numberings and settings.

    `section` are the properties of the pages of a letterhead, None for ours.
    """

    part: Part
    body: Element
    styles: Element
    settings: Element
    numberings: Element | None
    section: Element | None


def own_ground(base: bytes) -> Ground:
    """An office's letterhead without its text.

    Raises:
        RunError: It is no Word file, too large, damaged, or carries or calls for something.
    """
    _search(base)
    try:
        package = docx.Document(io.BytesIO(base))
        part = package.part
        section = _first_section(package.element.body)
        ground = _ground(part, package.element.body, section)
    except _BROKEN as error:
        raise RunError("docx.base_damaged") from error
    return ground


def empty_ground() -> Ground:
    """A file of our own: nothing in it but what the format asks for."""
    package = docx.Document(io.BytesIO(_empty_file()))
    return _ground(package.part, package.element.body, None)


@cache
def _empty_file() -> bytes:
    """What python-docx begins with, without its looks, its theme and its numberings; each process makes it once."""
    package = docx.Document()
    ground = _ground(package.part, package.element.body, None)
    for key, one in list(ground.part.rels.items()):
        if not one.reltype.endswith(("/styles", "/settings")):
            del ground.part.rels[key]
    for held in (ground.styles, ground.settings):
        for child in list(held):
            held.remove(child)
    kept = io.BytesIO()
    package.save(kept)
    return kept.getvalue()


def _ground(part: Part, body: Element, section: Element | None) -> Ground:
    """The parts of a file; everything its text was made of falls away."""
    held = {kind: _related(part, kind) for kind in ("styles", "settings", "numbering")}
    for child in list(body):
        body.remove(child)
    named = set(section.xpath(".//@r:id")) if section is not None else set()
    for key, one in list(part.rels.items()):
        edge = one.reltype.endswith(("/header", "/footer"))
        if one.reltype not in _STAYS or (edge and key not in named):
            del part.rels[key]
    package = part.package
    for key, one in list(package.rels.items()):
        if not one.reltype.endswith("/officeDocument") and one.reltype != _CORE:
            del package.rels[key]
    return Ground(part, body, held["styles"], held["settings"], held["numbering"], section)


def _related(part: Part, kind: str) -> Element:
    for one in part.rels.values():
        if one.reltype == f"{_OFFICE}{kind}":
            if not isinstance(one.target_part, XmlPart):
                raise LookupError(kind)
            return one.target_part.element
    if kind == "numbering":
        return None
    raise LookupError(kind)


def _first_section(body: Element) -> Element | None:
    """The first section with a header or footer of its own, else the last."""
    sections: list[Element] = list(body.iter(clark("w:sectPr")))
    for section in sections:
        if len(section) and section.xpath(".//@r:id"):
            return section
    return sections[-1] if sections else None


def _search(base: bytes) -> None:
    """Refuse what a letterhead must not hold, before a reader opens it."""
    if len(base) > MAX_BYTES:
        raise RunError("docx.base_too_large", limit=MAX_BYTES // 2**20)
    try:
        with zipfile.ZipFile(io.BytesIO(base)) as archive:
            entries = archive.infolist()
            unzipped = sum(entry.file_size for entry in entries)
            if unzipped > MAX_UNZIPPED or len(entries) > _MAX_PARTS:
                raise RunError("docx.base_too_large", limit=MAX_UNZIPPED // 2**20)
            parts = {entry.filename: archive.read(entry) for entry in entries}
    except DAMAGED_ARCHIVE as error:
        raise RunError("docx.base_no_word") from error
    types = parts.get("[Content_Types].xml", b"")
    if b"macroEnabled" in types:
        raise RunError("docx.base_program", part="macroEnabled")
    if _TYPE not in types:
        raise RunError("docx.base_no_word")
    for name, content in parts.items():
        _search_part(name, content)


def _search_part(name: str, content: bytes) -> None:
    if _PROGRAMS.search(name):
        raise RunError("docx.base_program", part=name[:_MAX_NAMED])
    if not name.endswith((".xml", ".rels")):
        return
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise RunError("docx.base_damaged")
    for told in _RELATION.findall(content):
        target = _fact(told, b"Target")
        if b"External" in told and not (
            told.find(b"/hyperlink") >= 0 and safe_href(target) and not target.startswith("#")
        ):
            raise RunError("docx.base_external", address=target[:_MAX_NAMED])
    codes = b"".join(code for found in _CODE.findall(content) for code in found)
    if called := _CALLS.search(codes):
        raise RunError("docx.base_external", address=called[0].decode())


def _fact(told: bytes, name: bytes) -> str:
    found = re.search(name + rb"\s*=\s*[\"']([^\"']*)", told)
    return found[1].decode("utf-8", "replace") if found else ""
