"""Those who scored as tables: how far members of the TKKSD agree, and offices beside the TKKSD."""

from dataclasses import replace
from typing import Any

import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Column, Table
from ksd_toolkit.messages import count, decimal, language, say
from ksd_toolkit.scoring.members import ALL, Members
from ksd_toolkit.scoring.optimism import Optimism, signed_gap
from ksd_toolkit.tables.cells import DASH
from ksd_toolkit.tables.comparison_words import (
    Titles,
    columns_of,
    more,
    named,
    number_or_dash,
    sentence,
)
from ksd_toolkit.tables.measures import about


def concordance(found: Members, lang: str = "") -> Shown:
    """Kendall's W by criterion and over all, with the reason where there is none."""
    lang = lang or found.ranking.lang
    if not found.names:
        return sentence(say("raters.no_members", lang), lang)
    told = bool((found.concordance["why"] != "").any())
    titles: Titles = (("criterion", "left", 4.0), ("usulan_count", "right", 0), ("w", "right", 0))
    titles = (*titles, ("why", "left", 3.0)) if told else titles
    body = tuple(
        (
            say("raters.all", lang) if code == ALL else _criterion(found, code, lang),
            count(row["usulan"], lang),
            DASH if pd.isna(row["w"]) else decimal(row["w"], 2, lang),
            *((say(f"raters.why.{row['why']}", lang) if row["why"] else "",) if told else ()),
        )
        for code, row in records(found.concordance)
    )
    note = say("raters.note.concordance", lang, members=", ".join(found.names))
    caption = say("raters.caption.concordance", lang)
    names = ("*" if code == ALL else code for code in found.concordance.index)
    subjects, origin = about("kriteria_tkksd", names), "table_concordance@kriteria_tkksd/*"
    columns = tuple(
        replace(one, measure="panel_w") if one.measure == "w" else one
        for one in columns_of(lang, titles)
    )
    return Shown(Table(caption, columns, body, note, 0, subjects, origin=origin), lang=lang)


def disputes(found: Members, rows: int = 20, lang: str = "") -> Shown:
    """Where members are far apart, the widest first, with every member's score."""
    lang = lang or found.ranking.lang
    if not found.names:
        return sentence(say("raters.no_members", lang), lang)
    steps = f"{found.steps:g}"
    if found.disputes.empty:
        return sentence(say("raters.no_disputes", lang, steps=steps), lang)
    usulan, criterion = columns_of(lang, (("usulan", "left", 3.6), ("criterion", "left", 2.4)))
    columns = (
        usulan,
        replace(criterion, measure="criterion_name"),
        *(
            Column(name, "right", kind="decimal", measure=f"panel_score:{name}")
            for name in found.names
        ),
        *columns_of(lang, (("spread", "right", 0),)),
    )
    titles = found.ranking.basis.facts["judul"]
    body = tuple(
        (
            f"{row['usulan_id']} {titles[row['usulan_id']]}",
            _criterion(found, str(row["criterion"]), lang),
            *(_level(row[name], lang) for name in found.names),
            _level(row["spread"], lang),
        )
        for _, row in records(found.disputes.head(rows))
    )
    whole = len(found.disputes)
    note = more(whole - rows, lang) if whole > rows else ""
    caption = say("raters.caption.disputes", lang, n=count(whole, lang), steps=steps)
    subjects = about("usulan", found.disputes["usulan_id"].head(rows))
    origin = "table_disputes@usulan/*"
    return Shown(Table(caption, columns, body, note, 0, subjects, origin=origin), lang=lang)


def hinges(found: Members, rows: int = 20, lang: str = "") -> Shown:
    """Usulan whose rank would be another if one member had not scored, the largest step first."""
    lang = lang or found.ranking.lang
    if not found.names:
        return sentence(say("raters.no_members", lang), lang)
    names = list(found.names)
    ranks = found.without
    moved = ranks[ranks[names].ne(ranks["rank"], axis=0).fillna(value=True).any(axis=1)]
    if moved.empty:
        return sentence(say("raters.no_hinges", lang), lang)
    step = (moved[names].sub(moved["rank"], axis=0)).abs().max(axis=1).astype("float64")
    order = step.fillna(float("inf")).sort_values(ascending=False, kind="stable").index[:rows]
    columns = (
        *columns_of(lang, (("usulan", "left", 4.0), ("rank_now", "right", 0))),
        *(
            Column(
                say("raters.without", lang, member=name),
                "right",
                kind="integer",
                measure=f"rank_without:{name}",
            )
            for name in names
        ),
    )
    body = tuple(
        (
            named(found.ranking, usulan),
            number_or_dash(row["rank"], lang),
            *(number_or_dash(row[name], lang) for name in names),
        )
        for usulan, row in records(moved.loc[order])
    )
    notes = [say("raters.note.hinges", lang)]
    if len(moved) > rows:
        notes.append(more(len(moved) - rows, lang))
    caption = say(
        "raters.caption.hinges", lang, n=count(len(moved), lang), of=count(len(ranks), lang)
    )
    subjects, origin = about("usulan", order), "table_hinges@usulan/*"
    return Shown(
        Table(caption, columns, body, " ".join(notes), 0, subjects, origin=origin), lang=lang
    )


def gap_by_office(found: Optimism, rows: int = 0, lang: str = "") -> Shown:
    """The optimism gap of every office, the widest first."""
    lang = lang or found.ranking.lang
    order = found.by_office["gap"].abs().sort_values(ascending=False, kind="stable").index
    table = found.by_office.loc[order[:rows] if rows else order]
    names = [found.office_name(code) for code in table.index]
    return _gaps(found, "office", table, names, lang)


def gap_by_criterion(found: Optimism, lang: str = "") -> Shown:
    """The optimism gap of every criterion, in the order of the method."""
    lang = lang or found.ranking.lang
    names = [_criterion(found, str(code), lang) for code in found.by_criterion.index]
    return _gaps(found, "criterion", found.by_criterion, names, lang)


def _gaps(found: Optimism, what: str, table: pd.DataFrame, names: list[str], lang: str) -> Shown:
    if not found.leaves:
        return sentence(found.summary(lang), lang)
    titles: Titles = (
        (what, "left", 5.0), ("leaves", "right", 0), ("gap", "right", 0), ("higher", "right", 0),
        ("lower", "right", 0),
    )  # fmt: skip
    body = tuple(
        (
            name, count(row["leaves"], lang), signed_gap(row["gap"], lang),
            count(row["higher"], lang), count(row["lower"], lang),
        )
        for name, (_, row) in zip(names, records(table), strict=True)
    )  # fmt: skip
    caption = say(f"raters.caption.gap_{what}", lang)
    note = f"{say('raters.note.gap', lang)} {found.summary(lang)}"
    subjects = about("opd" if what == "office" else "kriteria", table.index)
    columns, origin = columns_of(lang, titles), "table_optimism@opd/*"
    return Shown(Table(caption, columns, body, note, 0, subjects, origin=origin), lang=lang)


def _criterion(found: Members | Optimism, code: str, lang: str) -> str:
    return found.ranking.method.criterion(code).labels[language(lang)]


def _level(level: Any, lang: str) -> str:
    if pd.isna(level):
        return DASH
    return decimal(level, 0 if float(level).is_integer() else 1, lang)
