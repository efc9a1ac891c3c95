"""The one exception to "nothing is changed": a person is erased, and the trail says that it happened."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from ksd_toolkit.register import audit
from ksd_toolkit.register.contents import seal_of
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
        before = _seals(connection)
        connection.execute("INSERT INTO erasing VALUES (1)")
        yield
        connection.execute("DELETE FROM erasing")
        seals = {n: seal for n, seal in _seals(connection).items() if before[n] != seal}
        facts = {"reason": reason, "seals": seals}
        audit.record(connection, audit.Entry("erase", period, reference, None, facts))


def _seals(connection: sqlite3.Connection) -> dict[str, str]:
    numbers = connection.execute("SELECT id FROM submission").fetchall()
    return {str(number): seal_of(connection, number) for (number,) in numbers}
