"""One list under every profile and every way to compute: whose rank holds, and what all say together.

All variants stand on the answers read once; nothing is read again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.errors import MethodError
from ksd_toolkit.messages import count, has_message, language, say
from ksd_toolkit.scoring.comparison.consensus import consensus, correlations
from ksd_toolkit.scoring.comparison.variants import (
    AGGREGATIONS,
    WHOLE,
    Kind,
    Variant,
    comparison_settings,
    ranks_of_moved_weights,
    variants_of,
)
from ksd_toolkit.scoring.method import Method
from ksd_toolkit.scoring.ranking import Ranking


@dataclass(frozen=True, slots=True, eq=False)
class SideBySide:
    """The same usulan under several variants.

    `ranks, points, classes`: usulan in printed order by variant; missing where a variant does not
    rank an usulan. `table`: by usulan `low, high` (the best and worst rank over all variants),
    `profile_low, profile_high` (own method and profiles), `aggregation_low, aggregation_high` (own
    method and ways to compute), `weight_low, weight_high` (own method and one weight at a time
    moved by `change_percent` of itself, the others adjusted) and `borda, borda_rank, copeland,
    copeland_rank`. `weight_ranks`: the ranks behind it, by `<criterion>-` and `<criterion>+`.
    `spearman, kendall`: variants each with each. `condorcet`: the usulan that stands above every
    other one in most variants, empty where there is none. `refused`: profiles and ways to compute
    that rank nothing, with the reason. `voices`: the weight of each variant in the consensus.
    """

    ranking: Ranking
    variants: tuple[Variant, ...]
    ranks: pd.DataFrame
    points: pd.DataFrame
    classes: pd.DataFrame
    table: pd.DataFrame
    weight_ranks: pd.DataFrame
    spearman: pd.DataFrame
    kendall: pd.DataFrame
    condorcet: str
    refused: Mapping[str, MethodError]
    voices: Mapping[str, float]
    change_percent: float

    def __repr__(self) -> str:
        return f"SideBySide({len(self.ranks)} usulan, {len(self.variants)} cara)"

    def title(self, key: str, lang: str = "") -> str:
        """What a variant is called."""
        titles = next(variant.titles for variant in self.variants if variant.key == key)
        return titles[language(lang or self.ranking.lang)]

    def explain(self, usulan: str, lang: str = "") -> str:
        """How firm an usulan's rank is when others would have decided otherwise.

        Raises:
            MethodError: There is no such usulan, or it is not ranked.
        """
        lang = lang or self.ranking.lang
        usulan = self.ranking.find(usulan)
        if usulan not in self.ranks.index:
            raise MethodError("comparison.not_ranked", usulan=usulan)
        row = dict(records(self.table.loc[[usulan]]))[usulan]
        ranks = dict(records(self.ranks.loc[[usulan]]))[usulan]
        own = self.variants[0].key
        parts = [
            say(
                "side.rank", lang, usulan=usulan, title=self.ranking.table.at[usulan, "judul"],
                rank=count(ranks[own], lang), method=self.title(own, lang),
            )
        ]  # fmt: skip
        parts += self._spans(row, lang)
        parts += [
            say("side.not_ranked", lang, variant=self.title(key, lang))
            for key, rank in ranks.items()
            if pd.isna(rank)
        ]
        if not pd.isna(row["borda_rank"]):
            borda, copeland = (count(row[f"{name}_rank"], lang) for name in ("borda", "copeland"))
            parts.append(say("side.consensus", lang, borda=borda, copeland=copeland))
        return " ".join(parts)

    def _spans(self, row: Mapping[str, Any], lang: str) -> Iterator[str]:
        """From which to which rank: over profiles, ways to compute, and moved weights."""
        kinds: tuple[Kind, ...] = ("profile", "aggregation")
        sizes: dict[str, float] = {kind: len(keys_of(self.variants, kind)) for kind in kinds}
        for what, size in {**sizes, "weight": self.change_percent}.items():
            if what in sizes and size <= 1:
                continue  # the own method alone is no comparison
            low, high = (count(row[f"{what}_{end}"], lang) for end in ("low", "high"))
            code = f"side.{what}_same" if low == high else f"side.{what}"
            yield say(code, lang, n=f"{size:g}", low=low, high=high)


def side_by_side(
    ranking: Ranking,
    profiles: Sequence[str | Method] | None = None,
    aggregations: Sequence[str] = AGGREGATIONS,
    change_percent: float | None = None,
    voices: Mapping[str, float] | None = None,
) -> SideBySide:
    """The list under every profile and every way to compute, and what they say together.

    A profile brings its weights, a way to compute its rule; all else stays the list's own method.
    A variant that decides exactly like one already shown is not shown twice.

    Args:
        ranking: The list.
        profiles: Names of methods, or methods; those of `knowledge/comparison.toml` unless given.
        aggregations: Any of `additive`, `geometric`, `promethee`.
        change_percent: How far one weight is moved, more than 0 and less than 100.
        voices: The weight of each variant in the consensus; all the same unless given.

    Raises:
        MethodError: A profile, way to compute or voice is unknown, or `change_percent` out of range.

    Source:
        Borda, Copeland, Spearman and Kendall as in `consensus`.
    """
    usual = comparison_settings()
    change = float(usual["weights"]["change_percent"] if change_percent is None else change_percent)
    if not 0 < change < WHOLE:
        raise MethodError("comparison.change_percent", change=change)
    named = usual["profiles"]["names"] if profiles is None else profiles
    variants, refused = variants_of(ranking, named, aggregations)
    index = ranking.table.index
    ranks = pd.DataFrame({v.key: v.ranking.table["rank"].reindex(index) for v in variants})
    ranks = ranks.astype("Int64")
    moved = ranks_of_moved_weights(ranking, change / WHOLE)
    voices = dict.fromkeys(ranks.columns, 1.0) if voices is None else voices
    numbers = ranks.astype("float64")
    together = consensus(numbers, pd.Series(dict(voices), dtype="float64"))
    return SideBySide(
        ranking=ranking,
        variants=variants,
        ranks=ranks,
        points=pd.DataFrame({v.key: v.ranking.table["points"].reindex(index) for v in variants}),
        classes=pd.DataFrame(
            {v.key: v.ranking.table["class_name"].reindex(index) for v in variants}
        ),
        table=_spans_of(ranks, variants, moved).join(_places(together.table, index)),
        weight_ranks=moved,
        spearman=correlations(numbers, "spearman"),
        kendall=correlations(numbers, "kendall"),
        condorcet=together.condorcet,
        refused=refused,
        voices=dict(voices),
        change_percent=change,
    )


def keys_of(variants: Sequence[Variant], kind: Kind) -> list[str]:
    """The list itself and its variants of one kind."""
    return [variant.key for variant in variants if variant.kind in {"own", kind}]


def _spans_of(
    ranks: pd.DataFrame, variants: Sequence[Variant], moved: pd.DataFrame
) -> pd.DataFrame:
    """The best and the worst rank of every usulan over several sets of variants."""
    sets = {
        "": ranks,
        "profile_": ranks[keys_of(variants, "profile")],
        "aggregation_": ranks[keys_of(variants, "aggregation")],
        "weight_": pd.concat([ranks[[variants[0].key]], moved], axis=1),
    }
    spans = {}
    for name, frame in sets.items():
        spans[f"{name}low"] = frame.min(axis=1)
        spans[f"{name}high"] = frame.max(axis=1)
    return pd.DataFrame(spans).astype("Int64")


def _places(table: pd.DataFrame, index: "pd.Index[str]") -> pd.DataFrame:
    """Points and ranks of the consensus; missing for usulan some variant does not rank."""
    places = table[["borda", "borda_rank", "copeland", "copeland_rank"]].reindex(index)
    return places.astype({"borda_rank": "Int64", "copeland_rank": "Int64"})


def short_title(key: str, lang: str) -> str:
    """A title narrow enough for the head of a column; the key of a profile of one's own."""
    code = f"comparison.short.{key}"
    return say(code, lang) if has_message(code) else key
