"""Whether anything a hostile text wrote has become more than a text, in every kind of file a run makes."""

import io
import re
import zipfile
from base64 import b64decode
from html.parser import HTMLParser

import openpyxl
import pikepdf
from docx.oxml.parser import parse_xml

ACTING = frozenset({"iframe", "object", "embed", "form", "base", "link", "b", "audio"})
PLANTED = re.compile(r"PWN|127\.0\.0\.1|/etc/|javascript:|srcdoc", re.IGNORECASE)
ADDRESS = re.compile(
    r"http://127\.0\.0\.1:9/?\S*"
)  # an address is printed as a link, never fetched
CODES = re.compile(r"\b(INCLUDE\w*|DDE\w*|HYPERLINK|LINK|MACROBUTTON|IMPORT)\b")
DRAWING = "data:image/svg+xml;base64,"
PDF_ACTS = (
    "/JavaScript",
    "/JS",
    "/Launch",
    "/EmbeddedFile",
    "/SubmitForm",
    "/ImportData",
    "/GoToR",
)


class _Elements(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found, self.scripts, self._inside = [], [], ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        self._inside = tag

    def handle_endtag(self, _tag):
        self._inside = ""

    def handle_data(self, data):
        if self._inside in {"script", "style"}:
            self.scripts.append(data)


def harm_in_page(text):
    """What stands in an HTML page or an SVG that a text from data must have put there."""
    elements = _Elements(text)
    for tag, attrs in elements.found:
        if tag in ACTING:
            yield f"<{tag}>"
        for name, value in attrs.items():
            if value.startswith(DRAWING):
                yield from harm_in_page(b64decode(value.removeprefix(DRAWING)).decode())
                continue
            if name.startswith("on") or name in {"srcdoc", "action", "formaction"}:
                yield f"<{tag} {name}>"
            leads = name in {"href", "src", "xlink:href", "data"}
            if leads and (_leads_astray(value) if tag == "a" else PLANTED.search(value)):
                yield f"<{tag} {name}={value}>"
    yield from (f"script: {code[:60]}" for code in elements.scripts if PLANTED.search(code))


def harm_in_pdf(content):
    """Actions, files and foreign links in a PDF."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for one in pdf.objects:
            if not isinstance(one, pikepdf.Dictionary):
                continue
            kind = str(one.get("/S", ""))
            yield from (act for act in PDF_ACTS if act in one or kind == act)
            if "/URI" in one and _leads_astray(str(one.URI)):
                yield f"/URI {one.URI}"


def _leads_astray(address):
    return PLANTED.search(address) and not ADDRESS.fullmatch(address)


def harm_in_office_file(content):
    """Formulas, fields, macros and foreign parts in a Word file or a workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            if "vbaProject" in name or "externalLink" in name or "embeddings" in name:
                yield name
            if name.endswith(".rels"):
                yield from _foreign(part)
            elif name.startswith("word/") and name.endswith(".xml"):
                yield from _codes(part)
            elif name.endswith(".svg"):
                yield from harm_in_page(part.decode())
            elif name.startswith("xl/worksheets/") and re.search(rb"<f[ >/]", part):
                yield from _formulas(content)


def _foreign(part):
    for relation in parse_xml(part):
        target = relation.get("Target")
        if relation.get("TargetMode") == "External" and _leads_astray(target):
            yield f"relation to {target}"


def _codes(part):
    for one in parse_xml(part).iter("{*}instrText", "{*}fldSimple"):
        code = (one.text or "") + "".join(one.attrib.values())
        if CODES.search(code) or PLANTED.search(code):
            yield f"field {code}"


def _formulas(content):
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f" and cell.value:
                    yield f"{sheet.title}!{cell.coordinate} {cell.value}"
