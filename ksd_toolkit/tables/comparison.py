"""One list beside others as tables: profiles and ways to compute, how alike they are, the period before."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from ksd_toolkit.answers.quality.change import NEW
from ksd_toolkit.columns import records
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Alignment, Column, Paragraph, Table, runs
from ksd_toolkit.messages import count, decimal, say, say_counted
from ksd_toolkit.scoring.comparison.consensus import Correlation
from ksd_toolkit.scoring.comparison.period_leaves import CAUSES
from ksd_toolkit.scoring.comparison.period_sentences import class_or_none, explain_dropped, signed
from ksd_toolkit.scoring.comparison.periods import ENTERED, LEFT, STAYED, PeriodChange
from ksd_toolkit.scoring.comparison.side_by_side import SideBySide, keys_of, short_title
from ksd_toolkit.tables.cells import DASH
from ksd_toolkit.tables.measures import about, printed_as

Titles = Sequence[tuple[str, Alignment, float]]


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


def moves(change: PeriodChange | None, rows: int = 0, lang: str = "id") -> Shown:
    """Usulan of both lists: rank, points and class then and now, and what the change is made of."""
    if change is None:
        return sentence(say("comparison.no_previous", lang), lang)
    stayed = change.table[change.table["movement"] == STAYED]
    if stayed.empty:
        return sentence(say("comparison.none_stayed", lang, before=change.period_before), lang)
    shown = stayed.head(rows) if rows else stayed
    titles: Titles = (
        ("usulan", "left", 3.6), ("rank", "right", 0), ("points", "right", 0), ("class", "left", 2.2),
        ("change", "right", 0), *((cause, "right", 0.0) for cause in CAUSES),
    )  # fmt: skip
    body = tuple(_move(change, usulan, row, lang) for usulan, row in records(shown))
    caption = say(
        "comparison.caption.moves", lang, before=change.period_before, now=change.period,
        n=count(len(stayed), lang),
    )  # fmt: skip
    note = say("comparison.note.moves", lang, before=change.period_before, now=change.period)
    subjects, origin = about("usulan", shown.index), "table_moves@usulan/*"
    columns = _measured(columns_of(lang, titles), rank="rank_moved", points="points_moved")
    return Shown(Table(caption, columns, body, note, 0, subjects, origin=origin), lang=lang)


def comings_and_goings(change: PeriodChange | None, rows: int = 20, lang: str = "id") -> Shown:
    """Who left the list since the period before and who entered it although not new, each with the reason.

    New usulan are only counted: their reason is that they are new.
    """
    if change is None:
        return sentence(say("comparison.no_previous", lang), lang)
    table = change.table
    entered = table[table["movement"] == ENTERED]
    known = entered.index[entered["status"] != NEW]
    gone = change.dropped.index[change.dropped["rank"].notna()]
    lines = [
        *(
            (LEFT, change.explain(usulan, lang), f"{change.period_before}/{usulan}")
            for usulan in table.index[table["movement"] == LEFT]
        ),
        *(
            (LEFT, explain_dropped(change, usulan, lang), f"{change.period_before}/{usulan}")
            for usulan in gone
        ),
        *((ENTERED, change.explain(usulan, lang), str(usulan)) for usulan in known),
    ]
    fresh = len(entered) - len(known)
    new = say_counted("comparison.note.new", fresh, lang, n=count(fresh, lang), now=change.period)
    if not lines:
        return sentence(f"{say('comparison.none_moved', lang)} {new}", lang)
    body = tuple((say(f"comparison.way.{way}", lang), text) for way, text, _ in lines[:rows])
    notes = [new] + ([more(len(lines) - rows, lang)] if len(lines) > rows else [])
    caption = say(
        "comparison.caption.comings", lang, before=change.period_before, n=count(len(lines), lang)
    )
    titles: Titles = (("way", "left", 0), ("what", "left", 8.0))
    way, what = columns_of(lang, titles)
    columns = (way, replace(what, measure="came_or_went"))
    origin = "table_comings@usulan/*"
    subjects = about("usulan", (usulan for _, _, usulan in lines[:rows]))
    note = " ".join(notes)
    return Shown(Table(caption, columns, body, note, 0, subjects, origin=origin), lang=lang)


def _measured(columns: tuple[Column, ...], **measures: str) -> tuple[Column, ...]:
    """Columns that print more than the measure they are called by: of two periods."""
    return tuple(replace(one, measure=measures.get(one.measure, one.measure)) for one in columns)


def _move(change: PeriodChange, usulan: str, row: dict[str, Any], lang: str) -> tuple[str, ...]:
    places = change.now.method.decimals
    was, now = (
        class_or_none(ranking, row[column], lang)
        for ranking, column in ((change.before, "class_before"), (change.now, "class_name"))
    )
    return (
        f"{usulan} {row['judul']}",
        _arrow(count(row["rank_before"], lang), count(row["rank"], lang)),
        _arrow(*(decimal(row[end], places, lang) for end in ("points_before", "points"))),
        was if was == now else _arrow(was, now),
        signed(row["change"], places, lang),
        *(DASH if pd.isna(row[cause]) else signed(row[cause], places, lang) for cause in CAUSES),
    )


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


def _arrow(before: str, now: str) -> str:
    return f"{before} \u2192 {now}"


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


def named(ranking: Any, usulan: str) -> str:
    """An usulan as it stands in a table."""
    return f"{usulan} {ranking.table.at[usulan, 'judul']}"


def number_or_dash(value: Any, lang: str) -> str:
    """A whole number, or a dash where there is none."""
    return DASH if pd.isna(value) else count(value, lang)


def columns_of(lang: str, titles: Titles) -> tuple[Column, ...]:
    """Columns titled by `comparison.column`."""
    return tuple(
        Column(
            say(f"comparison.column.{name}", lang),
            align,
            width,
            *(("text", "titled") if name == "usulan" else printed_as("comparison", name)),
        )
        for name, align, width in titles
    )


def sentence(text: str, lang: str) -> Shown:
    """A remark in place of a table without rows."""
    return Shown(Paragraph(runs(text)), lang=lang)


def more(number: int, lang: str) -> str:
    """That a table goes on beyond the rows shown."""
    return say("comparison.note.more", lang, n=count(number, lang))


def _caption(name: str, shown: int, whole: int, lang: str) -> str:
    return say(f"comparison.caption.{name}", lang, shown=count(shown, lang), of=count(whole, lang))
