"""A table of many columns on a wide screen: it grows beyond the text instead of hiding its last columns."""

import pytest

from ksd_toolkit.document import Column, Heading, Table, runs
from ksd_toolkit.publishing.html import html_text
from tests.browser.pages import paper_of

pytestmark = pytest.mark.browser

DUNN = (
    "Efektivitas",
    "Efisiensi",
    "Kecukupan",
    "Pemerataan",
    "Responsivitas",
    "Ketepatan",
    "Skor",
    "Urutan",
)
MEASURES = """() => { const frame = document.querySelector(".ksd-scroll"), table = frame.querySelector("table");
  return [table.getBoundingClientRect().width - frame.getBoundingClientRect().width,
          table.querySelector("tbody th").getBoundingClientRect().width,
          document.documentElement.scrollWidth - innerWidth, frame.getBoundingClientRect().left]; }"""


def options():
    columns = (Column("Pilihan kebijakan", width=2), *(Column(one, "right", 1) for one in DUNN))
    row = ("Forum kerja sama daerah secara periodik dengan calon mitra", *("4,0 (3-4)",) * 8)
    return Table("Pilihan menurut kriteria Dunn", columns, (row,) * 3)


@pytest.mark.parametrize(("width", "whole"), [(1280, True), (390, False)])
def test_all_columns_are_seen_where_the_screen_is_wide_and_scroll_where_it_is_not(
    chromium, tmp_path, width, whole
):
    path = tmp_path / "lebar.html"
    path.write_text(html_text(paper_of(Heading(1, runs("Isi")), options())), "utf-8")
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.goto(path.as_uri())
    hidden, first, beyond, left = page.evaluate(MEASURES)
    assert (hidden <= 1) == whole
    assert beyond <= 0
    assert left >= 0
    assert not whole or first >= 150
