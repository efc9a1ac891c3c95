"""A decree's head reads `KEPUTUSAN ... NOMOR ... TENTANG ...` in this order, on the page and in Word."""

import re
from datetime import date
from io import BytesIO

import docx
import pytest
from formal_paper import decree

from ksd_toolkit.publishing.docx import docx_bytes
from ksd_toolkit.publishing.html import html_text

PARTS = ("Keputusan Bupati Hulu Sungai Selatan", "Nomor 100.3.7/", "tentang", "Penetapan Rencana")


def spoken(page):
    """What a screen reader says of the first heading."""
    inside = re.search(r"<h1>(.*?)</h1>", page, re.DOTALL).group(1)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", inside)).strip()


def test_the_number_of_a_decree_stands_before_its_word_tentang_on_the_page():
    title = spoken(html_text(decree()))
    assert title == (
        "Keputusan Bupati Hulu Sungai Selatan Nomor 100.3.7/ /TKKSD/2026 tentang "
        "Penetapan Rencana Program dan Kegiatan Kerja Sama Daerah Tahun 2027"
    )


def test_a_brief_keeps_its_title_in_one_line_and_its_subtitle_below():
    page = html_text(decree(layout="policy"))
    assert spoken(page).startswith("Keputusan Bupati Hulu Sungai Selatan tentang Penetapan")
    assert '</h1>\n<p class="subtitle">Nomor' in page


@pytest.mark.parametrize(("layout", "colour"), [("formal", "000000"), ("policy", None)])
def test_the_number_of_a_decree_is_as_black_as_its_title_in_word(layout, colour):
    word = docx.Document(BytesIO(docx_bytes(decree(layout=layout), date(2026, 11, 23))))
    if colour is None:  # a brief's second line is quieter than its title
        assert word.styles["Subtitle"].font.color.rgb != word.styles["Title"].font.color.rgb
        return
    assert str(word.styles["Subtitle"].font.color.rgb) == colour
    texts = [paragraph.text for paragraph in word.paragraphs]
    places = [next(n for n, text in enumerate(texts) if text.startswith(part)) for part in PARTS]
    assert places == sorted(places)
