"""Quotas and the quadrant as tables: who is kept, who is left out, and what stands where."""

from dataclasses import replace
from typing import Final

import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Column, Table
from ksd_toolkit.messages import count, decimal, percent, say
from ksd_toolkit.scoring.comparison.period_sentences import class_or_none
from ksd_toolkit.scoring.views import Quadrants, Quota
from ksd_toolkit.tables.cells import CLASS_ARROWS, DASH
from ksd_toolkit.tables.comparison_words import Titles, columns_of, more, sentence
from ksd_toolkit.tables.measures import about

_CORNERS: Final = ("laksanakan", "siapkan", "tawarkan", "tunda", "")


def kept(found: Quota, rows: int = 0, lang: str = "") -> Shown:
    """The usulan within the quota, group by group in the order of their best usulan."""
    lang = lang or found.ranking.lang
    order = {group: n for n, group in enumerate(dict.fromkeys(found.kept["quota_group"]))}
    table = found.kept.sort_values(
        "quota_group", key=lambda groups: groups.map(order), kind="stable"
    )
    return _quota(found, table, "kept", rows, lang)


def left_out(found: Quota, rows: int = 20, lang: str = "") -> Shown:
    """The usulan the quota keeps out, in the order of the list; a star where only the order does so."""
    lang = lang or found.ranking.lang
    if found.left_out.empty:
        return sentence(say("views.none_left_out", lang), lang)
    return _quota(found, found.left_out, "left_out", rows, lang)


def _quota(found: Quota, table: pd.DataFrame, what: str, rows: int, lang: str) -> Shown:
    titles: Titles = (
        (found.by, "left", 2.6), ("place", "right", 0), ("usulan", "left", 4.4), ("rank_now", "right", 0),
        ("points", "right", 0), ("class", "left", 1.6),
    )  # fmt: skip
    shown = table.head(rows) if rows else table
    tied = shown["tied"] if "tied" in shown else pd.Series(data=False, index=shown.index)
    body = tuple(
        (
            found.group_name(str(row["quota_group"]), lang),
            count(row["quota_place"], lang),
            f"{usulan} {row['judul']}" + ("*" if tied[usulan] else ""),
            count(row["rank"], lang),
            decimal(row["points"], found.ranking.method.decimals, lang),
            class_or_none(found.ranking, row["class_name"], lang)
            + CLASS_ARROWS.get(str(row["class_change"]), ""),
        )
        for usulan, row in records(shown)
    )
    notes = [say("views.tied", lang)] if tied.any() else []
    if shown["class_change"].isin(list(CLASS_ARROWS)).any():
        notes.append(say("views.arrows", lang))
    notes += [more(len(table) - len(shown), lang)] if len(table) > len(shown) else []
    caption = say(
        f"views.caption.{what}", lang, n=count(found.n, lang), number=count(len(table), lang),
        by=say(f"comparison.column.{found.by}", lang),
    )  # fmt: skip
    return Shown(
        Table(
            caption, _numbered(columns_of(lang, titles)), body, " ".join(notes), 2,
            about("usulan", shown.index), origin="table_quota@usulan/*",
        ),
        lang=lang,
    )  # fmt: skip


def _numbered(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Points stand alone here, without those of another list beside them."""
    return tuple(
        replace(column, kind="decimal") if column.measure == "points" else column
        for column in columns
    )


def quadrant(found: Quadrants, rows: int = 0, lang: str = "") -> Shown:
    """Every usulan by its corner, in the order of the list; a star where missing answers may move it."""
    lang = lang or found.ranking.lang
    place = {corner: n for n, corner in enumerate(_CORNERS)}
    table = found.table.sort_values(
        "quadrant", key=lambda corners: corners.map(place), kind="stable"
    )
    shown = table.head(rows) if rows else table
    titles: Titles = (
        ("quadrant", "left", 1.6), ("usulan", "left", 5.0), ("value", "right", 0), ("feasibility", "right", 0),
    )  # fmt: skip
    titled, places = found.ranking.table["judul"].to_dict(), found.ranking.method.decimals
    body = tuple(
        (
            found.label(str(row["quadrant"]), lang),
            f"{usulan} {titled[usulan]}" + ("*" if row["quadrant"] and not row["firm"] else ""),
            *(
                DASH if pd.isna(row[side]) else decimal(row[side], places, lang)
                for side in ("value", "feasibility")
            ),
        )
        for usulan, row in records(shown)
    )
    sizes = table["quadrant"].value_counts()
    numbers = "; ".join(
        f"{found.label(corner, lang)}: {count(sizes.get(corner, 0), lang)}"
        for corner in _CORNERS
        if corner or sizes.get(corner, 0)
    )
    note = say(
        "views.note.quadrant", lang, value=f"{found.rule.value_border:g}", numbers=numbers,
        feasibility=f"{found.rule.feasibility_border:g}",
        least=percent(100 * found.ranking.method.coverage_minimum, 0, lang),
    )  # fmt: skip
    notes = [note] + ([more(len(table) - len(shown), lang)] if len(table) > len(shown) else [])
    caption = say("views.caption.quadrant", lang, n=count(len(table), lang))
    return Shown(
        Table(
            caption, columns_of(lang, titles), body, " ".join(notes), 1,
            about("usulan", shown.index), origin="table_quadrant@usulan/*",
        ),
        lang=lang,
    )  # fmt: skip
