"""How a period stands: its submissions with their versions, what is late, closed, refused, and the balance."""

import sqlite3
from dataclasses import dataclass

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.questionnaire import Balance
from ksd_toolkit.register.contents import CELL_COLUMNS, CellBalance
from ksd_toolkit.register.decisions import ever_used, marks_of_versions
from ksd_toolkit.register.store import is_waiting_in_line, open_store
from ksd_toolkit.register.verification import need_register


@dataclass(frozen=True, slots=True)
class Sent:
    """One submission: `use` is `yes`, `no` (replaced), `spare`, `unused`, `terlambat` or `ditarik`.

    A `spare` says what another file in use says; what is `unused` never was in use.
    """

    sender: str
    slot: str
    version: int
    file: str
    sha256: str
    received_at: str
    modified: str
    late: bool
    use: str
    balance: Balance
    cells: CellBalance


@dataclass(frozen=True, slots=True)
class Status:
    """How a period stands. `balance` and `cells` count what is used."""

    closed_at: str
    waits_in_line: bool
    submissions: tuple[Sent, ...]
    refused: tuple[tuple[str, str], ...]
    balance: Balance
    cells: CellBalance


def status(dossier: Dossier) -> Status:
    """How the dossier's period stands in the register.

    Raises:
        RunError: There is no register yet.
    """
    need_register(dossier)
    with open_store(dossier.store) as connection:
        sent = _sent(connection, dossier.period)
        closed = connection.execute(
            "SELECT closed_at FROM closed_period WHERE period = ?", (dossier.period,)
        ).fetchone()
        refused = connection.execute(
            "SELECT file, code FROM refusal WHERE period = ? ORDER BY seen_at, file",
            (dossier.period,),
        ).fetchall()
        waits = is_waiting_in_line(connection)
    used = [one for one in sent if one.use == "yes"]
    return Status(
        closed_at=str(closed[0]) if closed else "",
        waits_in_line=waits,
        submissions=sent,
        refused=tuple(refused),
        balance=sum((one.balance for one in used), Balance()),
        cells=sum((one.cells for one in used), CellBalance()),
    )


def _sent(connection: sqlite3.Connection, period: str) -> tuple[Sent, ...]:
    """The newest reading of every file, by sender and version: offices, TKKSD, tables of the dossier."""
    rows = connection.execute(
        "SELECT max(active), max(id), group_concat(id), kind, sender, slot, version_no, file, sha256,"  # noqa: S608
        " received_at, modified,"
        f" late, status, accepted, quarantined, duplicate, blank, {','.join(CELL_COLUMNS)}"
        " FROM submission WHERE period = ? GROUP BY kind, sender, slot, sha256, version_no"
        " ORDER BY kind = 'opd' DESC, kind DESC, sender, slot, version_no, max(id)",
        (period,),
    ).fetchall()
    in_use = {row[3:7] for row in rows if row[0]}  # kind, sender, slot, version
    used, known = ever_used(connection), marks_of_versions(connection)
    sent = []
    for active, _, numbers, *row in rows:
        readings = set(map(int, numbers.split(",")))
        use = "yes" if active else "no"
        if not active and tuple(row[:4]) in in_use:
            use = "spare"
        elif not active and readings <= known.keys() - used:
            use = "unused"
        sent.append(_one(use, *row[1:]))
    return tuple(sent)


def _one(use: str, *row: object) -> Sent:
    *named, late, state = row[:9]
    counts = [int(str(number)) for number in row[9:]]
    sender, slot, version, file, sha256, received, modified = map(str, named)
    return Sent(
        sender, slot, int(version), file, sha256, received, modified, bool(late),
        use if use == "yes" else str(state) or use,
        Balance(*counts[:4]), CellBalance(*counts[4:]),
    )  # fmt: skip
