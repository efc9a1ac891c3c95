"""Typeset a paper as PDF: archivable (PDF/A-2a), accessible (PDF/UA-1), the same bytes every time.

The paper reaches Typst as JSON data, so no text in it is ever read as markup. A warning of Typst counts
as a refusal.
"""

import json
import threading
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

import typst

from ksd_toolkit.document import Document
from ksd_toolkit.errors import RunError
from ksd_toolkit.publishing.drawing_room import DrawingRoom
from ksd_toolkit.publishing.fonts import FAMILIES, check_process, typst_fonts
from ksd_toolkit.publishing.letters import printable
from ksd_toolkit.publishing.numbering import settled
from ksd_toolkit.publishing.paper_data import paper_data

__all__ = ["pdf_bytes", "printable"]

_LAYOUT: Final = Path(__file__).parent / "layout" / "paper.typ"
_ONE_AT_A_TIME: Final = threading.Lock()


def pdf_bytes(document: Document, dated: date) -> bytes:
    """The paper as a PDF file.

    The first paper of a process takes longer: fonts and layout are read once and kept. A process forked
    after that cannot typeset.

    Args:
        document: The paper.
        dated: The date written into the file, usually `tanggal_acuan`; nothing reads the clock.

    Raises:
        RunError: The paper cannot be typeset, e.g. a figure lacks its alternative text, or its style
            names a font the toolkit does not carry; or the process was forked from one that has typeset.
    """
    _check_fonts(document)
    data = paper_data(settled(document))
    room = DrawingRoom(data)
    with _ONE_AT_A_TIME:
        check_process()
        content = _typeset(data, document.title, dated)
        while room and room.adjusted(_drawing_marks()):
            content = _typeset(data, document.title, dated)
    return content


def _typeset(data: dict[str, Any], title: str, dated: date) -> bytes:
    try:
        content, warnings = _compiler().compile_with_warnings(
            format="pdf",
            sys_inputs={"paper": json.dumps(data, ensure_ascii=False)},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(datetime.combine(dated, time(), UTC).timestamp()),
        )
    except typst.TypstError as error:
        raise RunError("paper.not_typeset", title=title, reason=error.message) from error
    if warnings:
        raise RunError("paper.not_typeset", title=title, reason=warnings[0].message)
    return cast(bytes, content)  # one file, since the format is PDF


def _drawing_marks() -> list[dict[str, Any]]:
    """Where the drawings of the paper set last stood."""
    found: list[dict[str, Any]] = json.loads(_compiler().query("<drawing>", field="value"))
    return found


@cache
def _compiler() -> typst.Compiler:
    """The compiler of this process; it sees the layout's folder and nothing else."""
    return typst.Compiler(str(_LAYOUT), root=str(_LAYOUT.parent), font_paths=typst_fonts())


def _check_fonts(document: Document) -> None:
    for family in (document.style.text_font, document.style.head_font):
        if family not in FAMILIES:
            raise RunError("typesetting.font_unknown", font=family, known=", ".join(FAMILIES))
