"""The evaluation in sentences: key figures, a summary that answers first, and what it cannot say."""

from collections.abc import Iterator
from typing import Final

from ksd_toolkit.display import Shown
from ksd_toolkit.document import (
    Callout,
    Items,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Runs,
    joined,
    runs,
    strong,
    told,
)
from ksd_toolkit.evaluation import Review
from ksd_toolkit.evaluation.wording import mid_sentence
from ksd_toolkit.messages import count, date_text, join_words, say
from ksd_toolkit.prose.evaluation_actions import actions_due, followed, recommended
from ksd_toolkit.prose.evaluation_numbers import (
    computable_indicators,
    counted,
    counted_documents,
    counts_by_name,
    document_number,
    ending_within,
    quoted,
    running_documents,
    window_days,
)
from ksd_toolkit.prose.periodic import benefits_line

_MISSING: Final = "evaluation.monev_missing"


def key_figures(review: Review, lang: str = "id") -> Shown:
    """The five numbers a hurried reader must see."""
    documents, rules = review.documents, review.rules
    computable, top = computable_indicators(review), rules.bands[0]
    best = computable[computable["band"] == top.code]
    last = review.follow_through.iloc[-1]
    days = _short_window(review)
    figures = (
        KeyFigure(
            count(len(running_documents(review)), lang),
            say("evaluation.key.running", lang),
            say("evaluation.key.of_documents", lang, whole=count(len(documents), lang)),
            origin="running@naskah/*",
        ),
        KeyFigure(
            count(len(ending_within(review, days)), lang),
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
        running=counted_documents(len(running_documents(review)), "running", lang),
        documents=counted_documents(len(review.documents), "documents", lang),
        expiring=counted_documents(len(ending_within(review, days)), f"expiring:{days}", lang),
        days=window_days(days),
    )
    sentences = (
        _signed(review, lang),
        _under_way(review, lang),
        _next_expiry(review, lang),
        _delivered(review, lang),
        benefits_line(review, lang),
        *(() if tabled else (followed(review, lang), recommended(review, lang))),
        *(() if tabled else actions_due(review, lang)),
    )
    items = Items(tuple(_led(sentence) for sentence in sentences))
    return Shown(Paragraph(lead, lead=True), items, lang=lang)


def expiring(review: Review, lang: str = "id") -> Shown:
    """How many documents end within each of the printed windows, the widest last."""
    windows = [
        told(
            "evaluation.expiring.window",
            lang,
            count=counted_documents(len(ending_within(review, days)), f"expiring:{days}", lang),
            days=window_days(days),
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
        signed=counted_documents(len(signed), "signed", lang),
        kinds=counts_by_name(named, lang),
        drafts=counted_documents(drafts, "drafts", lang),
    )


def _under_way(review: Review, lang: str) -> Runs:
    running = running_documents(review)
    implementing = running["jenis_dok"].isin(review.rules.monitored).sum()
    return told(
        "evaluation.summary.running",
        lang,
        implementing=counted_documents(implementing, "implementing", lang),
        missing=counted_documents(len(_not_monitored(review)), "unmonitored", lang),
        period=review.semester,
    )


def _next_expiry(review: Review, lang: str) -> Runs:
    days = max(review.rules.windows_days)
    ending = ending_within(review, days).sort_values(["days_left", "no_dok"], kind="stable")
    if ending.empty:
        return told("evaluation.summary.no_expiry", lang, days=window_days(days))
    first = ending.iloc[0]
    return told(
        "evaluation.summary.next_expiry",
        lang,
        no_dok=document_number(first["no_dok"]),
        judul=quoted(first["judul"], f"judul@naskah/{first['no_dok']}"),
        date=date_text(first["berakhir"], lang),
    )


def _delivered(review: Review, lang: str) -> Runs:
    current = review.achievements[review.achievements["periode"] == str(review.semester)]
    if current.empty:
        return told("evaluation.summary.no_achievements", lang, period=review.semester)
    computable = computable_indicators(review)
    good = review.rules.bands[:2]
    names = [mid_sentence(band.label(lang)) for band in good]
    best = computable["band"].isin([band.code for band in good]).sum()
    return told(
        "evaluation.summary.delivered",
        lang,
        good=counted(best, "good", "capaian/*", lang),
        computable=counted(len(computable), "computable", "capaian/*", lang),
        period=review.semester,
        bands=join_words(names, lang),
        not_computable=counted(len(current) - len(computable), "not_computable", "capaian/*", lang),
    )


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
        named = joined([document_number(number) for number in missing], lang)
        yield told("evaluation.limits.missing", lang, period=period, documents=named)
    if not_computable:
        number = counted(not_computable, "not_computable", "capaian/*", lang)
        yield told("evaluation.limits.not_computable", lang, count=number)
    if blank:
        number = counted(blank, "blank", "pertanyaan/*", lang)
        yield told("evaluation.limits.blank", lang, period=period, count=number)
    yield told("evaluation.limits.bands", lang)
    yield told("evaluation.limits.rules", lang)


def _short_window(review: Review) -> int:
    """The middle of the windows the report prints."""
    printed = review.rules.printed_days
    return printed[len(printed) // 2]


def _not_monitored(review: Review) -> list[str]:
    return [
        str(problem.facts["no_dok"])
        for problem in review.findings
        if problem.code == _MISSING and problem.facts["period"] == str(review.semester)
    ]


def _of(part: int, whole: int, lang: str) -> str:
    return say("evaluation.key.of", lang, part=count(part, lang), whole=count(whole, lang))


def _led(sentence: Runs) -> Runs:
    """The words before the colon carry the sentence."""
    topic, colon, rest = sentence[0].text.partition(":")
    return runs(strong(topic + colon), rest, *sentence[1:])
