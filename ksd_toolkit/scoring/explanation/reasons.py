"""What lifts an usulan and what holds it back, in points per criterion against something it is held to."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from ksd_toolkit.messages import count, decimal, join_words, language, say
from ksd_toolkit.messages.numbers import half_up
from ksd_toolkit.remembering import remembered
from ksd_toolkit.scoring.explanation.held_to import (
    answered,
    border_held_to,
    border_side,
    ranked,
    stated_weights,
    usulan_side,
)
from ksd_toolkit.scoring.explanation.splits import split

if TYPE_CHECKING:
    from ksd_toolkit.scoring.ranking import Ranking

MEAN, CLASS = "mean", "class"
"""What an usulan may be held to besides another one: the mean of all, or the border of its class."""

NAMED: Final = 2
"""Reasons named on each side of a sentence."""

_PLACES: Final = 1  # decimals of a reason's points
LEAST_PLACES: Final = _PLACES + 1
LEAST: Final = 5 / 10**LEAST_PLACES
"""What is less is nothing as printed."""

_EQUAL: Final = 9


@dataclass(frozen=True, slots=True, eq=False)
class Explanation:
    """Why an usulan has other points than what it is `against`, split exactly over the criteria.

    `start`: points of the mean of all ranked usulan, of a rival (by id), or of the border of the
    class; `end`: the usulan's own, both unrounded. `parts`: points by criterion code in table order;
    they sum to `end - start`. Against the mean they are the mean of the parts against every ranked
    usulan. An unanswered criterion counts as the value of the node it hangs on, which is what leaving
    it out of the base comes to: so equal answers are no difference, whatever else was left blank,
    and what neither side answered takes no part. It is never named as a reason; `one_sided` says what such criteria add up to.
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
        return remembered("reasons", None, self, self._reasons).copy()

    def _reasons(self) -> "pd.Series[float]":
        named = answered(self.ranking, self.usulan)
        if self.rival:
            named &= answered(self.ranking, self.rival)
        shown = self.parts[named & self.parts.map(_told)]
        order = np.argsort(-np.round(np.abs(shown.to_numpy()), _EQUAL), kind="stable")
        return pd.Series(shown.to_numpy()[order], index=shown.index[order], dtype="float64")

    @property
    def lifting(self) -> "pd.Series[float]":
        """What speaks for the usulan, the largest first."""
        reasons = self.reasons
        return reasons[reasons > 0]

    @property
    def holding(self) -> "pd.Series[float]":
        """What speaks against it, the largest first."""
        reasons = self.reasons
        return reasons[reasons < 0]

    @property
    def rival(self) -> str:
        """The other usulan it is held to; empty for the mean and the border."""
        return "" if self.against in {MEAN, CLASS} else self.against

    @property
    def one_sided(self) -> "dict[str, pd.Series[float]]":
        """The parts that are no reasons, by the usulan whose answers make them.

        Against a rival: of the criteria only the one, and only the other answered. Against the mean:
        of those the usulan itself did not answer, under an empty name. The border of a class has the
        same answers as the usulan, so that there are none.
        """
        mine, weighs = answered(self.ranking, self.usulan), stated_weights(self.ranking) > 0
        if self.rival:
            theirs = answered(self.ranking, self.rival)
            sides = {self.usulan: mine & ~theirs, self.rival: theirs & ~mine}
        else:
            sides = {"": ~mine}
        found = {name: self.parts[alone & weighs] for name, alone in sides.items()}
        return {
            name: parts for name, parts in found.items() if (np.round(parts, _EQUAL) != 0).any()
        }

    @property
    def alike(self) -> bool:
        """Whether no criterion makes any difference."""
        return not np.round(self.parts.to_numpy(), _EQUAL).any()

    def rest(self, lang: str = "id", named: tuple[int, int] = (NAMED, NAMED)) -> str:
        """How many points come from criteria that only one side answered; empty where that is nothing.

        Against the mean it is said where it counts as much as a reason that is named.
        """
        reasons = [*self.lifting[: named[0]].abs(), *self.holding[: named[1]].abs()]
        least = min(reasons, default=0.0)

        def counts(parts: "pd.Series[float]") -> bool:
            if self.rival:
                return _told(parts.sum()) or bool(parts.map(_told).any())
            return _told(parts.sum()) and abs(parts.sum()) >= least

        weighing = count((stated_weights(self.ranking) > 0).sum(), lang)
        told = [
            say(
                "explain.one_side" if name else "explain.not_scored",
                lang,
                gap=gap_text(parts.sum(), lang),
                usulan=self.usulan,
                n=count(len(parts), lang),
                of=weighing,
                side=name,
            )
            for name, parts in self.one_sided.items()
            if counts(parts)
        ]
        return join_words(told, lang)

    def why(self, lang: str = "id", named: int = NAMED) -> str:
        """`terangkat oleh urgensinya (+4,5 poin), tetapi tertahan oleh ...`; empty if nothing stands out."""
        told = [
            say(code, lang, reasons=reasons_text(self.ranking, gaps[:named], lang))
            for code, gaps in (("explain.lifted", self.lifting), ("explain.held", self.holding))
            if len(gaps)
        ]
        if len(told) > 1:
            return say("explain.both", lang, first=told[0], second=told[1])
        return told[0] if told else ""

    def sentence(self, lang: str = "") -> str:
        """The difference in points with what makes it."""
        lang = lang or self.ranking.lang
        places = self.ranking.method.decimals
        why = with_rest(self.why(lang), self.rest(lang), lang)
        return say(
            "explain.against",
            lang,
            usulan=self.usulan,
            end=decimal(self.end, places, lang),
            start=decimal(self.start, places, lang),
            against=self._against(lang),
            why=why or say("explain.average", lang),
        )

    def _against(self, lang: str) -> str:
        if self.against == MEAN:
            return say("explain.against_mean", lang)
        if self.against == CLASS:
            name = border_held_to(self.ranking, self.usulan).name
            label = self.ranking.method.class_label(name, language(lang))
            return say("explain.against_class", lang, label=label)
        return self.against


