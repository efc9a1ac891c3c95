"""What every region needs and what it can do, urusan by isu, each known cell with its evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Final, Literal

import numpy as np
import pandas as pd

from ksd_toolkit.matching.evidence import Evidence
from ksd_toolkit.matching.indicators import Cell, cell_number, cells
from ksd_toolkit.matching.percentiles import (
    VALUE_COLUMNS,
    Booleans,
    Floats,
    Standing,
    Unused,
    cells_of,
    standings,
    usable,
)
from ksd_toolkit.matching.settings import MatchSettings
from ksd_toolkit.regions import all_regions

Side = Literal["need", "capacity"]
SIDES: Final[tuple[Side, ...]] = ("need", "capacity")
_SHARES: Final[Mapping[Side, str]] = MappingProxyType(
    {"need": "worse_than", "capacity": "better_than"}
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What a questionnaire says of one cell of one region: a strength 0 to 1, or None where unrated."""

    code: str
    cell: Cell
    side: Side
    strength: float | None
    usulan: tuple[str, ...]
    answers: tuple[tuple[str, float], ...]
    period: str


@dataclass(frozen=True, slots=True, eq=False)
class Profiles:
    """Needs and capacities of all regions, n regions in code order by 256 cells, NaN where unknown.

    `need` is 0 (nobody is better) to 1 (everybody is); `capacity` 0 (nobody is worse) to 1. A cell
    that a questionnaire rates takes its strength from there, else from the mean of its indicators.
    `heard` holds what questionnaires say, `standings` where regions stand by indicator, `unused`
    what was asked for and could not be used.
    """

    need: Floats
    capacity: Floats
    standings: dict[str, Standing]
    heard: dict[tuple[str, Cell, Side], Heard]
    unused: tuple[Unused, ...]

    def __repr__(self) -> str:
        known = int((~np.isnan(self.need)).sum())
        return f"Profiles({len(self.need)} daerah, {known} sel kebutuhan diketahui)"

    def row(self, code: str) -> int:
        """The place of a region in the arrays."""
        return region_rows()[code]

    def origin(self, code: str, cell: Cell, side: Side = "need") -> str:
        """Where a cell's strength comes from: `kuesioner`, `indikator`, or nothing."""
        heard = self.heard.get((code, cell, side))
        if heard is not None and heard.strength is not None:
            return "kuesioner"
        known = getattr(self, side)[self.row(code), cell_number()[cell]]
        return "" if np.isnan(known) else "indikator"

    def with_own(self, code: str, own: tuple[Heard, ...], asked: tuple[Cell, ...]) -> "Profiles":
        """The same profiles with nothing heard of some cells of a region but what is given.

        Args:
            code: The region.
            own: What is heard of it in these cells; unrated and other cells fall to indicators.
            asked: The cells.
        """
        need, capacity, row = self.need.copy(), self.capacity.copy(), self.row(code)
        heard = dict(self.heard)
        for cell in asked:
            for side in SIDES:
                heard.pop((code, cell, side), None)
        heard |= {(one.code, one.cell, one.side): one for one in own}
        for side, target in zip(SIDES, (need, capacity), strict=True):
            for cell in asked:
                one = heard.get((code, cell, side))
                rated = None if one is None else one.strength
                target[row, cell_number()[cell]] = (
                    self.measured(code, cell, side) if rated is None else rated
                )
        return replace(self, need=need, capacity=capacity, heard=heard)

    def measured(self, code: str, cell: Cell, side: Side) -> float:
        """What the indicators of a cell say of a region: their mean, NaN where none is known."""
        row, name = self.row(code), _SHARES[side]
        shares = [
            float(getattr(one, name)[row])
            for one in self.standings.values()
            if cell in one.indicator.cells
        ]
        known = [share for share in shares if not np.isnan(share)]
        return sum(known) / len(known) if known else np.nan

    def evidence(self, code: str, cell: Cell, side: Side = "need") -> tuple[Evidence, ...]:
        """What a cell stands on, each piece with its value, year and source; empty where unknown."""
        heard = self.heard.get((code, cell, side))
        if heard is not None and heard.strength is not None:
            return (Evidence.from_answers(heard, side),)
        row = self.row(code)
        measured = [s for s in self.standings.values() if cell in s.indicator.cells]
        return tuple(
            Evidence.from_standing(one, row, side)
            for one in measured
            if not np.isnan(one.value[row])
        )


@cache
def region_rows() -> Mapping[str, int]:
    """The row of every region, by code."""
    return MappingProxyType({region.code: row for row, region in enumerate(all_regions())})


def no_values() -> pd.DataFrame:
    """A table of indicators without rows."""
    kinds = {"year": "int64", "value": "float64", "suspect": "bool"}
    return pd.DataFrame({name: pd.Series(dtype=kinds.get(name, "str")) for name in VALUE_COLUMNS})


def profiles(
    values: pd.DataFrame, settings: MatchSettings, heard: tuple[Heard, ...] = ()
) -> Profiles:
    """The profiles of all regions.

    Args:
        values: Indicators, long: `code, indicator, year, value, unit, source, place, suspect`.
            Where rows repeat a region, indicator and year, the first one counts.
        settings: Which indicators, how many regions they must be known for.
        heard: What questionnaires say; it goes before indicators, cell by cell.

    Source:
        Normalising by rank: OECD and JRC (2008), Handbook on Constructing Composite Indicators, step 5.
        Here the plain share of the others that are strictly better, so that "lebih buruk dari 84 %
        daerah" is literally true.
    """
    found, unused = standings(
        usable(values),
        settings.indicators,
        settings.min_regions,
        settings.common_share,
        dict(settings.years),
    )
    need, capacity = (_cell_means(found, _SHARES[side]) for side in SIDES)
    by_name = {(one.code, one.cell, one.side): one for one in heard}
    rows, numbers = region_rows(), cell_number()
    for one in heard:
        if one.strength is not None:
            target = need if one.side == "need" else capacity
            target[rows[one.code], numbers[one.cell]] = one.strength
    return Profiles(need, capacity, found, by_name, unused)


def _cell_means(found: dict[str, Standing], name: str) -> Floats:
    """The mean of what is known of a cell, added in the order of the indicators."""
    means = np.full((len(all_regions()), len(cells())), np.nan)
    for cell, measured in cells_of(found):
        total, count = np.zeros(len(means)), np.zeros(len(means))
        for one in measured:
            share: Floats = getattr(one, name)
            known: Booleans = ~np.isnan(share)
            total += np.where(known, share, 0.0)
            count += known
        column = np.divide(total, count, out=np.full(len(means), np.nan), where=count > 0)
        means[:, cell_number()[cell]] = column
    return means
