"""Why an usulan has other points than what it is held to: step by step from there to its own points."""

from typing import Final

import pandas as pd

from ksd_toolkit.charts.canvas import (
    INK,
    MUTED,
    ORANGE,
    SMALL,
    TEAL,
    WIDTH,
    Canvas,
    Scale,
    figure_block,
)
from ksd_toolkit.charts.lettering import Weight
from ksd_toolkit.charts.score_bars import named
from ksd_toolkit.display import Shown
from ksd_toolkit.display.palette import BASE
from ksd_toolkit.messages import decimal, language, say
from ksd_toolkit.messages.numbers import half_up
from ksd_toolkit.scoring.explanation import Explanation

_LEFT: Final = 2.5
_ROW: Final = 0.24
_BAR: Final = 0.15
_TOP: Final = 0.06
_ROOM: Final = 0.5  # beside the bars, for their numbers
_ALL: Final = BASE["chart_whole"]  # the two ends, between the colours of rise and fall in grey


def contributions(found: Explanation, lang: str = "") -> Shown:
    """From the mean, a rival or the border of a class to an usulan's points, the largest step first.

    Steps that print as 0 are told together.
    """
    lang = lang or found.ranking.lang
    places = found.ranking.method.decimals
    steps = _steps(found.parts, places)
    rest = found.end - found.start - sum(steps.values())
    rows = [
        (found.ranking.method.criterion(code).labels[language(lang)], gap)
        for code, gap in steps.items()
    ]
    if half_up(rest, places):
        rows.append((say("chart.waterfall.rest", lang), rest))
    canvas = Canvas(_TOP + _ROW * (len(rows) + 2) + 0.04)
    heights = [found.start]
    for _, gap in rows:
        heights.append(heights[-1] + gap)
    low, high = min(heights), max(heights)
    margin = max(0.05 * (high - low), 0.5)
    scale = Scale(low - margin, high + margin, _LEFT + _ROOM, WIDTH - _ROOM)
    ends = {0: (_start_name(found, lang), found.start), len(rows) + 1: (_titled(found), found.end)}
    for row, (name, points) in ends.items():
        _end(canvas, scale, row, name, (points, decimal(points, places, lang)))
    for number, (name, gap) in enumerate(rows, 1):
        _step(
            canvas,
            scale,
            number,
            (heights[number - 1], heights[number]),
            name,
            _signed(gap, places, lang),
        )
    caption = say(
        "chart.waterfall.caption",
        lang,
        usulan=found.usulan,
        start=_start_name(found, lang, "from_"),
    )
    details = "; ".join(f"{name}: {_signed(gap, places, lang)}" for name, gap in rows)
    return figure_block(
        canvas,
        caption,
        found.sentence(lang),
        details or caption,
        lang,
        f"chart_steps@usulan/{found.usulan}",
    )


def _steps(parts: "pd.Series[float]", places: int) -> dict[str, float]:
    shown = parts[parts.map(lambda gap: half_up(gap, places) != 0)]
    order = shown.sort_values(ascending=False, kind="stable", key=lambda gaps: gaps.abs().round(9))
    return {str(code): float(gap) for code, gap in order.items()}


def _start_name(found: Explanation, lang: str, within: str = "") -> str:
    """What the steps begin at: as the chart calls it, or `from_` as the caption does."""
    if found.against not in {"mean", "class"}:
        return found.against
    return say(f"chart.waterfall.{within}{found.against}", lang)


def _titled(found: Explanation) -> str:
    return named(found.usulan, str(found.ranking.table.at[found.usulan, "judul"]))


def _signed(gap: float, places: int, lang: str) -> str:
    return ("+" if gap >= 0 else "\u2212") + decimal(abs(gap), places, lang)


def _place(row: int) -> float:
    return _TOP + _ROW * (row + 0.5)


def _end(canvas: Canvas, scale: Scale, row: int, name: str, told: tuple[float, str]) -> None:
    """Where the steps start or end: a bar from the edge, its points at the side."""
    y = _place(row)
    bold: Weight = "Semibold"
    canvas.text(0, y, name, size=SMALL, weight=bold, room=_LEFT - 0.1)
    x = scale(told[0])
    canvas.bar(_LEFT, y - _BAR / 2, x - _LEFT, _BAR, _ALL)
    canvas.text(x + 0.06, y, told[1], size=SMALL, weight=bold)


def _step(  # noqa: PLR0913, PLR0917  a step is where it starts, ends and what it is called
    canvas: Canvas, scale: Scale, row: int, ends: tuple[float, float], name: str, told: str
) -> None:
    """A step up (to the right, dark) or down (to the left, light) from where the one before ended."""
    y = _place(row)
    start, end = scale(ends[0]), scale(ends[1])
    canvas.line((start, y - _ROW + _BAR / 2), (start, y - _BAR / 2), color=MUTED, width=0.6)
    canvas.line((end, y), (end, y + _ROW - _BAR / 2), color=MUTED, width=0.6)
    canvas.text(0.12, y, name, size=SMALL, room=_LEFT - 0.22)
    rises = end >= start
    canvas.bar(min(start, end), y - _BAR / 2, abs(end - start), _BAR, TEAL if rises else ORANGE)
    if rises:
        canvas.text(end + 0.05, y, told, size=SMALL, color=INK)
    else:
        canvas.text(end - 0.05, y, told, size=SMALL, color=INK, align="right")
