"""The schedule of the mapping: activities by week, who does them, the meetings, and what serves the plans."""

from datetime import date
from typing import Final

from ksd_toolkit.answers.preparation import Preparation, prepare
from ksd_toolkit.answers.schedule import Activity
from ksd_toolkit.charts.schedule import gantt
from ksd_toolkit.document import (
    Block,
    Column,
    Runs,
    Table,
    measured,
    spaced,
    told,
    told_counted,
)
from ksd_toolkit.messages import count, date_text, language, say
from ksd_toolkit.papers.facts import Case, PaperFacts
from ksd_toolkit.papers.opening import blocks_of, closing_prepared, opening, sentence, signed_by
from ksd_toolkit.prose import preparation as prose
from ksd_toolkit.tables import preparation as tables
from ksd_toolkit.theme import Theme

CONDITIONS: Final = frozenset({"activities", "dated", "meetings", "planning", "running", "over"})
_PLANNING: Final = ("PP 28/2018 4(2)", "PP 28/2018 4(2)-(3)")
"""The grounds that tie an activity to the development plans."""


def schedule(case: Case) -> PaperFacts:
    """The schedule of the period; it needs no answers.

    Raises:
        InputError: `jadwal.csv` cannot be used.
    """
    return schedule_of(prepare(case.dossier, register=case.register), case.theme)


def schedule_of(preparation: Preparation, theme: Theme) -> PaperFacts:
    """The schedule of a preparation; days only where the dossier sets a start or an end."""
    plan, lang = preparation.schedule, preparation.lang
    planning = [one for one in plan.activities if one.ground in _PLANNING]
    today = preparation.dossier.tanggal_acuan
    words: dict[str, str | Runs] = {
        **opening(preparation.dossier, theme),
        "activities": told_counted(
            "mapping_papers.activities", len(plan.activities), lang,
            n=measured(count(len(plan.activities), lang), "activities", "kegiatan/*"),
        ),
        "weeks": (measured(count(plan.weeks, lang), "weeks", "kegiatan/*"),),
        "today": _today(preparation, today, lang),
    }  # fmt: skip
    drawn = bool(plan.activities)
    blocks = {
        "figures": blocks_of(prose.key_figures(preparation)),
        "summary": blocks_of(prose.summary(preparation)),
        "gantt": blocks_of(gantt(preparation)) if drawn else (),
        "table": blocks_of(tables.schedule(preparation)),
        "meetings": blocks_of(tables.meetings(preparation)),
        "planning": _planning(preparation, planning, lang),
        "signatures": signed_by(theme, "chair"),
        "stamp": closing_prepared(preparation.stamp),
    }
    dates = [days for one in plan.activities if (days := plan.dates(one))]
    holds = {
        "activities": drawn, "dated": plan.start is not None, "meetings": bool(plan.meetings),
        "planning": bool(planning),
        "running": any(first <= today <= last for first, last in dates),
        "over": bool(dates) and max(last for _, last in dates) < today,
    }  # fmt: skip
    return PaperFacts(
        words, blocks, frozenset(n for n, is_so in holds.items() if is_so), CONDITIONS
    )


def _today(preparation: Preparation, today: date, lang: str) -> str | Runs:
    """What is being done on the day of reference; nothing where no day is known or none is under way."""
    plan = preparation.schedule
    now = [
        tables.activity_name(one, lang)
        for one in plan.activities
        if (days := plan.dates(one)) and days[0] <= today <= days[1]
    ]
    if not now:
        return ""
    facts = {"date": date_text(today, lang), "activities": spaced(now, "; ")}
    return told("mapping_papers.under_way", lang, **facts)


def _planning(preparation: Preparation, planning: list[Activity], lang: str) -> tuple[Block, ...]:
    """The activities that draw on the development plans or hand something in for them."""
    if not planning:
        return sentence(say("mapping_papers.no_planning", lang))
    columns = (
        Column(say("prepare.column_activity", lang), width=5.0, measure="kegiatan"),
        Column(say("prepare.column_days", lang), width=3.0, measure="days"),
        Column(say("prepare.column_by_whom", lang), width=3.0, measure="pelaksana"),
    )
    body = tuple(
        (
            one.name[language(lang)], tables.days_text(preparation, one, lang),
            one.who[language(lang)],
        )
        for one in planning
    )  # fmt: skip
    subjects = tuple(f"kegiatan/{one.code}" for one in planning)
    caption, note = say("mapping_papers.planning", lang), say("mapping_papers.planning_note", lang)
    return (Table(caption, columns, body, note, subjects=subjects, anchor="planning"),)
