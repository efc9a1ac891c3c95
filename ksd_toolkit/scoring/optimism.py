"""What the offices score beside what the TKKSD scores: the optimism gap, and where it would lead.

Only medians of the liaison officers of an office are used, and only means over several of them are
told: no single score of a person can be read from a result.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import numpy as np
import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.messages import count, decimal, percent, say
from ksd_toolkit.messages.numbers import half_up
from ksd_toolkit.scoring.kernel import shared_ranks
from ksd_toolkit.scoring.ranking import Ranking
from ksd_toolkit.scoring.some_raters import scored_by

OPD, TKKSD = "OPD", "TKKSD"
_SUM_GUARD: Final = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Optimism:
    """Offices' scores beside those of the TKKSD, on leaves both scored.

    `by_usulan`, `by_office`, `by_criterion`: `leaves` (usulan by criterion that both scored),
    `gap` (mean of office less TKKSD, in levels of the scale), `higher` and `lower` (leaves on which
    the office is above, below). `gap, leaves, higher, lower`: over all. `apart`: ranked usulan that
    both roles scored with enough coverage: `opd_points, tkksd_points` and `opd_rank, tkksd_rank`
    among these usulan, as they were if only that role's scores counted.
    """

    ranking: Ranking
    by_usulan: pd.DataFrame
    by_office: pd.DataFrame
    by_criterion: pd.DataFrame
    gap: float
    leaves: int
    higher: int
    lower: int
    apart: pd.DataFrame

    def __repr__(self) -> str:
        return f"Optimism({self.leaves} nilai pada kedua pihak)"

    def summary(self, lang: str = "") -> str:
        """The gap over all offices in one sentence, and the office where it is widest."""
        lang = lang or self.ranking.lang
        if not self.leaves:
            return say("optimism.none", lang)
        sentence = say(
            f"optimism.{_way(self.gap)}", lang, gap=decimal(abs(self.gap), 2, lang),
            leaves=count(self.leaves, lang), higher=self._share(self.higher, lang),
            lower=self._share(self.lower, lang),
        )  # fmt: skip
        widest = str(self.by_office["gap"].abs().idxmax())
        gap = signed_gap(float(self.by_office["gap"][widest]), lang)
        office = say("optimism.widest", lang, office=self.office_name(widest), gap=gap)
        return f"{sentence} {office}"

    def explain(self, usulan: str, lang: str = "") -> str:
        """How far the office and the TKKSD are apart on one usulan, and its rank by either.

        Raises:
            MethodError: There is no such usulan.
        """
        lang = lang or self.ranking.lang
        usulan = self.ranking.find(usulan)
        if usulan not in self.by_usulan.index:
            return say("optimism.usulan_none", lang, usulan=usulan)
        row = dict(records(self.by_usulan.loc[[usulan]]))[usulan]
        sentence = say(
            f"optimism.usulan_{_way(row['gap'])}", lang, usulan=usulan,
            gap=decimal(abs(row["gap"]), 2, lang), leaves=count(row["leaves"], lang),
        )  # fmt: skip
        if usulan not in self.apart.index:
            return sentence
        ranks = dict(records(self.apart.loc[[usulan]]))[usulan]
        told = say(
            "optimism.ranks", lang, n=count(len(self.apart), lang),
            opd=count(ranks["opd_rank"], lang), tkksd=count(ranks["tkksd_rank"], lang),
        )  # fmt: skip
        return f"{sentence} {told}"

    def office_name(self, code: str) -> str:
        """What an office is called."""
        return str(self.ranking.register.dossier.offices["opd_nama"].get(code, code))

    def _share(self, part: int, lang: str) -> str:
        return percent(100 * part / self.leaves, 0, lang)


def optimism(ranking: Ranking) -> Optimism:
    """The optimism gap per usulan, office and criterion, and the two lists apart.

    All usulan count that both roles scored, ranked or not.

    Args:
        ranking: The list; its own official values stay the TKKSD's median, else the office's.
    """
    opd, tkksd = ranking.leaves.opd, ranking.leaves.tkksd
    gaps = (opd - tkksd).rename_axis(index="usulan_id", columns="criterion")
    long = gaps.reset_index().melt("usulan_id", value_name="gap", var_name="criterion")
    long = long.dropna(subset="gap").astype({"gap": "float64"})
    office_of = ranking.register.usulan.set_index("usulan_id")["opd_kode"]
    long["opd_kode"] = long["usulan_id"].map(office_of)
    return Optimism(
        ranking=ranking,
        by_usulan=_means(long, "usulan_id", list(ranking.types.index)),
        by_office=_means(long, "opd_kode", sorted(set(office_of))),
        by_criterion=_means(long, "criterion", list(gaps.columns)),
        gap=float(long["gap"].mean()) if len(long) else float("nan"),
        leaves=len(long),
        higher=int((long["gap"] > 0).sum()),
        lower=int((long["gap"] < 0).sum()),
        apart=_apart(ranking),
    )


def _means(long: pd.DataFrame, by: str, order: list[Any]) -> pd.DataFrame:
    """Mean gap and counts of every group that has a leaf, in a given order."""
    grouped = long.groupby(by)["gap"]
    found = pd.DataFrame(
        {
            "leaves": grouped.size(),
            "gap": grouped.mean(),
            "higher": (long["gap"] > 0).groupby(long[by]).sum(),
            "lower": (long["gap"] < 0).groupby(long[by]).sum(),
        }
    )
    return found.reindex([name for name in order if name in found.index])


def _apart(ranking: Ranking) -> pd.DataFrame:
    """The list by the offices' scores and by the TKKSD's, over usulan that both cover well enough."""
    sides = {}
    for role in (OPD, TKKSD):
        found = scored_by(ranking, partial(_has_role, role))
        enough = found["coverage"] >= ranking.method.coverage_minimum - _SUM_GUARD
        sides[role] = found.loc[enough, "points"]
    both = [u for u in ranking.table.index if all(u in points.index for points in sides.values())]
    apart = pd.DataFrame(
        {f"{role.lower()}_points": points.reindex(both) for role, points in sides.items()},
        index=pd.Index(both, name=ranking.table.index.name, dtype="str"),
    )
    for role in ("opd", "tkksd"):
        apart[f"{role}_rank"] = shared_ranks(apart[f"{role}_points"].to_numpy(dtype=np.float64))
    return apart


def _has_role(role: str, rater: str) -> bool:
    return rater.startswith(f"{role}-")


def signed_gap(gap: float, lang: str) -> str:
    """A gap in levels of the scale with its sign; what rounds to nothing has none."""
    text = decimal(abs(gap), 2, lang)
    if text == decimal(0.0, 2, lang):
        return text
    return ("+" if gap > 0 else "\u2212") + text


def _way(gap: float) -> str:
    """Which way a gap points, as printed."""
    rounded = half_up(gap, 2)
    return "higher" if rounded > 0 else "lower" if rounded < 0 else "same"
