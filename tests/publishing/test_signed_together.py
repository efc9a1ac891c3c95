"""Who signs a list never stands on a page alone: the last rows of the list go along, in PDF and in Word."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from formal_paper import decree
from page_boxes import words
from readings import pdf_pages

from ksd_toolkit.document import (
    Clause,
    Clauses,
    Column,
    Heading,
    Paragraph,
    Signatory,
    Signatures,
    Table,
    runs,
)
from ksd_toolkit.publishing.docx import docx_bytes
from ksd_toolkit.publishing.pdf import pdf_bytes

DATED = date(2026, 11, 23)
COLUMNS = (
    Column("No.", "right", 0, "integer"), Column("Nama", width=2), Column("Hadir"), Column("Paraf"),
)  # fmt: skip
SIGNED = Signatures((Signatory("Ketua"), Signatory("Sekretaris"), Signatory("Wakil")))


def attendance(rows, note=""):
    """A list of so many rows, each with a place to sign, and three who sign below it."""
    cells = tuple((str(n), f"Anggota-{n}", "hadir", "") for n in range(1, rows + 1))
    table = Table("Daftar hadir", COLUMNS, cells, note=note)
    return replace(decree(0), blocks=(table, SIGNED), title="Daftar hadir", subtitle="")


def names(page):
    return [word.text for word in page if word.text.startswith("Anggota-")]


@pytest.mark.parametrize("rows", [4, *range(13, 27), 60])
@pytest.mark.parametrize("note", ["", "Yang berhalangan diwakili pejabat di bawahnya."])
def test_a_page_that_is_signed_shows_what_is_signed(rows, note):
    pages = words(pdf_bytes(attendance(rows, note), DATED))
    signed = next(page for page in pages if any(word.text == "Sekretaris" for word in page))
    assert len(names(signed)) >= 2
    assert [name for page in pages for name in names(page)] == [
        f"Anggota-{n}" for n in range(1, rows + 1)
    ]


def test_the_rows_that_go_along_have_their_header_and_nothing_is_said_twice():
    note = "Yang berhalangan diwakili pejabat di bawahnya."
    counts = {}
    for rows in range(13, 27):
        pages = pdf_pages(pdf_bytes(attendance(rows, note), DATED))
        signed = next(page for page in pages if "Sekretaris" in page)
        assert sum(page.count("Yang berhalangan") for page in pages) == 1
        assert sum(page.count("Tabel 1") for page in pages) == 1
        assert "Nama" in signed
        counts[rows] = len(pages)
    assert set(counts.values()) == {1, 2}  # both the list that fits and the one that does not


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_a_short_list_stays_with_those_who_sign_it(rows):
    long = replace(
        attendance(rows), blocks=(*(Paragraph(runs("Kata " * 90)) for _ in range(5)), *attendance(rows).blocks)
    )  # fmt: skip
    pages = words(pdf_bytes(long, DATED))
    signed = next(page for page in pages if any(word.text == "Sekretaris" for word in page))
    assert len(names(signed)) == rows


def signed_page(*blocks):
    """The text of the page on which `blocks` are signed."""
    document = replace(decree(0), blocks=(*blocks, SIGNED), title="Berita Acara", subtitle="")
    pages = pdf_pages(pdf_bytes(document, DATED))
    return next(page for page in pages if "Sekretaris" in page.split()[-40:])


@pytest.mark.parametrize("lines", range(18, 34, 3))
def test_the_last_sentence_and_its_heading_go_along_with_the_signatures(lines):
    filled = [Paragraph(runs(f"Baris {n}.")) for n in range(lines)]
    page = signed_page(*filled, Heading(1, runs("Penutup")), Paragraph(runs("Demikian dibuat.")))
    assert "Penutup" in page
    assert "Demikian dibuat." in page


@pytest.mark.parametrize("clauses", range(16, 31, 3))
def test_the_last_clause_goes_along_with_the_signatures(clauses):
    entries = tuple(Clause(f"KE-{n}", (runs(f"Diktum {n}."),)) for n in range(1, clauses + 1))
    assert f"Diktum {clauses}." in signed_page(Clauses(entries))


def kept(element):
    return element.find(qn("w:pPr")).find(qn("w:keepNext")) is not None


def test_word_keeps_the_last_two_rows_with_the_signatures():
    paper = docx.Document(BytesIO(docx_bytes(attendance(20, "Catatan."), DATED)))
    listed = next(table for table in paper.tables if len(table.rows) == 21)
    held = [all(kept(line) for line in row._tr.iter(qn("w:p"))) for row in listed.rows]
    assert held == [True] + [False] * 18 + [True] * 2  # the header, and what goes along
    between = listed._tbl.getnext()
    while between.tag == qn("w:p"):
        assert kept(between) or between.pPr.pStyle.val == "KsdJarak"  # whose style keeps it
        between = between.getnext()


def test_word_keeps_the_last_sentence_with_the_signatures():
    told = replace(decree(0), blocks=(Heading(1, runs("A")), Paragraph(runs("Demikian.")), SIGNED))
    paper = docx.Document(BytesIO(docx_bytes(told, DATED)))
    last = next(line for line in paper.paragraphs if line.text == "Demikian.")
    assert kept(last._p)
