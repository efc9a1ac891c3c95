"""What became of the files of a dossier."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from ksd_toolkit.errors import Problem
from ksd_toolkit.questionnaire import Balance
from ksd_toolkit.register.contents import CellBalance

Outcome = Literal["new", "changed", "unchanged", "duplicate", "late", "refused"]
"""`duplicate`: other bytes, the same answers. `late`: kept but not used, for the period is closed."""

_NOTHING_NEW: Final = frozenset({"unchanged", "duplicate", "refused"})


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file, with the version of its sender's answers it holds.

    `file` is its name as it may be told; `path` is where it lies.
    """

    file: str
    outcome: Outcome
    sender: str = ""
    balance: Balance = field(default_factory=Balance)
    problem: Problem | None = None
    cells: CellBalance = field(default_factory=CellBalance)
    version: int = 0
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of every file of a dossier, and every problem that is still open."""

    files: tuple[FileOutcome, ...]
    problems: tuple[Problem, ...]
    balance: Balance
    cells: CellBalance = field(default_factory=CellBalance)

    @property
    def nothing_changed(self) -> bool:
        """Whether the register says what it said before."""
        return all(file.outcome in _NOTHING_NEW for file in self.files)

    @property
    def refused(self) -> tuple[FileOutcome, ...]:
        """The files that could not be used at all."""
        return tuple(file for file in self.files if file.outcome == "refused")

    def count(self, severity: str) -> int:
        """How many problems have this severity."""
        return sum(problem.severity == severity for problem in self.problems)
