"""What bringing files found: their rows and what became of them, and every problem."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import pandas as pd

from ksd_toolkit.atlas.boundaries import Boundaries
from ksd_toolkit.atlas.region_codes import System
from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire.submission import Balance


class UnfitError(Exception):
    """A file cannot be used at all: the one reason, told once its name is known."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.code)

    def at(self, name: str) -> Problem:
        """The reason as a problem of the file called `name`."""
        return replace(self.problem, where=Where(name))


Kind = Literal["indicators", "meta", "crosswalk", "boundaries"]

INDICATOR_COLUMNS = ("code", "indicator", "year", "value", "unit", "source", "row")
META_COLUMNS = (
    "indicator", "year", "title", "unit", "direction", "source", "note", "source_id",
)  # fmt: skip
CROSSWALK_COLUMNS = ("code", "bps_code", "population", "row")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the bringer says of all the files: their code system, their year, where they come from."""

    system: System = ""
    year: int | None = None
    source: str = ""


NOTHING: Final = Asked()
"""The bringer says nothing of the files."""


@dataclass(frozen=True, slots=True, eq=False)
class FileRead:
    """One file understood: its kind, its rows, and what is to be told about it."""

    kind: Kind
    rows: pd.DataFrame
    balance: Balance
    problems: tuple[Problem, ...] = ()
    boundaries: Boundaries | None = None


@dataclass(frozen=True, slots=True)
class BroughtFile:
    """What became of one file.

    Attributes:
        name: Its name.
        sha256: Of its bytes.
        kind: What it holds; empty where it was refused as a whole.
        balance: What became of its figures or shapes.
        replaced: How many figures (shapes, entries) kept before it took the place of.
        unchanged: Whether the same file, read the same way, was there already.
    """

    name: str
    sha256: str
    kind: Kind | Literal[""]
    balance: Balance
    replaced: int = 0
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Brought:
    """The outcome of one import.

    Attributes:
        files: Every file in the order it was given.
        problems: What is wrong with them, the rows that look mislabelled included.
        earlier: What is still wrong with files that were brought before and has nothing to do with
            these.
    """

    files: tuple[BroughtFile, ...]
    problems: tuple[Problem, ...] = ()
    earlier: tuple[Problem, ...] = ()

    @property
    def balance(self) -> Balance:
        """Over all files."""
        return sum((file.balance for file in self.files), Balance())

    def count(self, severity: str) -> int:
        """How many problems of a severity there are."""
        return sum(problem.severity == severity for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Removed:
    """The names of the files that were taken out, and how many figures or shapes they had replaced stand again."""

    files: tuple[str, ...]
    returned: int


def frame_of(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> pd.DataFrame:
    """Rows as a frame with these columns, also where there are none."""
    return pd.DataFrame(list(rows), columns=list(columns))
