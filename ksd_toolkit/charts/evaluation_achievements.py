"""The chart of achievements: a dot per indicator, among the classes of its percentage."""

from typing import Final

import pandas as pd

from ksd_toolkit.charts.canvas import (
    BEST_TO_WORST,
    GRID,
    MUTED,
    ROW,
    SMALL,
    WIDTH,
    Canvas,
    Scale,
    figure_block,
)
from ksd_toolkit.charts.evaluation_marks import counted, sentence
from ksd_toolkit.charts.legend import Key, key_of
from ksd_toolkit.display import Shown
from ksd_toolkit.evaluation import Review
from ksd_toolkit.evaluation.wording import mid_sentence
from ksd_toolkit.messages import count, join_words, percent, say

_MOST_ROWS: Final = 30


def achievements(review: Review, lang: str = "id") -> Shown:
    """A dot per indicator on its percentage, coloured by class, the lowest at the top."""
    period = str(review.semester)
    found = review.achievements
    found = found[(found["periode"] == period) & found["band"].notna()]
    if found.empty:
        return sentence("achievements", lang, period=period)
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
    told = [counted(band.label(lang), counts.get(band.code, 0), lang) for band in bands]
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
