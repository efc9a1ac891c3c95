"""The register held against its own trail: what differs, and in which submission, period or form."""

import hashlib
import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from ksd_toolkit.register.contents import rows_digest, stored_rows
from ksd_toolkit.register.remembered import ASPECTS, columns_of, digests_of
from ksd_toolkit.register.replay import Replay
from ksd_toolkit.register.versions import changes_between


class Difference(NamedTuple):
    """Something that is not as the trail tells.

    `what` is `owner`, `source`, `version`, `received`, `counts`, `changes`, `problems`, `file` or
    `use` of the submission `number` of the sender `about`; or `closed` of a period, `form` of a
    questionnaire.
    """

    what: str
    about: str
    number: int = 0


def differences(connection: sqlite3.Connection, told: Replay) -> Iterator[Difference]:
    """Everything that is not as the trail tells, submission by submission, then periods and forms."""
    rows = connection.execute(
        "SELECT id, sender, file, status, active FROM submission ORDER BY id"
    ).fetchall()
    for number, sender, file, status, active in rows:
        for what in _altered_facts(connection, told, number):
            yield Difference(what, sender, number)
        if file not in told.files.get(number, {file}):
            yield Difference("file", sender, number)
        state = told.status.get(number, status), told.active.get(number, bool(active))
        if state != (status, bool(active)):
            yield Difference("use", sender, number)
    yield from _periods(connection, told)
    yield from _forms(connection, told)


def _altered_facts(connection: sqlite3.Connection, told: Replay, number: int) -> Iterator[str]:
    known, now = told.columns.get(number, {}), columns_of(connection, number)
    for what, names in ASPECTS.items():
        if any(known.get(name, now[name]) != now[name] for name in names):
            yield what
    for kind, seal in digests_of(connection, number).items():
        expected = told.digests[kind].get(number)
        if expected is None and kind == "changes":
            expected = _changes_then(connection, told, number)
        if expected not in {None, seal}:
            yield kind


def _changes_then(connection: sqlite3.Connection, told: Replay, number: int) -> str | None:
    """The seal of the changes an older entry does not tell; None where they cannot be made again."""
    if number not in told.columns:
        return None
    basis = _basis(connection, number)
    if {number, basis} & told.masked:
        return None
    if basis is None:
        return rows_digest(())
    return rows_digest(
        changes_between(stored_rows(connection, basis), stored_rows(connection, number))
    )


def _basis(connection: sqlite3.Connection, number: int) -> int | None:
    """The submission this one was compared with when it came: none if it said nothing new."""
    earlier = connection.execute(
        "SELECT o.id, o.sha256 = s.sha256, o.content_hash = s.content_hash"
        " FROM submission s JOIN submission o USING (period, kind, sender, slot)"
        " WHERE s.id = ? AND o.id < s.id ORDER BY o.id",
        (number,),
    ).fetchall()
    if not earlier or any(same for *_, same in earlier):
        return None
    read_before = [other for other, is_same_file, _ in earlier if is_same_file]
    return int((read_before or [other for other, *_ in earlier])[-1])


def _periods(connection: sqlite3.Connection, told: Replay) -> Iterator[Difference]:
    rows = connection.execute("SELECT period, closed_at FROM closed_period")
    now = dict(rows.fetchall())
    for period in sorted(now.keys() | told.closed.keys()):
        if period not in now or told.closed.get(period) not in {"", now[period]}:
            yield Difference("closed", period)


def _forms(connection: sqlite3.Connection, told: Replay) -> Iterator[Difference]:
    """Forms that are not those that were kept, that are gone, or that nobody kept."""
    rows = connection.execute("SELECT form_id || ' ' || version, sha256, json FROM form")
    now = {(name, sha): hashlib.sha256(text.encode()).hexdigest() for name, sha, text in rows}
    for name, sha in sorted(now.keys() | told.forms):
        if (name, sha) not in told.forms or now.get((name, sha)) != sha:
            yield Difference("form", name)
