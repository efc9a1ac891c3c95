"""This list beside the one of the period before: who entered, who left, who moved, and why.

An usulan is the same in both periods where `usulan_asal` says so; equal ids alone mean nothing.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ksd_toolkit.answers.quality.change import CONTINUED, DROPPED, carried_over
from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring.comparison.period_leaves import split_by_leaf
from ksd_toolkit.scoring.comparison.period_sentences import explain_change
from ksd_toolkit.scoring.comparison.variants import unshaken
from ksd_toolkit.scoring.kernel import shared_ranks
from ksd_toolkit.scoring.method import Method
from ksd_toolkit.scoring.method_reading import read_method
from ksd_toolkit.scoring.ranking import Ranking, score

ENTERED, LEFT, STAYED, OUTSIDE = "entered", "left", "stayed", "outside"


@dataclass(frozen=True, slots=True, eq=False)
class PeriodChange:
    """A list beside that of the period before.

    `table`: every usulan of this period in printed order, by `usulan_id`: `asal`, `judul`, `status`
    (`baru, lanjutan, asal_tidak_dikenal`), `movement` (`entered, left, stayed`, or `outside` where
    it is in neither list), `rank_before, rank` and `common_before, common` (rank among the usulan of
    both lists), `points_before, points, change`, `class_before, class_name`, and the exact parts of
    the change: `answers, base, method` (missing where there is no split). `dropped`: usulan not
    proposed again, by their old id: `judul, rank, points, class_name` (missing where not ranked).
    `split`: the parts leaf by leaf: `usulan_id, cause, criterion, before, after, points`, where
    before and after are answers, or weights for the cause `method`.
    """

    now: Ranking
    before: Ranking
    table: pd.DataFrame
    dropped: pd.DataFrame
    split: pd.DataFrame

    def __repr__(self) -> str:
        moves = self.table["movement"].value_counts()
        gone = int(self.dropped["rank"].notna().sum())
        return (
            f"PeriodChange({self.period_before} -> {self.period}: {moves.get(ENTERED, 0)} masuk, "
            f"{moves.get(LEFT, 0) + gone} keluar, {moves.get(STAYED, 0)} pada kedua daftar)"
        )

    @property
    def period(self) -> str:
        """This period."""
        return self.now.register.dossier.period

    @property
    def period_before(self) -> str:
        """The period before."""
        return self.before.register.dossier.period

    @property
    def lang(self) -> str:
        """The language of papers made from this comparison."""
        return self.now.lang

    def explain(self, usulan: str, lang: str = "") -> str:
        """What became of an usulan since the period before, and why.

        An id of the period before that nobody proposed again is told as dropped, unless this period
        gave it to another usulan.

        Raises:
            MethodError: Neither period knows it.
        """
        return explain_change(self, usulan, lang or self.lang)


def compare_periods(ranking: Ranking, method: Method | None = None) -> PeriodChange | None:
    """The list beside that of the period before; None where there is none.

    Args:
        ranking: The list of this period.
        method: How the period before is ranked; the method its dossier names unless given.

    Raises:
        MethodError: Nothing of the period before can be ranked.
    """
    previous = ranking.register.previous
    if previous is None:
        return None
    before = score(previous, unshaken(method or read_method(previous.dossier)))
    both = carried_over(ranking.register.usulan, previous.usulan)
    here = both[both["status"] != DROPPED].set_index("usulan_id").reindex(_printed(ranking))
    gone = both.loc[both["status"] == DROPPED].set_index("usulan_id")
    kept = before.table[["rank", "points", "class_name"]].reindex(gone.index)
    table = _moved(ranking, before, here)
    split, sums = split_by_leaf(ranking, before, table[table["movement"] == STAYED])
    return PeriodChange(
        now=ranking,
        before=before,
        table=table.join(sums.reindex(table.index)),
        dropped=gone[["judul"]].join(kept).astype({"rank": "Int64"}),
        split=split,
    )


def since_last_period(ranking: Ranking) -> PeriodChange | None:
    """The same for a paper, which goes on without the comparison where the period before gives none."""
    try:
        return compare_periods(ranking)
    except MethodError:
        return None


def _printed(ranking: Ranking) -> list[str]:
    """The usulan of a period: the list, then those outside it."""
    return [*ranking.table.index, *ranking.excluded.index]


def _moved(now: Ranking, before: Ranking, here: pd.DataFrame) -> pd.DataFrame:
    """Ranks, points and classes of both periods, and which way every usulan went."""
    asal = here["asal"].where(here["status"] == CONTINUED)
    columns = ["rank", "points", "class_name"]
    was = before.table[columns].reindex(asal).set_axis(here.index)
    was = was.rename(
        columns={"rank": "rank_before", "points": "points_before", "class_name": "class_before"}
    )
    table = here[["asal", "judul", "status"]].join([was, now.table[columns].reindex(here.index)])
    ranked_before, ranked = table["rank_before"].notna(), table["rank"].notna()
    table["movement"] = np.select(
        [ranked_before & ranked, ranked, ranked_before], [STAYED, ENTERED, LEFT], OUTSIDE
    )
    change = table["points"] - table["points_before"]
    table["change"] = change.round(max(now.method.decimals, before.method.decimals))
    stayed = table["movement"] == STAYED
    for name, points in (("common_before", "points_before"), ("common", "points")):
        table.loc[stayed, name] = shared_ranks(table.loc[stayed, points].to_numpy())
    ranks = dict.fromkeys(("rank_before", "rank", "common_before", "common"), "Int64")
    return table.astype(ranks)
