"""Names of one word, and single words of a name: which mean their person in the person's own file.

Many people have one name only. In a sentence it may also be a common word or a place, so it counts
only in a file that names the person, and only where the forms, the offices and the map do not use it.
"""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Final

from ksd_toolkit.questionnaire import Form
from ksd_toolkit.register.private import NO_ONE, Holding
from ksd_toolkit.register.spellings import POSTS, bare_name

_LEAST_LETTERS: Final = 5  # `Budi` also stands in `Budi daya`, `Ani` in abbreviations
_WORDS: Final = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_KNOWN: Final = ("regions.csv", "opd_umum.csv", "isu.csv", "urusan.csv")
_NAMES: Final = frozenset({"nama", "name", "pic", "narahubung"})


def ordinary_words(forms: Iterable[Form], offices: Iterable[str]) -> frozenset[str]:
    """Words that name nobody: of the forms, the offices, the regions and the government's affairs."""
    texts = (*(form.source for form in forms), *offices)
    return frozenset(word for text in texts for word in words_of(text)) | _known_words() | POSTS


def single_names(holdings: Iterable[Holding], ordinary: frozenset[str]) -> frozenset[str]:
    """The names of one word that mean their person in a sentence, too: `zulkifli`."""
    return _telling(_of_one_word(holdings), ordinary)


def words_of_names(holdings: Iterable[Holding], ordinary: frozenset[str]) -> frozenset[str]:
    """Single words of names, that mean their person where they are all a cell says."""
    named = {word for one in holdings if _is_name(one) for word in words_of(bare_name(one.value))}
    return _telling(named, ordinary)


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return [word.casefold() for word in _WORDS.findall(text)]


def lone_words(holdings: Iterable[Holding]) -> frozenset[str]:
    """Single words that were found in running text and told as this person's at the register's door."""
    found = (words_of(one.value) for one in holdings if one.slot == NO_ONE and _is_word(one.value))
    return frozenset(words[0] for words in found)


def doubtful_names(holdings: Iterable[Holding]) -> frozenset[str]:
    """Names of one word, however short or common: in a sentence only people can tell who is meant."""
    return frozenset(_of_one_word(holdings)) - POSTS


def _of_one_word(holdings: Iterable[Holding]) -> set[str]:
    split = (words_of(bare_name(one.value)) for one in holdings if _is_name(one))
    return {words[0] for words in split if len(words) == 1}


def _telling(words: set[str], ordinary: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words - ordinary if len(word) >= _LEAST_LETTERS)


def _is_name(one: Holding) -> bool:
    """Whether a value answers a question for a name, with no number or address in it."""
    asked = words_of(one.slot if one.field == "lain" else one.field)
    return bool(_NAMES & set(asked)) and not any(
        mark.isdigit() or mark == "@" for mark in one.value
    )


def _is_word(value: str) -> bool:
    return _WORDS.fullmatch(value.strip()) is not None


@cache
def _known_words() -> frozenset[str]:
    """The words of the places, offices, issues and affairs the toolkit knows."""
    folder = files("ksd_toolkit.knowledge")
    return frozenset(
        word for name in _KNOWN for word in words_of(folder.joinpath(name).read_text("utf-8"))
    )
