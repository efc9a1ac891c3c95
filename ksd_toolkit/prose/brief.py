"""The policy brief's sentences: chosen by the facts, with the figures in them."""

import tomllib
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Final

from ksd_toolkit.columns import label, records
from ksd_toolkit.display import Shown
from ksd_toolkit.document import (
    Callout,
    Column,
    Items,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Runs,
    Table,
    runs,
    strong,
)
from ksd_toolkit.law import articles, cite, isu
from ksd_toolkit.messages import (
    count,
    date_text,
    decimal,
    has_message,
    join_words,
    language,
    percent,
    say,
    say_counted,
    share,
)
from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.questionnaire.form import Choice
from ksd_toolkit.regions import neighbours
from ksd_toolkit.register import Register
from ksd_toolkit.scoring import Ranking, measures, overview, previous_overview, type_short

_OPTIONS: Final = ("a", "b", "c", "d")
_ISSUES_NAMED: Final = 3
_TITLES_NAMED: Final = 2


def key_figures(ranking: Ranking, lang: str = "") -> Shown:
    """The numbers a head of office sees first."""
    lang = lang or ranking.lang
    n = measures(ranking)
    shown = (
        ("offices", f"{n['offices_answered']}/{n['offices_asked']}", ""),
        ("usulan", count(n["usulan"], lang), _since_last(ranking, lang)),
        ("ksd", count(n["ksd"], lang), share(n["ksd"], n["usulan"], 1, lang)),
        ("ranked", count(n["ranked"], lang), say("brief.stopped_note", lang, n=n["stopped_ksd"])),
        (
            "class_one",
            count(n["class_one"], lang),
            say("brief.class_two_note", lang, n=n["class_two"]),
        ),
    )
    return Shown(
        KeyFigures(
            tuple(
                KeyFigure(value, say(f"brief.figure_{key}", lang), note)
                for key, value, note in shown
            )
        ),
        lang=lang,
    )


def summary(ranking: Ranking, lang: str = "") -> Shown:
    """The executive summary: problem, finding, list, what to decide."""
    lang = lang or ranking.lang
    n = measures(ranking)
    seen = overview(ranking.register)
    worst = str(seen.maturity["immature"].idxmax())
    first = ranking.table.iloc[0]
    facts = {
        **{name: count(number, lang) for name, number in n.items()},
        "problem": say(f"problem_name.{worst}", lang).split(". ", 1)[-1].lower(),
        "part": int(seen.maturity.loc[worst, "immature"]),  # type: ignore[arg-type]
        "whole": int(seen.maturity.loc[worst, "answered"]),  # type: ignore[arg-type]
        "families": families_text(ranking, lang),
        "first": _leaders(ranking, lang),
        "points": decimal(float(first["points"]), ranking.method.decimals, lang),
    }
    lines = [
        say(f"brief.summary_{point}", lang, **facts)
        for point in ("problem", "mapping", "list", "ask")
    ]
    return Shown(
        Callout(
            say("brief.summary", lang), tuple(runs(line) for line in lines), "info", listed=True
        ),
        lang=lang,
    )


def _leaders(ranking: Ranking, lang: str) -> str:
    """The first of the list by title; how many they are when more than two share the first rank."""
    titles = ranking.table.loc[ranking.table["rank"] == 1, "judul"]
    if len(titles) > _TITLES_NAMED:
        return say("brief.leaders", lang, n=count(len(titles), lang))
    return join_words([f'"{title}"' for title in titles], lang)


def families_text(ranking: Ranking, lang: str = "") -> str:
    """`58 Sinergi (46,4 %), 48 KSDPK (38,4 %), dan 19 KSDD (15,2 %)`, the largest first."""
    lang = lang or ranking.lang
    seen = overview(ranking.register)
    families = seen.families.drop(["Bukan KSD"]).sort_values(ascending=False, kind="stable")
    return join_words(
        [
            f"{count(number, lang)} {name} ({share(number, seen.ksd, 1, lang)})"
            for name, number in families.items()
            if number
        ],
        lang,
    )


