"""A run over a dossier with a hostile text in every free-text field: all of it comes out as text, and acts nowhere."""

import csv
import io
import json

import openpyxl
import pikepdf
import pytest

from ksd_toolkit.display.hostile import legible
from ksd_toolkit.publishing.letters import printable
from tests.publishing.readings import Page, pdf_text, squeezed, workbook
from tests.publishing.word_readings import WordFile
from tests.runs.hostile_dossier import texts
from tests.runs.planted_outputs import harm_in_office_file, harm_in_page, harm_in_pdf

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def done(hostile_run):
    return hostile_run


def files(done, suffix):
    found = sorted(done.folder.rglob(f"*{suffix}"))
    assert found
    return found


def test_the_run_made_every_kind_of_paper(done):
    assert done.plenary_refused is None
    names = {path.name for path in done.files}
    for paper in ("sk", "berita-acara", "long-list", "plenary-material", "priorities"):
        assert {f"{paper}.{form}" for form in ("pdf", "html", "docx", "xlsx")} <= names


def test_no_text_acts_in_any_file(done):
    looks = {".pdf": harm_in_pdf, ".docx": harm_in_office_file, ".xlsx": harm_in_office_file}
    found = {
        path.name: list(look(path.read_bytes()))
        for suffix, look in looks.items()
        for path in files(done, suffix)
    }
    found |= {
        path.name: list(harm_in_page(path.read_text("utf-8"))) for path in files(done, ".html")
    }
    assert {name: harm for name, harm in found.items() if harm} == {}


def test_no_text_acts_in_a_notebook_or_a_table(done):
    for path in files(done, ".ipynb"):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            for output in cell.get("outputs", ()):
                data = output.get("data", {})
                assert "text/markdown" not in data
                for kind in ("text/html", "image/svg+xml"):
                    assert list(harm_in_page("".join(data.get(kind, "")))) == []
    for path in files(done, ".csv"):
        with path.open(encoding="utf-8-sig", newline="") as source:
            cells = [cell for row in csv.reader(source) for cell in row]
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_every_text_is_read_as_it_was_written(done):
    shown = {
        ".html": "".join(Page(path.read_text("utf-8")).text for path in files(done, ".html")),
        ".docx": "".join(squeezed(WordFile(p.read_bytes()).text) for p in files(done, ".docx")),
        ".xlsx": " ".join(squeezed(text) for p in files(done, ".xlsx") for text in cells_of(p)),
    }
    in_pdf = "".join(pdf_text(path.read_bytes()) for path in files(done, ".pdf"))
    for text in texts():
        assert squeezed(printable(text)) in in_pdf
        for read in shown.values():
            assert squeezed(legible(text)) in read


def cells_of(path):
    for sheet in workbook(path.read_bytes()):
        for row in sheet.iter_rows(values_only=True):
            yield from (str(value) for value in row if value is not None)


@pytest.mark.parametrize(
    "page",
    [
        "<script>window.PWN=1</script>",
        "<img src=x onerror=window.PWN=1>",
        '<a href="javascript:window.PWN=1">x</a>',
        '<img src="http://127.0.0.1:9/x.png">',
        "<style>@import url(http://127.0.0.1:9/x.css)</style>",
        "<iframe></iframe>",
    ],
)
def test_what_acts_in_a_page_would_be_seen(page):
    assert list(harm_in_page(f"<p>{page}</p>"))


def test_what_acts_in_a_workbook_would_be_seen():
    book = openpyxl.Workbook()
    book.active["A1"] = "=1+1"
    file = io.BytesIO()
    book.save(file)
    assert list(harm_in_office_file(file.getvalue())) == ["Sheet!A1 =1+1"]


def test_what_acts_in_a_pdf_would_be_seen():
    file = io.BytesIO()
    with pikepdf.new() as pdf:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.Root.OpenAction = pdf.make_indirect(script)
        pdf.save(file)
    assert set(harm_in_pdf(file.getvalue())) == {"/JavaScript", "/JS"}
