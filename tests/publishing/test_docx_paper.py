import re
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pytest
from formal_paper import decree
from sample_paper import sample_paper
from word_readings import W, WordFile, text_of

from ksd_toolkit.document import (
    Annex,
    Column,
    Document,
    Figure,
    Heading,
    Items,
    Letterhead,
    Paragraph,
    Run,
    Style,
    Table,
    plain_text,
    refer,
    runs,
)
from ksd_toolkit.errors import RunError
from ksd_toolkit.publishing.docx import docx_bytes

DATED = date(2026, 11, 23)
SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='30'><rect width='9' height='9'/></svg>"


def paper(*blocks, **facts):
    return Document(
        "Judul", "", "id", Letterhead("Pemerintah", "Unit"), "Kandangan", blocks, **facts
    )


def word(*blocks, **facts):
    return WordFile(docx_bytes(paper(*blocks, **facts), DATED))


@pytest.fixture(scope="module")
def brief():
    return docx_bytes(replace(sample_paper(), contents=True), DATED)


@pytest.fixture(scope="module")
def formal():
    return docx_bytes(decree(), DATED)


def test_the_same_paper_gives_the_same_bytes(brief, formal):
    assert docx_bytes(replace(sample_paper(), contents=True), DATED) == brief
    assert docx_bytes(decree(), DATED) == formal


