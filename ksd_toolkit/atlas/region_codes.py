"""The code of a region as a file writes it: the Ministry's `63.06`, or refused with what was meant.

A join by digits never fails, it lies: 169 of 514 codes without their dot are another region's code
at the statistics office. So a code without a dot needs the name of its system.

Source:
    Kemendagri codes `NN` and `NN.NN`, see `knowledge/regions.csv`; counts computed for this project.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Final, Literal

from ksd_toolkit.atlas.region_files import facts_of
from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.messages import say
from ksd_toolkit.regions import NO_NAMES, Region, all_regions, region_or_none

System = Literal["", "kemendagri", "bps"]

_DOTTED: Final = re.compile(r"\d\d\.\d\d")
_BARE: Final = re.compile(r"(\d\d)(\d\d)")
_PROVINCE: Final = re.compile(r"\d\d")
_CUT: Final = re.compile(r"(\d\d)\.(\d)")
_WITH_ZERO: Final = re.compile(r"(\d{2}|\d{4})\.0+")
_BELOW: Final = re.compile(r"\d\d\.?\d\d\.?\d\d(?:\.?\d{4})?|\d{7}")
_SHORTENED: Final = {"kab.": "kabupaten", "kab": "kabupaten", "prov.": "provinsi"}
_SYSTEMLESS: Final = re.compile(r"\d\d(?:\d\d)?")


@dataclass(frozen=True, slots=True)
class Notation:
    """How the codes of one file are to be read.

    Attributes:
        system: The system its bringer named; empty where none was.
        crosswalk: Kemendagri codes by BPS code, where somebody brought them.
        proven: Whether other codes of the file show that it is written in the Ministry's codes.
    """

    system: System = ""
    crosswalk: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    proven: bool = False


@dataclass(frozen=True, slots=True)
class ReadCode:
    """A region's code, or why the text is none: the kind of refusal and its facts."""

    code: str = ""
    refusal: str = ""
    facts: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


def notation_of(texts: Iterable[str], system: System, crosswalk: Mapping[str, str]) -> Notation:
    """The notation of a file, judged over all its codes.

    Args:
        texts: Every code as it stands in the file.
        system: The system that was named, if any.
        crosswalk: Kemendagri codes by BPS code.
    """
    found = set(texts)
    only = facts_of("provinces")["only_kemendagri"]
    dotted = any(_DOTTED.fullmatch(text) and region_or_none(text) for text in found)
    return Notation(system, crosswalk, dotted or not found.isdisjoint(only))


def read_code(text: str, notation: Notation) -> ReadCode:
    """The region a code means, or the refusal with the candidates.

    Args:
        text: The code as it stands, without spaces around it.
        notation: How the codes of its file are read.
    """
    if not text:
        return ReadCode(refusal="blank")
    if damaged := _damaged(text):
        return damaged
    if notation.system == "bps":
        return _from_bps(text, notation)
    if _DOTTED.fullmatch(text) or _PROVINCE.fullmatch(text):
        return _from_kemendagri(text, notation)
    if _BARE.fullmatch(text):
        return _without_dot(text, notation)
    return _no_code(text)


def region_named_otherwise(name: str, code: str) -> Region | None:
    """The region a name means, where that is not the region of the code; None where it may be.

    Names that nobody has today, such as those before a renaming, prove nothing.

    Args:
        name: What stands beside the code.
        code: The region's code.
    """
    found = _by_name().get(_plain(name), ())
    return found[0] if found and all(region.code != code for region in found) else None


def code_problem(found: ReadCode, where: Where) -> Problem:  # noqa: PLR0911  a refusal a line
    """A refused code as a problem at its place."""
    facts = dict(found.facts)
    match found.refusal:
        case "blank":
            return Problem("atlas.code_blank", where)
        case "number":
            return Problem("atlas.code_number", where, facts)
        case "cut":
            return Problem("atlas.code_cut", where, facts)
        case "system":
            counts = {name: facts_of("codes")[name] for name in ("compared", "other_region")}
            return Problem("atlas.code_system", where, facts | counts)
        case "province":
            return Problem("atlas.code_province", where, facts)
        case "below":
            return Problem("atlas.code_below", where, facts)
        case "not_bps":
            return Problem("atlas.code_not_bps", where, facts)
        case "unknown_bps":
            return Problem("atlas.code_unknown_bps", where, facts)
        case _:
            return Problem("atlas.code_unknown", where, facts)


