"""The evaluation in sentences: key figures, a summary that answers first, and what it cannot say."""

from collections.abc import Iterator
from typing import Final

import pandas as pd

from ksd_toolkit.display import Shown
from ksd_toolkit.document import (
    Callout,
    Items,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Runs,
    runs,
    strong,
)
from ksd_toolkit.evaluation import Review
from ksd_toolkit.evaluation.documents import RUNNING
from ksd_toolkit.evaluation.recommendations import RECOMMENDATIONS
from ksd_toolkit.evaluation.wording import mid_sentence
from ksd_toolkit.messages import count, date_text, join_words, say

_MISSING: Final = "evaluation.monev_missing"


def key_figures(review: Review, lang: str = "id") -> Shown:
    """The five numbers a hurried reader must see."""
    documents, rules = review.documents, review.rules
    computable, top = _computable(review), rules.bands[0]
    best = computable[computable["band"] == top.code]
    last = review.follow_through.iloc[-1]
    days = _short_window(review)
    figures = (
        KeyFigure(
            count(len(_running(review)), lang),
            say("evaluation.key.running", lang),
            say("evaluation.key.of_documents", lang, whole=count(len(documents), lang)),
            origin="running@naskah/*",
        ),
        KeyFigure(
            count(len(_ending_within(review, days)), lang),
            say("evaluation.key.expiring", lang, days=days),
            origin="expiring@naskah/*",
        ),
        KeyFigure(
            _of(len(best), len(computable), lang),
            say("evaluation.key.achieved", lang, band=mid_sentence(top.label(lang))),
            origin="achieved@naskah/*",
        ),
        KeyFigure(
            _of(last["reached"], len(review.cases), lang),
            say("evaluation.key.implemented", lang),
            origin="implemented@penetapan/*",
        ),
        KeyFigure(
            count(review.follow_ups["overdue"].sum(), lang),
            say("evaluation.key.overdue", lang),
            origin="overdue@naskah/*",
        ),
    )
    return Shown(KeyFigures(figures), lang=lang)


def summary(review: Review, lang: str = "id") -> Shown:
    """What was signed, what runs, what ends next, what was delivered and who must do what by when."""
    date = date_text(review.tanggal_acuan, lang)
    if review.documents.empty:
        lead = say("evaluation.summary.no_documents", lang, date=date)
        return Shown(Paragraph(runs(lead), lead=True), lang=lang)
    days = max(review.rules.windows_days)
    lead = say(
        "evaluation.summary.lead",
        lang,
        date=date,
        running=count(len(_running(review)), lang),
        documents=count(len(review.documents), lang),
        expiring=count(len(_ending_within(review, days)), lang),
        days=days,
    )
    sentences = (
        _signed(review, lang),
        _under_way(review, lang),
        _next_expiry(review, lang),
        _delivered(review, lang),
        _followed(review, lang),
        _recommended(review, lang),
        *_actions(review, lang),
    )
    items = Items(tuple(_led(sentence) for sentence in sentences))
    return Shown(Paragraph(runs(lead), lead=True), items, lang=lang)


def expiring(review: Review, lang: str = "id") -> Shown:
    """How many documents end within each of the printed windows, the widest last."""
    told = [
        say(
            "evaluation.expiring.window",
            lang,
            count=count(len(_ending_within(review, days)), lang),
            days=days,
        )
        for days in review.rules.printed_days
    ]
    sentence = say(
        "evaluation.expiring.sentence",
        lang,
        date=date_text(review.tanggal_acuan, lang),
        windows=join_words(told, lang),
    )
    return Shown(Paragraph(runs(sentence)), lang=lang)


def limitations(review: Review, lang: str = "id") -> Shown:
    """What the report cannot say, and why."""
    lines = tuple(runs(line) for line in _limits(review, lang))
    box = Callout(say("evaluation.limits.title", lang), lines, tone="warning", listed=True)
    return Shown(box, lang=lang)


def _signed(review: Review, lang: str) -> str:
    documents = review.documents
    signed = documents[documents["is_signed"]]
    kinds = signed["jenis_dok"].value_counts(sort=False).sort_index()
    return say(
        "evaluation.summary.signed",
        lang,
        signed=count(len(signed), lang),
        kinds=_counted([(str(kind), number) for kind, number in kinds.items()], lang),
        drafts=count((documents["effective_status"] == "rancangan").sum(), lang),
    )


def _under_way(review: Review, lang: str) -> str:
    running = _running(review)
    return say(
        "evaluation.summary.running",
        lang,
        implementing=count(running["jenis_dok"].isin(review.rules.monitored).sum(), lang),
        missing=count(len(_not_monitored(review)), lang),
        period=review.semester,
    )


def _next_expiry(review: Review, lang: str) -> str:
    days = max(review.rules.windows_days)
    ending = _ending_within(review, days).sort_values(["days_left", "no_dok"], kind="stable")
    if ending.empty:
        return say("evaluation.summary.no_expiry", lang, days=days)
    first = ending.iloc[0]
    return say(
        "evaluation.summary.next_expiry",
        lang,
        no_dok=first["no_dok"],
        judul=first["judul"],
        date=date_text(first["berakhir"], lang),
    )


