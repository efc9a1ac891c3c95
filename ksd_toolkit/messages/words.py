"""Numbers, money, dates and periods in words, as a minute, a decree or a receipt writes them."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from babel.dates import format_date

from ksd_toolkit.messages.catalogue import language, say
from ksd_toolkit.messages.numbers import LOCALES, count, half_up

MOST: Final = 999_999_999_999_999
"""The largest number that has words here; a larger one is written in figures."""

_SCALES: Final = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand"))
_FIRST_WITHOUT_OWN_WORD: Final = 20
_SEN: Final = 100
_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LARGEST_ROMAN: Final = 3999
_HALF_YEAR: Final = re.compile(r"(?P<year>\d{4})-S(?P<half>[12])")
_ENGLISH_ORDINALS: Final = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip


def spell(number: int, lang: str = "id") -> str:
    """A whole number in words: 1.100 is `seribu seratus`, -21 is `minus dua puluh satu`.

    Args:
        number: Any whole number; beyond `MOST` in either direction it stays in figures.
        lang: `id` or `en`.

    >>> spell(1_011_000)
    'satu juta sebelas ribu'
    >>> spell(2026, "en")
    'two thousand and twenty-six'

    Source:
        Pedoman Umum Ejaan Bahasa Indonesia (numbers written out), belum diverifikasi; British usage.
    """
    if abs(number) > MOST:
        return count(number, lang)
    if number < 0:
        return say("words.minus", lang, n=spell(-number, lang))
    return _joined(list(_groups(number, lang)), number, lang)


def decimal_in_words(value: float, places: int = 2, lang: str = "id") -> str:
    """A number with its decimals read one by one: 74,50 is `tujuh puluh empat koma lima nol`.

    Args:
        value: The number; rounded half up to `places`.
        places: Decimals, 0 or more.
        lang: `id` or `en`.
    """
    rounded = half_up(value, places)
    whole, _, decimals = f"{abs(rounded):f}".partition(".")
    told = spell(int(whole), lang)
    if decimals:
        read = " ".join(_word(int(digit), lang) for digit in decimals)
        told = say("words.point", lang, whole=told, decimals=read)
    return say("words.minus", lang, n=told) if rounded < 0 else told


def rupiah_in_words(value: float, lang: str = "id") -> str:
    """Money in words: `satu juta lima ratus ribu rupiah`, and its sen where there are any."""
    rounded = half_up(value, 2)
    whole, sen = divmod(int(abs(rounded) * _SEN), _SEN)
    told = say("words.rupiah", lang, n=spell(whole, lang))
    if sen:
        told = say("words.rupiah_sen", lang, rupiah=told, n=spell(sen, lang))
    return say("words.minus", lang, n=told) if rounded < Decimal(0) else told


def date_in_words(value: date, lang: str = "id") -> str:
    """A date as a minute begins with it: `tanggal dua puluh tiga bulan November tahun dua ribu dua puluh enam`."""
    day = spell(value.day, lang) if language(lang) == "id" else ordinal(value.day, lang)
    month, year = month_name(value.month, lang), spell(value.year, lang)
    return say("words.date", lang, day=day, month=month, year=year)


def weekday(value: date, lang: str = "id") -> str:
    """The day of the week: `Senin`, `Monday`."""
    return format_date(value, format="EEEE", locale=LOCALES[language(lang)])


def month_name(month: int, lang: str = "id") -> str:
    """The name of a month, 1 to 12: `Agustus`, `August`."""
    return format_date(date(2000, month, 1), format="LLLL", locale=LOCALES[language(lang)])


def ordinal(number: int, lang: str = "id", *, counted: bool = True) -> str:
    """The number of a place in a row: `kesatu`, `kedua`, `kedua puluh satu`; `first`, `twenty-first`.

    Args:
        number: 1 or more.
        lang: `id` or `en`.
        counted: A decree counts `kesatu`; a story begins with `pertama` (False).
    """
    if language(lang) == "id":
        return say("words.first", lang) if number == 1 and not counted else f"ke{spell(number)}"
    told = spell(number, lang)
    start, sign, last = re.fullmatch(r"(.*?)([ -]?)(\w+)", told).groups()  # type: ignore[union-attr]
    return f"{start}{sign}{_ENGLISH_ORDINALS.get(last) or _regular_ordinal(last)}"


def period_name(period: str, lang: str = "id") -> str:
    """A period of mapping: `tahun 2026` for `2026`, `semester I tahun 2026` for `2026-S1`."""
    if parts := _HALF_YEAR.fullmatch(period):
        return say("words.half_year", lang, half=roman(int(parts["half"])), year=parts["year"])
    return say("words.year", lang, year=period)


def roman(number: int) -> str:
    """A number in Roman figures: 4 is `IV`; outside 1 to 3999 it stays as it is."""
    if not 1 <= number <= _LARGEST_ROMAN:
        return str(number)
    told = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        told += letters * times
    return told


def capital(text: str) -> str:
    """The text as a sentence begins: only its first letter raised."""
    return text[:1].upper() + text[1:]


def _groups(number: int, lang: str) -> Iterator[str]:
    """The words of each scale that is there: trillions, billions, millions, thousands, and the rest."""
    rest = number
    for value, name in _SCALES:
        times, rest = divmod(rest, value)
        if times == 1:
            yield say(f"words.{name}_one", lang)
        elif times:
            yield say(f"words.{name}", lang, n=_below_thousand(times, lang))
    if rest or not number:
        yield _below_thousand(rest, lang)


def _joined(groups: list[str], number: int, lang: str) -> str:
    """The groups after each other; English puts `and` before a last group below a hundred."""
    below = number % 1000
    if len(groups) > 1 and 0 < below < 100:  # noqa: PLR2004  there is no hundred to carry the `and`
        return say("words.tail", lang, head=" ".join(groups[:-1]), tail=groups[-1])
    return " ".join(groups)


def _below_thousand(number: int, lang: str) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _below_hundred(rest, lang)
    head = say("words.hundred_one", lang) if hundreds == 1 else ""
    head = head or say("words.hundred", lang, n=_word(hundreds, lang))
    return say("words.tail", lang, head=head, tail=_below_hundred(rest, lang)) if rest else head


def _below_hundred(number: int, lang: str) -> str:
    if number < _FIRST_WITHOUT_OWN_WORD:
        return _word(number, lang)
    tens, rest = divmod(number, 10)
    head = say(f"words.tens_{tens}", lang)
    return say("words.tens_and", lang, tens=head, n=_word(rest, lang)) if rest else head


def _word(number: int, lang: str) -> str:
    return say(f"words.n{number}", lang)


def _regular_ordinal(word: str) -> str:
    return f"{word[:-1]}ieth" if word.endswith("y") else f"{word}th"
