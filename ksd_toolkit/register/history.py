"""Everything that happened to an usulan: over files, versions and periods, field by field."""

import difflib
import json
import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from ksd_toolkit.errors import RunError
from ksd_toolkit.register.contents import Key
from ksd_toolkit.register.decisions import decisions, marks_of_versions
from ksd_toolkit.register.store import database, open_store
from ksd_toolkit.register.versions import Change

_OF_USULAN: Final = "(row_key = ? OR substr(row_key, 1, length(?) + 1) = ? || '|')"
"""Its own row, and the rows of its partners and scores."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to an usulan.

    `what` is `first` (`after`: the number of answers), `row_added`, `row_removed`, `changed`,
    `back_in_use` or `follows` (`before`: the usulan it continues). Places are `sheet:cell`.
    `late` and `status` are those the version came with. A decision, `withdraw`, `restore` or `reopen`
    with its `reason`, has no version.
    """

    usulan: str
    region: str
    period: str
    at: str
    sender: str
    file: str
    version: int
    reread: bool
    what: str
    table: str = ""
    row_key: str = ""
    field: str = ""
    before: str | None = None
    after: str | None = None
    before_place: str = ""
    after_place: str = ""
    slot: str = ""
    late: bool = False
    status: str = ""
    reason: str = ""

    @property
    def key(self) -> Key:
        """Table, row and field."""
        return self.table, self.row_key, self.field


Name = tuple[str, str]
"""Period and code: the same code in another period is another usulan."""


def history(root: Path, usulan: str, region: str = "", period: str = "") -> list[Event]:
    """Every change of an usulan, the earliest first, and of those it continues or is continued by.

    Args:
        root: The project folder; all its registers are searched.
        usulan: Its code, in any case.
        region: The folder name of the one region to look at; all when empty.
        period: The period it was proposed in; every period that has such a code when empty.

    Raises:
        RunError: No register knows it.
    """
    stores = sorted((root / ".ksd").glob(f"{region or '*'}/{database(Path()).name}"))
    events: list[Event] = []
    known: set[str] = set()
    for path in stores:
        with open_store(path.parent) as connection:
            names = _all_usulan(connection)
            known |= {code for _, code in names}
            found = {
                (when, code)
                for when, code in names
                if code.casefold() == usulan.casefold() and period in {"", when}
            }
            events += _events(connection, path.parent.name, _family(connection, names, found))
    if not events:
        near = difflib.get_close_matches(usulan.upper(), sorted(known), n=3)
        raise RunError("register.unknown_usulan", usulan=usulan, names=", ".join(near) or "-")
    return sorted(events, key=lambda event: (event.region, event.at))  # stable: else as written


def _all_usulan(connection: sqlite3.Connection) -> frozenset[Name]:
    rows = connection.execute(
        "SELECT DISTINCT s.period, a.row_key FROM answer a JOIN submission s"
        " ON s.id = a.submission_id WHERE a.table_name = 'usulan'"
    )
    return frozenset(rows.fetchall())


def _family(
    connection: sqlite3.Connection, names: Collection[Name], found: Collection[Name]
) -> list[Name]:
    """The usulan found, what they were in earlier periods and what became of them later."""
    rows = connection.execute(
        "SELECT DISTINCT s.period, a.row_key, a.value FROM answer a JOIN submission s"
        " ON s.id = a.submission_id WHERE a.table_name = 'usulan' AND a.field = 'usulan_asal'"
        " AND a.value IS NOT NULL"
    )
    links = [((when, new), _origin_of(when, old, names)) for when, new, old in rows]
    family, fresh = set(found), set(found)
    while fresh:
        ahead = {new for new, old in links if old in fresh} | {
            o for n, o in links if n in fresh and o
        }
        fresh = ahead - family
        family |= fresh
    return sorted(family)


def _origin_of(period: str, code: str, names: Collection[Name]) -> Name | None:
    """The usulan of the nearest earlier period that has this code."""
    earlier = [when for when, known in names if known == code and when < period]
    return (max(earlier), code) if earlier else None


