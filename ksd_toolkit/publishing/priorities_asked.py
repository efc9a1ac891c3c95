"""A figure of the priority list that is to be explained, and the scores behind it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import pandas as pd

from ksd_toolkit.publishing.answers_asked import NOWHERE, Place
from ksd_toolkit.publishing.asked_figures import AskedFigure, GoneError
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.scoring import Ranking

Pair = tuple[str, str]
"""Usulan and criterion."""
Score = tuple[str, str]
"""Rater and row key."""


class Apart(NamedTuple):
    """The medians of the office and of the TKKSD where both scored an usulan on a criterion."""

    usulan: str
    criterion: str
    opd: float
    tkksd: float

    @property
    def gap(self) -> float:
        """The office less the TKKSD, in levels of the scale."""
        return self.opd - self.tkksd


@dataclass(frozen=True, slots=True, eq=False)
class AskedPriority(AskedFigure):
    """A figure of the list, and the scores it is explained from."""

    @property
    def ranking(self) -> Ranking:
        """The list.

        Raises:
            GoneError: Nothing is ranked.
        """
        if self.evidence.ranking is None:
            raise GoneError
        return self.evidence.ranking

    @property
    def ranked(self) -> list[str]:
        """The usulan of the list, in its order."""
        return [str(one) for one in self.ranking.table.index]

    @property
    def scores(self) -> Mapping[Pair, list[Score]]:
        """The scores given, by usulan and criterion."""
        return self.once("scores_given", lambda: _scores(self.evidence.register.nilai))

    @property
    def apart(self) -> list[Apart]:
        """Where the office and the TKKSD both scored."""
        return self.once("scores_apart", lambda: _apart(self.ranking))

    @property
    def titles(self) -> Mapping[str, str]:
        """What the usulan of the list are called, in its order."""
        return self.once("titles", lambda: _titles(self.ranking))

    def places(self, pairs: Iterable[Pair], rater: str = "") -> list[Place]:
        """Where the scores of some usulan and criteria stand: of raters whose name begins with `rater`."""
        return [
            ("nilai", row, "skor")
            for pair in pairs
            for name, row in self.scores.get(pair, ())
            if name.startswith(rater)
        ]

    def on(self, places: Iterable[Place], code: str = "", **facts: str) -> Computation:
        """The sentence of the measure with what stands in the row, resting on these answers only."""
        told = self.told((), (), code=code, **{**self.meaning.row, **facts})
        return replace(told, cells=tuple(places) or NOWHERE)

    def counting(self, usulan: Iterable[str], **facts: str) -> Computation:
        """The sentence of the measure, and which usulan were counted."""
        told = self.told(**{**self.meaning.row, **facts})
        ids = tuple(usulan)
        return replace(told, counted=ids) if ids else replace(told, cells=NOWHERE)


def _scores(nilai: pd.DataFrame) -> dict[Pair, list[Score]]:
    found: dict[Pair, list[Score]] = {}
    given = nilai.dropna(subset="skor")
    columns = (
        given[name].map(str) for name in ("usulan_id", "kriteria_kode", "penilai", "row_key")
    )
    for usulan, code, rater, row in zip(*columns, strict=True):
        found.setdefault((usulan, code), []).append((rater, row))
    return found


def _apart(ranking: Ranking) -> list[Apart]:
    opd, tkksd = ranking.leaves.opd, ranking.leaves.tkksd
    return [
        Apart(str(usulan), str(code), float(first), float(second))
        for code in opd.columns
        for usulan, first, second in zip(opd.index, opd[code], tkksd[code], strict=True)
        if not (pd.isna(first) or pd.isna(second))
    ]


def _titles(ranking: Ranking) -> dict[str, str]:
    return {str(usulan): str(title) for usulan, title in ranking.table["judul"].items()}
