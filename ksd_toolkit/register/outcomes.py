"""What became of the files of a dossier."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal

from ksd_toolkit.errors import Problem
from ksd_toolkit.questionnaire import Balance
from ksd_toolkit.register.contents import CellBalance

Outcome = Literal["new", "changed", "unchanged", "duplicate", "late", "refused"]
"""`duplicate`: other bytes, the same answers. `late`: kept but not used, for the period is closed."""

_ORDER: Final[tuple[Outcome, ...]] = ("refused", "new", "changed", "late", "duplicate", "unchanged")
"""What is told of a file of several tables, the gravest first."""
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


def one_a_file(outcomes: Iterable[FileOutcome]) -> tuple[FileOutcome, ...]:
    """A file with several tables once: its rows and cells together, and the most that became of it."""
    found: dict[tuple[str, Path | None], FileOutcome] = {}
    for one in outcomes:
        held = found.setdefault((one.file, one.path), one)
        if held is not one:
            newest = min(held, one, key=lambda outcome: _ORDER.index(outcome.outcome))
            found[one.file, one.path] = replace(
                newest,
                sender=held.sender,
                balance=held.balance + one.balance,
                cells=held.cells + one.cells,
                version=max(held.version, one.version),
            )
    return tuple(found.values())


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
