"""What the toolkit knows of indicators (`knowledge/indicators.toml`), and what is to be told of brought ones."""

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

import pandas as pd

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.messages import say

_SHOWN: Final = 12  # names in one sentence
_LIKE: Final = 0.8  # of 1: below it a name is no suggestion


def known_indicators() -> Mapping[str, Mapping[str, Any]]:
    """Every indicator the toolkit can use, by its code."""
    return _table()


def code_of(name: str) -> str:
    """The code of an indicator by its code or an other name; the name itself where nobody knows it."""
    return _other_names().get(name, name)


def remarks_on(rows: pd.DataFrame, file: str) -> Iterator[Problem]:
    """What is worth telling of the figures of a file that were accepted.

    Args:
        rows: Its figures with `indicator`, `value` and `row`.
        file: Its name.
    """
    known = known_indicators()
    for name, found in rows.groupby("indicator", sort=True):
        entry = known.get(str(name), {})
        zeros = found[found["value"] == 0]
        if entry.get("zero_is_unknown") and len(zeros):
            facts = {"indicator": name, "n": len(zeros), "value": 0}
            where = Where(file, "", str(zeros["row"].iloc[0]))
            yield Problem("atlas.not_computed", where, facts, "info")
    unknown = sorted(set(rows["indicator"]) - known.keys())
    if unknown:
        facts = {"names": _listed(_with_near(unknown, "id"))}
        facts |= {"names_en": _listed(_with_near(unknown, "en"))}
        yield Problem("atlas.unknown_indicator", Where(file), facts, "info")


def unit_conflicts(figures: pd.DataFrame) -> Iterator[Problem]:
    """Indicators whose figures are told in several units.

    Args:
        figures: All figures that stand, with `indicator`, `unit` and `file`.
    """
    stated = figures[figures["unit"] != ""].drop_duplicates(["indicator", "unit"])
    for name, rows in stated.groupby("indicator", sort=True):
        if len(rows) > 1:
            facts = {"indicator": name, "units": _listed(sorted(rows["unit"]))}
            yield Problem("atlas.units_differ", Where(str(rows["file"].iloc[-1])), facts, "warning")


def _with_near(names: list[str], lang: str) -> list[str]:
    """Each name, the first ones with the known indicator that is written almost so."""
    told = []
    for name in names[:_SHOWN]:
        near = difflib.get_close_matches(name, known_indicators(), n=1, cutoff=_LIKE)
        told.append(say("atlas.near_indicator", lang, name=name, near=near[0]) if near else name)
    return [*told, *names[_SHOWN:]]


def _listed(names: list[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (", ..." if len(names) > _SHOWN else "")


@cache
def _other_names() -> Mapping[str, str]:
    return {other: code for code, one in _table().items() for other in one.get("aliases", ())}


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    path = files("ksd_toolkit.knowledge").joinpath("indicators.toml")
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["indicator"]
    return MappingProxyType({entry["code"]: MappingProxyType(entry) for entry in entries})
