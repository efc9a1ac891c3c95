"""Read `pleno.xlsx`, the form the secretariat fills in, into the same entries as `pleno.toml`."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.plenary.filled_table import filled_rows, header_row
from ksd_toolkit.plenary.record import Entry, Record
from ksd_toolkit.plenary.rules import MERGED, rules
from ksd_toolkit.questionnaire import fingerprint
from ksd_toolkit.questionnaire.cells import Lost, as_text
from ksd_toolkit.questionnaire.grid import Grid, address
from ksd_toolkit.questionnaire.sheets import read_grids
from ksd_toolkit.stamp import Source

SHEETS: Final = ("Rapat", "Hadir", "Bobot", "Putusan")
"""The sheets of the form, after the guide."""
DECIDED: Final = ("putusan", "posisi", "gabung_ke", "pasal", "alasan")
"""What the plenary fills in beside an usulan."""
_KEYS: Final = {"Hadir": "penilai", "Bobot": "kriteria", "Putusan": "usulan"}


def read_sheets(path: Path, name: str) -> Record:
    """The record in a workbook; a file or sheet that cannot be read is a problem of the record."""
    grids, refused = read_grids(path, name)
    sha256 = fingerprint(path)
    if refused is not None:
        return Record(Source(name, sha256, 0), (), (refused,))
    by_name = {grid.name.strip().casefold(): grid for grid in grids}
    problems = [
        Problem("plenary.no_sheet", Where(name), {"sheet": sheet})
        for sheet in SHEETS
        if sheet.casefold() not in by_name
    ]
    entries: list[Entry] = []
    for sheet in SHEETS:
        if grid := by_name.get(sheet.casefold()):
            problems += _lost(grid, name)
            entries += _entries(sheet, grid, name, problems)
    return Record(Source(name, sha256, len(entries)), tuple(entries), tuple(problems))


def _lost(grid: Grid, name: str) -> Iterator[Problem]:
    """Cells whose value is gone: an error, or a formula nobody computed."""
    for number, row in enumerate(grid.rows):
        for column, raw in enumerate(row):
            if isinstance(raw, Lost):
                where = Where(name, grid.name, address(number, column))
                yield Problem("plenary.lost", where, {"value": str(raw)[:40]})


def _entries(sheet: str, grid: Grid, name: str, problems: list[Problem]) -> Iterator[Entry]:
    if sheet == "Rapat":
        yield from _meeting(grid, name)
        return
    key = _KEYS[sheet]
    header = header_row(grid, (key, *_columns(sheet)))
    if header is None:
        facts = {"keys": ", ".join((key, *_columns(sheet)))}
        problems.append(Problem("sheet.no_header", Where(name, grid.name), facts))
        return
    for row in filled_rows(grid, name, sheet.casefold(), header, key):
        if sheet == "Putusan":
            yield from _decided(row)
        elif any(row.text(column) for column in _columns(sheet)):
            yield row


def _columns(sheet: str) -> Sequence[str]:
    """What a sheet asks; a row where none of it is filled in says nothing."""
    return {"Hadir": ("hadir",), "Bobot": ("bobot", "alasan"), "Putusan": DECIDED}[sheet]


def _meeting(grid: Grid, name: str) -> Iterator[Entry]:
    """The sheet of two columns: a code in the first, what was filled in in the last with anything in it."""
    keys = rules()["section"]["rapat"]["keys"]
    cells, places = {}, {}
    for number, row in enumerate(grid.rows):
        code = as_text(row[0]).casefold() if row else ""
        if code in keys and code not in places:
            places[code] = Where(name, grid.name, address(number, 2))
            if as_text(grid.cell(number, 2)):
                cells[code] = grid.cell(number, 2)
    if cells:
        yield Entry("rapat", places.get("tanggal", Where(name, grid.name)), cells, places)


def _decided(row: Entry) -> Iterator[Entry]:
    """A row as the entries it stands for: a merge, a decision, a new position, or several at once."""
    filled = {column for column in DECIDED if row.text(column)}
    word = row.text("putusan").casefold()
    shared = {key: row.cells.get(key) for key in ("usulan", "pasal", "alasan")}
    merges = "gabung_ke" in filled or word == MERGED
    if merges:
        cells = {**shared, "ke": row.cells.get("gabung_ke")}
        places = {**row.places, "ke": row.at("gabung_ke")}
        yield Entry("gabung", row.where, cells, places)
    if "putusan" in filled and word != MERGED:
        cells = {**shared, "putusan": row.cells.get("putusan")}
        yield Entry("putusan", row.where, cells, row.places)
    if "posisi" in filled:
        cells = {**shared, "posisi": row.cells.get("posisi")}
        yield Entry("pindah", row.where, cells, row.places)
    if filled and not merges and not filled & {"putusan", "posisi"}:
        yield Entry("putusan", row.where, shared, row.places)
