"""Rows a workbook was handed out with, so that nobody takes them for an answer.

The hidden sheet `_meta` names every such row with a mark of what stood in it (key `prefilled`). A row
whose mark still fits was not touched; one that was changed, or added, is the office's own.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from python_calamine import CalamineWorkbook

from ksd_toolkit.questionnaire.reading import META_SHEET
from ksd_toolkit.questionnaire.submission import Answer

PREFILLED: Final = "prefilled"
"""The key of the sheet `_meta` under which the rows are listed."""

RowName = tuple[str, str]
"""A table and the key of one of its rows, as `Answer` has them."""

_MARK_LENGTH: Final = 16


def row_mark(cells: Mapping[str, str]) -> str:
    """A fingerprint of what stands in a row: texts by field, blanks left out, in any order."""
    said = {name: text for name, text in cells.items() if text}
    content = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:_MARK_LENGTH]


def prefilled_text(marks: Mapping[RowName, str]) -> str:
    """Row names and their marks as the text of one cell; `stated_prefilled` is its inverse."""
    tables: dict[str, dict[str, str]] = {}
    for (table, key), mark in marks.items():
        tables.setdefault(table, {})[key] = mark
    return json.dumps(tables, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def stated_prefilled(text: str) -> dict[RowName, str]:
    """The rows a workbook says it was handed out with; none where the text is not ours."""
    try:
        tables = json.loads(text) if text else {}
    except ValueError:
        return {}
    if not isinstance(tables, dict):
        return {}
    return {
        (table, key): str(mark)
        for table, marks in tables.items()
        if isinstance(marks, dict)
        for key, mark in marks.items()
    }


def untouched_rows(answers: Iterable[Answer], stated: Mapping[RowName, str]) -> frozenset[RowName]:
    """The rows that say exactly what they said when the workbook was handed out.

    Args:
        answers: What was read from the workbook.
        stated: What the workbook says it was handed out with.
    """
    rows: dict[RowName, dict[str, str]] = {}
    for answer in answers:
        name = (answer.table, answer.row_key)
        if name in stated:
            rows.setdefault(name, {})[answer.field] = answer.raw
    return frozenset(name for name, cells in rows.items() if row_mark(cells) == stated[name])


def prefilled_of(path: Path) -> dict[RowName, str]:
    """The rows the workbook at `path` says it was handed out with.

    Only for a file the gate has let through: nothing here guards against a hostile one.
    """
    book = CalamineWorkbook.from_path(str(path))
    if META_SHEET not in book.sheet_names:
        return {}
    rows = book.get_sheet_by_name(META_SHEET).to_python()
    told = {str(row[0]): str(row[1]) for row in rows if len(row) > 1}
    return stated_prefilled(told.get(PREFILLED, ""))
