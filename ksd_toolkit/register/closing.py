"""The secretariat's own decisions: a period closed or opened again, a sender's answers taken out of use."""

import difflib
import sqlite3

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import RunError
from ksd_toolkit.register import audit
from ksd_toolkit.register.store import open_store, transaction

LATE = "terlambat"
WITHDRAWN = "ditarik"


def is_closed(connection: sqlite3.Connection, period: str) -> bool:
    """Whether the period takes no more answers."""
    found = connection.execute("SELECT 1 FROM closed_period WHERE period = ?", (period,))
    return found.fetchone() is not None


def close(dossier: Dossier) -> None:
    """Close the period: what comes later is kept but not used.

    Raises:
        RunError: It is closed already.
    """
    with open_store(dossier.store) as connection, transaction(connection):
        if is_closed(connection, dossier.period):
            raise RunError("register.closed_already", period=dossier.period)
        at = audit.now()
        connection.execute("INSERT INTO closed_period VALUES (?, ?)", (dossier.period, at))
        after = {"closed_at": at}
        audit.record(connection, audit.Entry("close", dossier.period, dossier.name, None, after))


def reopen(dossier: Dossier, reason: str) -> int:
    """Open the period again and let in what came late; the next intake decides what is used.

    Returns:
        How many submissions were let in.

    Raises:
        RunError: It is not closed, or no reason is given.
    """
    told = _reason(reason)
    with open_store(dossier.store) as connection, transaction(connection):
        if not is_closed(connection, dossier.period):
            raise RunError("register.not_closed", period=dossier.period)
        connection.execute("DELETE FROM closed_period WHERE period = ?", (dossier.period,))
        let_in = connection.execute(
            "UPDATE submission SET status = '' WHERE period = ? AND status = ?",
            (dossier.period, LATE),
        ).rowcount
        after = {"reason": told, "let_in": let_in}
        audit.record(connection, audit.Entry("reopen", dossier.period, dossier.name, None, after))
        return let_in


def withdraw(dossier: Dossier, sender: str, reason: str) -> int:
    """Take a sender's answers out of use; they stay in the register, and new ones are taken in.

    Returns:
        How many submissions were in use.

    Raises:
        RunError: The register knows no such sender, or no reason is given.
    """
    return _set_status(dossier, sender, reason, "withdraw", ("", WITHDRAWN))


def restore(dossier: Dossier, sender: str, reason: str) -> int:
    """Undo a withdrawal; the next intake decides what is used.

    Returns:
        How many submissions may be used again.

    Raises:
        RunError: The sender has withdrawn nothing, or no reason is given.
    """
    return _set_status(dossier, sender, reason, "restore", (WITHDRAWN, ""))


def _set_status(
    dossier: Dossier, sender: str, reason: str, action: str, change: tuple[str, str]
) -> int:
    told, (before, after) = _reason(reason), change
    with open_store(dossier.store) as connection, transaction(connection):
        name = _known_sender(connection, dossier.period, sender, before)
        where = (dossier.period, name, before)
        numbers = connection.execute(
            "SELECT id, active FROM submission WHERE (period, sender, status) = (?, ?, ?)", where
        ).fetchall()
        connection.execute(
            "UPDATE submission SET active = 0, status = ?"
            " WHERE (period, sender, status) = (?, ?, ?)",
            (after, *where),
        )
        facts = {"reason": told, "submissions": [number for number, _ in numbers]}
        audit.record(
            connection, audit.Entry(action, dossier.period, name, {"status": before}, facts)
        )
        return sum(active for _, active in numbers) if after else len(numbers)


def _known_sender(connection: sqlite3.Connection, period: str, sender: str, status: str) -> str:
    """The sender as the register writes it, whatever its case."""
    rows = connection.execute(
        "SELECT DISTINCT sender FROM submission WHERE (period, status) = (?, ?)", (period, status)
    )
    known = {str(name).casefold(): str(name) for (name,) in rows}
    if sender.casefold() not in known:
        near = difflib.get_close_matches(sender.casefold(), list(known), n=3) or sorted(known)
        names = ", ".join(known[name] for name in near) or "-"
        raise RunError("register.unknown_sender", sender=sender, period=period, names=names)
    return known[sender.casefold()]


def _reason(text: str) -> str:
    told = " ".join(text.split())
    if not told:
        raise RunError("register.no_reason")
    return told
