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

__all__ = [
    "Language",
    "count",
    "date_text",
    "decimal",
    "has_message",
    "join_words",
    "language",
    "percent",
    "rupiah",
    "say",
    "say_counted",
    "share",
    "trimmed",
]
