"""Versions of what a sender said, and what each changed against the one before, field by field."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, NamedTuple, Self

from ksd_toolkit.register.contents import AnswerRow, Key, content_of, stored_rows

FIRST: Final = 1


class Change(NamedTuple):
    """A row that came or went, or a field that says something else; places as `sheet:cell`."""

    what: str
    table: str
    row_key: str
    field: str
    before: str | None
    after: str | None
    before_place: str
    after_place: str


@dataclass(frozen=True, slots=True)
class Version:
    """Where a submission stands among those of its sender.

    `basis` is the submission it is compared with, None where it is the first or says nothing new.
    `late`, `status` and `reread` are those the register has to keep with it.
    """

    number: int
    basis: int | None
    is_new: bool
    reread: bool = False
    late: bool = False
    status: str = ""

    def told(self, *, late: bool, status: str) -> Self:
        """The same version with what the period says about it."""
        return replace(self, late=late, status=status)


@dataclass(frozen=True, slots=True)
class Slot:
    """What versions are counted for: a sender's whole workbook, or the tables of one file."""

    period: str
    kind: str
    sender: str
    slot: str


def version_of(connection: sqlite3.Connection, slot: Slot, sha256: str, content: str) -> Version:
    """The version this content is, new or known. A file read anew keeps its lateness and status."""
    known = connection.execute(
        "SELECT id, version_no, sha256, content_hash, late, status FROM submission"
        " WHERE (period, kind, sender, slot) = (?, ?, ?, ?) ORDER BY id",
        (slot.period, slot.kind, slot.sender, slot.slot),
    ).fetchall()
    same = [row for row in known if row[3] == content]
    read_before = [row for row in known if row[2] == sha256]
    kept = (read_before or same)[-1:]
    late, status = (bool(kept[0][4]), str(kept[0][5])) if kept else (False, "")
    if same:
        return Version(same[-1][1], None, is_new=False, late=late, status=status)
    last = max((row[1] for row in known), default=FIRST - 1)
    basis = read_before[-1][0] if read_before else known[-1][0] if known else None
    return Version(last + 1, basis, True, bool(read_before), late, status)


def add_changes(
    connection: sqlite3.Connection, number: int, basis: int, rows: Iterable[AnswerRow]
) -> None:
    """Keep what submission `number` with these rows changed against submission `basis`."""
    changes = changes_between(stored_rows(connection, basis), rows)
    connection.executemany(
        "INSERT INTO change VALUES (?,?,?,?,?,?,?,?,?,?)",
        ((number, position, *change) for position, change in enumerate(changes)),
    )


def changes_between(before: Iterable[AnswerRow], after: Iterable[AnswerRow]) -> Iterator[Change]:
    """Rows removed, rows added, and fields that say something else, in the order of table and key."""
    old, new = content_of(before), content_of(after)
    old_rows, new_rows = _rows_of(old), _rows_of(new)
    for name in sorted(old_rows.keys() | new_rows.keys()):
        if name not in new_rows:
            yield Change("row_removed", *name, "", None, None, old_rows[name].place, "")
        elif name not in old_rows:
            yield Change("row_added", *name, "", None, None, "", new_rows[name].place)
    for key in sorted(old.keys() | new.keys()):
        if key[:2] in old_rows and key[:2] in new_rows:
            yield from _changed(key, old.get(key), new.get(key))


def _changed(key: Key, old: AnswerRow | None, new: AnswerRow | None) -> Iterator[Change]:
    before, after = (None if row is None else row.said for row in (old, new))
    same = old is not None and new is not None and old.meaning == new.meaning
    if not same:
        places = ("" if row is None else row.place for row in (old, new))
        yield Change("changed", *key, before, after, *places)


def _rows_of(content: Mapping[Key, AnswerRow]) -> dict[tuple[str, str], AnswerRow]:
    """The first answer of every row."""
    rows: dict[tuple[str, str], AnswerRow] = {}
    for (table, row_key, _), row in content.items():
        rows.setdefault((table, row_key), row)
    return rows
