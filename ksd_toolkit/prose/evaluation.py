"""The evaluation in sentences: key figures, a summary that answers first, and what it cannot say."""

import re
from collections.abc import Iterator
from typing import Final

import pandas as pd

from ksd_toolkit.agreements.documents import RUNNING
from ksd_toolkit.display import Shown
from ksd_toolkit.document import (
    Callout,
    Items,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Run,
    Runs,
    joined,
    measured,
    runs,
    strong,
    told,
)
from ksd_toolkit.evaluation import Review
from ksd_toolkit.evaluation.recommendations import RECOMMENDATIONS
from ksd_toolkit.evaluation.wording import mid_sentence
from ksd_toolkit.messages import count, date_text, join_words, say
from ksd_toolkit.prose.periodic import benefits_line

_MISSING: Final = "evaluation.monev_missing"
_NUMBER: Final = re.compile(r"(?<![\w/-])\d")
"""A number that is no part of a code, as `01` is in `KB-01/2026`."""


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
            origin=f"expiring:{days}@naskah/*",
        ),
        KeyFigure(
            _of(len(best), len(computable), lang),
            say("evaluation.key.achieved", lang, band=mid_sentence(top.label(lang))),
            origin="achieved@capaian/*",
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


def summary(review: Review, lang: str = "id", *, tabled: bool = False) -> Shown:
    """What was signed, what runs, what ends next, what was delivered and who must do what by when.

    Args:
        review: The review.
        lang: Language of the sentences.
        tabled: Whether key figures and tables beside it tell what became of proposals, recommendations
            and actions, so that it need not.
    """
    date = date_text(review.tanggal_acuan, lang)
    if review.documents.empty:
        nothing = say("evaluation.summary.no_documents", lang, date=date)
        return Shown(Paragraph(runs(nothing), lead=True), lang=lang)
    days = max(review.rules.windows_days)
    lead = told(
        "evaluation.summary.lead",
        lang,
        date=date,
        running=_documents(len(_running(review)), "running", lang),
        documents=_documents(len(review.documents), "documents", lang),
        expiring=_documents(len(_ending_within(review, days)), f"expiring:{days}", lang),
        days=_window(days),
    )
    sentences = (
        _signed(review, lang),
        _under_way(review, lang),
        _next_expiry(review, lang),
        _delivered(review, lang),
        benefits_line(review, lang),
        *(() if tabled else (_followed(review, lang), _recommended(review, lang))),
        *(() if tabled else _actions(review, lang)),
    )
    items = Items(tuple(_led(sentence) for sentence in sentences))
    return Shown(Paragraph(lead, lead=True), items, lang=lang)


def expiring(review: Review, lang: str = "id") -> Shown:
    """How many documents end within each of the printed windows, the widest last."""
    windows = [
        told(
            "evaluation.expiring.window",
            lang,
            count=_documents(len(_ending_within(review, days)), f"expiring:{days}", lang),
            days=_window(days),
        )
        for days in review.rules.printed_days
    ]
    sentence = told(
        "evaluation.expiring.sentence",
        lang,
        date=date_text(review.tanggal_acuan, lang),
        windows=joined(windows, lang),
    )
    return Shown(Paragraph(sentence), lang=lang)


def limitations(review: Review, lang: str = "id") -> Shown:
    """What the report cannot say, and why."""
    lines = tuple(_limits(review, lang))
    box = Callout(say("evaluation.limits.title", lang), lines, tone="warning", listed=True)
    return Shown(box, lang=lang)


def _signed(review: Review, lang: str) -> Runs:
    documents = review.documents
    signed = documents[documents["is_signed"]]
    kinds = signed["jenis_dok"].value_counts(sort=False).sort_index()
    drafts = (documents["effective_status"] == "rancangan").sum()
    named = [(str(kind), f"signed_kind:{kind}", number) for kind, number in kinds.items()]
    return told(
        "evaluation.summary.signed",
        lang,
        signed=_documents(len(signed), "signed", lang),
        kinds=_counted(named, lang),
        drafts=_documents(drafts, "drafts", lang),
    )


def _under_way(review: Review, lang: str) -> Runs:
    running = _running(review)
    implementing = running["jenis_dok"].isin(review.rules.monitored).sum()
    return told(
        "evaluation.summary.running",
        lang,
        implementing=_documents(implementing, "implementing", lang),
        missing=_documents(len(_not_monitored(review)), "unmonitored", lang),
        period=review.semester,
    )


def _next_expiry(review: Review, lang: str) -> Runs:
    days = max(review.rules.windows_days)
    ending = _ending_within(review, days).sort_values(["days_left", "no_dok"], kind="stable")
    if ending.empty:
        return told("evaluation.summary.no_expiry", lang, days=_window(days))
    first = ending.iloc[0]
    return told(
        "evaluation.summary.next_expiry",
        lang,
        no_dok=_numbered(first["no_dok"]),
        judul=_quoting(first["judul"], f"judul@naskah/{first['no_dok']}"),
        date=date_text(first["berakhir"], lang),
    )


def _delivered(review: Review, lang: str) -> Runs:
    current = review.achievements[review.achievements["periode"] == str(review.semester)]
    if current.empty:
        return told("evaluation.summary.no_achievements", lang, period=review.semester)
    computable = _computable(review)
    good = review.rules.bands[:2]
    names = [mid_sentence(band.label(lang)) for band in good]
    best = computable["band"].isin([band.code for band in good]).sum()
    return told(
        "evaluation.summary.delivered",
        lang,
        good=_counting(best, "good", "capaian/*", lang),
        computable=_counting(len(computable), "computable", "capaian/*", lang),
        period=review.semester,
        bands=join_words(names, lang),
        not_computable=_counting(
            len(current) - len(computable), "not_computable", "capaian/*", lang
        ),
    )


def _followed(review: Review, lang: str) -> Runs:
    cases = review.cases
    if cases.empty:
        return told("evaluation.summary.no_usulan", lang)
    states = cases["state"].value_counts()
    numbers = {
        "determined": len(cases),
        "implemented": states.get("selesai", 0),
        "open": states.get("terbuka", 0),
        "stopped": states.get("berhenti", 0),
    }
    counted = {
        name: _counting(number, name, "penetapan/*", lang) for name, number in numbers.items()
    }
    return told("evaluation.summary.followed", lang, **counted)


def _recommended(review: Review, lang: str) -> Runs:
    given = review.recommendations["recommendation"].value_counts()
    if given.empty:
        return told("evaluation.summary.no_recommendations", lang)
    named = [
        (
            mid_sentence(say(f"evaluation.recommendation.{code}", lang)),
            f"recommended:{code}",
            number,
        )
        for code in RECOMMENDATIONS
        if (number := given.get(code, 0))
    ]
    return told("evaluation.summary.recommended", lang, verdicts=_counted(named, lang))


def _actions(review: Review, lang: str) -> Iterator[Runs]:
    """The oldest overdue action and the nearest one ahead."""
    actions = review.follow_ups
    dated = actions[actions["due"].notna()]
    overdue, ahead = dated[dated["overdue"]], dated[~dated["overdue"]]
    if not overdue.empty:
        oldest = overdue.iloc[0]
        yield told(
            "evaluation.summary.actions_overdue",
            lang,
            count=_documents(len(overdue), "overdue", lang),
            who=_quoting(_who(oldest, lang), f"tindak_lanjut@naskah/{oldest['no_dok']}"),
            due=date_text(oldest["due"], lang),
            no_dok=_numbered(oldest["no_dok"]),
        )
    if not ahead.empty:
        nearest = ahead.iloc[0]
        renewal = say("evaluation.action.renewal", lang)
        what = str(renewal if pd.isna(nearest["what"]) else nearest["what"])
        origin = f"tindak_lanjut@naskah/{nearest['no_dok']}"
        yield told(
            "evaluation.summary.action",
            lang,
            who=_quoting(_who(nearest, lang), origin),
            what=_quoting(mid_sentence(what), origin),
            due=date_text(nearest["due"], lang),
        )
    if dated.empty:
        yield told("evaluation.summary.no_action", lang)


def _limits(review: Review, lang: str) -> Iterator[Runs]:
    period = review.semester
    current = review.achievements[review.achievements["periode"] == str(period)]
    not_computable = current["not_computable"].notna().sum()
    profile = review.profile[review.profile["periode"] == str(period)]
    blank = profile.drop_duplicates("question")["blank"].sum()
    missing = _not_monitored(review)
    yield told("evaluation.limits.date", lang, date=date_text(review.tanggal_acuan, lang))
    yield told("evaluation.limits.semester", lang, period=period)
    if missing:
        named = joined([_numbered(number) for number in missing], lang)
        yield told("evaluation.limits.missing", lang, period=period, documents=named)
    if not_computable:
        number = _counting(not_computable, "not_computable", "capaian/*", lang)
        yield told("evaluation.limits.not_computable", lang, count=number)
    if blank:
        number = _counting(blank, "blank", "pertanyaan/*", lang)
        yield told("evaluation.limits.blank", lang, period=period, count=number)
    yield told("evaluation.limits.bands", lang)
    yield told("evaluation.limits.rules", lang)


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


def _counted(named: list[tuple[str, str, int]], lang: str) -> Runs:
    """`3 dilanjutkan dan 1 dihentikan`, from what they are called, their measure and their number."""
    parts = [
        told(
            "evaluation.summary.verdict",
            lang,
            count=_documents(number, measure, lang),
            verdict=name,
        )
        for name, measure, number in named
    ]
    return joined(parts, lang)


def _counting(number: float, measure: str, subject: str, lang: str) -> Run:
    return measured(count(number, lang), measure, subject)


def _documents(number: float, measure: str, lang: str) -> Run:
    return _counting(number, measure, "naskah/*", lang)


def _window(days: int) -> Run:
    """The days of a window, as the rules have them."""
    return measured(str(days), "window", "aturan/*")


def _quoting(text: object, origin: str) -> Run:
    """What somebody wrote; it has an origin where a number stands in it by itself."""
    held = _NUMBER.search(str(text)) is not None
    return Run(str(text), origin=origin if held else "")


def _numbered(number: object) -> Run:
    """The number of a document."""
    return _quoting(number, f"no_dok@naskah/{number}")


def _of(part: int, whole: int, lang: str) -> str:
    return say("evaluation.key.of", lang, part=count(part, lang), whole=count(whole, lang))


def _who(action: pd.Series, lang: str) -> str:
    return say("evaluation.action.no_actor", lang) if pd.isna(action["who"]) else str(action["who"])


def _led(sentence: Runs) -> Runs:
    """The words before the colon carry the sentence."""
    topic, colon, rest = sentence[0].text.partition(":")
    return runs(strong(topic + colon), rest, *sentence[1:])
