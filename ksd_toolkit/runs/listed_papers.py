"""Find the public papers of one dossier: which of them lie in its folder, and in what forms."""

from pathlib import Path
from typing import Final

from ksd_toolkit.messages import Language, say
from ksd_toolkit.publishing.index_page import IndexedPaper
from ksd_toolkit.publishing.period_index import FORMS
from ksd_toolkit.runs.formal_papers import FORMAL_PAPERS
from ksd_toolkit.runs.papers import INTERNAL, PAPERS

_BESIDE: Final = ("ranking", "masalah")  # a workbook and a page that are no papers, and are public
_NOTEBOOK: Final = "ipynb"


def papers_in(
    folder: Path, listed: set[str], lang: Language, home: Path
) -> tuple[list[IndexedPaper], int]:
    """The public papers of a folder with the files that are there, and how many of their files are not."""
    found, gone = [], 0
    for name, notebook in PUBLIC.items():
        wanted = {form: f"{name}.{form}" for form in FORMS if form != _NOTEBOOK}
        wanted |= {_NOTEBOOK: f"notebooks/{notebook}.{_NOTEBOOK}"} if notebook else {}
        recorded = {form: folder / place for form, place in wanted.items() if place in listed}
        there = {form: path for form, path in recorded.items() if path.is_file()}
        gone += len(recorded) - len(there)
        if there:
            files = {form: path.relative_to(home).as_posix() for form, path in there.items()}
            found.append(IndexedPaper(name, say(f"paper_title.{name}", lang), lang, files))
    return found, gone


def _public() -> dict[str, str]:
    """The name of every public paper and of the notebook it is made from, if any; in the order of a list."""
    from_notebooks = {
        one.paper: one.notebook for one in PAPERS if one.paper and one.edition != INTERNAL
    }
    formal = {one.name: "" for one in FORMAL_PAPERS if one.edition != INTERNAL}
    return from_notebooks | formal | dict.fromkeys(_BESIDE, "")


PUBLIC: Final = _public()
