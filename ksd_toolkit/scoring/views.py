"""Two other ways to look at one ranking: the best of each isu or OPD, and worth against feasibility."""

from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.errors import MethodError
from ksd_toolkit.law import isu
from ksd_toolkit.messages import count, decimal, join_words, language, percent, say
from ksd_toolkit.scoring.kernel import Points, round_half_up, weighted_points
from ksd_toolkit.scoring.method import Method, Quadrant
from ksd_toolkit.scoring.ranking import Ranking

By = Literal["isu", "opd"]

_GROUP_COLUMN: Final = {"isu": "isu_utama", "opd": "opd_kode"}
_UNNAMED: Final = ""
_NOT_PLACED: Final = ""
_CORNERS: Final = {
    (True, True): "laksanakan", (True, False): "siapkan",
    (False, True): "tawarkan", (False, False): "tunda",
}  # fmt: skip
_SUM_GUARD: Final = 1e-9  # weights such as 8.4 add up to a hair less than they do on paper


@dataclass(frozen=True, slots=True, eq=False)
class Quota:
    """The best `n` usulan of each isu or OPD; rank and class stay those of the whole list.

    `kept` and `left_out` hold rows of `ranking.table` in printed order with `quota_group` (the code
    of the isu or OPD, empty for usulan that name no isu) and `quota_place` (1 is the best of its
    group). `left_out.tied` is True where an usulan has the rank of the last one kept of its group:
    only the order of the list, not the score, keeps it out.
    """

    ranking: Ranking
    by: By
    n: int
    kept: pd.DataFrame
    left_out: pd.DataFrame

    def __repr__(self) -> str:
        return f"Quota({self.n} per {self.by}: {len(self.kept)} masuk, {len(self.left_out)} tidak)"

    def explain(self, usulan: str, lang: str = "") -> str:
        """Whether the quota takes an usulan, and whom it lets go first if not.

        Raises:
            MethodError: There is no such usulan, or it is not ranked.
        """
        lang = lang or self.ranking.lang
        usulan = ranked(self.ranking, usulan)
        taken = usulan in self.kept.index
        row = dict(records((self.kept if taken else self.left_out).loc[[usulan]]))[usulan]
        mates = self.kept[self.kept["quota_group"] == row["quota_group"]]
        facts = {
            "usulan": usulan, "title": row["judul"], "rank": count(row["rank"], lang),
            "place": count(row["quota_place"], lang), "n": count(self.n, lang),
            "group": self.group_name(str(row["quota_group"]), lang),
            "kept": join_words([str(name) for name in mates.index], lang),
        }  # fmt: skip
        sentence = say("quota.kept" if taken else "quota.left_out", lang, **facts)
        return f"{sentence} {say('quota.tied', lang)}" if not taken and row["tied"] else sentence

    def group_name(self, group: str, lang: str = "") -> str:
        """What an isu or OPD is called."""
        lang = lang or self.ranking.lang
        if group == _UNNAMED:
            return say("quota.unnamed", lang)
        if self.by == "isu":
            return isu(group, lang).name
        return str(self.ranking.register.dossier.offices["opd_nama"].get(group, group))


def best_per(ranking: Ranking, by: By = "isu", n: int = 3) -> Quota:
    """The best usulan of each isu or OPD, so that none of them fills the list alone.

    Exactly `n` of a group are kept, in printed order; whoever has the same rank as the last of them
    is told.

    Args:
        ranking: The whole list.
        by: `isu` (the first isu an usulan names) or `opd`.
        n: How many of each group, at least 1.

    Raises:
        MethodError: `by` is no view, or `n` is smaller than 1.
    """
    if by not in _GROUP_COLUMN:
        raise MethodError("comparison.quota_by", by=by, known=", ".join(_GROUP_COLUMN))
    if n < 1:
        raise MethodError("comparison.quota_size", n=n)
    table = ranking.table.assign(quota_group=ranking.table[_GROUP_COLUMN[by]].fillna(_UNNAMED))
    table["quota_place"] = table.groupby("quota_group").cumcount() + 1
    kept = table[table["quota_place"] <= n]
    last = kept.groupby("quota_group")["rank"].max()
    left_out = table[table["quota_place"] > n]
    tied = left_out["rank"] == left_out["quota_group"].map(last)
    return Quota(ranking, by, n, kept, left_out.assign(tied=tied.astype(bool)))


