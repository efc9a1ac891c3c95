"""Tell a person's name by the title, the degree or the form of address it is written with.

Names of members are known from the roster. Anybody else can only be told by how a name is written, so
this finds names that come with a title; `Sekretaris Daerah` is a capacity and none of them.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

_NAME: Final = r"[A-Z][\w'\u2019-]+"
_INITIAL: Final = r"(?:[A-Z]\.\s?)*"
_MARKS: Final = re.compile(r"[.\s]")
_WORD: Final = re.compile(r"[^\W\d_]+")
_RANKS_BACK: Final = (
    3  # words before a title in which a place may be named: RSUD Brigjend H. Hasan Basry
)


def names_person(text: str) -> bool:
    """Whether a text names a person with a title, a degree or a form of address.

    >>> names_person("menurut Dr. Budi Santoso, M.Si")
    True
    >>> names_person("Kepala Dinas Kesehatan pada RSUD Brigjend H. Hasan Basry")
    False

    **Source**: `knowledge/person_names.toml`; the lists are not complete, so a text that passes may still
    name somebody.
    """
    return any(True for _ in _titled(text)) or _has_degree(text) or _is_addressed(text)


def names_capacity(text: str) -> bool:
    """Whether a text says in what capacity somebody sat there: it holds a word of an office."""
    words = {word.casefold() for word in _WORD.findall(text)}
    return not words.isdisjoint(_rules()["capacity"]["words"])


@cache
def _rules() -> Mapping[str, Any]:
    text = files("ksd_toolkit.knowledge").joinpath("person_names.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Titles before a name, a name with what follows its comma, and forms of address."""
    rules = _rules()
    titles = [
        re.escape(one) if one.endswith(".") else rf"{one}\.?" for one in rules["titles"]["before"]
    ]
    titled = re.compile(rf"(?<![\w-])(?:{'|'.join(titles)})\s*{_INITIAL}{_NAME}")
    degree = re.compile(
        rf"{_NAME}(?:\s+(?:{_NAME}|[A-Z]\.?))*\s*,\s*(?P<degree>[A-Z][\w.]*(?:\s[A-Z][\w.]*){{0,2}})"
    )
    words = "|".join(rules["address"]["words"])
    addressed = re.compile(rf"(?<!\w)(?:{words})\.?\s+(?P<name>{_NAME})")
    return titled, degree, addressed


def _titled(text: str) -> Iterator[re.Match[str]]:
    places = set(_rules()["places"]["words"])
    for match in _patterns()[0].finditer(text):
        if places.isdisjoint(text[: match.start()].split()[-_RANKS_BACK:]):
            yield match


def _has_degree(text: str) -> bool:
    """Whether a name is followed by a degree, whole words of it: `Budi Santoso, S.E., M.M.`."""
    known = {one.casefold() for one in _rules()["degrees"]["after"]}
    for match in _patterns()[1].finditer(text):
        parts = match["degree"].split()
        heads = ("".join(parts[:number]) for number in range(1, len(parts) + 1))
        follows = text[match.end() :].lstrip()[:1]
        if any(_MARKS.sub("", head).casefold() in known for head in heads) and (
            "." in match["degree"] or not follows or follows in ",;)/"
        ):
            return True
    return False


def _is_addressed(text: str) -> bool:
    rules = _rules()
    others = {
        *rules["capacity"]["words"],
        *(one.casefold() for one in rules["address"]["not_names"]),
    }
    return any(match["name"].casefold() not in others for match in _patterns()[2].finditer(text))
