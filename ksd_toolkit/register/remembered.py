"""What the trail remembers of a submission beside its answers: its own columns, its changes, its problems."""

import sqlite3
from typing import Final

from ksd_toolkit.register.contents import CELL_COLUMNS, rows_digest

ASPECTS: Final = {
    "owner": ("period", "kind", "sender", "slot"),
    "source": ("sha256", "modified", "reader", "channel", "form_id", "form_version"),
    "version": ("version_no", "content_hash", "reread"),
    "received": ("received_at", "late"),
    "counts": ("accepted", "quarantined", "duplicate", "blank", *CELL_COLUMNS),
}
"""The columns of a submission that never change, by what they tell."""

_COLUMNS: Final = tuple(name for names in ASPECTS.values() for name in names)


def columns_of(connection: sqlite3.Connection, number: int) -> dict[str, object]:
    """The columns of a submission that never change."""
    row = connection.execute(
        f"SELECT {','.join(_COLUMNS)} FROM submission WHERE id = ?",  # noqa: S608  our own columns
        (number,),
    ).fetchone()
    return dict(zip(_COLUMNS, row, strict=True))


def digests_of(connection: sqlite3.Connection, number: int) -> dict[str, str]:
    """The seals of a submission's changes and problems; the file's name may follow a renaming."""
    changes = connection.execute(
        "SELECT what, table_name, row_key, field, before, after, before_place, after_place"
        " FROM change WHERE submission_id = ? ORDER BY position",
        (number,),
    )
    problems = connection.execute(
        "SELECT period, code, severity, sheet, cell, facts FROM problem"
        " WHERE submission_id = ? ORDER BY id",
        (number,),
    )
    return {"changes": rows_digest(changes), "problems": rows_digest(problems)}
