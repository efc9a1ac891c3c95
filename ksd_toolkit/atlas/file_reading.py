"""One brought file understood: what it holds decides who reads it, never its name."""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ksd_toolkit.atlas.brought import Asked, FileRead, UnfitError
from ksd_toolkit.atlas.first_look import early_refusal, in_own_words, is_map, no_heading
from ksd_toolkit.atlas.indicator_rows import read_indicators
from ksd_toolkit.atlas.map_process import read_map
from ksd_toolkit.atlas.meta_rows import read_crosswalk, read_meta
from ksd_toolkit.atlas.possible_values import NO_UNITS, Units
from ksd_toolkit.atlas.table_headings import Table, find_table, headings_of
from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire.gate import DAMAGED_ARCHIVE
from ksd_toolkit.questionnaire.grid import Grid
from ksd_toolkit.questionnaire.sheets import read_grids

_SHAPEFILE: Final = bytes.fromhex("0000270a")
_SHAPEFILE_PARTS: Final = (".shp", ".shx", ".dbf", ".prj", ".sbn", ".sbx", ".cpg")


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A file whose kind is known: a table with its heading, or a map where there is none."""

    path: Path
    table: Table | None = None
    findings: tuple[Problem, ...] = ()

    @property
    def rank(self) -> int:
        """Which files are read first: those the others need."""
        kinds = ("crosswalk", "meta")
        kind = self.table.kind if self.table else ""
        return kinds.index(kind) if kind in kinds else len(kinds)


def open_file(path: Path) -> Opened | Problem:
    """What a file is, or why it is refused as a whole."""
    name = path.name
    if path.is_dir():
        return Problem("atlas.folder", Where(name))
    try:
        if _is_shapefile(path):
            return Problem("atlas.shapefile", Where(name))
        if refusal := early_refusal(path):
            return refusal
        return Opened(path) if is_map(path) else _open_table(path, name)
    except OSError:
        return Problem("atlas.no_file", Where(name))


def read_file(
    opened: Opened, asked: Asked, crosswalk: Mapping[str, str], units: Units = NO_UNITS
) -> FileRead | Problem:
    """The rows of a file, or why none of them can be used.

    Args:
        opened: The file.
        asked: What its bringer says of it.
        crosswalk: Kemendagri codes by BPS code, where somebody brought them.
        units: What lists of indicators say they count.
    """
    table, where = opened.table, Where(opened.path.name)
    if table is not None and table.kind == "meta":
        return read_meta(table)
    if table is not None and table.kind == "crosswalk":
        return read_crosswalk(table)
    if asked.system == "bps" and not crosswalk:
        return Problem("atlas.no_crosswalk", where)
    if table is None:
        return read_map(opened.path, asked, crosswalk)
    try:
        return read_indicators(table, asked, crosswalk, units)
    except UnfitError as unfit:
        return unfit.at(opened.path.name)


def _open_table(path: Path, name: str) -> Opened | Problem:
    grids, problem = read_grids(path, name)
    if problem is not None:
        return in_own_words(problem, path)
    tables = [table for grid in grids if (table := find_table(grid, name))]
    usable = [table for table in tables if table.kind]
    findings = tuple(problem for grid in grids for problem in grid.findings)
    if usable:
        others = tuple(_unread(table.grid, name) for table in usable[1:])
        return Opened(path, usable[0], findings=(*findings, *others))
    found = next(filter(None, (headings_of(grid) for grid in grids)), "-")
    return no_heading(path, found)


def _unread(grid: Grid, name: str) -> Problem:
    return Problem("atlas.sheet_unread", Where(name, grid.name), {}, "warning")


def _is_shapefile(path: Path) -> bool:
    """Whether it is a shapefile, a part of one, or an archive with one in it.

    Raises:
        OSError: It cannot be opened.
    """
    with path.open("rb") as file:
        head = file.read(len(_SHAPEFILE))
    if head.startswith(_SHAPEFILE) or path.suffix.casefold() in _SHAPEFILE_PARTS:
        return True
    if not head.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.casefold().endswith(".shp") for name in archive.namelist())
    except DAMAGED_ARCHIVE:
        return False  # whoever reads it next says what it is
