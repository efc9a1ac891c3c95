"""The files of one paper: every form it is published in, all made before any is replaced."""

from pathlib import Path

from ksd_toolkit.document import Document
from ksd_toolkit.dossier import Dossier
from ksd_toolkit.papers.facts import Case
from ksd_toolkit.publishing.annex_workbook import annex_workbook
from ksd_toolkit.publishing.docx import docx_bytes
from ksd_toolkit.publishing.files import replace_files
from ksd_toolkit.publishing.hover_notes import hovers_of
from ksd_toolkit.publishing.html import html_text
from ksd_toolkit.publishing.pdf import pdf_bytes
from ksd_toolkit.theme import Theme

PaperFiles = dict[Path, bytes | None]
"""What each file of papers shall hold; None for one that must not be there."""


def write_paper(
    document: Document, place: Path, dossier: Dossier, theme: Theme, case: Case | None = None
) -> list[Path]:
    """Write one paper in every form; see `paper_files`.

    Raises:
        RunError: The paper cannot be made in one of the forms, or not be written; no old file was touched.
    """
    return put_files(paper_files(document, place, dossier, theme, case))


def put_files(made: PaperFiles) -> list[Path]:
    """Put the files of papers in their places, all or none, and return those that are there.

    Raises:
        RunError: One cannot be written; no old file was touched.
    """
    contents = {path: content for path, content in made.items() if content is not None}
    replace_files(contents)
    for path in made.keys() - contents.keys():
        path.unlink(missing_ok=True)  # a table that is gone must not stay behind
    return list(contents)


def paper_files(
    document: Document, place: Path, dossier: Dossier, theme: Theme, case: Case | None = None
) -> PaperFiles:
    """A paper as HTML, PDF, DOCX and, where it has tables, as a workbook of them.

    Args:
        document: The paper.
        place: Folder and name of the files, without suffix.
        dossier: Whose paper it is; its `tanggal_acuan` is the date inside the files.
        theme: The office's theme, for its Word letterhead.
        case: What the numbers were computed from, so that the page tells it about each; None for a
            paper made before there are answers.

    Raises:
        RunError: The paper cannot be made in one of the forms.
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
    return {place.parent / f"{place.name}.{form}": content for form, content in made.items()}
