"""What concerns a period as a whole: offices that sent twice, late or not at all, files that are gone."""

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.messages import date_text
from ksd_toolkit.register.activation import Candidate, Choice
from ksd_toolkit.register.closing import LATE, WITHDRAWN
from ksd_toolkit.register.submissions import Stored

Choices = Mapping[tuple[str, str], Choice]
"""By kind and sender."""


@dataclass(frozen=True, slots=True)
class Present:
    """A usable file that lies in the dossier, and the submission it is."""

    file: str
    stored: Stored

    @property
    def sender(self) -> tuple[str, str]:
        """Whose it is: kind and sender."""
        return self.stored.kind, self.stored.sender

    @property
    def is_late(self) -> bool:
        """Whether it is used although it came late; a file that says nothing comes at no time."""
        return self.stored.late and not self.stored.status and self.stored.balance.says_anything


def problems_of_period(
    connection: sqlite3.Connection,
    dossier: Dossier,
    present: Collection[Present],
    choices: Choices,
) -> Iterator[Problem]:
    """Everything no single file can know.

    Args:
        connection: The register after every file was taken in.
        dossier: The region and period.
        present: The usable files.
        choices: What is used of each sender, and what says something else beside it.
    """
    for sender, choice in choices.items():
        yield from _rivals(choice, [one for one in present if one.sender == sender])
    for one in present:
        yield from _left_out(one)
        if one.is_late and dossier.deadline is not None:
            told = {"deadline": date_text(dossier.deadline, "id")}
            told["deadline_en"] = date_text(dossier.deadline, "en")
            yield Problem("file.late", Where(one.file), told, "info")
    yield from _gone(connection, dossier, present)
    yield from _silent(connection, dossier)


def _rivals(choice: Choice, present: Collection[Present]) -> Iterator[Problem]:
    """Two files of one sender that say different things, and copies that say the same."""
    used = {(one.slot, one.version): one for one in choice.used}
    shown = {one.id: one.file for one in choice.used}
    replaced = {old.id for old, _ in choice.replaced}
    for old, copy in choice.replaced:
        yield Problem("file.replaced", Where(old.file), {"copy": copy.file}, "info")
    for one in present:
        if one.stored.id in replaced:
            continue
        same = used.get((one.stored.slot, one.stored.version))
        if same and shown[same.id] != one.file and not one.stored.status:
            yield Problem("file.same_content", Where(one.file), {"other": same.file}, "warning")
    tables = [one for one in choice.rivals if one.slot and not choice.used[0].slot]
    if tables:
        yield _conflict("file.tables_beside_workbook", present, choice.used, tables)
    if others := [one for one in choice.rivals if one not in tables]:
        yield _conflict("file.two_for_sender", present, choice.used, others)


def _conflict(
    code: str, present: Collection[Present], used: Collection[Candidate], others: list[Candidate]
) -> Problem:
    slots = {one.slot for one in others}
    ahead = [one for one in used if not one.slot or slots & {one.slot}] or list(used)
    names = sorted({one.file for one in (*ahead, *others)})
    facts = {
        "sender": next(one.stored.sender for one in present),
        "names": ", ".join(names),
        "used": ", ".join(one.file for one in ahead),
    }
    return Problem(code, Where(names[0]), facts)


def _left_out(one: Present) -> Iterator[Problem]:
    """Files that are kept but not used, and why."""
    if one.stored.status == LATE:
        yield Problem("file.after_close", Where(one.file), {}, "warning")
    elif one.stored.status == WITHDRAWN:
        yield Problem("file.withdrawn", Where(one.file), {}, "info")


def _gone(
    connection: sqlite3.Connection, dossier: Dossier, present: Collection[Present]
) -> Iterator[Problem]:
    """Answers in use whose file is no longer there; a late file in its place explains itself."""
    here = {one.stored.id for one in present}
    excused = {one.sender for one in present if one.stored.status == LATE}
    used = connection.execute(
        "SELECT id, kind, sender, file FROM submission WHERE period = ? AND active = 1 ORDER BY file",
        (dossier.period,),
    )
    for number, kind, sender, file in used:
        if number not in here and (kind, sender) not in excused:
            yield Problem("file.gone", Where(file), {"sender": sender}, "warning")


def _silent(connection: sqlite3.Connection, dossier: Dossier) -> Iterator[Problem]:
    rows = connection.execute(
        "SELECT DISTINCT sender FROM submission WHERE period = ? AND kind = 'opd' AND status <> ?",
        (dossier.period, WITHDRAWN),
    )
    heard = {sender for (sender,) in rows}
    for code, name in dossier.offices["opd_nama"].items():
        if code not in heard:
            yield Problem("opd.silent", Where(), {"code": code, "office": name}, "warning")
    if not dossier.tkksd_workbook.is_file():
        yield Problem("file.missing_tkksd", Where(), {}, "warning")
