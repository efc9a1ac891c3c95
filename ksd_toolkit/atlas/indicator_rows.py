"""A table about regions as figures one by one: a row each in a long table, a cell each in a wide one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ksd_toolkit.atlas.brought import Asked, FileRead, UnfitError
from ksd_toolkit.atlas.figures import FigureReader
from ksd_toolkit.atlas.given_figures import Given, number_in
from ksd_toolkit.atlas.possible_values import NO_UNITS, Units
from ksd_toolkit.atlas.region_codes import notation_of
from ksd_toolkit.atlas.region_files import facts_of, is_blank_mark
from ksd_toolkit.atlas.table_headings import Table
from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire.cells import Raw, as_text
from ksd_toolkit.questionnaire.numbers import column_point


def read_indicators(
    table: Table, asked: Asked, crosswalk: Mapping[str, str], units: Units = NO_UNITS
) -> FileRead:
    """Every figure of a long or wide table.

    Args:
        table: The sheet with its heading.
        asked: What its bringer says of it.
        crosswalk: Kemendagri codes by BPS code, where somebody brought them.
        units: What lists of indicators say they count.

    Raises:
        UnfitError: It has no column of figures, or no year.
    """
    columns = figure_columns(table)
    if not columns:
        raise UnfitError(Problem("atlas.no_figures"))
    if "year" not in table.columns and asked.year is None:
        raise UnfitError(Problem("atlas.no_year"))
    limit = facts_of("reading")["figures"]
    if len(columns) * len(table.grid.rows) > limit:
        raise UnfitError(Problem("atlas.too_many_figures", Where(), {"limit": limit}))
    given = list(_wide(table, columns) if table.kind == "wide" else _long(table))
    notation = notation_of({one.code for one in given}, asked.system, crosswalk)
    found = FigureReader(table, asked, notation, _columns_with_points(given), units).read(given)
    return replace(found, problems=(*table.findings(columns), *found.problems))


def figure_columns(table: Table) -> dict[str, int]:
    """The columns of the figures by heading: of a wide table those that hold a number."""
    if table.kind == "long":
        return {"value": table.columns["value"]}
    return {n: c for n, c in table.figures.items() if _holds_numbers(table, c)}


def _long(table: Table) -> Iterator[Given]:
    column = table.columns["value"]
    for number, row in table.rows():
        yield Given(
            number, column, table.text(row, "code"), table.text(row, "indicator"),
            table.text(row, "year"), table.cell(row, "value"), table.text(row, "unit"),
            _source(table, row), table.text(row, "name"), table.overflows(row),
        )  # fmt: skip


def _wide(table: Table, columns: Mapping[str, int]) -> Iterator[Given]:
    for number, row in table.rows():
        code, year, named = (table.text(row, name) for name in ("code", "year", "name"))
        source, overflows = _source(table, row), table.overflows(row)
        for name, column in columns.items():
            value = row[column] if column < len(row) else None
            yield Given(number, column, code, name, year, value, "", source, named, overflows)


def _source(table: Table, row: Sequence[Raw]) -> str:
    """Where the figures of a row come from; its short name where it has no other."""
    return table.text(row, "source") or table.text(row, "source_id")


def _holds_numbers(table: Table, column: int) -> bool:
    cells = (row[column] for _, row in table.rows() if column < len(row))
    return any(_is_number(cell) for cell in cells)


def _is_number(cell: Raw) -> bool:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return True
    text = as_text(cell)
    return not is_blank_mark(text) and number_in(text, point=False) is not None


def _columns_with_points(given: Iterable[Given]) -> frozenset[int]:
    """The columns that write decimals with a point, so that `907.491` has no thousands in it."""
    texts: dict[int, set[str]] = {}
    for one in given:
        if isinstance(one.value, str):
            texts.setdefault(one.column, set()).add(one.value.strip())
    return frozenset(column for column, found in texts.items() if column_point(sorted(found)))
