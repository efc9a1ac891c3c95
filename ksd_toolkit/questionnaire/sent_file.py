"""A file as it was sent, with what is needed to understand it, and what its sheets give together."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ksd_toolkit.dossier import Dossier
from ksd_toolkit.errors import Problem
from ksd_toolkit.questionnaire.cells import DateOrder, Manner
from ksd_toolkit.questionnaire.form import Form
from ksd_toolkit.questionnaire.grid import Grid
from ksd_toolkit.questionnaire.rows import RowsRead
from ksd_toolkit.questionnaire.submission import Answer, Balance, Kind, Submission


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it was sent.

    `known_forms` are earlier versions of the questionnaire; `known_usulan` those of all offices,
    None where only an office's file belongs.
    """

    path: Path
    grids: tuple[Grid, ...]
    form: Form
    dossier: Dossier
    known_forms: Mapping[str, Form]
    known_usulan: Collection[str] | None = None

    @property
    def name(self) -> str:
        """Its name as its author knows it."""
        return self.dossier.name_of(self.path)

    def sheet(self, name: str) -> Grid | None:
        """The sheet called `name`."""
        return next((grid for grid in self.grids if grid.name == name), None)

    def manner(self, order: DateOrder = "dmy") -> Manner:
        """How its cells are written: our own forms ask for the day first."""
        return Manner(order, today=self.dossier.tanggal_acuan, home=self.dossier.region.code)


class Part:
    """What one sheet gave, whether it was a list of rows, one record, or nothing readable."""

    def __init__(self, rows: RowsRead | None, problems: Iterable[Problem] = ()) -> None:
        self.answers: list[Answer] = rows.answers if rows else []
        self.set_aside = rows.set_aside if rows else []
        self.problems = [*problems, *(rows.problems if rows else [])]
        self.balance = rows.balance if rows else Balance()


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose file it is, which form it answers, and by which way it came."""

    kind: Kind
    sender: str
    path: Path
    form: Form
    dossier: Dossier
    channel: str = ""
    tables: tuple[str, ...] = ()

    def submission(self, parts: list[Part]) -> Submission:
        """All sheets of the file as one submission."""
        return Submission(
            kind=self.kind,
            sender=self.sender,
            period=self.dossier.period,
            file=self.dossier.name_of(self.path),
            sha256=fingerprint(self.path),
            form_id=self.form.form_id,
            form_version=self.form.version,
            answers=tuple(answer for part in parts for answer in part.answers),
            set_aside=tuple(row for part in parts for row in part.set_aside),
            problems=tuple(problem for part in parts for problem in part.problems),
            balance=sum((part.balance for part in parts), Balance()),
            channel=self.channel,
            tables=self.tables,
        )
