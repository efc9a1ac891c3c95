"""The schedule as a Gantt chart: an activity a row, a week a step, stages in their colours."""

from datetime import date, timedelta
from typing import Final

from ksd_toolkit.answers.preparation import Preparation
from ksd_toolkit.answers.schedule import Activity, Schedule
from ksd_toolkit.charts.canvas import (
    INK,
    MUTED,
    ORANGE,
    PAPER,
    ROW,
    RUST,
    SAND,
    SMALL,
    TEAL,
    TEAL_LIGHT,
    WIDTH,
    Canvas,
    Horizontal,
    Scale,
    figure_block,
)
from ksd_toolkit.charts.legend import draw_legend, legend_height
from ksd_toolkit.charts.lettering import text_width
from ksd_toolkit.display import Shown
from ksd_toolkit.messages import count, date_text, language, say

_LEFT: Final = 2.75
_HEAD: Final = 0.26  # the line of weeks or days
_GAP: Final = 0.06  # from a bar to the name of its stage
_BAR: Final = 0.17
_STAGE_COLORS: Final = (TEAL, TEAL_LIGHT, ORANGE, RUST, SAND)
_MOST_TICKS: Final = 13


def gantt(preparation: Preparation, lang: str = "") -> Shown:
    """Every activity from its first to its last week; the day of reference where it falls inside."""
    lang = lang or preparation.lang
    schedule = preparation.schedule
    stages = list(dict.fromkeys(a.stage[language(lang)] for a in schedule.activities))
    colors = {name: _STAGE_COLORS[n % len(_STAGE_COLORS)] for n, name in enumerate(stages)}
    scale = Scale(0, max(1, schedule.weeks), _LEFT, WIDTH - 0.05)
    named = _named_at(schedule, scale, lang)
    told = {schedule.activities[number].stage[language(lang)] for number in named}
    others = [entry for entry in colors.items() if entry[0] not in told]
    top = _HEAD + (legend_height(others) if others else 0.0)
    bottom = top + ROW * len(schedule.activities)
    canvas = Canvas(bottom + 0.08)
    draw_legend(canvas, others)
    _ticks(canvas, scale, schedule, (top, bottom), lang)
    _today(canvas, scale, preparation, (top, bottom))
    for number, activity in enumerate(schedule.activities):
        y = top + ROW * (number + 0.5)
        canvas.text(0, y, activity.name[language(lang)], room=_LEFT - 0.15, size=SMALL, lines=2)
        left, right = scale(activity.first_week - 1), scale(activity.last_week)
        color = colors[activity.stage[language(lang)]]
        canvas.bar(left, y - _BAR / 2, right - left, _BAR, color)
        if number in named:
            x, align = named[number]
            _name(canvas, x, y, activity.stage[language(lang)], align)
    caption, origin = say("prepare.gantt", lang), "chart_schedule@kegiatan/*"
    return figure_block(
        canvas, caption, _alt(schedule, lang), _details(schedule, lang), lang, origin
    )


def _name(canvas: Canvas, x: float, y: float, name: str, align: Horizontal) -> None:
    """A name on a ground of paper, so that no line of the weeks runs through it."""
    wide = text_width(name, SMALL)
    left = x if align == "left" else x - wide
    right, top, bottom = left + wide + 0.02, y - 0.07, y + 0.07
    ground = [(left - 0.02, top), (right, top), (right, bottom), (left - 0.02, bottom)]
    canvas.shape(ground, PAPER, fill=1.0, width=0.0)
    canvas.text(x, y, name, size=SMALL, align=align)


def _ticks(
    canvas: Canvas, scale: Scale, schedule: Schedule, ends: tuple[float, float], lang: str
) -> None:
    """A line a step of weeks, with its number or, where a start is set, its day."""
    top, bottom = ends
    step = -(-schedule.weeks // _MOST_TICKS) or 1
    axis = say("prepare.axis_weeks" if schedule.start is None else "prepare.axis_days", lang)
    canvas.text(_LEFT - 0.12, top - 0.1, axis, size=SMALL, color=MUTED, align="right")
    for week in range(0, schedule.weeks, step):
        x = scale(week)
        canvas.line((x, top), (x, bottom))
        canvas.text(x + 0.02, top - 0.1, _tick(schedule, week), size=SMALL, color=MUTED)


def _tick(schedule: Schedule, week: int) -> str:
    if schedule.start is None:
        return str(week + 1)
    day = schedule.start + timedelta(weeks=week)
    return f"{day.day}/{day.month}"


def _today(
    canvas: Canvas, scale: Scale, preparation: Preparation, ends: tuple[float, float]
) -> None:
    """A line on the day of reference."""
    place = _weeks_since(preparation.schedule, preparation.dossier.tanggal_acuan)
    if place is not None and 0 <= place <= preparation.schedule.weeks:
        canvas.line((scale(place), ends[0]), (scale(place), ends[1]), color=INK, width=1.2)


def _weeks_since(schedule: Schedule, day: date) -> float | None:
    return None if schedule.start is None else (day - schedule.start).days / 7


def _named_at(schedule: Schedule, scale: Scale, lang: str) -> dict[int, tuple[float, Horizontal]]:
    """Where the name of each stage stands: beside the first of its bars that has room for it, by row."""
    places: dict[int, tuple[float, Horizontal]] = {}
    done = set()
    for number, activity in enumerate(schedule.activities):
        stage = activity.stage[language(lang)]
        wide = text_width(stage, SMALL) + _GAP
        left, right = scale(activity.first_week - 1), scale(activity.last_week)
        if stage in done:
            continue
        if right + wide <= WIDTH:
            places[number] = (right + _GAP, "left")
        elif left - wide >= _LEFT:
            places[number] = (left - _GAP, "right")
        else:
            continue
        done.add(stage)
    return places


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
