"""Figures about regions: each accepted, set aside with its reason, counted twice, or blank."""

import math
from collections.abc import Iterable
from typing import Final

from ksd_toolkit.atlas.brought import INDICATOR_COLUMNS, Asked, FileRead, frame_of
from ksd_toolkit.atlas.given_figures import Figure, Given, is_blank, number_in, short
from ksd_toolkit.atlas.number_facts import number_fact
from ksd_toolkit.atlas.possible_values import NO_UNITS, Units, possible_values, unit_of
from ksd_toolkit.atlas.region_codes import (
    Notation,
    ReadCode,
    code_problem,
    read_code,
    region_named_otherwise,
)
from ksd_toolkit.atlas.region_files import facts_of, indicator_code
from ksd_toolkit.atlas.table_headings import Table
from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire.cells import as_text
from ksd_toolkit.questionnaire.grid import address
from ksd_toolkit.questionnaire.submission import Balance
from ksd_toolkit.regions import region_or_none

_ENDING: Final = ".0"  # of a year that a program wrote as a number with decimals
_EXACT: Final = 8  # decimals: two values that differ must look different


class FigureReader:
    """Judges the figures of one table; what it finds lies in `problems`.

    Args:
        table: The sheet with its heading.
        asked: What its bringer says of it.
        notation: How its codes are read.
        points: The columns that write decimals with a point.
        units: What lists of indicators say they count.
    """

    def __init__(
        self,
        table: Table,
        asked: Asked,
        notation: Notation,
        points: frozenset[int],
        units: Units = NO_UNITS,
    ) -> None:
        self.table, self.asked, self.notation, self.points = table, asked, notation, points
        self.units = units
        self.problems: list[Problem] = []
        self._codes: dict[str, ReadCode] = {}
        self._told: set[tuple[str, int]] = set()  # what a wide row refuses is told once
        self._doubtful: list[tuple[Given, float]] = []

    def read(self, given: Iterable[Given]) -> FileRead:
        """The rows of the table and what became of each figure."""
        blank = aside = 0
        taken: list[Figure] = []
        for one in given:
            if is_blank(one.value) and not one.overflows:
                blank += 1
            elif figure := self._figure(one):
                taken.append(figure)
            else:
                aside += 1
        kept, duplicate, conflicting = self._once(taken)
        self._tell_doubtful()
        balance = Balance(len(kept), aside + conflicting, duplicate, blank)
        rows = [[getattr(one, name) for name in INDICATOR_COLUMNS] for one in kept]
        frame = frame_of(INDICATOR_COLUMNS, rows)
        return FileRead("indicators", frame, balance, tuple(self.problems))

    def _figure(self, one: Given) -> Figure | None:
        """The figure, or None with every reason among the problems."""
        if one.overflows:
            if self._is_news("row", one):
                self.problems.append(Problem("atlas.row_long", self._at(one.row, 0)))
            return None
        code, indicator = self._code(one), self._indicator(one)
        year, value = self._year(one), self._value(one)
        if code is None or indicator is None or year is None or value is None:
            return None
        if self._is_impossible(one, indicator, year, value):
            return None
        source = short(one.source) or self.asked.source or short(self.table.file)
        return Figure(
            code, indicator, year, value, short(one.unit), source, one.row + 1, one.column
        )

    def _code(self, one: Given) -> str | None:
        if one.code not in self._codes:
            self._codes[one.code] = read_code(one.code, self.notation)
        found = self._codes[one.code]
        if not found.refusal and not one.name:
            return found.code
        where = self._in_column(one, "code")
        problem = code_problem(found, where) if found.refusal else _misnamed(one, found, where)
        if problem is None:
            return found.code
        if self._is_news("code", one):
            self.problems.append(problem)
        return None

    def _indicator(self, one: Given) -> str | None:
        name = indicator_code(one.indicator)
        if name and len(name) <= facts_of("reading")["longest_name"]:
            return name
        facts = {"value": short(one.indicator), "longest": facts_of("reading")["longest_name"]}
        self.problems.append(Problem("atlas.indicator", self._in_column(one, "indicator"), facts))
        return None

    def _year(self, one: Given) -> int | None:
        text = one.year.removesuffix(_ENDING)
        first, last = facts_of("reading")["years"]
        if not text and self.asked.year is not None:
            return self.asked.year
        if text.isascii() and text.isdigit() and first <= int(text[:5]) <= last:
            return int(text[:5])
        if self._is_news("year", one):
            facts = {"value": short(one.year), "first": first, "last": last}
            self.problems.append(Problem("atlas.year", self._in_column(one, "year"), facts))
        return None

    def _value(self, one: Given) -> float | None:
        if isinstance(one.value, int | float) and not isinstance(one.value, bool):
            if math.isfinite(one.value):
                return float(one.value)
        elif found := number_in(as_text(one.value), point=one.column in self.points):
            if found[1]:
                self._doubtful.append((one, found[0]))
            return found[0]
        facts = {"value": short(as_text(one.value)), "indicator": short(one.indicator)}
        self.problems.append(Problem("atlas.value", self._at(one.row, one.column), facts))
        return None

    def _is_impossible(self, one: Given, indicator: str, year: int, value: float) -> bool:
        """Whether no region can have this value; it is told."""
        unit = unit_of(indicator, year, short(one.unit), self.units)
        possible = possible_values(indicator, unit)
        if possible is None or value in possible:
            return False
        facts = {"indicator": indicator, **number_fact("value", value, _EXACT), **possible.facts()}
        self.problems.append(Problem("atlas.impossible", self._at(one.row, one.column), facts))
        return True

    def _once(self, taken: list[Figure]) -> tuple[list[Figure], int, int]:
        """The figures with each key once; how many stand twice alike; how many contradict each other."""
        first: dict[tuple[str, str, int, str], Figure] = {}
        torn: set[tuple[str, str, int, str]] = set()
        duplicate = conflicting = 0
        for one in taken:
            earlier = first.setdefault(one.key, one)
            if earlier is one:
                continue
            if one.value == earlier.value:
                duplicate += 1
                continue
            facts = {
                "code": one.code, "indicator": one.indicator, "year": one.year,
                **number_fact("first", earlier.value, _EXACT), "row": earlier.row,
                **number_fact("second", one.value, _EXACT),
            }  # fmt: skip
            where = self._at(one.row - 1, one.column)
            self.problems.append(Problem("atlas.contradiction", where, facts))
            conflicting += 1
            torn.add(one.key)
        kept = [one for key, one in first.items() if key not in torn]
        return kept, duplicate, conflicting + len(torn)

    def _tell_doubtful(self) -> None:
        """The first figure whose point was read as thousands, and how many there are."""
        if not self._doubtful:
            return
        one, value = self._doubtful[0]
        facts = {"value": as_text(one.value), "meant": f"{value:.0f}", "n": len(self._doubtful)}
        where = self._at(one.row, one.column)
        self.problems.append(Problem("atlas.thousands_dot", where, facts, "warning"))

    def _is_news(self, what: str, one: Given) -> bool:
        news = (what, one.row) not in self._told
        self._told.add((what, one.row))
        return news

    def _in_column(self, one: Given, meaning: str) -> Where:
        return self._at(one.row, self.table.columns.get(meaning, one.column))

    def _at(self, row: int, column: int) -> Where:
        return Where(self.table.file, self.table.grid.name, address(row, column))


def _misnamed(one: Given, found: ReadCode, where: Where) -> Problem | None:
    """A name beside the code that is another region's: nobody can say which of them is meant."""
    other, region = region_named_otherwise(one.name, found.code), region_or_none(found.code)
    if other is None or region is None:
        return None
    facts = {
        "code": found.code, "region": region.name, "name": short(one.name),
        "named": f"{other.code} {other.name}",
    }  # fmt: skip
    return Problem("atlas.code_name", where, facts)
