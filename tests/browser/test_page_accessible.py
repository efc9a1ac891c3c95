"""Every page passes axe-core by day, by night and on a phone, and html-validate.

Two rules of html-validate are set: `long-title` is off, since the title of a decree is as long as it is, and
`valid-id` allows dots, since the id of a figure (`angka-T2.5.3`) is what one types to trace it.
"""

import json
import subprocess
from pathlib import Path

import pytest

from tests.browser.pages import PAGES

pytestmark = pytest.mark.browser
CONFIG = Path(__file__).parent / "htmlvalidate.json"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page, checkers, only=TAGS):
    """What axe-core finds by the rules of these tags, or by these rules."""
    if not page.evaluate("'axe' in window"):
        page.evaluate((checkers / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("only => axe.run({runOnly: only, resultTypes: ['violations']})", only)
    assert found["passes"]
    return [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found["violations"]]


def invalid(paths, checkers):
    """What html-validate finds: page, rule, line and message."""
    program = checkers / "html-validate" / "bin" / "html-validate.mjs"
    ran = subprocess.run(
        ["node", str(program), "--config", str(CONFIG), "--formatter", "json", *map(str, paths)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.stderr == ""
    found = [
        (Path(report["filePath"]).stem, message["ruleId"], message["line"], message["message"])
        for report in json.loads(ran.stdout)
        for message in report["messages"]
    ]
    assert bool(found) == bool(ran.returncode)
    return found


def test_the_checkers_find_what_is_wrong(opened, checkers, tmp_path):
    page = tmp_path / "wrong.html"
    page.write_text("<!DOCTYPE html><html><title>x</title><p id='a b'><img src='data:,'>", "utf-8")
    assert "image-alt" in {rule for rule, _ in violations(opened(page), checkers)}
    assert "valid-id" in {rule for _, rule, _, _ in invalid([page], checkers)}


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
    rights = (
        "[...document.querySelectorAll('caption')].map((one) => one.getBoundingClientRect().right)"
    )
    assert all(
        right <= 320 for right in page.evaluate(rights)
    )  # a caption is read without scrolling


def test_every_page_is_valid_html(pages, checkers):
    assert invalid(pages.values(), checkers) == []
