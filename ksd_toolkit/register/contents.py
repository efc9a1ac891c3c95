"""What a submission says, whatever file it came in: its rows as kept, its hash, its cells counted."""

import hashlib
import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from itertools import chain
from typing import Final, NamedTuple, Self

from ksd_toolkit.questionnaire import Answer, Submission

EXTRA_PREFIX: Final = "_lain/"
Key = tuple[str, str, str]
"""Table, row key and field: the name of an answer within a submission."""

_WHOLE: Final = re.compile(r"^(-?\d+)\.0$")  # the number 4.0 is shown as 4


class AnswerRow(NamedTuple):
    """An answer as the register keeps it, with personal data already replaced."""

    table: str
    row_key: str
    field: str
    raw: str
    value: str | None
    state: str
    sheet: str
    cell: str

    @property
    def key(self) -> Key:
        """What the answer is called."""
        return self.table, self.row_key, self.field

    @property
    def said(self) -> str:
        """The answer as a person reads it: the value, else the state, else what could not be read."""
        if self.value is not None:
            return _WHOLE.sub(r"\1", self.value)
        return self.raw if self.state == "tak_terbaca" and self.raw else self.state

    @property
    def meaning(self) -> tuple[str, str]:
        """What two answers must share to be the same: spaces around and ways of coding make no difference."""
        return self.state, unicodedata.normalize("NFC", self.said).strip()

    @property
    def place(self) -> str:
        """Sheet and cell."""
        return ":".join(part for part in (self.sheet, self.cell) if part)


@dataclass(frozen=True, slots=True)
class CellBalance:
    """Cells read = answered + unknown (TT) + not applicable (TB) + blank + unreadable + extra + set aside."""

    answered: int = 0
    unknown: int = 0
    not_applicable: int = 0
    blank: int = 0
    unreadable: int = 0
    extra: int = 0
    set_aside: int = 0

    @property
    def read(self) -> int:
        """All cells seen."""
        return sum(self.numbers())

    def numbers(self) -> tuple[int, ...]:
        """The counts in the order of the columns `cells_*`."""
        return tuple(getattr(self, field.name) for field in fields(self))

    def __add__(self, other: Self) -> "CellBalance":
        return CellBalance(*map(sum, zip(self.numbers(), other.numbers(), strict=True)))


CELL_COLUMNS: Final = tuple(f"cells_{field.name}" for field in fields(CellBalance))
_STATES: Final = {
    "": "answered", "TT": "unknown", "TB": "not_applicable", "kosong": "blank",
    "tak_terbaca": "unreadable",
}  # fmt: skip


def answer_row(answer: Answer, concealed: Mapping[Key, str]) -> AnswerRow:
    """The answer as it is kept; `concealed` holds the references that replace personal values."""
    key = answer.table, answer.row_key, answer.field
    raw, value = answer.raw, answer.value
    if key in concealed:
        raw, value = "", None if value is None else concealed[key]
    if isinstance(value, date):
        value = value.isoformat()
    text = None if value is None else repr(value) if isinstance(value, float) else str(value)
    return AnswerRow(*key, raw, text, answer.state, answer.sheet, answer.cell)


def content_of(rows: Iterable[AnswerRow]) -> dict[Key, AnswerRow]:
    """What was said, by name. A blank says nothing, so that a new question changes no one's content."""
    return {row.key: row for row in rows if row.state != "kosong"}


def content_hash(rows: Iterable[AnswerRow]) -> str:
    """Equal for equal answers: order of rows and columns, labels or codes, spaces make no difference."""
    told = sorted((*key, *row.meaning) for key, row in content_of(rows).items())
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def rows_digest(rows: Iterable[tuple[object, ...]]) -> str:
    """The seal of rows as they stand, every column of them."""
    told = json.dumps([list(row) for row in rows], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def count_cells(rows: Iterable[AnswerRow], set_aside: int) -> CellBalance:
    """Where every cell of a submission went; `set_aside` counts those of rows that were not accepted."""
    numbers = dict.fromkeys((*_STATES.values(), "extra"), 0)
    for row in rows:
        numbers["extra" if row.field.startswith(EXTRA_PREFIX) else _STATES[row.state]] += 1
    return CellBalance(**numbers, set_aside=set_aside)


def seal_of(connection: sqlite3.Connection, number: int) -> str:
    """The seal of everything a stored submission says: its answers and the rows set aside."""
    aside = connection.execute(
        "SELECT table_name, fate, code, sheet, row_number, cells FROM set_aside"
        " WHERE submission_id = ? ORDER BY position",
        (number,),
    )
    return rows_digest(chain(stored_rows(connection, number), aside))


def stored_rows(connection: sqlite3.Connection, number: int) -> Iterator[AnswerRow]:
    """The answers of a stored submission, in reading order."""
    rows = connection.execute(
        "SELECT table_name, row_key, field, raw, value, state, sheet, cell FROM answer"
        " WHERE submission_id = ? ORDER BY position",
        (number,),
    )
    return (AnswerRow(*row) for row in rows)


def slot_of(submission: Submission) -> str:
    """'' for a whole workbook, else the tables the file brings, so that single tables add up."""
    if submission.kind == "naskah" or channel_of(submission) != "table":
        return ""
    return "+".join(sorted(getattr(submission, "tables", ())))


def channel_of(submission: Submission) -> str:
    """The way the answers came: `workbook`, `tkksd` or `table`."""
    told = str(getattr(submission, "channel", ""))
    return told or {"opd": "workbook", "tkksd": "tkksd"}.get(submission.kind, "table")
