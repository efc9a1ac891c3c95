"""What surrounds the findings: the region with its real figures, and the period before."""

from functools import cache
from typing import Any

from ksd_toolkit.columns import records
from ksd_toolkit.display import Shown
from ksd_toolkit.document import (
    Paragraph,
    Runs,
    measured,
    runs,
    spaced,
    told,
    told_counted,
)
from ksd_toolkit.messages import (
    count,
    decimal,
    has_message,
    join_words,
    language,
    say,
    share,
)
from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.questionnaire.form import Choice
from ksd_toolkit.regions import neighbours
from ksd_toolkit.register import Register
from ksd_toolkit.scoring import Ranking, overview, previous_overview


def region_context(register: Register, lang: str = "") -> Shown:
    """Where the region lies and the real figures its dossier carries, each with year and source."""
    lang = lang or register.lang
    region = register.dossier.region
    borders = [neighbour.short_name for neighbour in neighbours(region.code)]
    parts = [
        told(
            "brief.borders",
            lang,
            region=region.name,
            n=measured(count(len(borders), lang), "borders", "wilayah/*"),
            names=join_words(borders, lang),
        )
        if borders
        else told("brief.no_borders", lang, region=region.name)
    ]
    figures = register.table("indikator").sort_values("tahun", kind="stable")
    mine = figures[figures["kode_wilayah"] == region.code].drop_duplicates("indikator", keep="last")
    order = [choice.code for choice in _indicator_names()]
    mine = mine.sort_values("indikator", key=lambda codes: codes.map(order.index), kind="stable")
    if len(mine):
        parts.append(
            told(
                "brief.figures",
                lang,
                figures=spaced((_figure(row, lang) for _, row in records(mine)), "; "),
            )
        )
    return Shown(Paragraph(spaced(parts)), lang=lang)


def head_of_region(ranking: Ranking, lang: str) -> str:
    """What the head of the region is called: `Bupati`, `Wali Kota` or `Gubernur`."""
    return say(f"brief.head_{ranking.register.dossier.region.kind}", lang)


def _figure(row: dict[str, Any], lang: str) -> Runs:
    """`penduduk miskin 4,01 % (2023, BPS)`."""
    names = {choice.code: choice.labels[language(lang)] for choice in _indicator_names()}
    value = row["nilai"]
    number = count(value, lang) if float(value).is_integer() else decimal(value, 2, lang)
    unit = (
        say(f"unit.{row['satuan']}", lang)
        if has_message(f"unit.{row['satuan']}")
        else row["satuan"]
    )
    origin = "indicator_value", f"indikator/{row['indikator']}"
    return told(
        "brief.figure",
        lang,
        name=names[row["indikator"]].lower(),
        value=measured(_with_unit(number, unit, lang), *origin),
        year=measured(str(int(row["tahun"])), "indicator_year", origin[1]),
        source=row["sumber"],
    )


def _with_unit(number: str, unit: str, lang: str) -> str:
    """`4,01 %` and `4.01%`: a percent sign keeps its distance in Indonesian only."""
    gap = "" if unit == "%" and language(lang) == "en" else "\u00a0"
    return f"{number}{gap}{unit}".strip()


@cache
def _indicator_names() -> tuple[Choice, ...]:
    return read_form("indikator").table("indikator").field("indikator").choices


def since_last_period(ranking: Ranking, lang: str = "") -> Shown:
    """What changed since the period before; says so when there is none to compare with."""
    lang = lang or ranking.lang
    before = previous_overview(ranking.register)
    if before is None:
        return Shown(Paragraph(runs(say("brief.no_previous", lang))), lang=lang)
    now = overview(ranking.register)
    usulan = ranking.register.usulan
    carried = int(usulan["usulan_asal"].notna().sum())
    sentence = told(
        "brief.since_last",
        lang,
        period=measured(before.period, "period_before", "periode/*"),
        usulan_before=measured(count(before.usulan, lang), "usulan_before", "periode/*"),
        usulan_now=measured(count(now.usulan, lang), "usulan", "usulan/*"),
        offices_before=measured(
            count(before.offices_answered, lang), "offices_before", "periode/*"
        ),
        offices_now=measured(count(now.offices_answered, lang), "offices_answered", "opd/*"),
        ksd_before=measured(
            share(before.ksd, before.usulan, 1, lang), "ksd_share_before", "periode/*"
        ),
        ksd_now=measured(share(now.ksd, now.usulan, 1, lang), "ksd_share", "periode/*"),
    )
    number = measured(count(carried, lang), "carried", "periode/*")
    since = told_counted("brief.since_carried", carried, lang, n=number)
    return Shown(Paragraph(spaced((sentence, since))), lang=lang)
