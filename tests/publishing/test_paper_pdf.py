import io
import re
from collections import Counter
from dataclasses import replace
from datetime import date

import page
import pikepdf
import pytest
from readings import pdf_links, pdf_pages, pdf_tags, pdf_text, squeezed
from sample_paper import BANNER, sample_paper, without_banner

from ksd_toolkit.document import Column, Figure, Paragraph, Style, Table, runs
from ksd_toolkit.errors import RunError
from ksd_toolkit.publishing.fonts import FAMILIES
from ksd_toolkit.publishing.pdf import pdf_bytes, printable

DATED = date(2026, 11, 23)
# page-validation 0.11 counts a stream as too short when its last byte is CR or LF; pikepdf reads
# every stream at its stated length, which is the check this rule means.
FALSE_RULE = "STREAM-LENGTH"


@pytest.fixture(scope="module")
def paper():
    return pdf_bytes(sample_paper(), DATED)


@pytest.mark.parametrize("profile", ["ua1", "2a"])
@pytest.mark.parametrize("make", [sample_paper, lambda: without_banner(sample_paper("en"))])
def test_the_paper_is_accessible_and_archivable(profile, make, tmp_path):
    file = tmp_path / "paper.pdf"
    file.write_bytes(pdf_bytes(make(), DATED))
    result = page.validate_pdf(str(file), profile=page.ValidationProfile(profile))
    failures = [f for f in result.failures if FALSE_RULE not in f.rule_id]
    assert result.rules.total > 0
    assert [(f.rule_id, f.message) for f in failures] == []
    with pikepdf.open(file) as opened:
        assert opened.check_pdf_syntax() == []


def test_same_paper_same_bytes(paper):
    assert pdf_bytes(sample_paper(), DATED) == paper
    assert pdf_bytes(sample_paper(), date(2026, 11, 24)) != paper


def test_every_font_is_embedded(paper):
    with pikepdf.open(io.BytesIO(paper)) as opened:
        fonts = {
            str(face.BaseFont).partition("+")[2]: face.FontDescriptor
            for sheet in opened.pages
            for font in sheet.Resources.Font.values()
            for face in font.DescendantFonts
        }
        assert all(
            {"/FontFile", "/FontFile2", "/FontFile3"} & set(facts.keys())
            for facts in fonts.values()
        )
    families = {name.partition("-")[0] for name in fonts}
    assert families <= {"SourceSerifPro", "SourceSansPro", "DejaVuSans", "DejaVuSansMono"}


def test_every_page_warns_of_simulated_data_and_says_its_number(paper):
    pages = pdf_pages(paper)
    assert len(pages) == 4
    for number, text in enumerate(pages, start=1):
        assert BANNER in text
        assert f"Halaman {number} dari {len(pages)}" in text
        assert "ksd_toolkit 0.1.0" in text
    assert BANNER not in pdf_text(pdf_bytes(without_banner(sample_paper()), DATED))


def test_labels_follow_the_language_unless_the_paper_has_its_own():
    english = pdf_pages(pdf_bytes(sample_paper("en"), DATED))
    assert "Page 1 of 4" in english[0]
    assert "Figure 1." in " ".join(english)
    own = replace(sample_paper(), labels={"page": "Lembar"})
    assert "Lembar 1 dari 4" in pdf_pages(pdf_bytes(own, DATED))[0]


def test_the_running_head_names_the_section_in_force(paper):
    heads = [text.splitlines()[:3] for text in pdf_pages(paper)]
    assert any("Apa yang ditemukan" in line for line in heads[1])
    assert any("Skala prioritas" in line for line in heads[2])


def test_a_long_table_repeats_its_header_and_splits_no_row():
    columns = (Column("Nomor urut", "right"), Column("Usulan", width=1.0))
    rows = tuple((str(number), f"Baris {number} " + "kata " * 40) for number in range(1, 61))
    document = replace(sample_paper(), blocks=(Table("Enam puluh baris", columns, rows),))
    content = pdf_bytes(document, DATED)
    pages = pdf_pages(content)
    assert len(pages) >= 3
    for text in pages:
        assert "Nomor urut" in text
        for number in map(int, re.findall(r"Baris (\d+) ", text)):
            words = re.search(rf"Baris {number} ((?:kata\s+)+)", text)
            assert len(words.group(1).split()) == 40
    tags = pdf_tags(content)
    assert Counter(tag for tag, _ in tags)["/TR"] == 61
    headers = [facts for tag, facts in tags if tag == "/TH"]
    assert len(headers) == 2
    assert all("Column" in facts["/A"] for facts in headers)


def test_figures_carry_their_words_and_sections_are_bookmarks(paper):
    figures = [facts for tag, facts in pdf_tags(paper) if tag == "/Figure"]
    described = [facts.get("/Alt", "") for facts in figures]
    assert sum(alt.startswith("Diagram") for alt in described) >= 2
    with pikepdf.open(io.BytesIO(paper)) as opened, opened.open_outline() as outline:
        assert [item.title for item in outline.root] == [
            "Ringkasan untuk pimpinan",
            "Apa yang ditemukan",
            "Skala prioritas",
            "Mengapa kerja sama sering tidak berlanjut",
            "Langkah berikut",
        ]


def test_fingerprints_stay_inside_the_page():
    words = Paragraph(runs("0123456789abcdef" * 20))
    cell = Table("Sidik", (Column("a", width=1.0), Column("b", width=4.0)), (("f" * 90, "x"),))
    content = pdf_bytes(replace(sample_paper(), blocks=(words, cell)), DATED)
    text = pdf_text(content)
    assert "0123456789abcdef" * 20 in text
    assert "f" * 90 in text
    with pdf_document(content) as opened:
        width, _ = opened[0].get_size()
        letters = opened[0].get_textpage()
        edges = [letters.get_charbox(at)[2] for at in range(letters.count_chars())]
    assert max(edges) < width - 40


def test_only_safe_links_are_links():
    document = sample_paper()
    assert pdf_links(pdf_bytes(document, DATED)) == [
        "https://peraturan.go.id/id/uu-no-23-tahun-2014"
    ]


def test_a_drawing_that_cannot_be_drawn_is_an_error():
    figure = Figure("Judul", "bukan gambar", alt="Ada.")
    with pytest.raises(RunError, match="PDF"):
        pdf_bytes(replace(sample_paper(), blocks=(figure,)), DATED)


@pytest.mark.parametrize("part", ["text_font", "head_font"])
def test_a_font_the_toolkit_lacks_is_an_error(part):
    style = Style(**{part: "Huruf Yang Tidak Ada"})
    with pytest.raises(RunError, match="Source Serif Pro"):
        pdf_bytes(replace(sample_paper(), style=style), DATED)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_font_an_office_may_choose_prints(family):
    style = Style(text_font=family, head_font=family)
    assert "Apa yang ditemukan" in " ".join(
        pdf_pages(pdf_bytes(replace(sample_paper(), style=style), DATED))
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\uff11\uff12", "12"),
        ("\u6f22", "\ufffd"),
        ("\u2265 \u2192 \U0001f600", "\u2265 \u2192 \U0001f600"),
    ],
)
def test_letters_without_a_glyph_are_replaced(text, shown):
    assert printable(text) == shown


def pdf_document(content):
    import pypdfium2

    return pypdfium2.PdfDocument(content)


def test_everything_on_the_page_was_in_the_paper(paper):
    assert squeezed("Rujukan pasien dan layanan ambulans lintas batas") in pdf_text(paper)
