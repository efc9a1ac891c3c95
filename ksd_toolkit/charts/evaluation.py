"""The charts of the evaluation report: status, follow-through and eleven questions, and that of achievements beside them."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from ksd_toolkit.agreements.documents import STATUSES
from ksd_toolkit.charts.canvas import (
    BEST_TO_WORST,
    EMPTY,
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
)
from ksd_toolkit.charts.evaluation_achievements import achievements
from ksd_toolkit.charts.evaluation_marks import BAR, counted, inside_or_beside, sentence, stack
from ksd_toolkit.charts.legend import Key, key_of
from ksd_toolkit.display import Shown
from ksd_toolkit.evaluation import Review
from ksd_toolkit.messages import count, date_text, join_words, say

__all__ = [
    "achievements",
    "documents_by_status",
    "follow_through",
    "profile",
]

_STATUS_COLORS: Final = {
    "berlaku": TEAL,
    "akan_berakhir": ORANGE,
    "berakhir": RUST,
    "dihentikan": INK,
    "belum_mulai": TEAL_LIGHT,
    "rancangan": SAND,
}


def documents_by_status(review: Review, lang: str = "id") -> Shown:
    """A bar per status, longest first in the order of a document's life."""
    counts = review.documents["effective_status"].value_counts()
    names = [status for status in STATUSES if counts.get(status, 0)]
    date = date_text(review.tanggal_acuan, lang)
    if not names:
        return sentence("status", lang)
    canvas = Canvas(ROW * len(names) + 0.1)
    scale = Scale(0, int(counts.max()), 1.5, WIDTH - 0.5)
    told = []
    for number, status in enumerate(names):
        y, label = ROW * (number + 0.5) + 0.05, say(f"evaluation.status.{status}", lang)
        canvas.text(0, y, label, room=1.4)
        end = scale(counts[status])
        canvas.bar(scale.left, y - BAR / 2, end - scale.left, BAR, _STATUS_COLORS[status])
        canvas.text(end + 0.07, y, count(counts[status], lang), weight="Semibold")
        told.append(counted(label, counts[status], lang))
    alt = say("evaluation.chart.status_alt", lang, date=date, counts=join_words(told, lang))
    caption = say("evaluation.chart.status", lang, date=date)
    origin = "chart_evaluation_status@naskah/*"
    return figure_block(canvas, caption, alt, join_words(told, lang), lang, origin)


def follow_through(review: Review, lang: str = "id") -> Shown:
    """A bar per step as long as what reached it; what is open or stopped is named beside it."""
    steps = review.follow_through.to_dict("records")
    if not steps[0]["entered"]:
        return sentence("follow_through", lang)
    canvas = Canvas(0.42 * len(steps) + 0.05)
    scale = Scale(0, steps[0]["entered"], 2.1, WIDTH - 1.75)
    told = []
    for number, step in enumerate(steps):
        y, label = 0.42 * (number + 0.5), say(f"evaluation.step.{step['step']}", lang)
        canvas.text(0, y, label, room=2.0, lines=2)
        canvas.bar(scale.left, y - 0.13, scale(step["entered"]) - scale.left, 0.26, EMPTY)
        canvas.bar(scale.left, y - 0.13, scale(step["reached"]) - scale.left, 0.26, TEAL)
        inside_or_beside(canvas, scale, y, step["reached"], lang)
        after = scale(step["entered"]) + 0.1
        canvas.text(after, y, _lost(step, lang), size=SMALL, color=MUTED, room=WIDTH - after)
        told.append(counted(label, step["reached"], lang))
    alt = say("evaluation.chart.funnel_alt", lang, counts=join_words(told, lang))
    caption = say("evaluation.chart.follow_through", lang)
    lost = [
        say(
            "evaluation.chart.row",
            lang,
            label=say(f"evaluation.step.{step['step']}", lang),
            value=_lost(step, lang),
        )
        for step in steps
        if _lost(step, lang)
    ]
    origin = "chart_evaluation_steps@penetapan/*"
    return figure_block(canvas, caption, alt, "; ".join(lost), lang, origin)


def profile(review: Review, lang: str = "id") -> Shown:
    """A bar per question, split from the best answer to the worst, blanks last."""
    period = str(review.semester)
    current = review.profile[review.profile["periode"] == period]
    documents = int((current["answered"] + current["blank"]).max())
    if not documents:
        return sentence("profile", lang, period=period, previous=review.previous)
    scale = Scale(0, documents, 2.35, WIDTH - 0.02)
    parts = {question.field: _parts(current, question.field) for question in review.rules.questions}
    key = _profile_key(list(parts.values()), scale, lang)
    top = key.height or 0.05
    canvas = Canvas(top + ROW * len(parts) + 0.05)
    key.draw(canvas, top, top + (ROW - BAR) / 2)
    told = []
    for number, question in enumerate(review.rules.questions):
        y = top + ROW * (number + 0.5)
        counts = [answered for answered, _ in parts[question.field][:-1]]
        canvas.text(0, y, question.label(lang), room=2.25, size=SMALL, lines=2)
        stack(canvas, scale, y, parts[question.field], lang)
        options = zip(question.options, counts, strict=True)
        named = [counted(question.option_label(o, lang), n, lang) for o, n in options]
        told.append(
            say("evaluation.chart.row", lang, label=question.label(lang), value=", ".join(named))
        )
    alt = say("evaluation.chart.profile_alt", lang, period=period, documents=count(documents, lang))
    caption = say("evaluation.chart.profile", lang, period=period)
    origin = "chart_evaluation_profile@pertanyaan/*"
    return figure_block(canvas, caption, alt, "; ".join(told), lang, origin)


def _parts(current: pd.DataFrame, field: str) -> list[tuple[int, str]]:
    """Documents and colour of every answer to a question, best first, blanks last."""
    answers = current[current["question"] == field]
    counts = [int(number) for number in answers["documents"]]
    colors = BEST_TO_WORST[len(counts)]
    return [*zip(counts, colors, strict=True), (int(answers["blank"].iloc[0]), EMPTY)]


def _profile_key(rows: Sequence[Sequence[tuple[int, str]]], scale: Scale, lang: str) -> Key:
    """The ends of the range and the blanks; the options of each question differ in between."""
    names = ("best", "second", "third", "worst", "blank")
    texts = [say(f"evaluation.chart.{name}", lang) for name in names]
    name_of = dict(zip((*BEST_TO_WORST[4], EMPTY), texts, strict=True))
    there = {color for row in rows for number, color in row if number}
    spans, done = {}, 0
    for number, color in rows[0]:
        if number:
            spans[name_of[color]] = (scale(done), scale(done + number))
        done += number
    return key_of([(name, color) for color, name in name_of.items() if color in there], spans)


def _lost(step: dict[Any, Any], lang: str) -> str:
    """What entered a step and did not reach it: open and stopped, apart."""
    parts = [
        say(f"evaluation.chart.{name}", lang, count=count(step[name], lang))
        for name in ("open", "stopped")
        if step[name]
    ]
    return ", ".join(parts)
