"""The priority scores as bars, split by criteria group, with what missing answers could still change."""

import math
from itertools import cycle, islice
from typing import Any, Final

import pandas as pd

from ksd_toolkit.charts.canvas import (
    INK,
    MUTED,
    ORANGE,
    PAPER,
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
from ksd_toolkit.charts.legend import key_of
from ksd_toolkit.charts.lettering import text_width
from ksd_toolkit.columns import records
from ksd_toolkit.display import Shown
from ksd_toolkit.messages import decimal, language, say
from ksd_toolkit.scoring import Ranking

MOST_ROWS: Final = 40
"""As many usulan as a chart shows on one page."""

_COLORS: Final = (TEAL, TEAL_LIGHT, SAND, ORANGE, RUST)
_DARK: Final = frozenset({TEAL, RUST})
_LEFT: Final = 2.75
_ROW: Final = 0.26
_BAR: Final = 0.19
_FOOT: Final = 0.28
_STEP: Final = 5  # net flows are drawn to a multiple of this
_ROOM: Final = 0.42  # right of the scale, for the points


def scores(ranking: Ranking, rows: int = 12, lang: str = "") -> Shown:
    """The first usulan's points, split by criteria group; a line shows what missing answers could change.

    Args:
        ranking: The list.
        rows: How many of the first, at most 40.
        lang: Language of the texts.
    """
    lang = lang or ranking.lang
    shown = ranking.table.head(max(1, min(rows, MOST_ROWS)))
    groups = list(ranking.method.groups.values())
    colors = list(islice(cycle(_COLORS), len(groups)))
    names = [f"{group.code} {group.labels[language(lang)]}" for group in groups]
    entries = list(zip(names, colors, strict=True))
    parts = _points_by_group(ranking).loc[shown.index]
    scale = Scale(*_ends(ranking, shown, parts), _LEFT, WIDTH - _ROOM)
    marks = {group.code: color for group, color in zip(groups, colors, strict=True)}
    pieces = dict(records(parts))
    by_code = dict(zip(marks, names, strict=True))
    first = next(iter(pieces.values()), {})
    key = key_of(entries, {by_code[c]: s for c, s in _spans(scale, first).items()})
    top = key.height
    bottom = top + _ROW * len(shown)
    canvas = Canvas(bottom + _FOOT)
    _axis(canvas, scale, ranking, (top, bottom))
    key.draw(canvas, top, top + (_ROW - _BAR) / 2)
    for number, (usulan, row) in enumerate(records(shown)):
        y = top + _ROW * (number + 0.5)
        reached = _stack(
            canvas,
            scale,
            y,
            [(code, points, marks[code]) for code, points in pieces[usulan].items()],
        )
        _labels(canvas, scale, y, row, reached, lang)
    caption, origin = say("chart.scores", lang), "chart_bars@usulan/*"
    return figure_block(canvas, caption, *_words(shown, lang), lang, origin)


def named(usulan: str, title: str) -> str:
    """An usulan by id and title; by its id alone where it has no title."""
    return usulan if title == usulan else f"{usulan} {title}"


def _ends(ranking: Ranking, shown: pd.DataFrame, parts: pd.DataFrame) -> tuple[float, float]:
    """0 to 100 where there are classes; net flows lie close around 0 and get the room they need."""
    if ranking.method.has_classes:
        return 0.0, 100.0
    sides = [parts.clip(lower=0.0).sum(axis=1), parts.clip(upper=0.0).sum(axis=1)]
    reached = pd.concat([*sides, shown["worst"], shown["best"]]).abs().max()
    widest = min(100.0, _STEP * math.ceil(max(float(reached), 1.0) / _STEP))
    return -widest, widest


def _axis(canvas: Canvas, scale: Scale, ranking: Ranking, ends: tuple[float, float]) -> None:
    """Borders of the classes, or the middle of net flows."""
    lowers = [band.lower for band in reversed(ranking.method.bands) if band.lower]
    inner = lowers if ranking.method.has_classes else [0.0]
    right = -1.0
    for tick in sorted({scale.low, *inner, scale.high}):
        x, name = scale(tick), f"{tick:g}"
        canvas.line((x, ends[0]), (x, ends[1]))
        wide = text_width(name, SMALL)
        if x - wide / 2 > right:
            canvas.text(x, ends[1] + 0.12, name, size=SMALL, color=MUTED, align="center")
            right = x + wide / 2 + 0.04


def _points_by_group(ranking: Ranking) -> pd.DataFrame:
    """Points each criteria group adds to the score; together they are the score."""
    group = {criterion.code: criterion.group for criterion in ranking.method.criteria}
    codes = ranking.contributions.columns.map(group)
    return ranking.contributions.T.groupby(codes, sort=False).sum().T


def _stack(canvas: Canvas, scale: Scale, y: float, parts: list[tuple[str, float, str]]) -> float:
    """What adds to the right of 0, what takes away to its left; gives where the right side ends."""
    ends = {True: 0.0, False: 0.0}
    for code, points, color in parts:
        start = ends[points >= 0]
        ends[points >= 0] = start + points
        left, right = sorted((scale(start), scale(start + points)))
        if right > left:
            canvas.bar(left, y - _BAR / 2, right - left, _BAR, color)
        if text_width(code, SMALL) + 0.06 <= right - left:
            ink = PAPER if color in _DARK else INK
            canvas.text((left + right) / 2, y, code, size=SMALL, color=ink, align="center")
    return ends[True]


def _spans(scale: Scale, points: dict[Any, Any]) -> dict[str, tuple[float, float]]:
    """Left and right edge of what each group adds to a bar, where it adds at all."""
    ends, spans = {True: 0.0, False: 0.0}, {}
    for code, added in points.items():
        start = ends[added >= 0]
        ends[added >= 0] = start + added
        left, right = sorted((scale(start), scale(start + added)))
        if right > left:
            spans[str(code)] = (left, right)
    return spans


def _labels(  # noqa: PLR0913, PLR0917  a row is its place and its parts
    canvas: Canvas, scale: Scale, y: float, row: dict[str, Any], reached: float, lang: str
) -> None:
    """Rank and title before the bar, the interval on its lower edge, the points behind it."""
    canvas.text(0.2, y, f"{row['rank']}", size=SMALL, color=MUTED, align="right")
    canvas.text(0.3, y, str(row["judul"]), room=_LEFT - 0.42, size=SMALL, lines=2)
    if row["worst"] < row["best"]:
        edge = y + _BAR / 2
        ends = (scale(row["worst"]), edge), (scale(row["best"]), edge)
        canvas.line(*ends, color=PAPER, width=3.0)
        canvas.line(*ends, color=INK, width=1.4)
        for x, _ in ends:
            canvas.line((x, edge - 0.035), (x, edge + 0.035), color=INK, width=1.0)
    end = max(scale(reached), scale(row["best"]))
    told = decimal(row["points"], 2, lang)
    canvas.text(end + 0.06, y, told, weight="Semibold", size=SMALL)


def _words(shown: pd.DataFrame, lang: str) -> tuple[str, str]:
    first = records(shown)[0][1]
    points = decimal(first["points"], 2, lang)
    alt = say("chart.scores_alt", lang, n=len(shown), title=first["judul"], points=points)
    details = "; ".join(
        f"{row['rank']}. {row['judul']}: {decimal(row['points'], 2, lang)} "
        f"({decimal(row['worst'], 2, lang)}\u2013{decimal(row['best'], 2, lang)})"
        for _, row in records(shown)
    )
    return alt, details
