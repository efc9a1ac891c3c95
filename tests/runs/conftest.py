"""The sample dossier run in a project folder of its own, a part of it again, and once in English: once for all workers."""

import shutil
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.runs.formal_papers import FORMAL_PAPERS
from ksd_toolkit.runs.making import AGREEMENTS, BESIDE, CALENDAR, RANKING
from ksd_toolkit.runs.papers import PAPERS
from ksd_toolkit.runs.run import RunResult, run_dossier
from tests.extent import EVERYTHING
from tests.own_process import in_own_process
from tests.runs.hostile_dossier import run_hostile

ROOT = Path(__file__).parents[2]
SAMPLE = "hulu-sungai-selatan/2026"
# One of every writer; every paper with KSD_EVERYTHING=1. Those of notebooks are written once more by
# `test_publish_rewrites_the_papers_without_running_anything`; ten and the ranking are held against committed copies.
ONE_OF_EVERY_WRITER = (
    "policy-brief",
    "berita-acara",
    "sk",
    "invitation",
    "plan-matrix",
    "forum-minutes",
    "reminders",
    AGREEMENTS,
    CALENDAR,
)
AGAIN = () if EVERYTHING else ONE_OF_EVERY_WRITER


@dataclass(frozen=True)
class TwoRuns:
    """A run of everything, and one of what `AGAIN` names."""

    project: Path
    first: RunResult
    second: RunResult
    steps: tuple[str, ...]


def copied_project(folder: Path) -> Path:
    """A project that holds nothing but the sample's data."""
    shutil.copytree(ROOT / "data" / "hulu-sungai-selatan", folder / "data" / "hulu-sungai-selatan")
    return folder


def run_twice(folder: Path) -> TwoRuns:
    """Each by a process of its own, where sets have another order."""
    project = copied_project(folder)
    first, steps = in_own_process(_run_all, project)
    return TwoRuns(project, first, in_own_process(_run_again, project), tuple(steps))


def _run_all(project: Path) -> tuple[RunResult, list[str]]:
    steps: list[str] = []
    dossier = open_dossier(SAMPLE, home=project)
    return run_dossier(dossier, folder=project / "out-a", on_step=steps.append), steps


def _run_again(project: Path) -> RunResult:
    dossier = open_dossier(SAMPLE, home=project)
    return run_dossier(dossier, folder=project / "out-b", only=AGAIN)


# Made in English with KSD_EVERYTHING=1 alone: their words stand in other papers, too.
NOT_IN_ENGLISH = {"plenary-material", "offering-proposals", "offering-partners", "completeness", "potential-map", "ppksd-list", "meeting-matrix", "forum-invitations", "coordination", RANKING}  # fmt: skip
EVERY = {paper.paper for paper in PAPERS} | {paper.name for paper in FORMAL_PAPERS} | {*BESIDE}
IN_ENGLISH = frozenset() if EVERYTHING else frozenset(EVERY - NOT_IN_ENGLISH - {""})


def run_in_english(folder: Path) -> RunResult:
    return in_own_process(_run_in_english, folder)


def _run_in_english(folder: Path) -> RunResult:
    project = copied_project(folder)
    dossier = open_dossier(SAMPLE, lang="en", home=project)
    return run_dossier(dossier, folder=project / "out-en", only=IN_ENGLISH)


@pytest.fixture(scope="session")
def two_runs(shared):
    made = shared.make("two-runs", run_twice, wait=False)
    if made is None:  # meanwhile the other run can be made here
        shared.make("english-run", run_in_english, wait=False)
    return made or shared.make("two-runs", run_twice)


@pytest.fixture(scope="session")
def english_run(shared):
    """The same sample with papers in English, in a project of its own."""
    return shared.make("english-run", run_in_english)


@pytest.fixture(scope="session")
def hostile_run(shared):
    """The sample with a hostile text in every free-text field, run once."""
    return shared.make("hostile-run", partial(in_own_process, run_hostile))
