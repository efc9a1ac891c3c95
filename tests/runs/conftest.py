"""The sample dossier run in a project folder of its own, a part of it again, and once in English: once for all workers."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.runs.formal_papers import FORMAL_PAPERS
from ksd_toolkit.runs.making import BESIDE
from ksd_toolkit.runs.papers import PAPERS
from ksd_toolkit.runs.run import RunResult, run_dossier
from tests.runs.hostile_dossier import run_hostile

ROOT = Path(__file__).parents[2]
SAMPLE = "hulu-sungai-selatan/2026"
# The longest ones are held against their committed copies (`test_contoh.py`); their writers are those of the others.
LONGEST = {
    "priorities",
    "partners",
    "answers",
    "preparation",
    "leader-summary",
    "policy-brief-short",
}
AGAIN = {paper.paper for paper in PAPERS} | {paper.name for paper in FORMAL_PAPERS} | {*BESIDE}
AGAIN -= LONGEST | {""}


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
    project = copied_project(folder)
    dossier = open_dossier(SAMPLE, home=project)
    steps = []
    first = run_dossier(dossier, folder=project / "out-a", on_step=steps.append)
    second = run_dossier(dossier, folder=project / "out-b", only=AGAIN)
    return TwoRuns(project, first, second, tuple(steps))


def run_in_english(folder: Path) -> RunResult:
    project = copied_project(folder)
    dossier = open_dossier(SAMPLE, lang="en", home=project)
    return run_dossier(dossier, folder=project / "out-en")


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
    return shared.make("hostile-run", run_hostile)
