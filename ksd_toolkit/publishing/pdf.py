"""Typeset a paper as PDF: archivable (PDF/A-2a), accessible (PDF/UA-1), the same bytes every time.

The paper reaches Typst as JSON data, so no text in it is ever read as markup. A warning of Typst counts
as a refusal.
"""

import json
import threading
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Final, cast

import typst

from ksd_toolkit.document import Document
from ksd_toolkit.errors import RunError
from ksd_toolkit.publishing.drawing_room import Arrangement, DrawingRoom
from ksd_toolkit.publishing.fonts import FAMILIES, check_process, typst_fonts
from ksd_toolkit.publishing.letters import printable
from ksd_toolkit.publishing.numbering import settled
from ksd_toolkit.publishing.paper_data import paper_data

__all__ = ["pdf_bytes", "printable"]

_LAYOUT: Final = Path(__file__).parent / "layout"
_MAIN: Final = '#import "/paper.typ": paper-with\n#paper-with({arrangement})\n'
"""What is set: numbers alone stand in it. The paper itself is the same input for every way its drawings are tried,
so that what did not move is not set again."""
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
    paper = json.dumps(data, ensure_ascii=False)
    with _ONE_AT_A_TIME:
        check_process()
        _try_drawings(paper, room)
        return _typeset(_compiler(paper, room.arrangement), document.title, dated)


def _try_drawings(paper: str, room: DrawingRoom) -> None:
    """Arrange the drawings until none leaves white that could be helped."""
    with suppress(RuntimeError):  # a paper that cannot be set is told by its typesetting
        while room and room.adjusted(_drawing_marks(_compiler(paper, room.arrangement))):
            pass


def _drawing_marks(compiler: typst.Compiler) -> list[dict[str, Any]]:
    """Where the drawings of the paper stand."""
    found: list[dict[str, Any]] = json.loads(compiler.query("<drawing>", field="value"))
    return found


def _typeset(compiler: typst.Compiler, title: str, dated: date) -> bytes:
    try:
        content, warnings = compiler.compile_with_warnings(
            format="pdf",
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(datetime.combine(dated, time(), UTC).timestamp()),
        )
    except typst.TypstError as error:
        raise RunError("paper.not_typeset", title=title, reason=error.message) from error
    if warnings:
        raise RunError("paper.not_typeset", title=title, reason=warnings[0].message)
    return cast(bytes, content)  # one file, since the format is PDF


def _compiler(paper: str, arrangement: Arrangement) -> typst.Compiler:
    """What sets a paper in one way, once; it sees the layout's folder and nothing else."""
    main = _MAIN.format(arrangement=_numbers(arrangement)).encode()
    return typst.Compiler(
        main, root=str(_LAYOUT), font_paths=typst_fonts(), sys_inputs={"paper": paper}
    )


def _numbers(told: Sequence[Any] | float) -> str:
    """Numbers in lists, as Typst writes them: a list ends each entry with a comma."""
    if isinstance(told, int | float):
        return repr(told)
    return "(" + "".join(f"{_numbers(one)}, " for one in told) + ")"


def _check_fonts(document: Document) -> None:
    for family in (document.style.text_font, document.style.head_font):
        if family not in FAMILIES:
            raise RunError("typesetting.font_unknown", font=family, known=", ".join(FAMILIES))
