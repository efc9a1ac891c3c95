"""The charts of follow-through: a funnel by step, and the share that reached each step over time."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from ksd_toolkit.charts.canvas import (
    GRID,
    INK,
    MUTED,
    ORANGE,
    RUST,
    SAND,
    SMALL,
    TEAL,
    WIDTH,
    Canvas,
    Scale,
    figure_block,
)
from ksd_toolkit.charts.evaluation_marks import stack
from ksd_toolkit.charts.legend import draw_legend, legend_height
from ksd_toolkit.charts.marks import Dash
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Origin, Paragraph, runs
from ksd_toolkit.evaluation import Review
from ksd_toolkit.evaluation.follow_rules import read_follow_rules
from ksd_toolkit.evaluation.funnel import cohorts_shown
from ksd_toolkit.messages import count, join_words, percent, say

_ROW: Final = 0.36
_BAR: Final = 0.2
_PARTS: Final = (("reached", TEAL), ("open", ORANGE), ("stopped", RUST), ("joined", SAND))
_LINES: Final[tuple[tuple[str, Dash], ...]] = (
    (INK, ":"), (TEAL, "-"), (ORANGE, "-"), (RUST, "-"), (MUTED, "--"),
)  # fmt: skip
_HEIGHT: Final = 2.3
_QUARTERS: Final = (0, 25, 50, 75, 100)
_LABEL: Final = 0.17
_Row = Mapping[Any, Any]


def funnel(review: Review, lang: str = "id") -> Shown:
    """A bar per step, split into what reached it, waits before it, stopped there or goes on as another."""
    period, _ = cohorts_shown(review.funnel)
    steps = review.funnel[review.funnel["periode"] == period].to_dict("records")
    if not steps or not steps[0]["entered"]:
        return _sentence("funnel", lang)
    there = [(name, color) for name, color in _PARTS if any(step[name] for step in steps)]
    entries = [(say(f"follow_through.chart.{name}", lang), color) for name, color in there]
    top = legend_height(entries)
    canvas = Canvas(top + _ROW * len(steps) + 0.05)
    draw_legend(canvas, entries)
    scale = Scale(0, steps[0]["entered"], 2.2, WIDTH - 0.4)
    for number, step in enumerate(steps):
        y = top + _ROW * (number + 0.5)
        label = say(f"follow_through.step.{step['step']}", lang)
        canvas.text(0, y, label, room=2.1, lines=2)
        _split(canvas, scale, y, [(int(step[name]), color) for name, color in there], lang)
    counts = [_counted(step["step"], step["reached"], lang) for step in steps]
    alt = say(
        "follow_through.chart.funnel_alt", lang, period=period, counts=join_words(counts, lang)
    )
    caption = say("follow_through.chart.funnel", lang, period=period)
    origin = str(Origin("chart_follow_funnel", f"perjalanan/{period}"))
    return figure_block(canvas, caption, alt, _lost(steps, lang), lang, origin)


def _split(
    canvas: Canvas, scale: Scale, y: float, parts: Sequence[tuple[int, str]], lang: str
) -> None:
    """Parts laid end to end, each with its number in it, or behind the last where it has no room."""
    behind = stack(canvas, scale, y, parts, lang, _BAR)
    done = sum(number for number, _ in parts)
    if not done:
        canvas.text(scale.left, y, count(0, lang), size=SMALL, color=MUTED)
    elif behind:
        canvas.text(scale(done) + 0.07, y, "+".join(behind), size=SMALL, color=MUTED)


def _counted(step: str, number: int, lang: str) -> str:
    name = say(f"follow_through.step.{step}", lang)
    return say("follow_through.chart.count", lang, name=name, n=count(number, lang))


def _lost(steps: Sequence[_Row], lang: str) -> str:
    """What came to each step and did not take it, in words."""
    told = []
    for step in steps:
        parts = [
            say(
                "follow_through.chart.count",
                lang,
                name=say(f"follow_through.chart.{name}", lang),
                n=count(step[name], lang),
            )
            for name, _ in _PARTS[1:]
            if step[name]
        ]
        if parts:
            label = say(f"follow_through.step.{step['step']}", lang)
            told.append(
                say("follow_through.chart.lost", lang, step=label, parts=join_words(parts, lang))
            )
    return "; ".join(told) or say("follow_through.chart.nothing_lost", lang)


def waiting(review: Review, lang: str = "id") -> Shown:
    """A rising step curve per step: the share that reached it by each day since the determination."""
    period, _ = cohorts_shown(review.funnel)
    times = review.waiting_times
    mine = times[(times["periode"] == period) & ~times["no_median"].isin(["few", "undated"])]
    curves = review.waiting_curves[review.waiting_curves["periode"] == period]
    curves = curves[curves["step"].isin(mine["step"])]
    if curves.empty:
        smallest = read_follow_rules().smallest_group
        return _sentence("waiting_chart", lang, smallest=smallest)
    places = [step.code for step in review.rules.steps]
    drawn = [code for code in places if (curves["step"] == code).any()]
    last = max(float(curves["days"].max()), 1.0)
    canvas = Canvas(_HEIGHT + 0.55)
    across, up = Scale(0, last, 0.5, WIDTH - 1.45), Scale(0, 100, _HEIGHT, 0.12)
    _axes(canvas, across, up, last, lang)
    ends = []
    for code in drawn:
        color, dash = _LINES[places.index(code) % len(_LINES)]
        curve = curves[curves["step"] == code]
        ends.append((_curve(canvas, across, up, curve, (color, dash)), color, code))
    _labels(canvas, across.right + 0.12, up, ends, lang)
    told = [_end_told(curves[curves["step"] == code], code, lang) for code in drawn]
    alt = say("follow_through.chart.waiting_alt", lang, period=period, ends=join_words(told, lang))
    caption = say("follow_through.chart.waiting", lang, period=period)
    origin = str(Origin("chart_follow_waiting", f"waktu/{period}"))
    return figure_block(canvas, caption, alt, "; ".join(told), lang, origin)


def _axes(canvas: Canvas, across: Scale, up: Scale, last: float, lang: str) -> None:
    """Quarters of the whole from bottom to top, days from left to right."""
    for quarter in _QUARTERS:
        canvas.line((across.left, up(quarter)), (across.right, up(quarter)), GRID)
        text = percent(quarter, 0, lang)
        canvas.text(across.left - 0.08, up(quarter), text, size=SMALL, color=MUTED, align="right")
    for part in range(5):
        day = round(last * part / 4)
        canvas.text(
            across(day), _HEIGHT + 0.16, count(day, lang), size=SMALL, color=MUTED, align="center"
        )
    middle = (across.left + across.right) / 2
    title = say("follow_through.chart.days", lang)
    canvas.text(middle, _HEIGHT + 0.38, title, size=SMALL, color=MUTED, align="center")


def _curve(
    canvas: Canvas, across: Scale, up: Scale, curve: pd.DataFrame, look: tuple[str, Dash]
) -> float:
    """The curve with a tick where cases were last seen waiting; the height it ends at, in percent."""
    x, share = across(0), 0.0
    for row in curve.to_dict("records"):
        right, rises = across(row["days"]), 100 * (1 - row["waiting_share"])
        canvas.line((x, up(share)), (right, up(share)), look[0], 1.6, look[1])
        canvas.line((right, up(share)), (right, up(rises)), look[0], 1.6, look[1])
        x, share = right, rises
        if row["left"]:
            canvas.line((right, up(share) - 0.05), (right, up(share) + 0.05), look[0], 1.0)
    return share


def _labels(
    canvas: Canvas,
    x: float,
    up: Scale,
    ends: Sequence[tuple[float, str, str]],
    lang: str,
) -> None:
    """The name of each curve beside its end, the names kept apart from each other."""
    above = float("-inf")
    for number, (share, color, code) in enumerate(sorted(ends, key=lambda end: -end[0])):
        rest = len(ends) - number - 1
        y = min(max(up(share), above + _LABEL), _HEIGHT - rest * _LABEL)
        above = y
        canvas.bar(x, y - 0.03, 0.12, 0.06, color)
        label = say(f"follow_through.short.{code}", lang)
        text = say("follow_through.chart.count", lang, name=label, n=percent(share, 0, lang))
        canvas.text(x + 0.18, y, text, size=SMALL, room=WIDTH - x - 0.18)


def _end_told(curve: pd.DataFrame, code: str, lang: str) -> str:
    end = curve.iloc[-1]
    return say(
        "follow_through.chart.waiting_end",
        lang,
        step=say(f"follow_through.step.{code}", lang),
        share=percent(100 * (1 - end["waiting_share"]), 0, lang),
        days=count(end["days"], lang),
    )


def _sentence(name: str, lang: str, **facts: object) -> Shown:
    origin = str(Origin(f"table_follow_{name}", "aturan/*"))
    sentence = say(f"follow_through.empty.{name}", lang, **facts)
    return Shown(Paragraph(runs(sentence), origin=origin), lang=lang)
