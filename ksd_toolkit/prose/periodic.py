"""The periodic evaluation in sentences: what it adds up to, and what an earlier period hands on."""

from collections.abc import Iterator
from typing import Final

from ksd_toolkit.display import Shown
from ksd_toolkit.document import Items, Paragraph, Run, Runs, joined, measured, runs, strong, told
from ksd_toolkit.evaluation import Review
from ksd_toolkit.evaluation.benefits import STANDINGS, UNPROMISED
from ksd_toolkit.evaluation.criteria_rules import read_criteria_rules
from ksd_toolkit.evaluation.money import total_of
from ksd_toolkit.evaluation.postponed import TAKEN_UP, WAITING
from ksd_toolkit.evaluation.wording import mid_sentence
from ksd_toolkit.messages import count, percent, rupiah, say

_NAMED: Final = 8
"""Names a sentence tells before it says how many more there are."""


def summary(review: Review, lang: str = "id") -> Shown:
    """Views, criteria, money, benefits and what is carried over, a sentence each."""
    sentences = (
        _views(review, lang),
        *_criteria(review, lang),
        _money(review, lang),
        benefits_line(review, lang),
        *_carried(review, lang),
    )
    return Shown(Items(tuple(_led(sentence) for sentence in sentences)), lang=lang)


def carried(review: Review, lang: str = "id") -> Shown:
    """What last period hands on: follow-ups still open, monitoring that is missing, postponed usulan."""
    lines = Items(tuple(_led(sentence) for sentence in _carried(review, lang)))
    return Shown(lines, lang=lang)


def gaps(review: Review, lang: str = "id") -> Shown:
    """Which documents were due for monitoring without it, half-year by half-year, by name."""
    found = review.monev_gaps
    if found.empty:
        return Shown(Paragraph(_no_gaps(review, lang)), lang=lang)
    lines = [
        told(
            "periodic.summary.gap",
            lang,
            period=Run(str(period), origin=f"half_year@kekosongan/{period}"),
            documents=joined([_number(one) for one in group["no_dok"]], lang),
        )
        for period, group in found.groupby("periode", sort=True)
    ]
    lead = Paragraph(runs(say("periodic.summary.gap_lead", lang)))
    return Shown(lead, Items(tuple(lines)), lang=lang)


def _carried(review: Review, lang: str) -> tuple[Runs, ...]:
    return (_follow_ups(review, lang), _gaps(review, lang), _postponed(review, lang))


def _views(review: Review, lang: str) -> Runs:
    compared = review.views[review.views["steps"].notna()]
    missing = _counted(len(review.missing_views), "incomplete", "pandangan/*", lang)
    if compared.empty:
        return told("periodic.summary.no_views", lang, period=review.semester, missing=missing)
    differing = int((compared["steps"] > 0).sum())
    return told(
        "periodic.summary.views",
        lang,
        compared=_counted(len(compared), "compared", "pandangan/*", lang),
        documents=_counted(compared["no_dok"].nunique(), "seen_twice", "pandangan/*", lang),
        same=_counted(len(compared) - differing, "same", "pandangan/*", lang),
        differing=_counted(differing, "differing", "pandangan/*", lang),
        missing=missing,
    )


def _criteria(review: Review, lang: str) -> Iterator[Runs]:
    """The strongest and the weakest criterion of each set, and how many cannot be assessed."""
    rules, totals = read_criteria_rules(), review.criteria_totals
    for name in rules.sets:
        found = totals[totals["set"] == name]
        known = found[found["value"].notna()].sort_values("value", kind="stable")
        facts: dict[str, object] = {"set": rules.set_label(name, lang)}
        if known.empty:
            yield told("periodic.summary.no_criteria", lang, **facts)
            continue
        ends = {"strongest": known.iloc[-1], "weakest": known.iloc[0]}
        for end, row in ends.items():
            criterion = rules.find(f"{name}.{row['criterion']}")
            label = row["criterion"] if criterion is None else criterion.label(lang)
            subject = f"kriteria/*|{name}.{row['criterion']}"
            value = measured(count(row["value"], lang), "mean", subject)
            facts[end] = mid_sentence(label)
            facts[f"{end}_value"] = value
        code = "level" if known["value"].nunique() == 1 else "criteria"
        blank = _counted(len(found) - len(known), "unassessed", f"kriteria/*|{name}", lang)
        yield told(f"periodic.summary.{code}", lang, blank=blank, **facts)


def _money(review: Review, lang: str) -> Runs:
    total = total_of(review.money)
    if total.percent is None:
        return told("periodic.summary.no_money", lang, period=review.semester)
    revenue: object = say("periodic.summary.no_revenue", lang)
    if total.revenue is not None:
        revenue = measured(rupiah(total.revenue, lang), "hasil_uang", "uang/*")
    return told(
        "periodic.summary.money",
        lang,
        spent=measured(rupiah(total.spent, lang), "realisasi_anggaran", "uang/*"),
        budget=measured(rupiah(total.budget, lang), "anggaran", "uang/*"),
        percent=measured(percent(total.percent, 1, lang), "absorption", "uang/*"),
        compared=_counted(total.compared, "with_money", "uang/*", lang),
        whole=_counted(total.documents, "assessed", "uang/*", lang),
        revenue=revenue,
        goods=_counted(total.goods, "goods", "uang/*", lang),
    )


