"""Which papers a run makes, and how an executed notebook becomes one."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import RunError
from ksd_toolkit.messages import date_text, say
from ksd_toolkit.papers.facts import Case
from ksd_toolkit.publishing.notebook_reading import FrontMatter, read_document
from ksd_toolkit.publishing.word_count import check_length, limits_of, pages_of
from ksd_toolkit.runs.paper_files import write_paper
from ksd_toolkit.stamp import Stamp
from ksd_toolkit.theme import Theme, read_sources, read_theme

INTERNAL: Final = "internal"


@dataclass(frozen=True, slots=True)
class Paper:
    """A notebook of the toolkit and the name of the paper made from it; none for a working notebook.

    `edition` is given to the notebook where it knows editions. The internal one may point at a
    person; it lies in `internal/`, which is never published. `reviews` says that the notebook asks what
    became of the agreements.
    """

    notebook: str
    paper: str = ""
    edition: str = ""
    reviews: bool = False

    def folder(self, reports: Path) -> Path:
        """Where its files go below the folder of a run."""
        return reports / INTERNAL if self.edition == INTERNAL else reports


ANSWERS: Final = "answers"
"""The paper on how good the answers are."""

PREPARATION: Final = (
    Paper("01_prepare", "preparation", "public"),
    Paper("01_prepare", "preparation", INTERNAL),
)
"""What a period starts with; it needs no answers."""

UNRANKED: Final = (
    *PREPARATION,
    Paper("02_answers", ANSWERS, "public"),
    Paper("02_answers", ANSWERS, INTERNAL),
)
"""What needs no ranking, so that it can be made while answers are still coming in."""

PAPERS: Final = (
    *UNRANKED,
    Paper("03_score", "priorities"),
    Paper("04_partners", "partners"),
    Paper("07_policy_brief", "policy-brief"),
    Paper("07_policy_brief_short", "policy-brief-short"),
    Paper("08_evaluation", "evaluation", reviews=True),
    Paper("09_leader_summary", "leader-summary", reviews=True),
)


@dataclass(frozen=True, slots=True)
class Published:
    """The files of a paper, and what is too long or too short about it; empty when nothing is."""

    files: tuple[Path, ...]
    remark: str = ""


def publish(
    paper: Paper, dossier: Dossier, stamp: Stamp, folder: Path, case: Case | None = None
) -> Published:
    """Write the paper of the executed notebook kept in `folder`, in every form.

    `case` is what its numbers were computed from, None before there are answers.

    Raises:
        RunError: The notebook has not been run, failed, or lacks a block it should have shown.
        InputError: The theme file is refused.
    """
    kept = kept_notebook(paper, folder)
    if not kept.is_file():
        raise RunError("run.not_run_yet", name=paper.notebook)
    theme = read_theme(dossier)
    front = front_matter(dossier, stamp, theme, internal=paper.edition == INTERNAL)
    document = read_document(kept, front)
    files = write_paper(document, paper.folder(folder) / paper.paper, dossier, theme, case)
    pages = pages_of(next(file for file in files if file.suffix == ".pdf").read_bytes())
    return Published(tuple(files), check_length(document, pages, limits_of(kept)) or "")


def kept_notebook(paper: Paper, folder: Path) -> Path:
    """Where the executed notebook of a paper is kept."""
    return paper.folder(folder) / "notebooks" / f"{paper.notebook}.ipynb"


def front_matter(
    dossier: Dossier, stamp: Stamp, theme: Theme, *, internal: bool = False
) -> FrontMatter:
    """What stands on every paper of a dossier: its office's head and look, date, stamp, and what every page must say of it."""
    lang = dossier.lang
    banners = [say("stamp.simulated", lang)] if dossier.simulated else []
    banners += [say("scenario.banner", lang, name=dossier.scenario)] if dossier.scenario else []
    banners += [say("quality.internal_banner", lang)] if internal else []
    return FrontMatter(
        letterhead=theme.letterhead,
        place_and_date=f"{theme.place}, {date_text(dossier.tanggal_acuan, lang)}",
        lang=lang,
        banner=" \u00b7 ".join(banners),
        running_foot=stamp.line(),
        keywords=("KSD", "TKKSD", dossier.region.name),
        style=theme.style("policy"),
        sources=read_sources(dossier),
    )


def to_republish(folder: Path) -> list[Paper]:
    """The papers to write again from `folder`, once every one of their notebooks has been run.

    Raises:
        RunError: A notebook has not been run yet.
    """
    papers = [paper for paper in PAPERS if paper.paper]
    for paper in papers:
        if not kept_notebook(paper, folder).is_file():
            raise RunError("run.not_run_yet", name=paper.notebook)
    return papers


def republish(case: Case, stamp: Stamp, folder: Path) -> list[Path]:
    """Write every paper again from the executed notebooks in `folder`, without running anything.

    Raises:
        RunError: A notebook has not been run yet; nothing was written.
    """
    dossier, papers = case.dossier, to_republish(folder)
    return [path for paper in papers for path in publish(paper, dossier, stamp, folder, case).files]
