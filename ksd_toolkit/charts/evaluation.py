"""The charts of the evaluation report: status, follow-through, eleven questions, achievements."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from ksd_toolkit.agreements.documents import STATUSES
from ksd_toolkit.charts.canvas import (
    BEST_TO_WORST,
    EMPTY,
    GRID,
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
    Scale,
    figure_block,
)
from ksd_toolkit.charts.legend import Key, key_of
from ksd_toolkit.charts.lettering import text_width
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Paragraph, runs
from ksd_toolkit.evaluation import Review
from ksd_toolkit.evaluation.wording import mid_sentence
from ksd_toolkit.messages import count, date_text, join_words, percent, say

_STATUS_COLORS: Final = {
    "berlaku": TEAL,
    "akan_berakhir": ORANGE,
    "berakhir": RUST,
    "dihentikan": INK,
    "belum_mulai": TEAL_LIGHT,
    "rancangan": SAND,
}
_DARK: Final = frozenset({TEAL, RUST, INK})
_BAR: Final = 0.19
_MOST_ROWS: Final = 30


def documents_by_status(review: Review, lang: str = "id") -> Shown:
    """A bar per status, longest first in the order of a document's life."""
    counts = review.documents["effective_status"].value_counts()
    names = [status for status in STATUSES if counts.get(status, 0)]
    date = date_text(review.tanggal_acuan, lang)
    if not names:
        return _sentence("status", lang)
    canvas = Canvas(ROW * len(names) + 0.1)
    scale = Scale(0, int(counts.max()), 1.5, WIDTH - 0.5)
    told = []
    for number, status in enumerate(names):
        y, label = ROW * (number + 0.5) + 0.05, say(f"evaluation.status.{status}", lang)
        canvas.text(0, y, label, room=1.4)
        end = scale(counts[status])
        canvas.bar(scale.left, y - _BAR / 2, end - scale.left, _BAR, _STATUS_COLORS[status])
        canvas.text(end + 0.07, y, count(counts[status], lang), weight="Semibold")
        told.append(_named(label, counts[status], lang))
    alt = say("evaluation.chart.status_alt", lang, date=date, counts=join_words(told, lang))
    caption = say("evaluation.chart.status", lang, date=date)
    origin = "chart_evaluation_status@naskah/*"
    return figure_block(canvas, caption, alt, join_words(told, lang), lang, origin)


def follow_through(review: Review, lang: str = "id") -> Shown:
    """A bar per step as long as what reached it; what is open or stopped is named beside it."""
    steps = review.follow_through.to_dict("records")
    if not steps[0]["entered"]:
        return _sentence("follow_through", lang)
    canvas = Canvas(0.42 * len(steps) + 0.05)
    scale = Scale(0, steps[0]["entered"], 2.1, WIDTH - 1.75)
    told = []
    for number, step in enumerate(steps):
        y, label = 0.42 * (number + 0.5), say(f"evaluation.step.{step['step']}", lang)
        canvas.text(0, y, label, room=2.0, lines=2)
        canvas.bar(scale.left, y - 0.13, scale(step["entered"]) - scale.left, 0.26, EMPTY)
        canvas.bar(scale.left, y - 0.13, scale(step["reached"]) - scale.left, 0.26, TEAL)
        _inside_or_beside(canvas, scale, y, step["reached"], lang)
        after = scale(step["entered"]) + 0.1
        canvas.text(after, y, _lost(step, lang), size=SMALL, color=MUTED, room=WIDTH - after)
        told.append(_named(label, step["reached"], lang))
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
        return _sentence("profile", lang, period=period, previous=review.previous)
    scale = Scale(0, documents, 2.35, WIDTH - 0.02)
    parts = {question.field: _parts(current, question.field) for question in review.rules.questions}
    key = _profile_key(list(parts.values()), scale, lang)
    top = key.height or 0.05
    canvas = Canvas(top + ROW * len(parts) + 0.05)
    key.draw(canvas, top, top + (ROW - _BAR) / 2)
    told = []
    for number, question in enumerate(review.rules.questions):
        y = top + ROW * (number + 0.5)
        counts = [answered for answered, _ in parts[question.field][:-1]]
        canvas.text(0, y, question.label(lang), room=2.25, size=SMALL, lines=2)
        _stack(canvas, scale, y, parts[question.field], lang)
        options = zip(question.options, counts, strict=True)
        named = [_named(question.option_label(o, lang), n, lang) for o, n in options]
        told.append(
            say("evaluation.chart.row", lang, label=question.label(lang), value=", ".join(named))
        )
    alt = say("evaluation.chart.profile_alt", lang, period=period, documents=count(documents, lang))
    caption = say("evaluation.chart.profile", lang, period=period)
    origin = "chart_evaluation_profile@pertanyaan/*"
    return figure_block(canvas, caption, alt, "; ".join(told), lang, origin)


