import io
import socket
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from hostile_texts import OWN, SHARED, shared_texts
from readings import squeezed
from word_readings import WordFile

from ksd_toolkit.display.hostile import legible
from ksd_toolkit.document import (
    Annex,
    Callout,
    Clause,
    Clauses,
    Column,
    Document,
    Figure,
    Heading,
    Items,
    KeyFigure,
    KeyFigures,
    Letterhead,
    Paragraph,
    Particulars,
    Provenance,
    References,
    Run,
    Signatory,
    Signatures,
    Table,
    runs,
)
from ksd_toolkit.publishing.annex_workbook import annex_workbook
from ksd_toolkit.publishing.docx import docx_bytes

DATED = date(2026, 11, 23)
SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
PLACES = 24  # a text stands at least so often in the paper below
OWN_CODES = {"PAGE", "NUMPAGES", "SEQ Tabel \\* ARABIC", "SEQ Gambar \\* ARABIC"}
INSIDE = {
    "styles", "settings", "fontTable", "numbering", "footnotes", "header", "footer", "image",
    "officeDocument", "core-properties",
}  # fmt: skip


@pytest.fixture
def offline(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("a writer opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def blocks_of(text):
    noted = (Run(text, href=text, footnote=text, cites=text), Run(text, "code"))
    return (
        Heading(1, runs(text), anchor=text),
        Paragraph(noted),
        Items((runs(text),), "letter"),
        Table(text, (Column(text, kind="decimal"),), ((text,),), text, source=text),
        Figure(text, SVG, text or "-", text, source=text),
        Callout(text, (runs(text),)),
        KeyFigures((KeyFigure(text, text, text),)),
        Particulars(((text, runs(text)),)),
        Clauses((Clause(text, (runs(text),)),)),
        Signatures((Signatory(text, text, text),), (text,)),
        Provenance(text, ((text, text, text),)),
        References(),
        Annex(text, text, (text,)),
    )


def paper_of(text):
    return Document(
        text, text, "id", Letterhead(text, text, (text,)), text, blocks_of(text), banner=text,
        running_foot=text, keywords=(text,), labels={"page": text, "of": text}, watermark=text,
        contents=True,
    )  # fmt: skip


def check_word(text):
    file = WordFile(docx_bytes(paper_of(text), DATED))
    shown = squeezed(legible(text))
    assert file.text.count(shown) >= PLACES
    codes = {
        code for code in file.codes() if not code.startswith(("PAGEREF _Toc", 'TOC \\o "1-2"'))
    }
    assert codes == OWN_CODES
    outside = [target for kind, target, mode in file.relations() if mode == "External"]
    assert all(target == text and target.startswith("http") for target in outside)
    kinds = {kind for kind, _, mode in file.relations() if mode != "External"}
    assert kinds <= INSIDE


def check_workbook(text):
    document = paper_of(text)
    content = annex_workbook(document, DATED)
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    targets = [cell.hyperlink.target for cell in cells if cell.hyperlink]
    assert [target for target in targets if target] == []
    texts = [squeezed(str(cell.value)) for cell in cells if cell.value is not None]
    assert sum(squeezed(legible(text)) in found for found in texts) >= 6


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize("text", OWN)
def test_a_hostile_text_stays_a_text(text):
    check_word(text)
    check_workbook(text)


@pytest.mark.usefixtures("offline")
@pytest.mark.skipif(not SHARED.is_file(), reason="shared/payloads.json is not at hand")
@pytest.mark.parametrize("kind", sorted(shared_texts()))
def test_the_shared_set_stays_text(kind):
    for text in shared_texts()[kind]:
        check_word(text)
        check_workbook(text)


def test_letters_xml_does_not_allow_are_replaced_not_dropped():
    text = "a\x00b\x0bc\ud800d\ufffee"
    file = WordFile(docx_bytes(replace(paper_of("x"), subtitle=text), DATED))
    assert legible(text) == "a b c\ufffdd\ufffde"
    assert "abc\ufffdd\ufffde" in file.text
