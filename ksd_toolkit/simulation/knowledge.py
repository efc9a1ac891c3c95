"""What the simulated nation is made of: its shares, and the proposals its offices may write."""

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from ksd_toolkit.simulation.proposal import family_of

BORDER: Final = "batas"
FAR: Final = "jauh"
"""Where a proposal lies: at a border, with a region farther away, or else (`dalam`) within one's own."""


@dataclass(frozen=True, slots=True)
class Template:
    """A proposal as any region may write it; `{a}` is the region, `{b}` another one, `{p}` the province.

    `figure`, `baseline`, `target` and `cost` (million rupiah) are drawn from the least to the most.

    Source:
        `knowledge/simulation_proposals.csv`: written for this project, about no real region.
    """

    code: str
    scope: str
    opd_kode: str
    texts: dict[str, str]
    partners: tuple[tuple[str, str, str], ...]
    figure: tuple[int, int]
    baseline: tuple[int, int]
    target: tuple[int, int]
    cost: tuple[int, int]

    @property
    def issues(self) -> list[str]:
        """Its strategic issues, the main one first."""
        return self.texts["isu"].split(";")

    @property
    def family(self) -> str:
        """Sinergi, KSDPK, KSDD, or no regional cooperation at all."""
        return family_of({kind for _, kind, _ in self.partners}, self.texts["objek"])


@cache
def shares() -> dict[str, Any]:
    """The shares and bounds of `knowledge/simulation.toml`, by group."""
    with files("ksd_toolkit.knowledge").joinpath("simulation.toml").open("rb") as source:
        return tomllib.load(source)


@cache
def templates() -> tuple[Template, ...]:
    """Every proposal there is, in the order of the table."""
    path = files("ksd_toolkit.knowledge").joinpath("simulation_proposals.csv")
    with path.open(encoding="utf-8") as source:
        return tuple(_template(row) for row in csv.DictReader(source))


def border_templates() -> tuple[Template, ...]:
    """Those about a border two regions share."""
    return tuple(one for one in templates() if one.scope == BORDER)


_RANGES: Final = ("n", "dasar", "target", "biaya_juta")


def _template(row: dict[str, str]) -> Template:
    figure, baseline, target, cost = (_range(row[name]) for name in _RANGES)
    partners = [part.split("~") for part in row["mitra"].split(" + ")]
    return Template(
        code=row["kode"],
        scope=row["lingkup"],
        opd_kode=row["opd_kode"],
        texts=row,
        partners=tuple((name, kind, brings) for name, kind, brings in partners),
        figure=figure,
        baseline=baseline,
        target=target,
        cost=cost,
    )


def _range(text: str) -> tuple[int, int]:
    least, _, most = text.partition("-")
    return int(least), int(most)
