"""Regions in a cell, as codes of the Ministry of Home Affairs: by code or exact name, never by likeness.

Four digits without a dot are refused: the statistics office writes its codes so, and many of them
are another region's code here.

Source:
    Kemendagri codes `NN` and `NN.NN`, see `knowledge/regions.csv`. BPS codes have the same digits
    without the dot; 169 of 514 name another region (counted for this project).
"""

import re
from typing import Final

from ksd_toolkit.errors import InputError
from ksd_toolkit.questionnaire.cells import Manner, Note, Parsed, Raw, unreadable
from ksd_toolkit.questionnaire.form import Field
from ksd_toolkit.regions import NO_NAMES, Region, find_region, region_by_initials, region_or_none

_SEPARATORS: Final = re.compile(r"[;,\n|]")
_TWO_NAMES: Final = re.compile(r"\s+(?:dan|serta|and|&)\s+")
_BELOW: Final = re.compile(
    r"(?:.*\b)?(?:kecamatan|kelurahan|desa)\b.*|(?:kec|kel|ds)\b[. ].*|\d\d\.\d\d\.\d\d(?:\.\d{4})?",
    re.I,
)
_CODED: Final = re.compile(r"(?P<code>\d[\d.]*)(?:[\s:(\u2013-]+(?P<name>[^\W\d].*?))?\)?")
_NAMED: Final = re.compile(r"(?P<name>[^\W\d].*?)[\s:(\u2013-]+(?P<code>\d[\d.]*)\)?")
_GOVERNMENTS: Final = (
    (re.compile(r"^(?:pemerintah|pemda)\s+", re.I), ""),
    (re.compile(r"^pemkab\.?\s+", re.I), "Kabupaten "),
    (re.compile(r"^pemkot\.?\s+", re.I), "Kota "),
    (re.compile(r"^pemprov\.?\s+", re.I), "Provinsi "),
    (re.compile(r"^kab\.\s*", re.I), "Kabupaten "),
    (re.compile(r"^prov\.\s*", re.I), "Provinsi "),
)
_BARE: Final = re.compile(r"(\d\d)(\d\d)")
_CUT: Final = re.compile(r"(\d\d)\.(\d)")  # a spreadsheet drops the last zero of 63.10


def read_region(raw: Raw, text: str, question: Field, manner: Manner) -> Parsed:
    """The code of the one region in a cell."""
    return _region(text, manner.home)


def read_regions(raw: Raw, text: str, question: Field, manner: Manner) -> Parsed:
    """The codes of the regions in a cell, joined by `;`, in the order given, each once."""
    parts = [part.strip() for part in _SEPARATORS.split(text) if part.strip()]
    if not parts:
        return Parsed(None, "kosong")
    found = [one for part in parts for one in _one_or_two(part, manner.home)]
    if wrong := next((one for one in found if one.problem), None):
        return wrong
    notes = tuple(note for one in found for note in one.notes)
    return Parsed(";".join(dict.fromkeys(str(one.value) for one in found)), notes=notes)


def region_named(text: str, home: str) -> str:
    """The code of the region that is written so, by code or exact name; empty where it is none.

    Args:
        text: `63.07`, `Tapin`, `Pemerintah Kabupaten Hulu Sungai Tengah`.
        home: The code of the region where it was written; its neighbours' initials are understood.
    """
    return str(_region(" ".join(text.split()), home).value or "")


def _one_or_two(text: str, home: str) -> list[Parsed]:
    """`Tapin dan Banjar` is two regions, `Pangkajene dan Kepulauan` is one."""
    whole = _region(text, home)
    names = _TWO_NAMES.split(text) if whole.problem else []
    return [_region(name, home) for name in names] if len(names) > 1 else [whole]


def _region(text: str, home: str) -> Parsed:
    if _BELOW.fullmatch(text):
        return unreadable("cell.region_below", text)
    match = _CODED.fullmatch(text) or _NAMED.fullmatch(text)
    if match is None:
        return _by_name(text, text, home)
    code, name = match["code"].rstrip("."), match["name"]
    known = region_or_none(code)
    if known is None:
        return _unknown_code(code, text)
    if name and _by_name(name, text, home).value != known.code:
        return unreadable("cell.region_contradicts", text, near=_told(known))
    return Parsed(known.code)


def _by_name(name: str, text: str, home: str) -> Parsed:
    plain = name
    for beginning, kind in _GOVERNMENTS:
        plain = beginning.sub(kind, plain)
    try:
        return Parsed(find_region(plain).code)
    except InputError as error:
        if error.code == "region.ambiguous":
            return unreadable("cell.region_two", text, near=error.facts["names"])
        if region := region_by_initials(plain, home):
            facts = {"value": text, "meant": _told(region)}
            return Parsed(region.code, notes=(Note("cell.region_initials", facts, "info"),))
        near = error.facts.get("names", NO_NAMES)
    if near == NO_NAMES:
        return unreadable("cell.region", text)
    return unreadable("cell.region_near", text, near=near)


def _unknown_code(code: str, text: str) -> Parsed:
    """Digits without a dot, a zero lost, or no region at all: what may have been meant is suggested."""
    if (bare := _BARE.fullmatch(code)) and (near := region_or_none(f"{bare[1]}.{bare[2]}")):
        return unreadable("cell.region_system", text, near=_told(near))
    if cut := _CUT.fullmatch(code):
        both = (region_or_none(f"{cut[1]}.{cut[2]}0"), region_or_none(f"{cut[1]}.0{cut[2]}"))
        if near_texts := [_told(region) for region in both if region]:
            return unreadable("cell.region_cut", text, near="; ".join(near_texts))
    return unreadable("cell.region", text)


def _told(region: Region) -> str:
    return f"{region.code} ({region.name})"
