"""The sheet with one record: a question a row, its code, its text and its answer side by side."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire.cells import DAY_FIRST, Manner, Parsed, as_text
from ksd_toolkit.questionnaire.checks import judged, not_evaluated
from ksd_toolkit.questionnaire.column import Column, read_column
from ksd_toolkit.questionnaire.form import TableSpec
from ksd_toolkit.questionnaire.grid import Grid, address
from ksd_toolkit.questionnaire.rows import RowsRead, problems_of_cell
from ksd_toolkit.questionnaire.submission import Answer

_CODE_COLUMN: Final = 0
ANSWER_COLUMN: Final = 2
_LIAISONS_NEEDED: Final = 2  # the seed: "minimal 2 orang PIC PPKSD"
SENDER: Final = "opd_kode"

Resolve = Callable[[str], Parsed]
"""Given what stands in the cell of the sender, its code."""


def read_record(
    grid: Grid,
    table: TableSpec,
    file: str,
    resolve: Resolve = Parsed,
    manner: Manner = DAY_FIRST,
) -> RowsRead:
    """The one record of `grid`, found by the question codes in its first column.

    Args:
        grid: The sheet.
        table: The questions.
        file: Its file, as problems name it.
        resolve: Finds the code of the sender in what the office wrote as its own.
        manner: Whether dates write the day first, and the day it is.
    """
    rows = {as_text(row[_CODE_COLUMN]): number for number, row in enumerate(grid.rows) if row}
    columns = _columns(grid, table, rows, manner)
    cells = {name: column.at(0) for name, column in columns.items()}
    if SENDER in cells and not cells[SENDER].problem and cells[SENDER].value is not None:
        cells[SENDER] = resolve(columns[SENDER].text(0))
    key = str(cells[SENDER].value) if SENDER in cells else ""
    result = RowsRead()
    result.fates["accepted"] = 1
    for question in table.fields:
        cell = cells.get(question.name)
        if cell is None:
            where = Where(file, grid.name)
            result.problems.append(Problem("sheet.question_gone", where, question.asked))
            continue
        where = Where(file, grid.name, address(rows[question.name], ANSWER_COLUMN))
        raw = columns[question.name].text(0)
        result.answers.append(
            Answer(
                table.name, key, question.name, raw, cell.value, cell.outcome, grid.name, where.cell
            )
        )
        result.problems += problems_of_cell(question, cell, where)
        result.problems += not_evaluated(question, rows, where)
    place = address(rows.get("ppksd_2_nama", 0), ANSWER_COLUMN)
    result.problems += _liaisons(cells, Where(file, grid.name, place))
    return result


def _columns(
    grid: Grid, table: TableSpec, rows: Mapping[str, int], manner: Manner
) -> dict[str, Column]:
    """Every question of the sheet as a column of one answer, judged beside the others."""
    columns = {}
    for question in table.fields:
        if question.name in rows:
            row = rows[question.name]
            percent = {0} if address(row, ANSWER_COLUMN) in grid.percent else ()
            raws = [grid.cell(row, ANSWER_COLUMN)]
            columns[question.name] = read_column(raws, question, manner, percent)
    return judged(columns, manner.today)


def _liaisons(cells: dict[str, Parsed], where: Where) -> Iterator[Problem]:
    """At least two different PPKSD.

    Source:
        Seed brief, Tahapan Persiapan: "minimal 2 orang PIC Pejabat Penghubung Kerja Sama Daerah".
    """
    absent = Parsed(None)
    numbers = range(1, _LIAISONS_NEEDED + 1)
    names = [cells.get(f"ppksd_{n}_nama", absent).value for n in numbers]
    nips = [cells.get(f"ppksd_{n}_nip", absent).value for n in numbers]
    if None in names:
        yield Problem("opd.few_ppksd", where, {}, "warning")
    elif len(set(names)) < _LIAISONS_NEEDED or (None not in nips and len(set(nips)) < len(nips)):
        yield Problem("opd.same_ppksd", where, {}, "warning")