def benefits_line(review: Review, lang: str) -> Runs:
    """How the promises to the three sides stand, in one line that begins with its topic."""
    standing = review.benefits["standing"]
    promises = standing[standing != UNPROMISED]
    if promises.empty:
        return told("periodic.summary.no_benefits", lang)
    counts = promises.value_counts()
    numbers = [
        told(
            "periodic.summary.standing",
            lang,
            count=_counted(counts[name], f"standing:{name}", "manfaat/*", lang),
            standing=mid_sentence(say(f"periodic.standing.{name}", lang)),
        )
        for name in STANDINGS
        if name in counts.index
    ]
    whole = _counted(len(promises), "promises", "manfaat/*", lang)
    return told("periodic.summary.benefits", lang, promises=whole, standings=joined(numbers, lang))


def _follow_ups(review: Review, lang: str) -> Runs:
    found = review.open_follow_ups
    found = found[found["carried"]]
    if found.empty:
        return told("periodic.summary.no_follow_ups", lang, period=review.semester)
    late = found[found["days_overdue"].notna()]
    facts = {
        "open": _counted(len(found), "carried_open", "tindaklanjut/*", lang),
        "overdue": _counted(len(late), "carried_late", "tindaklanjut/*", lang),
    }
    if late.empty:
        return told("periodic.summary.follow_ups", lang, period=review.semester, **facts)
    oldest = late.sort_values("days_overdue", ascending=False, kind="stable").iloc[0]
    subject = f"tindaklanjut/{oldest['no_dok']}|{oldest['asked_in']}"
    return told(
        "periodic.summary.follow_ups_late",
        lang,
        period=review.semester,
        no_dok=_number(oldest["no_dok"]),
        days=measured(count(oldest["days_overdue"], lang), "days_overdue", subject),
        **facts,
    )


def _gaps(review: Review, lang: str) -> Runs:
    found = review.monev_gaps
    if found.empty:
        return _no_gaps(review, lang)
    numbers = list(dict.fromkeys(found["no_dok"]))
    return told(
        "periodic.summary.gaps",
        lang,
        **_of_rules(review),
        gaps=_counted(len(found), "all_gaps", "kekosongan/*", lang),
        documents=_counted(len(numbers), "gap_documents", "kekosongan/*", lang),
        names=_some(numbers, lang),
    )


def _postponed(review: Review, lang: str) -> Runs:
    found = review.postponed
    if found.empty:
        return told("periodic.summary.no_postponed", lang)
    states = found["state"].value_counts()
    again, waiting = states.get(TAKEN_UP, 0), states.get(WAITING, 0)
    return told(
        "periodic.summary.postponed",
        lang,
        whole=_counted(len(found), "postponed", "tertunda/*", lang),
        again=_counted(again, "again", "tertunda/*", lang),
        waiting=_counted(waiting, "waiting", "tertunda/*", lang),
    )


def _some(numbers: list[str], lang: str) -> Runs:
    """The first names, and how many more there are."""
    shown = [_number(one) for one in numbers[:_NAMED]]
    if len(numbers) <= _NAMED:
        return joined(shown, lang)
    rest = measured(count(len(numbers) - _NAMED, lang), "gap_documents", "kekosongan/*")
    return joined([*shown, told("periodic.summary.more", lang, count=rest)], lang)


def _no_gaps(review: Review, lang: str) -> Runs:
    """Nothing is missing, or nothing was due."""
    if review.monitoring_calendar.empty:
        return told("periodic.summary.nothing_due", lang, **_of_rules(review))
    return told("periodic.summary.no_gaps", lang, **_of_rules(review))


def _of_rules(review: Review) -> dict[str, Run]:
    """How many evaluations a year there must be, and how many half-years are looked at."""
    rules = review.rules
    return {
        "yearly": measured(str(rules.yearly_evaluations), "yearly", "aturan/*"),
        "half_years": measured(str(rules.calendar_half_years), "half_years", "aturan/*"),
    }


def _counted(number: float, measure: str, subject: str, lang: str) -> Run:
    return measured(count(number, lang), measure, subject)


def _number(number: object) -> Run:
    """The number of a document."""
    return Run(str(number), origin=f"no_dok@naskah/{number}")


def _led(sentence: Runs) -> Runs:
    """The words before the colon carry the sentence."""
    topic, colon, rest = sentence[0].text.partition(":")
    return runs(strong(topic + colon), *((rest,) if rest else ()), *sentence[1:])
