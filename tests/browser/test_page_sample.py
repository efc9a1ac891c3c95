"""The papers of the sample run in both languages pass axe-core and html-validate."""

import pytest

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.runs.run import run_dossier
from tests.browser.test_page_accessible import invalid, violations
from tests.runs.conftest import SAMPLE, copied_project

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module", params=["id", "en"])
def papers(request, tmp_path_factory, chromium, checkers):
    """Every page of a run; asks for the browser first, so that nothing is run where it would be skipped."""
    project = copied_project(tmp_path_factory.mktemp(f"sample-{request.param}"))
    result = run_dossier(open_dossier(SAMPLE, home=project, lang=request.param))
    return sorted(result.folder.rglob("*.html"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sample_passes_axe(papers, opened, checkers, scheme):
    assert papers
    for path in papers:
        assert violations(opened(path, color_scheme=scheme), checkers) == [], path.name


def test_the_sample_is_valid_html(papers, checkers):
    assert invalid(papers, checkers) == []


def test_the_sample_breaks_no_policy(papers, opened):
    for path in papers:
        assert opened(path).evaluate("window.violations") == []
