"""The five problems as a radar: how far the offices have come, now and in the period before."""

import math
from typing import Any, Final

from ksd_toolkit.charts.canvas import (
    GRID,
    MUTED,
    ORANGE,
    SMALL,
    TEAL,
    WIDTH,
    Canvas,
    Horizontal,
    figure_block,
)
from ksd_toolkit.charts.legend import draw_legend
from ksd_toolkit.charts.lettering import fitted
from ksd_toolkit.columns import records
from ksd_toolkit.display import Shown
from ksd_toolkit.messages import decimal, say
from ksd_toolkit.register import Register
from ksd_toolkit.scoring.mapping import problem_levels

_HIGHEST: Final = 4
_RADIUS: Final = 1.12
_HEIGHT: Final = 3.15
_MIDDLE: Final = (WIDTH / 2, 1.72)
_LABEL_GAP: Final = 0.17
_LABEL_ROOM: Final = 1.75
_LINE: Final = 0.14
_UPRIGHT: Final = 0.2  # closer to the vertical than this a label is centred

Point = tuple[float, float]


def problems(register: Register, lang: str = "") -> Shown:
    """The mean level of the seed's five problems; the outer ring is level 4, the goal."""
    lang = lang or register.lang
    levels = records(problem_levels(register))
    canvas = Canvas(_HEIGHT)
    _rings(canvas, len(levels))
    before = [row["before"] for _, row in levels]
    now = [row["now"] for _, row in levels]
    entries: list[tuple[Any, str]] = []
    if not any(math.isnan(level) for level in before):
        canvas.shape([_point(n, level, 5) for n, level in enumerate(before)], ORANGE, width=1.6)
        entries.append((register.previous, ORANGE))
    known = [_point(n, level, 5) for n, level in enumerate(now) if not math.isnan(level)]
    if len(known) == len(now):  # an outline past a missing level would draw what nobody said
        canvas.shape(known, TEAL, fill=0.18, width=1.8)
    for place in known:
        canvas.dot(*place, 0.045, TEAL)
    entries.append((register, TEAL))
    draw_legend(canvas, [(_period(register, lang), color) for register, color in entries])
    for number, (code, row) in enumerate(levels):
        _label(canvas, number, code, row, lang)
    words = _words(levels, lang)
    return figure_block(canvas, say("mapping.radar", lang), *words, lang, "chart_radar@masalah/*")


def _rings(canvas: Canvas, corners: int) -> None:
    for level in range(1, _HIGHEST + 1):
        canvas.shape([_point(n, level, corners) for n in range(corners)], GRID, width=0.8)
        x, y = _point(0, level, corners)
        canvas.text(x - 0.05, y + 0.07, str(level), size=SMALL - 1, color=MUTED, align="right")
    for number in range(corners):
        canvas.line(_MIDDLE, _point(number, _HIGHEST, corners))


def _point(number: int, level: float, corners: int) -> Point:
    """The place of a level on the spoke of a problem; the first spoke points up."""
    angle = 2 * math.pi * number / corners
    distance = _RADIUS * level / _HIGHEST
    return _MIDDLE[0] + distance * math.sin(angle), _MIDDLE[1] - distance * math.cos(angle)


def _label(canvas: Canvas, number: int, code: str, row: dict[str, Any], lang: str) -> None:
    """The name of a problem and its level, outside its corner."""
    x, y = _point(number, _HIGHEST * (1 + _LABEL_GAP / _RADIUS), 5)
    side = x - _MIDDLE[0]
    align: Horizontal = "center" if abs(side) < _UPRIGHT else "left" if side > 0 else "right"
    value = "\u2013" if math.isnan(row["now"]) else decimal(row["now"], 1, lang)
    if not math.isnan(row["before"]):
        value = f"{decimal(row['before'], 1, lang)} \u2192 {value}"
    if align == "center":
        canvas.text(
            x, y - 0.02, f"{say(f'problem_name.{code}', lang)}: {value}", size=SMALL, align=align
        )
        return
    name = say(f"problem_name.{code}", lang)
    lines = len(fitted(name, _LABEL_ROOM, SMALL, lines=2))
    canvas.text(x, y - 0.08, name, room=_LABEL_ROOM, size=SMALL, align=align, lines=2)
    canvas.text(x, y + _LINE * lines / 2, value, size=SMALL, weight="Semibold", align=align)


def _period(register: Any, lang: str) -> str:
    return say("mapping.radar_now", lang, period=register.dossier.period)


def _words(levels: list[tuple[str, dict[str, Any]]], lang: str) -> tuple[str, str]:
    """What the figure shows in a sentence, and its numbers."""
    known = [(code, row) for code, row in levels if not math.isnan(row["now"])]
    if not known:
        return say("mapping.radar_none", lang), say("mapping.radar_none", lang)
    code, row = min(known, key=lambda item: item[1]["now"])
    name = say(f"problem_name.{code}", lang)
    alt = say("mapping.radar_alt", lang, problem=name, level=decimal(row["now"], 1, lang))
    details = "; ".join(
        f"{say(f'problem_name.{code}', lang)}: {decimal(row['now'], 1, lang)} ("
        + say("mapping.radar_share", lang, part=int(row["immature"]), whole=int(row["answered"]))
        + ")"
        for code, row in known
    )
    return alt, details
