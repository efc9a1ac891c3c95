"""What a simulated region is like: which offices it has, who of them answers, and how well it cooperates."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from ksd_toolkit.regions import Region
from ksd_toolkit.simulation.draws import Draws
from ksd_toolkit.simulation.knowledge import shares, templates
from ksd_toolkit.simulation.office_rows import Office


@dataclass(frozen=True, slots=True)
class Character:
    """How a region differs from others.

    Attributes:
        size: How many usulan its offices have in mind.
        response: The share of its offices that send their workbook.
        maturity: The bound of its answers d1 to d4, from its province.
        level: How much stronger (or weaker) its proposals are than elsewhere, from its province.
        favoured: The strategic issue its province names most.
    """

    size: int
    response: float
    maturity: float
    level: float
    favoured: str


@dataclass(frozen=True, slots=True)
class RegionPlan:
    """A region and period to simulate, and the period before it where that is simulated as well.

    Of a period that is over the list is `determined`.
    """

    region: Region
    seed: int
    period: str
    office_rows: tuple[Mapping[str, str], ...]
    previous: str = ""
    determined: bool = False

    @property
    def before(self) -> "RegionPlan | None":
        """The same region in the period before."""
        if not self.previous:
            return None
        return replace(self, period=self.previous, previous="", determined=True)

    @property
    def year(self) -> int:
        """The year of the period."""
        return int(self.period[:4])

    @property
    def draws(self) -> Draws:
        """What is left to chance in this region, untouched by any other."""
        return Draws(self.seed).of(self.region.code)

    @property
    def character(self) -> Character:
        """What the region is like this year."""
        region, bounds = shares()["region"], shares()["province"]
        draws = Draws(self.seed).of("provinsi", self.region.province)
        issues = sorted({issue for one in templates() for issue in one.issues})
        own = self.draws.of(self.period)
        return Character(
            size=_size(own),
            response=_between(region["response"], own.chance("balasan") ** region["response_skew"]),
            maturity=_between(bounds["maturity"], draws.chance("matang")),
            level=_between(bounds["level"], draws.chance("mutu")),
            favoured=draws.choose(issues, "isu"),
        )

    @property
    def offices(self) -> list[Office]:
        """Its offices in the order of the list, those who stay silent with them."""
        own, maturity = self.draws.of(self.period), self.character.maturity
        share = shares()["defects"]
        return [
            Office(
                row["opd_kode"], number, maturity,
                officers=1 if own.happens(share["one_officer"], row["opd_kode"], "satu") else 2,
                same_officer=own.happens(share["same_officer"], row["opd_kode"], "sama"),
            )
            for number, row in enumerate(self.office_rows, start=1)
        ]  # fmt: skip

    def sends(self, opd_kode: str) -> bool:
        """Whether this office sends its workbook."""
        own = self.draws.of(self.period)
        return own.happens(self.character.response, opd_kode, "mengirim")


def all_offices() -> int:
    """How many offices there are at most."""
    return len(_listed())


@cache
def office_rows(count: int) -> tuple[Mapping[str, str], ...]:
    """The rows of `opd.csv`: offices that can propose something come before others where fewer are asked.

    Args:
        count: 1 to `all_offices()`.
    """
    able = {template.opd_kode for template in templates()}
    by_use = sorted(_listed(), key=lambda row: row["opd_kode"] not in able)
    kept = {row["opd_kode"] for row in by_use[:count]}
    return tuple(row for row in _listed() if row["opd_kode"] in kept)


@cache
def _listed() -> tuple[Mapping[str, str], ...]:
    """The offices most regencies and cities have."""
    path = files("ksd_toolkit.knowledge").joinpath("opd_umum.csv")
    with path.open(encoding="utf-8") as source:
        return tuple(csv.DictReader(source))


def _size(draws: Draws) -> int:
    """None, one, or from few to many; few more often than many."""
    region, chance = shares()["region"], draws.chance("golongan")
    if chance < region["none_share"]:
        return 0
    if chance < region["none_share"] + region["single_share"]:
        return 1
    spread = region["most"] - region["least"] + 1
    return int(region["least"] + spread * draws.chance("banyak") ** region["skew"])


def _between(bounds: list[float], chance: float) -> float:
    least, most = bounds
    return least + (most - least) * chance
