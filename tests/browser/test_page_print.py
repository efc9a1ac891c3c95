"""A page printed from the browser: each page of a table has its header, and none has only that."""

import pytest

from ksd_toolkit.document import Heading, Paragraph, runs
from ksd_toolkit.publishing.html import html_text
from tests.browser.pages import paper_of, table_of
from tests.publishing.readings import pdf_pages

pytestmark = pytest.mark.browser


def test_every_page_of_a_long_table_has_its_header(opened):
    page = opened("many-rows")
    pages = pdf_pages(page.pdf(prefer_css_page_size=True))
    tabled = [text for text in pages if "Rujukan pasien" in text]
    assert len(tabled) > 5
    assert all("Biaya" in text and "Tanggal" in text for text in tabled)


def test_the_buttons_are_back_on_the_screen(opened):
    page = opened("few")
    before = page.locator("thead").inner_html()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("thead button").count() == 0
    assert page.locator("thead th").first.inner_text() == "Usulan"
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("thead").inner_html() == before


def test_no_header_is_the_last_line_of_a_page(chromium, tmp_path):
    """The table begins a little lower in each paper: one of them would leave its header alone."""
    page = chromium.new_page()
    for lines in range(30, 42):
        before = [Paragraph(runs("Baris teks di atas tabel.")) for _ in range(lines)]
        path = tmp_path / f"{lines}.html"
        path.write_text(html_text(paper_of(Heading(1, runs("Isi")), *before, table_of(9))), "utf-8")
        page.goto(path.as_uri())
        for text in pdf_pages(page.pdf(prefer_css_page_size=True)):
            assert ("Biaya" in text) <= ("Rp" in text)
    page.close()
