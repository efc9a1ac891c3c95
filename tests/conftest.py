"""What the tests of intake share: a project folder that lives as long as one test."""

from pathlib import Path

import pytest
from hypothesis import Phase, settings

from tests.small_project import Project, new_project, office_book

settings.register_profile("dev", max_examples=25, deadline=None)
settings.register_profile("ci", max_examples=200, deadline=None)
# `make mutation`: the same examples every time, and nobody reads the smallest that fails.
settings.register_profile(
    "mutation",
    max_examples=50,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
)
settings.load_profile("dev")


def pytest_configure(config):
    """`make test-browser` runs what needs Chromium and Node; elsewhere it is skipped with its reason."""
    config.addinivalue_line("markers", "browser: opens pages in Chromium")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A dossier of three offices; two have sent questionnaires with nothing wrong in them."""
    project = new_project(tmp_path)
    project.put(office_book("DINKES"), "dinkes.xlsx")
    project.put(office_book("DISDIK"), "disdik.xlsx")
    return project
