"""What lifts an usulan and what holds it back, in points per criterion against something it is held to."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ksd_toolkit.errors import MethodError
from ksd_toolkit.messages import decimal, join_words, language, say
from ksd_toolkit.messages.numbers import half_up
from ksd_toolkit.scoring.method import Band

if TYPE_CHECKING:
    from ksd_toolkit.scoring.ranking import Ranking

MEAN, CLASS = "mean", "class"
"""What an usulan may be held to besides another one: the mean of all, or the border of its class."""

NAMED: Final = 2
"""Reasons named on each side of a sentence."""

_PLACES: Final = 1  # decimals of a reason's points
_EQUAL: Final = 9


@dataclass(frozen=True, slots=True, eq=False)
class Explanation:
    """Why an usulan has other points than what it is `against`, split exactly over the criteria.

    `start`: points of the mean of all ranked usulan, of a rival (by id), or of the border of the
    class; `end`: the usulan's own, both unrounded. `parts`: points by criterion code in table order;
    they sum to `end - start`. An unanswered criterion counts as the usulan's own score, which is what
    leaving it out of the base comes to: so equal answers are no difference, whatever else was left
    blank. It is never named as a reason.
    """

    ranking: "Ranking"
    usulan: str
    against: str
    start: float
    end: float
    parts: "pd.Series[float]"

    def __repr__(self) -> str:
        return f"Explanation({self.usulan}: {self.start:.2f} -> {self.end:.2f})"

    @property
    def reasons(self) -> "pd.Series[float]":
        """The parts that may be named: answered, and not nothing as printed; the largest first."""
        named = answered(self.ranking, self.usulan)
        if self.against not in {MEAN, CLASS}:
            named &= answered(self.ranking, self.against)
        shown = self.parts[named & self.parts.map(lambda gap: half_up(gap, _PLACES) != 0)]
        return shown.sort_values(
            ascending=False, kind="stable", key=lambda gaps: gaps.abs().round(_EQUAL)
        )

    @property
    def lifting(self) -> "pd.Series[float]":
        """What speaks for the usulan, the largest first."""
        return self.reasons[self.reasons > 0]

    @property
    def holding(self) -> "pd.Series[float]":
        """What speaks against it, the largest first."""
        return self.reasons[self.reasons < 0]

    def why(self, lang: str = "id", named: int = NAMED) -> str:
        """`terangkat oleh urgensinya (+4,5 poin) dan tertahan oleh ...`, or that nothing stands out."""
        told = [
            say(code, lang, reasons=reasons_text(self.ranking, gaps[:named], lang))
            for code, gaps in (("explain.lifted", self.lifting), ("explain.held", self.holding))
            if len(gaps)
        ]
        if len(told) > 1:
            return say("explain.both", lang, first=told[0], second=told[1])
        return told[0] if told else say("explain.average", lang)

    def sentence(self, lang: str = "") -> str:
        """The difference in points with what makes it."""
        lang = lang or self.ranking.lang
        places = self.ranking.method.decimals
        return say(
            "explain.against",
            lang,
            usulan=self.usulan,
            end=decimal(self.end, places, lang),
            start=decimal(self.start, places, lang),
            against=self._against(lang),
            why=self.why(lang),
        )

    def _against(self, lang: str) -> str:
        if self.against == MEAN:
            return say("explain.against_mean", lang)
        if self.against == CLASS:
            name = _border(self.ranking, self.usulan).name
            label = self.ranking.method.class_label(name, language(lang))
            return say("explain.against_class", lang, label=label)
        return self.against


def explain(ranking: "Ranking", usulan: str, against: str = MEAN) -> Explanation:
    """What sets an usulan apart from the mean of all, another usulan or the border of its class.

    Args:
        ranking: The list both stand in.
        usulan: Whose points are explained; it must be ranked.
        against: `mean` of the ranked usulan, `class` (the lower border of the class its points reach;
            for the lowest class the border above), or the id of another ranked usulan.

    Raises:
        MethodError: An usulan is unknown or not ranked, or the method gives no classes.
    """
    usulan = ranked(ranking, usulan)
    if against not in {MEAN, CLASS}:
        against = ranked(ranking, against)
    points = full_points(ranking)
    own = points.loc[usulan]
    if against == CLASS:
        base = _at_border(ranking, usulan)
    else:
        base = points.mean() if against == MEAN else points.loc[against]
    return Explanation(ranking, usulan, against, float(base.sum()), float(own.sum()), own - base)


def full_points(ranking: "Ranking") -> pd.DataFrame:
    """Points per criterion of every ranked usulan over the whole weight; they sum to its score.

    What is unanswered carries its weight at the usulan's own score.
    """
    weights = pd.Series(ranking.method.weights)
    given = ranking.contributions.loc[ranking.table.index]
    answered_weight = given.notna().mul(weights).sum(axis=1)
    own = given.sum(axis=1)
    return given.mul(answered_weight / weights.sum(), axis=0).where(
        given.notna(), np.outer(own, weights / weights.sum())
    )


def answered(ranking: "Ranking", usulan: str) -> "pd.Series[bool]":
    """Which criteria apply to an usulan and were answered."""
    leaves = ranking.leaves
    return leaves.answers.loc[usulan].notna() & leaves.applicable.loc[usulan]


def ranked(ranking: "Ranking", usulan: str) -> str:
    """The id of an usulan that is ranked.

    Raises:
        MethodError: There is no such usulan, or a gate stopped it.
    """
    found = ranking.find(usulan)
    if found not in ranking.table.index:
        raise MethodError("explain.not_ranked", usulan=found)
    return found


def _border(ranking: "Ranking", usulan: str) -> Band:
    """The class whose lower border an usulan's points are held to."""
    bands = ranking.method.bands
    points = ranking.table.at[usulan, "points"]
    reached = next((n for n, band in enumerate(bands) if points >= band.lower), len(bands) - 1)
    return bands[max(reached - 1, 0) if reached == len(bands) - 1 else reached]


def _at_border(ranking: "Ranking", usulan: str) -> "pd.Series[float]":
    """Points per criterion of an usulan that stands everywhere just at the border."""
    if not ranking.method.has_classes:
        raise MethodError("explain.no_classes", name=ranking.method.name)
    weights = pd.Series(ranking.method.weights)
    return _border(ranking, usulan).lower * weights / weights.sum()


def reasons_text(ranking: "Ranking", gaps: "pd.Series[float]", lang: str) -> str:
    """`urgensinya (+4,5 poin) dan risikonya (+1,2 poin)`."""
    method = ranking.method
    return join_words(
        [
            say(
                "explain.reason",
                lang,
                phrase=method.criterion(str(code)).phrases[language(lang)],
                gap=("+" if gap > 0 else "\u2212") + decimal(abs(gap), _PLACES, lang),
            )
            for code, gap in gaps.items()
        ],
        lang,
    )
