"""How far raters agree: alpha with its interval, and the two PPKSD of every office side by side.

Two PPKSD of one office are people one can name, so the chart by office belongs to the internal
edition; the public one counts offices without naming them, and only where there are enough.
"""

import math
from collections.abc import Mapping
from itertools import cycle, pairwise
from typing import Any, Final

import pandas as pd

from ksd_toolkit.answers.quality import Quality
from ksd_toolkit.answers.quality.agreement import ALL, INTERNAL, printable
from ksd_toolkit.answers.quality.limits import limits
from ksd_toolkit.answers.quality.ratings import rated_twice, scores_of
from ksd_toolkit.charts.canvas import (
    GRID,
    INK,
    MUTED,
    ORANGE,
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
from ksd_toolkit.charts.lettering import Weight, text_width
from ksd_toolkit.columns import records
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Paragraph, runs
from ksd_toolkit.messages import count, decimal, say

_ROW: Final = 0.235
_ALPHA_ROOM: Final = 1.75
_NAME_ROOM: Final = 2.3
_SIDE: Final = 1.0
_FOOT: Final = 0.26
_TOP: Final = 0.3
_MOST_ROWS: Final = 36  # more would not fit a page
_RATERS: Final = (TEAL, ORANGE, RUST, TEAL_LIGHT, SAND)


def alpha(quality: Quality, role: str = "OPD", edition: str = "public", lang: str = "") -> Shown:
    """Krippendorff's alpha by criterion with its interval; his reference values are lines, no verdicts."""
    lang = lang or quality.lang
    found = printable(quality.agreement, role, edition)
    if found.empty:
        return _withheld(lang)
    known = found[found["alpha"].notna()]
    if known.empty:
        return Shown(Paragraph(runs(say("quality.chart.no_alpha", lang))), lang=lang)
    lower = min(0.0, float(known["alpha"].min()), float(known["low"].fillna(0.0).min()))
    scale = Scale(math.floor(5 * lower) / 5, 1.0, _ALPHA_ROOM, WIDTH - 0.55)
    bottom = _TOP + _ROW * len(known)
    canvas = Canvas(bottom + _FOOT)
    _reference(canvas, scale, bottom, lang)
    for number, (code, row) in enumerate(records(known)):
        y = _TOP + _ROW * (number + 0.5)
        name = quality.criterion_name(code, lang)
        bold: Weight = "Semibold" if code == ALL else "Regular"
        canvas.text(0, y, name, room=_ALPHA_ROOM - 0.1, size=SMALL, weight=bold)
        if not math.isnan(row["low"]):
            canvas.line((scale(row["low"]), y), (scale(row["high"]), y), color=TEAL, width=1.6)
        canvas.dot(scale(row["alpha"]), y, 0.055, TEAL)
        told = decimal(row["alpha"], 2, lang)
        canvas.text(WIDTH, y, told, size=SMALL, weight="Semibold", align="right")
    caption = say(f"quality.chart.alpha_{role.casefold()}", lang)
    origin = f"chart_alpha:{role}@kriteria/*"
    return figure_block(canvas, caption, *_alpha_words(quality, known, lang), lang, origin)


def by_office(
    quality: Quality, edition: str = "public", rows: int = _MOST_ROWS, lang: str = ""
) -> Shown:
    """The PPKSD of each office side by side; the public edition counts offices by their mean gap."""
    lang = lang or quality.lang
    found = quality.agreement.by_office
    if edition == INTERNAL and len(found):
        return _pairs(quality, rows, lang)
    if len(found) < limits()["edition"]["offices_from"]:
        return _withheld(lang)
    return _counted(found, lang)


def _pairs(quality: Quality, rows: int, lang: str) -> Shown:
    """The PPKSD's mean scores over what two or more scored, joined by a line, widest gap first."""
    found = quality.agreement.by_office.sort_values("mean_gap", ascending=False, kind="stable")
    shown = dict(records(found.head(rows)))
    twice = rated_twice(scores_of(quality.register, "OPD"))
    means = dict(records(twice.groupby("opd_kode").mean()))
    scale = Scale(1, 5, _NAME_ROOM, WIDTH - _SIDE)
    colors = dict(zip(map(str, twice.columns), cycle(_RATERS), strict=False))
    side = say("quality.chart.gap_wide", lang)
    room = (0.0, WIDTH - text_width(side, SMALL) - 0.1)
    key = _raters_key(means[next(iter(shown))], colors, scale, room)
    top = max(key.height, _TOP) if key.above else key.height + _TOP
    bottom = top + _ROW * len(shown)
    canvas = Canvas(bottom + _FOOT)
    _scores_axis(canvas, scale, (top, bottom))
    key.draw(canvas, top, top + _ROW / 2 - 0.06)
    canvas.text(WIDTH, top - 0.08, side, size=SMALL, color=MUTED, align="right")
    for number, (code, row) in enumerate(shown.items()):
        y = top + _ROW * (number + 0.5)
        canvas.text(0, y, quality.office_name(code), room=_NAME_ROOM - 0.12, size=SMALL)
        places = {name: scale(mean) for name, mean in means[code].items() if not math.isnan(mean)}
        ends = (min(places.values()), y), (max(places.values()), y)
        canvas.line(*ends, color=MUTED, width=1.4)
        for step, (name, x) in enumerate(reversed(places.items())):
            canvas.dot(x, y, max(0.062 - 0.01 * step, 0.03), colors[name])
        told = f"{decimal(row['mean_gap'], 2, lang)} | {count(row['wide'], lang)}"
        canvas.text(WIDTH, y, told, size=SMALL, align="right")
    caption = say("quality.chart.pairs", lang)
    if len(found) > rows:
        caption += say("quality.chart.widest_rows", lang, n=rows, whole=len(found))
    words = _pair_words(quality, shown, lang)
    return figure_block(canvas, caption, *words, lang, "chart_pairs@opd/*")


def _pair_words(quality: Quality, shown: dict[str, dict[str, Any]], lang: str) -> tuple[str, str]:
    gaps = {quality.office_name(code): row["mean_gap"] for code, row in shown.items()}
    first, widest = next(iter(gaps.items()))
    alt = say("quality.chart.pairs_alt", lang, office=first, gap=decimal(widest, 2, lang))
    return alt, "; ".join(f"{name}: {decimal(gap, 2, lang)}" for name, gap in gaps.items())


def _counted(found: pd.DataFrame, lang: str) -> Shown:
    """How many offices have which mean gap."""
    lower = limits()["bands"]["mean_gap"]
    numbers = [
        int(((found["mean_gap"] >= low) & (found["mean_gap"] < high)).sum())
        for low, high in zip(lower, [*lower[1:], math.inf], strict=True)
    ]
    names = [
        say("quality.chart.gap_band", lang, low=decimal(low, 2, lang), high=decimal(high, 2, lang))
        for low, high in pairwise(lower)
    ] + [say("quality.chart.gap_band_last", lang, low=decimal(lower[-1], 2, lang))]
    canvas = Canvas(_ROW * len(names) + 0.04)
    scale = Scale(0, max(*numbers, 1), _ALPHA_ROOM, WIDTH - 0.4)
    for number, (name, offices) in enumerate(zip(names, numbers, strict=True)):
        y = _ROW * (number + 0.5)
        canvas.text(0, y, name, size=SMALL)
        canvas.line((scale.left, y - _ROW / 2), (scale.left, y + _ROW / 2))
        if offices:
            canvas.bar(scale.left, y - 0.075, scale(offices) - scale.left, 0.15, TEAL)
        canvas.text(scale(offices) + 0.06, y, count(offices, lang), size=SMALL, weight="Semibold")
    alt = say(
        "quality.chart.counted_alt", lang, n=count(len(found), lang),
        gap=decimal(float(found["mean_gap"].median()), 2, lang),
    )  # fmt: skip
    details = "; ".join(f"{name}: {n}" for name, n in zip(names, numbers, strict=True))
    caption, origin = say("quality.chart.counted", lang), "chart_gaps@opd/*"
    return figure_block(canvas, caption, alt, details, lang, origin)


def _withheld(lang: str) -> Shown:
    """Why the public edition has nothing here."""
    least = limits()["edition"]["offices_from"]
    told = runs(say("quality.withheld", lang, least=least))
    return Shown(Paragraph(told, origin="table_agreement:OPD@kriteria/*"), lang=lang)


def _reference(canvas: Canvas, scale: Scale, bottom: float, lang: str) -> None:
    """Krippendorff's two reference values, and the ends of the axis."""
    named = limits()["agreement"]["reference"]
    for value in (named["tentative"], named["reliable"]):
        canvas.line((scale(value), _TOP - 0.02), (scale(value), bottom), color=ORANGE, width=1.0)
        text = decimal(value, 3, lang)
        canvas.text(scale(value), _TOP - 0.12, text, size=SMALL, color=INK, align="center")
    for value in (scale.low, 0.0, 0.5, 1.0):
        if value >= scale.low:
            canvas.line((scale(value), _TOP), (scale(value), bottom), color=GRID)
            text = decimal(value, 1, lang)
            canvas.text(scale(value), bottom + 0.12, text, size=SMALL, color=MUTED, align="center")


def _scores_axis(canvas: Canvas, scale: Scale, ends: tuple[float, float]) -> None:
    top, bottom = ends
    for value in range(1, 6):
        canvas.line((scale(value), top), (scale(value), bottom))
        canvas.text(
            scale(value), bottom + 0.12, str(value), size=SMALL, color=MUTED, align="center"
        )


def _raters_key(
    first: Mapping[Any, float], colors: Mapping[str, str], scale: Scale, room: tuple[float, float]
) -> Key:
    """Raters named over their dots of the first office, whose gap is the widest."""
    spans = {str(name): (scale(x), scale(x)) for name, x in first.items() if not math.isnan(x)}
    return key_of(list(colors.items()), spans, room)


def _alpha_words(quality: Quality, known: pd.DataFrame, lang: str) -> tuple[str, str]:
    rows: dict[str, dict[str, Any]] = dict(records(known))
    details = "; ".join(
        f"{quality.criterion_name(code, lang)}: {decimal(row['alpha'], 3, lang)}"
        for code, row in rows.items()
    )
    least = min(rows, key=lambda code: rows[code]["alpha"])
    alt = say(
        "quality.chart.alpha_alt", lang, criterion=quality.criterion_name(least, lang),
        alpha=decimal(rows[least]["alpha"], 2, lang),
    )  # fmt: skip
    return alt, details
