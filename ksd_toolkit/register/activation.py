"""Which of a sender's submissions is used: decided by the files that lie there, not by who came first."""

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from ksd_toolkit.register import audit
from ksd_toolkit.register.submissions import name_of
from ksd_toolkit.register.versions import Slot

_COLUMNS: Final = "id, slot, file, modified, version_no, sha256"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A submission that could be used: its file lies in the dossier, and nothing speaks against it."""

    id: int
    slot: str
    file: str
    modified: str
    version: int
    sha256: str = ""

    @property
    def weight(self) -> tuple[bool, str, str, str]:
        """The heavier of two is used; `dinkes v2` outweighs `dinkes`."""
        return self.slot == "", self.modified, PurePosixPath(self.file).stem.casefold(), self.file

    @property
    def tables(self) -> frozenset[str]:
        """The tables of a single-table file."""
        return frozenset(self.slot.split("+"))


@dataclass(frozen=True, slots=True)
class Choice:
    """The submissions in use, those beside them that say something else, and those a mended copy replaces."""

    used: tuple[Candidate, ...]
    rivals: tuple[Candidate, ...]
    replaced: tuple[tuple[Candidate, Candidate], ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A sender's submissions, the files that lie in the dossier, and how they are understood today.

    `corrections` has, by the fingerprint of a marked copy, those of the files it stands for.
    """

    period: str
    kind: str
    sender: str
    reader: str
    present: frozenset[str]
    corrections: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str, str]:
        """What the register finds them by."""
        return self.period, self.kind, self.sender


@dataclass(frozen=True, slots=True)
class Settled:
    """The choice, what came into use for it and what went out of use."""

    choice: Choice
    rising: tuple[Candidate, ...]
    resting: tuple[Candidate, ...]

    @property
    def changes_answers(self) -> bool:
        """Whether other answers than before are used."""
        return {(o.slot, o.version) for o in self.rising} != {
            (o.slot, o.version) for o in self.resting
        }


def choose(candidates: Collection[Candidate], corrections: Mapping[str, frozenset[str]]) -> Choice:
    """A whole workbook counts before single tables; of two files the one saved later, then by name.

    Single tables of one office add up, as long as no two of them bring the same table. A file whose
    marked copy came back is no rival of it, whatever their names.
    """
    replaced = tuple(_replaced(candidates, corrections))
    gone = {old.id for old, _ in replaced}
    remaining = (one for one in candidates if one.id not in gone)
    ordered = sorted(remaining, key=lambda one: one.weight, reverse=True)
    used: list[Candidate] = []
    rivals: list[Candidate] = []
    for one in ordered:
        blocking = [u for u in used if not u.slot or u.tables & one.tables]
        if not blocking:
            used.append(one)
        elif all((u.slot, u.version) != (one.slot, one.version) for u in blocking):
            rivals.append(one)
    return Choice(tuple(used), tuple(rivals), replaced)


def _replaced(
    candidates: Collection[Candidate], corrections: Mapping[str, frozenset[str]]
) -> Iterator[tuple[Candidate, Candidate]]:
    """Each file whose marked copy lies beside it, with that of the latest round."""
    for old in candidates:
        copies = [
            one
            for one in candidates
            if one.slot == old.slot
            and one.sha256 != old.sha256
            and old.sha256 in corrections.get(one.sha256, ())
        ]
        if copies:
            yield old, max(copies, key=lambda one: (len(corrections[one.sha256]), one.weight))


def settle(connection: sqlite3.Connection, group: Group) -> Settled:
    """Use what has to be used. Answers whose file is gone stay in use until others replace them."""
    plan = planned(connection, group)
    for one in plan.resting:
        connection.execute("UPDATE submission SET active = 0 WHERE id = ?", (one.id,))
    for one in plan.rising:
        connection.execute("UPDATE submission SET active = 1 WHERE id = ?", (one.id,))
        replaced = [old for old in plan.resting if old.slot == one.slot]
        before = {"submission": replaced[0].id, "version": replaced[0].version} if replaced else {}
        about = name_of(Slot(group.period, group.kind, group.sender, one.slot))
        after = {"submission": one.id, "version": one.version, "file": one.file}
        audit.record(connection, audit.Entry("activate", group.period, about, before, after))
    return plan


def planned(connection: sqlite3.Connection, group: Group) -> Settled:
    """What `settle` would do."""
    choice = choose(list(_candidates(connection, group)), group.corrections)
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM submission WHERE (period, kind, sender, active) = (?, ?, ?, 1)",  # noqa: S608
        group.key,
    )
    active = [Candidate(*row) for row in rows]
    wanted, now = {one.id for one in choice.used}, {one.id for one in active}
    others = (one for one in active if one.id not in wanted)
    return Settled(
        choice,
        rising=tuple(one for one in choice.used if one.id not in now),
        resting=tuple(one for one in others if _gives_way(one, choice.used)),
    )


def _candidates(connection: sqlite3.Connection, group: Group) -> Iterator[Candidate]:
    """The files of a sender that lie in the dossier, as understood today, and may be used."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM submission"  # noqa: S608
        " WHERE (period, kind, sender, reader, status) = (?, ?, ?, ?, '')",
        (*group.key, group.reader),
    )
    candidates = (Candidate(*row) for row in rows)
    return (one for one in candidates if one.sha256 in group.present)


def _gives_way(one: Candidate, used: Collection[Candidate]) -> bool:
    """A table nobody else brings stays in use beside new ones."""
    return any(not one.slot or not u.slot or u.tables & one.tables for u in used)
