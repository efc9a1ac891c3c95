"""A person's name, number or address in every way people write it: how each is found in a text."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from ksd_toolkit.questionnaire.personal import personal_places

ERASED: Final = "[dihapus]"
EDGES: Final = ".,;:!?()[]\"'"
_LEAST_WORDS: Final = 2  # a single word such as `Budi` also stands in `Budi daya`
_LEAST_LETTERS: Final = 6
_LEAST_DIGITS: Final = 8
_BETWEEN_DIGITS: Final = r"[\s./()_-]{0,2}"
_BETWEEN_WORDS: Final = r"[\s_.+-]+"
_CELL_STARTS, _CELL_ENDS = r"(?:\A|(?<=[>;,\t\"\n]))", r"(?=[<;,\t\"\r\n]|\Z)"
_NAMED_AFTER: Final = (
    "jalan", "jl", "jl.", "gang", "desa", "kelurahan", "kecamatan", "pasar", "gedung", "masjid",
    "jembatan", "bandara", "stadion", "taman", "sungai", "gunung", "pulau", "rsud", "rumah sakit",
)  # fmt: skip  # `Jalan Sukarno` is a street, nobody's data
_NO_PLACE: Final = "".join(rf"(?<!\b{re.escape(word)}[\s_])" for word in _NAMED_AFTER)
_TITLE: Final = re.compile(r"^(?:\w{1,4}\.\s*)+")
_LETTERS: Final = re.compile(r"[^\W\d_]")
POSTS: Final = frozenset(
    {
        "kepala", "sekretaris", "bidang", "bagian", "seksi", "subbagian", "subbag", "kasubbag",
        "kabid", "kasi", "staf", "dinas", "badan", "kantor", "satuan", "unit", "bupati", "wakil",
        "camat", "lurah", "asisten", "direktur", "pejabat", "petugas", "analis", "perencana",
        "pranata", "fungsional", "pengelola", "operator", "admin", "ketua", "anggota", "belum", "ada",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """The values to find, each in every way people write it.

    A value that may mean something else in a sentence (a single name, a post) is found only where it
    is all a cell says; those in `alone`, told casefolded, are found in sentences as well. `without` are
    normal forms that stay, because they are somebody else's, too.
    """

    values: Collection[str]
    without: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()
    parts: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        every = {part for value in self.values for part in parts_of(value)} | self.alone
        parts = frozenset(part for part in every if not normal_forms(part) & self.without)
        object.__setattr__(self, "parts", parts)

    @property
    def pattern(self) -> re.Pattern[str]:
        """What finds any of them, made when a text is first looked at."""
        return _pattern(self.parts, self.alone)

    def may_stand_in(self, text: str) -> bool:
        """Whether one of them could be in `text`; looked up letter by letter, before a pattern is made for it."""
        if not text.isascii():
            return True
        plain, digits = text.lower(), "".join(filter(str.isdecimal, text))
        return any(
            told in digits if told.isdecimal() else not told.isascii() or told in plain
            for told in _first_words(self.parts)
        )

    def found_in(self, text: str) -> bool:
        """Whether one of the values stands in `text`."""
        return self.pattern.search(unicodedata.normalize("NFC", text)) is not None

    def masked(self, text: str) -> str:
        """`text` without the values; nothing is left of a text that is one of them."""
        plain = unicodedata.normalize("NFC", text)
        if self.pattern.fullmatch(plain.strip()):
            return ""
        return self.pattern.sub(ERASED, plain) if self.pattern.search(plain) else text


@lru_cache(maxsize=256)
def _pattern(parts: frozenset[str], alone: frozenset[str]) -> re.Pattern[str]:
    """Longer parts first, so that a full name is found before a part of it."""
    told = (
        spellings(part, alone=part.casefold() in alone)
        for part in sorted(parts, key=lambda part: (-len(part), part))
    )
    return re.compile("|".join(told) or r"(?!)", re.IGNORECASE)


@lru_cache(maxsize=256)
def _first_words(parts: frozenset[str]) -> frozenset[str]:
    """What every spelling of a value holds: the digits of a number, else its first word in small letters."""
    return frozenset(_digits(part) or part.split()[0].lower() for part in parts)


def tells_apart(value: str) -> bool:
    """Whether a value in running text means this person: a full name, a number, an address.

    Offices also write a post where a name is asked: `Kepala Bidang` names nobody.
    """
    words = [word.strip(EDGES).casefold() for word in value.split()]
    if any(mark.isdigit() for mark in value) or "@" in value:
        return len(value) >= _LEAST_LETTERS
    return len(words) >= _LEAST_WORDS and not POSTS & set(words)


def parts_of(value: str) -> set[str]:
    """A value and what it consists of: a contact's number and address, a name without its titles."""
    whole = " ".join(unicodedata.normalize("NFC", value).split())
    parts = {whole, *(whole[start:stop] for start, stop in personal_places(whole))}
    bare = bare_name(whole)
    if len(bare.split()) > 1 and not any(mark.isdigit() for mark in bare):
        parts.add(bare)
    return {part for part in parts if part}


def bare_name(value: str) -> str:
    """A name without the titles before and after it."""
    return _TITLE.sub("", value.partition(",")[0].strip()).strip()


def normal_forms(text: str) -> set[str]:
    """The spellings under which a value is remembered as erased: as written, and its bare digits."""
    forms = {" ".join(unicodedata.normalize("NFC", text).split()).casefold()}
    if digits := _digits(text):
        forms.add(digits)
    return forms - {""}


def forms_of(value: str) -> set[str]:
    """The normal forms of a value and of all its parts."""
    return {form for part in parts_of(value) for form in normal_forms(part)}


def spellings(part: str, *, alone: bool = False) -> str:
    """A pattern for one value: digits with any marks between, words with any spaces between.

    A word that stands `alone` for its person is found in sentences as a full name is, except in the
    name of a street or another place.
    """
    if digits := _digits(part):
        body = _BETWEEN_DIGITS.join(digits)
        prefix = rf"(?:\+?62{_BETWEEN_DIGITS}|0{_BETWEEN_DIGITS})?" if digits[0] == "8" else ""
        return rf"(?<!\d){prefix}{body}(?!\d)"
    if alone and not tells_apart(part):
        return rf"{_NO_PLACE}(?<![^\W_]){re.escape(part)}(?![^\W_])"
    if tells_apart(part):
        return rf"(?<![^\W_]){_BETWEEN_WORDS.join(map(re.escape, part.split()))}(?![^\W_])"
    words = r"\s+".join(map(re.escape, part.split()))
    return rf"{_CELL_STARTS}\s*{words}\s*{_CELL_ENDS}"


def _digits(text: str) -> str:
    """The digits of a number of a person, without the country's or the trunk's prefix; else nothing."""
    if _LETTERS.search(text):
        return ""
    digits = "".join(mark for mark in text if mark.isdecimal())
    if len(digits) < _LEAST_DIGITS:
        return ""
    return re.sub(r"^(?:62|0)(?=8)", "", digits)
