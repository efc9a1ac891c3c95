"""How far criteria tell usulan apart, as shares: a diagnosis beside the policy's weights, never a weight.

A criterion on which all usulan are alike decides nothing, whatever it weighs; entropy, CRITIC and the
standard deviation show that. They know nothing of importance.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd

from ksd_toolkit.errors import MethodError
from ksd_toolkit.messages import join_words, language, percent, say
from ksd_toolkit.scoring.weights.eigen import Floats

Measure = Literal["entropy", "critic", "deviation"]

_LEAST: Final = 2  # usulan that can differ
_FLAT: Final = 1e-12  # a spread below this share of the values is floating point, no difference


@dataclass(frozen=True, slots=True)
class Spread:
    """Shares of telling usulan apart by criterion: they sum to 1, or are all 0 where nothing does.

    `information` is the measure before it is made to sum to 1. `silent` are the criteria that tell
    nothing: everybody answered alike, or fewer than two answered.
    """

    measure: Measure
    shares: Mapping[str, float]
    information: Mapping[str, float]
    silent: tuple[str, ...]

    def __repr__(self) -> str:
        shares = ", ".join(f"{code} {100 * share:.1f} %" for code, share in self.shares.items())
        return f"Spread({self.measure}, diagnosa: {shares})"

    def explain(self, lang: str = "id") -> str:
        """What the shares say, and that they are no weights."""
        lang = language(lang)
        told = [f"{code} {percent(100 * share, 1, lang)}" for code, share in self.shares.items()]
        sentences = [
            say(
                "weights.spread",
                lang,
                measure=say(f"weights.spread_{self.measure}", lang),
                shares=join_words(told, lang),
            )
        ]
        if self.silent:
            sentences.append(
                say("weights.spread_silent", lang, codes=join_words(self.silent, lang))
            )
        return " ".join(sentences)


def entropy_spread(values: pd.DataFrame) -> Spread:
    """DIAGNOSTIC: one minus the Shannon entropy of every criterion's answers.

    A nought adds nothing to the entropy (the limit of p log p), so zeros are no obstacle.

    Args:
        values: n usulan by m criteria, not negative, NaN where unanswered.

    Raises:
        MethodError: A value is negative or infinite: a share of a sum means nothing then.

    Source:
        Shannon (1948); as weights in Hwang & Yoon (1981) Multiple Attribute Decision Making, 52-54.
    """
    answers = _answers(values)
    if below := [code for code, column in answers.items() if (column < 0).any()]:
        raise MethodError("weights.spread_negative", codes=", ".join(below))
    return _spread(
        "entropy", {code: 1.0 - _entropy(column) for code, column in answers.items()}, answers
    )


def deviation_spread(values: pd.DataFrame) -> Spread:
    """DIAGNOSTIC: the sample standard deviation of every criterion's answers.

    Args:
        values: n usulan by m criteria of one scale, NaN where unanswered.

    Raises:
        MethodError: A value is infinite.

    Source:
        Diakoulaki, Mavrotas & Papayannakis (1995) Computers & OR 22:763-770.
    """
    answers = _answers(values)
    return _spread(
        "deviation", {code: _deviation(column) for code, column in answers.items()}, answers
    )


def critic_spread(values: pd.DataFrame, falling: frozenset[str] = frozenset()) -> Spread:
    """DIAGNOSTIC: standard deviation times the conflict with the other criteria (CRITIC).

    Values are put on 0 to 1 between the least and the largest answer. A criterion answered alike
    everywhere correlates with nothing and is left out; the others get what they get without it.

    Args:
        values: n usulan by m criteria, NaN where unanswered; two criteria are compared over the
            usulan that answered both.
        falling: Criteria of which less is better.

    Raises:
        MethodError: A value is infinite.

    Source:
        Diakoulaki, Mavrotas & Papayannakis (1995) Computers & OR 22:763-770.
    """
    frame = values.astype("float64")
    answers = _answers(frame)
    telling = [code for code, column in answers.items() if not _is_flat(column)]
    scaled = {}
    for code in telling:
        column = frame[code].to_numpy()
        low, high = answers[code].min(), answers[code].max()
        unit = (column - low) / (high - low)
        scaled[code] = 1.0 - unit if code in falling else unit
    information = dict.fromkeys(answers, 0.0)
    for code in telling:
        own = scaled[code]
        conflict = math.fsum(
            1.0 - _correlation(own, scaled[other]) for other in telling if other != code
        )
        information[code] = _deviation(own[~np.isnan(own)]) * conflict
    return _spread("critic", information, answers)


def spread_table(
    values: pd.DataFrame, weights: Mapping[str, float], falling: frozenset[str] = frozenset()
) -> pd.DataFrame:
    """The policy's weights beside the three diagnoses, all in percent, one row per criterion.

    Args:
        values: n usulan by m criteria, not negative, of one scale, NaN where unanswered.
        weights: The policy's weights by criterion.
        falling: Criteria of which less is better.
    """
    found = (entropy_spread(values), critic_spread(values, falling), deviation_spread(values))
    columns = {"weight": {code: float(weights[code]) for code in values.columns}} | {
        one.measure: {code: 100.0 * share for code, share in one.shares.items()} for one in found
    }
    return pd.DataFrame(columns, index=list(values.columns))


def _answers(values: pd.DataFrame) -> dict[str, Floats]:
    """The answers of every criterion without the blanks.

    Raises:
        MethodError: One is infinite.
    """
    frame = values.astype("float64")
    answers = {str(code): frame[code].dropna().to_numpy() for code in frame.columns}
    if wild := [code for code, column in answers.items() if not np.isfinite(column).all()]:
        raise MethodError("weights.spread_infinite", codes=", ".join(wild))
    return answers


def _spread(measure: Measure, information: dict[str, float], answers: dict[str, Floats]) -> Spread:
    silent = tuple(code for code, column in answers.items() if _is_flat(column))
    told = {code: 0.0 if code in silent else max(0.0, found) for code, found in information.items()}
    total = math.fsum(told.values())
    shares = {code: found / total if total > _FLAT else 0.0 for code, found in told.items()}
    return Spread(measure, shares, told, silent)


def _is_flat(column: Floats) -> bool:
    if len(column) < _LEAST:
        return True
    return bool(np.ptp(column) <= _FLAT * max(1.0, float(np.abs(column).max())))


def _entropy(column: Floats) -> float:
    """The entropy of the shares of a sum, 0 to 1; 1 where nothing can be told."""
    total = math.fsum(column)
    if len(column) < _LEAST or total <= 0:
        return 1.0
    shares = [value / total for value in column.tolist() if value > 0]
    return -math.fsum(share * math.log(share) for share in shares) / math.log(len(column))


def _deviation(column: Floats) -> float:
    if len(column) < _LEAST:
        return 0.0
    mean = math.fsum(column) / len(column)
    return math.sqrt(math.fsum((column - mean) ** 2) / (len(column) - 1))


def _correlation(first: Floats, second: Floats) -> float:
    """Pearson's correlation over the usulan that answered both; 0 where it cannot be told."""
    both = ~np.isnan(first) & ~np.isnan(second)
    one, other = first[both], second[both]
    if _is_flat(one) or _is_flat(other):
        return 0.0
    one = one - math.fsum(one) / len(one)
    other = other - math.fsum(other) / len(other)
    spread = math.sqrt(math.fsum(one**2)) * math.sqrt(math.fsum(other**2))
    return max(-1.0, min(1.0, math.fsum(one * other) / spread))
