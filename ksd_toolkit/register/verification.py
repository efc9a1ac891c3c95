"""Whether the register still holds what it was given: its trail, its files, its answers."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import RunError
from ksd_toolkit.register import audit
from ksd_toolkit.register.comparison import Difference, differences
from ksd_toolkit.register.contents import seal_of
from ksd_toolkit.register.raw_files import damaged_files
from ksd_toolkit.register.replay import Replay, replay
from ksd_toolkit.register.store import database, open_store

_NOT_KEPT: Final = "file.too_large"


@dataclass(frozen=True, slots=True)
class Verification:
    """What `ksd register verify` found.

    `broken` is the first entry of the trail that does not hold; `files` are hashes with `missing`
    or `changed`; `answers` are submissions whose answers are not those received.
    """

    entries: int
    seal: str
    files_checked: int
    submissions: int
    broken: audit.Break | None
    files: tuple[tuple[str, str], ...]
    answers: tuple[tuple[int, str], ...]
    differences: tuple[Difference, ...]

    @property
    def intact(self) -> bool:
        """Whether everything holds."""
        found = (self.broken, *self.files, *self.answers, *self.differences)
        return not any(found)


def verify(dossier: Dossier) -> Verification:
    """Recompute the trail and hold against it a region's kept files, answers and all other facts.

    Raises:
        RunError: There is no register yet.
    """
    need_register(dossier)
    with open_store(dossier.store) as connection:
        connection.execute("BEGIN")  # one view of everything, also while others write
        entries, seal = audit.last_seal(connection)
        expected = _expected_files(connection)
        broken, told = audit.broken_at(connection), replay(connection)
        answers = tuple(_altered(connection, told))
        facts = () if broken else tuple(differences(connection, told))
        numbers = connection.execute("SELECT count(*) FROM submission").fetchone()[0]
        redacted = _redacted(connection)
        connection.execute("COMMIT")
    damaged = tuple(damaged_files(dossier.store, iter(expected), redacted))
    return Verification(entries, seal, len(expected), numbers, broken, damaged, answers, facts)


def need_register(dossier: Dossier) -> None:
    """Raise where nothing was ever taken in.

    Raises:
        RunError: There is no register yet.
    """
    if not database(dossier.store).exists():
        raise RunError("register.no_register", name=dossier.name)


def _expected_files(connection: sqlite3.Connection) -> list[str]:
    """Files of this schema's time; what an older store received was not kept."""
    rows = connection.execute(
        "SELECT sha256 FROM submission WHERE received_at <> ''"
        " UNION SELECT sha256 FROM refusal WHERE sha256 <> '' AND code <> ? ORDER BY 1",
        (_NOT_KEPT,),
    )
    return [sha for (sha,) in rows]


def _altered(connection: sqlite3.Connection, told: Replay) -> Iterator[tuple[int, str]]:
    """Submissions that say something else than the trail remembers, or that it does not know."""
    seals = dict(told.seals)
    rows = connection.execute("SELECT id, sender FROM submission ORDER BY id").fetchall()
    for number, sender in rows:
        if seals.pop(number, "") != seal_of(connection, number):
            yield number, sender
    yield from ((number, "-") for number in sorted(seals))


def _redacted(connection: sqlite3.Connection) -> dict[str, str]:
    """What the trail says of the files an erasure changed: the new hash by the old."""
    rows = connection.execute(
        "SELECT object, after FROM audit WHERE action = 'redact' AND json_valid(after) ORDER BY seq"
    )
    return {about: json.loads(after).get("sha256", "") for about, after in rows}
