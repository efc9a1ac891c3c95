"""Every page passes axe-core by day, by night and on a phone, and html-validate."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.browser.pages import PAGES

pytestmark = pytest.mark.browser
CONFIG = Path(__file__).parent / "htmlvalidate.json"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page, checkers):
    page.evaluate((checkers / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run({runOnly: tags, resultTypes: ['violations']})", TAGS)
    assert found["passes"]
    return [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found["violations"]]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_passes_axe(opened, checkers, name):
    assert violations(opened(name), checkers) == []


@pytest.mark.parametrize("scheme", ["dark"])
@pytest.mark.parametrize("name", ["brief", "decree", "everything", "few"])
def test_a_page_passes_axe_by_night(opened, checkers, name, scheme):
    page = opened(name, color_scheme=scheme)
    assert violations(page, checkers) == []


@pytest.mark.parametrize("name", ["brief", "decree", "everything"])
def test_a_page_passes_axe_on_a_phone_and_stays_in_its_width(opened, checkers, name):
    page = opened(name, viewport={"width": 320, "height": 640})
    assert violations(page, checkers) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_every_page_is_valid_html(pages, checkers):
    ran = subprocess.run(
        ["node", str(checkers / "html-validate" / "bin" / "html-validate.mjs"), "--config", str(CONFIG),
         "--formatter", "json", *map(str, pages.values())],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    reports = json.loads(ran.stdout)
    found = [
        (Path(report["filePath"]).stem, message["ruleId"], message["line"], message["message"])
        for report in reports
        for message in report["messages"]
    ]
    assert found == []
    assert ran.returncode == 0
