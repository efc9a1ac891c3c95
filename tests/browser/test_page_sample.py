"""The papers of the sample run in both languages pass axe-core and html-validate."""

import pytest

from tests.browser.test_page_accessible import TAGS, invalid, violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module", params=["id", "en"])
def papers(request, chromium, checkers):
    """Every page of a run; asks for the browser first, so that nothing is run where it would be skipped."""
    if request.param == "en":
        return sorted(request.getfixturevalue("english_run").folder.rglob("*.html"))
    return sorted(request.getfixturevalue("two_runs").first.folder.rglob("*.html"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sample_passes_axe(papers, opened, checkers, scheme):
    assert papers
    rules = TAGS if scheme == "light" else ["color-contrast"]  # by night nothing else is another
    for path in papers:
        assert violations(opened(path, color_scheme=scheme), checkers, rules) == [], path.name


def test_the_sample_is_valid_html(papers, checkers):
    assert invalid(papers, checkers) == []


def test_the_sample_breaks_no_policy(papers, opened):
    for path in papers:
        assert opened(path).evaluate("window.violations") == []
