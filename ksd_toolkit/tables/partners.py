"""Partner regions as tables: who fits best, what is shared, who helps whom, and under which lens."""

from typing import Any, Final

import numpy as np
import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Column, Paragraph, Table, runs
from ksd_toolkit.law import all_isu
from ksd_toolkit.matching.indicators import indicators
from ksd_toolkit.matching.lenses import lens_mark
from ksd_toolkit.matching.matches import Matches
from ksd_toolkit.matching.percentiles import Standing
from ksd_toolkit.matching.settings import CRITERIA
from ksd_toolkit.messages import count, decimal, join_words, percent, say, say_counted
from ksd_toolkit.tables.cells import DASH
from ksd_toolkit.tables.legal import pairs
from ksd_toolkit.tables.measures import about, printed_as
from ksd_toolkit.tables.partner_words import (
    cell_name,
    criteria_texts,
    hundredth,
    lens_name,
    letter_text,
    named_region,
    points_text,
    relation_text,
    short_name,
    weights_text,
)

_FIRST: Final = 5
_WITHOUT_NEARNESS: Final = "without_nearness"
_OF_USULAN: Final = "usulan:"


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
        _column("rank", lang, "right"),
        _column("region", lang, width=2.6),
        _column("points", lang, "right", 1.7),
        *(_column(name, lang, "right", 1.0) for name in CRITERIA),
        _column("relation", lang, width=2.3),
        _column("top_share", lang, "right", 1.0),
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


def shared(matches: Matches, partner: str = "", rows: int = 5, lang: str = "") -> Shown:
    """The problems two regions share, the largest first, each with the evidence of both.

    The partner is the first of the list when none is named.

    Raises:
        InputError: The partner is no candidate.
    """
    lang = lang or matches.lang
    code = chosen(matches, partner)
    found = matches.shared(code, rows, lang)
    names = {"home": matches.home.short_name, "partner": short_name(code)}
    if found.empty:
        unknown = pd.isna(dict(matches.table.loc[code])["shared_problems"])
        reason = say(f"partners.shared_{'unknown' if unknown else 'nothing'}", lang)
        told = say("partners.shared_none", lang, reason=reason, **names)
        return Shown(Paragraph(runs(told)), lang=lang)
    columns = (
        _column("problem", lang, width=2.4),
        _column("share", lang, "right"),
        *(
            Column(
                say("partners.column.need_of", lang, region=name), width=3.0,
                measure=f"need_{side}",
            )
            for side, name in names.items()
        ),
    )  # fmt: skip
    body = tuple(
        (
            str(row["problem"]),
            decimal(100 * row["share"], 1, lang),
            *(
                f"{hundredth(row[f'need_{side}'], lang)}: {row[f'{side}_evidence']}"
                for side in ("home", "partner")
            ),
        )
        for row in found.to_dict("records")
    )
    caption = say_counted("partners.shared", len(found), lang, n=count(len(found), lang), **names)
    value = hundredth(dict(matches.table.loc[code])["shared_problems"], lang)
    note = say(
        "partners.shared_note", lang, value=value, origins=say("partners.evidence_note", lang)
    )
    origin = f"table_shared@wilayah/{code}{lens_mark(matches.lens)}"
    subjects = about("sel", _cells_named(found, code, matches))
    return Shown(Table(caption, columns, body, note, subjects=subjects, origin=origin), lang=lang)


def exchange(matches: Matches, partner: str = "", rows: int = 5, lang: str = "") -> Shown:
    """Where one of two regions can do what the other needs, the largest first.

    The partner is the first of the list when none is named.

    Raises:
        InputError: The partner is no candidate.
    """
    lang = lang or matches.lang
    code = chosen(matches, partner)
    found = matches.help(code, rows, lang)
    if found.empty:
        return Shown(Paragraph(runs(say("partners.help_none", lang))), lang=lang)
    columns = (
        _column("problem", lang, width=2.6),
        _column("direction", lang, width=2.4),
        _column("need", lang, "right", 0.8),
        _column("capacity", lang, "right", 0.8),
        _column("evidence", lang, width=3.4),
    )
    body = tuple(
        (
            cell_name(row, lang),
            say(
                "partners.helps",
                lang,
                helper=short_name(row["helper"]),
                helped=short_name(row["helped"]),
            ),
            hundredth(row["need"], lang),
            hundredth(row["capacity"], lang),
            f"{row['need_evidence']} \u2194 {row['capacity_evidence']}",
        )
        for row in found.to_dict("records")
    )
    caption = say("partners.help", lang, home=matches.home.short_name, partner=short_name(code))
    note, origin = say("partners.evidence_note", lang), f"table_help@wilayah/{code}"
    subjects = about("bantuan", _cells_named(found, code, matches, "helper"))
    return Shown(
        Table(
            caption, columns, body, note, subjects=subjects,
            origin=f"{origin}{lens_mark(matches.lens)}",
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
    columns = (_column("lens", lang, width=2.0), _column("first", lang, width=6.0))
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
        _column("position", lang, "right"),
        _column("region", lang, width=4.0),
        _column("match", lang, "right", 1.0),
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
        _column("region", lang, width=3.0),
        _column("relation", lang, width=3.0),
        _column("letter", lang, width=2.4),
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
        _column("indicator", lang, width=3.4),
        _column("year", lang, "right"),
        _column("covered", lang, "right"),
        _column("source", lang, width=3.4),
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


def chosen(matches: Matches, partner: str) -> str:
    """The code of the partner that was named; of the first of the list when none was.

    Raises:
        InputError: The partner is no candidate.
    """
    return matches.find(partner) if partner else str(matches.table.index[0])


def _cells_named(found: pd.DataFrame, code: str, matches: Matches, *more: str) -> tuple[str, ...]:
    """The cells of a table as an origin names them: region, affair, issue, what else tells them apart, lens."""
    return tuple(
        "|".join((code, *(str(row[name]) for name in ("urusan_kode", "isu", *more))))
        + lens_mark(matches.lens)
        for row in found.to_dict("records")
    )


def _column(name: str, lang: str, align: Any = "left", width: float = 0.0) -> Column:
    return Column(say(f"partners.column.{name}", lang), align, width, *printed_as("partners", name))
