"""Cross-references and the list of references, settled before any writer starts."""

import io
from datetime import date

import docx
import pytest
from readings import pdf_text

from ksd_toolkit.document import (
    Annex,
    Column,
    Document,
    Figure,
    Heading,
    Letterhead,
    Paragraph,
    References,
    Run,
    Table,
    plain_text,
    refer,
    runs,
)
from ksd_toolkit.errors import RunError
from ksd_toolkit.publishing.docx import docx_bytes
from ksd_toolkit.publishing.numbering import settled
from ksd_toolkit.publishing.pdf import pdf_bytes

DATED = date(2026, 11, 23)
SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"


def table(caption, anchor=""):
    return Table(caption, (Column("a"),), (("1",),), anchor=anchor)


def paper(*blocks):
    return settled(Document("Judul", "", "id", Letterhead("Pemda", "Bagian"), "", blocks))


def texts(document):
    return [plain_text(b.text) for b in document.blocks if isinstance(b, Heading | Paragraph)]


def test_a_reference_becomes_the_name_and_number_of_what_it_refers_to():
    document = paper(
        Paragraph(runs("Lihat ", refer("kedua"), ", ", refer("peta"), ", ", refer("lampiran"), " dan ", refer("hasil"))),
        Heading(1, runs("Hasil"), anchor="hasil"),
        table("Satu"), table(""), table("Dua", "kedua"),
        Figure("Peta", SVG, "Peta", anchor="peta"),
        Annex("Lampiran I", "Daftar", anchor="lampiran"),
    )  # fmt: skip
    assert texts(document)[0] == (
        "Lihat Tabel\u00a02, Gambar\u00a01, Lampiran I dan \u201cHasil\u201d"
    )
    assert [run.href for run in document.blocks[0].text if run.href] == [
        "#kedua", "#peta", "#lampiran", "#hasil",
    ]  # fmt: skip


def test_a_reference_that_leads_nowhere_is_refused_by_name():
    with pytest.raises(RunError) as refused:
        paper(Paragraph(runs(refer("tabel-hilang"))))
    assert "tabel-hilang" in refused.value.sentence("id")


def test_two_parts_of_one_name_are_refused():
    with pytest.raises(RunError) as refused:
        paper(table("Satu", "sama"), table("Dua", "sama"))
    assert "sama" in refused.value.sentence("en")


def test_what_is_cited_is_listed_once_in_order_of_first_citation():
    first, second = Run("", footnote="UU 23/2014", cites="uu"), Run("", footnote="PP", cites="pp")
    document = paper(
        Paragraph((second, first)), Paragraph((second,)), Heading(1, runs("Rujukan")), References()
    )
    assert [plain_text(entry) for entry in document.blocks[-1].entries] == ["PP", "UU 23/2014"]


def test_a_list_of_references_without_any_falls_away_with_its_heading():
    document = paper(
        Paragraph(runs("a")), Heading(1, runs("Rujukan")), References(), Heading(1, runs("Akhir"))
    )
    assert texts(document) == ["a", "Akhir"]
    assert not any(isinstance(block, References) for block in document.blocks)


def test_two_citations_side_by_side_are_not_one_number():
    cited = (Run("", footnote="UU", cites="a"), Run("", footnote="PP", cites="b"))
    document = Document(
        "Judul", "", "id", Letterhead("Pemda", "Bagian"), "",
        (Paragraph((Run("saling menguntungkan"), *cited, Run(". Lalu"))),),
    )  # fmt: skip
    assert "salingmenguntungkan1,2.Lalu" in pdf_text(pdf_bytes(document, DATED))
    word = docx.Document(io.BytesIO(docx_bytes(document, DATED)))
    assert any("saling menguntungkan, . Lalu" in p.text for p in word.paragraphs)


def test_the_mark_of_a_footnote_stands_close_to_the_word_before_it():
    line = (Run("saling menguntungkan "), Run("", footnote="UU", cites="a"), Run(" "),
            Run("", footnote="PP", cites="b"), Run(" dan "), Run("adil"))  # fmt: skip
    [written] = paper(Paragraph(line)).blocks
    assert [run.text for run in written.text] == [
        "saling menguntungkan", "", "", " dan ", "adil",
    ]  # fmt: skip
    assert [run.footnote for run in written.text] == ["", "UU", "PP", "", ""]


def test_what_the_legal_basis_lists_is_not_listed_twice():
    line = (
        Run("Menurut hukum", footnote="UU 1", cites="a"),
        Run("dan naskah", footnote="N", cites="b"),
    )

    def listed(*told):
        blocks = Paragraph(line), Heading(1, runs("Rujukan")), References(told=told)
        return paper(*blocks).blocks[1:]

    assert listed("a")[1].entries == (runs("N"),)
    assert len(listed()[1].entries) == 2
    assert listed("a", "b") == ()
