"""One list beside others as tables: profiles and ways to compute, and how alike they are."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Column, Table
from ksd_toolkit.messages import count, decimal, say
from ksd_toolkit.scoring.comparison.consensus import Correlation
from ksd_toolkit.scoring.comparison.side_by_side import SideBySide, keys_of, short_title
from ksd_toolkit.tables.cells import DASH
from ksd_toolkit.tables.comparison_words import columns_of, named, number_or_dash, sentence
from ksd_toolkit.tables.measures import about
from ksd_toolkit.tables.period_changes import comings_and_goings, moves

__all__ = [
    "comings_and_goings",
    "correlations",
    "moves",
    "profiles",
    "ways",
]


def profiles(found: SideBySide, rows: int = 20, lang: str = "") -> Shown:
    """The first usulan of the list with their rank under every profile, and when a weight is moved."""
    lang = lang or found.ranking.lang
    keys = keys_of(found.variants, "profile")
    change = f"{found.change_percent:g}"
    columns = (
        *_ranked_under(keys, lang),
        *columns_of(lang, (("span", "right", 1.1),)),
        Column(
            say("comparison.column.weight_span", lang, percent=change),
            "right",
            1.1,
            measure="weight_span",
        ),
    )
    body = tuple(
        (
            *_ranks(found, usulan, keys, lang),
            _span(found.table, usulan, "profile_", lang),
            _span(found.table, usulan, "weight_", lang),
        )
        for usulan in found.ranks.index[:rows]
    )
    note = " ".join(
        [_titles(found, keys, lang), say("comparison.note.profiles", lang, percent=change)]
    )
    caption = _caption("profiles", len(body), len(found.ranks), lang)
    note = " ".join([note, *_refused(found, lang)])
    subjects, origin = about("usulan", found.ranks.index[:rows]), "table_profiles@usulan/*"
    return Shown(Table(caption, columns, body, note, 0, subjects, origin=origin), lang=lang)


def ways(found: SideBySide, rows: int = 20, lang: str = "") -> Shown:
    """The first usulan of the list with their rank by every way to compute, and by all variants together."""
    lang = lang or found.ranking.lang
    keys = keys_of(found.variants, "aggregation")
    columns = (
        *_ranked_under(keys, lang),
        *columns_of(lang, (("borda", "right", 1.1), ("copeland", "right", 1.1))),
        *columns_of(lang, (("span_all", "right", 1.4),)),
    )
    body = tuple(
        (
            *_ranks(found, usulan, keys, lang),
            *(
                number_or_dash(found.table.at[usulan, f"{name}_rank"], lang)
                for name in ("borda", "copeland")
            ),
            _span(found.table, usulan, "", lang),
        )
        for usulan in found.ranks.index[:rows]
    )
    size = count(len(found.variants), lang)
    notes = [_titles(found, keys, lang), say("comparison.note.ways", lang, n=size)]
    notes += _voices(found, lang)
    if found.table["borda_rank"].isna().any():
        notes.append(say("comparison.note.not_ranked", lang))
    if found.condorcet and len(found.ranks) > 1:  # one alone stands above nobody
        notes.append(say("comparison.note.condorcet", lang, usulan=found.condorcet))
    caption = _caption("ways", len(body), len(found.ranks), lang)
    subjects, origin = about("usulan", found.ranks.index[:rows]), "table_ways@usulan/*"
    return Shown(
        Table(caption, columns, body, " ".join(notes), 0, subjects, origin=origin), lang=lang
    )


def correlations(found: SideBySide, kind: Correlation = "kendall", lang: str = "") -> Shown:
    """How alike the ranks of every two variants are; a dash where one of them tells no usulan apart."""
    lang = lang or found.ranking.lang
    if len(found.ranking.table) == 1:
        return sentence(say("listing.alone", lang), lang)
    matrix = found.kendall if kind == "kendall" else found.spearman
    keys = [str(key) for key in matrix.columns]
    columns = (
        *columns_of(lang, (("variant", "left", 3.0),)),
        *(
            Column(short_title(key, lang), "right", kind="decimal", measure=f"{kind}:{key}")
            for key in keys
        ),
    )
    body = tuple(
        (found.title(name, lang), *(_coefficient(row[key], lang) for key in keys))
        for name, row in records(matrix)
    )
    note = say(f"comparison.note.{kind}", lang)
    if matrix.isna().any(axis=None):
        note += " " + say("comparison.note.no_correlation", lang)
    caption, subjects = say(f"comparison.caption.{kind}", lang), about("varian", matrix.index)
    origin = "table_kendall@varian/*"
    return Shown(Table(caption, columns, body, note, 0, subjects, origin=origin), lang=lang)


def _ranked_under(keys: Sequence[str], lang: str) -> tuple[Column, ...]:
    """The usulan, then a narrow column for every variant."""
    return (
        *columns_of(lang, (("usulan", "left", 5.0),)),
        *(Column(short_title(key, lang), "right", 0.9, "integer", f"rank:{key}") for key in keys),
    )


def _ranks(found: SideBySide, usulan: str, keys: Sequence[str], lang: str) -> tuple[str, ...]:
    ranks = (number_or_dash(found.ranks.at[usulan, key], lang) for key in keys)
    return (named(found.ranking, usulan), *ranks)


def _titles(found: SideBySide, keys: Sequence[str], lang: str) -> str:
    """What the short titles of some variants stand for."""
    titles = [
        say(
            "comparison.note.title",
            lang,
            short=short_title(key, lang),
            title=found.title(key, lang),
        )
        for key in keys
    ]
    return f"{'; '.join(titles)}."


def _voices(found: SideBySide, lang: str) -> list[str]:
    """The weights of the variants in the consensus, where they are not all the same."""
    if len(set(found.voices.values())) == 1:
        return [say("comparison.note.voices_same", lang)]
    told = "; ".join(f"{short_title(key, lang)} {voice:g}" for key, voice in found.voices.items())
    return [say("comparison.note.voices", lang, list=told)]


def _span(table: pd.DataFrame, usulan: str, what: str, lang: str) -> str:
    row = dict(records(table.loc[[usulan]]))[usulan]
    ends = [count(row[f"{what}{end}"], lang) for end in ("low", "high")]
    return "\u2013".join(dict.fromkeys(ends))  # one rank is no span


def _coefficient(value: Any, lang: str) -> str:
    return DASH if pd.isna(value) else decimal(value, 2, lang)


def _refused(found: SideBySide, lang: str) -> list[str]:
    return [
        say("comparison.note.refused", lang, variant=name, reason=error.sentence(lang))
        for name, error in found.refused.items()
    ]


def _caption(name: str, shown: int, whole: int, lang: str) -> str:
    return say(f"comparison.caption.{name}", lang, shown=count(shown, lang), of=count(whole, lang))
