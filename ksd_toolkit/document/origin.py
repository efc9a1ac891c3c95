"""What a printed number was computed from: a measure of a subject.

`points@usulan/DINKES-01` is the score of an usulan, `leaf:U@usulan/DINKES-01` one criterion of it,
`class_1@usulan/*` a count over all. A table names a measure per column and a subject per row; together they
are the origin of a cell.
"""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Origin:
    """A measure of a subject, e.g. `points` of `usulan/DINKES-01`; the subject may be empty."""

    measure: str
    subject: str = ""

    def __str__(self) -> str:
        return f"{self.measure}@{self.subject}" if self.subject else self.measure

    @classmethod
    def parse(cls, text: str) -> Self:
        """The origin written as `measure@subject`."""
        measure, _, subject = text.partition("@")
        return cls(measure, subject)

    @property
    def usulan(self) -> str:
        """The usulan it is about; empty for none or for all."""
        kind, _, name = self.subject.partition("/")
        return name if kind == "usulan" and name != "*" else ""
