"""Take a person out of a file: every occurrence, in any cell, comment or property, in any spelling."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from openpyxl import Workbook

from ksd_toolkit.questionnaire.gate import DAMAGED_ARCHIVE, MAX_UNZIPPED_BYTES, refuse
from ksd_toolkit.questionnaire.sheets import read_grids
from ksd_toolkit.questionnaire.values import as_text
from ksd_toolkit.register.spellings import ERASED, Wanted, spellings

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_TAG: Final = re.compile(r"<[^>]*>")
_WITHIN_A_CELL: Final = re.compile(
    r"</?(?:\w+:)?(?:t|r|rPr|b|i|u|sz|color|rFont|family|scheme|strike|vertAlign|charset|span)\b[^>]*>"
)
_NO_TITLE: Final = re.compile(r"[\\*?:/\[\]]")
_NUMBER_CELL: Final = re.compile(r"<v>[^<]*$")
_NAMES_SHEETS: Final = frozenset({"xl/workbook.xml"})  # no brackets in the name of a sheet
_TEXT_FILES: Final = frozenset({".csv", ".txt", ".tsv", ".md"})


@dataclass(frozen=True, slots=True)
class Redaction:
    """What became of a file: its new bytes, or none where nothing of the person stands in it.

    `state` is `clean`, `redacted`, `rebuilt` (values only: formats are lost), `emptied` (the person
    stood in it and it could not be rewritten) or `sealed` (nobody can look inside: locked, damaged).
    """

    state: str
    content: bytes | None = None


_EMPTIED: Final = Redaction("emptied", f"{ERASED}\n".encode())


def redact(path: Path, wanted: Wanted) -> Redaction:
    """What a file is without the person. Nothing is written; the file itself stays as it is."""
    if zipfile.is_zipfile(path):
        return _redact_archive(path, wanted)
    content = path.read_bytes()
    if path.suffix.casefold() not in _TEXT_FILES and b"\x00" in content[:4096]:
        return _sealed(content, wanted)
    for encoding in ("utf-8", "utf-16", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        if wanted.found_in(text):
            return Redaction("redacted", _redact_lines(text, wanted).encode(encoding))
    return Redaction("clean")


def _redact_lines(text: str, wanted: Wanted) -> str:
    """Cells of a table that hold nothing else become empty, other occurrences are marked."""

    def cell(match: re.Match[str]) -> str:
        before, after = text[: match.start()][-1:], text[match.end() :][:1]
        return "" if before in '\n\r;,\t"' and after in '\n\r;,\t"' else ERASED

    return wanted.pattern.sub(cell, text)


def _sealed(content: bytes, wanted: Wanted) -> Redaction:
    """A file of no known make: what its bytes show all the same, as an old .xls does."""
    readings = (
        content.decode("latin-1"),
        *(content[n:].decode("utf-16-le", "ignore") for n in (0, 1)),
    )
    return _EMPTIED if any(map(wanted.found_in, readings)) else Redaction("sealed")


def _redact_archive(path: Path, wanted: Wanted) -> Redaction:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > MAX_UNZIPPED_BYTES:
                return Redaction("sealed")
            parts = {entry.filename: archive.read(entry) for entry in entries}
    except DAMAGED_ARCHIVE:
        return _sealed(path.read_bytes(), wanted)
    if not any(_held(content, wanted) for content in parts.values()):
        return Redaction("clean")
    new = {name: _redact_part(name, content, wanted) for name, content in parts.items()}
    if not any(_held(content, wanted) for content in new.values()):
        return Redaction("redacted", _archive(new))
    return _rebuilt(path, wanted)


def _held(content: bytes, wanted: Wanted) -> bool:
    """Whether a part holds the person; text an author formatted stands in several pieces."""
    text = _decoded(content)
    return wanted.found_in(text) or ("<" in text and wanted.found_in(visible(text)))


def visible(markup: str) -> str:
    """The text of markup, a line a cell: what an author formatted within one is put together again."""
    return _TAG.sub("\n", _WITHIN_A_CELL.sub("", markup))


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16"):
        try:
            return _unescaped(content.decode(encoding))
        except UnicodeError:
            continue
    return content.decode("latin-1")


def _unescaped(text: str) -> str:
    """References to characters, as XML writes them, in the letters they stand for."""
    if "&" not in text:
        return text
    numbered = re.sub(r"&#x([0-9A-Fa-f]{1,6});", lambda m: _character(int(m[1], 16)), text)
    numbered = re.sub(r"&#(\d{1,7});", lambda m: _character(int(m[1])), numbered)
    return numbered.replace("&apos;", "'").replace("&quot;", '"')


def _character(number: int) -> str:
    """The letter behind a number, except those that would be read as XML."""
    keep = number in {38, 60, 62} or number > 0x10FFFF or 0xD800 <= number <= 0xDFFF  # noqa: PLR2004
    return f"&#{number};" if keep else chr(number)


def _redact_part(name: str, content: bytes, wanted: Wanted) -> bytes:
    """An XML part with every occurrence in its texts and attributes replaced; its cells stay where they are."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeError:
        return content
    if not _held(content, wanted):
        return content
    plain = unicodedata.normalize("NFC", _unescaped(text) if "&#" in text else text)
    escaped = re.compile(
        "|".join({wanted.pattern.pattern, *_escaped_patterns(wanted)}), re.IGNORECASE
    )

    def mark(match: re.Match[str]) -> str:
        before = plain[: match.start()].rpartition("<")[2]
        after = plain[match.end() : match.end() + 2]
        if _NUMBER_CELL.search("<" + before):
            return "0"
        return "" if before.endswith(">") and after == "</" else instead

    instead = ERASED.strip("[]") if name in _NAMES_SHEETS else ERASED
    return escaped.sub(mark, plain).encode("utf-8")


def _escaped_patterns(wanted: Wanted) -> Iterator[str]:
    yield from (spellings(escape(part)) for part in wanted.parts if escape(part) != part)


def _rebuilt(path: Path, wanted: Wanted) -> Redaction:
    """The values of every sheet in a plain workbook, where the original cannot be mended in place."""
    if refuse(path, path.name) is not None:
        return _EMPTIED
    grids, reason = read_grids(path, path.name)
    if reason:
        return _EMPTIED
    book = Workbook(write_only=True)
    for grid in grids:
        sheet = book.create_sheet(_NO_TITLE.sub("", wanted.masked(grid.name))[:31] or "-")
        for row in grid.rows:
            sheet.append([_cell(value, wanted) for value in row])
    draft = io.BytesIO()
    book.save(draft)
    with zipfile.ZipFile(draft) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    parts["docProps/core.xml"] = re.sub(
        rb"(<dcterms:(created|modified)[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z",
        parts["docProps/core.xml"],
    )  # fmt: skip
    return Redaction("rebuilt", _archive(parts))


def _cell(value: object, wanted: Wanted) -> object:
    """A value of the copy: never a formula, and nothing where the person stood."""
    text = as_text(value)  # type: ignore[arg-type]  # what the reader gave
    if wanted.found_in(text):
        text = wanted.masked(text)
        return text or None
    if isinstance(value, str):
        return f"'{value}" if value.startswith("=") else value
    return value


def _archive(parts: dict[str, bytes]) -> bytes:
    """A zip archive of these parts, the same bytes every time."""
    final = io.BytesIO()
    with zipfile.ZipFile(final, "w") as new:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, content)
    return final.getvalue()
