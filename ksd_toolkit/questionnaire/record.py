"""The sheet with one record: a question a row, its code, its text and its answer side by side."""

from collections.abc import Iterator
from typing import Final

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire.form import TableSpec
from ksd_toolkit.questionnaire.rows import RowsRead, problems_of_cell
from ksd_toolkit.questionnaire.sheets import Grid, address
from ksd_toolkit.questionnaire.submission import Answer
from ksd_toolkit.questionnaire.values import Parsed, as_text, parse

_CODE_COLUMN: Final = 0
ANSWER_COLUMN: Final = 2
_LIAISONS_NEEDED: Final = 2  # the seed: "minimal 2 orang PIC PPKSD"


def read_record(grid: Grid, table: TableSpec, file: str) -> RowsRead:
    """The one record of `grid`, found by the question codes in its first column."""
    rows = {as_text(row[_CODE_COLUMN]): number for number, row in enumerate(grid.rows) if row}
    cells = {
        question.name: parse(grid.cell(rows[question.name], ANSWER_COLUMN), question)
        for question in table.fields
        if question.name in rows
    }
    key = str(cells["opd_kode"].value) if "opd_kode" in cells else ""
    result = RowsRead()
    result.fates["accepted"] = 1
    for question in table.fields:
        cell = cells.get(question.name)
        if cell is None:
            facts = {"question": question.label()}
            result.problems.append(Problem("sheet.question_gone", Where(file, grid.name), facts))
            continue
        number = rows[question.name]
        where = Where(file, grid.name, address(number, ANSWER_COLUMN))
        raw = as_text(grid.cell(number, ANSWER_COLUMN))
        result.answers.append(
            Answer(
                table.name, key, question.name, raw, cell.value, cell.outcome, grid.name, where.cell
            )
        )
        result.problems += problems_of_cell(question, cell, where)
    place = address(rows.get("ppksd_2_nama", 0), ANSWER_COLUMN)
    result.problems += _liaisons(cells, Where(file, grid.name, place))
    return result


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
