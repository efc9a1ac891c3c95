"""Tell what a file really is from what it holds; its name is only what someone called it."""

import tomllib
import zipfile
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final, Literal

from ksd_toolkit.errors import Problem, Where

FileType = Literal["zip", "text"]

_COMPOUND: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_ENTRY_BYTES: Final = 128  # of a compound file's directory; entries lie at multiples of it
_HTML: Final = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<body")
_HEAD_BYTES: Final = 512
_MIMETYPE_BYTES: Final = 200
_ENCRYPTED: Final = b"encryption-data"
_REFUSALS: Final = {"locked": "file.locked", "old": "file.old_xls"}
SPREADSHEET: Final = "application/vnd.oasis.opendocument.spreadsheet"


class RefusedError(Exception):
    """The one reason why a file is not read: the code of a problem and the facts it needs."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code, self.facts = code, facts
        super().__init__(code)

    def problem(self, name: str) -> Problem:
        """The reason as a problem of the file called `name`."""
        return Problem(self.code, Where(name), self.facts)


def file_type(path: Path) -> FileType:
    """Whether the file is an archive or may be text.

    Raises:
        RefusedError: It is something else, which the reason names.
    """
    with path.open("rb") as source:
        head = source.read(_HEAD_BYTES)
    if head.startswith(b"PK"):
        return "zip"
    if head.startswith(_COMPOUND):
        raise _compound_file(path.read_bytes())
    if head.startswith(_COMPOUND[:4]):
        raise RefusedError("file.locked_or_xls")
    for row in _known()["start"]:
        if head.startswith(bytes.fromhex(row["hex"])):
            raise _other_kind(row)
    start = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith(_HTML):
        raise RefusedError("file.html")
    return "text"


def archive_type(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> str:
    """`xlsx` or `ods`: which workbook the archive holds.

    Args:
        archive: The open archive, whose sizes have been judged.
        parts: Its entries by their names in small letters.

    Raises:
        RefusedError: It holds no workbook, or one locked by a password.
    """
    if any(entry.flag_bits & 1 for entry in parts.values()):
        raise RefusedError("file.locked")
    for row in _known()["part"]:
        if row["name"] in parts:
            raise _other_kind(row)
    mimetype = _start_of(archive, parts.get("mimetype"))
    if "xl/workbook.xml" in parts and "content.xml" not in parts:
        return "xlsx"
    if mimetype.startswith(SPREADSHEET) and "content.xml" in parts:
        manifest = parts.get("meta-inf/manifest.xml")
        if manifest and _ENCRYPTED in archive.read(manifest):
            raise RefusedError("file.locked")
        return "ods"
    for row in _known()["mimetype"]:
        if mimetype.startswith(row["name"]):
            raise _other_kind(row)
    if "[content_types].xml" not in parts and "content.xml" not in parts:
        raise RefusedError("file.other_kind", kind_id="arsip ZIP", kind_en="a ZIP archive")
    raise RefusedError("file.not_workbook")


def _start_of(archive: zipfile.ZipFile, entry: zipfile.ZipInfo | None) -> str:
    if entry is None:
        return ""
    with archive.open(entry) as source:
        return source.read(_MIMETYPE_BYTES).decode("ascii", "replace")


def _compound_file(content: bytes) -> RefusedError:
    """Which of the programs that share this container wrote the file.

    Source:
        [MS-CFB] 2.6.1: a directory entry has 128 bytes and starts with its name in UTF-16.
    """
    for row in _known()["stream"]:
        name = (row["name"] + "\0").encode("utf-16-le")
        at = content.find(name)
        while at >= 0:
            if at % _ENTRY_BYTES == 0:
                refusal = _REFUSALS.get(row.get("refusal", ""))
                return RefusedError(refusal) if refusal else _other_kind(row)
            at = content.find(name, at + 1)
    return RefusedError("file.locked_or_xls")


def _other_kind(row: dict[str, str]) -> RefusedError:
    return RefusedError("file.other_kind", kind_id=row["id"], kind_en=row["en"])


@cache
def _known() -> dict[str, list[dict[str, str]]]:
    source = files("ksd_toolkit") / "knowledge" / "file_types.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
