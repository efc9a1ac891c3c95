"""A table on a sheet or in a CSV file: the rows below the line of its codes, each cell with its place."""

from collections.abc import Collection, Iterator
from typing import Final

from ksd_toolkit.errors import Where
from ksd_toolkit.plenary.record import Entry
from ksd_toolkit.questionnaire.cells import Raw, as_text
from ksd_toolkit.questionnaire.grid import Grid, address

_SEARCHED: Final = 30  # rows; a title and guidance may stand above the table


def header_row(grid: Grid, needs: Collection[str]) -> tuple[int, dict[str, int]] | None:
    """The row that holds every code of `needs`, and the column of each code; None where there is none."""
    for number, row in enumerate(grid.rows[:_SEARCHED]):
        columns: dict[str, int] = {}
        for column, raw in enumerate(row):
            columns.setdefault(as_text(raw).casefold(), column)
        if set(needs) <= columns.keys():
            columns.pop("", None)
            return number, columns
    return None


def filled_rows(
    grid: Grid, file: str, section: str, header: tuple[int, dict[str, int]], key: str
) -> Iterator[Entry]:
    """Every row with something in it, as an entry whose place is the cell of `key`."""
    start, columns = header
    for number in range(start + 1, len(grid.rows)):
        cells: dict[str, Raw] = {name: grid.cell(number, at) for name, at in columns.items()}
        if any(as_text(raw) for raw in cells.values()):
            places = {
                name: Where(file, grid.name, address(number, at)) for name, at in columns.items()
            }
            yield Entry(section, places[key], cells, places)
