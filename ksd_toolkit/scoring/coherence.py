"""What the weights really do: which criteria tell the usulan apart, and which say the same twice."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from ksd_toolkit.messages import decimal, join_words, language, percent, say
from ksd_toolkit.scoring.kernel import Floats
from ksd_toolkit.scoring.ranking import Ranking

_ALIKE: Final = 0.9  # from this correlation on two criteria measure nearly the same
_FEWEST: Final = 10  # usulan; over a few answers of five levels high correlations are chance
_SILENT: Final = 0.05  # percent of the differences; printed as 0,0
_NAMED: Final = 3  # pairs told; the table holds all
_NO_DIFFERENCE: Final = 1e-9  # points; sums of equal answers differ by less


@dataclass(frozen=True, slots=True, eq=False)
class Coherence:
    """What each criterion does to the order, beside what it is meant to weigh.

    `table`, one row per criterion that weighs: `weight` (percent), `effective` (percent of the score's
    variance; all sum to 100, missing where all scores are equal), `correlation` with the score and
    `spread` (standard deviation of its values, 0 to 0.5). `alike`: pairs of criteria whose values
    correlate at 0.9 or more, with `first, second, correlation`.
    """

    table: pd.DataFrame
    alike: pd.DataFrame
    ranking: Ranking

    def __repr__(self) -> str:
        return f"Coherence({len(self.table)} kriteria, {len(self.alike)} pasangan hampir sama)"

    def sentence(self, lang: str = "") -> str:
        """Which criterion decides most, which decides nothing, and which count twice."""
        lang = lang or self.ranking.lang
        told = self.table["effective"]
        if told.isna().all():
            return say("coherence.all_equal", lang)
        name = str(told.idxmax())
        facts = {
            "criterion": self._label(name, lang),
            "effective": percent(float(told[name]), 0, lang),
            "weight": percent(float(self.table["weight"][name]), 0, lang),
        }
        parts = [say("coherence.decides", lang, **facts)]
        flat = (self.table["spread"] == 0) & (told.abs() < _SILENT)
        if silent := [self._label(str(c), lang) for c in told.index[flat]]:
            parts.append(say("coherence.silent", lang, criteria=join_words(silent, lang)))
        parts += [
            say(
                "coherence.alike", lang, first=self._label(str(first), lang),
                second=self._label(str(second), lang), r=decimal(float(r), 2, lang),
            )
            for first, second, r in zip(*(self.alike.head(_NAMED)[name] for name in self.alike), strict=True)
        ]  # fmt: skip
        return " ".join(parts)

    def _label(self, code: str, lang: str) -> str:
        return f"{code} {self.ranking.method.criterion(code).labels[language(lang)]}"


def coherence(ranking: Ranking) -> Coherence:
    """How far the stated weights are those that decide.

    A criterion of large weight on which all usulan are equal decides nothing; one that goes with many
    others decides more than its weight. Missing contributions count as no points, as in the score.

    Source:
        Paruolo, Saisana and Saltelli (2013), Ratings and rankings: voodoo or science? (effective
        weights); OECD/JRC Handbook on composite indicators (2008), step on coherence.
    """
    ranked = ranking.table.index
    weights = pd.Series(ranking.method.weights)
    codes = weights.index[weights > 0]
    units = ranking.units.loc[ranked, codes].where(ranking.leaves.applicable.loc[ranked, codes])
    points = ranking.contributions.loc[ranked, codes].fillna(0.0).to_numpy()
    score = points.sum(axis=1)
    table = pd.DataFrame(
        {
            "weight": weights[codes],
            "effective": _shares_of_variance(points, score),
            "correlation": [_correlation(units[code].to_numpy(), score) for code in codes],
            "spread": [_spread(units[code].to_numpy()) for code in codes],
        },
        index=codes,
    )
    return Coherence(table, _alike(units), ranking)


def _shares_of_variance(points: Floats, score: Floats) -> Floats:
    """Percent of the score's variance each column carries: its covariance with the score."""
    apart = score - score.mean()
    variance = float((apart**2).sum())
    if np.ptp(score) < _NO_DIFFERENCE:
        return np.full(points.shape[1], np.nan)
    together = ((points - points.mean(axis=0)) * apart[:, None]).sum(axis=0)
    return np.asarray(together / variance * 100.0)


def _correlation(first: Floats, second: Floats) -> float:
    """Pearson's r over what both know; missing where one of them is constant."""
    both = ~np.isnan(first) & ~np.isnan(second)
    a, b = first[both], second[both]
    if len(a) < _FEWEST or np.ptp(a) == 0 or np.ptp(b) == 0:
        return float("nan")
    a, b = a - a.mean(), b - b.mean()
    return float((a * b).sum() / np.sqrt((a**2).sum() * (b**2).sum()))


def _spread(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(known.std()) if len(known) and np.ptp(known) else 0.0


def _alike(units: pd.DataFrame) -> pd.DataFrame:
    found = []
    names = list(units.columns)
    for place, first in enumerate(names):
        for second in names[place + 1 :]:
            r = _correlation(units[first].to_numpy(), units[second].to_numpy())
            if abs(r) >= _ALIKE:
                found.append((first, second, r))
    return pd.DataFrame(found, columns=["first", "second", "correlation"])
