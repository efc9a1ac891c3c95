"""How far the three views of the monitoring agree, question by question."""

from collections.abc import Sequence
from typing import Final

from ksd_toolkit.charts.canvas import (
    BEST_TO_WORST,
    INK,
    PAPER,
    ROW,
    SMALL,
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
from ksd_toolkit.evaluation.views import agreement_of
from ksd_toolkit.evaluation.wording import mid_sentence
from ksd_toolkit.messages import count, join_words, say

_DISTANCES: Final = ("same", "one_step", "more")
_COLORS: Final = BEST_TO_WORST[3]
_BAR: Final = 0.19


def agreement(review: Review, lang: str = "id") -> Shown:
    """A bar per question, split by how far the views of the same document lie apart."""
    found = agreement_of(review.views, review.rules).to_dict("records")
    most = max(row["compared"] for row in found)
    if not most:
        sentence = say("periodic.empty.views_chart", lang, period=review.semester)
        return Shown(Paragraph(runs(sentence)), lang=lang)
    scale = Scale(0, most, 2.35, WIDTH - 0.02)
    parts = [[int(row[name]) for name in _DISTANCES] for row in found]
    key = _key(parts, scale, lang)
    top = key.height or 0.05
    canvas = Canvas(top + ROW * len(parts) + 0.05)
    key.draw(canvas, top, top + (ROW - _BAR) / 2)
    told = []
    for number, (row, counts) in enumerate(zip(found, parts, strict=True)):
        y, label = top + ROW * (number + 0.5), review.rules.question(row["question"]).label(lang)
        canvas.text(0, y, label, room=2.25, size=SMALL, lines=2)
        _stack(canvas, scale, y, counts, lang)
        told.append(say("evaluation.chart.row", lang, label=label, value=_counted(counts, lang)))
    facts = {"period": review.semester, "documents": count(most, lang)}
    caption, alt = (say(f"periodic.chart.{name}", lang, **facts) for name in ("views", "views_alt"))
    origin = "chart_periodic_views@pandangan/*"
    return figure_block(canvas, caption, alt, "; ".join(told), lang, origin)


def _stack(canvas: Canvas, scale: Scale, y: float, counts: Sequence[int], lang: str) -> None:
    """The parts end to end, each with its number where there is room for it."""
    done = 0
    for number, color in zip(counts, _COLORS, strict=True):
        start, end = scale(done), scale(done + number)
        done += number
        if not number:
            continue
        canvas.bar(start, y - _BAR / 2, end - start, _BAR, color)
        text = count(number, lang)
        if text_width(text, SMALL) + 0.06 <= end - start:
            ink = INK if color == _COLORS[1] else PAPER
            canvas.text((start + end) / 2, y, text, size=SMALL, color=ink, align="center")


def _key(parts: Sequence[Sequence[int]], scale: Scale, lang: str) -> Key:
    """The distances that occur, named over the first row where there is room."""
    names = {name: say(f"periodic.chart.{name}", lang) for name in _DISTANCES}
    spans, done = {}, 0
    for name, number in zip(_DISTANCES, parts[0], strict=True):
        if number:
            spans[names[name]] = (scale(done), scale(done + number))
        done += number
    there = [place for place in range(len(_DISTANCES)) if any(row[place] for row in parts)]
    return key_of([(names[_DISTANCES[place]], _COLORS[place]) for place in there], spans)


def _counted(counts: Sequence[int], lang: str) -> str:
    named = [
        say(
            "evaluation.chart.count_of",
            lang,
            name=mid_sentence(say(f"periodic.chart.{name}", lang)),
            count=count(number, lang),
        )
        for name, number in zip(_DISTANCES, counts, strict=True)
    ]
    return join_words(named, lang)