@dataclass(frozen=True, slots=True, eq=False)
class Quadrants:
    """Every ranked usulan by what it is worth and how feasible it is.

    `table`: by usulan in printed order, for `value` and `feasibility` the points 0 to 100 over the
    answered leaves of that side, `_worst` and `_best` whatever the unanswered say, and `_coverage`
    (0 to 1); `quadrant` (`laksanakan`, `siapkan`, `tawarkan`, `tunda`; empty while a side has less
    than the method's coverage) and `firm`, True where no missing answer could move it.
    """

    ranking: Ranking
    rule: Quadrant
    table: pd.DataFrame

    def __repr__(self) -> str:
        placed = self.table["quadrant"].value_counts()
        named = ", ".join(f"{placed.get(corner, 0)} {corner}" for corner in _CORNERS.values())
        return f"Quadrants({named})"

    def label(self, corner: str, lang: str = "") -> str:
        """What a corner is called; a sentence where an usulan stands in none."""
        lang = lang or self.ranking.lang
        if corner == _NOT_PLACED:
            return say("quadrant.not_placed", lang)
        return self.rule.labels[corner][language(lang)]

    def explain(self, usulan: str, lang: str = "") -> str:
        """Why an usulan stands in its quadrant, with both sides and their borders.

        Raises:
            MethodError: There is no such usulan, or it is not ranked.
        """
        lang = lang or self.ranking.lang
        usulan = ranked(self.ranking, usulan)
        row = dict(records(self.table.loc[[usulan]]))[usulan]
        facts = {"usulan": usulan, "title": self.ranking.table.at[usulan, "judul"]}
        if row["quadrant"] == _NOT_PLACED:
            return say("quadrant.thin", lang, **facts, **self._coverages(row, lang))
        corner = str(row["quadrant"])
        sentence = say(
            "quadrant.placed", lang, **facts, **self._points(row, lang),
            label=self.label(corner, lang), why=say(f"quadrant.why.{corner}", lang),
        )  # fmt: skip
        return sentence if row["firm"] else f"{sentence} {self._may_move(row, lang)}"

    def _points(self, row: dict[str, Any], lang: str) -> dict[str, str]:
        places = self.ranking.method.decimals
        return {
            "value": decimal(row["value"], places, lang),
            "value_border": _plain(self.rule.value_border, places, lang),
            "feasibility": decimal(row["feasibility"], places, lang),
            "feasibility_border": _plain(self.rule.feasibility_border, places, lang),
        }

    def _coverages(self, row: dict[str, Any], lang: str) -> dict[str, str]:
        return {
            "value": percent(100 * row["value_coverage"], 0, lang),
            "feasibility": percent(100 * row["feasibility_coverage"], 0, lang),
            "least": percent(100 * self.ranking.method.coverage_minimum, 0, lang),
        }

    def _may_move(self, row: dict[str, Any], lang: str) -> str:
        ends = {
            f"{side}_{end}": decimal(row[f"{side}_{end}"], self.ranking.method.decimals, lang)
            for side in ("value", "feasibility")
            for end in ("worst", "best")
        }
        return say("quadrant.may_move", lang, **ends)


def quadrants(ranking: Ranking, rule: Quadrant | None = None) -> Quadrants:
    """Place every ranked usulan: Laksanakan, Siapkan, Tawarkan ringan or Tunda.

    Each side is the weighted mean of the leaves of its groups over what was answered; a point on the
    border is above it.

    Args:
        ranking: The whole list.
        rule: Groups and borders; those of the method unless given.

    Raises:
        MethodError: A side names an unknown group or has no weight under this method.
    """
    rule = rule or ranking.method.quadrant
    value = _side(ranking, "value", rule.value_groups)
    feasibility = _side(ranking, "feasibility", rule.feasibility_groups)
    table = value.join(feasibility)
    high = (table["value"] >= rule.value_border, table["feasibility"] >= rule.feasibility_border)
    corner = [_CORNERS[bool(one), bool(other)] for one, other in zip(*high, strict=True)]
    least = ranking.method.coverage_minimum - _SUM_GUARD
    known = (table["value_coverage"] >= least) & (table["feasibility_coverage"] >= least)
    known &= table["value"].notna() & table["feasibility"].notna()
    table["quadrant"] = np.where(known, corner, _NOT_PLACED)
    firm = known
    for side, border in (("value", rule.value_border), ("feasibility", rule.feasibility_border)):
        firm = firm & ((table[f"{side}_worst"] >= border) | (table[f"{side}_best"] < border))
    return Quadrants(ranking, rule, table.assign(firm=firm.astype(bool)))


def _side(ranking: Ranking, side: str, groups: tuple[str, ...]) -> pd.DataFrame:
    """One side's points as printed, with their interval and coverage, of every ranked usulan."""
    method = ranking.method
    codes = _codes_below(method, groups)
    weights = np.array([method.weights[code] for code in codes])
    if not (weights > 0).any():
        raise MethodError("comparison.quadrant_side", groups=", ".join(groups), name=method.name)
    usulan = ranking.table.index
    found: Points = weighted_points(
        ranking.values.loc[usulan, codes].to_numpy(),  # noqa: PD011
        ranking.leaves.applicable.loc[usulan, codes].to_numpy(),
        weights,
    )
    points = {
        side: found.score, f"{side}_worst": found.worst, f"{side}_best": found.best,
    }  # fmt: skip
    rounded = {name: round_half_up(column, method.decimals) for name, column in points.items()}
    return pd.DataFrame(rounded | {f"{side}_coverage": found.coverage}, index=usulan)


def _codes_below(method: Method, groups: tuple[str, ...]) -> list[str]:
    """The criteria of some groups and of the groups below them, in table order."""
    if unknown := set(groups) - set(method.groups):
        raise MethodError("comparison.quadrant_group", groups=", ".join(sorted(unknown)))
    wanted = set(groups)
    while below := {g.code for g in method.groups.values() if g.parent in wanted} - wanted:
        wanted |= below
    return [criterion.code for criterion in method.criteria if criterion.group in wanted]


def _plain(border: float, places: int, lang: str) -> str:
    """A border without decimals it does not have."""
    return decimal(border, 0 if float(border).is_integer() else places, lang)


def ranked(ranking: Ranking, usulan: str) -> str:
    """The id of a ranked usulan, whatever its letter case.

    Raises:
        MethodError: There is no such usulan, or a gate or lack of answers keeps it off the list.
    """
    found = ranking.find(usulan)
    if found not in ranking.table.index:
        raise MethodError("comparison.not_ranked", usulan=found)
    return found
