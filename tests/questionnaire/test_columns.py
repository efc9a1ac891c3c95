"""A column is understood exactly as its cells are, however many rows it has."""

from datetime import date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.questionnaire.cells import DAY_FIRST, Lost, Manner, as_text
from ksd_toolkit.questionnaire.checks import judged
from ksd_toolkit.questionnaire.column import read_column
from ksd_toolkit.questionnaire.form_reading import parse_form
from ksd_toolkit.questionnaire.values import parse

FIELDS = [f for t in read_form().tables for f in t.fields]
ALONE = [f for f in FIELDS if f.type not in {"date", "integer", "decimal"}]
MANY = 600  # rows; above it columns are understood by another way
RAW = st.one_of(
    st.none(), st.booleans(), st.sampled_from([0, 1, 1.0, 0.0, True, float("nan")]),
    st.sampled_from(["=", Lost("="), "#N/A", Lost("#N/A"), "", "1", "TT", "5 - Sangat tinggi", "63.05"]),
    st.integers(-5, 10**18), st.floats(allow_nan=False), st.text(max_size=6),
    st.sampled_from([datetime(2026, 8, 17), date(2026, 8, 17)]),
)  # fmt: skip


@pytest.mark.parametrize("rows", [1, MANY])
@given(raws=st.lists(RAW, min_size=1, max_size=12), question=st.sampled_from(ALONE))
def test_a_column_is_understood_as_its_cells_are(rows, raws, question):
    cells = (raws * rows)[: max(rows, len(raws))]
    column = read_column(cells, question, DAY_FIRST)
    for row, raw in enumerate(cells[: len(raws)]):
        assert column.at(row) == parse(raw, question)
        assert column.text(row) == as_text(raw)


@pytest.mark.parametrize("rows", [1, MANY])
@given(raws=st.lists(RAW, min_size=1, max_size=12))
def test_figures_without_points_or_commas_do_not_depend_on_their_column(rows, raws):
    question = next(f for f in FIELDS if f.name == "baseline")
    cells = ([raw for raw in raws if not isinstance(raw, str)] or [1]) * rows
    column = read_column(cells, question, DAY_FIRST)
    for row, raw in enumerate(cells[:12]):
        assert column.at(row) == parse(raw, question)


def test_an_array_of_cells_is_left_as_it_was():
    question = next(f for f in FIELDS if f.name == "skor")
    cells = np.array([5, "TT", None] * MANY, dtype=object)
    before = cells.copy()
    read_column(cells, question, DAY_FIRST)
    assert list(cells) == list(before)


def test_percent_is_of_single_cells():
    question = next(f for f in FIELDS if f.name == "baseline")
    column = read_column([0.1] * MANY, question, DAY_FIRST, {1, 3})
    assert [column.at(row).value for row in range(5)] == [0.1, 10.0, 0.1, 10.0, 0.1]


FORM = """
| survey |
| | type | name | label | constraint | relevant | required | key |
| | begin_repeat | baris | Baris | | | | |
| | text | kode | Kode | | | | yes |
| | integer | awal | Awal | | | | |
| | integer | akhir | Akhir | . >= ${awal} | | | |
| | text | sebab | Sebab | | ${akhir} > 5 | yes | |
| | date | kapan | Kapan | . <= today() | | | |
| | end_repeat | baris | | | | | |
| choices |
| | list_name | name | label |
| settings |
| | form_id | version |
| | uji | 1 |
"""


@pytest.mark.parametrize("rows", [0, 1, 4, MANY])
def test_rules_over_the_row_are_judged_row_by_row(rows):
    table = parse_form(FORM).table("baris")
    today = date(2026, 8, 31)
    first, last, why = [1, 4, "x", None], [7, 2, 9, 3], ["", "ada", "ada", None]
    days = [date(2026, 8, 31), date(2026, 9, 1), None, "31/8/2026"]
    told = {"awal": first, "akhir": last, "sebab": why, "kapan": days}
    columns = {
        name: read_column((cells * MANY)[:rows], table.field(name), Manner(today=today))
        for name, cells in told.items()
    }
    found = judged(columns, today)
    expected = [
        ("", "", True, []), ("cell.rule", "cell.rule", True, []), ("", "", True, []),
        ("cell.rule", "", True, []),
    ]  # fmt: skip
    for row in range(min(rows, 4)):
        cell = found["sebab"].at(row)
        problems = found["akhir"].at(row).problem, found["kapan"].at(row).problem
        assert (*problems, cell.asked, list(cell.notes)) == expected[row]
