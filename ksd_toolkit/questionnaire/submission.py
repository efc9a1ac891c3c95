"""What one office or member sent: answers with their cells, rows that were set aside, problems."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from ksd_toolkit.errors import Problem
from ksd_toolkit.questionnaire.cells import State

Kind = Literal["opd", "tkksd", "naskah"]
RowFate = Literal["accepted", "quarantined", "duplicate", "blank"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answered, blank or unreadable cell of an accepted row."""

    table: str
    row_key: str
    field: str
    raw: str
    value: str | float | date | None
    state: State
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that was not accepted, with everything that stood in it."""

    table: str
    fate: RowFate
    code: str
    sheet: str
    row: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Balance:
    """Rows read = accepted + quarantined + duplicate + blank."""

    accepted: int = 0
    quarantined: int = 0
    duplicate: int = 0
    blank: int = 0

    @property
    def read(self) -> int:
        """All rows seen."""
        return self.accepted + self.quarantined + self.duplicate + self.blank

    @property
    def says_anything(self) -> bool:
        """Whether there is a row with something in it."""
        return self.read > self.blank

    def __add__(self, other: "Balance") -> "Balance":
        return Balance(
            self.accepted + other.accepted,
            self.quarantined + other.quarantined,
            self.duplicate + other.duplicate,
            self.blank + other.blank,
        )


@dataclass(frozen=True, slots=True)
class Submission:
    """One file understood. `sender` is the OPD code, `TKKSD`, or the name of a CSV table.

    `channel` is the way the answers came where it is not the usual one of its kind: `table` for
    plain tables, of which `tables` names those the file brings.
    """

    kind: Kind
    sender: str
    period: str
    file: str
    sha256: str
    form_id: str
    form_version: str
    answers: tuple[Answer, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    problems: tuple[Problem, ...] = ()
    balance: Balance = field(default_factory=Balance)
    channel: str = ""
    tables: tuple[str, ...] = ()
