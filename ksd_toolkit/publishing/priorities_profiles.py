"""Say by which profile or way to compute a rank stands, by its title and what weighs most in it."""

from collections.abc import Callable, Mapping
from typing import Final

from ksd_toolkit.errors import MethodError
from ksd_toolkit.messages import count, join_words, language, say, trimmed
from ksd_toolkit.publishing.asked_figures import GoneError
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.publishing.priorities_asked import AskedPriority
from ksd_toolkit.scoring.comparison.variants import AGGREGATIONS
from ksd_toolkit.scoring.method import Method
from ksd_toolkit.scoring.method_reading import read_method

_HEAVIEST: Final = 3
"""Weights of a profile a sentence names."""


def _method_of(asked: AskedPriority, key: str) -> Method:
    """The profile a variant of the list is named after."""
    own, dossier = asked.ranking.method, asked.evidence.register.dossier
    if key == own.name:
        return own
    try:
        return asked.once(f"profile/{key}", lambda: read_method(dossier, key))
    except MethodError as error:  # a profile the notebook made itself
        raise GoneError from error


def _title(asked: AskedPriority, key: str) -> str:
    """What a profile or a way to compute is called."""
    if key in AGGREGATIONS:
        return say(f"side.way.{key}", asked.lang)
    return _method_of(asked, key).titles[language(asked.lang)]


def _by_profile(asked: AskedPriority) -> Computation:
    """A rank by another profile, with what weighs most in it, or by another way to compute."""
    key, lang, own = asked.part, asked.lang, asked.ranking.method
    if not key:
        raise GoneError
    title = _title(asked, key)
    if key in AGGREGATIONS:
        way = say(f"weighing.way_{key}", lang)
        return asked.told(code="way", title=title, method=own.titles[language(lang)], way=way)
    weights = _heaviest(_method_of(asked, key), lang)
    return asked.told(code="profile", title=title, weights=weights)


def _heaviest(method: Method, lang: str) -> str:
    """The criteria that weigh most in a method; that all weigh the same, where they do."""
    weights = {code: weight for code, weight in method.weights.items() if weight > 0}
    if len(weights) > 1 and len({round(weight, 9) for weight in weights.values()}) == 1:
        facts = {"n": count(len(weights), lang)}
        each = trimmed(next(iter(weights.values())), 2, lang)
        return say("measure_priorities.same_weights", lang, weight=each, **facts)
    first = sorted(weights, key=lambda code: -weights[code])[:_HEAVIEST]
    named = [
        say(
            "measure_priorities.weighs", lang, weight=trimmed(weights[code], 2, lang),
            criterion=method.criterion(code).labels[language(lang)],
        )
        for code in first
    ]  # fmt: skip
    return say("measure_priorities.heaviest", lang, list=join_words(named, lang))


def _alike(asked: AskedPriority) -> Computation:
    """How alike the ranks by two profiles are, both by their titles."""
    return asked.on((), part=_title(asked, asked.part))


PROFILES: Final[Mapping[tuple[str, str], Callable[[AskedPriority], Computation]]] = {
    ("usulan", "rank"): _by_profile,
    ("varian", "kendall"): _alike,
    ("varian", "spearman"): _alike,
}
"""By kind of subject and measure."""
