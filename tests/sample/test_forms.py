"""The XLSForm workbook is the twin of its Markdown, and pyxform takes both."""

import runpy
from pathlib import Path

import openpyxl
import pytest

SCRIPT = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "make_forms.py"))
FORMS: Path = SCRIPT["FORMS"]


@pytest.mark.parametrize("name", SCRIPT["NAMES"])
def test_workbook_equals_markdown_cell_by_cell(name):
    sheets = SCRIPT["form_sheets"]((FORMS / f"{name}.md").read_text(encoding="utf-8"))
    book = openpyxl.load_workbook(FORMS / f"{name}.xlsx")
    assert book.sheetnames == list(sheets) == ["survey", "choices", "settings"]
    for sheet, rows in sheets.items():
        found = [[cell.value or "" for cell in line] for line in book[sheet].iter_rows()]
        assert found == rows


@pytest.mark.parametrize("name", SCRIPT["NAMES"])
def test_pyxform_makes_the_same_form_of_both(name):
    xls2xform = pytest.importorskip("pyxform.xls2xform")
    forms, warnings = [], []
    for suffix in ("md", "xlsx"):
        path = str(FORMS / f"{name}.{suffix}")
        forms.append(xls2xform.convert(path, validate=False, warnings=warnings).xform)
    assert forms[0] == forms[1]
    assert not warnings
