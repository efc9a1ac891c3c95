"""What the trail tells of how submissions were used: their marks on arrival, and decisions on them."""

import json
import sqlite3
from collections.abc import Collection, Iterator
from typing import NamedTuple

from ksd_toolkit.register.closing import LATE


class Decision(NamedTuple):
    """The secretariat's `withdraw` or `restore` of a sender, or `reopen` of a period (no sender)."""

    what: str
    at: str
    sender: str
    reason: str


def marks_of_versions(connection: sqlite3.Connection) -> dict[int, tuple[bool, str]]:
    """Whether a submission came late, and its status on arrival, whatever was decided later."""
    rows = connection.execute(
        "SELECT after FROM audit WHERE action IN ('version', 'reading') AND json_valid(after)"
    )
    told = (json.loads(after) for (after,) in rows)
    return {one["submission"]: (bool(one["late"]), str(one["status"])) for one in told}


def ever_used(connection: sqlite3.Connection) -> frozenset[int]:
    """The submissions that came into use at any time."""
    rows = connection.execute(
        "SELECT json_extract(after, '$.submission') FROM audit"
        " WHERE action = 'activate' AND json_valid(after)"
    )
    return frozenset(number for (number,) in rows)


def decisions(
    connection: sqlite3.Connection, period: str, numbers: Collection[int]
) -> Iterator[Decision]:
    """The decisions that let these submissions in or took them out of use, the earliest first."""
    waiting: set[int] = set()  # those that came after closing
    rows = connection.execute(
        "SELECT action, at, object, after FROM audit WHERE period = ? AND json_valid(after)"
        " AND action IN ('version', 'reading', 'withdraw', 'restore', 'reopen') ORDER BY seq",
        (period,),
    )
    for action, at, about, after in rows:
        told = json.loads(after)
        if action in {"version", "reading"}:
            waiting |= {told["submission"]} & set(numbers) if told["status"] == LATE else set()
        elif action == "reopen" and waiting:
            waiting = set()
            yield Decision(action, at, "", told["reason"])
        elif set(told.get("submissions", ())) & set(numbers):
            yield Decision(action, at, about, told["reason"])