def test_no_clock_and_no_name_enters_the_file(brief):
    with zipfile.ZipFile(BytesIO(brief)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    facts = docx.Document(BytesIO(brief)).core_properties
    assert (facts.title, facts.author) == (sample_paper().title, "Sekretariat Daerah")
    assert facts.last_modified_by == "Sekretariat Daerah"
    assert {facts.created.date(), facts.modified.date(), facts.last_printed.date()} == {DATED}
    assert facts.language == "id-ID"
    assert b"python" not in WordFile(brief).parts["docProps/core.xml"]


def test_headings_are_headings_and_the_contents_lead_to_them(brief):
    file = WordFile(brief)
    wanted = [
        (block.level, plain_text(block.text))
        for block in sample_paper().blocks
        if isinstance(block, Heading)
    ]
    assert file.headings() == wanted
    entries = [one for one in file.body.iter(f"{W}hyperlink") if one.get(f"{W}history")]
    assert [text_of(one) for one in entries] == [text for _, text in wanted]
    places = {one.get(f"{W}name") for one in file.body.iter(f"{W}bookmarkStart")}
    assert all(one.get(f"{W}anchor") in places for one in entries)


def test_no_program_asks_to_renew_fields_on_opening(brief):
    file = WordFile(brief)
    assert b"updateFields" not in file.parts["word/settings.xml"]
    assert b"dirty" not in file.parts["word/document.xml"]
    assert set(file.codes()) - {code for code in file.codes() if code.startswith("PAGEREF ")} == {
        'TOC \\o "1-2" \\h \\z \\u', "SEQ Tabel \\* ARABIC", "SEQ Gambar \\* ARABIC", "PAGE", "NUMPAGES",
    }  # fmt: skip


def test_a_table_repeats_its_header_and_keeps_its_rows_whole(formal):
    table = next(one for one in WordFile(formal).body.iter(f"{W}tbl") if one.find(f".//{W}tblHeader") is not None)  # fmt: skip
    rows = list(table.iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * 24
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    assert table.find(f"{W}tblPr/{W}tblLook").get(f"{W}firstRow") == "1"
    assert table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val").startswith("Rencana program")


def kept_rows(table):
    """Of the rows of answers: how many hold on to the next one."""
    captioned = next(
        one
        for one in word(table).body.iter(f"{W}tbl")
        if one.find(f"{W}tblPr/{W}tblCaption") is not None
    )
    rows = captioned.findall(f"{W}tr")[1:]
    return sum(row.find(f".//{W}keepNext") is not None for row in rows)


def test_a_short_table_stays_whole_unless_it_would_leave_a_page_empty():
    columns = (Column("Usulan", width=1), Column("Dokumen", width=1))
    low, tall = ("Rujukan", "Naskah"), ("Rujukan", "Dokumen kesepakatan yang mengikat. " * 24)
    assert kept_rows(Table("Rencana", columns, (low,) * 6)) == 5
    assert kept_rows(Table("Rencana", columns, (low,) * 9)) == 0
    assert kept_rows(Table("Rencana", columns, (tall,) * 6)) == 0


def test_no_column_is_narrower_than_a_number_needs(brief, formal):
    for content in (brief, formal):
        for grid in WordFile(content).body.iter(f"{W}tbl"):
            if grid.find(f".//{W}tblHeader") is not None:
                widths = [int(one.get(f"{W}w")) for one in grid.iter(f"{W}gridCol")]
                assert min(widths) >= 680  # 12 mm


def test_decimal_signs_stand_below_each_other():
    column = Column("Nilai", "right", kind="decimal")
    file = word(Table("T", (column,), (("9",), ("6,2",), ("12,25",), ("belum",))))
    rows = list(file.body.iter(f"{W}tr"))[-4:]
    indents = [row.find(f".//{W}ind") for row in rows]
    right = [0 if one is None else int(one.get(f"{W}right")) for one in indents]
    assert right[0] > right[1] > right[2] == right[3] == 0


def test_every_list_begins_with_its_first_number():
    lists = (Items((runs("a"), runs("b")), "number"), Items((runs("c"),), "number"))
    file = word(lists[0], Paragraph(runs("lalu")), lists[1])
    numbers = [one.get(f"{W}val") for one in file.body.iter(f"{W}numId")]
    assert numbers[0] == numbers[1] != numbers[2]
    held = file.xml("word/numbering.xml")
    starts = {
        one.get(f"{W}numId"): one.find(f"{W}lvlOverride/{W}startOverride").get(f"{W}val")
        for one in held.iter(f"{W}num")
    }
    assert {starts[number] for number in numbers} == {"1"}


def test_footnotes_are_notes_of_the_word_processor():
    noted = (Run("Dasar", footnote="Pasal 5 PP 28/2018", cites="a"), Run(" dan", footnote="Lain"))
    file = word(Heading(1, (Run("Bagian", footnote="Catatan judul"),)), Paragraph(noted))
    assert file.footnotes() == ["Catatan judul", "Pasal 5 PP 28/2018", "Lain"]
    kinds = [one.get(f"{W}type") for one in file.xml("word/footnotes.xml")]
    assert kinds == ["separator", "continuationSeparator", None, None, None]
    assert ("footnotes", "footnotes.xml", None) in file.relations()


def test_a_paper_without_notes_has_no_part_for_them():
    assert "word/footnotes.xml" not in word(Paragraph(runs("a"))).parts


def test_a_cross_reference_leads_to_its_table():
    table = Table("Biaya", (Column("A"),), (("1",),), anchor="biaya")
    file = word(Paragraph(runs("Lihat ", refer("biaya"), ".")), table)
    link = file.body.find(f".//{W}hyperlink")
    assert text_of(link) == "Tabel\u00a01"
    marks = {one.get(f"{W}name"): one for one in file.body.iter(f"{W}bookmarkStart")}
    caption = marks[link.get(f"{W}anchor")].getparent()
    assert text_of(caption) == "Tabel\u00a01. Biaya"


def test_a_drawing_comes_as_drawing_and_as_picture():
    file = word(Figure("Grafik", SVG, "Batang naik.", "Dari 1 ke 3."))
    body = file.parts["word/document.xml"].decode()
    assert 'descr="Batang naik. Dari 1 ke 3."' in body
    assert "svgBlip" in body
    media = sorted(name for name in file.parts if name.startswith("word/media"))
    assert media == ["word/media/gambar1.png", "word/media/gambar2.png", "word/media/gambar2.svg"]
    assert file.parts["word/media/gambar2.svg"] == SVG.encode()
    assert b"image/svg+xml" in file.parts["[Content_Types].xml"]


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>", "<rect onload='a()'/>",
        "<style>@import url(http://127.0.0.1:9/x)</style>", "<foreignObject/>",
    ],
)  # fmt: skip
def test_a_drawing_that_would_do_something_comes_as_picture_only(inside):
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{inside}</svg>"
    parts = word(Figure("Grafik", svg, "a")).parts
    assert [name for name in parts if name.endswith(".svg")] == []
    assert "word/media/gambar2.png" in parts


