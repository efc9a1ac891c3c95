"""A small table the secretariat keeps beside a dossier: its rows with the places they stand at."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import InputError, Problem, Where
from ksd_toolkit.questionnaire.grid import address

_SEPARATORS: Final = (";", "\t", ",")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its cells by heading, and where each stands."""

    cells: Mapping[str, str]
    places: Mapping[str, Where]

    def get(self, column: str) -> str:
        """What stands in a column; nothing where there is no such column."""
        return self.cells.get(column, "")

    def where(self, column: str) -> Where:
        """The place of a cell."""
        return self.places.get(column, next(iter(self.places.values()), Where()))


def dossier_table(dossier: Dossier, name: str, columns: tuple[str, ...]) -> list[TableRow]:
    """The rows of the CSV file `name` in the dossier's folder; none where there is no such file.

    Args:
        dossier: Whose file it is.
        name: The file.
        columns: What must be among its headings.

    Raises:
        InputError: It is no CSV file, or a heading is missing.
    """
    path = dossier.folder / name
    if not path.is_file():
        return []
    try:
        rows = list(_rows(path))
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            "dossier.table", [Problem("file.not_csv", Where(name))], file=name
        ) from error
    headings = [text.casefold() for text in rows[0]] if rows else []
    missing = [column for column in columns if column not in headings]
    if missing:
        facts = {"keys": ", ".join(missing)}
        problem = Problem("sheet.no_header", Where(name), facts)
        raise InputError("dossier.table", [problem], file=name)
    return list(_told(rows, headings, name))


def refuse_table(name: str, problems: list[Problem]) -> None:
    """Stop where something in the table is wrong, with all of it.

    Raises:
        InputError: There are problems.
    """
    if problems:
        raise InputError("dossier.table", problems, file=name)


def _rows(path: Path) -> Iterator[list[str]]:
    text = path.read_text(encoding="utf-8-sig")
    first = text.partition("\n")[0]
    delimiter = max(_SEPARATORS, key=first.count)
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        yield [" ".join(cell.split()) for cell in row]


def _told(rows: list[list[str]], headings: list[str], name: str) -> Iterator[TableRow]:
    for number, row in enumerate(rows[1:], start=1):
        if any(row):
            cells = dict(zip(headings, row, strict=False))
            places = {
                heading: Where(name, "", address(number, at)) for at, heading in enumerate(headings)
            }
            yield TableRow(cells, places)
