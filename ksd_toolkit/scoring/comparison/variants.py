"""The variants of one list: its profiles, its ways to compute, and one weight moved at a time."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from ksd_toolkit.errors import MethodError
from ksd_toolkit.messages import say
from ksd_toolkit.messages.catalogue import LANGUAGES
from ksd_toolkit.scoring.aggregation import aggregate
from ksd_toolkit.scoring.basis import Basis
from ksd_toolkit.scoring.kernel import round_half_up, shared_ranks
from ksd_toolkit.scoring.method import Method
from ksd_toolkit.scoring.method_reading import read_method
from ksd_toolkit.scoring.ranking import Ranking, rank

Kind = Literal["own", "profile", "aggregation"]

AGGREGATIONS: Final = ("additive", "geometric", "promethee")
WHOLE: Final = 100.0  # weights are percent
_SHIPPED: Final = "_bawaan"  # a profile that bears the name of the list's own method


@dataclass(frozen=True, slots=True, eq=False)
class Variant:
    """The list under one profile or one way to compute; `ranking` recomputes every number of it."""

    key: str
    kind: Kind
    titles: Mapping[str, str]
    ranking: Ranking


@cache
def comparison_settings() -> dict[str, Any]:
    """The tables of `knowledge/comparison.toml`."""
    text = files("ksd_toolkit.knowledge").joinpath("comparison.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def variants_of(
    ranking: Ranking, profiles: Sequence[str | Method], aggregations: Sequence[str]
) -> tuple[tuple[Variant, ...], dict[str, MethodError]]:
    """The list itself, then every profile and way to compute that differs from those before.

    Returns:
        The variants, and by name the profiles that rank nothing or do not fit, with the reason.

    Raises:
        MethodError: There is no such profile or way to compute.
    """
    if unknown := [name for name in aggregations if name not in AGGREGATIONS]:
        raise MethodError("comparison.aggregation", names=", ".join(unknown))
    own = ranking.method
    found = [Variant(own.name, "own", own.titles, ranking)]
    seen = {_decides(own)}
    refused: dict[str, MethodError] = {}
    for key, kind, titles, changes in _candidates(ranking, profiles, aggregations):
        try:
            method = own.replace(**changes)
            if _decides(method) in seen:
                continue
            other = rank(ranking.basis, unshaken(method))
        except MethodError as error:
            refused[key] = error
            continue
        seen.add(_decides(method))
        taken = key in {variant.key for variant in found}
        found.append(
            Variant(key + _SHIPPED, kind, _shipped(titles), other)
            if taken
            else Variant(key, kind, titles, other)
        )
    return tuple(found), refused


def _candidates(
    ranking: Ranking, profiles: Sequence[str | Method], aggregations: Sequence[str]
) -> Iterator[tuple[str, Kind, Mapping[str, str], dict[str, Any]]]:
    """What a variant is called and what it changes in the list's own method."""
    none = dict.fromkeys(ranking.method.weights, 0.0)
    for named in profiles:
        dossier = ranking.register.dossier
        profile = named if isinstance(named, Method) else read_method(dossier, named)
        yield profile.name, "profile", profile.titles, {"weights": none | profile.weights}
    for name in aggregations:
        titles: dict[str, str] = {lang: say(f"side.way.{name}", lang) for lang in LANGUAGES}
        yield name, "aggregation", titles, {"aggregation": name}


def _shipped(titles: Mapping[str, str]) -> dict[str, str]:
    return {lang: say("side.shipped", lang, title=titles[lang]) for lang in LANGUAGES}


def _decides(method: Method) -> tuple[object, ...]:
    """What a variant is told by: weights and the way to compute."""
    return (method.aggregation, tuple(method.weights.values()))


def unshaken(method: Method) -> Method:
    """The method without draws: for lists of which only the ranks are asked."""
    still = replace(
        method.uncertainty, draws=1, weights="none", missing=False, raters=False, noise=0.0
    )
    return method.replace(uncertainty=still)


def moved_weights(weights: Mapping[str, float], code: str, factor: float) -> dict[str, float]:
    """Weights with one of them times `factor` (at most 100 %), the others in proportion to make 100.

    >>> moved_weights({"U": 20, "S": 30, "G": 50}, "U", 1.2)
    {'U': 24.0, 'S': 28.5, 'G': 47.5}
    """
    others = WHOLE - weights[code]
    if others <= 0:
        return dict(weights)
    moved = min(WHOLE, weights[code] * factor)
    return {
        name: moved if name == code else weight * (WHOLE - moved) / others
        for name, weight in weights.items()
    }


def ranks_of_moved_weights(ranking: Ranking, share: float) -> pd.DataFrame:
    """The ranks when one weight at a time is `share` (0 to 1) of itself lower or higher.

    Returns:
        Ranked usulan by `<criterion>-` and `<criterion>+`, for every criterion with a weight.
    """
    method = ranking.method
    ranks = {}
    for code, weight in method.weights.items():
        for sign, factor in (("-", 1.0 - share), ("+", 1.0 + share)):
            if weight > 0:
                moved = method.replace(weights=moved_weights(method.weights, code, factor))
                ranks[f"{code}{sign}"] = _ranks_by(ranking.basis, moved)
    return pd.DataFrame(ranks).reindex(ranking.table.index).astype("Int64")


def _ranks_by(basis: Basis, method: Method) -> "pd.Series[int]":
    """The ranks of `rank(basis, method)` and nothing else of it."""
    open_to_all = (basis.gate != "fail").to_numpy()
    points = aggregate(basis, method, open_to_all).points.score
    passed = open_to_all & ~np.isnan(points)
    ranks = shared_ranks(round_half_up(points[passed], method.decimals))
    return pd.Series(ranks, index=basis.types.index[passed])
