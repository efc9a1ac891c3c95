"""The schedule as a Gantt chart: an activity a row, a week a step, stages in their colours."""

from datetime import date, timedelta
from typing import Final

from ksd_toolkit.answers.preparation import Preparation
from ksd_toolkit.answers.schedule import Activity, Schedule
from ksd_toolkit.charts.canvas import (
    INK,
    MUTED,
    ORANGE,
    ROW,
    RUST,
    SAND,
    SMALL,
    TEAL,
    TEAL_LIGHT,
    WIDTH,
    Canvas,
    Scale,
    figure_block,
    text_width,
)
from ksd_toolkit.display import Shown
from ksd_toolkit.messages import count, date_text, language, say

_LEFT: Final = 2.75
_TOP: Final = 0.58
_BAR: Final = 0.17
_STAGE_COLORS: Final = (TEAL, TEAL_LIGHT, ORANGE, RUST, SAND)
_MOST_TICKS: Final = 13


def gantt(preparation: Preparation, lang: str = "") -> Shown:
    """Every activity from its first to its last week; the day of reference where it falls inside."""
    lang = lang or preparation.lang
    schedule = preparation.schedule
    bottom = _TOP + ROW * len(schedule.activities)
    canvas = Canvas(bottom + 0.08)
    stages = list(dict.fromkeys(a.stage[language(lang)] for a in schedule.activities))
    colors = {name: _STAGE_COLORS[n % len(_STAGE_COLORS)] for n, name in enumerate(stages)}
    _legend(canvas, colors)
    scale = Scale(0, max(1, schedule.weeks), _LEFT, WIDTH - 0.05)
    _ticks(canvas, scale, schedule, bottom, lang)
    for number, activity in enumerate(schedule.activities):
        y = _TOP + ROW * (number + 0.5)
        canvas.text(0, y, activity.name[language(lang)], room=_LEFT - 0.15, size=SMALL, lines=2)
        left, right = scale(activity.first_week - 1), scale(activity.last_week)
        color = colors[activity.stage[language(lang)]]
        canvas.bar(left, y - _BAR / 2, right - left, _BAR, color)
    _today(canvas, scale, preparation, bottom)
    return figure_block(
        canvas, say("prepare.gantt", lang), _alt(schedule, lang), _details(schedule, lang), lang
    )


def _ticks(canvas: Canvas, scale: Scale, schedule: Schedule, bottom: float, lang: str) -> None:
    """A line a step of weeks, with its number or, where a start is set, its day."""
    step = -(-schedule.weeks // _MOST_TICKS) or 1
    axis = say("prepare.axis_weeks" if schedule.start is None else "prepare.axis_days", lang)
    canvas.text(_LEFT - 0.12, _TOP - 0.1, axis, size=SMALL, color=MUTED, align="right")
    for week in range(0, schedule.weeks, step):
        x = scale(week)
        canvas.line((x, _TOP), (x, bottom))
        canvas.text(x + 0.02, _TOP - 0.1, _tick(schedule, week), size=SMALL, color=MUTED)


def _tick(schedule: Schedule, week: int) -> str:
    if schedule.start is None:
        return str(week + 1)
    day = schedule.start + timedelta(weeks=week)
    return f"{day.day}/{day.month}"


def _today(canvas: Canvas, scale: Scale, preparation: Preparation, bottom: float) -> None:
    """A line on the day of reference."""
    place = _weeks_since(preparation.schedule, preparation.dossier.tanggal_acuan)
    if place is not None and 0 <= place <= preparation.schedule.weeks:
        canvas.line((scale(place), _TOP), (scale(place), bottom), color=INK, width=1.2)


def _weeks_since(schedule: Schedule, day: date) -> float | None:
    return None if schedule.start is None else (day - schedule.start).days / 7


def _legend(canvas: Canvas, colors: dict[str, str]) -> None:
    x = 0.0
    for name, color in colors.items():
        canvas.bar(x, 0.07, 0.13, 0.13, color)
        canvas.text(x + 0.18, 0.135, name, size=SMALL)
        x += 0.18 + text_width(name, SMALL) + 0.22


def _alt(schedule: Schedule, lang: str) -> str:
    facts = {
        "n": count(len(schedule.activities), lang),
        "weeks": count(schedule.weeks, lang),
    }
    if schedule.start is None:
        return say("prepare.gantt_alt", lang, **facts)
    last = schedule.start + timedelta(weeks=schedule.weeks, days=-1)
    days = {"first": date_text(schedule.start, lang), "last": date_text(last, lang)}
    return say("prepare.gantt_alt_dated", lang, **facts, **days)


def _details(schedule: Schedule, lang: str) -> str:
    return "; ".join(_told(activity, lang) for activity in schedule.activities)


def _told(activity: Activity, lang: str) -> str:
    facts = {"first": activity.first_week, "last": activity.last_week}
    return say("prepare.gantt_row", lang, name=activity.name[language(lang)], **facts)
