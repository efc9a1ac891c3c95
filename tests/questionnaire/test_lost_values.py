"""An error value or a formula that was never computed is named; it never passes for a blank."""

import pytest

from ksd_toolkit.questionnaire import read_workbook
from tests.small_project import new_project, office_book

COST = "I2"  # usulan, biaya_indikatif of the first proposal


def problems(tmp_path, typed, data_type=None):
    project = new_project(tmp_path)
    book = office_book("DINKES")
    cell = book["usulan"][COST]
    cell.value = typed
    if data_type:
        cell.data_type = data_type
    path = project.folder / "kuesioner" / "DINKES.xlsx"
    path.parent.mkdir(exist_ok=True)
    book.save(path)
    submission = read_workbook(path, project.dossier)
    found = [p for p in submission.problems if p.code in {"cell.no_value", "cell.formula_lost"}]
    state = next(a.state for a in submission.answers if (a.sheet, a.cell) == ("usulan", COST))
    told = [(p.where.sheet, p.where.cell, p.code, p.facts["value"]) for p in found]
    assert not any("(=)" in p.sentence("id") for p in found)  # a mark of ours, which nobody typed
    return told, state


@pytest.mark.parametrize(
    ("typed", "data_type", "code", "shown"),
    [
        ("=1/0", "f", "cell.formula_lost", "="),  # a formula no program has computed
        ("#DIV/0!", "e", "cell.no_value", "#DIV/0!"),  # an error value
        ("#REF!", "s", "cell.no_value", "#REF!"),  # an error value pasted as text
    ],
)
def test_a_lost_value_is_named_with_its_cell(tmp_path, typed, data_type, code, shown):
    found, state = problems(tmp_path, typed, data_type)
    assert found == [("usulan", COST, code, shown)]
    assert state == "tak_terbaca"


def test_an_ordinary_value_is_no_lost_value(tmp_path):
    assert problems(tmp_path, "Rp 1,2 miliar") == ([], "")
