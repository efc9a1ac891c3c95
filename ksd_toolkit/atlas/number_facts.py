"""A number as the facts of a sentence: written as either language writes it, with the decimals it needs."""

from math import floor, log10
from typing import Final

from ksd_toolkit.messages import trimmed

_PLACES: Final = 2
_MOST_PLACES: Final = 8


def number_fact(name: str, value: float, places: int = _PLACES) -> dict[str, object]:
    """`{name: "0,000412", name_en: "0.000412"}`: a small number keeps its first digits.

    Args:
        name: Of the fact.
        value: A finite number.
        places: Decimals at most; so many after the zeros where it is below one.
    """
    zeros = -floor(log10(abs(value))) if 0 < abs(value) < 1 else 0
    most = min(places + zeros, _MOST_PLACES)
    return {name: trimmed(value, most), f"{name}_en": trimmed(value, most, "en")}
