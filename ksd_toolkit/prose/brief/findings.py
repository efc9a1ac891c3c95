"""What the mapping found: key figures, summary, types, issues and priorities in sentences."""

from typing import Final

from ksd_toolkit.display import Shown
from ksd_toolkit.document import (
    Callout,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Runs,
    joined,
    measured,
    plain_text,
    runs,
    spaced,
    told,
    told_counted,
)
from ksd_toolkit.law import isu
from ksd_toolkit.messages import (
    count,
    decimal,
    join_words,
    say,
    share,
)
from ksd_toolkit.prose.brief.context import head_of_region
from ksd_toolkit.prose.brief.counted_facts import counted_fact, counted_facts
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
        ("offices", f"{n['offices_answered']}/{n['offices_asked']}", "", "offices_of_asked@opd/*"),
        ("usulan", count(n["usulan"], lang), _since_last(ranking, lang), "brief_key:usulan@kunci/*"),
        ("ksd", count(n["ksd"], lang), _ksd_note(n, lang), "brief_key:ksd@kunci/*"),
        (
            "ranked", count(n["ranked"], lang),
            say("brief.stopped_note", lang, n=n["stopped_ksd"]), "brief_key:ranked@kunci/*",
        ),
        (
            "class_one",
            count(n["class_one"], lang),
            say("brief.class_two_note", lang, n=n["class_two"]),
            "brief_key:class_one@kunci/*",
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
    part = int(seen.maturity.loc[worst, "immature"])  # type: ignore[arg-type]
    outcome = outcome_of(ranking)
    set_by_plenary = _MANY if outcome is None else len(outcome.set_list)
    facts = {
        **counted_facts(n, lang),
        "set": measured(count(set_by_plenary, lang), "decision:ditetapkan", "usulan/*"),
        "problem": say(f"problem_name.{worst}", lang).split(". ", 1)[-1].lower(),
        "part": measured(str(part), "problem_immature", f"masalah/{worst}"),
        "whole": measured(str(whole), "problem_answered", f"masalah/{worst}"),
        "families": _families(ranking, lang),
        "first": _leaders(ranking, lang),
        "head": head_of_region(ranking, lang),
        "placed": _placed(n, lang),
        "points": measured(
            decimal(float(first["points"]), ranking.method.decimals, lang),
            "points",
            f"usulan/{ranking.table.index[0]}",
        ),
    }
    points = (
        ("problem", whole), ("mapping", n["offices_answered"]), ("list", n["ranked"]),
        ("ask" if outcome is None else "set", set_by_plenary),
    )  # fmt: skip
    lines = [
        told_counted(f"brief.summary_{point}", number, lang, **facts)
        for point, number in points
        if point != "problem" or part
    ]
    return Shown(
        Callout(say("brief.summary", lang), tuple(lines), "info", listed=True),
        lang=lang,
    )


def _leaders(ranking: Ranking, lang: str) -> str:
    """The first of the list by title; how many they are when more than two share the first rank."""
    titles = ranking.table.loc[ranking.table["rank"] == 1, "judul"]
    if len(titles) > _TITLES_NAMED:
        return say("brief.leaders", lang, n=count(len(titles), lang))
    return join_words([f'"{title}"' for title in titles], lang)


def _placed(n: dict[str, int], lang: str) -> Runs:
    """`2 usulan masuk Prioritas I dan 3 usulan masuk Prioritas II`; a zero is said in words."""
    classes = (("I", "class_one"), ("II", "class_two"))
    return joined(
        [
            told_counted("brief.placed", n[one], lang, n=counted_fact(one, n[one], lang), name=name)
            for name, one in classes
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
    return plain_text(_families(ranking, lang or ranking.lang))


def _families(ranking: Ranking, lang: str) -> Runs:
    """The families with their counts and shares, each number with its origin."""
    seen = overview(ranking.register)
    families = seen.families.drop([NOT_KSD_FAMILY, UNCLEAR_FAMILY])
    families = families.sort_values(ascending=False, kind="stable")
    if not seen.ksd:
        return runs(say("brief.families_none", lang))
    return joined(
        [
            runs(
                measured(count(number, lang), f"type_family:{name}", "usulan/*"),
                f" {family_label(str(name), lang)} (",
                measured(share(number, seen.ksd, 1, lang), f"family_share:{name}", "keluarga/*"),
                ")",
            )
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
        runs(
            measured(count(number, lang), "not_ksd_rule", f"aturan/{rule}"),
            f" {type_short(int(rule), lang)}",  # type: ignore[call-overload]
        )
        for rule, number in seen.not_ksd_rules.items()
    ]
    if seen.not_ksd_set:
        number = measured(count(seen.not_ksd_set, lang), "not_ksd_set", "aturan/*")
        parts.append(told("jenis.not_ksd_set", lang, n=number))
    reasons = joined(parts, lang)
    facts = counted_facts(n, lang)
    families = _families(ranking, lang)
    first = told_counted("brief.mapping_types", n["usulan"], lang, families=families, **facts)
    second = told("brief.mapping_not_ksd", lang, reasons=reasons, **facts) if n["not_ksd"] else ()
    unclear = (
        told_counted("brief.mapping_unclear", n["unclear"], lang, **facts) if n["unclear"] else ()
    )
    both = n["unclear"] and n["stopped_ksd"]
    gates = "brief.mapping_gates_unclear" if both else "brief.mapping_gates"
    lines = [first, unclear, second, told_counted(gates, n["stopped_ksd"], lang, **facts)]
    if n["review"]:
        lines.append(told_counted("brief.mapping_review", n["review"], lang, **facts))
    return Shown(Paragraph(spaced(lines)), lang=lang)


def issues_text(ranking: Ranking, lang: str = "") -> Shown:
    """Which strategic issues the offices named most, and which least or not at all."""
    lang = lang or ranking.lang
    totals = overview(ranking.register).by_isu.sum(axis=1)
    totals = totals.sort_values(ascending=False, kind="stable")
    named = [
        (isu(str(code), lang).name, measured(count(n, lang), "main_issue", f"isu/{code}"))
        for code, n in totals.items()
        if n
    ]
    absent = [isu(str(code), lang).name for code, n in totals.items() if not n]
    parts: list[Runs] = []
    if named:
        listed = [runs(f"{name} (", number, ")") for name, number in named[:_ISSUES_NAMED]]
        parts.append(told("brief.issues", lang, named=joined(listed, lang)))
    if absent:
        parts.append(told("brief.issues_absent", lang, names=join_words(absent, lang)))
    elif len(named) > _ISSUES_NAMED:
        parts.append(told("brief.issues_least", lang, least=named[-1][0], few=named[-1][1]))
    return Shown(Paragraph(spaced(parts)), lang=lang)


def priorities_text(ranking: Ranking, lang: str = "") -> Shown:
    """The first of the list explained, then classes and changes of class."""
    lang = lang or ranking.lang
    numbers = measures(ranking)
    n = counted_facts(numbers, lang)
    first = str(ranking.table.index[0])
    leader = measured(ranking.explain(first, lang), "explain", f"usulan/{first}")
    parts = [told("brief.classes", lang, placed=_placed(numbers, lang))]
    parts += [
        told_counted(f"brief.{change}", numbers[change], lang, **n)
        for change in ("raised", "capped", "no_class")
        if numbers[change]
    ]
    return Shown(Paragraph(runs(leader)), Paragraph(spaced(parts)), lang=lang)


def _since_last(ranking: Ranking, lang: str) -> str:
    before = previous_overview(ranking.register)
    return (
        say("brief.before_note", lang, n=count(before.usulan, lang), period=before.period)
        if before
        else ""
    )
