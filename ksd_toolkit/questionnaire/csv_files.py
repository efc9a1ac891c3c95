"""A CSV file as one grid of texts, each exactly as it stands: nothing is turned into a number here."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire import gate
from ksd_toolkit.questionnaire.encodings import Decoded, decoded, nul_bytes, repaired
from ksd_toolkit.questionnaire.file_types import RefusedError
from ksd_toolkit.questionnaire.grid import Grid, address

_DELIMITERS: Final = (";", ",", "\t", "|")
_SEARCHED_ROWS: Final = 30  # a letterhead may stand above the table
_STATED: Final = re.compile(r"\A\s*\"?sep=([;,|:^~\t])\"?[ \t]*(?:\r\n|\r|\n|\Z)", re.IGNORECASE)
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_INERT: Final = re.compile("'[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_FOREIGN: Final = re.compile(r"[^\x00-\x7f]+")
_SHOWN: Final = 12  # letters; what stands around them may be a person's name


def read_csv_grid(path: Path, name: str) -> tuple[Grid | None, Problem | None]:
    """A CSV file as one grid of texts; or the reason why it is refused.

    The grid has no name. Its rows have the lengths they have in the file.
    """
    try:
        found = _text(path)
        rows = tuple(_rows(found.text))
    except RefusedError as reason:
        return None, reason.problem(name)
    except OSError:
        return None, RefusedError("file.damaged").problem(name)
    findings = [*_misread(rows, name)]
    if found.guessed:
        findings.append(Problem("file.guessed_encoding", Where(name), {}, "warning"))
    return Grid("", rows, delimited=True, findings=tuple(findings)), None


def _text(path: Path) -> Decoded:
    if path.stat().st_size > gate.MAX_FILE_BYTES:
        raise RefusedError("file.too_large", limit=gate.MAX_FILE_BYTES // 2**20)
    content = path.read_bytes()
    if not content.strip():
        raise RefusedError("file.empty")
    found = decoded(content)
    if found is None:
        many, line = nul_bytes(content)
        raise (
            RefusedError("file.nul_bytes", n=many, line=line)
            if many
            else RefusedError("file.not_csv")
        )
    return found


def delimiter_of(text: str) -> tuple[str, str]:
    """The mark between the cells, and the text without the line that states it.

    Unless `sep=;` states it, it is the mark that cuts the most of the first rows into the same
    number of cells. A decimal comma cuts the numbers, but not the headings above them.
    """
    if match := _STATED.match(text):
        return match[1], text[match.end() :]
    return max(_DELIMITERS, key=lambda mark: _agreement(text, mark)), text


def _agreement(text: str, mark: str) -> tuple[int, int]:
    """How many of the first rows have the most common width above one, and that width."""
    rows = csv.reader(_lines(text), delimiter=mark)
    try:
        widths = Counter(len(row) for row in islice(rows, _SEARCHED_ROWS) if any(row))
    except csv.Error:
        return 0, 0
    several = [(count, width) for width, count in widths.items() if width > 1]
    return max(several, default=(0, 0))


def _rows(text: str) -> Iterator[tuple[str, ...]]:
    csv.field_size_limit(gate.MAX_FILE_BYTES)
    mark, body = delimiter_of(text)
    limits = gate.limits()
    if body.count(mark) + body.count("\n") + body.count("\r") > 2 * limits.cells:
        raise RefusedError("file.too_many_cells", limit=limits.cells)
    room = limits.cells
    shared: dict[str, str] = {}  # answers repeat themselves
    try:
        for number, row in enumerate(csv.reader(_lines(body), delimiter=mark)):
            room -= len(row)
            if number >= limits.row or len(row) > limits.column:
                place = address(number, max(len(row) - 1, 0))
                raise RefusedError("file.cell_out_of_bounds", cell=place)
            if room < 0:
                raise RefusedError("file.too_many_cells", limit=limits.cells)
            yield tuple([shared.setdefault(cell, _active(cell)) for cell in row])
    except csv.Error as error:
        raise RefusedError("file.not_csv") from error


def _lines(text: str) -> Iterator[str]:
    """The text line by line with its line ends; other breaks, such as U+2028, stay inside their cell."""
    return (match[0] for match in _LINE.finditer(text))


def _active(cell: str) -> str:
    """A text as it was before it was made inert: `'=1+1` was written for `=1+1`."""
    return cell[1:] if cell[:1] == "'" and _INERT.match(cell) else cell


def _misread(rows: Iterable[tuple[str, ...]], name: str) -> Iterator[Problem]:
    """The first text that another program spoiled, with what it probably was, and how many there are.

    Only the spoiled letters are quoted: the text may hold a person's name.
    """
    found = [
        (address(number, column), *misread)
        for number, row in enumerate(rows)
        for column, cell in enumerate(row)
        if not cell.isascii() and (misread := _misread_letters(cell))
    ]
    if found:
        place, run, better = found[0]
        where, facts = Where(name, "", place), {"n": len(found), "value": run, "better": better}
        yield Problem("cell.misread_letters", where, facts, "warning")


def _misread_letters(cell: str) -> tuple[str, str] | None:
    """The first letters of a text that were misread, and what they probably were."""
    for match in _FOREIGN.finditer(cell):
        if better := repaired(match[0]):
            return match[0][:_SHOWN], better[:_SHOWN]
    return None
