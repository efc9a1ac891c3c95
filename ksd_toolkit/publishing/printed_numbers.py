"""Find the figures in a line of print: numbers that count or measure, not those that name.

An article of law, a date, a year, a code and the number of a table name something; what tells them apart is
a table, `knowledge/printed_numbers.toml`.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

_MASK: Final = "\x00"
_DIGIT: Final = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class _Rules:
    """How a number is written, and what is none although it is written like one."""

    number: re.Pattern[str]
    names: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=8192)
def numbers_in(text: str) -> tuple[tuple[int, int], ...]:
    """Where the figures of `text` begin and end, in reading order; with their `Rp`, unit word and `%`.

    A number written in words is none: only digits can be looked up.
    """
    if not _DIGIT.search(text):
        return ()
    rules = _rules()
    masked = text
    for name in rules.names:
        for found in name.finditer(text):
            start, end = found.span()
            masked = f"{masked[:start]}{_MASK * (end - start)}{masked[end:]}"
    return tuple(found.span() for found in rules.number.finditer(masked))


@cache
def _rules() -> _Rules:
    table = files("ksd_toolkit.knowledge").joinpath("printed_numbers.toml")
    told = tomllib.loads(table.read_text(encoding="utf-8"))
    names = tuple(re.compile(row["pattern"]) for row in told["name"])
    return _Rules(re.compile(told["number"]), names)
