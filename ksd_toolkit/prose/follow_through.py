"""Follow-through in sentences: how far the proposals came, how long it took, and what waits."""

from collections.abc import Iterator
from typing import Any

from ksd_toolkit.display import Shown
from ksd_toolkit.document import Items, Paragraph, Run, Runs, measured, runs, told
from ksd_toolkit.evaluation import Review
from ksd_toolkit.evaluation.determination import DETERMINED, MEETING
from ksd_toolkit.evaluation.follow_through import JOINED
from ksd_toolkit.evaluation.funnel import cohorts_shown
from ksd_toolkit.evaluation.stopped import ENDED, agreed_of, unstarted_of
from ksd_toolkit.evaluation.wording import mid_sentence
from ksd_toolkit.messages import count, say


def summary(review: Review, lang: str = "id") -> Shown:
    """How far the proposals of the period under review came, and what is not known."""
    lines = tuple(_lines(review, lang))
    lead, rest = Paragraph(lines[0]), lines[1:]
    return Shown(lead, *((Items(rest),) if rest else ()), lang=lang)


def _lines(review: Review, lang: str) -> Iterator[Runs]:
    period, _ = cohorts_shown(review.funnel)
    steps = {
        row["step"]: row
        for row in review.funnel[review.funnel["periode"] == period].to_dict("records")
    }
    if steps and steps[DETERMINED]["reached"]:
        yield _far(review, period, steps, lang)
        yield from _late(review, period, lang)
        yield from _days(review, period, lang)
    else:
        yield runs(say("follow_through.summary.nothing", lang))
    agreed = agreed_of(review.journeys)
    for waiting, part in agreed.groupby("periode"):
        number = _number(len(part), "usulan_count", f"keputusan/{waiting}|disepakati", lang)
        yield told("follow_through.summary.agreed", lang, n=number, period=_period(waiting))


def _far(review: Review, period: str, steps: dict[str, Any], lang: str) -> Runs:
    def reached(code: str) -> Run:
        return _number(steps[code]["reached"], "reached", f"perjalanan/{period}|{code}", lang)

    stops = review.stops
    stopped = len(stops[(stops["periode"] == period) & (stops["kind"] == ENDED)])
    return told(
        "follow_through.summary.funnel",
        lang,
        period=_period(period),
        proposed=reached("usulan"),
        determined=reached(DETERMINED),
        stopped=_number(stopped, "stopped_after", f"perjalanan/{period}", lang),
        **{step.code: reached(step.code) for step in review.rules.steps if not _offer(step.code)},
    )


def _offer(code: str) -> bool:
    return code == "penawaran"


def _late(review: Review, period: str, lang: str) -> Iterator[Runs]:
    """Those that have not begun, and the steps that half came to."""
    found = unstarted_of(review.journeys)
    waiting = len(found[found["periode"] == period])
    if waiting:
        number = _number(waiting, "unstarted", f"perjalanan/{period}", lang)
        yield told("follow_through.summary.unstarted", lang, n=number)
    times = review.waiting_times
    for row in times[(times["periode"] == period) & times["median_days"].notna()].to_dict(
        "records"
    ):
        days = _number(row["median_days"], "median_days", f"waktu/{period}|{row['step']}", lang)
        step = mid_sentence(say(f"follow_through.step.{row['step']}", lang))
        facts = {"period": _period(period), "step": step, "days": days}
        yield told("follow_through.summary.waiting", lang, **facts)


def _days(review: Review, period: str, lang: str) -> Iterator[Runs]:
    """What the times are counted from, where that is not the decree."""
    journeys = review.journeys
    counted = journeys[(journeys["fate"] == DETERMINED) & (journeys["state"] != JOINED)]
    sources = counted.loc[counted["periode"] == period, "day_source"]
    if (sources.isna() | (sources == "")).any():
        yield told("follow_through.summary.no_day", lang, period=_period(period))
    elif (sources == MEETING).any():
        yield told("follow_through.summary.by_meeting", lang, period=_period(period))


def _number(number: float, measure: str, subject: str, lang: str) -> Run:
    return measured(count(number, lang), measure, subject)


def _period(period: Any) -> Run:
    """A period as it is written."""
    return measured(str(period), "period", f"perjalanan/{period}")
