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
from ksd_toolkit.questionnaire.cells import Manner, Parsed, Raw, unreadable
from ksd_toolkit.questionnaire.form import Field
from ksd_toolkit.regions import Region, find_region, region_or_none

_SEPARATORS: Final = re.compile(r"[;,\n|]")
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
    return _region(text)


def read_regions(raw: Raw, text: str, question: Field, manner: Manner) -> Parsed:
    """The codes of the regions in a cell, joined by `;`, in the order given, each once."""
    parts = [part.strip() for part in _SEPARATORS.split(text) if part.strip()]
    if not parts:
        return Parsed(None, "kosong")
    found = [_region(part) for part in parts]
    if wrong := next((one for one in found if one.problem), None):
        return wrong
    return Parsed(";".join(dict.fromkeys(str(one.value) for one in found)))


def _region(text: str) -> Parsed:
    match = _CODED.fullmatch(text) or _NAMED.fullmatch(text)
    if match is None:
        return _by_name(text, text)
    code, name = match["code"].rstrip("."), match["name"]
    known = region_or_none(code)
    if known is None:
        return _unknown_code(code, text)
    if name and _by_name(name, text).value != known.code:
        return unreadable("cell.region_contradicts", text, near=_told(known))
    return Parsed(known.code)


def _by_name(name: str, text: str) -> Parsed:
    plain = name
    for beginning, kind in _GOVERNMENTS:
        plain = beginning.sub(kind, plain)
    try:
        return Parsed(find_region(plain).code)
    except InputError as error:
        code = "cell.region_two" if error.code == "region.ambiguous" else "cell.region"
        return unreadable(code, text, near=error.facts["names"])


def _unknown_code(code: str, text: str) -> Parsed:
    """Digits without a dot, a zero lost, or no region at all: what may have been meant is suggested."""
    if bare := _BARE.fullmatch(code):
        near = region_or_none(f"{bare[1]}.{bare[2]}")
        return unreadable("cell.region_system", text, near=_told(near) if near else "-")
    if cut := _CUT.fullmatch(code):
        both = (region_or_none(f"{cut[1]}.{cut[2]}0"), region_or_none(f"{cut[1]}.0{cut[2]}"))
        near_texts = [_told(region) for region in both if region]
        return unreadable("cell.region_cut", text, near="; ".join(near_texts) or "-")
    return unreadable("cell.region", text, near="-")


def _told(region: Region) -> str:
    return f"{region.code} ({region.name})"
