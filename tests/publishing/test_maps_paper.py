"""A map in a paper: its words in every writer, its drawing as a figure with alternative text, hostile names as text."""

from dataclasses import replace
from datetime import date
from math import nan

import pytest
from hostile_texts import OWN
from page import ValidationProfile, validate_pdf
from readings import Page, pdf_pages, pdf_tags, pdf_text, squeezed

from ksd_toolkit.charts import maps
from ksd_toolkit.display.hostile import legible
from ksd_toolkit.document import Document, Letterhead
from ksd_toolkit.publishing.html import html_text
from ksd_toolkit.publishing.pdf import pdf_bytes, printable

DATED = date(2026, 11, 23)
HSS = "63.06"
FALSE_RULE = "STREAM-LENGTH"  # see test_paper_pdf


def paper_of(*blocks, lang="id"):
    return Document("Peta", "", lang, Letterhead("Pemkab", "Bagian"), "23 November 2026", blocks)


@pytest.fixture(scope="module")
def around():
    (only,) = maps.region_map(HSS).blocks
    return only


def test_every_writer_prints_caption_and_note(around):
    paper = paper_of(around)
    in_pdf, page = pdf_text(pdf_bytes(paper, DATED)), Page(html_text(paper)).text
    for words in (around.caption, around.note):
        assert squeezed(words) in in_pdf
        assert squeezed(words) in page
    assert "Gambar1." in in_pdf


def test_the_page_tells_every_region_in_a_table(around):
    page = Page(html_text(paper_of(around))).text
    for name in ("KabupatenTapin", "KabupatenBanjar", "KabupatenBaritoKuala"):
        assert name in page
    assert squeezed("berbatasan darat 63,8 km") in page


def test_the_drawing_is_a_figure_with_alternative_text(around):
    figures = [
        facts for tag, facts in pdf_tags(pdf_bytes(paper_of(around), DATED)) if tag == "/Figure"
    ]
    assert around.alt in {facts.get("/Alt") for facts in figures}


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_a_paper_with_maps_is_accessible_and_archivable(profile, tmp_path):
    file = tmp_path / "paper.pdf"
    hatched = maps.choropleth({HSS: nan, "63.05": 1.0}, title="Sebagian tidak diketahui").blocks
    file.write_bytes(pdf_bytes(paper_of(*maps.region_map(HSS).blocks, *hatched), DATED))
    result = validate_pdf(str(file), profile=ValidationProfile(profile))
    assert result.rules.total > 0
    assert [f.message for f in result.failures if FALSE_RULE not in f.rule_id] == []


def test_a_map_of_the_country_fits_on_a_page():
    (only,) = maps.choropleth({HSS: 1.0}, title="Negeri", scope="national").blocks
    assert len(pdf_pages(pdf_bytes(paper_of(only), DATED))) == 1


def test_the_same_paper_is_the_same_bytes(around):
    first, again = (pdf_bytes(paper_of(around), DATED) for _ in range(2))
    assert first == again


@pytest.mark.parametrize("text", OWN)
def test_hostile_words_of_a_map_stay_words(around, text):
    block = replace(around, caption=text, note=text, alt=text or "-", description=text)
    content = pdf_bytes(paper_of(block), DATED)
    assert squeezed(printable(text)) in pdf_text(content)
    page = Page(html_text(paper_of(block)))
    assert squeezed(legible(text)) in page.text
    assert {tag for tag, _ in page.elements}.isdisjoint({"script", "iframe", "object"})
    assert [image["class"] for image in page.of("img")] == ["crest"]
