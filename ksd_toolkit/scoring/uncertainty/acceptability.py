"""How firm a rank is: the same usulan ranked again under thousands of other weights and answers."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.errors import MethodError
from ksd_toolkit.messages import count, decimal, join_words, percent, say
from ksd_toolkit.scoring.kernel import Floats
from ksd_toolkit.scoring.method import Uncertainty
from ksd_toolkit.scoring.uncertainty.blocks import Source
from ksd_toolkit.scoring.uncertainty.counting import (
    count_ranks,
    first_counts,
    shaken_sources,
    summary,
)
from ksd_toolkit.scoring.uncertainty.judged import Judged, judged
from ksd_toolkit.scoring.uncertainty.tallies import ONE, Tally

if TYPE_CHECKING:
    from ksd_toolkit.scoring.ranking import Ranking

_LITTLE: Final = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class Acceptability:
    """How often each of n usulan takes which rank over all draws.

    `table`: by usulan `first_share` and `top_share` (0 to 1, among the first `top`), `rank_low` and
    `rank_high` (the interval of ranks), `rank_mean`.
    `shares`: usulan by rank, the share of draws; ties share the smaller rank, so rows sum to 1 and
    the first column to more where usulan are first together.
    `split`: the same with tied usulan taking equal parts of their places: rows and columns sum to 1.
    `pairwise`: usulan by usulan, the share of draws in which the row is above the column; what is
    missing to 1 in both directions are ties.
    `central`: by usulan that is ever first, the mean weights in percent of the draws it is first in.
    `choice_entropy`, `ranking_entropy`: bits, 0 where the first or the whole order is certain.
    `shaken`: what was drawn. Above `single_ranks` usulan (knowledge/uncertainty.toml) the columns of
    `shares` are runs of ranks such as `201-250`, the interval is that of whole runs, and `split` and
    `pairwise` are empty.
    """

    table: pd.DataFrame
    shares: pd.DataFrame
    split: pd.DataFrame
    pairwise: pd.DataFrame
    central: pd.DataFrame
    choice_entropy: float
    ranking_entropy: float
    uncertainty: Uncertainty
    shaken: tuple[Source, ...]
    lang: str = "id"

    def __repr__(self) -> str:
        told = ", ".join(self.shaken) or "-"
        return f"Acceptability({len(self.table)} usulan, {self.uncertainty.draws} undian: {told})"

    def explain(self, usulan: str, lang: str = "") -> str:
        """How firm the rank of an usulan is, in one sentence.

        Raises:
            MethodError: The usulan is not ranked.
        """
        lang = lang or self.lang
        row = row_of(self.table, usulan)
        if not self.shaken:
            return say("firm.certain", lang, usulan=usulan, rank=count(row["rank_low"], lang))
        low, high = self.uncertainty.interval
        steady = row["rank_low"] == row["rank_high"]
        facts = {
            "usulan": usulan,
            "shaken": _words(self.shaken, lang),
            "draws": count(self.uncertainty.draws, lang),
            "low": count(row["rank_low"], lang),
            "high": count(row["rank_high"], lang),
            "share": percent(100 * (high - low), 0, lang),
            "top": count(self.uncertainty.top, lang),
            "top_share": _chance(row["top_share"], lang),
            "first_share": _chance(row["first_share"], lang),
            "mean": decimal(row["rank_mean"], 1, lang),
        }
        return say("firm.steady" if steady else "firm.moves", lang, **facts)


def acceptability(
    ranking: "Ranking", uncertainty: Uncertainty | None = None, *, threads: int = 1
) -> Acceptability:
    """Rank the ranked usulan again under every draw.

    Args:
        ranking: Whose answers, weights and tree are shaken.
        uncertainty: What is drawn and how often; the method's own settings unless given.
        threads: Draws are shared out to so many; the result is the same.

    Raises:
        MethodError: A setting of `uncertainty` means nothing.

    Source:
        Lahdelma and Salminen (2001), SMAA-2, Oper. Res. 49:444-454; Leskinen et al. (2006) for the
        pairwise winning index; Tervonen and Lahdelma (2007) for the entropies.
    """
    method = ranking.method
    settings = method.replace(uncertainty=uncertainty or method.uncertainty).uncertainty
    found = judged_of(ranking, raters=settings.raters)
    counted = count_ranks(found, settings, threads=threads, details=True)
    shaken = shaken_sources(found, settings)
    codes = list(method.weights)
    return tell(counted, ranking.table.index, codes, settings, shaken, ranking.lang)


def tell(  # noqa: PLR0913, PLR0917  the counts, and the names of all they are about
    counted: Tally,
    usulan: "pd.Index[str]",
    codes: list[str],
    uncertainty: Uncertainty,
    shaken: tuple[Source, ...],
    lang: str = "id",
) -> Acceptability:
    """Counts of ranks as shares with names; counts with details unless there are too many usulan."""
    kept = usulan if counted.wins.size else usulan[:0]
    shares, split = _shares(counted, usulan)
    return Acceptability(
        table=summary(counted, uncertainty).set_index(usulan),
        shares=shares,
        split=split,
        pairwise=pd.DataFrame(counted.wins / counted.draws, kept, kept),
        central=_central(counted, usulan, codes),
        choice_entropy=_entropy(first_counts(counted) / counted.draws),
        ranking_entropy=_entropy(_frequencies(counted)),
        uncertainty=uncertainty,
        shaken=shaken,
        lang=lang,
    )


def row_of(table: pd.DataFrame, usulan: str) -> dict[str, Any]:
    """What a table of firmness says of one usulan.

    Raises:
        MethodError: The usulan is not ranked.
    """
    if usulan not in table.index:
        raise MethodError("comparison.not_ranked", usulan=usulan)
    return dict(records(table.loc[[usulan]]))[usulan]


def shaken_words(ranking: "Ranking", lang: str = "") -> str:
    """What the draws behind a ranking's intervals shake: `bobot dan jawaban yang belum ada`."""
    settings = ranking.method.uncertainty
    shaken = shaken_sources(judged_of(ranking, raters=settings.raters), settings)
    return _words(shaken, lang or ranking.lang)


