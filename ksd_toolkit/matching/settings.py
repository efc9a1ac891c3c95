"""How partners are found, as a table: weights, limits, draws and lengths of lists."""

import dataclasses
import difflib
import hashlib
import json
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final, Self

from ksd_toolkit.errors import MethodError
from ksd_toolkit.matching.indicators import code_of, indicators
from ksd_toolkit.scoring.method import Uncertainty

CRITERIA: Final = ("shared_problems", "complementarity", "nearness", "feasibility")
PARTS: Final = ("same_province", "fiscal_class", "past_agreement")

_LEAST: Final = {
    "draws": 1,
    "seed": 0,
    "top": 1,
    "min_regions": 2,
    "decimals": 0,
    "few_cells": 1,
    "shared_rows": 1,
    "explained_rows": 1,
    "benchmark_rows": 1,
}
"""The whole numbers and the least each may be; nothing is compared with fewer than two regions."""
_MOST: Final = {"decimals": 9, "draws": 100_000}
"""Finer differences are noise of the processor; more draws would take minutes and tell nothing new."""


@dataclass(frozen=True, slots=True)
class MatchSettings:
    """How partners are found. Two settings with the same `sha256` find the same.

    `weights` by criterion in any unit; a criterion of weight 0 plays no part. `indicators` are the
    codes whose values make needs and capacities, `years` fixes the year of some of them.
    """

    name: str
    decimals: int
    facts_date: date
    weights: Mapping[str, float]
    fall_km: float
    parts: Mapping[str, float]
    draws: int
    seed: int
    concentration: float
    top: int
    min_regions: int
    few_cells: int
    min_coverage: float
    common_share: float
    need_criteria: tuple[str, ...]
    need_kinds: tuple[str, ...]
    capacity_criteria: tuple[str, ...]
    capacity_kinds: tuple[str, ...]
    shared_rows: int
    explained_rows: int
    problem_from: float
    benchmark_rows: int
    benchmark_variables: tuple[str, ...]
    benchmark_logarithm: tuple[str, ...]
    benchmark_share: float
    indicators: tuple[str, ...]
    years: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _check_weights(self.weights, CRITERIA)
        _check_weights(self.parts, PARTS)
        for name in ("fall_km", "concentration"):
            _positive(name, getattr(self, name))
        for name in ("common_share", "benchmark_share", "problem_from", "min_coverage"):
            _share(name, getattr(self, name))
        for name, low in _LEAST.items():
            value = getattr(self, name)
            most = _MOST.get(name, math.inf)
            if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= most:
                code = "match.whole" if name not in _MOST else "match.whole_range"
                raise MethodError(code, setting=name, low=low, most=_MOST.get(name, ""))
        for code, year in self.years.items():
            if isinstance(year, bool) or not isinstance(year, int):
                raise MethodError("match.year", indicator=code, value=year)
        if unknown := [
            code for code in (*self.indicators, *self.years) if code not in indicators()
        ]:
            near = difflib.get_close_matches(unknown[0], list(indicators()), n=3)
            raise MethodError("match.indicator", indicator=unknown[0], near=", ".join(near) or "-")
        if idle := [code for code in self.indicators if not indicators()[code].cells]:
            raise MethodError("match.describes", indicator=idle[0])

    def replace(self, **changes: Any) -> Self:
        """The same settings with others in their place: the one way to ask "what if".

        `weights` and `parts` replace single weights, e.g. `replace(weights={"nearness": 0})`.

        Raises:
            MethodError: A setting or weight is unknown, or the result makes no sense.
        """
        for name in ("weights", "parts"):
            if name in changes:
                changes[name] = MappingProxyType(_merged(getattr(self, name), changes[name]))
        if "indicators" in changes:
            changes["indicators"] = tuple(dict.fromkeys(map(code_of, changes["indicators"])))
        if "years" in changes:
            changes["years"] = MappingProxyType(
                {code_of(code): year for code, year in changes["years"].items()}
            )
        known = {one.name for one in dataclasses.fields(self)}
        if ignored := changes.keys() - known:
            raise MethodError("match.unknown_setting", names=", ".join(sorted(ignored)))
        return dataclasses.replace(self, **changes)

    @property
    def uncertainty(self) -> Uncertainty:
        """What is drawn: the weights only, around the stated ones."""
        return Uncertainty(self.draws, self.seed, self.concentration, self.top, (0.05, 0.95))

    @property
    def profile_facts(self) -> tuple[object, ...]:
        """The settings needs and capacities depend on."""
        return (
            self.min_regions,
            self.common_share,
            self.indicators,
            tuple(sorted(self.years.items())),
            self.need_criteria,
            self.need_kinds,
            self.capacity_criteria,
            self.capacity_kinds,
        )

    @property
    def sha256(self) -> str:
        """The fingerprint of every setting, the meaning of the indicators included."""
        told = {one.name: getattr(self, one.name) for one in dataclasses.fields(self)}
        meaning = [str(indicators()[code]) for code in self.indicators]
        text = json.dumps(
            [told, meaning], sort_keys=True, default=_plain, ensure_ascii=False, allow_nan=False
        )
        return hashlib.sha256(text.encode()).hexdigest()


