"""Partner regions as tables: who fits best, under which lens, and whom to compare with."""

from typing import Any, Final

import numpy as np
import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Paragraph, Table, runs
from ksd_toolkit.law import all_isu
from ksd_toolkit.matching.indicators import indicators
from ksd_toolkit.matching.lenses import lens_mark
from ksd_toolkit.matching.matches import Matches
from ksd_toolkit.matching.percentiles import Standing
from ksd_toolkit.matching.settings import CRITERIA
from ksd_toolkit.messages import count, decimal, join_words, percent, say
from ksd_toolkit.tables.cells import DASH
from ksd_toolkit.tables.legal import pairs
from ksd_toolkit.tables.measures import about
from ksd_toolkit.tables.partner_pair import exchange, shared
from ksd_toolkit.tables.partner_words import (
    column,
    criteria_texts,
    lens_name,
    letter_text,
    named_region,
    points_text,
    relation_text,
    short_name,
    weights_text,
)

__all__ = [
    "benchmark",
    "exchange",
    "legal",
    "lenses",
    "other_level",
    "shared",
    "sources",
    "top",
]
_FIRST: Final = 5
_WITHOUT_NEARNESS: Final = "without_nearness"


def top(matches: Matches, rows: int = 15, lang: str = "") -> Shown:
    """The best fitting regions with score, criteria, relation and how firm their place is."""
    lang = lang or matches.lang
    if matches.table.empty:
        return Shown(Paragraph(runs(say("partners.none", lang))), lang=lang)
    shown = matches.table.head(rows)
    numbers = {"shown": count(len(shown), lang), "of": count(len(matches.table), lang)}
    caption = (
        say("partners.top_of_lens", lang, lens=lens_name(matches.lens, lang), **numbers)
        if matches.lens
        else say("partners.top", lang, **numbers)
    )
    columns = (
        column("rank", lang, "right"),
        column("region", lang, width=2.6),
        column("points", lang, "right", 1.7),
        *(column(name, lang, "right", 1.0) for name in CRITERIA),
        column("relation", lang, width=2.3),
        column("top_share", lang, "right", 1.0),
    )
    body = tuple(_top_row(code, row, lang) for code, row in records(shown))
    note = say(
        "partners.top_note",
        lang,
        weights=weights_text(matches, lang),
        dash=DASH,
        draws=count(matches.settings.draws, lang),
    )
    return Shown(
        Table(
            caption, columns, body, note, 1,
            about("wilayah", (f"{code}{lens_mark(matches.lens)}" for code in shown.index)),
            origin=f"table_partners@wilayah/*{lens_mark(matches.lens)}",
        ),
        lang=lang,
    )  # fmt: skip


def legal(matches: Matches, rows: int = 10, lang: str = "") -> Shown:
    """What the law makes of the region with each of its first partners."""
    codes = [str(code) for code in matches.table.index[:rows]]
    return pairs(matches.home.code, codes, lang=lang or matches.lang)


def lenses(matches: Matches, lang: str = "") -> Shown:
    """The first five regions under all criteria, without nearness, and under each strategic issue."""
    lang = lang or matches.lang
    columns = (column("lens", lang, width=2.0), column("first", lang, width=6.0))
    names = ("", _WITHOUT_NEARNESS, *(topic.code for topic in all_isu(lang)))
    seen = [matches.under_lens(name) for name in names]
    body = tuple(_lens_row(found, lang) for found in seen)
    note = say("partners.lenses_note", lang)
    first, far = (list(found.table.index[:_FIRST]) for found in seen[:2])
    if first == far:
        note = f"{note} {say('partners.lens_same', lang)}"
    subjects = about("lensa", (name or "default" for name in names))
    return Shown(
        Table(say("partners.lenses", lang), columns, body, note, subjects=subjects), lang=lang
    )


