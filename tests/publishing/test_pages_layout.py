"""What the eye found on printed pages, held: nothing sticks out, nothing is torn apart, all is there."""

import csv
import io
import re
from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest
from formal_paper import COLUMNS, WATERMARK, annex_table, decree
from page_boxes import FOOT, letter_boxes, sizes, words
from readings import pdf_pages, squeezed
from sample_paper import sample_paper

from ksd_toolkit.document import (
    Annex,
    Callout,
    Clause,
    Clauses,
    Column,
    Figure,
    Heading,
    Items,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Particulars,
    Provenance,
    Signatory,
    Signatures,
    Style,
    Table,
    runs,
)
from ksd_toolkit.publishing.pdf import pdf_bytes

DATED = date(2026, 11, 23)


def paper(*blocks, **changes):
    return replace(decree(0), blocks=blocks, **changes)


def printed(document):
    return pdf_bytes(document, DATED)


def endless():
    """Every block with words that have no place to break."""
    return paper(
        Heading(1, runs("W" * 200)),
        Table("T" * 300, (Column("No"), Column("M" * 80, width=1)), (("1", "W" * 500),), "n" * 200),
        KeyFigures((KeyFigure("9" * 60, "W" * 60, "n" * 50),) * 5),
        Callout("C" * 120, (runs("c" * 300),)),
        Particulars((("L" * 80, runs("v" * 300)),)),
        Clauses((Clause("K" * 60, (runs("i" * 300),)),)),
        Signatures((Signatory("S" * 90, "N" * 90, "9" * 80),) * 3, ("D" * 90,)),
        Annex("L" * 80, "T" * 90, ("A" * 90,), landscape=True),
        Paragraph(runs("x" * 400)),
        watermark="R" * 60,
        banner="B" * 300,
        running_foot="F" * 300,
        subtitle="S" * 100,
    )


@pytest.fixture(scope="module")
def sheets():
    return printed(decree())


@pytest.mark.parametrize(
    "document",
    [
        decree(1),
        decree(24, paper="A4", layout="policy"),
        sample_paper(),
        endless(),
        replace(endless(), style=Style()),
        paper(Table("T", tuple(Column(f"Pertanggungjawaban {n}") for n in range(14)), (("Perindustrian",) * 14,))),
    ],
    ids=["formal", "policy", "brief", "endless formal", "endless policy", "fourteen columns"],
)  # fmt: skip
def test_every_letter_stands_inside_its_page(document):
    for (width, height), boxes in letter_boxes(printed(document)):
        assert boxes
        assert min(box[0] for box in boxes) >= 0
        assert min(box[1] for box in boxes) >= 0
        assert max(box[2] for box in boxes) <= width
        assert max(box[3] for box in boxes) <= height


def test_every_word_of_a_table_stands_between_the_margins(sheets):
    margin = 20 * 72 / 25.4
    annex = [page for page, size in zip(words(sheets), sizes(sheets), strict=True) if size[0] > 300]
    assert len(annex) >= 3
    for page in annex:
        body = [w for w in page if w.bottom > FOOT and w.text not in WATERMARK]
        inside = [w for w in body if w.top < (215 - 15) * 72 / 25.4]
        assert min(w.left for w in inside) >= margin - 1
        assert max(w.right for w in inside) <= (330 * 72 / 25.4) - margin + 1


def longest_names(count):
    """The longest real names of offices the toolkit knows."""
    text = (files("ksd_toolkit.knowledge") / "opd_umum.csv").read_text(encoding="utf-8")
    names = {row["opd_nama"] for row in csv.DictReader(io.StringIO(text))}
    return sorted(names, key=lambda name: (-len(name), name))[:count]


@pytest.mark.parametrize("layout", ["formal", "policy"])
def test_no_word_of_the_longest_office_names_is_broken(layout):
    names = longest_names(12)
    rows = tuple(
        (*row[:3], name, *row[4:]) for name, row in zip(names, annex_table(12).rows, strict=True)
    )
    annex = replace(annex_table(0), rows=rows)
    document = paper(
        Annex("L", "Daftar", (), landscape=True), annex, style=Style(layout), watermark=""
    )
    printed_words = {word.text for page in words(printed(document)) for word in page}
    wanted = {part for name in names for part in re.split(r"[\s/]|(?<=-)", name) if part}
    assert wanted <= {part for word in printed_words for part in re.split(r"/|(?<=-)", word)}