def mapping_result(ranking: Ranking, lang: str = "") -> Shown:
    """How many usulan were mapped, of which type, and what was stopped and why."""
    lang = lang or ranking.lang
    n = measures(ranking)
    seen = overview(ranking.register)
    reasons = join_words(
        [
            f"{count(number, lang)} {type_short(int(rule), lang)}"  # type: ignore[call-overload]
            for rule, number in seen.not_ksd_rules.items()
        ],
        lang,
    )
    facts = {name: count(number, lang) for name, number in n.items()}
    first = say("brief.mapping_types", lang, families=families_text(ranking, lang), **facts)
    second = say("brief.mapping_not_ksd", lang, reasons=reasons, **facts) if n["not_ksd"] else ""
    third = say("brief.mapping_gates", lang, **facts) if n["stopped_ksd"] else ""
    return Shown(
        Paragraph(runs(" ".join(part for part in (first, second, third) if part))), lang=lang
    )


def issues_text(ranking: Ranking, lang: str = "") -> Shown:
    """Which strategic issues the offices named most and least."""
    lang = lang or ranking.lang
    totals = (
        overview(ranking.register).by_isu.sum(axis=1).sort_values(ascending=False, kind="stable")
    )
    named = join_words(
        [
            f"{isu(str(code), lang).name} ({count(number, lang)})"
            for code, number in totals.head(_ISSUES_NAMED).items()
        ],
        lang,
    )
    least = totals.index[-1]
    return Shown(
        Paragraph(
            runs(
                say(
                    "brief.issues",
                    lang,
                    named=named,
                    least=isu(str(least), lang).name,
                    few=count(totals.iloc[-1], lang),
                )
            )
        ),
        lang=lang,
    )


def priorities_text(ranking: Ranking, lang: str = "") -> Shown:
    """The first of the list explained, then classes and changes of class."""
    lang = lang or ranking.lang
    n = {name: count(number, lang) for name, number in measures(ranking).items()}
    leader = ranking.explain(str(ranking.table.index[0]), lang)
    parts = [say("brief.classes", lang, **n)]
    numbers = measures(ranking)
    parts += [
        say_counted(f"brief.{change}", numbers[change], lang, **n)
        for change in ("raised", "capped", "no_class")
        if numbers[change]
    ]
    return Shown(Paragraph(runs(leader)), Paragraph(runs(" ".join(parts))), lang=lang)


def explanation(ranking: Ranking, usulan: str = "", lang: str = "") -> Shown:
    """Why one usulan stands where it stands; the first of the list when none is named."""
    lang = lang or ranking.lang
    chosen = ranking.find(usulan) if usulan else str(ranking.table.index[0])
    return Shown(Paragraph(runs(ranking.explain(chosen, lang))), lang=lang)


def region_context(register: Register, lang: str = "") -> Shown:
    """Where the region lies and the real figures its dossier carries, each with year and source."""
    lang = lang or register.lang
    region = register.dossier.region
    borders = [neighbour.short_name for neighbour in neighbours(region.code)]
    parts = [
        say(
            "brief.borders",
            lang,
            region=region.name,
            n=count(len(borders), lang),
            names=join_words(borders, lang),
        )
        if borders
        else say("brief.no_borders", lang, region=region.name)
    ]
    figures = register.table("indikator").sort_values("tahun", kind="stable")
    mine = figures[figures["kode_wilayah"] == region.code].drop_duplicates("indikator", keep="last")
    order = [choice.code for choice in _indicator_names()]
    mine = mine.sort_values("indikator", key=lambda codes: codes.map(order.index), kind="stable")
    if len(mine):
        parts.append(
            say(
                "brief.figures",
                lang,
                figures="; ".join(_figure(row, lang) for _, row in records(mine)),
            )
        )
    return Shown(Paragraph(runs(" ".join(parts))), lang=lang)


def _figure(row: dict[str, Any], lang: str) -> str:
    """`penduduk miskin 4,01 % (2023, BPS)`."""
    names = {choice.code: choice.labels[language(lang)] for choice in _indicator_names()}
    value = row["nilai"]
    number = count(value, lang) if float(value).is_integer() else decimal(value, 2, lang)
    unit = (
        say(f"unit.{row['satuan']}", lang)
        if has_message(f"unit.{row['satuan']}")
        else row["satuan"]
    )
    return say(
        "brief.figure",
        lang,
        name=names[row["indikator"]].lower(),
        value=f"{number}\u00a0{unit}".strip(),
        year=int(row["tahun"]),
        source=row["sumber"],
    )


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
    sentence = say(
        "brief.since_last",
        lang,
        period=before.period,
        usulan_before=count(before.usulan, lang),
        usulan_now=count(now.usulan, lang),
        offices_before=count(before.offices_answered, lang),
        offices_now=count(now.offices_answered, lang),
        ksd_before=share(before.ksd, before.usulan, 1, lang),
        ksd_now=share(now.ksd, now.usulan, 1, lang),
        carried=count(carried, lang),
    )
    return Shown(Paragraph(runs(sentence)), lang=lang)


