"""PDF, page, Word file and workbook of one paper say the same: headings, tables, numbers, notes, names."""

import dataclasses
import io
import re
import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from formal_paper import decree
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from lxml import html
from readings import Page, pdf_pages, squeezed
from sample_paper import sample_paper
from word_readings import WordFile

from ksd_toolkit.display import html_fragment
from ksd_toolkit.display.hostile import legible
from ksd_toolkit.document import (
    Annex,
    Callout,
    Clauses,
    Document,
    Figure,
    Heading,
    KeyFigures,
    Letterhead,
    Particulars,
    Provenance,
    RegionMap,
    Signatures,
    Table,
    plain_text,
    runs,
)
from ksd_toolkit.publishing.annex_workbook import annex_workbook, parsed
from ksd_toolkit.publishing.docx import docx_bytes
from ksd_toolkit.publishing.html import html_text
from ksd_toolkit.publishing.numbering import runs_of, settled
from ksd_toolkit.publishing.pdf import pdf_bytes, printable

sys.path.insert(0, str(Path(__file__).parents[1] / "display"))
from block_strategies import BLOCKS

DATED = date(2026, 11, 23)
SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
NUMBER = re.compile(r"\d[\d.,]*")


def bare(text):
    """Text without spaces and without the hyphens a line may end in."""
    return squeezed(text).replace("-", "").replace("\u00ad", "").casefold()


# --- what the paper says ------------------------------------------------------------------------


def headings(document):
    for block in document.blocks:
        if isinstance(block, Heading):
            yield block.level, plain_text(block.text)
        elif isinstance(block, Annex):
            yield 1, f"{block.label}. {block.title}"


def tables(document):
    return [
        [[column.title for column in block.columns], *map(list, block.rows)]
        for block in document.blocks
        if isinstance(block, Table)
    ]


def footnotes(document):
    """What is noted, each text once."""
    return list(
        dict.fromkeys(run.footnote for b in document.blocks for run in runs_of(b) if run.footnote)
    )


def words(document):
    """Every other text no writer may lose, each stretch of a line on its own."""
    yield from document.title.split()  # a formal title is set in parts
    yield from (document.subtitle, document.running_foot)
    for block in document.blocks:
        yield from (run.text for run in runs_of(block))
        match block:
            case Table():
                yield from (block.caption, block.note, block.source)
            case Figure():
                yield from (block.caption, block.source)
            case Callout():
                yield block.title
            case KeyFigures():
                for one in block.figures:
                    yield from (one.value, one.label, one.note)
            case Particulars():
                yield from (name for name, _ in block.entries)
            case Clauses():
                yield from (clause.label for clause in block.entries)
            case Signatures():
                yield from block.dated
                for person in block.people:
                    yield from (person.capacity, person.name, person.number)
            case Annex():
                yield from (block.label, block.title, *block.about)


def in_two(told, text):
    """Whether a text is there, whole or parted once by the end of a page."""
    if told in text:
        return True
    return any(told[:cut] in text and told[cut:] in text for cut in range(1, len(told)))


# --- what a reader finds ------------------------------------------------------------------------


def page_reading(document):
    """Text, headings and tables of the page; the marks of its notes left out."""
    page = html.fromstring(html_text(document))
    for line in page.xpath("//sup | //script | //style"):
        line.drop_tree()
    found = [(int(one.tag[1]) - 1, one.text_content()) for one in page.xpath("//h2|//h3|//h4")]
    of_data = "//table[contains(@class, 'ksd-table')][not(ancestor::details)][not(ancestor::section[contains(@class, 'ksd-provenance')])]"
    grids = [
        [[cell.text_content() for cell in row.xpath("./th|./td")] for row in table.xpath(".//tr")]
        for table in page.xpath(of_data)
    ]
    return bare(page.text_content()), found, grids


def word_reading(document, file):
    """Headings and tables; the label of an annex stands in a paragraph of its own before its title."""
    labels = iter(block.label for block in document.blocks if isinstance(block, Annex))
    annexes = [block for block in document.blocks if isinstance(block, Heading | Annex)]
    found = [
        (level, f"{next(labels)}. {text}" if isinstance(block, Annex) else text)
        for block, (level, text) in zip(annexes, file.headings(), strict=True)
    ]
    # The trail of the data is a table as well, but none of the paper's.
    grids = [
        block
        for block in document.blocks
        if isinstance(block, Table) or (isinstance(block, Provenance) and block.rows)
    ]
    read = zip(grids, file.tables(), strict=True)
    return found, [grid for block, grid in read if isinstance(block, Table)]


def check_headings_and_tables(document, *readings):
    wanted = [(level, squeezed(legible(text))) for level, text in headings(document)]
    grids = [
        [[squeezed(legible(cell)) for cell in row] for row in grid] for grid in tables(document)
    ]
    for found, read in readings:
        assert [(level, squeezed(text)) for level, text in found] == wanted
        assert [[list(map(squeezed, row)) for row in grid] for grid in read] == grids


