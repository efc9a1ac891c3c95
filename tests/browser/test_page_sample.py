"""The papers of the sample run in both languages pass axe-core and html-validate.

Every page is opened once, for all that is asked of it: drawing it and handing it to axe-core take longest.
"""

from dataclasses import dataclass

import pytest

from tests.browser.conftest import WATCH
from tests.browser.test_page_accessible import invalid, violations
from tests.extent import EVERYTHING

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CONTRAST = ["color-contrast"]  # by night nothing else is another
OPENED = {
    "id": {"policy-brief", "evaluation", "sk", "berita-acara", "partners", "schedule", "masalah", "priorities", "answers", "leader-summary", "plan-matrix", "potential-map"},
    "en": {"policy-brief", "sk", "masalah"},
}  # fmt: skip
"""One page of every kind; the others have the same parts, which html-validate reads."""


@dataclass(frozen=True)
class Seen:
    """What a page broke of its own policy while it opened, and what axe-core finds by day and by night."""

    policy: list
    day: list
    night: list


@pytest.fixture(scope="module", params=["id", "en"])
def papers(request, chromium, checkers):
    """Every page of a run; asks for the browser first, so that nothing is run where it would be skipped."""
    if request.param == "en":
        found = sorted(request.getfixturevalue("english_run").folder.rglob("*.html"))
        return [path for path in found if EVERYTHING or path.stem in OPENED["en"]]
    return sorted(request.getfixturevalue("two_runs").first.folder.rglob("*.html"))


@pytest.fixture(scope="module")
def seen(papers, chromium, checkers):
    """Every page by its path. The colours of both languages are one stylesheet's: night falls on one."""
    found = {}
    for path in papers:
        lang = "en" if "out-en" in path.parts else "id"
        if not EVERYTHING and path.stem not in OPENED[lang]:
            continue
        page = chromium.new_page()
        page.add_init_script(WATCH)
        page.goto(path.as_uri())
        policy = page.evaluate("window.violations")
        day, night = violations(page, checkers), []
        if page.evaluate("document.documentElement.lang") == "id":
            page.emulate_media(color_scheme="dark")
            night = violations(page, checkers, CONTRAST)
        page.close()
        found[path] = Seen(policy, day, night)
    assert found
    return found


def faults(seen, kind):
    return {str(path): getattr(one, kind) for path, one in seen.items() if getattr(one, kind)}


@pytest.mark.parametrize("kind", ["day", "night"])
def test_the_sample_passes_axe(seen, kind):
    assert faults(seen, kind) == {}


def test_the_sample_breaks_no_policy(seen):
    assert faults(seen, "policy") == {}


def test_the_sample_is_valid_html(papers, checkers):
    assert invalid(papers, checkers) == []