@pytest.mark.parametrize("inside", ["<", "<image href='http://127.0.0.1:9/x'/>", "<image href='file:///etc/x'/>"])  # fmt: skip
def test_a_drawing_that_is_broken_or_loads_a_file_is_refused_with_a_sentence(inside):
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{inside}</svg>"
    with pytest.raises(RunError, match="gambar"):
        word(Figure("Grafik", svg, "a"))


def test_an_annex_turns_its_page_and_the_next_one_turns_back(formal):
    sizes = list(WordFile(formal).body.iter(f"{W}pgSz"))
    assert [one.get(f"{W}orient") for one in sizes] == [None, "landscape", None]
    assert [one.get(f"{W}w") for one in sizes] == ["12189", "18709", "12189"]  # F4: 215 x 330 mm
    kept = [bool(one.getparent().findall(f"{W}headerReference")) for one in sizes]
    assert kept == [True, False, False]  # the others go on with the first


def test_every_page_says_what_it_must(brief, formal):
    for content, marked in ((brief, False), (formal, True)):
        file = WordFile(content)
        for name in file.parts:
            if "ksd-header" in name:
                assert "DATA CONTOH" in text_of(file.xml(name))
                assert (b'string="RANCANGAN"' in file.parts[name]) == marked
            if "ksd-footer" in name:
                assert text_of(file.xml(name)).startswith("hulu-sungai-selatan/2026")


def test_who_signs_stands_beside_the_others_and_a_blank_name_is_a_line(formal):
    file = WordFile(formal)
    cells = [text_of(cell) for cell in file.body.iter(f"{W}tc")]
    assert "H. Contoh, M.Si.NIP 1" in cells
    assert sum(set(cell) == {"\u2026"} for cell in cells) == 4
    assert "Tempat tanda tangan elektronik" in cells


def test_the_language_is_that_of_the_paper():
    for lang, code in (("id", "id-ID"), ("en", "en-GB")):
        content = docx_bytes(replace(paper(Heading(1, runs("A"))), lang=lang), DATED)
        styles = WordFile(content).xml("word/styles.xml")
        assert styles.find(f"{W}docDefaults//{W}lang").get(f"{W}val") == code


def test_a_theme_gives_its_colours_and_fonts():
    style = Style(colours=(("teal", "#123456"), ("accent", "url(x)")), head_font="Libertinus Serif")
    styles = word(Heading(1, runs("A")), style=style).parts["word/styles.xml"].decode()
    assert 'w:val="123456"' in styles
    assert "Libertinus Serif" in styles
    assert "url" not in styles


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("layout", ["policy", "formal"])
@pytest.mark.parametrize("rows", [0, 1, 60])
def test_papers_of_any_length_open(lang, layout, rows):
    document = replace(decree(rows=rows, layout=layout, paper="A4"), lang=lang)
    opened = docx.Document(BytesIO(docx_bytes(document, DATED)))
    assert max(len(table.rows) for table in opened.tables) >= rows + 1


def test_an_empty_paper_opens():
    empty = Document("", "", "id", Letterhead("", ""), "", (), contents=True)
    opened = docx.Document(BytesIO(docx_bytes(empty, DATED)))
    assert len(opened.sections) == 1
    annexed = replace(empty, blocks=(Annex("Lampiran", ""),))
    assert len(docx.Document(BytesIO(docx_bytes(annexed, DATED))).sections) == 2


def test_identifiers_of_drawings_and_places_are_used_once(brief, formal):
    for content in (brief, formal):
        body = WordFile(content).parts["word/document.xml"].decode()
        for pattern in (r'<w:bookmarkStart w:id="(\d+)"', r'<wp:docPr id="(\d+)"'):
            found = re.findall(pattern, body)
            assert len(found) == len(set(found))
