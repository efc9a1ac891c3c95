"""Numbers, money, dates and lists as an Indonesian or English reader writes them."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache
from typing import Final

from babel import Locale
from babel.dates import format_date
from babel.numbers import get_decimal_symbol, get_group_symbol

from ksd_toolkit.messages.catalogue import language, say

LOCALES: Final = {"id": Locale("id", "ID"), "en": Locale("en", "GB")}
# From where a word is used: what its smaller one would round to a thousand is one of it.
_RUPIAH_WORDS: Final = (
    (999_950_000_000, 10**12, "trillion"),
    (999_950_000, 10**9, "billion"),
    (10**6, 10**6, "million"),
)
_LONG: Final = Context(prec=400)  # as many digits as the largest float has, and more
_GUARD: Final = 8  # places beyond those printed; what a sum of floats adds or lacks lies below them


def half_up(value: float, places: int = 0) -> Decimal:
    """A number as every paper rounds it: 1.25 becomes 1.3, and 64.625 becomes 64.63.

    A half that floating point missed by a hair counts as a half, as in the points of a score.
    """
    whole = isinstance(value, int)
    near = Decimal(value) if whole else Decimal(repr(round(float(value), places + _GUARD)))
    rounded = near.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _LONG)
    return rounded + 0  # a zero has no sign: -0.001 is 0.00


def count(value: float, lang: str = "id") -> str:
    """A whole number: `12.345` or `12,345`."""
    return _written(f"{half_up(value):,f}", lang)


def decimal(value: float, places: int = 2, lang: str = "id") -> str:
    """A number with a fixed count of decimals: `74,50` or `74.50`."""
    return _written(f"{half_up(value, places):,f}", lang)


def trimmed(value: float, most: int = 2, lang: str = "id") -> str:
    """A number with as many decimals as it needs, at most `most`: `9`, `6,25`, `33,33`."""
    whole, _, rest = f"{half_up(value, most):,f}".partition(".")
    rest = rest.rstrip("0")
    return _written(f"{whole}.{rest}" if rest else whole, lang)


def _written(figure: str, lang: str) -> str:
    """Python's own grouping with the signs of the language.

    Papers print thousands of figures each; `babel.numbers.format_decimal` reads its pattern anew for every one
    and takes nearly four times as long for the same text, rounding included (`benchmarks/write_numbers.py`).
    """
    return figure.translate(_signs(language(lang)))


@cache
def _signs(lang: str) -> dict[int, str]:
    """What stands for Python's comma and point."""
    locale = LOCALES[lang]
    return str.maketrans({",": get_group_symbol(locale), ".": get_decimal_symbol(locale)})


def percent(value: float, places: int = 1, lang: str = "id") -> str:
    """A value already in percent: `46,4 %` or `46.4%`."""
    return decimal(value, places, lang) + ("\u00a0%" if language(lang) == "id" else "%")


def share(part: float, whole: float, places: int = 1, lang: str = "id") -> str:
    """`part` of `whole` in percent; a dash when there is no whole."""
    return percent(100 * part / whole, places, lang) if whole else "\u2013"


def rupiah(value: float, lang: str = "id") -> str:
    """Money, short: `Rp1,2 miliar` or `Rp1.2 billion`; in full below a million."""
    for least, unit, word in _RUPIAH_WORDS:
        if abs(value) >= least:
            figure = trimmed(value / unit, 1, lang)
            return f"Rp{figure}\u00a0{say('number.' + word, lang)}"
    return "Rp" + count(value, lang)


@cache
def date_text(value: date, lang: str = "id") -> str:
    """A date in words: `23 November 2026`."""
    return format_date(value, format="d MMMM y", locale=LOCALES[language(lang)])


def join_first(words: Sequence[str], most: int, lang: str = "id") -> str:
    """The first words joined, and how many others there are: `a, b, dan 23 lainnya`.

    Args:
        words: Of any number.
        most: How many are named at most, 1 or more; one word too many is named rather than counted.
        lang: Language of the sentence.
    """
    if len(words) <= most + 1:
        return join_words(words, lang)
    others = say("listing.others", lang, n=count(len(words) - most, lang))
    return join_words([*words[:most], others], lang)


def join_words(words: Sequence[str], lang: str = "id") -> str:
    """`a`, `a dan b`, `a, b, dan c`."""
    if len(words) <= 1:
        return "".join(words)
    conjunction = say("number.and", lang)
    if len(words) == 2:  # noqa: PLR2004  a pair takes no comma
        return f"{words[0]} {conjunction} {words[1]}"
    return f"{', '.join(words[:-1])}, {conjunction} {words[-1]}"