@pytest.mark.parametrize(
    ("name", "upright", "lying"),
    [("A4", (210, 297), (297, 210)), ("F4", (215, 330), (330, 215))],
)
def test_paper_and_landscape_annex_have_their_size(name, upright, lying):
    found = sizes(printed(decree(2, paper=name)))
    assert found[0] == found[-1] == upright
    assert lying in found
    assert set(found) == {upright, lying}


def test_the_watermark_and_the_banner_stand_on_every_page(sheets):
    pages = [squeezed(text) for text in pdf_pages(sheets)]
    assert len(pages) >= 6
    for number, text in enumerate(pages, start=1):
        assert WATERMARK in text
        assert "DATACONTOH" in text
        assert f"Halaman{number}dari{len(pages)}" in text
        assert "8c1f0a94e2b7" in text
    assert WATERMARK not in squeezed("".join(pdf_pages(printed(decree(1, watermark="")))))


def test_a_long_annex_repeats_its_header_and_keeps_its_caption(sheets):
    pages = [squeezed(text) for text in pdf_pages(sheets)]
    annex = [text for text, size in zip(pages, sizes(sheets), strict=True) if size[0] > 300]
    assert "Tabel1.Rencanaprogram" in annex[0]
    for text in annex:
        assert all(squeezed(title) in text for title, _, _ in COLUMNS)
        assert "KabupatenHuluSungaiUtara" in text


def test_no_row_is_split_over_two_pages():
    rows = tuple(
        (str(n), f"awal{n} " + "kata " * (n % 17 * 9) + f"akhir{n}") for n in range(1, 121)
    )
    table = Table("Panjang", (Column("No", "right", kind="integer"), Column("Isi", width=1)), rows)
    pages = pdf_pages(printed(paper(Heading(1, runs("Judul")), table)))
    assert len(pages) > 4
    for number in range(1, 121):
        (begun,) = (n for n, text in enumerate(pages) if f"awal{number} " in text)
        assert f"akhir{number}" in pages[begun]


def test_a_row_taller_than_a_page_goes_on_and_loses_nothing():
    tall = " ".join(f"kata{n}" for n in range(2500))
    table = Table("Tinggi", (Column("No"), Column("Isi", width=1)), (("1", tall), ("2", "pendek")))
    pages = pdf_pages(printed(paper(Heading(1, runs("Judul")), table)))
    text = squeezed("".join(pages))
    assert all(f"kata{n}" in text for n in range(2500))
    assert "pendek" in pages[-1]
    # It begins on the page of its heading, not after a white one.
    assert "kata0" in pages[0]
    assert "Judul" in pages[0]


@pytest.mark.parametrize("layout", ["formal", "policy"])
def test_no_heading_stands_last_on_a_page(layout):
    blocks = []
    for n in range(60):
        blocks.append(Heading(1 if n % 3 == 0 else 2, runs(f"Judul{n}")))
        if n % 4 == 0:
            blocks.append(Table("Tabel", (Column("a"),), (("x",),) * (n % 7 + 3)))
        elif n % 4 != 1:
            blocks.append(Paragraph(runs("kata " * (n * 7 % 60 + 4))))
    document = paper(*blocks, Paragraph(runs("Selesai.")), style=Style(layout), watermark="")
    pages = words(printed(document))
    assert len(pages) >= 4
    for page in pages:
        body = [word for word in page if word.bottom > FOOT]
        lowest = min(body, key=lambda word: word.bottom)
        assert not lowest.text.startswith("Judul")


def test_a_heading_may_begin_a_page():
    blocks = (
        Heading(1, runs("Kartu-satu"), new_page=True), Paragraph(runs("isi")),
        Heading(1, runs("Kartu-dua"), new_page=True), Paragraph(runs("isi")),
    )  # fmt: skip
    pages = pdf_pages(printed(paper(*blocks)))
    assert len(pages) == 3
    assert "Kartu-satu" in pages[1]
    assert "Kartu-dua" in pages[2]


@pytest.mark.parametrize(
    ("lang", "texts"),
    [
        ("id", ("4.250,0", "312,75", "5.900", "7,125")),
        ("en", ("4,250.0", "312.75", "5,900", "7.125")),
    ],
)
@pytest.mark.parametrize("align", ["right", "center", "left"])
def test_decimal_signs_stand_below_each_other(lang, texts, align):
    rows = (*((text, "x") for text in texts), ("belum ada", "x"))
    table = Table("Biaya", (Column("Nilai", align, 1, "decimal"), Column("b", width=1)), rows)
    document = replace(paper(Heading(1, runs("A")), table, watermark=""), lang=lang)
    found = [word for page in words(printed(document)) for word in page]
    sign = "," if lang == "id" else "."
    by_text = {word.text: word for word in found}
    signs = [by_text[text].side(text.index(sign))[0] for text in texts if "9" not in text]
    assert max(signs) - min(signs) < 0.1
    # The last 0 of a whole number stands below the last 0 before a decimal sign.
    assert by_text[texts[2]].side(4)[1] == pytest.approx(by_text[texts[0]].side(4)[1], abs=0.1)


