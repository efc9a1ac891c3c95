"""Every cell read is answered, unknown, not applicable, blank, unreadable, extra, or in a row set aside."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.register import CellBalance
from tests.small_project import COLUMNS, balances, new_project, office_book

ANSWERS = st.sampled_from(
    [None, "", "4", "TT", "tidak tahu", "TB", "n/a", "banyak", "9", 3, "-", "x"]
)
KEYS = st.sampled_from(["DINKES-01", "DINKES-02", "DINKES-03", "DISDIK-01", "", None, "?"])
LINES = st.lists(st.tuples(KEYS, st.lists(ANSWERS, min_size=9, max_size=9)), max_size=6)


def test_the_cells_of_two_offices_counted_by_hand(project):
    """An office has 18 opd answers, 17 of them filled; 2 usulan of 9, 2 partners of 5, 2 scores of 5."""
    book = office_book("DINKES")
    book["nilai"]["D2"], book["nilai"]["D3"] = "TT", "TB"
    book["usulan"]["I2"], book["usulan"]["B3"] = "banyak", None
    book["usulan"]["J1"], book["usulan"]["J2"] = "Catatan Kabid", "sudah"
    book["nilai"].append(("DISDIK-01", "U", "OPD-1", 4, ""))
    project.put(book, "dinkes.xlsx")
    (project.inbox / "disdik.xlsx").unlink()
    intake = project.ingest()
    opd = len(read_form().table("opd").fields)
    filled = sum(row[2].value not in (None, "") for row in book["opd"].iter_rows())
    in_sheet = {row[0].value for row in book["opd"].iter_rows()}
    asked = sum(field.name in in_sheet for field in read_form().table("opd").fields)
    assert asked <= opd
    assert intake.cells == CellBalance(
        answered=filled + 38 - 4, unknown=1, not_applicable=1, blank=asked - filled + 1,
        unreadable=1, extra=1, set_aside=5,
    )  # fmt: skip
    assert intake.cells.read == asked + 38 + 1 + 5
    assert intake.files[0].cells == intake.cells


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(lines=LINES, extra=st.lists(ANSWERS, max_size=6))
def test_rows_and_cells_balance_whatever_an_office_wrote(tmp_path_factory, lines, extra):
    project = new_project(tmp_path_factory.mktemp("any"))
    book = office_book("DINKES", usulan=1)
    sheet = book["usulan"]
    for key, answers in lines:
        sheet.append((key, *answers[:-1]))
    if extra:
        sheet.cell(1, 10, "Catatan Kabid")
        for number, text in enumerate(extra, start=2):
            sheet.cell(number, 10, text)
    project.put(book, "dinkes.xlsx")
    intake = project.ingest()
    assert balances(intake)
    states = Counter(dict(project.rows("SELECT state, count(*) FROM answer GROUP BY state")))
    extras = project.rows("SELECT count(*) FROM answer WHERE substr(field, 1, 6) = '_lain/'")[0][0]
    cells = intake.cells
    kept = (cells.unknown, cells.not_applicable, cells.blank, cells.unreadable)
    assert kept == (states["TT"], states["TB"], states["kosong"], states["tak_terbaca"])
    assert (cells.answered + cells.extra, cells.extra) == (states[""], extras)
    rows = intake.balance
    opd_row, width = 1, len(COLUMNS["usulan"])
    usulan_rows = rows.accepted - opd_row - 2  # one partner and one score besides
    written = project.rows(
        "SELECT count(*) FROM answer WHERE table_name = 'usulan' AND substr(field, 1, 6) <> '_lain/'"
    )[0][0]
    assert written == usulan_rows * width
    aside = rows.quarantined + rows.duplicate
    assert cells.set_aside == aside * (width + bool(extra))
    assert cells.read == sum(cells.numbers())


def test_two_balances_add_up():
    one = CellBalance(1, 2, 3, 4, 5, 6, 7)
    assert one + one == CellBalance(2, 4, 6, 8, 10, 12, 14)
    assert (one.read, (one + one).read) == (28, 56)


@pytest.mark.parametrize("name", ["cells_answered", "cells_set_aside"])
def test_the_balance_is_kept_with_the_submission(project, name):
    intake = project.ingest()
    total = sum(number for (number,) in project.rows(f"SELECT {name} FROM submission"))  # noqa: S608
    assert total == getattr(intake.cells, name.removeprefix("cells_"))
    assert project.ingest().cells == intake.cells
