"""How a value becomes the text of a cell; what is missing becomes a dash."""

from collections.abc import Iterable
from typing import Any, Final

import pandas as pd

from ksd_toolkit.messages import count, date_text, decimal, language, percent
from ksd_toolkit.scoring import Method

DASH: Final = "\u2013"
MINUS: Final = "\u2212"
CLASS_ARROWS: Final = {"floor": "\u2191", "cap": "\u2193"}
"""What stands behind a class that was raised or capped."""


def text_or_dash(value: Any) -> str:
    """The text itself."""
    return DASH if pd.isna(value) else str(value)


def class_shown(method: Method, name: str, lang: str) -> str:
    """A class as a narrow column names it: `II` for "Priority II", else what it is called."""
    label = method.class_label(name, language(lang))
    return name if name in label.split() else label


def date_or_dash(value: Any, lang: str) -> str:
    """A date in words."""
    return DASH if pd.isna(value) else date_text(value, lang)


def number_or_dash(value: Any, lang: str) -> str:
    """A number with two decimals when it is not whole."""
    if pd.isna(value):
        return DASH
    return count(value, lang) if float(value).is_integer() else decimal(value, 2, lang)


def percent_or_dash(value: Any, places: int, lang: str) -> str:
    """A value in percent."""
    return DASH if value is None or pd.isna(value) else percent(value, places, lang)


def listed(parts: Iterable[str]) -> str:
    """The parts that say something, side by side."""
    return "; ".join(part for part in parts if part)
