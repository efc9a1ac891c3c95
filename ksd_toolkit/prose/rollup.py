"""The roll-up in sentences: key figures, a summary that answers first, and who is counted."""

from collections.abc import Iterator

from ksd_toolkit.display import Shown
from ksd_toolkit.document import (
    Items,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Run,
    Runs,
    measured,
    runs,
    told,
    told_counted,
)
from ksd_toolkit.evaluation.determination import DETERMINED
from ksd_toolkit.messages import (
    capital,
    count,
    date_text,
    decimal,
    join_first,
    join_words,
    period_name,
    say,
)
from ksd_toolkit.prose.rollup_limits import NAMED, limitations, numbered
from ksd_toolkit.rollup import RollUp
from ksd_toolkit.rollup.pairs import BOTH
from ksd_toolkit.rollup.wording import area_name, share_text, topic_name
from ksd_toolkit.scoring.overview import PROBLEMS

__all__ = ["coverage", "key_figures", "limitations", "pairs", "summary"]


def key_figures(rollup: RollUp, lang: str = "") -> Shown:
    """The five numbers a hurried reader must see."""
    lang = lang or rollup.lang
    totals, pairs = rollup.response_totals, rollup.mandatory_pairs
    known = len(rollup.used) + len(rollup.left)
    steps = rollup.follow_through.set_index("step")["reached"]
    figures = (
        KeyFigure(
            _of(len(rollup.used), known, lang),
            say("rollup.key.regions", lang),
            say("rollup.key.of_parties", lang, n=count(rollup.parties, lang)),
            origin="regions@rekap/*",
        ),
        KeyFigure(
            share_text(totals.loc["sent", "pooled_percent"], rollup.rules, lang),
            say("rollup.key.sent", lang),
            origin="pooled_percent@rekap_bagian/sent",
        ),
        KeyFigure(
            share_text(totals.loc["scored", "pooled_percent"], rollup.rules, lang),
            say("rollup.key.scored", lang),
            origin="pooled_percent@rekap_bagian/scored",
        ),
        KeyFigure(
            _of(int((pairs["state"] == BOTH).sum()), len(pairs), lang),
            say("rollup.key.pairs", lang),
            origin="pairs@rekap_keadaan/both",
        ),
        KeyFigure(
            _of(int(steps["manfaat"]), int(steps[DETERMINED]), lang),
            say("rollup.key.benefit", lang),
            origin="reached@rekap_langkah/manfaat",
        ),
    )
    return Shown(KeyFigures(figures), lang=lang)


def summary(rollup: RollUp, lang: str = "") -> Shown:
    """What the regions answered, where they are weak, what they share and what became of it."""
    lang = lang or rollup.lang
    about = {"area": area_name(rollup.area, lang), "period": period_name(rollup.period, lang)}
    if not rollup.used:
        nothing = say("rollup.summary.nothing", lang, **about)
        return Shown(Paragraph(runs(nothing), lead=True), lang=lang)
    lead = told_counted(
        "rollup.summary.lead",
        len(rollup.used),
        lang,
        **about,
        regions=numbered(len(rollup.used), "regions", "rekap/*", lang),
        date=_dates(rollup, lang),
    )
    lines = (
        *_sent(rollup, lang),
        *_weakest(rollup, lang),
        *(line for kind in ("isu", "urusan") for line in _shared(rollup, kind, lang)),
        *_pairs(rollup, lang),
        *_followed(rollup, lang),
    )
    items = (Items(lines, origin="told@rekap/*"),) if lines else ()
    return Shown(Paragraph(lead, lead=True), *items, lang=lang)


def coverage(rollup: RollUp, lang: str = "") -> Shown:
    """How many regions have a dossier, and how many of them are counted, refused or missing."""
    lang = lang or rollup.lang
    numbers = {
        "known": len(rollup.used) + len(rollup.left), "used": len(rollup.used),
        "refused": len(rollup.refused), "missing": len(rollup.missing),
        "parties": rollup.parties,
    }  # fmt: skip
    facts = {name: numbered(n, f"regions_{name}", "rekap/*", lang) for name, n in numbers.items()}
    area = capital(area_name(rollup.area, lang))
    about = {"area": area, "period": period_name(rollup.period, lang)}
    line = told("rollup.coverage", lang, **about, **facts)
    return Shown(Paragraph(line), lang=lang)


def pairs(rollup: RollUp, lang: str = "") -> Shown:
    """How many mandatory pairs both sides name, and how many only one."""
    lang = lang or rollup.lang
    lines = _pairs(rollup, lang)
    line = next(lines, None) or runs(say("rollup.empty.pair_states", lang))
    return Shown(Paragraph(line, origin="table_rollup_pair_states@rekap/*"), lang=lang)