def benchmark(matches: Matches, rows: int = 15, lang: str = "") -> Shown:
    """The regions that are most alike, to compare with; kept apart from partners."""
    lang = lang or matches.lang
    found = matches.benchmark(rows)
    if found.empty:
        return Shown(Paragraph(runs(say("partners.benchmark_none", lang))), lang=lang)
    columns = (
        column("position", lang, "right"),
        column("region", lang, width=4.0),
        column("match", lang, "right", 1.0),
    )
    body = tuple(
        (count(row["position"], lang), named_region(row["code"]), decimal(row["match"], 1, lang))
        for row in found.to_dict("records")
    )
    note = say(
        "partners.benchmark_note",
        lang,
        variables=join_words(
            [indicators()[name].label(lang) for name in found.attrs["variables"]], lang
        ),
    )
    caption = say("partners.benchmark", lang, n=count(len(found), lang))
    subjects = about("wilayah", found["code"])
    return Shown(
        Table(caption, columns, body, note, 1, subjects, origin="table_benchmark@wilayah/*"),
        lang=lang,
    )


def other_level(matches: Matches, lang: str = "") -> Shown:
    """Provinces of a regency, regencies and cities of a province: those that border or enclose."""
    lang = lang or matches.lang
    found = matches.other_level
    if found.empty:
        return Shown(Paragraph(runs(say("partners.other_level_none", lang))), lang=lang)
    columns = (
        column("region", lang, width=3.0),
        column("relation", lang, width=3.0),
        column("letter", lang, width=2.4),
    )
    body = tuple(
        (
            named_region(row["code"]),
            relation_text({"gap_km": None, "distance_km": None} | row, lang),
            letter_text(row["letter"], lang),
        )
        for row in found.to_dict("records")
    )
    caption, subjects = say("partners.other_level", lang), about("wilayah", found["code"])
    return Shown(Table(caption, columns, body, subjects=subjects), lang=lang)


def sources(matches: Matches, lang: str = "") -> Shown:
    """The figures of regions that were used: years, how many regions, sources."""
    lang = lang or matches.lang
    if not matches.profiles.standings:
        return Shown(Paragraph(runs(say("partners.sources_none", lang))), lang=lang)
    columns = (
        column("indicator", lang, width=3.4),
        column("year", lang, "right"),
        column("covered", lang, "right"),
        column("source", lang, width=3.4),
    )
    body = tuple(_source_row(one, lang) for one in matches.profiles.standings.values())
    caption, subjects = (
        say("partners.sources", lang),
        about("indikator", matches.profiles.standings),
    )
    return Shown(Table(caption, columns, body, subjects=subjects), lang=lang)


def _source_row(one: Standing, lang: str) -> tuple[str, ...]:
    known = ~np.isnan(one.value)
    years = sorted({int(year) for year in one.year[known]})
    ends = dict.fromkeys(str(year) for year in (years[0], years[-1]))
    names = sorted({str(name) for name in one.source[known]})
    return (
        one.indicator.label(lang),
        "\u2013".join(ends),
        count(int(known.sum()), lang),
        "; ".join(names),
    )


def _top_row(code: str, row: dict[str, Any], lang: str) -> tuple[str, ...]:
    relation = relation_text(row, lang)
    if row["letter"]:
        relation = f"{relation}; {letter_text(row['letter'], lang)}"
    return (
        DASH if pd.isna(row["rank"]) else count(row["rank"], lang),
        say("partners.named", lang, name=named_region(code))
        if row["named"]
        else named_region(code),
        points_text(row, lang),
        *criteria_texts(row, lang),
        relation,
        DASH if pd.isna(row["top_share"]) else percent(100 * row["top_share"], 0, lang),
    )


def _lens_row(seen: Matches, lang: str) -> tuple[str, str]:
    name = seen.lens
    if name not in {"", _WITHOUT_NEARNESS} and seen.table["shared_problems"].isna().all():
        return lens_name(name, lang), say("partners.no_data_lens", lang)
    first = [
        say(
            "partners.place_points",
            lang,
            name=short_name(code),
            points=decimal(row["points"], 1, lang),
        )
        for code, row in records(seen.table.head(_FIRST))
    ]
    return lens_name(name, lang), "; ".join(first) or DASH
