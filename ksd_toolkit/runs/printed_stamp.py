"""Read the stamp printed on a paper from the file itself, however somebody got it."""

import re
import zipfile
import zlib
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Final

_LINE: Final = re.compile(
    r"(?P<dossier>[a-z0-9-]+/[\w-]+) \u00b7 [^\u00b7\n]{4,60} \u00b7 [\d.,]+ [a-z]+, data (?P<data>[0-9a-f]{12})"
    r"(?: \u00b7 [a-z]+ (?P<method>\S{1,80}) (?P<method_sha>[0-9a-f]{12}))? \u00b7 ksd_toolkit (?P<version>[\w.+-]+)"
)
_TAG: Final = re.compile(r"<[^>]*>")
_LARGEST_PART: Final = 50_000_000
"""Bytes of one part of an office file; a paper of 500 rows has a hundredth of that."""


@dataclass(frozen=True, slots=True)
class PrintedStamp:
    """What the line at the foot of a page says: dossier, short fingerprints and version.

    `method` and `method_sha` are empty on a paper made without ranking anything.
    """

    dossier: str
    data: str
    method: str
    method_sha: str
    version: str


def printed_stamps(path: Path) -> tuple[PrintedStamp, ...]:
    """Every stamp a file carries, that of its pages first.

    A PDF carries it as its description (metadata are not compressed), a page and a Word file as text.
    """
    texts = _office_texts(path) if path.suffix in {".docx", ".xlsx"} else [_text(path)]
    found = [
        PrintedStamp(**line.groupdict(default=""))
        for text in texts
        for line in _LINE.finditer(" ".join(unescape(_TAG.sub("", text)).split()))
    ]
    return tuple(dict.fromkeys(found))


def _text(path: Path) -> str:
    content = path.read_bytes()
    if path.suffix == ".pdf":
        start = content.find(b"<dc:description>")
        end = content.find(b"</dc:description>", start)
        content = content[start:end] if 0 <= start < end else b""
    return content.decode("utf-8", "replace")


def _office_texts(path: Path) -> list[str]:
    """The texts of an office file, its feet first; empty where it is none."""
    try:
        with zipfile.ZipFile(path) as package:
            parts = [part for part in package.infolist() if part.filename.endswith(".xml")]
            parts = [part for part in parts if part.file_size <= _LARGEST_PART]
            parts.sort(key=lambda part: ("footer" not in part.filename, part.filename))
            return [package.read(part).decode("utf-8", "replace") for part in parts]
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
    ):  # RuntimeError: encrypted
        return []
