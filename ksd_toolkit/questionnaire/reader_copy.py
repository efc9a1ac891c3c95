"""What the reader is given: the file itself, or a copy without what it would stumble over.

Two things are taken out of a copy: hidden sheets with cells too far away, and error values the
reader does not know (`#SPILL!`), for which it would refuse the whole sheet. What stood in those
cells is known from the gate already.
"""

import io
import re
import zipfile
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from ksd_toolkit.questionnaire.gate import Workbook

_EMPTY_SHEET: Final = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/>'
    b"</worksheet>"
)
_ERRORS: Final = frozenset(
    {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "="}
)


def for_the_reader(path: Path, workbook: Workbook) -> Path | bytes:
    """The file, or the bytes of a copy the reader can read.

    Args:
        path: The workbook, which has passed the gate.
        workbook: What the gate saw in it.
    """
    strange = {
        part: errors
        for part, facts in workbook.sheets.items()
        if (errors := {*facts.lost.values()} - _ERRORS)
    }
    if not workbook.unsafe and not strange:
        return path
    draft = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = entry.filename.replace("\\", "/").casefold()
            content = _EMPTY_SHEET if part in workbook.unsafe else old.read(entry)
            new.writestr(entry.filename, _with_known_errors(content, part, strange))
    return draft.getvalue()


def _with_known_errors(content: bytes, part: str, strange: Mapping[str, Collection[str]]) -> bytes:
    """A sheet whose error values are all of those the reader knows."""
    for error in sorted(strange.get(part, ())):
        value = re.escape(escape(error).encode())
        content = re.sub(rb">\s*" + value + rb"\s*</([A-Za-z0-9]+:)?v>", _known_error, content)
    return content


def _known_error(match: re.Match[bytes]) -> bytes:
    return b">#N/A</" + (match[1] or b"") + b"v>"
