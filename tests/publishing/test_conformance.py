"""A paper that some readers could not read is refused by every writer, and with it whatever it was made from."""

from datetime import date

import pytest

from ksd_toolkit.document import (
    Annex,
    Column,
    Document,
    Figure,
    Heading,
    Letterhead,
    RegionMap,
    Table,
    runs,
)
from ksd_toolkit.errors import RunError
from ksd_toolkit.messages import catalogue
from ksd_toolkit.papers.facts import PaperFacts
from ksd_toolkit.publishing.annex_workbook import annex_workbook
from ksd_toolkit.publishing.docx import docx_bytes
from ksd_toolkit.publishing.html import html_text
from ksd_toolkit.publishing.notebook_reading import FrontMatter
from ksd_toolkit.publishing.pdf import pdf_bytes
from ksd_toolkit.publishing.template_paper import fill
from ksd_toolkit.publishing.template_reading import template_names, template_of

DATED = date(2026, 11, 23)
SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
TABLE = Table("Tabel", (Column("A"),), (("1",),))
LETTERHEAD = Letterhead("Pemkab", "Bagian")
WRITERS = {
    "page": html_text,
    "pdf": lambda document: pdf_bytes(document, DATED),
    "word": lambda document: docx_bytes(document, DATED),
    "annex": lambda document: annex_workbook(document, DATED),
}
by_every_writer = pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)


def paper_of(*blocks, lang="id"):
    return Document("Judul naskah", "", lang, LETTERHEAD, "", (*blocks, TABLE))


def refused(write, document):
    with pytest.raises(RunError) as caught:
        write(document)
    return caught.value


@by_every_writer
@pytest.mark.parametrize("alt", ["", "  ", "\u200b\u2028"])
def test_a_drawing_without_words_is_refused(write, alt):
    figure = Figure("Sebaran isu", SVG, alt)
    error = refused(write, paper_of(Heading(1, runs("A")), Figure("", SVG, "Ada."), figure))
    assert error.code == "conformance.no_alternative"
    for lang in ("id", "en"):
        assert "Sebaran isu" in error.sentence(lang)
        assert "2" in error.sentence(lang)


@by_every_writer
def test_a_map_without_words_is_refused(write):
    drawn = RegionMap("Peta", "", 3.0, 2.0, (), (), svg=SVG)
    assert refused(write, paper_of(drawn)).code == "conformance.no_alternative"


@by_every_writer
@pytest.mark.parametrize(
    "blocks",
    [
        (Heading(2, runs("Terlalu dalam")),),
        (Heading(1, runs("A")), Heading(3, runs("Terlalu dalam"))),
        (
            Heading(1, runs("A")), Heading(2, runs("B")), Annex("Lampiran", "X"),
            Heading(3, runs("Terlalu dalam")),
        ),
        (Heading(0, runs("Terlalu dalam")),),
    ],
    ids=["first", "below a section", "in an annex", "a title among sections"],
)  # fmt: skip
def test_a_skipped_level_is_refused(write, blocks):
    error = refused(write, paper_of(*blocks))
    assert error.code == "conformance.level_skipped"
    assert "Terlalu dalam" in error.sentence("id")


@by_every_writer
def test_levels_may_rise_by_any_number_and_fall_by_one(write):
    levels = (1, 2, 3, 1, 2)
    headings = [Heading(level, runs(f"Bagian {n}")) for n, level in enumerate(levels)]
    assert write(paper_of(*headings, Annex("Lampiran", "X"), Heading(2, runs("Akhir"))))


@by_every_writer
def test_a_language_without_words_of_its_own_is_refused(write):
    error = refused(write, paper_of(lang="de"))
    assert error.code == "conformance.language"
    assert "id, en" in error.sentence("en")


@by_every_writer
def test_a_word_lacking_in_one_language_fails_the_paper(write, monkeypatch):
    whole = catalogue._catalogue
    lacking = {lang: dict(whole(lang)) for lang in ("id", "en")}
    for code in [
        code for code in lacking["en"] if code.startswith(("paper.", "docx.annex", "publishing."))
    ]:
        del lacking["en"][code]
    monkeypatch.setattr(catalogue, "_catalogue", lacking.get)
    with pytest.raises(KeyError):
        write(paper_of(Heading(1, runs("A")), lang="en"))
    assert write(paper_of(Heading(1, runs("A"))))


# --- templates -------------------------------------------------------------------------------


@by_every_writer
@pytest.mark.parametrize("text", ["# J\n\n### Dalam\n\n{{t}}", "# J\n\n## A\n\n#### B\n\n{{t}}"])
def test_a_template_that_skips_a_level_makes_no_paper(write, tmp_path, text):
    path = tmp_path / "uji.md"
    path.write_text(text, encoding="utf-8")
    facts = PaperFacts({}, {"t": (TABLE,)}, frozenset(), frozenset())
    document = fill(template_of("uji", "uji.md", path), facts, FrontMatter(LETTERHEAD, ""))
    assert refused(write, document).code == "conformance.level_skipped"


def test_every_template_is_there_in_both_languages():
    assert template_names("id") == template_names("en") != []
