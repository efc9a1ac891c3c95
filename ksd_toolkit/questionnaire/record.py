"""The sheet with one record: a question a row, its code, its text and its answer side by side."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire.answer_sheet import EXTRA_PREFIX
from ksd_toolkit.questionnaire.cells import DAY_FIRST, Manner, Parsed, as_text
from ksd_toolkit.questionnaire.checks import judged, not_evaluated
from ksd_toolkit.questionnaire.column import Column, read_column
from ksd_toolkit.questionnaire.form import TableSpec
from ksd_toolkit.questionnaire.grid import Grid, address
from ksd_toolkit.questionnaire.headers import folded, names_of
from ksd_toolkit.questionnaire.rows import RowsRead, problems_of_cell
from ksd_toolkit.questionnaire.submission import Answer

_CODE_COLUMN, _TEXT_COLUMN, _HINT_COLUMN = 0, 1, 3
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
    """The one record of `grid`, found by the codes in its first column or the questions beside them.

    What stands outside the questions is kept as `_lain/<text beside it>`, or by its address.

    Args:
        grid: The sheet.
        table: The questions.
        file: Its file, as problems name it.
        resolve: Finds the code of the sender in what the office wrote as its own.
        manner: Whether dates write the day first, and the day it is.
    """
    rows = _rows(grid, table)
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
    _keep_the_rest(result, grid, table.name, key, rows, file)
    place = address(rows.get("ppksd_2_nama", 0), ANSWER_COLUMN)
    result.problems += _liaisons(cells, Where(file, grid.name, place))
    return result


def _rows(grid: Grid, table: TableSpec) -> dict[str, int]:
    """The row of each question, by its code, or by its text where the code is gone."""
    names = names_of(table)
    rows: dict[str, int] = {}
    for column in (_CODE_COLUMN, _TEXT_COLUMN):
        for number in range(len(grid.rows)):
            name = names.get(folded(as_text(grid.cell(number, column))))
            if name is not None and number not in rows.values():
                rows.setdefault(name, number)
    return rows


def _keep_the_rest(  # noqa: PLR0913, PLR0917  what was read, and the place of the rest
    result: RowsRead, grid: Grid, table: str, key: str, rows: Mapping[str, int], file: str
) -> None:
    """Text outside the questions goes with the record, and is told once."""
    kept: dict[str, str] = {}
    for number, column in _beside(grid, rows):
        text, place = as_text(grid.cell(number, column)), address(number, column)
        texts = (as_text(grid.cell(number, at)) for at in (_TEXT_COLUMN, _CODE_COLUMN))
        heading = next(filter(None, texts), place) if column == ANSWER_COLUMN else place
        name = heading if heading not in kept else f"{heading} {place}"
        kept[name] = place
        result.answers.append(
            Answer(table, key, EXTRA_PREFIX + name, text, text, "", grid.name, place)
        )
    if kept:
        where = Where(file, grid.name, next(iter(kept.values())))
        result.problems.append(Problem("sheet.beside", where, {"n": len(kept)}, "info"))


def _beside(grid: Grid, rows: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """Cells with text right of our columns, and those where answers stand in rows of no question."""
    known = set(rows.values())
    first = min(known, default=len(grid.rows))
    for number, row in enumerate(grid.rows):
        for column, raw in enumerate(row):
            answers_nothing = column == ANSWER_COLUMN and number > first and number not in known
            if (answers_nothing or column > _HINT_COLUMN) and as_text(raw):
                yield number, column


def _columns(
    grid: Grid, table: TableSpec, rows: Mapping[str, int], manner: Manner
) -> dict[str, Column]:
    """Every question of the sheet as a column of one answer, judged beside the others."""
    columns = {}
    asked = [question for question in table.fields if question.name in rows]
    dates = [
        as_text(grid.cell(rows[question.name], ANSWER_COLUMN))
        for question in asked
        if question.type == "date"
    ]
    for question in asked:
        row = rows[question.name]
        percent = {0} if address(row, ANSWER_COLUMN) in grid.percent else ()
        raws = [grid.cell(row, ANSWER_COLUMN)]
        columns[question.name] = read_column(raws, question, manner, percent, dates)
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