def test_numbers_of_one_form_need_no_padding_and_texts_stay_clean():
    table = Table(
        "Biaya", (Column("N", "right", 0, "decimal"),), (("1,50",), ("22,25",), ("3,00",))
    )
    text = "".join(pdf_pages(printed(paper(Heading(1, runs("A")), table))))
    assert all(cell in text for cell in ("1,50", "22,25", "3,00"))


def test_an_empty_cell_of_a_formal_list_leaves_room_to_sign():
    def step(layout, cell):
        rows = (("satu", cell), ("dua", cell))
        table = Table("Hadir", (Column("Nama"), Column("Tanda tangan", width=1)), rows)
        document = paper(Heading(1, runs("A")), table, style=Style(layout), watermark="")
        found = {word.text: word for word in words(printed(document))[0]}
        return (found["satu"].bottom - found["dua"].bottom) * 25.4 / 72

    assert step("formal", "") == pytest.approx(8, abs=0.5)
    assert step("formal", "x") < 6.5
    assert step("policy", "") < 6.5


@pytest.mark.parametrize("rows", [0, 1, 500])
def test_any_number_of_rows_is_printed_whole(rows):
    table = replace(annex_table(rows), source="")
    pages = pdf_pages(printed(paper(Annex("L", "Daftar", (), landscape=True), table)))
    text = squeezed("".join(pages))
    assert text.count("4.250,0") == (rows + 3) // 4
    assert "Tabel1." in text


def test_people_sign_below_each_other_only_when_more_than_three():
    def row_of(document, names):
        found = {w.text: w for page in words(printed(document)) for w in page}
        return [round(found[name].top) for name in names]

    names = ("Ara", "Ana", "Ama", "Asa")
    three = paper(Signatures(tuple(Signatory("Jabatan,", name) for name in names[:3])))
    assert len(set(row_of(three, names[:3]))) == 1
    four = paper(Signatures(tuple(Signatory("Jabatan,", name) for name in names)))
    first, second, third, fourth = row_of(four, names)
    assert first == second > third == fourth


def test_a_signature_block_stays_on_one_page():
    people = tuple(Signatory(f"Kepala{n},", f"Nama{n}") for n in range(6))
    for lines in range(28, 44, 3):
        document = paper(
            *(Paragraph(runs(f"Baris {n}")) for n in range(lines)),
            Signatures(people, ("Ditetapkan di Kandangan",)),
        )
        (page,) = (text for text in pdf_pages(printed(document)) if "Kepala0," in text)
        assert "Ditetapkan" in page
        assert all(f"Nama{n}" in page for n in range(6))


def test_the_date_of_a_formal_paper_stands_once():
    signed = decree(1)
    assert "Kandangan, 23 November 2026" not in pdf_pages(printed(signed))[0]
    letter = paper(Paragraph(runs("Dengan hormat,")))
    assert pdf_pages(printed(letter))[0].count("Kandangan, 23 November 2026") == 1


def test_a_decree_is_titled_in_capitals_around_its_number():
    lines = squeezed(pdf_pages(printed(decree(1)))[0])
    places = [
        lines.index(squeezed(text))
        for text in (
            "KEPUTUSAN BUPATI HULU SUNGAI SELATAN", "NOMOR 100.3.7/", "TENTANG",
            "PENETAPAN RENCANA PROGRAM DAN KEGIATAN KERJA SAMA DAERAH TAHUN 2027",
        )
    ]  # fmt: skip
    assert places == sorted(places)


LONG = " ".join(f"kata{n}" for n in range(1500))