def achievements(review: Review, lang: str = "id") -> Shown:
    """A dot per indicator on its percentage, coloured by class, the lowest at the top."""
    period = str(review.semester)
    found = review.achievements
    found = found[(found["periode"] == period) & found["band"].notna()]
    if found.empty:
        return _sentence("achievements", lang, period=period)
    ordered = found.sort_values(["raw_percent", "no_dok"], kind="stable")
    rows = ordered.head(_MOST_ROWS).to_dict("records")
    scale = Scale(review.rules.floor_percent, review.rules.cap_percent, 2.75, WIDTH - 0.75)
    key = _band_key(review, scale, lang)
    top = key.height
    bottom = top + ROW * len(rows)
    canvas = Canvas(bottom + 0.3)
    key.draw(canvas, top, top)
    _cut_points(canvas, scale, (top, bottom), review, lang)
    colors = _band_colors(review)
    for number, row in enumerate(rows):
        y, x = top + ROW * (number + 0.5), scale(row["shown_percent"])
        canvas.text(0, y, f"{row['no_dok']} · {row['indikator']}", room=2.6, size=SMALL, lines=2)
        canvas.line((scale.left, y), (x, y), GRID)
        canvas.dot(x, y, 0.065, colors[row["band"]])
        shown = percent(row["shown_percent"], review.rules.decimals, lang)
        canvas.text(WIDTH, y, shown, size=SMALL, align="right", weight="Semibold")
    origin = "chart_evaluation_achievements@capaian/*"
    return figure_block(canvas, *_achievement_texts(ordered, review, lang), lang, origin)


def _achievement_texts(ordered: pd.DataFrame, review: Review, lang: str) -> tuple[str, str, str]:
    """Caption, alternative text and the numbers in words."""
    bands, period = review.rules.bands, str(review.semester)
    good = [band.code for band in bands[:2]]
    alt = say(
        "evaluation.chart.achievements_alt",
        lang,
        count=count(len(ordered), lang),
        period=period,
        low=count((~ordered["band"].isin(good)).sum(), lang),
        band=mid_sentence(bands[1].label(lang)),
    )
    counts = ordered["band"].value_counts()
    told = [_named(band.label(lang), counts.get(band.code, 0), lang) for band in bands]
    caption = say("evaluation.chart.achievements", lang, period=period)
    if len(ordered) > _MOST_ROWS:
        facts = {"shown": _MOST_ROWS, "count": count(len(ordered), lang)}
        caption = f"{caption}. {say('evaluation.chart.lowest_only', lang, **facts)}"
    return caption, alt, join_words(told, lang)


def _cut_points(
    canvas: Canvas, scale: Scale, ends: tuple[float, float], review: Review, lang: str
) -> None:
    """A line at every cut point, its value below."""
    top, bottom = ends
    for band in review.rules.bands:
        if band.above_percent is None:
            continue
        x = scale(band.above_percent)
        canvas.line((x, top), (x, bottom + 0.05), GRID)
        cut = count(band.above_percent, lang)
        canvas.text(x, bottom + 0.17, cut, size=SMALL, color=MUTED, align="center")


def _band_colors(review: Review) -> dict[str, str]:
    bands = review.rules.bands
    return dict(zip([band.code for band in bands], BEST_TO_WORST[len(bands)], strict=True))


def _band_key(review: Review, scale: Scale, lang: str) -> Key:
    """Classes named over the stretch of the scale they cover, best at the right."""
    colors, spans, high = _band_colors(review), {}, scale.high
    for band in review.rules.bands:
        low = scale.low if band.above_percent is None else band.above_percent
        spans[band.label(lang)] = (scale(low), scale(high))
        high = low
    return key_of([(b.label(lang), colors[b.code]) for b in review.rules.bands], spans)


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


def _stack(
    canvas: Canvas, scale: Scale, y: float, parts: Sequence[tuple[int, str]], lang: str
) -> None:
    """Parts laid end to end, each with its number where there is room for it."""
    done = 0
    for number, color in parts:
        start, end = scale(done), scale(done + number)
        done += number
        if not number:
            continue
        canvas.bar(start, y - _BAR / 2, end - start, _BAR, color)
        text = count(number, lang)
        if text_width(text, SMALL) + 0.06 <= end - start:
            ink = PAPER if color in _DARK else INK
            canvas.text((start + end) / 2, y, text, size=SMALL, color=ink, align="center")


def _inside_or_beside(canvas: Canvas, scale: Scale, y: float, reached: int, lang: str) -> None:
    """The number in its bar, or just after a bar too short for it."""
    text, end = count(reached, lang), scale(reached)
    if text_width(text, SMALL, "Semibold") + 0.16 <= end - scale.left:
        canvas.text(end - 0.08, y, text, color=PAPER, align="right", weight="Semibold")
    else:
        canvas.text(end + 0.08, y, text, weight="Semibold")


def _lost(step: dict[Any, Any], lang: str) -> str:
    """What entered a step and did not reach it: open and stopped, apart."""
    parts = [
        say(f"evaluation.chart.{name}", lang, count=count(step[name], lang))
        for name in ("open", "stopped")
        if step[name]
    ]
    return ", ".join(parts)


def _named(name: str, number: int, lang: str) -> str:
    return say(
        "evaluation.chart.count_of", lang, name=mid_sentence(name), count=count(number, lang)
    )


def _sentence(name: str, lang: str, **facts: object) -> Shown:
    return Shown(Paragraph(runs(say(f"evaluation.empty.{name}", lang, **facts))), lang=lang)
