"""The sample dossier run twice in a project folder of its own, and once in English: once for all workers."""

import os
import pickle
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.runs.run import RunResult, run_dossier
from tests.runs.hostile_dossier import run_hostile

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


def run_twice(folder: Path) -> TwoRuns:
    project = copied_project(folder)
    dossier = open_dossier(SAMPLE, home=project)
    steps = []
    first = run_dossier(dossier, folder=project / "out-a", on_step=steps.append)
    second = run_dossier(dossier, folder=project / "out-b")
    return TwoRuns(project, first, second, tuple(steps))


def run_in_english(folder: Path) -> RunResult:
    project = copied_project(folder)
    dossier = open_dossier(SAMPLE, lang="en", home=project)
    return run_dossier(dossier, folder=project / "out-en")


class Shared:
    """What takes a minute is made by the worker that asks first; the others read it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made = {}

    def make(self, name, maker, *, wait=True):
        """The thing called `name`; None where another worker is at it and nobody waits."""
        if name in self.made:
            return self.made[name]
        kept, failed = self.folder / f"{name}.pickle", self.folder / f"{name}.failed"
        try:
            os.close(os.open(self.folder / f"{name}.lock", os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            if not wait:
                return None
            while not kept.exists():
                if failed.exists():
                    pytest.fail(f"another worker could not make {name}: see its own error")
                time.sleep(0.2)
            self.made[name] = pickle.loads(kept.read_bytes())  # noqa: S301  written by us
            return self.made[name]
        try:
            (self.folder / name).mkdir()
            self.made[name] = maker(self.folder / name)
        except BaseException:
            failed.touch()
            raise
        part = kept.with_suffix(".part")
        part.write_bytes(pickle.dumps(self.made[name]))
        part.replace(kept)
        return self.made[name]


@pytest.fixture(scope="session")
def shared(tmp_path_factory):
    """What all workers share; each alone where there are none."""
    os.environ.pop("KSD_HOME", None)
    base = tmp_path_factory.getbasetemp()
    return Shared(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)


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
