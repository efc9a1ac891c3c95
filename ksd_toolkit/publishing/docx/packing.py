"""Settings, fonts, title and archive of a Word file: the same bytes for the same paper."""

import io
import zipfile
from datetime import UTC, date, datetime, time
from typing import Any, Final

from docx.opc.packuri import PackURI
from docx.opc.part import Part

from ksd_toolkit.display.hostile import legible
from ksd_toolkit.document import Document
from ksd_toolkit.publishing.docx.elements import add, root, serialised
from ksd_toolkit.publishing.docx.manuscript import Manuscript
from ksd_toolkit.publishing.docx.styles import LANGUAGES
from ksd_toolkit.publishing.fonts import MONO

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_STORED: Final = (".png", ".jpeg", ".jpg")  # packed already
_FONT_TABLE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/fontTable"
_FONT_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"
# What an office has where it lacks a family of ours.
_NEAREST: Final = {
    "Source Serif Pro": "Cambria", "Source Sans Pro": "Calibri", "Libertinus Serif": "Times New Roman",
    "DejaVu Sans": "Verdana", "DejaVu Sans Mono": "Consolas",
}  # fmt: skip
_COMPATIBLE: Final = "http://schemas.microsoft.com/office/word"
_SIGNS: Final = {"id": (",", ";"), "en": (".", ",")}


def settle(settings: Any, lang: str) -> None:
    """What a word processor must know of the file; nothing that makes it ask on opening."""
    add(settings, "w:zoom", percent=100)
    add(settings, "w:defaultTabStop", val=720)
    add(settings, "w:characterSpacingControl", val="doNotCompress")
    compatible = add(settings, "w:compat")
    add(compatible, "w:compatSetting", name="compatibilityMode", uri=_COMPATIBLE, val=15)
    add(settings, "w:themeFontLang", val=LANGUAGES[lang])
    decimal, separator = _SIGNS[lang]
    add(settings, "w:decimalSymbol", val=decimal)
    add(settings, "w:listSeparator", val=separator)


def list_fonts(script: Manuscript) -> None:
    """Our families, and what an office has in their place."""
    table = root("w:fonts")
    for family in sorted({*script.styles.fonts.values(), MONO}):
        font = add(table, "w:font", name=family)
        if family in _NEAREST:
            add(font, "w:altName", val=_NEAREST[family])
    uri = PackURI("/word/fontTable.xml")
    made = Part(uri, _FONT_TYPE, serialised(table), script.part.package)
    script.part.relate_to(made, _FONT_TABLE)


def name_file(core: Any, document: Document, dated: date) -> None:
    """Title, issuer and date; nobody's name and no clock."""
    moment = datetime.combine(dated, time(), UTC)
    core.title, core.subject = legible(document.title)[:255], legible(document.subtitle)[:255]
    core.author = core.last_modified_by = legible(document.letterhead.unit)[:255]
    core.keywords = legible(", ".join(document.keywords))[:255]
    core.language, core.revision = LANGUAGES[document.lang], 1
    core.comments = core.category = core.content_status = core.identifier = core.version = ""
    core.created = core.modified = core.last_printed = moment


def packed(draft: io.BytesIO) -> bytes:
    """The same parts in the same order, without the clock."""
    final = io.BytesIO()
    with zipfile.ZipFile(draft) as old, zipfile.ZipFile(final, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            stored = name.endswith(_STORED)
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, old.read(name))
    return final.getvalue()
