"""One table of one sheet: every row gets a fate, every cell of an accepted row becomes an answer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from ksd_toolkit.errors import Problem, Severity, Where
from ksd_toolkit.questionnaire.answer_sheet import EXTRA_PREFIX, KEY_SEPARATOR, Row, Sheet
from ksd_toolkit.questionnaire.cells import Facts, Parsed
from ksd_toolkit.questionnaire.form import Field, TableSpec
from ksd_toolkit.questionnaire.grid import address
from ksd_toolkit.questionnaire.numbers import is_percent
from ksd_toolkit.questionnaire.personal import is_personal
from ksd_toolkit.questionnaire.submission import Answer, Balance, RowFate, SetAside

_LONGEST_QUOTED: Final = 120  # letters of a cell in a sentence
_UNIT: Final = "satuan"
PERSONAL_SHOWN: Final = "(data pribadi)"
_CULPRITS: Final = {"row.other_member": "penilai"}  # elsewhere the first key without a value

RowCheck = Callable[[dict[str, Parsed]], str]
"""Given the parsed cells of a row, the code of the problem that sets it aside, or nothing."""


@dataclass(slots=True)
class RowsRead:
    """What a table gave: filled while its rows are read."""

    answers: list[Answer] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    fates: dict[RowFate, int] = field(
        default_factory=lambda: {"accepted": 0, "quarantined": 0, "duplicate": 0, "blank": 0}
    )

    @property
    def balance(self) -> Balance:
        """The count of each fate."""
        return Balance(**self.fates)


def read_rows(sheet: Sheet, check: RowCheck) -> RowsRead:
    """Read every row below the header up to the last one with anything in it."""
    result = RowsRead()
    seen: dict[str, tuple[str, ...]] = {}
    columns = sheet.columns()
    for number in range(sheet.header.row + 1, sheet.last_row() + 1):
        row = sheet.row(number, columns)
        fate, code = _fate(row, sheet.table, seen, check)
        if sheet.is_too_long(row):
            fate, code = "quarantined", "row.too_long"
        result.fates[fate] += 1
        if fate == "accepted":
            seen[row.key] = row.content
            result.answers += _answers(sheet, row)
            result.problems += _cell_problems(sheet, row)
        elif fate != "blank":
            result.set_aside.append(
                SetAside(sheet.table.name, fate, code, sheet.grid.name, number + 1, row.cells)
            )
            result.problems.append(_row_problem(sheet, row, fate, code))
            if fate == "quarantined" and code != "row.too_long":  # whose cells are out of place
                result.problems += _cell_problems(sheet, row, but=_culprit(sheet, row, code))
    return result


def _fate(
    row: Row, table: TableSpec, seen: dict[str, tuple[str, ...]], check: RowCheck
) -> tuple[RowFate, str]:
    if not any(row.content):
        return "blank", ""
    for name in table.keys:
        if row.parsed[name].problem:
            return "quarantined", "row.key_unreadable"
        if row.parsed[name].value is None and not _may_be_blank(table.field(name), row):
            return "quarantined", "row.key_missing"
    if row.key in seen:
        same = seen[row.key] == row.content
        return ("duplicate", "row.duplicate") if same else ("quarantined", "row.key_conflict")
    code = check(row.parsed)
    return ("quarantined", code) if code else ("accepted", "")


def _may_be_blank(key: Field, row: Row) -> bool:
    """Whether a key may be left out: it is not required, and its cell is blank rather than `TT`."""
    return not key.required and row.parsed[key.name].state == "kosong"


def _row_problem(sheet: Sheet, row: Row, fate: RowFate, code: str) -> Problem:
    culprit = _culprit(sheet, row, code)
    question = sheet.table.field(culprit)
    where = sheet.where(row, culprit)
    facts = {
        **row.parsed[culprit].facts,
        "key": row.key.replace(KEY_SEPARATOR, ", "),
        "row": row.number + 1,
        **question.asked,
    }
    if cause := next(problems_of_cell(question, row.parsed[culprit], where), None):
        facts |= {"cause": cause.text(), "cause_en": cause.text("en")}
        facts |= {"remedy": cause.remedy(), "remedy_en": cause.remedy("en")}
    severity: Severity = "warning" if fate == "duplicate" else "error"
    return Problem(code, where, facts, severity)


def _culprit(sheet: Sheet, row: Row, code: str) -> str:
    """The question whose answer sets a row aside."""
    keys = sheet.table.keys
    unread = next((k for k in keys if row.parsed[k].value is None), keys[0])
    return _CULPRITS.get(code, unread)


def _answers(sheet: Sheet, row: Row) -> Iterator[Answer]:
    for name, cell in row.parsed.items():
        place = address(row.number, sheet.header.columns[name])
        yield Answer(
            sheet.table.name, row.key, name, row.texts[name], cell.value, cell.outcome,
            sheet.grid.name, place,
        )  # fmt: skip
    for name, text in row.extras.items():
        if text:
            place = address(row.number, sheet.header.unknown[name])
            yield Answer(
                sheet.table.name, row.key, EXTRA_PREFIX + name, text, text, "",
                sheet.grid.name, place,
            )  # fmt: skip


def _cell_problems(sheet: Sheet, row: Row, but: str = "") -> Iterator[Problem]:
    """What the cells of a row have to tell; of a held row, too, so that it is mended in one round."""
    for question in sheet.table.fields:
        cell = row.parsed.get(question.name) if question.name != but else None
        if cell is not None and (cell.problem or cell.notes or cell.state == "kosong"):
            yield from problems_of_cell(
                question, _in_unit(cell, row), sheet.where(row, question.name)
            )


def _in_unit(cell: Parsed, row: Row) -> Parsed:
    """An answer; where the row counts in percent, there is nothing to remark about a `%`."""
    if not is_percent(row.texts.get(_UNIT, "")):
        return cell
    notes = tuple(note for note in cell.notes if note.code != "cell.percent_unasked")
    return cell._replace(notes=notes)


def problems_of_cell(question: Field, cell: Parsed, where: Where) -> Iterator[Problem]:
    """What is to be said about one cell; personal data is never repeated in a sentence."""
    told: dict[str, object] = {**question.asked}
    masked = {"value": PERSONAL_SHOWN} if is_personal(question) else {}
    if cell.problem:
        yield Problem(cell.problem, where, {**_quoted(cell.facts), **told, **masked})
    elif question.required and cell.asked and cell.state == "kosong":
        yield Problem("cell.required", where, told, "warning")
    for note in cell.notes:
        yield Problem(note.code, where, {**_quoted(note.facts), **told, **masked}, note.severity)


def _quoted(facts: Facts) -> dict[str, object]:
    """The facts of a problem; of a long text its beginning, in whole words, which is enough to find it."""
    value = facts.get("value")
    if not isinstance(value, str) or len(value) <= _LONGEST_QUOTED:
        return dict(facts)
    begun = value[:_LONGEST_QUOTED].rpartition(" ")[0] or value[:_LONGEST_QUOTED]
    return {**facts, "value": f"{begun} \u2026"}
