"""The preparation in key figures and sentences: how many offices, who is short, how long it takes."""

from datetime import timedelta

from ksd_toolkit.answers.preparation import ENOUGH, SHORT, SILENT, Preparation
from ksd_toolkit.display import Shown
from ksd_toolkit.document import (
    KeyFigure,
    KeyFigures,
    Paragraph,
    Runs,
    measured,
    spaced,
    told,
)
from ksd_toolkit.messages import count, date_text, say


def key_figures(preparation: Preparation, lang: str = "") -> Shown:
    """Offices asked, with two PPKSD, short of two, not reported; and the weeks of the schedule."""
    lang = lang or preparation.lang
    states = preparation.offices["state"]
    numbers = {
        "offices": len(states),
        **{state: int((states == state).sum()) for state in (ENOUGH, SHORT, SILENT)},
        "weeks": preparation.schedule.weeks,
    }
    figures = tuple(
        KeyFigure(
            count(number, lang),
            say(f"prepare.figure_{name}", lang),
            origin=f"{name}@kegiatan/*" if name == "weeks" else f"{name}@ppksd/*",
        )
        for name, number in numbers.items()
    )
    return Shown(KeyFigures(figures), lang=lang)


def summary(preparation: Preparation, lang: str = "") -> Shown:
    """When the mapping runs, and whom to remind; offices by code."""
    lang = lang or preparation.lang
    sentences = [_span(preparation, lang)]
    if preparation.short:
        codes = ", ".join(preparation.short)
        sentences.append(told("prepare.remind", lang, codes=codes))
    return Shown(Paragraph(spaced(sentences)), lang=lang)


def _span(preparation: Preparation, lang: str) -> Runs:
    schedule = preparation.schedule
    weeks = measured(count(schedule.weeks, lang), "weeks", "kegiatan/*")
    if schedule.start is None:
        return told("prepare.span_undated", lang, weeks=weeks)
    last = schedule.start + timedelta(weeks=schedule.weeks, days=-1)
    days = {"first": date_text(schedule.start, lang), "last": date_text(last, lang)}
    return told("prepare.span", lang, weeks=weeks, **days)
