"""Say in which offices a problem is still there, and how far they have come with it."""

from collections.abc import Callable, Mapping
from typing import Final

import pandas as pd

from ksd_toolkit.messages import count, say, share, trimmed
from ksd_toolkit.publishing.answers_asked import ALL, AskedAnswer, Place
from ksd_toolkit.publishing.asked_figures import GoneError
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.register import Register
from ksd_toolkit.scoring.overview import IMMATURE_BELOW, PROBLEMS, levels_of

_LEVELS: Final = 5


def _maturity(asked: AskedAnswer) -> Computation:
    """How many offices still have a problem, or how far they have come in the mean."""
    problem = asked.subject
    levels = asked.once(f"levels:{problem}", lambda: levels_of(asked.register, problem))
    below = levels[levels < IMMATURE_BELOW]
    names = [asked.office_name(str(code)) for code in below.index]
    facts = {
        "part": count(len(below), asked.lang), "whole": count(len(levels), asked.lang),
        "share": share(len(below), len(levels), 1, asked.lang), "limit": str(IMMATURE_BELOW),
        "sum": trimmed(float(levels.sum()), 2, asked.lang), "names": asked.some(names),
    }  # fmt: skip
    return asked.on(_answers(levels, asked.subject), **facts)


def _maturity_before(asked: AskedAnswer) -> Computation:
    """The share of offices that had a problem in the period before."""
    previous = asked.register.previous
    if previous is None:
        raise GoneError
    levels = levels_of(previous, asked.subject)
    below = int((levels < IMMATURE_BELOW).sum())
    facts = {
        "part": count(below, asked.lang), "whole": count(len(levels), asked.lang),
        "share": share(below, len(levels), 1, asked.lang), "limit": str(IMMATURE_BELOW),
        "before": previous.dossier.period,
    }  # fmt: skip
    rows = [("opd", f"{previous.dossier.period}/{code}") for code in levels.index]
    return asked.told(rows, [asked.subject], **facts)


def _answers(levels: "pd.Series[float]", problem: str) -> tuple[Place, ...]:
    return tuple(("opd", str(code), problem) for code in levels.index)


def _problems_drawn(asked: AskedAnswer) -> Computation:
    """A chart or the notes of the five problems, or one of them in a description."""
    answers = asked.once("levels", lambda: _all_levels(asked.register))
    inside = asked.inside
    mine = (p for p in PROBLEMS if say(f"problem_name.{p}", asked.lang).partition(" ")[2] in inside)
    problem = next(mine, "")
    facts = {"limit": str(IMMATURE_BELOW), "most": str(_LEVELS - 1)}
    return asked.drawn(answers[ALL], answers.get(problem, ()), **facts)


def _all_levels(register: Register) -> dict[str, tuple[Place, ...]]:
    """The answers to every problem, and to all of them."""
    found = {problem: _answers(levels_of(register, problem), problem) for problem in PROBLEMS}
    return {**found, ALL: tuple(place for places in found.values() for place in places)}


MATURITY: Final[Mapping[tuple[str, str], Callable[[AskedAnswer], Computation]]] = {
    **{("masalah", name): _maturity for name in ("immature", "immature_share", "mean_level")},
    ("masalah", "immature_share_before"): _maturity_before,
    **{
        ("masalah", n): _problems_drawn for n in ("chart_radar", "chart_maturity", "table_problems")
    },
}
"""By kind of subject and measure."""
