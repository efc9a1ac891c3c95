"""What the headings of a register an office already keeps mean: `Nomor PKS`, `Tgl. TTD`, `Masa berlaku s.d.`.

Offices write two rows of headings, a row that numbers the columns, and both dates of a term in one cell. Codes
and labels of the form always count first; other headings are known only by the table in
`knowledge/agreement_headings.toml`, never by likeness.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Final

from ksd_toolkit.questionnaire.cells import Raw, as_text
from ksd_toolkit.questionnaire.form import Field, TableSpec
from ksd_toolkit.questionnaire.grid import Grid
from ksd_toolkit.questionnaire.headers import Header, find_header, names_of
from ksd_toolkit.questionnaire.headers import folded as as_copied
from ksd_toolkit.questionnaire.spans import FIRST_DAY, LAST_DAY

_SEARCH_ROWS: Final = 30
_LEAST_NUMBERS: Final = 3  # cells that make a row of column numbers
_NUMBER: Final = re.compile(r"\(?(\d{1,2})\)?\.?")
_HEADING: Final = "judul_"  # the language of such a heading, among a question's labels
_TERM: Final = {"mulai": FIRST_DAY, "berakhir": LAST_DAY}


@dataclass(frozen=True, slots=True)
class Understood:
    """A sheet and its table, ready to be read.

    Attributes:
        grid: The sheet, with two rows of headings joined and the row of column numbers taken out.
        table: The table, whose questions also answer to this sheet's own headings.
        header: Where it starts; None where its keys are nowhere.
        numbered: The row (from 1) that numbers the columns; 0 for none.
    """

    grid: Grid
    table: TableSpec
    header: Header | None
    numbered: int = 0


def understand_headings(grid: Grid, table: TableSpec) -> Understood:
    """The sheet as its headings are meant."""
    known = _with_headings(table, _texts(grid))
    joined = _joined(grid, table, known)
    named = _with_headings(table, _texts(joined))
    header = find_header(joined, named)
    if header is None:
        return Understood(joined, named, None)
    named, header = _with_term(joined, named, header)
    numbered = _row_of_numbers(joined, header)
    if numbered:
        rows = list(joined.rows)
        rows[numbered - 1] = ()
        joined = replace(joined, rows=tuple(rows))
    return Understood(joined, named, header, numbered)


def headings_met(grid: Grid, table: TableSpec) -> int:
    """How many questions of a table the sheet has headings for."""
    header = understand_headings(_top(grid), _no_keys(table)).header
    return len(header.columns) if header else 0


def is_register(grid: Grid, table: TableSpec, least: int) -> bool:
    """Whether a sheet is a table of agreements beyond doubt: its key has a heading that means nothing else.

    Args:
        grid: The sheet.
        table: The table.
        least: How many questions it must have headings for.
    """
    header = understand_headings(_top(grid), table).header
    if header is None or len(header.columns) < least:
        return False
    headings = (
        as_text(grid.cell(row, header.columns[table.keys[0]])) for row in range(header.row + 1)
    )
    return not {loosely(text) for text in headings} & _meanings(table.name, "lemah").keys()


def is_row_number(heading: str) -> bool:
    """Whether a heading is that of the running number, which answers nothing and needs no remark."""
    return loosely(heading) in {loosely(text) for text in _known()["urutan"]["judul"]}


def loosely(heading: str) -> str:
    """A heading without case, points, brackets and the ways of writing `kerja sama`."""
    plain = re.sub(r"[^\w#/]+", " ", as_copied(heading).replace("kerjasama", "kerja sama"))
    words = re.sub(r"\bs d\b", "s/d", " ".join(plain.split()))
    return re.sub(r"\bnomer\b|\bno\b", "nomor", re.sub(r"\btgl\b", "tanggal", words))


@cache
def _known() -> Mapping[str, Any]:
    source = files("ksd_toolkit.knowledge").joinpath("agreement_headings.toml")
    return tomllib.loads(source.read_text("utf-8"))


@cache
def _meanings(table: str, manner: str) -> Mapping[str, str]:
    """The question each heading of a table means; `manner` is `judul` or `lemah`."""
    asked: Mapping[str, Any] = _known().get(table, {})
    return {
        loosely(text): question for question, told in asked.items() for text in told.get(manner, ())
    }


def _texts(grid: Grid) -> list[str]:
    """What stands in the rows where headings are looked for."""
    cells = (raw for row in grid.rows[:_SEARCH_ROWS] for raw in row)
    return list(
        dict.fromkeys(text for raw in cells if isinstance(raw, str) and (text := as_text(raw)))
    )


def _with_headings(table: TableSpec, texts: list[str]) -> TableSpec:
    """The table whose questions also answer to the headings of an office.

    A heading counts where no code or label of its question stands on the sheet, so that a column an
    office added to our own form stays the office's own.
    """
    own = names_of(table)
    present = {own[name] for text in texts if (name := as_copied(text)) in own}
    more: dict[str, list[str]] = {}
    for manner in ("judul", "lemah"):
        meanings = dict(_meanings(table.name, manner))
        if manner == "judul":
            meanings |= {loosely(name): question for name, question in own.items()}
        taken = present | set(more) if manner == "lemah" else present
        for text in texts:
            question = meanings.get(loosely(text), "")
            if question and question not in taken and as_copied(text) not in own:
                more.setdefault(question, []).append(text)

    def named(field: Field) -> Field:
        told = {f"{_HEADING}{n}": text for n, text in enumerate(more.get(field.name, ()))}
        return replace(field, labels={**field.labels, **told}) if told else field

    return replace(table, fields=tuple(map(named, table.fields)))


def _joined(grid: Grid, table: TableSpec, known: TableSpec) -> Grid:
    """The sheet with two rows of headings made one, where that names more questions than either row."""
    top = _top(grid)
    alone = find_header(top, _no_keys(known))
    best, found = grid, len(alone.columns) if alone else 0
    for number in range(len(top.rows) - 1):
        upper, lower = top.rows[number], top.rows[number + 1]
        if not _may_be_headings(lower) or not any(map(as_text, upper)):
            continue
        width = max(len(upper), len(lower))
        row = tuple(_both(top, table, number, column) for column in range(width))
        tried = replace(top, rows=(*top.rows[: number + 1], row, *top.rows[number + 2 :]))
        header = find_header(tried, _no_keys(_with_headings(table, _texts(tried))))
        if header and header.row == number + 1 and len(header.columns) > found:
            rows = (*grid.rows[: number + 1], row, *grid.rows[number + 2 :])
            best, found = replace(grid, rows=rows), len(header.columns)
    return best


def _top(grid: Grid) -> Grid:
    """The rows among which headings are looked for: a long table below them costs nothing."""
    return replace(grid, rows=grid.rows[:_SEARCH_ROWS])


def _may_be_headings(row: tuple[Raw, ...]) -> bool:
    """Whether a row under headings can hold headings itself: some cells are blank, none is a figure or date."""
    texts = [as_text(raw) for raw in row]
    words = [text for text in texts if text]
    return (
        bool(words)
        and len(words) < len(texts)
        and all(
            isinstance(raw, str) and not text[:1].isdigit()
            for raw, text in zip(row, texts, strict=True)
            if text
        )
    )


def _both(grid: Grid, table: TableSpec, number: int, column: int) -> str:
    """The heading of a column out of two rows: the lower, with the upper before it where only both mean something."""
    lower, above = as_text(grid.cell(number + 1, column)), as_text(grid.cell(number, column))
    if not lower:
        return above
    parent = next(
        (text for at in range(column, -1, -1) if (text := as_text(grid.cell(number, at)))), ""
    )
    whole = f"{parent} {lower}"
    return whole if loosely(whole) in _meanings(table.name, "judul") else lower


def _no_keys(table: TableSpec) -> TableSpec:
    return replace(table, fields=tuple(replace(field, key=False) for field in table.fields))


def _with_term(grid: Grid, table: TableSpec, header: Header) -> tuple[TableSpec, Header]:
    """The table whose first and last day stand in one column, where only that column tells of them."""
    spans = {loosely(text) for text in _known()["rentang"]["judul"]}
    column = next((at for text, at in header.unknown.items() if loosely(text) in spans), None)
    asked = {field.name for field in table.fields}
    if column is None or not _TERM.keys() <= asked or _TERM.keys() & header.columns.keys():
        return table, header
    fields = tuple(map(_of_term, table.fields))
    unknown = {text: at for text, at in header.unknown.items() if at != column}
    columns = header.columns | dict.fromkeys(_TERM, column)
    return replace(table, fields=fields), replace(header, columns=columns, unknown=unknown)


def _of_term(field: Field) -> Field:
    form = _TERM.get(field.name)
    return replace(field, type="text", format=form) if form else field


def _row_of_numbers(grid: Grid, header: Header) -> int:
    """The row (from 1) right under the headings that counts the columns: 1, 2, 3, ...; 0 for none."""
    number = header.row + 1
    if number >= len(grid.rows):
        return 0
    told = list(_counted(grid.rows[number]))
    steps = [told[0] + place for place in range(len(told))] if told else []
    return number + 1 if len(told) >= _LEAST_NUMBERS and told == steps and told[0] <= 1 else 0


def _counted(row: tuple[Raw, ...]) -> Iterator[int]:
    """The numbers of a row in order; -1 for a cell that holds something else."""
    for raw in row:
        if text := as_text(raw):
            match = _NUMBER.fullmatch(text)
            yield int(match[1]) if match else -1
