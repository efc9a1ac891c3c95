"""Every short sentence the toolkit says, by code and language, and numbers as that language writes them."""

from ksd_toolkit.messages.catalogue import Language, has_message, language, say, say_counted
from ksd_toolkit.messages.numbers import (
    count,
    date_text,
    decimal,
    join_words,
    percent,
    rupiah,
    share,
    trimmed,
)
from ksd_toolkit.messages.words import (
    capital,
    date_in_words,
    decimal_in_words,
    month_name,
    ordinal,
    period_name,
    roman,
    rupiah_in_words,
    spell,
    weekday,
)

__all__ = [
    "Language",
    "capital",
    "count",
    "date_in_words",
    "date_text",
    "decimal",
    "decimal_in_words",
    "has_message",
    "join_words",
    "language",
    "month_name",
    "ordinal",
    "percent",
    "period_name",
    "roman",
    "rupiah",
    "rupiah_in_words",
    "say",
    "say_counted",
    "share",
    "spell",
    "trimmed",
    "weekday",
]
