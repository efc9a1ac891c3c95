"""The sample dossier run twice, in a project folder of its own, into two output folders."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.runs.run import RunResult, run_dossier

ROOT = Path(__file__).parents[2]
SAMPLE = "hulu-sungai-selatan/2026"


@dataclass(frozen=True)
class TwoRuns:
    project: Path
    first: RunResult
    second: RunResult
    steps: tuple[str, ...]


def copied_project(folder: Path) -> Path:
    """A project that holds nothing but the sample's data."""
    shutil.copytree(ROOT / "data" / "hulu-sungai-selatan", folder / "data" / "hulu-sungai-selatan")
    return folder


@pytest.fixture(scope="session")
def two_runs(tmp_path_factory):
    project = copied_project(tmp_path_factory.mktemp("project"))
    os.environ.pop("KSD_HOME", None)
    dossier = open_dossier(SAMPLE, home=project)
    steps = []
    first = run_dossier(dossier, folder=project / "out-a", on_step=steps.append)
    second = run_dossier(dossier, folder=project / "out-b")
    return TwoRuns(project, first, second, tuple(steps))


@pytest.fixture(scope="session")
def english_run(two_runs):
    """The same project with papers in English."""
    dossier = open_dossier(SAMPLE, lang="en", home=two_runs.project)
    return run_dossier(dossier, folder=two_runs.project / "out-en")