def _words(shaken: tuple[Source, ...], lang: str) -> str:
    if not shaken:
        return say("firm.nothing", lang)
    return join_words([say(f"firm.{source}", lang) for source in shaken], lang)


def judged_of(ranking: "Ranking", *, raters: bool) -> Judged:
    """The ranked usulan of a ranking, in printed order."""
    rows = ranking.basis.types.index.get_indexer(ranking.table.index)
    return judged(ranking.basis, ranking.method, ranking.tree, rows, raters=raters)


def _chance(share: float, lang: str) -> str:
    """A share of draws in whole percent; what is not certain is never told as 0 or 100."""
    if 0 < share < _LITTLE:
        return say("firm.little", lang, share=percent(100 * _LITTLE, 0, lang))
    if 1 - _LITTLE < share < 1:
        return say("firm.nearly", lang, share=percent(100 * (1 - _LITTLE), 0, lang))
    return percent(100 * share, 0, lang)


def _shares(counted: Tally, usulan: "pd.Index[str]") -> tuple[pd.DataFrame, pd.DataFrame]:
    """Usulan by rank, ties at the smaller rank and ties split."""
    bins = counted.bins
    ranks = [str(a) if a == b else f"{a}-{b}" for a, b in zip(bins.first, bins.last, strict=True)]
    kept = usulan if counted.split.size else usulan[:0]
    split = counted.split / (ONE * counted.draws)
    return (
        pd.DataFrame(counted.ranks / counted.draws, usulan, ranks),
        pd.DataFrame(split, kept, ranks[: split.shape[1]]),
    )


def _central(counted: Tally, usulan: "pd.Index[str]", codes: list[str]) -> pd.DataFrame:
    """Mean weights in percent of the draws an usulan is first in; who never is has none."""
    first = first_counts(counted)
    ever = first > 0
    mean = 100.0 * counted.central[ever] / (ONE * first[ever].astype(np.float64))[:, None]
    return pd.DataFrame(mean, usulan[ever], codes)


def _frequencies(counted: Tally) -> Floats:
    """The share of draws of each order of ranks that came up."""
    orders = np.concatenate(counted.orders)
    return np.asarray(np.unique(orders, return_counts=True)[1] / counted.draws)


def _entropy(shares: Floats) -> float:
    """Minus the sum of p log2 p, in bits."""
    told = shares[shares > 0]
    return float(abs((told * np.log2(told)).sum()))
