"""The six criteria of a set on one scale: every document a small dot, their mean a large one."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from ksd_toolkit.charts.canvas import (
    BEST_TO_WORST,
    GRID,
    MUTED,
    SAND,
    SMALL,
    WIDTH,
    Canvas,
    Scale,
    figure_block,
)
from ksd_toolkit.charts.legend import key_of
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Paragraph, runs
from ksd_toolkit.evaluation import Review
from ksd_toolkit.evaluation.criteria_rules import CriteriaRules, read_criteria_rules
from ksd_toolkit.evaluation.wording import mid_sentence
from ksd_toolkit.messages import count, join_words, say

_ROW: Final = 0.34
_BEST: Final = 100.0


def profile(review: Review, criteria: str = "dac", lang: str = "id") -> Shown:
    """A row per criterion of one set, coloured by the class of its mean.

    Args:
        review: The review.
        criteria: `dac` or `dunn`.
        lang: The language.
    """
    rules, every = read_criteria_rules(), review.criteria
    if every.empty:
        return Shown(Paragraph(runs(say("periodic.empty.criteria_chart", lang))), lang=lang)
    totals = review.criteria_totals
    rows = totals[totals["set"] == criteria].to_dict("records")
    scale = Scale(0, _BEST, 1.7, WIDTH - 0.85)
    key = key_of(_classes(rules, lang), _spans(rules, scale, lang))
    top = key.height + 0.02
    bottom = top + _ROW * len(rows)
    canvas = Canvas(bottom + 0.3)
    key.draw(canvas, top, top)
    _cut_points(canvas, scale, (top, bottom), rules, lang)
    told = []
    for number, row in enumerate(rows):
        label = _label(criteria, row, rules, lang)
        y = top + _ROW * (number + 0.5)
        canvas.text(0, y, label, room=1.6)
        held = (every["set"] == criteria) & (every["criterion"] == row["criterion"])
        _dots(canvas, scale, y, row, every.loc[held, "value"].dropna(), rules)
        text = _value(row, lang)
        canvas.text(WIDTH, y, text, size=SMALL, align="right", weight="Semibold", room=0.8, lines=2)
        told.append(say("evaluation.chart.row", lang, label=label, value=text))
    return _figure(canvas, criteria, told, rules, lang)


def _figure(
    canvas: Canvas, criteria: str, told: list[str], rules: CriteriaRules, lang: str
) -> Shown:
    facts = {"set": rules.set_label(criteria, lang), "values": join_words(told, lang)}
    caption = say("periodic.chart.criteria", lang, **facts)
    alt = say("periodic.chart.criteria_alt", lang, **facts)
    origin = f"chart_periodic_criteria@kriteria/*|{criteria}"
    return figure_block(canvas, caption, alt, "; ".join(told), lang, origin)


def _dots(  # noqa: PLR0913, PLR0917  a row is its place, its values and their classes
    canvas: Canvas,
    scale: Scale,
    y: float,
    row: Mapping[Any, Any],
    values: pd.Series,
    rules: CriteriaRules,
) -> None:
    """Every document, then the mean over them."""
    canvas.line((scale.left, y), (scale(_BEST), y), GRID)
    for value in sorted(set(values)):
        canvas.dot(scale(value), y, 0.04, SAND)
    if pd.notna(row["value"]):
        canvas.dot(scale(row["value"]), y, 0.075, _colors(rules)[row["grade"]])


def _cut_points(
    canvas: Canvas, scale: Scale, ends: tuple[float, float], rules: CriteriaRules, lang: str
) -> None:
    """A line at both ends and at every cut point, its value below."""
    top, bottom = ends
    cuts = [grade.from_percent for grade in rules.grades if grade.from_percent is not None]
    for cut in (0.0, *sorted(cuts), _BEST):
        x = scale(cut)
        canvas.line((x, top), (x, bottom + 0.05), GRID)
        canvas.text(x, bottom + 0.17, count(cut, lang), size=SMALL, color=MUTED, align="center")


def _colors(rules: CriteriaRules) -> dict[str, str]:
    colors = BEST_TO_WORST[len(rules.grades)]
    return dict(zip([grade.code for grade in rules.grades], colors, strict=True))


def _classes(rules: CriteriaRules, lang: str) -> list[tuple[str, str]]:
    colors = _colors(rules)
    return [(grade.label(lang), colors[grade.code]) for grade in rules.grades]


def _spans(rules: CriteriaRules, scale: Scale, lang: str) -> dict[str, tuple[float, float]]:
    """The stretch of the scale each class covers."""
    spans, high = {}, scale.high
    for grade in rules.grades:
        low = scale.low if grade.from_percent is None else grade.from_percent
        spans[grade.label(lang)] = (scale(low), scale(high))
        high = low
    return spans


def _label(criteria: str, row: Mapping[Any, Any], rules: CriteriaRules, lang: str) -> str:
    found = rules.find(f"{criteria}.{row['criterion']}")
    return row["criterion"] if found is None else found.label(lang)


def _value(row: Mapping[Any, Any], lang: str) -> str:
    if pd.isna(row["value"]):
        return mid_sentence(say("periodic.not_assessable", lang))
    return count(row["value"], lang)