def _damaged(text: str) -> ReadCode | None:
    """The refusal of a code that was a number for a while: a zero lost, or one too many."""
    if number := _WITH_ZERO.fullmatch(text):
        return _refused("number", text, _meant(number[1]))
    if cut := _CUT.fullmatch(text):
        both = (region_or_none(f"{cut[1]}.{cut[2]}0"), region_or_none(f"{cut[1]}.0{cut[2]}"))
        return _refused("cut", text, [one for one in both if one])
    return None


def _without_dot(text: str, notation: Notation) -> ReadCode:
    """Four digits: the Ministry's where it was named, else refused with both readings."""
    known = region_or_none(f"{text[:2]}.{text[2:]}")
    if notation.system == "kemendagri":
        return ReadCode(known.code) if known else _refused("unknown", text, _near(text))
    facts: dict[str, object] = {"value": text}
    for name, lang in (("", "id"), ("_en", "en")):
        facts[f"near{name}"] = _told([known]) if known else say("atlas.none", lang)
        facts[f"bps{name}"] = _bps_reading(text, notation, lang)
    return ReadCode(refusal="system", facts=facts)


def _bps_reading(text: str, notation: Notation, lang: str) -> str:
    """The region four digits mean at the statistics office, as far as a crosswalk tells."""
    if not notation.crosswalk:
        return say("atlas.no_crosswalk_yet", lang)
    known = region_or_none(notation.crosswalk.get(text, ""))
    return _told([known]) if known else say("atlas.none", lang)


def _no_code(text: str) -> ReadCode:
    """A district, a village, a name, or anything else."""
    longest = facts_of("reading")["longest_code"]
    if _BELOW.fullmatch(text):
        upper = region_or_none(f"{text[:2]}.{text.replace('.', '')[2:4]}")
        return _refused("below", text, [upper] if upper else [])
    if len(text) > longest:
        return _refused("unknown", text[:longest], [])
    return _refused("unknown", text, _near(text) or _named(text))


def _from_kemendagri(text: str, notation: Notation) -> ReadCode:
    known = region_or_none(text)
    doubtful = text in facts_of("provinces")["two_meanings"]
    if doubtful and not (notation.system or notation.proven):
        return _refused("province", text, [known] if known else [])
    return ReadCode(known.code) if known else _refused("unknown", text, _near(text))


def _from_bps(text: str, notation: Notation) -> ReadCode:
    if not _SYSTEMLESS.fullmatch(text):
        known = region_or_none(text)
        return _refused("not_bps", text, [known] if known else _named(text))
    code = notation.crosswalk.get(text)
    return ReadCode(code) if code else _refused("unknown_bps", text, [])


def _refused(kind: str, text: str, near: list[Region]) -> ReadCode:
    return ReadCode(refusal=kind, facts={"value": text, "near": _told(near)})


def _meant(digits: str) -> list[Region]:
    """What a code with `.0` behind it may have been: a province, or a code that lost its dot."""
    bare = _BARE.fullmatch(digits)
    known = region_or_none(f"{bare[1]}.{bare[2]}" if bare else digits)
    return [known] if known else []


def _near(text: str) -> list[Region]:
    """Regions whose code differs in one digit, those of the same province first."""
    wanted = re.sub(r"\D", "", text)
    if len(wanted) not in {2, 4}:
        return []
    near = [
        region
        for region in all_regions()
        if len(digits := region.code.replace(".", "")) == len(wanted)
        and sum(a != b for a, b in zip(digits, wanted, strict=True)) == 1
    ]
    near.sort(key=lambda region: (region.province != wanted[:2], region.code))
    return near[: facts_of("reading")["near"]]


def _named(text: str) -> list[Region]:
    """The region whose name stands where its code should."""
    return list(_by_name().get(_plain(text), ()))[: facts_of("reading")["near"]]


def _told(regions: list[Region]) -> str:
    return "; ".join(f"{region.code} ({region.name})" for region in regions) or NO_NAMES


def _plain(name: str) -> str:
    """A name as it is compared: small letters, the kind written out."""
    first, _, others = " ".join(name.split()).casefold().partition(" ")
    return f"{_SHORTENED.get(first, first)} {others}".strip()


@cache
def _by_name() -> Mapping[str, tuple[Region, ...]]:
    """Regions by their full names and by their names without the kind."""
    found: dict[str, tuple[Region, ...]] = {}
    for region in all_regions():
        for name in {region.name.casefold(), region.short_name.casefold()}:
            found[name] = (*found.get(name, ()), region)
    return found
