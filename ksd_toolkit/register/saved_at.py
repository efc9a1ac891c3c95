"""When an office last saved its workbook, as the file itself tells: of two files the later counts."""

import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from ksd_toolkit.questionnaire.gate import DAMAGED_ARCHIVE

_PLACES: Final = (
    ("docProps/core.xml", re.compile(rb"<dcterms:modified[^<>]*>([^<]{10,40})<")),
    ("meta.xml", re.compile(rb"<dc:date[^<>]*>([^<]{10,40})<")),
)
"""Office Open XML and OpenDocument."""

_READ_BYTES: Final = 2**16


def saved_at(path: Path) -> str:
    """The time in UTC as `2026-08-15T07:59:02Z`; empty where the file does not say.

    Source:
        ECMA-376 part 2, core properties (`dcterms:modified`); OpenDocument 1.3, `dc:date`.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            for part, pattern in _PLACES:
                if part in names:
                    with archive.open(part) as source:
                        found = pattern.search(source.read(_READ_BYTES))
                    return _utc(found[1].decode("ascii")) if found else ""
    except DAMAGED_ARCHIVE:  # UnicodeDecodeError is a ValueError
        pass
    return ""


def _utc(text: str) -> str:
    moment = datetime.fromisoformat(text.strip())
    known = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return known.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