def policy_options(ranking: Ranking, lang: str = "") -> Shown:
    """The seed's policy options a-d, each with the figure that speaks for it."""
    lang = lang or ranking.lang
    n = {name: count(number, lang) for name, number in measures(ranking).items()}
    items: tuple[Runs, ...] = tuple(
        runs(
            strong(say(f"brief.option_{option}", lang)),
            " ",
            say(f"brief.option_{option}_fact", lang, **n),
        )
        for option in _OPTIONS
    )
    return Shown(Items(items, "letter"), lang=lang)


def recommendations(ranking: Ranking, lang: str = "") -> Shown:
    """What is to be done, by whom, by when; rows whose figure is zero stay out."""
    lang = lang or ranking.lang
    n = measures(ranking)
    acuan = ranking.register.dossier.tanggal_acuan
    due = sorted(
        (row for row in _actions() if n[row["measure"]] >= row["at_least"]),
        key=lambda row: row["due_days"],
    )
    body = tuple(
        (
            str(number),
            _action_text(row, n[row["measure"]], lang),
            row[f"actor_{language(lang)}"],
            date_text(acuan + timedelta(days=row["due_days"]), lang),
        )
        for number, row in enumerate(due, start=1)
    )
    columns = (
        Column(say("brief.number", lang), "right"),
        Column(label("action", lang), width=4.6),
        Column(label("actor", lang), width=2.4),
        Column(label("due", lang), width=1.7),
    )
    caption = say("brief.recommendations", lang, date=date_text(acuan, lang))
    return Shown(Table(caption, columns, body, row_header=1), lang=lang)


def _action_text(row: dict[str, Any], number: int, lang: str) -> str:
    """What is to be done, in the singular where the table has one."""
    key = f"text_{language(lang)}"
    text = row.get(f"{key}_one", row[key]) if number == 1 else row[key]
    return str(text).format(n=count(number, lang))


def limits(ranking: Ranking, lang: str = "") -> Shown:
    """What the data do not tell, counted; nothing is filled in to hide it."""
    lang = lang or ranking.lang
    n = measures(ranking)
    seen = overview(ranking.register)
    facts: dict[str, Any] = {
        **{name: count(number, lang) for name, number in n.items()},
        "silent": join_words(list(seen.silent), lang),
        "coverage": percent(100 * float(ranking.table["coverage"].mean()), 1, lang),
        "spread": percent(20, 0, lang),
    }
    told = [
        say_counted(f"brief.limit_{name}", needed, lang, **facts)
        for name, needed in (
            ("simulated", int(ranking.stamp.simulated)), ("silent", n["silent_offices"]),
            ("incomplete", n["incomplete"]), ("unscored", n["unscored_by_tkksd"]),
            ("errors", n["errors"]), ("weights", 2), ("opinion", 2),
        )
        if needed
    ]  # fmt: skip
    return Shown(Items(tuple(runs(line) for line in told)), lang=lang)


def legal_basis(lang: str = "id") -> Shown:
    """The articles the brief rests on, the seed's wording quoted where ours differs from it."""
    items = tuple(
        runs(
            strong(article.citation),
            ": ",
            article.gist,
            "" if article.verified else " " + say("brief.unverified", lang),
        )
        for article in articles(lang, in_brief=True)
    )
    quotation = Callout(
        say("brief.seed_quote_title", lang),
        (
            runs(say("brief.seed_quote", lang)),
            runs(
                say("brief.seed_quote_note", lang, article=cite("PP 28/2018 5(1)", lang).citation)
            ),
        ),
        "quote",
    )
    return Shown(Items(items), quotation, lang=lang)


def _since_last(ranking: Ranking, lang: str) -> str:
    before = previous_overview(ranking.register)
    return (
        say("brief.before_note", lang, n=count(before.usulan, lang), period=before.period)
        if before
        else ""
    )


@cache
def _actions() -> tuple[dict[str, Any], ...]:
    text = files("ksd_toolkit.knowledge").joinpath("actions.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["action"])
