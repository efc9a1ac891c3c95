"""The register's numbered schema: brought up step by step, a copy of the old store made first."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Final

from ksd_toolkit.errors import RunError
from ksd_toolkit.register import audit
from ksd_toolkit.register.appearing import appear
from ksd_toolkit.register.contents import (
    CELL_COLUMNS,
    content_hash,
    count_cells,
    seal_of,
    stored_rows,
)
from ksd_toolkit.register.versions import FIRST, add_changes

_VERSIONS: Final = 2
"""The step that brought versions: what an older store holds is numbered and compared."""


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Apply every step newer than the store, all or none of them.

    A store that holds answers is copied to `register.sqlite.v<N>.bak` first.

    Raises:
        RunError: The store was made by a newer program.
    """
    newest = len(_steps())
    if _version(connection) == newest:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        old = _version(connection)  # another process may have been faster
        _refuse_newer(path, old, newest)
        if 0 < old < newest:
            _back_up(path, old)
        for number in range(old + 1, newest + 1):
            _apply(connection, number)
        if 0 < old < newest:
            _record(connection, old, newest)
        connection.execute(f"PRAGMA user_version = {newest}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _refuse_newer(path: Path, found: int, known: int) -> None:
    if found > known:
        raise RunError("register.newer", folder=path.parent.name, found=found, known=known)


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@cache
def _steps() -> tuple[tuple[str, ...], ...]:
    """The statements of every schema file, in the order of their numbers."""
    folder = files("ksd_toolkit.register").joinpath("schema")
    found = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return tuple(tuple(_statements(step.read_text(encoding="utf-8"))) for step in found)


def _statements(script: str) -> Iterator[str]:
    """A script's statements; a trigger holds semicolons of its own, so SQLite says where one ends."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _apply(connection: sqlite3.Connection, number: int) -> None:
    for statement in _steps()[number - 1]:
        connection.execute(statement)
    if number == _VERSIONS:
        _number_versions(connection)


def _back_up(path: Path, old: int) -> None:
    """A whole copy beside the store; taken while nobody else can write."""

    def copy(draft: Path) -> None:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(draft)) as target:
            source.backup(target)

    appear(path.with_name(f"{path.name}.v{old}.bak"), copy, replace=True)


def _record(connection: sqlite3.Connection, old: int, newest: int) -> None:
    numbers = connection.execute("SELECT id FROM submission ORDER BY id").fetchall()
    seals = {str(number): seal_of(connection, number) for (number,) in numbers}
    audit.record(
        connection,
        audit.Entry("migrate", "", "schema", {"version": old}, {"version": newest, "seals": seals}),
    )


def _number_versions(connection: sqlite3.Connection) -> None:
    """What a store without versions holds: each new content of a sender is one more version."""
    stored = connection.execute(
        "SELECT period, kind, sender, id FROM submission ORDER BY period, kind, sender, id"
    ).fetchall()
    for _, group in groupby(stored, key=lambda row: row[:3]):
        numbers: dict[str, int] = {}
        basis = None
        for *_, number in group:
            rows = list(stored_rows(connection, number))
            content = content_hash(rows)
            if content not in numbers:
                numbers[content] = len(numbers) + FIRST
                if basis is not None:
                    add_changes(connection, number, basis, rows)
            basis = number
            cells = count_cells(rows, _cells_set_aside(connection, number)).numbers()
            _fill(connection, number, numbers[content], content, cells)


def _cells_set_aside(connection: sqlite3.Connection, number: int) -> int:
    rows = connection.execute("SELECT cells FROM set_aside WHERE submission_id = ?", (number,))
    return sum(len(json.loads(cells)) for (cells,) in rows)


def _fill(
    connection: sqlite3.Connection, number: int, version: int, content: str, cells: tuple[int, ...]
) -> None:
    columns = ", ".join(f"{name} = ?" for name in ("version_no", "content_hash", *CELL_COLUMNS))
    connection.execute(
        f"UPDATE submission SET {columns} WHERE id = ?",  # noqa: S608  our own columns
        (version, content, *cells, number),
    )
