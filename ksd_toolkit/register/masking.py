"""Cover a person in texts the register holds already, and leave nothing of the old text in its files."""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

from ksd_toolkit.register.erasing import erasing
from ksd_toolkit.register.spellings import Wanted
from ksd_toolkit.register.store import transaction

Refer = Callable[[str], str]

_TEXTS: Final[Mapping[str, tuple[str, ...]]] = {
    "answer": ("row_key", "field", "raw", "value", "sheet"),
    "set_aside": ("sheet", "cells"),
    "change": ("row_key", "field", "before", "after", "before_place", "after_place"),
    "problem": ("file", "sheet", "facts"),
    "submission": ("file",),
    "refusal": ("file",),
    "holding": ("value", "file", "sheet"),
}
"""Where words of the offices stand, by table of either store. The audit trail is sealed; it names files only."""

_NAMES: Final = frozenset({"file", "sheet", "before_place", "after_place"})


def count_texts(connection: sqlite3.Connection, wanted: Wanted) -> int:
    """In how many texts of the register the person stands."""
    _teach(connection, wanted, str)
    return sum(
        int(connection.execute(f"SELECT count(*) FROM {t} WHERE shows({c})").fetchone()[0])  # noqa: S608
        for t, c in _columns(connection)
    )


def sentences_with(connection: sqlite3.Connection, wanted: Wanted) -> list[str]:
    """The cells of the register, of rows set aside, too, whose text shows one of these words."""
    _teach(connection, wanted, str)
    rows = connection.execute(
        "SELECT period, sender, sheet, cell FROM answer JOIN submission ON id = submission_id"
        " WHERE shows(raw) UNION SELECT period, sender, sheet, '#' || row_number FROM set_aside"
        " JOIN submission ON id = submission_id WHERE shows(cells) ORDER BY 1, 2, 3, 4"
    )
    return [f"{period} {sender} {sheet}!{cell}" for period, sender, sheet, cell in rows]


def count_trail(connection: sqlite3.Connection, wanted: Wanted) -> int:
    """How many entries of the trail name the person, in the name of a file: these cannot be changed."""
    _teach(connection, wanted, str)
    query = "SELECT count(*) FROM audit WHERE shows(object) OR shows(before) OR shows(after)"
    return int(connection.execute(query).fetchone()[0])


def mask_texts(connection: sqlite3.Connection, wanted: Wanted, refer: Refer) -> int:
    """Put the reference in the person's place wherever it stands; the number of texts changed.

    The caller holds the transaction; in a register, that of `erasing`.
    """
    _teach(connection, wanted, refer)
    return sum(
        connection.execute(
            f"UPDATE {t} SET {c} = {'cover_name' if c in _NAMES else 'cover'}({c}) WHERE shows({c})"  # noqa: S608
        ).rowcount
        for t, c in _columns(connection)
    )


def mask_backups(store: Path, wanted: Wanted, refer: Refer, reason: str) -> int:
    """The same in every copy of the register made before its schema was raised."""
    changed = 0
    for path in sorted(store.glob("register.sqlite.v*.bak")):
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA secure_delete = ON")
            sealed = "audit" in _tables(connection)
            with erasing(connection, "", "", reason) if sealed else transaction(connection):
                changed += mask_texts(connection, wanted, refer)
            scrub(connection)
            connection.execute("PRAGMA journal_mode = DELETE")
    return changed


def scrub(connection: sqlite3.Connection) -> bool:
    """Rewrite the file and empty its log, so that no old page is left; whether nobody was in the way."""
    connection.execute("VACUUM")
    busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def _teach(connection: sqlite3.Connection, wanted: Wanted, refer: Refer) -> None:
    """The functions the statements above call."""

    def cover(text: str) -> str:
        return wanted.pattern.sub(lambda found: refer(found[0]), text)

    def cover_name(text: str) -> str:
        return wanted.pattern.sub(lambda found: refer(found[0]).replace(":", "-"), text)

    connection.create_function("cover", 1, cover, deterministic=True)
    connection.create_function("cover_name", 1, cover_name, deterministic=True)
    connection.create_function(
        "shows", 1, lambda text: text is not None and wanted.found_in(str(text)), deterministic=True
    )


def _columns(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """The columns that hold words, as far as this store has them."""
    known = _tables(connection)
    return [
        (table, column)
        for table, columns in _TEXTS.items()
        if table in known
        for (_, column, *_) in connection.execute(f"PRAGMA table_info({table})").fetchall()
        if column in columns
    ]


def _tables(connection: sqlite3.Connection) -> set[str]:
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name for (name,) in rows}
