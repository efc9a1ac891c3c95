"""Values that cannot be: a share above 100 percent, an index beyond its scale (`knowledge/region_files.toml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import pandas as pd

from ksd_toolkit.atlas.known_indicators import code_of, known_indicators
from ksd_toolkit.atlas.number_facts import number_fact
from ksd_toolkit.atlas.region_files import facts_of

_EVERY_YEAR: Final = 0

Units = Mapping[tuple[str, int], str]
"""The unit of an indicator in a year, or in every year (0)."""
NO_UNITS: Final[Units] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Possible:
    """The least and the greatest value an indicator can have, and what it counts in both languages."""

    low: float
    high: float
    units: Mapping[str, str]

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high

    def facts(self) -> dict[str, object]:
        """The range as facts of a sentence."""
        units = {"unit": self.units["id"], "unit_en": self.units["en"]}
        return units | number_fact("low", self.low) | number_fact("high", self.high)


@lru_cache(4096)  # the same few indicators and units stand in every row
def possible_values(indicator: str, unit: str) -> Possible | None:
    """What an indicator can be; None where nothing is known of it.

    Args:
        indicator: Its code (`p0_miskin`), or an other name of it.
        unit: What its figure counts, as the file or the list of indicators says; empty where nobody does.

    **Source**: `possible_units` and `possible_indicators` of `knowledge/region_files.toml`.
    """
    code = code_of(indicator)
    known = known_indicators().get(code, {})
    units = {lang: unit or str(known.get(f"unit_{lang}", "")) for lang in ("id", "en")}
    scales, shares = facts_of("possible_indicators"), facts_of("possible_units")
    if known and code in scales:
        low, high = scales[code]
        return Possible(low, high, units)
    is_share = " ".join(units["id"].casefold().split()) in shares["share_units"]
    if is_share and (known or set(code.split("_")).isdisjoint(shares["beyond"])):
        low, high = shares["share"]
        return Possible(low, high, units)
    return None


def stated_units(meta: pd.DataFrame) -> dict[tuple[str, int], str]:
    """The units that lists of indicators name.

    Args:
        meta: Their rows, with `indicator`, `year` (0 for all) and `unit`.
    """
    stated = meta[meta["unit"] != ""]
    rows = zip(stated["indicator"], stated["year"], stated["unit"], strict=True)
    return {(name, int(year)): unit for name, year, unit in rows}


def unit_of(indicator: str, year: int, unit: str, units: Units) -> str:
    """The unit of a figure: its own, else the one a list of indicators names for its year, or for all."""
    return unit or units.get((indicator, year)) or units.get((indicator, _EVERY_YEAR), "")