def _sent(rollup: RollUp, lang: str) -> Iterator[Runs]:
    totals = rollup.response_totals
    for name in ("sent", "scored"):
        row = totals.loc[name].to_dict()
        if not row["regions"]:
            continue
        alone = "_alone" if row["regions"] == 1 else ""
        yield told(
            f"rollup.summary.{name}{alone}",
            lang,
            part=numbered(row["part"], "part", f"rekap_bagian/{name}", lang),
            whole=numbered(row["whole"], "whole", f"rekap_bagian/{name}", lang),
            percent=_share(
                row["pooled_percent"], "pooled_percent", f"rekap_bagian/{name}", rollup, lang
            ),
            median=_share(row["median"], "median", f"rekap_bagian/{name}", rollup, lang),
            n=numbered(row["regions"], "regions", f"rekap_bagian/{name}", lang),
        )


def _weakest(rollup: RollUp, lang: str) -> Iterator[Runs]:
    """The problems with the lowest median level over the regions; all of them where several tie."""
    medians = rollup.maturity_totals["median"].dropna()
    if medians.empty:
        return
    places = rollup.rules.level_places
    lowest = decimal(medians.min(), places, lang)
    problems = [p for p in PROBLEMS if p in medians and decimal(medians[p], places, lang) == lowest]
    first = rollup.maturity_totals.loc[problems[0]].to_dict()
    yield told_counted(
        "rollup.summary.weakest_alone" if first["regions"] == 1 else "rollup.summary.weakest",
        len(problems),
        lang,
        problems=join_words([say(f"problem_name.{p}", lang) for p in problems], lang),
        level=measured(lowest, "median", f"rekap_masalah/{problems[0]}"),
        n=numbered(first["regions"], "regions", f"rekap_masalah/{problems[0]}", lang),
    )


def _shared(rollup: RollUp, kind: str, lang: str) -> Iterator[Runs]:
    """What stands in the top lists of most regions; nothing where no two regions share any."""
    found = rollup.shared_priorities
    found = found[(found["kind"] == kind) & found["shared"]]
    if found.empty:
        return
    first = found[found["regions"] == found["regions"].max()]
    names = [topic_name(kind, code, lang) for code in first["code"]]
    subject = f"rekap_{kind}/{first['code'].iloc[0]}"
    yield told_counted(
        f"rollup.summary.shared_{kind}",
        len(names),
        lang,
        names=join_first(names, NAMED, lang),
        regions=numbered(first["regions"].iloc[0], "regions", subject, lang),
        of=numbered(first["of"].iloc[0], "regions_ranked", "rekap/*", lang),
        top=numbered(rollup.rules.top_ranks, "top_ranks", "aturan/*", lang),
        least=numbered(rollup.rules.shared_from, "shared_from", "aturan/*", lang),
        shared=numbered(len(found), "shared_count", f"rekap_{kind}/*", lang),
    )


def _pairs(rollup: RollUp, lang: str) -> Iterator[Runs]:
    states = rollup.mandatory_pairs["state"]
    if states.empty:
        return
    both, unread = int((states == BOTH).sum()), int(states.isin(["unread", "no_dossier"]).sum())
    facts = {
        "pairs": numbered(len(states), "pairs", "rekap_keadaan/*", lang),
        "both": numbered(both, "pairs", "rekap_keadaan/both", lang),
        "one": numbered(len(states) - both, "pairs", "rekap_keadaan/one", lang),
        "unread": numbered(unread, "pairs", "rekap_keadaan/unread", lang),
    }
    code = "rollup.summary.pairs" if unread else "rollup.summary.pairs_read"
    yield told_counted(code, both, lang, **facts)


def _followed(rollup: RollUp, lang: str) -> Iterator[Runs]:
    steps = rollup.follow_through.set_index("step")["reached"]
    if not steps[DETERMINED]:
        if len(rollup.follow_by_region):
            yield runs(say("rollup.summary.none_determined", lang))
        return
    facts = {
        code: numbered(steps[code], "reached", f"rekap_langkah/{code}", lang)
        for code in (DETERMINED, "payung", "pelaksana", "pelaksanaan", "manfaat")
    }
    yield told("rollup.summary.followed", lang, **facts)


def _dates(rollup: RollUp, lang: str) -> str:
    return date_text(rollup.tanggal_acuan, lang)


def _share(value: float, measure: str, subject: str, rollup: RollUp, lang: str) -> Run:
    return measured(share_text(value, rollup.rules, lang), measure, subject)


def _of(part: int, whole: int, lang: str) -> str:
    return say("rollup.key.of", lang, part=count(part, lang), whole=count(whole, lang))