def explain(ranking: "Ranking", usulan: str = "", against: str = MEAN) -> Explanation:
    """What sets an usulan apart from the mean of all, another usulan or the border of its class.

    Args:
        ranking: The list both stand in.
        usulan: Whose points are explained; it must be ranked. The first of the list when empty.
        against: `mean` of the ranked usulan, `class` (the lower border of the class its points reach;
            for the lowest class the border above), or the id of another ranked usulan.

    Raises:
        MethodError: An usulan is unknown or not ranked, or the method gives no classes.
    """
    usulan = ranked(ranking, usulan or str(ranking.table.index[0]))
    if against not in {MEAN, CLASS}:
        against = ranked(ranking, against)
    listed = [str(name) for name in ranking.table.index]
    mine = usulan_side(ranking, [usulan])
    score = ranking.contributions.loc[listed].sum(axis=1)
    if against == CLASS:
        others, start = border_side(ranking, usulan), border_held_to(ranking, usulan).lower
    elif against == MEAN:
        start = float(score.mean())
        others = remembered("ranked_side", None, ranking, lambda: usulan_side(ranking, listed))
    else:
        start, others = float(score[against]), usulan_side(ranking, [against])
    parts = split(
        mine, others, stated_weights(ranking), ranking.tree, ranking.method.geometric_lowest
    )
    codes = list(ranking.method.weights)
    mean = pd.Series(parts.sum(axis=0) / len(parts), index=codes)
    return Explanation(ranking, usulan, against, start, float(score[usulan]), mean)


def reasons_text(ranking: "Ranking", gaps: "pd.Series[float]", lang: str) -> str:
    """`urgensinya (+4,5 poin) dan risikonya (+1,2 poin)`."""
    method = ranking.method
    return join_words(
        [
            say(
                "explain.reason",
                lang,
                phrase=method.criterion(str(code)).phrases[language(lang)],
                gap=gap_text(gap, lang),
            )
            for code, gap in gaps.items()
        ],
        lang,
    )


def with_rest(why: str, rest: str, lang: str) -> str:
    """The reasons, and after them what comes from answers of one side only; either may be empty."""
    return say("explain.with_rest", lang, why=why, rest=rest) if why and rest else why or rest


def gap_text(gap: float, lang: str) -> str:
    """`+4,5`, or with a minus; what prints as nothing has no sign."""
    sign = ("+" if gap > 0 else "\u2212") if _told(gap) else ""
    return sign + decimal(abs(gap), _PLACES, lang)


def _told(gap: float) -> bool:
    """Whether points are anything as printed."""
    return half_up(gap, _PLACES) != 0
