"""Find the row that names the questions, whatever stands above it and however it is spaced."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from typing import Final

from ksd_toolkit.messages import say
from ksd_toolkit.messages.catalogue import LANGUAGES
from ksd_toolkit.questionnaire.cells import as_text
from ksd_toolkit.questionnaire.form import Field, TableSpec
from ksd_toolkit.questionnaire.grid import Grid, column_letters

_SEARCH_ROWS: Final = 30
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Header:
    """Where a table starts.

    Attributes:
        row: The zero-based row of the headings.
        columns: The column of each question, the first where several have its name.
        unknown: Other columns with text, by heading; also further columns of a question (`skor #2`).
        repeated: Those further columns alone.
        untidy: Columns whose heading was recognised though it has spaces or line breaks too many.
    """

    row: int
    columns: dict[str, int]
    unknown: dict[str, int]
    repeated: dict[str, int]
    untidy: tuple[int, ...] = field(default=())


def find_header(grid: Grid, table: TableSpec) -> Header | None:
    """The row that names the fields best, by code or label, the lower of equals; None without its keys."""
    names = names_of(table)
    best: Header | None = None
    for number in range(min(_SEARCH_ROWS, len(grid.rows))):
        header = _match_header(grid, number, names)
        if header.columns and (best is None or len(header.columns) >= len(best.columns)):
            best = header
    if best is None or not set(table.keys) <= best.columns.keys():
        return None
    for name, column in _without_heading(grid, best):
        best.unknown[name] = column
    return best


def names_of(table: TableSpec) -> dict[str, str]:
    """The question that each folded code and label means."""
    return {alias: question.name for question in table.fields for alias in _aliases(question)}


@lru_cache(maxsize=4096)  # the headings of one office are those of the next
def folded(text: str) -> str:
    """A code or label as people copy it: without case, stars and spaces too many."""
    return " ".join(_INVISIBLE.sub("", text).casefold().rstrip("* \u00a0").split())


def _match_header(grid: Grid, number: int, names: dict[str, str]) -> Header:
    found: dict[str, int] = {}
    unknown: dict[str, int] = {}
    repeated: dict[str, int] = {}
    untidy: list[int] = []
    for column, raw in enumerate(grid.rows[number]):
        heading = as_text(raw)
        plain = folded(heading)
        if not plain:
            continue
        name = names.get(plain)
        if name is None:
            unknown[_numbered(heading, unknown, 1)] = column
            continue
        if name in found:
            key = _numbered(heading, unknown, 2)
            unknown[key] = repeated[key] = column
        else:
            found[name] = column
        if isinstance(raw, str) and raw != " ".join(_INVISIBLE.sub("", raw).split()):
            untidy.append(column)
    return Header(number, found, unknown, repeated, tuple(untidy))


def _without_heading(grid: Grid, header: Header) -> Iterator[tuple[str, int]]:
    """Columns with text below the header row but nothing in it: by the nearest text above, else by letter.

    Notes beside the table, cells a comma split off, a column an office added to our own workbook,
    whose row of codes is hidden. Our own guide columns, for reading only, are passed over.
    """
    named = {*header.columns.values(), *header.unknown.values()}
    for column in sorted(set(range(max(len(row) for row in grid.rows))) - named):
        texts = [as_text(grid.cell(number, column)) for number in range(len(grid.rows))]
        above = [text for text in texts[: header.row] if text]
        if any(texts[header.row + 1 :]) and not any(map(_is_guide, above)):
            name = above[-1] if above else column_letters(column + 1)
            yield _numbered(name, header.unknown, 1), column


def _is_guide(heading: str) -> bool:
    """Whether a heading is that of a column the questionnaire has for reading only."""
    return any(heading.endswith(say("workbook.read_only", lang, label="")) for lang in LANGUAGES)


def _numbered(text: str, taken: Container[str], start: int) -> str:
    """The heading itself; `Catatan #2` where someone added two columns of one name."""
    names = (f"{text} #{k}" if k > 1 else text for k in count(start))
    return next(name for name in names if name not in taken)


def _aliases(question: Field) -> Iterator[str]:
    yield folded(question.name)
    for label in question.labels.values():
        yield folded(label)