def check_pdf(document):
    content = pdf_bytes(document, DATED)
    with pypdfium2.PdfDocument(content) as pdf:
        marks = [(mark.level + 1, squeezed(mark.get_title())) for mark in pdf.get_toc()]
    shown = [(level, squeezed(printable(text))) for level, text in headings(document)]
    assert marks == shown
    text = bare("".join(pdf_pages(content)))
    for grid in tables(document):
        place = text.find(bare(printable(grid[0][0])))
        for cell in (cell for row in grid for cell in row):
            place = text.find(bare(printable(cell)), place)
            assert place >= 0, cell
    for told in (*words(document), *footnotes(document)):
        assert in_two(bare(printable(told)), text), told
    return text


def check(document):
    """Every writer says what the paper says, and as often."""
    document = settled(document)
    file = WordFile(docx_bytes(document, DATED))
    page, *of_page = page_reading(document)
    check_headings_and_tables(document, of_page, word_reading(document, file))
    readings = {"word": bare(file.text), "page": page}
    for told in (*words(document), *footnotes(document)):
        for writer, text in readings.items():
            assert bare(legible(told)) in text, (writer, told)
    assert set(map(squeezed, file.footnotes())) == {
        squeezed(legible(note)) for note in footnotes(document)
    }
    readings["pdf"] = check_pdf(document)
    numbers = Counter(found for told in words(document) for found in NUMBER.findall(told))
    for number, times in numbers.items():
        for writer, text in readings.items():
            assert text.count(bare(number)) >= times, (writer, number)
    check_workbook(document)


def check_workbook(document):
    content = annex_workbook(document, DATED)
    grids = [block for block in document.blocks if isinstance(block, Table) and block.columns]
    if content is None:
        assert grids == []
        return
    sheets = openpyxl.load_workbook(io.BytesIO(content)).worksheets[2:]
    for table, sheet in zip(grids, sheets, strict=True):
        first = 4 if document.banner else 3
        read = list(sheet.iter_rows(first, first + len(table.rows), values_only=True))
        assert [squeezed(title or "") for title in read[0]] == [
            squeezed(legible(column.title)) for column in table.columns
        ]
        for row, cells in zip(table.rows, read[1:], strict=True):
            for column, text, cell in zip(table.columns, row, cells, strict=True):
                if isinstance(cell, int | float):
                    assert cell == parsed(text, column.kind, document.lang)
                else:
                    assert squeezed(cell or "") == squeezed(legible(text))


# --- papers -------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["id", "en"])
def test_writers_agree_on_a_brief(lang):
    check(replace(sample_paper(lang), contents=True))


@pytest.mark.parametrize("lang", ["id", "en"])
def test_writers_agree_on_a_decree(lang):
    check(replace(decree(rows=3), lang=lang))


@pytest.mark.parametrize("rows", [0, 1, 40])
def test_writers_agree_on_tables_of_any_length(rows):
    check(decree(rows=rows, layout="policy", paper="A4"))


def test_the_notebook_shows_what_the_page_prints():
    document = sample_paper()
    shown = Page(html_fragment(document.blocks)).text
    for told in list(words(document.with_blocks(document.blocks))):
        if told in (*document.title.split(), document.subtitle, document.running_foot):
            continue
        assert squeezed(told) in shown, told


# --- any paper ----------------------------------------------------------------------------------

LETTERS = st.text(st.sampled_from("aBz 09.,=+<>&{}[]#$%*_/\\'\"@:;|~^`"), max_size=12)


def cleaned(value, texts):
    """A block whose free texts are replaced by ones every font has, whatever shape it has."""
    if isinstance(value, tuple):
        return tuple(cleaned(part, texts) for part in value)
    if isinstance(value, str):
        return texts(value)
    if not dataclasses.is_dataclass(value):
        return value
    kept = {"kind", "emphasis", "href", "marker", "tone", "align", "svg", "refers", "look", "path"}
    return replace(
        value,
        **{
            one.name: cleaned(getattr(value, one.name), texts)
            for one in dataclasses.fields(value)
            if one.name not in kept and getattr(value, one.name) != ""
        },
    )


def fit_for_print(blocks, texts):
    """Blocks as a notebook leaves them: no level skipped, every drawing told about."""
    above = 0
    for block in blocks:
        clean = block if isinstance(block, RegionMap) else cleaned(block, texts)
        if isinstance(clean, Heading):
            above = min(clean.level, above + 1)
            blank = not plain_text(clean.text).strip()
            yield replace(clean, level=above, text=runs("Bagian") if blank else clean.text)
        elif isinstance(clean, Figure):
            yield replace(clean, svg=SVG, alt=clean.alt.strip() or "gambar")
        elif not isinstance(clean, RegionMap):
            above = 1 if isinstance(clean, Annex) else above
            yield clean


# Making four files takes long; the paper that fails is short enough as it is.
@settings(max_examples=8, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.data())
def test_writers_agree_on_any_paper(data):
    drawn = data.draw(st.lists(BLOCKS, max_size=6))
    pool = data.draw(st.lists(LETTERS.filter(str.strip), min_size=4, max_size=4))
    blocks = tuple(fit_for_print(drawn, lambda text: pool[len(text) % 4]))
    head = Letterhead("Pemerintah", "Unit")
    layout = data.draw(st.sampled_from(["policy", "formal"]))
    paper = Document("Judul", "Anak judul", "id", head, "Kandangan", blocks)
    check(replace(paper, style=replace(paper.style, layout=layout)))