@cache
def match_settings() -> MatchSettings:
    """The settings the toolkit ships: `knowledge/matching.toml` and the indicators used by default."""
    text = files("ksd_toolkit.knowledge").joinpath("matching.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    draws, profiles, asked = table["draws"], table["profiles"], table["questionnaire"]
    bench = table["benchmark"]
    return MatchSettings(
        name=table["name"],
        decimals=table["decimals"],
        facts_date=table["facts_date"],
        weights=MappingProxyType({name: float(table["weights"][name]) for name in CRITERIA}),
        fall_km=float(table["nearness"]["fall_km"]),
        parts=MappingProxyType({name: float(table["feasibility"][name]) for name in PARTS}),
        draws=draws["draws"],
        seed=draws["seed"],
        concentration=float(draws["concentration"]),
        top=draws["top"],
        min_regions=profiles["min_regions"],
        few_cells=profiles["few_cells"],
        min_coverage=float(table["ranking"]["min_coverage"]),
        common_share=float(profiles["common_share"]),
        need_criteria=tuple(asked["need_criteria"]),
        need_kinds=tuple(asked["need_kinds"]),
        capacity_criteria=tuple(asked["capacity_criteria"]),
        capacity_kinds=tuple(asked["capacity_kinds"]),
        shared_rows=table["lists"]["shared"],
        explained_rows=table["lists"]["explained"],
        problem_from=float(table["lists"]["problem_from"]),
        benchmark_rows=bench["rows"],
        benchmark_variables=tuple(bench["variables"]),
        benchmark_logarithm=tuple(bench["logarithm"]),
        benchmark_share=float(bench["common_share"]),
        indicators=tuple(code for code, one in indicators().items() if one.used),
    )


def _merged(old: Mapping[str, float], changes: Mapping[str, float]) -> dict[str, float]:
    """The old weights in their order with the changed ones in place; unknown names are kept to be refused."""
    return {**old, **changes}


def _check_weights(weights: Mapping[str, Any], known: tuple[str, ...]) -> None:
    for name, weight in weights.items():
        if name not in known:
            raise MethodError("match.unknown_weight", name=name, known=", ".join(known))
        whole = isinstance(weight, (int, float)) and not isinstance(weight, bool)
        if not whole or not math.isfinite(weight) or weight < 0:
            raise MethodError("match.weight", name=name, value=weight)
    if not 0 < sum(weights.values()) < math.inf:
        raise MethodError("match.no_weight", known=", ".join(known))


def _positive(name: str, value: Any) -> None:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not number or not math.isfinite(value) or value <= 0:
        raise MethodError("match.positive", setting=name)


def _share(name: str, value: Any) -> None:
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not number or not 0 <= value <= 1:
        raise MethodError("match.share", setting=name)


def _plain(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else str(value)
