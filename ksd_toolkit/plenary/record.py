"""The record of a plenary as it was written: entries of cells with their places, nothing understood yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Self

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire.cells import Raw, as_text
from ksd_toolkit.stamp import Source


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a section: what was filled in by key, and where each stands.

    `where` is the place of the entry; a key without a place of its own stands there.
    """

    section: str
    where: Where
    cells: Mapping[str, Raw]
    places: Mapping[str, Where] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """What was filled in, in one line; empty where nothing was."""
        raw = self.cells.get(key)
        if isinstance(raw, time):
            return f"{raw:%H.%M}"
        return " ".join(as_text(raw).split())

    def lines(self, key: str) -> tuple[str, ...]:
        """What was filled in, line by line."""
        lines = (" ".join(line.split()) for line in as_text(self.cells.get(key)).splitlines())
        return tuple(line for line in lines if line)

    def day(self, key: str) -> date | None:
        """A cell that holds a date as a date."""
        raw = self.cells.get(key)
        if isinstance(raw, datetime):
            return raw.date()
        return raw if isinstance(raw, date) else None

    def at(self, key: str) -> Where:
        """Where `key` stands, or would stand."""
        return self.places.get(key, self.where)

    @property
    def all_places(self) -> tuple[Where, ...]:
        """Where the entry and each of its keys stand."""
        return (self.where, *self.places.values())

    def with_cells(self, **cells: Raw) -> Self:
        """The same entry with other cells."""
        return replace(self, cells={**self.cells, **cells})


@dataclass(frozen=True, slots=True)
class Record:
    """Everything filled in, by section, in the order it was written; and what could not be read at all."""

    source: Source
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...] = ()

    def section(self, name: str) -> list[Entry]:
        """The entries of a section."""
        return [entry for entry in self.entries if entry.section == name]

    def at(self, section: str) -> Where:
        """A section as its author sees it: a heading in TOML, a sheet in a workbook."""
        shown = section if self.source.name.endswith(".toml") else section.title()
        return Where(self.source.name, shown)

    def in_order(self, problems: Iterable[Problem]) -> list[Problem]:
        """Problems in the order of the record: those of the whole file first, those of other files last."""
        turn = {where: at for at, entry in enumerate(self.entries) for where in entry.all_places}
        heads = {
            self.at(entry.section): at for at, entry in reversed(list(enumerate(self.entries)))
        }
        mine = self.source.name

        def place(problem: Problem) -> tuple[bool, int, bool]:
            where = problem.where
            at = heads.get(where, turn.get(where, -1))
            return where.file != mine, at, where not in heads

        return sorted(problems, key=place)

    @property
    def is_blank(self) -> bool:
        """Whether nobody has filled in anything yet: a form as it was handed out."""
        return not self.entries and not self.problems
