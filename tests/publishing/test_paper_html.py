import base64
import hashlib
import re
from dataclasses import replace

import pytest
from readings import Page
from sample_paper import BANNER, sample_paper, without_banner

from ksd_toolkit.publishing.html import html_text


@pytest.fixture(scope="module")
def page():
    return Page(html_text(sample_paper()))


def test_the_page_is_whole_and_the_same_every_time():
    text = html_text(sample_paper())
    assert text.startswith('<!DOCTYPE html>\n<html lang="id">')
    assert text == html_text(sample_paper())


def test_the_policy_allows_the_style_of_the_page_and_nothing_else():
    text = html_text(sample_paper())
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    fingerprint = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = next(meta["content"] for meta in Page(text).of("meta") if meta.get("http-equiv"))
    assert "default-src 'none'" in policy
    assert f"style-src 'sha256-{fingerprint}'" in policy
    assert "unsafe" not in policy
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    fingerprint = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{fingerprint}'" in policy
    assert policy.count("sha256-") == 2


def test_a_page_with_nothing_to_sort_or_tell_has_no_script():
    blocks = tuple(block for block in sample_paper().blocks if block.kind != "table")
    text = html_text(replace(sample_paper(), blocks=blocks))
    assert not Page(text).of("script")
    assert "script-src" not in text


def test_nothing_is_loaded_from_anywhere(page):
    assert page.of("script") == [{}]  # ours, inside the page; the policy names its fingerprint
    assert not page.of("link")
    for _, attrs in page.elements:
        assert (
            attrs.get("src", "data:").startswith("data:image/svg+xml;base64,") or "src" not in attrs
        )
        assert not any(name.startswith("on") or name == "style" for name in attrs)
    addresses = [attrs["href"] for attrs in page.of("a")]
    assert [a for a in addresses if not a.startswith("#")] == [
        "https://peraturan.go.id/id/uu-no-23-tahun-2014"
    ]
    assert "url(" not in html_text(sample_paper())


def test_landmarks_skip_link_and_contents_lead_somewhere(page):
    for landmark in ("header", "main", "footer", "nav"):
        assert len(page.of(landmark)) == 1
    places = {attrs["id"] for _, attrs in page.elements if "id" in attrs}
    targets = [a["href"][1:] for a in page.of("a") if a["href"].startswith("#")]
    assert targets[0] == "isi"
    assert set(targets) <= places
    assert len(page.of("h1")) == 1


def test_tables_and_figures_are_numbered(page):
    assert "Tabel1.Limabelasusulan" in page.text
    assert "Gambar2.Rentangperingkat" in page.text


def test_the_banner_stands_on_the_page_and_in_print():
    text = html_text(sample_paper())
    assert Page(text).text.count("DATACONTOH") == 2
    assert "@top-center" in text
    plain = html_text(without_banner(sample_paper()))
    assert "@top-center" not in plain
    assert BANNER not in plain


def test_a_banner_cannot_leave_its_string():
    text = html_text(replace(sample_paper(), banner='"}</style><script>x</script>'))
    assert len(Page(text).of("script")) == 1
    assert len(Page(text).of("style")) == 1


def test_english_labels():
    text = html_text(sample_paper("en"))
    assert '<html lang="en">' in text
    assert "Skip to content" in text
    assert "Table 1." in Page(text).words
