"""What the tests of intake share: a project folder that lives as long as one test."""

import gc
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

# Set before numpy is read: workers share the cores already, and what has one thread forks safely.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pytest
from hypothesis import Phase, settings

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.register import read_register
from ksd_toolkit.remembering import remembering
from ksd_toolkit.runs import forms
from tests.shared import Shared
from tests.small_project import Project, new_project, office_book

ROOT = Path(__file__).parents[1]
SAMPLE = "hulu-sungai-selatan"

settings.register_profile("dev", max_examples=25, deadline=None)
settings.register_profile("ci", max_examples=200, deadline=None)
settings.register_profile("eighth", max_examples=25, deadline=None)
# `make mutation`: the same examples every time, and nobody reads the smallest that fails.
settings.register_profile(
    "mutation",
    max_examples=50,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
)
settings.load_profile("dev")


# A worker holds what many tests share: Python would look through all of it for garbage again and again.
gc.set_threshold(50_000, 20, 20)


def pytest_configure(config):
    """`make test-browser` runs what needs Chromium and Node; elsewhere it is skipped with its reason."""
    config.addinivalue_line("markers", "browser: opens pages in Chromium")


def pytest_collection_modifyitems(config, items):
    """Between workers, what takes longest goes first, so that none waits alone for a long module at the end.

    One module that reads the runs of the sample, so that a worker makes them while the other is at the slow
    modules that need none; then the others that read them; then all the rest, those with most tests first.
    `--dist loadscope` hands out modules in this order under `--no-loadscope-reorder`.
    """
    if not hasattr(config, "workerinput"):
        return
    tests = Counter(item.path for item in items)
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    reading = {item.path for item in items if {"two_runs", "english_run"} & {*item.fixturenames}}
    first = min(reading, default=None)
    items.sort(
        key=lambda item: (
            item.path != first,
            item.path in reading or item.path not in slow,
            item.path not in reading,
            -tests[item.path],
        )
    )


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    """What all workers share; each alone where there are none."""
    os.environ.pop("KSD_HOME", None)
    base = tmp_path_factory.getbasetemp()
    return Shared(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)


def _take_in(folder: Path) -> Path:
    shutil.copytree(ROOT / "data" / SAMPLE, folder / "data" / SAMPLE)
    read_register(open_dossier(f"{SAMPLE}/2026", home=folder))
    return folder


@pytest.fixture(scope="session")
def taken_in(shared: Shared) -> Callable[[Path], Path]:
    """Puts the sample into a project folder, its answers taken in already, for whom that is no question."""
    kept: Path = shared.make("taken-in", _take_in)

    def put(folder: Path) -> Path:
        for name in ("data", ".ksd"):
            shutil.copytree(kept / name, folder / name)
        return folder

    return put


@pytest.fixture(scope="module")
def as_in_a_run() -> Iterator[None]:
    """What one test of a module computes of the sample serves the next, as papers of a run serve each other."""
    with remembering():
        yield


@pytest.fixture
def empty_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new dossier gets empty files for forms, where nobody opens them: writing 28 takes three seconds."""
    monkeypatch.setattr(forms, "office_workbook", lambda *_, **__: b"")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A dossier of three offices; two have sent questionnaires with nothing wrong in them."""
    project = new_project(tmp_path)
    project.put(office_book("DINKES"), "dinkes.xlsx")
    project.put(office_book("DISDIK"), "disdik.xlsx")
    return project
