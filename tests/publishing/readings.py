"""What a reader finds in a finished file: the text of a PDF, a page or a workbook."""

import io
import re
from html.parser import HTMLParser

import openpyxl
import pikepdf
import pypdfium2


def pdf_pages(content):
    """The text of each page."""
    with pypdfium2.PdfDocument(content) as pdf:
        texts = [page.get_textpage().get_text_range() for page in pdf]
    # PDFium reports a hyphen at the end of a line as U+FFFE.
    return [text.replace("\ufffe", "-") for text in texts]


def squeezed(text):
    """Text without spaces, so that line breaks do not matter."""
    return re.sub(r"\s+", "", text)


def pdf_text(content):
    return squeezed("".join(pdf_pages(content)))


def pdf_links(content):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [
            str(note.A.URI)
            for page in pdf.pages
            for note in page.get("/Annots", [])
            if "/URI" in note.get("/A", {})
        ]


def pdf_tags(content):
    """The structure elements of a PDF in reading order, each as (tag, dictionary)."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [(str(node.S), _facts(node)) for node in _nodes(pdf.Root.StructTreeRoot)]


def _facts(node):
    return {key: str(node[key]) for key in ("/Alt", "/A") if key in node}


def _nodes(node):
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary):
            if "/S" in child:
                yield child
            yield from _nodes(child)


class Page(HTMLParser):
    """The text and the elements of an HTML page."""

    def __init__(self, text):
        super().__init__()
        self.words = []
        self.elements = []
        self._unread = 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self._unread += tag in {"style", "script"}

    def handle_endtag(self, tag):
        self._unread -= tag in {"style", "script"}

    def handle_data(self, data):
        if not self._unread:
            self.words.append(data)

    @property
    def text(self):
        return squeezed("".join(self.words))

    def of(self, name):
        return [attrs for tag, attrs in self.elements if tag == name]


def workbook(content):
    return openpyxl.load_workbook(io.BytesIO(content))
