"""The papers of a period that are no notebooks: letters, lists, minutes and the decree, from templates."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ksd_toolkit.answers.preparation import Preparation, prepare
from ksd_toolkit.document import Document
from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import PlenaryError
from ksd_toolkit.messages import say
from ksd_toolkit.papers.attendance import attendance
from ksd_toolkit.papers.berita_acara import berita_acara
from ksd_toolkit.papers.completeness import completeness
from ksd_toolkit.papers.coordination import coordination
from ksd_toolkit.papers.facts import Case, Edition, PaperFacts
from ksd_toolkit.papers.foreign_report import foreign_report, nothing_abroad
from ksd_toolkit.papers.forum_invitations import forum_invitations
from ksd_toolkit.papers.forum_minutes import forum_minutes
from ksd_toolkit.papers.invitation import invitation, invitation_of
from ksd_toolkit.papers.long_list import long_list
from ksd_toolkit.papers.meeting_matrix import meeting_matrix
from ksd_toolkit.papers.offering_partners import offering_partners
from ksd_toolkit.papers.offering_proposals import offering_proposals
from ksd_toolkit.papers.plan_matrix import plan_matrix
from ksd_toolkit.papers.plenary_material import plenary_material
from ksd_toolkit.papers.potential_map import potential_map
from ksd_toolkit.papers.ppksd_list import ppksd_list, ppksd_list_of
from ksd_toolkit.papers.reminders import nothing_due, reminders
from ksd_toolkit.papers.schedule import schedule, schedule_of
from ksd_toolkit.papers.sk import sk
from ksd_toolkit.plenary import Outcome, read_plenary
from ksd_toolkit.publishing.template_paper import fill
from ksd_toolkit.publishing.template_reading import read_template
from ksd_toolkit.register import Register
from ksd_toolkit.runs.paper_files import PaperFiles, paper_files, put_files
from ksd_toolkit.runs.papers import INTERNAL, front_matter
from ksd_toolkit.runs.stamp_file import renew_stamp
from ksd_toolkit.scoring import Ranking
from ksd_toolkit.stamp import Stamp
from ksd_toolkit.theme import Theme, read_theme


@dataclass(frozen=True, slots=True)
class FormalPaper:
    """A paper made from the template of its name: what fills it, and what must exist before it can be.

    `ranked` papers need a ranking; `plenary` ones are what a plenary's outcome is made into. `prepared`
    ones are made from the dossier's lists and its schedule, and their stamp names those. `left_out` says
    why there is nothing to write one about, or nothing.
    """

    name: str
    facts: Callable[[Case], PaperFacts]
    edition: Edition = "public"
    ranked: bool = False
    plenary: bool = False
    prepared: bool = False
    left_out: Callable[[Case], str] = lambda _: ""

    def folder(self, reports: Path) -> Path:
        """Where its files go below the folder of a run."""
        return reports / INTERNAL if self.edition == INTERNAL else reports


FORMAL_PAPERS: Final = (
    FormalPaper("invitation", invitation, prepared=True),
    FormalPaper("schedule", schedule, prepared=True),
    FormalPaper("ppksd-list", ppksd_list, INTERNAL, prepared=True),
    FormalPaper("completeness", completeness),
    FormalPaper("potential-map", potential_map),
    FormalPaper("long-list", long_list),
    FormalPaper("plenary-material", plenary_material, ranked=True),
    FormalPaper("berita-acara", berita_acara, ranked=True, plenary=True),
    FormalPaper("attendance", attendance, INTERNAL, ranked=True, plenary=True),
    FormalPaper("sk", sk, ranked=True, plenary=True),
    FormalPaper("plan-matrix", plan_matrix, ranked=True, plenary=True),
    FormalPaper("coordination", coordination, ranked=True, plenary=True),
    FormalPaper("forum-invitations", forum_invitations, ranked=True, plenary=True),
    FormalPaper("offering-proposals", offering_proposals, ranked=True, plenary=True),
    FormalPaper("offering-partners", offering_partners, ranked=True, plenary=True),
    FormalPaper("meeting-matrix", meeting_matrix, ranked=True, plenary=True),
    FormalPaper("forum-minutes", forum_minutes, ranked=True, plenary=True),
    FormalPaper("foreign-report", foreign_report, left_out=nothing_abroad),
    FormalPaper("reminders", reminders, left_out=nothing_due),
)
"""Every formal paper, in the order of the stages they belong to."""


def case_of(register: Register, ranking: Ranking | None, outcome: Outcome | None) -> Case:
    """Everything known when the papers of a dossier are written, with its office's theme.

    Where no outcome is given, the case says why a plenary that was recorded has none.

    Raises:
        InputError: The theme file is refused.
    """
    refused = None
    if ranking is not None and outcome is None:
        _, refused = plenary_of(ranking)
    return Case(register, read_theme(register.dossier), ranking, outcome, refused=refused)


def write_formal_papers(
    case: Case,
    folder: Path,
    *,
    only_plenary: bool = False,
    only: Collection[str] = (),
    on_step: Callable[[str], None] = lambda _: None,
) -> list[Path]:
    """Write every formal paper that can be made of a case, and say which before each; all of them or none.

    Args:
        case: What is known; without a ranking the papers that need one are left out.
        folder: Where they go.
        only_plenary: Whether only what a plenary's outcome is made into is wanted.
        only: The names of the papers wanted; all when empty.
        on_step: Called with the name of each paper before it is written.

    Raises:
        RunError: A template is not well formed, or a paper cannot be written.
    """
    papers = [paper for paper in FORMAL_PAPERS if case.ranking is not None or not paper.ranked]
    if case.dossier.scenario:  # nobody decides a scenario
        papers = [paper for paper in papers if not paper.plenary]
    papers = [paper for paper in papers if not only or paper.name in only]
    made: PaperFiles = {}
    for paper in papers:
        if paper.plenary or not only_plenary:
            reason = paper.left_out(case)
            on_step(reason or say("step.paper", case.lang, name=paper.name))
            made |= {} if reason else _made(paper, replace(case, edition=paper.edition), folder)
    return put_files(made)


def left_out(case: Case) -> list[str]:
    """Why a paper is not written, one sentence each: there is nothing it would be about."""
    return [reason for paper in FORMAL_PAPERS if (reason := paper.left_out(case))]


def write_plenary_papers(outcome: Outcome) -> list[Path]:
    """Write what a plenary's outcome is made into, in the dossier's report folder, and renew its stamp.

    Raises:
        RunError: A template is not well formed, a paper cannot be written, or the stamp cannot be read.
        InputError: The theme file is refused.
    """
    register = outcome.ranking.register
    case = case_of(register, outcome.ranking, outcome)
    folder = register.dossier.reports
    written = write_formal_papers(case, folder, only_plenary=True)
    renew_stamp(folder, written, (case.stamp, outcome.ranking.stamp, register.stamp))
    return written


def write_preparation_papers(preparation: Preparation, folder: Path) -> list[Path]:
    """Write what is sent out before a single answer is there: invitation, schedule, list of PPKSD.

    Raises:
        RunError: A template is not well formed, or a paper cannot be written.
        InputError: The theme file is refused.
    """
    dossier = preparation.dossier
    theme = read_theme(dossier)
    facts = {
        "invitation": invitation_of(preparation, theme),
        "schedule": schedule_of(preparation, theme),
        "ppksd-list": ppksd_list_of(preparation, theme, INTERNAL),
    }
    made: PaperFiles = {}
    for paper in FORMAL_PAPERS:
        if paper.prepared:
            document = _document(paper, facts[paper.name], dossier, preparation.stamp, theme)
            made |= paper_files(document, paper.folder(folder) / paper.name, dossier, theme)
    return put_files(made)


def plenary_of(ranking: Ranking) -> tuple[Outcome | None, PlenaryError | None]:
    """What the plenary decided; a record that cannot be used keeps no paper from being made."""
    try:
        return read_plenary(ranking), None
    except PlenaryError as error:
        return None, error


def _made(paper: FormalPaper, case: Case, folder: Path) -> PaperFiles:
    stamp = case.stamp
    if paper.prepared:
        stamp = prepare(case.dossier, register=case.register).stamp
    document = _document(paper, paper.facts(case), case.dossier, stamp, case.theme)
    if paper.plenary and case.outcome is not None:  # its points follow the agreed weights
        case = replace(case, ranking=case.outcome.agreed)
    return paper_files(document, paper.folder(folder) / paper.name, case.dossier, case.theme, case)


def _document(
    paper: FormalPaper, facts: PaperFacts, dossier: Dossier, stamp: Stamp, theme: Theme
) -> Document:
    """The template of a paper filled with its facts, below the head of the office."""
    front = front_matter(dossier, stamp, theme, internal=paper.edition == INTERNAL)
    return fill(read_template(paper.name, dossier), facts, front)
