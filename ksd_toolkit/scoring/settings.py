"""A TOML table read strictly: every setting has its kind, and what nobody asks for is refused."""

import math
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, Final

from ksd_toolkit.errors import MethodError

_NONE: Final = object()


class Settings:
    """A table that remembers what was asked of it.

    Every getter raises `MethodError` with the place of the setting when it is missing or of another
    kind; a default stands in only for a missing one.
    """

    def __init__(self, facts: Mapping[str, Any], method: str, place: str = "") -> None:
        self._facts = dict(facts)
        self._method = method
        self._place = place
        self._asked: set[str] = set()
        self._inner: dict[str, list[Settings]] = {}

    def get(self, key: str, default: Any = _NONE) -> Any:
        """The setting as it stands."""
        self._asked.add(key)
        if key in self._facts:
            return self._facts[key]
        if default is _NONE:
            raise self.wrong("missing", key)
        return default

    def text(self, key: str, default: Any = _NONE) -> str:
        """A text that says something; an empty one only by default."""
        value = self.get(key, default)
        if value is default:
            return str(value)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong("no_text", key)
        return value

    def number(self, key: str, default: Any = _NONE) -> float:
        """A finite number; a text or a truth value is none."""
        value = self.get(key, default)
        if (
            isinstance(value, bool)
            or not isinstance(value, (int, float))
            or not math.isfinite(value)
        ):
            raise self.wrong("no_number", key)
        return float(value)

    def maybe(self, key: str) -> float | None:
        """A number where there is one."""
        return self.number(key) if key in self._facts else self.get(key, None)

    def whole(self, key: str) -> int:
        """A whole number."""
        value = self.get(key)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.wrong("no_whole", key)
        return value

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        value = self.get(key, default)
        if not isinstance(value, bool):
            raise self.wrong("no_flag", key)
        return value

    def words(self, key: str, default: Any = _NONE) -> tuple[str, ...]:
        """A list of texts."""
        value = self.get(key, default)
        if not isinstance(value, (list, tuple)) or not all(isinstance(v, str) for v in value):
            raise self.wrong("no_words", key)
        return tuple(value)

    def weight(self, key: str) -> float:
        """A number, or a fraction in quotes where no decimal would do (`"100/3"`)."""
        value = self.get(key)
        if not isinstance(value, str):
            return self.number(key)
        try:
            return float(Fraction(value.strip().replace(",", ".")))
        except (ValueError, ZeroDivisionError) as error:
            raise self.wrong("no_weight", key) from error

    def texts(self, what: str) -> dict[str, str]:
        """One text in both languages."""
        return {lang: self.text(f"{what}_{lang}") for lang in ("id", "en")}

    def inner(self, key: str) -> "Settings":
        """A table below this one; an empty one where there is none."""
        value = self.get(key, {})
        if not isinstance(value, dict):
            raise self.wrong("no_table", key)
        below = [Settings(value, self._method, f"{self._place}[{key}] ")]
        return self._inner.setdefault(key, below)[0]

    def rows(self, key: str) -> "list[Settings]":
        """The tables of an array `[[key]]`, named by their code or name."""
        value = self.get(key, [])
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise self.wrong("no_rows", key)
        tables = [
            Settings(row, self._method, f"{self._place}[[{key}]] {_named(row, number)}: ")
            for number, row in enumerate(value, start=1)
        ]
        return self._inner.setdefault(key, tables)

    @property
    def keys(self) -> list[str]:
        """What stands in the table."""
        return list(self._facts)

    def wrong(self, what: str, key: str) -> MethodError:
        """The refusal of a setting, with its place."""
        facts = {"name": self._method, "setting": f"{self._place}{key}"}
        return MethodError(f"setting.{what}", **facts)

    def refuse_ignored(self) -> None:
        """Refuse what nobody asked for.

        Raises:
            MethodError: The table or one below it holds settings that nothing uses.
        """
        if ignored := list(self._ignored()):
            raise MethodError("method.ignored", name=self._method, settings=", ".join(ignored))

    def _ignored(self) -> Iterator[str]:
        yield from (f"{self._place}{key}" for key in self._facts if key not in self._asked)
        for table in (table for tables in self._inner.values() for table in tables):
            yield from table._ignored()


def _named(row: Mapping[str, Any], number: int) -> str:
    return str(row.get("code", row.get("name", number)))
