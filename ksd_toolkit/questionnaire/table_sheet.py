"""One table on one sheet: its heading found, its rows read, and what both have to tell."""

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import groupby
from typing import Final

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire.answer_sheet import Sheet
from ksd_toolkit.questionnaire.cells import DAY_FIRST, Manner, Parsed
from ksd_toolkit.questionnaire.checks import not_evaluated
from ksd_toolkit.questionnaire.form import TableSpec
from ksd_toolkit.questionnaire.grid import Grid, address
from ksd_toolkit.questionnaire.rows import RowCheck, read_rows
from ksd_toolkit.questionnaire.sent_file import Part
from ksd_toolkit.questionnaire.sheet_findings import answer_findings, heading_findings
from ksd_toolkit.questionnaire.sheets import Header, find_header

_FEW: Final = 3  # remarks of one kind in a column that are told one by one
_SHARED: Final = frozenset(
    {
        "cell.thousands_dot", "cell.decimal_comma", "cell.decimal_point", "cell.english_number",
        "cell.percent_unasked", "cell.percent_or_share", "cell.date_serial", "cell.month_first",
        "cell.zero_lost", "cell.choice_words", "cell.money_words", "cell.region_initials",
    }
)  # fmt: skip

Heading = Callable[[str], bool]
"""Whether a heading that answers no question has another purpose, and needs no remark."""


def read_sheet(  # noqa: PLR0913, PLR0917  a table, its place, and how its rows are judged
    grid: Grid,
    table: TableSpec,
    file: str,
    check: RowCheck,
    manner: Manner = DAY_FIRST,
    has_purpose: Heading = lambda _: False,
    header: Header | None = None,
) -> Part:
    """The table on a sheet, or the problem that it has no heading.

    Args:
        grid: The sheet.
        table: Its questions.
        file: Its file, as problems name it.
        check: Which rows are set aside.
        manner: How its cells are written.
        has_purpose: Tells headings outside the form that need no remark.
        header: Where the table starts, when that is known.
    """
    header = header or find_header(grid, table)
    if header is None:
        where, facts = Where(file, grid.name), {"keys": ", ".join(table.keys)}
        return Part(None, [Problem("sheet.no_header", where, facts)])
    rows = read_rows(Sheet(file, grid, header, table, manner), check)
    rows.problems = list(_remarks_once(list(_told_once(rows.problems))))
    where = Where(file, grid.name)
    noticed = answer_findings(grid, file, header.row + 1, header.columns.values())
    told = _header_problems(header, table, where, has_purpose)
    return Part(rows, [*told, *_rules_not_evaluated(header, table, where), *noticed])


# --- what sets a row aside ---------------------------------------------------------------------


def own_usulan(sender: str, offices: Collection[str]) -> RowCheck:
    """An office proposes under its own code only; `RSUD-A-01` is of RSUD-A even where RSUD exists."""

    def check(row: dict[str, Parsed]) -> str:
        return (
            "" if owner_of(str(row["usulan_id"].value), offices) == sender else "row.foreign_usulan"
        )

    return check


def owner_of(usulan: str, offices: Collection[str]) -> str:
    """The office an usulan is named after; nothing where it is none of these."""
    owners = [code for code in offices if usulan.startswith(f"{code}-")]
    return max(owners, key=len, default="")


def usulan_in(known: Collection[str]) -> RowCheck:
    """A partner or a score belongs to an usulan there is."""
    return lambda row: "" if str(row["usulan_id"].value) in known else "row.unknown_usulan"


def own_scores(belongs: RowCheck) -> RowCheck:
    """An office's file holds the scores of its own raters: OPD-1, OPD-2, ..."""

    def check(row: dict[str, Parsed]) -> str:
        own = str(row["penilai"].value).startswith("OPD-")
        return belongs(row) if own else "row.other_member"

    return check


def scores_of(member: str, known: Collection[str]) -> RowCheck:
    """A member of the TKKSD scores in its own name, and usulan there are."""

    def check(row: dict[str, Parsed]) -> str:
        return "row.other_member" if row["penilai"].value != member else usulan_in(known)(row)

    return check


# --- what the heading tells --------------------------------------------------------------------


def _header_problems(
    header: Header, table: TableSpec, where: Where, has_purpose: Heading
) -> Iterator[Problem]:
    def at(column: int) -> Where:
        return Where(where.file, where.sheet, address(header.row, column))

    for text, column in header.unknown.items():
        if text not in header.repeated and not has_purpose(text):
            yield Problem("sheet.unknown_column", at(column), {"column": text}, "info")
    yield from heading_findings(header, where)
    for question in table.fields:
        if question.required and question.name not in header.columns:
            yield Problem("sheet.question_gone", where, question.asked)


def _rules_not_evaluated(header: Header, table: TableSpec, where: Where) -> Iterator[Problem]:
    """Once a question, at its heading."""
    for question in table.fields:
        if question.name in header.columns:
            place = address(header.row, header.columns[question.name])
            at = Where(where.file, where.sheet, place)
            yield from not_evaluated(question, header.columns, at)


def _told_once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Rows held back for the same missing usulan in one line: one slip is one thing to mend."""

    def cause(problem: Problem) -> tuple[str, str]:
        usulan = str(problem.facts.get("key", "")).partition(", ")[0]
        return (usulan, "") if problem.code == "row.unknown_usulan" else ("", str(id(problem)))

    for (usulan, _), group in groupby(problems, key=cause):
        held = list(group)
        if len(held) == 1:
            yield held[0]
            continue
        rows = {"first": held[0].facts["row"], "last": held[-1].facts["row"]}
        facts = {"usulan": usulan, "n": len(held), **rows}
        yield Problem("row.unknown_usulan_many", held[0].where, facts)


def _remarks_once(problems: list[Problem]) -> Iterator[Problem]:
    """A remark that many cells of a column share: in full at the first, then how many more there are.

    Only remarks on answers that were taken; what has to be mended is told cell by cell.
    """
    shared: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        if problem.code in _SHARED:
            shared.setdefault(_column_of(problem), []).append(problem)
    for problem in problems:
        alike = shared.get(_column_of(problem), [])
        if problem.code not in _SHARED or len(alike) <= _FEW or problem is alike[0]:
            yield problem
        elif problem is alike[1]:
            asked = {n: fact for n, fact in problem.facts.items() if n.startswith("question")}
            facts = {
                **asked,
                "n": len(alike) - 1,
                "first": alike[0].where.cell,
                "last": alike[-1].where.cell,
            }
            yield Problem("cell.same_remark", problem.where, facts, problem.severity)


def _column_of(problem: Problem) -> tuple[str, str]:
    return problem.code, problem.where.cell.rstrip("0123456789")
