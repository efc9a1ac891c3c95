from datetime import date

import pytest
from readings import Page, pdf_text, squeezed, workbook
from sample_paper import sample_paper

from ksd_toolkit.display import html_fragment
from ksd_toolkit.document import Callout, Figure, Heading, KeyFigures, Table, plain_text
from ksd_toolkit.publishing.html import html_text
from ksd_toolkit.publishing.pdf import pdf_bytes
from ksd_toolkit.publishing.xlsx import Sheet, SheetColumn, workbook_bytes

DATED = date(2026, 11, 23)


def facts(document):
    """Headings, captions, cells and numbers: what no writer may lose."""
    for block in document.blocks:
        match block:
            case Heading():
                yield plain_text(block.text)
            case Table():
                yield block.caption
                yield from (column.title for column in block.columns)
                yield from (cell for row in block.rows for cell in row)
            case Figure():
                yield block.caption
            case Callout():
                yield from map(plain_text, block.lines)
            case KeyFigures():
                yield from (figure.value for figure in block.figures)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_writer_prints_every_fact(lang):
    document = sample_paper(lang)
    readings = {
        "pdf": pdf_text(pdf_bytes(document, DATED)),
        "page": Page(html_text(document)).text,
        "notebook": Page(html_fragment(document.blocks, lang)).text,
    }
    for fact in facts(document):
        for writer, text in readings.items():
            assert squeezed(fact) in text, (writer, fact)


def test_the_workbook_prints_every_cell():
    table = next(block for block in sample_paper().blocks if isinstance(block, Table))
    columns = tuple(SheetColumn(column.title) for column in table.columns)
    content = workbook_bytes(
        "Buku", (), (Sheet("t", table.caption, columns, table.rows),), "", DATED
    )
    cells = {cell.value for row in workbook(content)["t"] for cell in row}
    assert {cell for row in table.rows for cell in row} <= cells
    assert table.caption in cells
