"""Chromium, two checkers and the pages they look at; what is missing skips with its reason."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.pages import PAGES, written
from tests.runs.conftest import (  # noqa: F401  fixtures of ours, too
    english_run,
    hostile_run,
    two_runs,
)

expect.set_options(timeout=30_000)  # on a busy machine a page answers late

ROOT = Path(__file__).parents[2]
SETUP = "run scripts/setup_browser_tests.sh"
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (e) => window.violations.push(e.violatedDirective + " " + e.blockedURI));
"""


@pytest.fixture(scope="session")
def checkers():
    """The folder of axe-core and html-validate."""
    folder = Path(os.environ.get("KSD_BROWSER_TESTS", ROOT / ".browser")) / "node_modules"
    if not (folder / "axe-core").is_dir() or shutil.which("node") is None:
        pytest.skip(f"axe-core, html-validate or node is missing: {SETUP}")
    return folder


@pytest.fixture(scope="module")
def chromium():
    """One browser for the tests of a module, without network; the loop it runs in would break notebooks after it."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip(f"chromium is missing: {SETUP}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def pages(tmp_path_factory):
    """Every page of `pages.py` as a file, by name."""
    folder = tmp_path_factory.mktemp("pages")
    return {name: written(folder, name) for name in PAGES}


@pytest.fixture
def opened(chromium, pages):
    """A function that opens a page by its name or path; closed with the test."""
    contexts = []

    def opening(name, **settings):
        context = chromium.new_context(**settings)
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(WATCH)
        page.goto(Path(pages.get(name, name)).as_uri())
        return page

    yield opening
    for context in contexts:
        context.close()
