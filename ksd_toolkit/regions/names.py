"""Provinces, regencies and cities: their codes, names and kinds, and how a name finds its region."""

import csv
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from ksd_toolkit.errors import InputError
from ksd_toolkit.regions.suggestions import meant

_BARE: Final = re.compile(r"(\d\d)(\d\d)")
NO_NAMES: Final = "-"
"""What is told in place of near names where there are none."""

_PREFIXES: Final = (
    "kabupaten administrasi ", "kota administrasi ", "kabupaten ", "provinsi ", "kota ",
)  # fmt: skip
_SHORTENED: Final = {"kab.": "kabupaten", "kab": "kabupaten", "prov.": "provinsi"}


@dataclass(frozen=True, slots=True)
class Region:
    """A region by its Kemendagri code (`63` or `63.06`, always text), full name and kind.

    Source:
        npm package idn-area-data 4.0.1 (ODbL); see `data/SOURCES.md`.
    """

    code: str
    name: str
    kind: str
    is_party: bool

    @property
    def is_province(self) -> bool:
        """Whether it is a province."""
        return "." not in self.code

    @property
    def province(self) -> str:
        """The two-digit code of the province."""
        return self.code[:2]

    @property
    def short_name(self) -> str:
        """The name without its kind: `Hulu Sungai Selatan`."""
        return without_kind(self.name)


def find_region(text: str) -> Region:
    """The region with this code or name; the kind (`Kabupaten`) may be left out where it is unambiguous.

    Raises:
        InputError: Nothing or more than one region answers to `text`; near names are suggested.
    """
    wanted = " ".join(text.split())
    by_code = _regions()
    if wanted in by_code:
        return by_code[wanted]
    first, _, others = wanted.casefold().partition(" ")
    folded = f"{_SHORTENED.get(first, first)} {others}".strip()
    # A kind that was named is not exchanged for another.
    found = _by_name().get(folded) or _by_short_name().get(folded, ())
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError("region.ambiguous", text=wanted, names=_listed(found))
    if alias := _aliases().get(folded):
        return by_code[alias]
    if (bare := _BARE.fullmatch(wanted)) and (dotted := by_code.get(f"{bare[1]}.{bare[2]}")):
        raise InputError("region.bare", text=wanted, dotted=dotted.code, name=dotted.name)
    raise InputError("region.unknown", text=wanted, names=_near_names(folded))


@lru_cache(maxsize=4096)  # one run asks again and again after the same offices and companies
def _near_names(folded: str) -> str:
    """The regions somebody may have meant, for a message."""
    return _listed(meant(without_kind(folded), _by_short_name(), folded)) or NO_NAMES


def region_or_none(code: str) -> Region | None:
    """The region with exactly this code."""
    return _regions().get(code)


def all_regions() -> list[Region]:
    """Every province, regency and city by code: 38 and 514."""
    return list(_regions().values())


def parties() -> list[Region]:
    """The autonomous regions, which may sign: without DKI's administrative units, 546.

    Source:
        UU 23/2014 Pasal 363; DKI Jakarta is one autonomous region, its cities and regency are not.
    """
    return [region for region in all_regions() if region.is_party]


def party_of(code: str) -> Region | None:
    """The autonomous region a code means: the region itself, or the province of an administrative unit.

    Source:
        UU 23/2014 Pasal 363: only autonomous regions cooperate; DKI's units are parts of the province.
    """
    region = region_or_none(code)
    return region if region is None or region.is_party else region_or_none(region.province)


@cache
def _aliases() -> dict[str, str]:
    """Other names of provinces in small letters: `kalsel`, `dki jakarta`."""
    path = files("ksd_toolkit.knowledge").joinpath("region_aliases.csv")
    with path.open(encoding="utf-8") as source:
        return {row["alias"].casefold(): row["kode"] for row in csv.DictReader(source)}


@cache
def _by_name() -> dict[str, tuple[Region, ...]]:
    return _grouped(lambda region: region.name.casefold())


@cache
def _by_short_name() -> dict[str, tuple[Region, ...]]:
    return _grouped(lambda region: region.short_name.casefold())


def _grouped(key: Callable[[Region], str]) -> dict[str, tuple[Region, ...]]:
    """The regions of each name; some names are borne by two."""
    found: dict[str, tuple[Region, ...]] = {}
    for region in _regions().values():
        found[key(region)] = (*found.get(key(region), ()), region)
    return found


@cache
def _regions() -> dict[str, Region]:
    with files("ksd_toolkit.knowledge").joinpath("regions.csv").open(encoding="utf-8") as source:
        return {
            row["kode"]: Region(row["kode"], row["nama"], row["jenis"], row["pihak_ksd"] == "ya")
            for row in csv.DictReader(source)
        }


def without_kind(name: str) -> str:
    """A region's name without `Kabupaten`, `Kota` or `Provinsi`."""
    for prefix in _PREFIXES:
        if name.casefold().startswith(prefix):
            return name[len(prefix) :]
    return name


def _listed(regions: Iterable[Region]) -> str:
    return "; ".join(f"{region.name} ({region.code})" for region in regions)
