"""The article by which a failed gate is passed: one the toolkit knows, or a citation complete in itself."""

import re
from functools import cache
from typing import Final

from ksd_toolkit.law import articles
from ksd_toolkit.messages import say
from ksd_toolkit.messages.catalogue import LANGUAGES
from ksd_toolkit.plenary.rules import rules
from ksd_toolkit.scoring.jenis import cited

_YEAR: Final = re.compile(r"(/|\btahun\s+)(19|20)\d{2}\b", re.IGNORECASE)
_ARTICLE: Final = re.compile(r"\bpasal\s+\d+|(19|20)\d{2}\s+(pasal\s+)?\d+", re.IGNORECASE)
_BLANK: Final = re.compile(r"\s+")


def find_article(text: str) -> str:
    """The key of an article we know, else the citation as it was written; empty where it is neither.

    `PP 28/2018 4(2)` and its citation are known; `Perda 5 Tahun 2021 Pasal 12` names instrument, number,
    year and article, and is complete; `sesuai aturan` is nothing.
    """
    plain = _folded(text)
    if known := _known().get(plain):
        return known
    instrument = plain.split(" ", 1)[0] in rules()["citation"]["instruments"]
    whole = instrument and _YEAR.search(plain) and _ARTICLE.search(plain)
    return " ".join(text.split()) if whole else ""


def article_text(article: str, lang: str) -> str:
    """An article as papers cite it; one whose text we have not read is marked as such."""
    key = _known().get(_folded(article))
    if key:
        return cited(key, lang)
    return f"{article}, {say('law.unverified', lang)}" if article else ""


def _folded(text: str) -> str:
    return _BLANK.sub(" ", text).strip().casefold()


@cache
def _known() -> dict[str, str]:
    """Every key and citation of the knowledge file, to the key."""
    known: dict[str, str] = {}
    for lang in LANGUAGES:
        known |= {
            _folded(text): one.key for one in articles(lang) for text in (one.citation, one.short)
        }
    return known | {_folded(one.key): one.key for one in articles()}
