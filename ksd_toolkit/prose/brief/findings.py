"""What the mapping found: key figures, summary, types, issues and priorities in sentences."""

from typing import Final

from ksd_toolkit.display import Shown
from ksd_toolkit.document import (
    Callout,
    KeyFigure,
    KeyFigures,
    Paragraph,
    runs,
)
from ksd_toolkit.law import isu
from ksd_toolkit.messages import (
    count,
    decimal,
    join_words,
    say,
    say_counted,
    share,
)
from ksd_toolkit.prose.brief.context import head_of_region
from ksd_toolkit.prose.brief.decided import outcome_of
from ksd_toolkit.scoring import Ranking, measures, overview, previous_overview, type_short
from ksd_toolkit.scoring.jenis import family_label
from ksd_toolkit.scoring.overview import NOT_KSD_FAMILY, UNCLEAR_FAMILY

_ISSUES_NAMED: Final = 3
_TITLES_NAMED: Final = 2
_MANY: Final = 2  # a sentence that counts nothing is in the plural


def key_figures(ranking: Ranking, lang: str = "") -> Shown:
    """The numbers a head of office sees first."""
    lang = lang or ranking.lang
    n = measures(ranking)
    shown = (
        ("offices", f"{n['offices_answered']}/{n['offices_asked']}", "", "offices_answered@opd/*"),
        ("usulan", count(n["usulan"], lang), _since_last(ranking, lang), "usulan@usulan/*"),
        ("ksd", count(n["ksd"], lang), _ksd_note(n, lang), "ksd@usulan/*"),
        (
            "ranked", count(n["ranked"], lang),
            say("brief.stopped_note", lang, n=n["stopped_ksd"]), "ranked@usulan/*",
        ),
        (
            "class_one",
            count(n["class_one"], lang),
            say("brief.class_two_note", lang, n=n["class_two"]),
            "class_one@usulan/*",
        ),
    )  # fmt: skip
    return Shown(
        KeyFigures(
            tuple(
                KeyFigure(value, say(f"brief.figure_{key}", lang), note, origin)
                for key, value, note, origin in shown
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
    whole = int(seen.maturity.loc[worst, "answered"])  # type: ignore[arg-type]
    outcome = outcome_of(ranking)
    set_by_plenary = _MANY if outcome is None else len(outcome.set_list)
    facts = {
        **{name: count(number, lang) for name, number in n.items()},
        "set": count(set_by_plenary, lang),
        "problem": say(f"problem_name.{worst}", lang).split(". ", 1)[-1].lower(),
        "part": int(seen.maturity.loc[worst, "immature"]),  # type: ignore[arg-type]
        "whole": whole,
        "families": families_text(ranking, lang),
        "first": _leaders(ranking, lang),
        "head": head_of_region(ranking, lang),
        "placed": _placed(n, lang),
        "points": decimal(float(first["points"]), ranking.method.decimals, lang),
    }
    points = (
        ("problem", whole), ("mapping", n["offices_answered"]), ("list", n["ranked"]),
        ("ask" if outcome is None else "set", set_by_plenary),
    )  # fmt: skip
    lines = [
        say_counted(f"brief.summary_{point}", number, lang, **facts)
        for point, number in points
        if point != "problem" or facts["part"]
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


def _placed(n: dict[str, int], lang: str) -> str:
    """`2 usulan masuk Prioritas I dan 3 usulan masuk Prioritas II`; a zero is said in words."""
    classes = (("I", n["class_one"]), ("II", n["class_two"]))
    return join_words(
        [
            say_counted("brief.placed", number, lang, n=count(number, lang), name=name)
            for name, number in classes
        ],
        lang,
    )


def _ksd_note(n: dict[str, int], lang: str) -> str:
    """The share that is regional cooperation, and how many usulan may still turn out to be."""
    part = share(n["ksd"], n["usulan"], 1, lang)
    if not n["unclear"]:
        return part
    return say("brief.unclear_note", lang, share=part, n=count(n["unclear"], lang))


def families_text(ranking: Ranking, lang: str = "") -> str:
    """`58 Sinergi (46,4 %), 48 KSDPK (38,4 %), dan 19 KSDD (15,2 %)`, the largest first."""
    lang = lang or ranking.lang
    seen = overview(ranking.register)
    families = seen.families.drop([NOT_KSD_FAMILY, UNCLEAR_FAMILY])
    families = families.sort_values(ascending=False, kind="stable")
    if not seen.ksd:
        return say("brief.families_none", lang)
    return join_words(
        [
            f"{count(number, lang)} {family_label(str(name), lang)} ({share(number, seen.ksd, 1, lang)})"
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
    parts = [
        f"{count(number, lang)} {type_short(int(rule), lang)}"  # type: ignore[call-overload]
        for rule, number in seen.not_ksd_rules.items()
    ]
    if seen.not_ksd_set:
        parts.append(say("jenis.not_ksd_set", lang, n=count(seen.not_ksd_set, lang)))
    reasons = join_words(parts, lang)
    facts = {name: count(number, lang) for name, number in n.items()}
    families = families_text(ranking, lang)
    first = say_counted("brief.mapping_types", n["usulan"], lang, families=families, **facts)
    second = say("brief.mapping_not_ksd", lang, reasons=reasons, **facts) if n["not_ksd"] else ""
    unclear = (
        say_counted("brief.mapping_unclear", n["unclear"], lang, **facts) if n["unclear"] else ""
    )
    both = n["unclear"] and n["stopped_ksd"]
    gates = "brief.mapping_gates_unclear" if both else "brief.mapping_gates"
    third = say_counted(gates, n["stopped_ksd"], lang, **facts)
    if n["review"]:
        third += " " + say_counted("brief.mapping_review", n["review"], lang, **facts)
    return Shown(
        Paragraph(runs(" ".join(part for part in (first, unclear, second, third) if part))),
        lang=lang,
    )


def issues_text(ranking: Ranking, lang: str = "") -> Shown:
    """Which strategic issues the offices named most, and which least or not at all."""
    lang = lang or ranking.lang
    totals = overview(ranking.register).by_isu.sum(axis=1)
    totals = totals.sort_values(ascending=False, kind="stable")
    named = [(isu(str(code), lang).name, count(n, lang)) for code, n in totals.items() if n]
    absent = [isu(str(code), lang).name for code, n in totals.items() if not n]
    parts = []
    if named:
        listed = [f"{name} ({number})" for name, number in named[:_ISSUES_NAMED]]
        parts.append(say("brief.issues", lang, named=join_words(listed, lang)))
    if absent:
        parts.append(say("brief.issues_absent", lang, names=join_words(absent, lang)))
    elif len(named) > _ISSUES_NAMED:
        parts.append(say("brief.issues_least", lang, least=named[-1][0], few=named[-1][1]))
    return Shown(Paragraph(runs(" ".join(parts))), lang=lang)


def priorities_text(ranking: Ranking, lang: str = "") -> Shown:
    """The first of the list explained, then classes and changes of class."""
    lang = lang or ranking.lang
    n = {name: count(number, lang) for name, number in measures(ranking).items()}
    leader = ranking.explain(str(ranking.table.index[0]), lang)
    numbers = measures(ranking)
    parts = [say("brief.classes", lang, placed=_placed(numbers, lang))]
    parts += [
        say_counted(f"brief.{change}", numbers[change], lang, **n)
        for change in ("raised", "capped", "no_class")
        if numbers[change]
    ]
    return Shown(Paragraph(runs(leader)), Paragraph(runs(" ".join(parts))), lang=lang)


def _since_last(ranking: Ranking, lang: str) -> str:
    before = previous_overview(ranking.register)
    return (
        say("brief.before_note", lang, n=count(before.usulan, lang), period=before.period)
        if before
        else ""
    )