def _delivered(review: Review, lang: str) -> str:
    current = review.achievements[review.achievements["periode"] == str(review.semester)]
    if current.empty:
        return say("evaluation.summary.no_achievements", lang, period=review.semester)
    computable = _computable(review)
    good = review.rules.bands[:2]
    names = [mid_sentence(band.label(lang)) for band in good]
    return say(
        "evaluation.summary.delivered",
        lang,
        good=count(computable["band"].isin([band.code for band in good]).sum(), lang),
        computable=count(len(computable), lang),
        period=review.semester,
        bands=join_words(names, lang),
        not_computable=count(len(current) - len(computable), lang),
    )


def _followed(review: Review, lang: str) -> str:
    cases = review.cases
    if cases.empty:
        return say("evaluation.summary.no_usulan", lang)
    states = cases["state"].value_counts()
    return say(
        "evaluation.summary.followed",
        lang,
        determined=count(len(cases), lang),
        implemented=count(states.get("selesai", 0), lang),
        open=count(states.get("terbuka", 0), lang),
        stopped=count(states.get("berhenti", 0), lang),
    )


def _recommended(review: Review, lang: str) -> str:
    given = review.recommendations["recommendation"].value_counts()
    if given.empty:
        return say("evaluation.summary.no_recommendations", lang)
    named = [
        (mid_sentence(say(f"evaluation.recommendation.{code}", lang)), number)
        for code in RECOMMENDATIONS
        if (number := given.get(code, 0))
    ]
    return say("evaluation.summary.recommended", lang, verdicts=_counted(named, lang))


def _actions(review: Review, lang: str) -> Iterator[str]:
    """The oldest overdue action and the nearest one ahead."""
    actions = review.follow_ups
    dated = actions[actions["due"].notna()]
    overdue, ahead = dated[dated["overdue"]], dated[~dated["overdue"]]
    if not overdue.empty:
        oldest = overdue.iloc[0]
        yield say(
            "evaluation.summary.actions_overdue",
            lang,
            count=count(len(overdue), lang),
            who=_who(oldest, lang),
            due=date_text(oldest["due"], lang),
            no_dok=oldest["no_dok"],
        )
    if not ahead.empty:
        nearest = ahead.iloc[0]
        renewal = say("evaluation.action.renewal", lang)
        what = str(renewal if pd.isna(nearest["what"]) else nearest["what"])
        yield say(
            "evaluation.summary.action",
            lang,
            who=_who(nearest, lang),
            what=mid_sentence(what),
            due=date_text(nearest["due"], lang),
        )
    if dated.empty:
        yield say("evaluation.summary.no_action", lang)


def _limits(review: Review, lang: str) -> Iterator[str]:
    period = review.semester
    current = review.achievements[review.achievements["periode"] == str(period)]
    not_computable = current["not_computable"].notna().sum()
    profile = review.profile[review.profile["periode"] == str(period)]
    blank = profile.drop_duplicates("question")["blank"].sum()
    missing = _not_monitored(review)
    yield say("evaluation.limits.date", lang, date=date_text(review.tanggal_acuan, lang))
    yield say("evaluation.limits.semester", lang, period=period)
    if missing:
        named = join_words(missing, lang)
        yield say("evaluation.limits.missing", lang, period=period, documents=named)
    if not_computable:
        yield say("evaluation.limits.not_computable", lang, count=count(not_computable, lang))
    if blank:
        yield say("evaluation.limits.blank", lang, period=period, count=count(blank, lang))
    yield say("evaluation.limits.bands", lang)
    yield say("evaluation.limits.rules", lang)


def _running(review: Review) -> pd.DataFrame:
    documents = review.documents
    return documents[documents["effective_status"].isin(RUNNING)]


def _ending_within(review: Review, days: int) -> pd.DataFrame:
    running = _running(review)
    return running[running["days_left"] <= days]


def _short_window(review: Review) -> int:
    """The middle of the windows the report prints."""
    printed = review.rules.printed_days
    return printed[len(printed) // 2]


def _computable(review: Review) -> pd.DataFrame:
    """The indicators of the half-year under review that have a percentage."""
    found = review.achievements
    return found[(found["periode"] == str(review.semester)) & found["band"].notna()]


def _not_monitored(review: Review) -> list[str]:
    return [
        str(problem.facts["no_dok"])
        for problem in review.findings
        if problem.code == _MISSING and problem.facts["period"] == str(review.semester)
    ]


def _counted(named: list[tuple[str, int]], lang: str) -> str:
    """`3 dilanjutkan dan 1 dihentikan`."""
    parts = [
        say("evaluation.summary.verdict", lang, count=count(number, lang), verdict=name)
        for name, number in named
    ]
    return join_words(parts, lang)


def _of(part: int, whole: int, lang: str) -> str:
    return say("evaluation.key.of", lang, part=count(part, lang), whole=count(whole, lang))


def _who(action: pd.Series, lang: str) -> str:
    return say("evaluation.action.no_actor", lang) if pd.isna(action["who"]) else str(action["who"])


def _led(sentence: str) -> Runs:
    """The words before the colon carry the sentence."""
    topic, colon, rest = sentence.partition(":")
    return runs(strong(topic + colon), rest)
