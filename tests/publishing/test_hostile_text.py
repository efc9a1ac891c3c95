import socket
from dataclasses import replace
from datetime import date

import pytest
from hostile_texts import OWN, SHARED, shared_texts
from readings import Page, pdf_links, pdf_text, squeezed

from ksd_toolkit.display.hostile import legible
from ksd_toolkit.document import (
    Callout,
    Column,
    Document,
    Figure,
    Heading,
    Items,
    KeyFigure,
    KeyFigures,
    Letterhead,
    Paragraph,
    Provenance,
    Run,
    Table,
    runs,
)
from ksd_toolkit.publishing.html import html_text
from ksd_toolkit.publishing.pdf import pdf_bytes, printable

DATED = date(2026, 11, 23)
SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"


@pytest.fixture
def offline(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("a writer opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def paper_of(texts):
    """A paper that holds every text in every place a text can stand."""
    blocks = (Heading(1, runs("Bagian")),)
    for text in texts:
        blocks += (
            Heading(2, runs(text)),
            Paragraph((Run(text, href=text), Run(text, "code"))),
            Items((runs(text),), "letter"),
            Table(text, (Column(text),), ((text,),), text),
            Figure(text, SVG, text or "-", text),
            Callout(text, (runs(text),)),
            KeyFigures((KeyFigure(text, text, text),)),
            Provenance(text, ((text, text, text),)),
        )
    return Document(
        "Judul", "", "id", Letterhead(texts[0], texts[0]), texts[0], blocks, banner=texts[0],
        running_foot=texts[0], keywords=(texts[0],),
    )  # fmt: skip


def check(texts):
    document = paper_of(texts)
    page = Page(html_text(document))
    content = pdf_bytes(document, DATED)
    in_pdf = pdf_text(content)
    for text in texts:
        assert page.text.count(squeezed(legible(text))) >= 12
        assert squeezed(printable(text)) in in_pdf
    assert {tag for tag, _ in page.elements}.isdisjoint({"script", "iframe", "svg", "object", "b"})
    for _, attrs in page.elements:
        assert not any(name.startswith("on") for name in attrs)
        assert attrs.get("src", "data:image/svg").startswith("data:image/svg")
    addresses = [a["href"] for a in page.of("a")] + pdf_links(content)
    assert all(a.startswith(("#", "http://127.0.0.1:9/x")) for a in addresses)


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize("text", OWN)
def test_a_hostile_text_stays_a_text(text):
    check([text])


@pytest.mark.usefixtures("offline")
@pytest.mark.skipif(not SHARED.is_file(), reason="shared/payloads.json is not at hand")
@pytest.mark.parametrize("kind", sorted(shared_texts()))
def test_the_shared_set_stays_text(kind):
    check(shared_texts()[kind])


def test_a_hostile_title_stays_a_title():
    for text in OWN:
        if not squeezed(printable(text)):
            continue
        document = replace(paper_of(["x"]), title=text, subtitle=text)
        assert squeezed(printable(text)) in pdf_text(pdf_bytes(document, DATED))
        assert squeezed(legible(text)) in Page(html_text(document)).text
