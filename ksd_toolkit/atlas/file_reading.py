"""One brought file understood: what it holds decides who reads it, never its name."""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ksd_toolkit.atlas.boundaries import Boundaries
from ksd_toolkit.atlas.brought import Asked, FileRead, UnfitError, frame_of
from ksd_toolkit.atlas.geojson import read_geojson
from ksd_toolkit.atlas.indicator_rows import read_indicators
from ksd_toolkit.atlas.meta_rows import read_crosswalk, read_meta
from ksd_toolkit.atlas.region_files import facts_of
from ksd_toolkit.atlas.shapes import RawShape, fit_shapes
from ksd_toolkit.atlas.table_headings import Table, find_table, headings_of
from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire.gate import DAMAGED_ARCHIVE
from ksd_toolkit.questionnaire.grid import Grid
from ksd_toolkit.questionnaire.sheets import read_grids

_PARQUET: Final = b"PAR1"
_SHAPEFILE: Final = bytes.fromhex("0000270a")
_SHAPEFILE_PARTS: Final = (".shp", ".shx", ".dbf", ".prj", ".sbn", ".sbx", ".cpg")
_SPACE: Final = b"\xef\xbb\xbf \t\r\n"
_HEAD: Final = 64


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A file whose kind is known: a table with its heading, or the features of a map."""

    name: str
    table: Table | None = None
    features: tuple[RawShape, ...] = ()
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
    if not path.is_file():
        return Problem("atlas.no_file", Where(name))
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if _is_shapefile(path, head):
        return Problem("atlas.shapefile", Where(name))
    try:
        if head.startswith(_PARQUET):
            return Opened(name, features=_parquet(path))
        if head.lstrip(_SPACE).startswith((b"{", b"[")):
            return Opened(name, features=tuple(read_geojson(_content(path))))
    except UnfitError as unfit:
        return unfit.at(name)
    return _open_table(path, name)


def read_file(opened: Opened, asked: Asked, crosswalk: Mapping[str, str]) -> FileRead | Problem:
    """The rows of a file, or why none of them can be used.

    Args:
        opened: The file.
        asked: What its bringer says of it.
        crosswalk: Kemendagri codes by BPS code, where somebody brought them.
    """
    table, where = opened.table, Where(opened.name)
    if table is not None and table.kind == "meta":
        return read_meta(table)
    if table is not None and table.kind == "crosswalk":
        return read_crosswalk(table)
    if asked.system == "bps" and not crosswalk:
        return Problem("atlas.no_crosswalk", where)
    if table is None:
        return _read_shapes(opened, asked, crosswalk)
    if "year" not in table.columns and asked.year is None:
        return Problem("atlas.no_year", where)
    return read_indicators(table, asked, crosswalk)


def _read_shapes(opened: Opened, asked: Asked, crosswalk: Mapping[str, str]) -> FileRead | Problem:
    found = fit_shapes(opened.features, opened.name, asked, crosswalk)
    boundaries = Boundaries.of(found.shapes)
    return FileRead("boundaries", frame_of((), []), found.balance, found.problems, boundaries)


def _open_table(path: Path, name: str) -> Opened | Problem:
    grids, problem = read_grids(path, name)
    if problem is not None:
        return problem
    tables = [table for grid in grids if (table := find_table(grid, name))]
    usable = [table for table in tables if table.kind]
    findings = tuple(problem for grid in grids for problem in grid.findings)
    if usable:
        others = tuple(_unread(table.grid, name) for table in usable[1:])
        return Opened(name, usable[0], findings=(*findings, *others))
    found = next(filter(None, (headings_of(grid) for grid in grids)), "-")
    return Problem("atlas.headings", Where(name), {"found": found})


def _unread(grid: Grid, name: str) -> Problem:
    return Problem("atlas.sheet_unread", Where(name, grid.name), {}, "warning")


def _parquet(path: Path) -> tuple[RawShape, ...]:
    from ksd_toolkit.atlas.geoparquet import read_geoparquet  # noqa: PLC0415  slow to load

    return tuple(read_geoparquet(_content(path)))


def _content(path: Path) -> bytes:
    limit = facts_of("boundaries")["bytes"]
    if path.stat().st_size > limit:
        raise UnfitError(Problem("atlas.map_bytes", Where(), {"limit": limit // 2**20}))
    return path.read_bytes()


def _is_shapefile(path: Path, head: bytes) -> bool:
    """Whether it is a shapefile, a part of one, or an archive with one in it."""
    if head.startswith(_SHAPEFILE) or path.suffix.casefold() in _SHAPEFILE_PARTS:
        return True
    if not head.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.casefold().endswith(".shp") for name in archive.namelist())
    except DAMAGED_ARCHIVE:
        return False  # whoever reads it next says what it is
