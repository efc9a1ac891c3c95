"""The limits of weighting as tables: random indices by name, and what is refused or named."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ksd_toolkit.errors import MethodError

_ALWAYS_CONSISTENT = 2  # two criteria and one comparison: nothing can contradict it


@dataclass(frozen=True, slots=True)
class Limits:
    """`knowledge/weighting.toml`: the settings of every weighting procedure."""

    random_index: str
    consistency_limit: float
    highest_ratio: float
    revisit: int
    revisit_factor: float
    points_total: float
    swing_highest: float
    decimals: int


@dataclass(frozen=True, slots=True)
class RandomIndex:
    """A table of random indices by size of the matrix, and where it was published."""

    name: str
    labels: Mapping[str, str]
    source: str
    values: Mapping[int, float]

    def of(self, size: int) -> float:
        """The random index of a matrix; nought up to two criteria, where nothing can contradict.

        Raises:
            MethodError: The table does not go that far.
        """
        if size <= _ALWAYS_CONSISTENT:
            return 0.0
        if size not in self.values:
            raise MethodError("weights.random_index_size", name=self.name, size=size)
        return self.values[size]


@cache
def weighting_limits() -> Limits:
    """The limits the toolkit ships."""
    return Limits(**_toml("weighting.toml"))


def random_index(name: str = "") -> RandomIndex:
    """The table of random indices called `name`; the usual one where no name is given.

    Raises:
        MethodError: There is no such table.
    """
    tables = _toml("random_index.toml")
    wanted = name or weighting_limits().random_index
    if wanted not in tables:
        raise MethodError("weights.random_index", name=wanted, known=", ".join(tables))
    table = tables[wanted]
    return RandomIndex(
        name=wanted,
        labels={lang: table[f"label_{lang}"] for lang in ("id", "en")},
        source=table["source"],
        values={int(size): float(value) for size, value in table["value"].items()},
    )


def check_choice(value: str, known: Collection[str]) -> None:
    """Refuse a setting that is none of those there are: a slip would else count as the usual one.

    Raises:
        MethodError: It is none.
    """
    if value not in known:
        raise MethodError("weights.choice", value=value, known=", ".join(known))


@cache
def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(files("ksd_toolkit.knowledge").joinpath(name).read_text(encoding="utf-8"))
