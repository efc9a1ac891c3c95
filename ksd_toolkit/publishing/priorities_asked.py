"""A figure of the priority list that is to be explained, and the scores behind it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from ksd_toolkit.publishing.answers_asked import NOWHERE, Place
from ksd_toolkit.publishing.asked_figures import AskedFigure, GoneError
from ksd_toolkit.publishing.evidence import Computation
from ksd_toolkit.scoring import Ranking


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
    def scores(self) -> pd.DataFrame:
        """The scores given: `usulan_id, kriteria_kode, penilai, row_key`."""
        columns = ["usulan_id", "kriteria_kode", "penilai", "row_key"]
        return self.once(
            "scores_given", lambda: self.evidence.register.nilai.dropna(subset="skor")[columns]
        )

    @property
    def apart(self) -> pd.DataFrame:
        """The median of the office less that of the TKKSD, where both scored: `usulan_id, criterion, gap`."""
        return self.once("scores_apart", lambda: _apart(self.ranking))

    def on(self, places: Iterable[Place], code: str = "", **facts: str) -> Computation:
        """The sentence of the measure with what stands in the row, resting on these answers only."""
        told = self.told((), (), code=code, **{**self.meaning.row, **facts})
        return replace(told, cells=tuple(places) or NOWHERE)

    def counting(self, usulan: Iterable[str], **facts: str) -> Computation:
        """The sentence of the measure, and which usulan were counted."""
        told = self.told(**{**self.meaning.row, **facts})
        ids = tuple(usulan)
        return replace(told, counted=ids) if ids else replace(told, cells=NOWHERE)


def given_in(scores: pd.DataFrame) -> list[Place]:
    """The places of some of `AskedPriority.scores`."""
    return [("nilai", str(key), "skor") for key in scores["row_key"]]


def _apart(ranking: Ranking) -> pd.DataFrame:
    gaps = ranking.leaves.opd - ranking.leaves.tkksd
    gaps = gaps.rename_axis(index="usulan_id", columns="criterion").reset_index()
    long = gaps.melt("usulan_id", value_name="gap", var_name="criterion")
    return long.dropna(subset="gap").reset_index(drop=True)
