"""Which sheet of an office's workbook holds which table, whatever the office calls its sheets now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.messages import say
from ksd_toolkit.messages.catalogue import LANGUAGES
from ksd_toolkit.questionnaire.cells import as_text
from ksd_toolkit.questionnaire.form import Form
from ksd_toolkit.questionnaire.grid import Grid
from ksd_toolkit.questionnaire.headers import find_header

RECORD: Final = "opd"
TABLES: Final[tuple[str, ...]] = (RECORD, "usulan", "mitra", "nilai")
_LEAST: Final = 3  # codes of one table that make a sheet that table
_OURS: Final = "_"  # how the names of sheets begin that we hide ourselves


@dataclass(frozen=True, slots=True)
class OwnSheets:
    """The sheet of each table that is there, and what is worth telling about their names."""

    by_table: Mapping[str, Grid]
    unread: tuple[Grid, ...]

    def findings(self, file: str) -> Iterator[Problem]:
        """Sheets that were renamed, and sheets with text that are no part of the questionnaire."""
        for table, grid in self.by_table.items():
            if grid.name != table:
                yield Problem("sheet.renamed", Where(file, grid.name), {"sheet": table}, "info")
        for grid in self.unread:
            yield Problem("sheet.unread", Where(file, grid.name), {}, "info")


def own_sheets(grids: tuple[Grid, ...], form: Form) -> OwnSheets:
    """The sheets of an office's workbook: by name, else by name without case and spaces, else by codes."""
    found: dict[str, Grid] = {grid.name: grid for grid in grids if grid.name in TABLES}
    for grid in grids:
        found.setdefault(grid.name.strip().casefold(), grid)
    by_table: dict[str, Grid] = {table: found[table] for table in TABLES if table in found}
    for grid in _others(grids, by_table):
        table = _table_of(grid, form) if len(by_table) < len(TABLES) else ""
        if table and table not in by_table:
            by_table[table] = grid
    return OwnSheets(by_table, tuple(_others(grids, by_table)))


def _others(grids: tuple[Grid, ...], by_table: Mapping[str, Grid]) -> list[Grid]:
    """Sheets with text that hold no table and are none of our own additions."""
    claimed = {grid.name for grid in by_table.values()}
    guides = {say("workbook.guide_sheet", lang) for lang in LANGUAGES}
    return [
        grid
        for grid in grids
        if grid.name not in claimed | guides
        and not grid.name.startswith(_OURS)
        and not _lists_corrections(grid)
        and any(as_text(raw) for row in grid.rows for raw in row)
    ]


def _lists_corrections(grid: Grid) -> bool:
    """Whether it is the list of a marked copy that came back, by its title."""
    title = as_text(grid.cell(0, 0))
    return any(title.endswith(say("returning.title", lang)) for lang in LANGUAGES)


def _table_of(grid: Grid, form: Form) -> str:
    """The table most of whose codes stand on a sheet; nothing where there are hardly any."""
    first = {as_text(row[0]) for row in grid.rows if row}
    codes = {RECORD: len(first & {field.name for field in form.table(RECORD).fields})}
    for table in TABLES[1:]:
        header = find_header(grid, form.table(table))
        codes[table] = len(header.columns) if header else 0
    best = max(TABLES, key=lambda table: codes[table])
    return best if codes[best] >= _LEAST else ""
