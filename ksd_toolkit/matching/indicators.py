"""What an indicator means: the urusan and isu it measures, which way is good, and its other names."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from ksd_toolkit.law import all_isu, all_urusan
from ksd_toolkit.messages import language

Cell = tuple[str, str]
"""An urusan code (`1.02`) and an isu code (`ISU-A`)."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: what it measures, for which cells, and whether it is used unless asked for.

    `direction` is `+` where a high value is good. Without `cells` it only describes a region.
    """

    code: str
    aliases: tuple[str, ...]
    labels: Mapping[str, str]
    problems: Mapping[str, str]
    units: Mapping[str, str]
    direction: str
    cells: tuple[Cell, ...]
    used: bool
    zero_is_unknown: bool
    why: str
    source: str

    def label(self, lang: str = "id") -> str:
        """What it is called."""
        return self.labels[language(lang)]

    def problem(self, lang: str = "id") -> str:
        """What a bad value means, as the middle of a sentence: `kemiskinan tinggi`."""
        return self.problems[language(lang)]

    def unit(self, lang: str = "id") -> str:
        """What its values count."""
        return self.units[language(lang)]


@cache
def indicators() -> Mapping[str, Indicator]:
    """Every known indicator by its code, in the order of `knowledge/indicators.toml`."""
    text = files("ksd_toolkit.knowledge").joinpath("indicators.toml").read_text(encoding="utf-8")
    found = (_indicator(row) for row in tomllib.loads(text)["indicator"])
    return MappingProxyType({one.code: one for one in found})


@cache
def code_of(name: str) -> str:
    """The code of an indicator by its code or an other name; the name itself where nobody knows it."""
    for one in indicators().values():
        if name == one.code or name in one.aliases:
            return one.code
    return name


@cache
def cells() -> tuple[Cell, ...]:
    """All 256 cells in fixed order: the 32 urusan of the law, each with the 8 isu.

    Source:
        UU 23/2014 Pasal 12 (urusan); the seed's eight isu.
    """
    return tuple((urusan.code, isu.code) for urusan in all_urusan() for isu in all_isu())


@cache
def cell_number() -> Mapping[Cell, int]:
    """The place of every cell in `cells`."""
    return MappingProxyType({cell: number for number, cell in enumerate(cells())})


def _indicator(row: Mapping[str, Any]) -> Indicator:
    texts = {
        name: {lang: row.get(f"{name}_{lang}", "") for lang in ("id", "en")}
        for name in ("label", "problem", "unit")
    }
    return Indicator(
        code=row["code"],
        aliases=tuple(row.get("aliases", ())),
        labels=MappingProxyType(texts["label"]),
        problems=MappingProxyType(texts["problem"]),
        units=MappingProxyType(texts["unit"]),
        direction=row["direction"],
        cells=tuple((urusan, isu) for urusan, isu in row.get("cells", ())),
        used=row.get("used", False),
        zero_is_unknown=row.get("zero_is_unknown", False),
        why=row["why"],
        source=row["source"],
    )
