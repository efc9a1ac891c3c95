"""The list beside that of the period before as tables: who moved, who left and who came."""

from dataclasses import replace
from typing import Any

import pandas as pd

from ksd_toolkit.answers.quality.change import NEW
from ksd_toolkit.columns import records
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Column, Table
from ksd_toolkit.messages import count, decimal, say, say_counted
from ksd_toolkit.scoring.comparison.period_leaves import CAUSES
from ksd_toolkit.scoring.comparison.period_sentences import class_or_none, explain_dropped, signed
from ksd_toolkit.scoring.comparison.periods import ENTERED, LEFT, STAYED, PeriodChange
from ksd_toolkit.tables.cells import DASH
from ksd_toolkit.tables.comparison_words import Titles, columns_of, more, sentence
from ksd_toolkit.tables.measures import about


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


def _arrow(before: str, now: str) -> str:
    return f"{before} \u2192 {now}"
