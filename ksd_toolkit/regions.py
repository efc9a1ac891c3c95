"""Provinces, regencies and cities: codes, names and who borders whom."""

import csv
import difflib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from ksd_toolkit.errors import InputError

_SUGGESTIONS: Final = 3
_LIKE: Final = 0.75  # of 1: below it a name is no suggestion at all
_BEGINNING: Final = 4  # letters of a name that tell which ones are meant
NO_NAMES: Final = "-"
"""What is told in place of near names where there are none."""

_PREFIXES: Final = ("kabupaten ", "provinsi ", "kota ")
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
    def province(self) -> str:
        """The two-digit code of the province."""
        return self.code[:2]

    @property
    def short_name(self) -> str:
        """The name without its kind: `Hulu Sungai Selatan`."""
        return _short(self.name)


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
    found = [region for region in by_code.values() if region.name.casefold() == folded]
    if not found:  # a kind that was named is not exchanged for another
        found = [r for r in by_code.values() if r.short_name.casefold() == folded]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError("region.ambiguous", text=wanted, names=_listed(found))
    short, names = _short(folded), {r.short_name.casefold() for r in by_code.values()}
    begun = sorted(name for name in names if len(short) >= _BEGINNING and name.startswith(short))
    alike = difflib.get_close_matches(short, sorted(names), n=_SUGGESTIONS, cutoff=_LIKE)
    near = list(dict.fromkeys((*begun, *alike)))[:_SUGGESTIONS]
    suggested = [r for name in near for r in by_code.values() if r.short_name.casefold() == name]
    raise InputError("region.unknown", text=wanted, names=_listed(suggested) or NO_NAMES)


def region_or_none(code: str) -> Region | None:
    """The region with exactly this code."""
    return _regions().get(code)


def region_by_initials(text: str, home: str) -> Region | None:
    """The region `HSS` means to the people of `home`: theirs or one that borders it, where only one fits.

    Args:
        text: Two letters at least, with the kind of the region or without.
        home: The code of the region where it was written.
    """
    wanted = _short(text).replace(".", "").casefold()
    own = region_or_none(home)
    near = [*([own] if own else []), *neighbours(home)]
    found = [r for r in near if len(wanted) > 1 and _initials(r) == wanted]
    return found[0] if len(found) == 1 else None


def are_neighbours(first: str, second: str) -> bool:
    """Whether two regions share a land border or meet at a corner.

    Source:
        Adjacency computed for this project from village polygons; see `data/SOURCES.md`.
    """
    return frozenset((first, second)) in _borders()


def neighbours(code: str) -> list[Region]:
    """Every region that borders `code`, by code."""
    others = sorted(next(iter(pair - {code})) for pair in _borders() if code in pair)
    return [region for other in others if (region := region_or_none(other))]


@cache
def _regions() -> dict[str, Region]:
    with files("ksd_toolkit.knowledge").joinpath("regions.csv").open(encoding="utf-8") as source:
        return {
            row["kode"]: Region(row["kode"], row["nama"], row["jenis"], row["pihak_ksd"] == "ya")
            for row in csv.DictReader(source)
        }


@cache
def _borders() -> frozenset[frozenset[str]]:
    path = files("ksd_toolkit.knowledge").joinpath("neighbours.csv")
    with path.open(encoding="utf-8") as source:
        return frozenset(
            frozenset((row["a"], row["b"]))
            for row in csv.DictReader(source)
            if row["type"] in {"land", "corner"}
        )


def _short(name: str) -> str:
    for prefix in _PREFIXES:
        if name.casefold().startswith(prefix):
            return name[len(prefix) :]
    return name


def _initials(region: Region) -> str:
    return "".join(word[0] for word in region.short_name.casefold().split())


def _listed(regions: list[Region]) -> str:
    return "; ".join(f"{region.name} ({region.code})" for region in regions)
