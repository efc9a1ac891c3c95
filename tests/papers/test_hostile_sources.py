"""Hostile texts in what an office writes itself: its template, its plenary form, its notebook parameters."""

from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from ksd_toolkit.display.hostile import legible
from ksd_toolkit.errors import KsdError
from ksd_toolkit.papers.coordination import coordination
from ksd_toolkit.publishing.docx import docx_bytes
from ksd_toolkit.publishing.html import html_text
from ksd_toolkit.publishing.notebook_reading import FrontMatter
from ksd_toolkit.publishing.pdf import pdf_bytes
from ksd_toolkit.publishing.plenary_workbook import write_form
from ksd_toolkit.publishing.template_paper import fill
from ksd_toolkit.publishing.template_reading import read_template
from ksd_toolkit.runs.notebook_files import notebook_path
from ksd_toolkit.runs.notebooks import checked, split_setting
from tests.papers.test_plenary_papers import at, case_of, computed, paper, room  # noqa: F401  fixtures
from tests.publishing.readings import Page, squeezed
from tests.runs.hostile_dossier import texts
from tests.runs.planted_outputs import harm_in_office_file, harm_in_page, harm_in_pdf

DATED = date(2026, 8, 31)
HEAD = "---\nlayout: policy\n---\n# Naskah kantor\n\n"


def filled_templates(room):  # noqa: F811  a fixture
    """The paper of the office's own template for each text; None where it is refused in a sentence."""
    case = case_of(room.ranking, held=False)
    facts = coordination(case)
    front = FrontMatter(case.theme.letterhead, "Kandangan, 31 Agustus 2026", case.lang)
    own = room.folder / "templates" / "coordination.id.md"
    own.parent.mkdir()
    for text in texts():
        own.write_bytes(f"{HEAD}Sebelum {text} sesudah.\n".encode("utf-8", "surrogatepass"))
        try:
            yield fill(read_template("coordination", case.dossier), facts, front)
        except KsdError:
            yield None


def test_no_text_of_an_own_template_acts(room):  # noqa: F811  a fixture
    made = list(filled_templates(room))
    kept = [one for one in made if one is not None]
    assert len(kept) > len(made) / 2
    whole = replace(kept[0], blocks=tuple(block for one in kept for block in one.blocks))
    assert list(harm_in_page(html_text(whole))) == []
    assert list(harm_in_pdf(pdf_bytes(whole, DATED))) == []
    assert list(harm_in_office_file(docx_bytes(whole, DATED))) == []


def test_every_text_of_a_filled_form_comes_out_as_it_was_typed(room):  # noqa: F811  a fixture
    write_form(room.ranking)
    book = openpyxl.load_workbook(room.folder / "pleno.xlsx")
    typed = [text for text in texts() if not ILLEGAL_CHARACTERS_RE.search(text)]
    asked = {row[0].value: row[2] for row in book["Rapat"].iter_rows() if row[0].value}
    asked["tanggal"].value = "27 Agustus 2026"
    told = iter(typed)
    for key in ("nomor", "tempat", "agenda"):
        _type(asked[key], next(told))
    hadir = book["Hadir"]
    codes = {cell.value: cell.column for row in hadir.iter_rows(max_row=8) for cell in row}
    for row in hadir.iter_rows():
        if str(row[0].value).startswith("TKKSD"):
            row[codes["hadir"] - 1].value = "ya"
            _type(row[codes["keterangan"] - 1], next(told))
    decided = book["Putusan"]
    codes = {cell.value: cell.column for row in decided.iter_rows(max_row=8) for cell in row}
    rows = [row for row in decided.iter_rows() if str(row[0].value).startswith("DINKES")]
    rest = list(told)
    share = -(-len(rest) // len(rows))
    for number, row in enumerate(rows):
        mine = rest[number * share : (number + 1) * share]
        if mine and row[0].value != "DINKES-16":
            row[codes["putusan"] - 1].value = "ditunda"
            _type(row[codes["alasan"] - 1], "sebab " + " ".join(mine))
    book.save(room.folder / "pleno.xlsx")
    made = paper("berita-acara", case_of(room.ranking))
    page = html_text(made)
    assert list(harm_in_page(page)) == []
    assert list(harm_in_pdf(pdf_bytes(made, DATED))) == []
    assert list(harm_in_office_file(docx_bytes(made, DATED))) == []
    shown = Page(page).text
    for text in typed[: 15 * share]:
        assert squeezed(legible(text)) in shown


def _type(cell, text):
    cell.value = text
    cell.data_type = "s"  # typed by somebody, not computed


@pytest.mark.parametrize("name", ["rows", "usulan", ""])
def test_a_parameter_is_a_number_a_text_or_a_sentence(name):
    path = notebook_path("03_score", _Nowhere())
    for text in texts():
        try:
            given = checked(path, dict([split_setting(f"{name or text}={text}")]))
        except KsdError:
            continue
        assert given == {"usulan": text.strip()} or isinstance(given.get("rows"), int)


def test_a_parameter_is_handed_over_as_a_text_python_reads_back():
    from papermill.translators import PythonTranslator

    for text in texts():
        line = PythonTranslator.translate(text)
        scope = {}
        exec(f"value = {line}", {"__builtins__": {}}, scope)  # noqa: S102  it must be a literal
        assert scope["value"] == text


class _Nowhere:
    """A dossier without notebooks of its own."""

    lang = "id"
