"""The papers of a period that are no notebooks: letters, lists, minutes and the decree, from templates."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ksd_toolkit.answers.preparation import prepare
from ksd_toolkit.messages import say
from ksd_toolkit.papers.attendance import attendance
from ksd_toolkit.papers.berita_acara import berita_acara
from ksd_toolkit.papers.completeness import completeness
from ksd_toolkit.papers.coordination import coordination
from ksd_toolkit.papers.facts import Case, Edition, PaperFacts
from ksd_toolkit.papers.invitation import invitation
from ksd_toolkit.papers.long_list import long_list
from ksd_toolkit.papers.plan_matrix import plan_matrix
from ksd_toolkit.papers.plenary_material import plenary_material
from ksd_toolkit.papers.potential_map import potential_map
from ksd_toolkit.papers.ppksd_list import ppksd_list
from ksd_toolkit.papers.schedule import schedule
from ksd_toolkit.papers.sk import sk
from ksd_toolkit.plenary import Outcome, read_plenary
from ksd_toolkit.publishing.template_reading import fill, read_template
from ksd_toolkit.register import Register
from ksd_toolkit.runs.paper_files import write_paper
from ksd_toolkit.runs.papers import INTERNAL, front_matter
from ksd_toolkit.scoring import Ranking
from ksd_toolkit.theme import read_theme


@dataclass(frozen=True, slots=True)
class FormalPaper:
    """A paper made from the template of its name: what fills it, and what must exist before it can be.

    `ranked` papers need a ranking; `plenary` ones are what a plenary's outcome is made into. `prepared`
    ones are made from the dossier's lists and its schedule, and their stamp names those.
    """

    name: str
    facts: Callable[[Case], PaperFacts]
    edition: Edition = "public"
    ranked: bool = False
    plenary: bool = False
    prepared: bool = False

    def folder(self, reports: Path) -> Path:
        """Where its files go below the folder of a run."""
        return reports / INTERNAL if self.edition == INTERNAL else reports


FORMAL_PAPERS: Final = (
    FormalPaper("invitation", invitation, prepared=True),
    FormalPaper("schedule", schedule, prepared=True),
    FormalPaper("ppksd-list", ppksd_list, INTERNAL, prepared=True),
    FormalPaper("completeness", completeness),
    FormalPaper("potential-map", potential_map),
    FormalPaper("long-list", long_list, ranked=True),
    FormalPaper("plenary-material", plenary_material, ranked=True),
    FormalPaper("berita-acara", berita_acara, ranked=True, plenary=True),
    FormalPaper("attendance", attendance, INTERNAL, ranked=True, plenary=True),
    FormalPaper("sk", sk, ranked=True, plenary=True),
    FormalPaper("plan-matrix", plan_matrix, ranked=True, plenary=True),
    FormalPaper("coordination", coordination, ranked=True, plenary=True),
)
"""Every formal paper, in the order of the stages they belong to."""


def case_of(register: Register, ranking: Ranking | None, outcome: Outcome | None) -> Case:
    """Everything known when the papers of a dossier are written, with its office's theme.

    Raises:
        InputError: The theme file is refused.
    """
    return Case(register, read_theme(register.dossier), ranking, outcome)


def write_formal_papers(
    case: Case,
    folder: Path,
    *,
    only_plenary: bool = False,
    on_step: Callable[[str], None] = lambda _: None,
) -> list[Path]:
    """Write every formal paper that can be made of a case, and say which before each.

    Args:
        case: What is known; without a ranking the papers that need one are left out.
        folder: Where they go.
        only_plenary: Whether only what a plenary's outcome is made into is wanted.
        on_step: Called with the name of each paper before it is written.

    Raises:
        RunError: A template is not well formed, or a paper cannot be written.
    """
    papers = [paper for paper in FORMAL_PAPERS if case.ranking is not None or not paper.ranked]
    written: list[Path] = []
    for paper in papers:
        if paper.plenary or not only_plenary:
            on_step(say("step.paper", case.lang, name=paper.name))
            written += _write(paper, replace(case, edition=paper.edition), folder)
    return written


def write_plenary_papers(outcome: Outcome) -> list[Path]:
    """Write what a plenary's outcome is made into, in the dossier's report folder.

    Raises:
        RunError: A template is not well formed, or a paper cannot be written.
        InputError: The theme file is refused.
    """
    register = outcome.ranking.register
    case = case_of(register, outcome.ranking, outcome)
    return write_formal_papers(case, register.dossier.reports, only_plenary=True)


def republish_formal(ranking: Ranking, folder: Path) -> list[Path]:
    """Write every formal paper again.

    Raises:
        PlenaryError: The record of the plenary is refused.
        RunError: A template is not well formed, or a paper cannot be written.
    """
    case = case_of(ranking.register, ranking, read_plenary(ranking))
    return write_formal_papers(case, folder)


def _write(paper: FormalPaper, case: Case, folder: Path) -> list[Path]:
    internal = paper.edition == INTERNAL
    stamp = prepare(case.dossier).stamp if paper.prepared else case.stamp
    front = front_matter(case.dossier, stamp, case.theme, internal=internal)
    template = read_template(paper.name, case.dossier)
    document = fill(template, paper.facts(case), front)
    if paper.plenary and case.outcome is not None:  # its points follow the agreed weights
        case = replace(case, ranking=case.outcome.agreed)
    return write_paper(document, paper.folder(folder) / paper.name, case.dossier, case.theme, case)