def _events(
    connection: sqlite3.Connection, region: str, family: Collection[Name]
) -> Iterator[Event]:
    marks = marks_of_versions(connection)
    for period, usulan in family:
        told: set[tuple[str, str]] = set()
        for row in _versions(connection, period, usulan):
            number, _, at, sender, slot, file, version, reread, answers = row
            here = (usulan, region, period, at, sender, file, version, bool(reread))
            late, status = marks.get(number, (False, ""))
            for event in _told(connection, here, number, (sender, slot) not in told and answers):
                yield replace(event, slot=slot, late=late, status=status)
            told.add((sender, slot))
        for sender in sorted({sender for sender, _ in told}):
            yield from _returns(connection, usulan, region, period, sender)
        for decision in decisions(connection, period, _holding(connection, period, usulan)):
            here = (usulan, region, period, decision.at, decision.sender, "", 0, False)
            yield Event(*here, decision.what, reason=decision.reason)


def _told(
    connection: sqlite3.Connection, here: "Here", number: int, answers: int
) -> Iterator[Event]:
    """What a version changed, or that it is the first of its sender, with so many answers."""
    changes = list(_changes(connection, number, here[0]))
    if answers and not changes:
        yield Event(*here, "first", after=str(answers))
        yield from _origin(connection, number, here[0], here)
    for change in changes:
        yield Event(*here, *change)


def _holding(connection: sqlite3.Connection, period: str, usulan: str) -> frozenset[int]:
    """The submissions this usulan stands in."""
    rows = connection.execute(
        "SELECT DISTINCT s.id FROM answer JOIN submission s ON s.id = submission_id"  # noqa: S608
        f" WHERE s.period = ? AND {_OF_USULAN}",
        (period, *[usulan] * 3),
    )
    return frozenset(number for (number,) in rows)


Here = tuple[str, str, str, str, str, str, int, bool]


def _versions(connection: sqlite3.Connection, period: str, usulan: str) -> list[tuple[Any, ...]]:
    """The submission that brought each version, if this usulan stands in it or went from it."""
    return connection.execute(
        "WITH brought AS (SELECT min(id) AS id FROM submission"  # noqa: S608  a constant of ours
        " GROUP BY period, kind, sender, slot, version_no)"
        " SELECT s.id, s.period, s.received_at, s.sender, s.slot, s.file, s.version_no, s.reread,"
        f" (SELECT count(*) FROM answer WHERE submission_id = s.id AND {_OF_USULAN}"
        "  AND state <> 'kosong') AS answers"
        " FROM submission s JOIN brought USING (id)"
        " WHERE s.period = ? AND (answers > 0 OR EXISTS (SELECT 1 FROM change"
        f"  WHERE submission_id = s.id AND {_OF_USULAN})) ORDER BY s.id",
        (*[usulan] * 3, period, *[usulan] * 3),
    ).fetchall()


def _changes(connection: sqlite3.Connection, number: object, usulan: str) -> Iterator[Change]:
    rows = connection.execute(
        "SELECT what, table_name, row_key, field, before, after, before_place, after_place"  # noqa: S608
        f" FROM change WHERE submission_id = ? AND {_OF_USULAN} ORDER BY position",
        (number, usulan, usulan, usulan),
    )
    yield from map(Change._make, rows)


def _origin(
    connection: sqlite3.Connection, number: object, usulan: str, here: Here
) -> Iterator[Event]:
    """The usulan of an earlier period that this one continues."""
    rows = connection.execute(
        "SELECT value, sheet || ':' || cell FROM answer WHERE submission_id = ?"
        " AND table_name = 'usulan' AND row_key = ? AND field = 'usulan_asal' AND value IS NOT NULL",
        (number, usulan),
    )
    for before, place in rows:
        yield Event(*here, "follows", "usulan", usulan, "usulan_asal", before, usulan, "", place)


def _returns(
    connection: sqlite3.Connection, usulan: str, region: str, period: str, sender: str
) -> Iterator[Event]:
    """The times an earlier version came into use again."""
    rows = connection.execute(
        "SELECT at, before, after FROM audit WHERE action = 'activate' AND period = ?"
        " AND (object = ? OR object LIKE ? || '/%') ORDER BY seq",
        (period, sender, sender),
    )
    for at, before, after in rows:
        old, new = json.loads(before).get("version", 0), json.loads(after)
        if new["version"] < old:
            here = (usulan, region, period, at, sender, new["file"], new["version"], False)
            yield Event(*here, "back_in_use")
