"""The one exception to "nothing is changed": a person is erased, and the trail says that it happened."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from ksd_toolkit.register import audit
from ksd_toolkit.register.contents import seal_of
from ksd_toolkit.register.remembered import digests_of
from ksd_toolkit.register.store import transaction


@contextmanager
def erasing(
    connection: sqlite3.Connection, period: str, reference: str, reason: str
) -> Iterator[None]:
    """Within it answers, rows set aside and changes may be masked; whole or not at all.

    The new seals of what was masked go into the trail, so that `verify` still holds.

    Source:
        UU 27/2022 on personal data: the person's right to have data erased.
    """
    with transaction(connection):
        before = _remembered(connection)
        connection.execute("INSERT INTO erasing VALUES (1)")
        yield
        connection.execute("DELETE FROM erasing")
        facts: dict[str, object] = {"reason": reason}
        for what, now in _remembered(connection).items():
            facts[what] = {n: told for n, told in now.items() if before[what][n] != told}
        audit.record(connection, audit.Entry("erase", period, reference, None, facts))


def _remembered(connection: sqlite3.Connection) -> dict[str, dict[str, str]]:
    """By submission: the seals of its answers, changes and problems, and the name of its file."""
    told: dict[str, dict[str, str]] = {"seals": {}, "files": {}, "changes": {}, "problems": {}}
    for number, file in connection.execute("SELECT id, file FROM submission").fetchall():
        told["seals"][str(number)] = seal_of(connection, number)
        told["files"][str(number)] = file
        for kind, seal in digests_of(connection, number).items():
            told[kind][str(number)] = seal
    return told
