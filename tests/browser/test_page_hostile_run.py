"""Every page of a run over hostile texts, opened: nothing in it runs, asks, or is fetched."""

import pytest

from tests.browser.conftest import WATCH

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def seen(chromium, hostile_run):
    """What each page did when it was opened, moved over and printed: asks for the browser first."""
    found = {}
    for path in sorted(hostile_run.folder.rglob("*.html")):
        page, did = chromium.new_page(), []
        page.on("dialog", lambda dialog, did=did: (did.append(dialog.message), dialog.dismiss()))
        page.on("popup", lambda popup, did=did: did.append(f"popup {popup.url}"))
        page.on("request", lambda request, did=did: did.append(request.url))
        page.add_init_script(WATCH)
        page.goto(path.as_uri())
        page.evaluate("""() => {
          for (const node of document.querySelectorAll("main *")) {
            node.dispatchEvent(new Event("mouseover", { bubbles: true }));
            node.dispatchEvent(new Event("focusin", { bubbles: true }));
            node.dispatchEvent(new Event("toggle"));
          }
        }""")
        pwned = [frame.evaluate("window.PWN") for frame in page.frames]
        broken = page.evaluate("window.violations")
        loaded = [url for url in did if url != path.as_uri() and not url.startswith("data:image/")]
        found[path] = {"ran": [one for one in pwned if one], "did": loaded, "broke": broken}
        page.close()
    assert found
    return found


@pytest.mark.parametrize("kind", ["ran", "did", "broke"])
def test_no_text_acts_in_an_open_page(seen, kind):
    assert {str(path): one[kind] for path, one in seen.items() if one[kind]} == {}


def test_what_acts_would_be_seen(chromium, tmp_path):
    path = tmp_path / "acts.html"
    path.write_text("<img src=x onerror='window.PWN=1;alert(1)'>", encoding="utf-8")
    page, asked = chromium.new_page(), []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.goto(path.as_uri())
    page.wait_for_load_state("load")
    assert page.evaluate("window.PWN") == 1
    assert asked == ["1"]
    page.close()
