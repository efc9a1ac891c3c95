"""What a brought file is by its first and last bytes, and why it is no region data: decided before it is read."""

import csv
import io
from itertools import islice
from pathlib import Path
from typing import Final

from ksd_toolkit.atlas.region_files import facts_of
from ksd_toolkit.atlas.table_headings import find_table, headings_of
from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire.csv_files import delimiter_of
from ksd_toolkit.questionnaire.encodings import decoded
from ksd_toolkit.questionnaire.file_types import RefusedError, file_type
from ksd_toolkit.questionnaire.grid import Grid

_PARQUET: Final = b"PAR1"
_SPACE: Final = b"\xef\xbb\xbf \t\r\n"
_LINE_ENDS: Final = (b"\n", b"\r")
_HEAD: Final = 64


def is_map(path: Path) -> bool:
    """Whether a file begins as a map does: with JSON, or as Parquet.

    Raises:
        OSError: It cannot be opened.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    return head.startswith(_PARQUET) or head.lstrip(_SPACE).startswith((b"{", b"["))


def early_refusal(path: Path) -> Problem | None:
    """Why a file need not be read any further; None where it may be a table or a map.

    Parquet begins and ends with the same four bytes. A table has its heading among the first rows,
    so that a long file without one is not read to its end.

    Args:
        path: The file.

    Raises:
        OSError: It cannot be opened.
    """
    if is_map(path):
        return Problem("atlas.map_damaged", Where(path.name)) if _is_cut(path) else None
    try:
        kind = file_type(path)
    except RefusedError as refused:
        return in_own_words(refused.problem(path.name), path)
    return _without_heading(path) if kind == "text" else None


def in_own_words(problem: Problem, path: Path) -> Problem:  # noqa: PLR0911  a refusal a line
    """What the reader of questionnaires found, as it is told of a file about regions.

    Args:
        problem: Why the file is refused.
        path: The file.
    """
    where, facts = Where(path.name), problem.facts
    match problem.code:
        case "file.html":
            return Problem("atlas.web_page", where)
        case "file.locked" | "file.locked_or_xls" | "file.old_xls":
            return Problem("atlas.locked", where)
        case "file.other_kind":
            return Problem("atlas.other_kind", where, facts)
        case "file.empty":
            return Problem("atlas.no_rows", where)
        case "file.too_large":
            return Problem("atlas.table_bytes", where, facts)
        case "file.too_many_cells":
            return Problem("atlas.table_cells", where, facts)
        case _:
            return _no_map(path) or Problem("atlas.no_table", where)


def no_heading(path: Path, found: str) -> Problem:
    """A text or a workbook in which no row is a heading.

    Args:
        path: The file.
        found: Its first row.
    """
    return _no_map(path) or Problem("atlas.headings", Where(path.name), {"found": found})


def _no_map(path: Path) -> Problem | None:
    """What is told of a file that is not the map its name promises; None where it promises none."""
    match path.suffix.casefold():
        case ".parquet" | ".geoparquet":
            return Problem("atlas.not_parquet", Where(path.name))
        case ".geojson" | ".json":
            return Problem("atlas.not_geojson", Where(path.name))
        case _:
            return None


def _is_cut(path: Path) -> bool:
    """Whether a file begins as Parquet and does not end so."""
    with path.open("rb") as file:
        begins = file.read(len(_PARQUET)) == _PARQUET
        size = file.seek(0, 2)
        file.seek(max(0, size - len(_PARQUET)))
        return begins and (size < 2 * len(_PARQUET) or file.read() != _PARQUET)


def _without_heading(path: Path) -> Problem | None:
    """Why a long text is no table, judged by its first rows; None where only the whole can tell."""
    with path.open("rb") as file:
        start = file.read(facts_of("reading")["first_bytes"])
        if not file.read(1):
            return None
    text = _text_of(start)
    if text is None:
        return _no_map(path) or Problem("atlas.no_table", Where(path.name))
    mark, body = delimiter_of(text)
    wanted = facts_of("reading")["heading_rows"]
    lines = io.StringIO(body, newline="")  # other breaks, such as U+2028, stay inside their cell
    try:
        rows = tuple(map(tuple, islice(csv.reader(lines, delimiter=mark), wanted)))
    except csv.Error:
        return _no_map(path) or Problem("atlas.no_table", Where(path.name))
    grid = Grid("", rows, delimited=True)
    table = find_table(grid, path.name)
    if len(rows) < wanted or (table and table.kind):
        return None
    return no_heading(path, headings_of(grid) or "-")


def _text_of(start: bytes) -> str | None:
    """The whole lines at the start of a file; None where it is no text, or one line without an end."""
    end = max(start.rfind(mark) for mark in _LINE_ENDS) + 1
    for more in (0, 1):  # in UTF-16 a line end has a second byte
        found = decoded(start[: end + more]) if end else None
        if found is not None:
            return found.text
    return None
