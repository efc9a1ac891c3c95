"""The files of one paper: every form it is published in, all made before any is replaced."""

from pathlib import Path

from ksd_toolkit.document import Document
from ksd_toolkit.dossier import Dossier
from ksd_toolkit.papers.facts import Case
from ksd_toolkit.publishing.annex_workbook import annex_workbook
from ksd_toolkit.publishing.docx import docx_bytes
from ksd_toolkit.publishing.files import replace_file
from ksd_toolkit.publishing.hover_notes import hovers_of
from ksd_toolkit.publishing.html import html_text
from ksd_toolkit.publishing.pdf import pdf_bytes
from ksd_toolkit.theme import Theme


def write_paper(
    document: Document, place: Path, dossier: Dossier, theme: Theme, case: Case | None = None
) -> list[Path]:
    """Write a paper as HTML, PDF, DOCX and, where it has tables, as a workbook of them.

    Args:
        document: The paper.
        place: Folder and name of the files, without suffix.
        dossier: Whose paper it is; its `tanggal_acuan` is the date inside the files.
        theme: The office's theme, for its Word letterhead.
        case: What the numbers were computed from, so that the page tells it about each; None for a
            paper made before there are answers.

    Raises:
        RunError: The paper cannot be written in one of the forms; no old file was touched.
    """
    dated = dossier.tanggal_acuan
    hovers = hovers_of(document, case) if case is not None else {}
    # An office's own letterhead heads no paper that somebody else issues.
    base = theme.docx if document.letterhead == theme.letterhead else None
    made = {
        "html": html_text(document, hovers).encode(),
        "pdf": pdf_bytes(document, dated),
        "docx": docx_bytes(document, dated, base),
        "xlsx": annex_workbook(document, dated),
    }
    written = []
    for form, content in made.items():
        path = place.parent / f"{place.name}.{form}"
        if content is None:
            path.unlink(missing_ok=True)  # a table that is gone must not stay behind
            continue
        replace_file(path, content)
        written.append(path)
    return written
