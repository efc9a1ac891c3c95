"""Look at a paper while it is being written: the page as it will be published, and how long it is.

A notebook is read as it lies on disk, so it has to be run and saved first; a formal paper is made from
its template and the register as they are now. Nothing is written.
"""

from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any, Final

from ksd_toolkit.document import Document
from ksd_toolkit.dossier import Dossier, open_dossier
from ksd_toolkit.errors import MethodError, RunError
from ksd_toolkit.messages import count, say
from ksd_toolkit.papers.facts import Case, Edition
from ksd_toolkit.plenary import read_plenary
from ksd_toolkit.publishing.html import html_text
from ksd_toolkit.publishing.notebook_reading import FrontMatter, read_document
from ksd_toolkit.publishing.pdf import pdf_bytes
from ksd_toolkit.publishing.template_paper import fill
from ksd_toolkit.publishing.template_reading import read_template
from ksd_toolkit.publishing.word_count import Limits, check_length, limits_of, pages_of, words_of
from ksd_toolkit.register import read_register
from ksd_toolkit.runs.formal_papers import FORMAL_PAPERS
from ksd_toolkit.runs.notebook_files import notebook_path
from ksd_toolkit.runs.papers import INTERNAL, front_matter
from ksd_toolkit.scoring import read_method, score
from ksd_toolkit.theme import read_theme

_NOTEBOOK: Final = ".ipynb"
_HEIGHT: Final = "75vh"


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """A paper as it will be published, with its length; JupyterLab shows it in a frame of its own."""

    document: Document
    pages: int
    warning: str = ""

    @property
    def length(self) -> str:
        """How many words and pages: `1.024 kata, 4 halaman`."""
        lang = self.document.lang
        facts = {"words": count(words_of(self.document), lang), "pages": self.pages}
        return say("length.counted", lang, **facts)

    def __repr__(self) -> str:
        return "\n".join(filter(None, (f"{self.document.title}: {self.length}", self.warning)))

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        """The page in a sandbox: it runs no script, and its style does not reach the notebook's."""
        page = escape(html_text(self.document))
        frame = (
            f'<iframe sandbox="" title="{escape(self.document.title)}" srcdoc="{page}" '
            f'style="width:100%;height:{_HEIGHT};border:1px solid currentColor"></iframe>'
        )
        told = "".join(f"<p>{escape(line)}</p>" for line in (self.length, self.warning) if line)
        return {"text/html": told + frame, "text/plain": repr(self)}


def preview(what: str, dossier: Dossier | str, *, edition: Edition = "public") -> Preview:
    """A paper as it will be published: from a notebook on disk, or from a template.

    Args:
        what: A notebook (`policy_brief.id.ipynb`, found here, in the dossier or among the toolkit's), or
            the name of a formal paper (`berita-acara`).
        dossier: A dossier or its name.
        edition: Whether a notebook is shown as an internal paper; a formal paper has its own.

    Raises:
        RunError: There is no such notebook or paper, it was not run and saved, it needs a ranking
            and there is none, or it cannot be typeset.
        InputError: The theme, the sources or the plenary's record cannot be used.
    """
    opened = open_dossier(dossier) if isinstance(dossier, str) else dossier
    case = _case(opened, edition)
    if what.endswith(_NOTEBOOK):
        file = _notebook(what, opened)
        document, limits = read_document(file, _front(case)), limits_of(file)
    else:
        document, limits = _formal(what, case), Limits()
    pages = pages_of(pdf_bytes(document, opened.tanggal_acuan))
    return Preview(document, pages, check_length(document, pages, limits) or "")


def _case(dossier: Dossier, edition: Edition) -> Case:
    """Everything known now; a ranking and a plenary only where there are any."""
    register, theme = read_register(dossier), read_theme(dossier)
    try:
        ranking = score(register, read_method(dossier))
    except MethodError:
        return Case(register, theme, edition=edition)
    return Case(register, theme, ranking, read_plenary(ranking), edition)


def _front(case: Case) -> FrontMatter:
    internal = case.edition == INTERNAL
    return front_matter(case.dossier, case.stamp, case.theme, internal=internal)


def _notebook(name: str, dossier: Dossier) -> Path:
    """The notebook here or in the dossier; else the toolkit's own of this name."""
    for path in (Path(name), dossier.folder / name):
        if path.is_file():
            return path
    return notebook_path(Path(name).name.removesuffix(_NOTEBOOK), dossier)


def _formal(name: str, case: Case) -> Document:
    """A formal paper: the facts of its module in its template."""
    paper = next((paper for paper in FORMAL_PAPERS if paper.name == name), None)
    if paper is None:
        known = ", ".join(paper.name for paper in FORMAL_PAPERS)
        raise RunError("length.no_paper", name=name, known=known)
    if paper.ranked and case.ranking is None:
        raise RunError("length.no_ranking", name=name)
    case = replace(case, edition=paper.edition)
    return fill(read_template(name, case.dossier), paper.facts(case), _front(case))
