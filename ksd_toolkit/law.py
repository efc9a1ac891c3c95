"""Legal references, government affairs and strategic issues, each with its source."""

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from ksd_toolkit.errors import LawError
from ksd_toolkit.messages import language, say

_SUPPORTING: Final = "unsur"


@dataclass(frozen=True, slots=True)
class Article:
    """A legal reference: its citation, what it says in our words, and whether the text was read.

    `short` is the citation as a cell of a table holds it; the citation itself where it is short enough.
    """

    key: str
    citation: str
    gist: str
    verified: bool
    short: str


@dataclass(frozen=True, slots=True)
class Topic:
    """An affair (urusan) or a strategic issue (isu): code, name and group."""

    code: str
    name: str
    group: str


def cite(key: str, lang: str = "id") -> Article:
    """The article called `key`, e.g. `cite("PP 28/2018 5(1)")`.

    Raises:
        LawError: The knowledge file has no such article.
    """
    entry = _articles().get(key)
    if entry is None:
        raise LawError("law.unknown", key=key)
    lang = language(lang)
    citation = entry[f"citation_{lang}"]
    short = entry.get(f"short_{lang}", citation)
    return Article(key, citation, entry[f"gist_{lang}"], bool(entry["verified"]), short)


def source_text(source: str, lang: str = "id") -> str:
    """A source as a paper in this language names it, marked where its official text was not read.

    An article by its citation, a place in a paper (`Naskah HSS: skala prioritas`) by the name of the paper
    and the place; what is neither, as it was written.
    """
    name, mark, place = source.partition(": ")
    if name not in _articles() or (mark and not place):
        return source
    found = cite(name, lang)
    named = found.short if found.verified else f"{found.short}, {say('law.unverified', lang)}"
    places = _law()["place_en"] if language(lang) == "en" else {}
    return f"{named}{mark}{places.get(place, place)}"


def articles(lang: str = "id", *, in_brief: bool = False) -> list[Article]:
    """Every article of the knowledge file in its order, or those a policy brief lists."""
    picked = (key for key, entry in _articles().items() if entry.get("in_brief") or not in_brief)
    return [cite(key, lang) for key in picked]


def urusan(code: str, lang: str = "id") -> Topic:
    """The government affair with this code (`1.02`).

    Source:
        UU 23/2014 Pasal 12; codes after the ministry's nomenclature.
    """
    return _topic("urusan.csv", code, lang)


def isu(code: str, lang: str = "id") -> Topic:
    """The strategic issue with this code (`ISU-A`).

    Source:
        The seed brief of Kabupaten Hulu Sungai Selatan, isu strategis a-h.
    """
    return _topic("isu.csv", code, lang)


def all_urusan(lang: str = "id") -> list[Topic]:
    """The 32 government affairs of the law in its order; supporting units without an affair left out."""
    rows = _rows("urusan.csv").items()
    return [urusan(code, lang) for code, row in rows if row["kelompok"] != _SUPPORTING]


def all_isu(lang: str = "id") -> list[Topic]:
    """The eight strategic issues in the seed's order."""
    return [isu(code, lang) for code in _rows("isu.csv")]


def _topic(file: str, code: str, lang: str) -> Topic:
    row = _rows(file).get(code)
    if row is None:
        raise LawError("law.unknown_code", topic=code)
    group = row.get("kelompok") or row.get("huruf") or ""
    return Topic(code, row["name" if language(lang) == "en" else "nama"], group)


@cache
def _rows(file: str) -> dict[str, dict[str, str]]:
    with files("ksd_toolkit.knowledge").joinpath(file).open(encoding="utf-8") as source:
        return {row["kode"]: row for row in csv.DictReader(source)}


@cache
def _articles() -> dict[str, dict[str, Any]]:
    return {entry["key"]: entry for entry in _law()["article"]}


@cache
def _law() -> dict[str, Any]:
    text = files("ksd_toolkit.knowledge").joinpath("law.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
