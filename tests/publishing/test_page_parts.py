"""Each part of a letter, a minute and a decree on a page, and what a page adds to figures."""

from dataclasses import replace
from datetime import date

import pytest
from formal_paper import decree
from hypothesis import given
from hypothesis import strategies as st
from readings import Page, pdf_text, squeezed
from sample_paper import sample_paper
from word_readings import WordFile

from ksd_toolkit.display.night_colours import by_night, contrast
from ksd_toolkit.display.palette import DARK
from ksd_toolkit.document import (
    Document,
    Heading,
    Letterhead,
    Paragraph,
    Run,
    Signatures,
    Style,
    runs,
)
from ksd_toolkit.publishing.docx import docx_bytes
from ksd_toolkit.publishing.figure_ids import figures_of
from ksd_toolkit.publishing.html import html_text
from ksd_toolkit.publishing.numbering import settled
from ksd_toolkit.publishing.pdf import pdf_bytes

DATED = date(2026, 11, 23)


def paper_of(*blocks, **facts):
    return Document("Judul", "", "id", Letterhead("Pemkab", "Bagian"), "", blocks, **facts)


def ids(page):
    return [attrs["id"] for _, attrs in page.elements if "id" in attrs]


@pytest.fixture(scope="module")
def page():
    return Page(html_text(decree()))


def test_every_link_leads_to_one_place(page):
    targets = [a["href"][1:] for a in page.of("a") if a["href"].startswith("#")]
    assert {"lampiran-1", "daftar", "catatan-1"} <= set(targets)
    assert set(targets) <= set(ids(page))
    assert len(ids(page)) == len(set(ids(page)))


def test_what_is_cited_three_times_is_one_note_with_three_ways_back(page):
    assert ids(page).count("catatan-1") == 1
    assert [i for i in ids(page) if i.startswith("rujuk-")] == [
        "rujuk-1-1",
        "rujuk-1-2",
        "rujuk-1-3",
    ]
    back = [a["aria-label"] for a in page.of("a") if a["href"].startswith("#rujuk-")]
    assert back == [f"Kembali ke teks dari catatan 1, penyebutan {n}" for n in (1, 2, 3)]


def test_annexes_are_sections_with_headings_and_lie_as_they_are_told(page):
    looks = [section["class"] for section in page.of("section")]
    assert looks[:2] == ["ksd-annex ksd-landscape", "ksd-annex"]
    assert "LampiranI.Daftarkerjasama" in page.text
    assert "size: 330mm 215mm" in html_text(decree())


def test_letterhead_watermark_and_stamp_stand_on_the_page():
    page = Page(html_text(decree()))
    for words in ("JalanPangeranAntasari", "RANCANGAN", "data8c1f0a94e2b7", "Ditetapkandi"):
        assert words in page.text
    assert page.of("img")[0]["alt"] == ""


def test_place_and_date_are_told_though_nobody_is_named_to_sign():
    signed = Signatures((), ("Ditetapkan di Kandangan", "31 Agustus 2026"))
    document = paper_of(signed, style=Style("formal"))
    texts = (
        Page(html_text(document)).text,
        pdf_text(pdf_bytes(document, DATED)),
        squeezed(WordFile(docx_bytes(document, DATED)).text),
    )
    for text in texts:
        assert "DitetapkandiKandangan31Agustus2026" in text


def test_a_link_to_a_place_the_page_lacks_is_no_link():
    page = Page(html_text(paper_of(Paragraph((Run("ke sana", href="#tidak-ada"),)))))
    assert [a["href"] for a in page.of("a")] == ["#isi"]
    assert "kesana" in page.text


def test_a_watermark_cannot_leave_its_string():
    page = Page(html_text(paper_of(watermark='"}</style><script>x</script>')))
    assert not page.of("script")
    assert len(page.of("style")) == 1


@pytest.mark.parametrize(
    "document", [sample_paper(), sample_paper("en"), decree()], ids=["id", "en", "decree"]
)
def test_every_figure_has_its_id_and_its_note(document):
    figures = figures_of(settled(document))
    notes = {figure.id: f"Catatan {figure.id} <b>" for figure in figures}
    page = Page(html_text(document, notes))
    assert {f"angka-{figure.id}" for figure in figures} <= set(ids(page))
    told = {
        attrs["id"]: attrs["title"]
        for _, attrs in page.elements
        if "title" in attrs and "id" in attrs
    }
    assert told == {f"angka-{name}": note for name, note in notes.items()}


def test_marks_change_no_letter_of_the_paper():
    document = sample_paper()
    notes = {figure.id: "x" for figure in figures_of(settled(document))}
    assert Page(html_text(document, notes)).text == Page(html_text(document)).text


TEXTS = st.text(st.sampled_from("a 1,.2%<&\u202e\x00"), max_size=12)


@given(
    st.lists(
        st.builds(
            Run, TEXTS, st.sampled_from(["plain", "strong"]), origin=st.sampled_from(["", "count"])
        ),
        max_size=5,
    )
)
def test_any_line_keeps_its_letters_and_shows_its_figures(line):
    document = paper_of(Heading(1, runs("x")), Paragraph(tuple(line)))
    page = Page(html_text(document))
    assert {f"angka-{figure.id}" for figure in figures_of(document)} <= set(ids(page))


@given(st.text("0123456789abcdef", min_size=6, max_size=6))
def test_an_office_colour_reads_by_night(digits):
    night = by_night({"teal": f"#{digits}", "accent": f"#{digits}"})
    for name in ("teal", "accent"):
        assert all(
            contrast(night[name], DARK[ground]) >= 4.5
            for ground in ("paper", "shade", f"{name}_shade")
        )
    assert contrast(night["accent"], night["on_accent"]) >= 4.5


def test_an_office_colour_is_that_of_the_page():
    text = html_text(replace(sample_paper(), style=Style(colours=(("teal", "#5b1a6b"),))))
    assert "--ksd-teal:#5b1a6b" in text
    assert "--ksd-teal:#0b4f57" not in text