@pytest.mark.parametrize("layout", ["formal", "policy"])
@pytest.mark.parametrize(
    "block",
    [
        Callout("Panjang", tuple(runs(f"kata{n}") for n in range(1500)), listed=True),
        Callout("Panjang", (runs(LONG),)),
        KeyFigures(tuple(KeyFigure(f"kata{n}", "label") for n in range(1500))),
        Particulars((("Nama", runs(LONG)), ("b", runs("c")))),
        Clauses((Clause("KESATU", (runs(LONG),)), Clause("KEDUA", (runs("x"),)))),
        Figure(
            "Gambar",
            "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='30'/>",
            "G.",
            source=LONG,
        ),
        Signatures(tuple(Signatory(f"kata{n}", "Nama") for n in range(1500))),
    ],
    ids=["lines", "callout", "figures", "particulars", "clauses", "drawing", "signatures"],
)
def test_what_is_longer_than_a_page_goes_on_and_loses_nothing(block, layout):
    content = printed(paper(block, style=Style(layout), watermark=""))
    text = squeezed("".join(pdf_pages(content)))
    assert all(f"kata{n}" in text for n in range(0, 1500, 7))
    assert "kata1499" in text
    body = [word for page in words(content) for word in page if word.text.startswith("kata")]
    assert min(word.bottom for word in body) > FOOT


def test_a_subtitle_that_says_about_what_stands_below_its_word():
    document = paper(title="Berita Acara", subtitle="tentang Rapat Pleno", watermark="")
    (page,) = words(printed(document))
    tops = {word.text: round(word.top) for word in page}
    assert tops["ACARA"] > tops["TENTANG"] > tops["PLENO"]


def test_a_heading_in_capitals_stands_in_the_middle_of_a_formal_paper():
    blocks = (Heading(1, runs("MEMUTUSKAN:")), Heading(1, runs("Keterangan")), Paragraph(runs("x")))
    (page,) = words(printed(paper(*blocks, watermark="")))
    found = {word.text: word for word in page}
    text_middle = (27 + (215 - 22)) / 2 * 72 / 25.4
    centre = found["MEMUTUSKAN:"]
    assert (centre.left + centre.right) / 2 == pytest.approx(text_middle, abs=1)
    assert found["Keterangan"].left == pytest.approx(27 * 72 / 25.4, abs=1)


def test_a_stamp_that_stands_at_the_foot_of_every_page_is_not_printed_twice():
    line = "contoh/2026 ksd_toolkit"
    same = printed(paper(Paragraph(runs("Isi")), Provenance(line), running_foot=line))
    assert squeezed("".join(pdf_pages(same))).count(squeezed(line)) == 1
    rows = (("usulan.csv", "f" * 64, "3"),)
    listed = printed(paper(Paragraph(runs("Isi")), Provenance(line, rows), running_foot=line))
    assert squeezed("".join(pdf_pages(listed))).count(squeezed(line)) == 2
    alone = printed(paper(Paragraph(runs("Isi")), Provenance(line)))
    assert squeezed(line) in squeezed("".join(pdf_pages(alone)))


@pytest.mark.parametrize("layout", ["formal", "policy"])
def test_a_line_that_announces_a_table_is_never_left_behind(layout):
    shown = replace(annex_table(9), caption="Daftar")
    for lines in range(22, 40, 3):
        document = paper(
            *(Paragraph(runs(f"Baris {n}")) for n in range(lines)),
            Paragraph(runs("Usulannya ialah:")),
            shown,
            style=Style(layout),
            watermark="",
        )
        (page,) = (text for text in pdf_pages(printed(document)) if "Usulannya ialah:" in text)
        assert "Tabel 1." in page


@pytest.mark.parametrize("layout", ["formal", "policy"])
def test_what_closes_a_paper_never_stands_alone_on_its_last_page(layout):
    ended = 0
    for lines in range(20, 44):
        document = paper(
            *(Paragraph(runs(f"Baris {n}")) for n in range(lines)),
            Items((runs("Rujukan pertama"), runs("Rujukan kedua"))),
            Paragraph(runs("Naskah ini dibuat dari tiga berkas. " * 4)),
            Provenance("contoh/2026"),
            style=Style(layout), watermark="", running_foot="contoh/2026",
        )  # fmt: skip
        *_, last = pdf_pages(printed(document))
        ended += "Baris" not in last
        assert "Rujukan pertama" in last
    assert ended  # in some of them the end has a page of its own


def test_the_first_card_follows_a_few_lines_at_the_top_of_a_page_and_no_more_than_those():
    card = Heading(2, runs("Kartu-satu"), new_page=True)
    few = (Heading(1, runs("Kartu")), Paragraph(runs("Satu halaman per usulan.")), card)
    for lines in range(8, 60, 4):
        before = [Paragraph(runs(f"Baris {n}")) for n in range(lines)]
        pages = pdf_pages(
            printed(paper(*before, *few, Paragraph(runs("isi")), style=Style("policy")))
        )
        (page,) = (text for text in pages if "Kartu-satu" in text)
        (opening,) = (text for text in pages if "Satu halaman per usulan." in text)
        assert page == opening or len(opening.split()) > 15
        assert page != opening or page.count("Baris") < 8
