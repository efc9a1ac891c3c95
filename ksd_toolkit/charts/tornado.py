"""What each weight or each answer is worth to one usulan: a bar from its lowest to its highest points."""

from typing import Any, Final, Literal

import pandas as pd

from ksd_toolkit.charts.canvas import (
    INK,
    MUTED,
    ORANGE,
    SAND,
    SMALL,
    TEAL,
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
from ksd_toolkit.scoring.sensitivity.tornado import Tornado

_LEFT: Final = 1.95
_ROOM: Final = 1.0  # beside the widest bar, for points and rank
_ROW: Final = 0.25
_BAR: Final = 0.17
_THIN: Final = 0.08
_HEAD: Final = 0.2
_ENDS: Final = {"weights": ("low", "high"), "answers": ("lowest", "highest")}


def tornado(
    found: Tornado, of: Literal["weights", "answers"] = "weights", rows: int = 16, lang: str = ""
) -> Shown:
    """Points at both ends of every weight or answer, the widest first; the line is where the usulan stands.

    Args:
        found: Of which usulan.
        of: `weights` (a fifth less and more, or what was asked) or `answers` (from the worst to the
            best level; the thick part is one step).
        rows: How many of the widest.
        lang: Language of the texts.
    """
    lang = lang or found.ranking.lang
    table = (found.weights if of == "weights" else found.answers).head(max(1, rows))
    scale = _scale(found, table)
    now = scale(found.now.points)
    told = decimal(found.now.points, found.ranking.method.decimals, lang)
    key = key_of(_entries(found, of, lang), _spans(found, table, scale, told, of, lang))
    top = key.height + _HEAD
    bottom = top + _ROW * max(len(table), 1)
    canvas = Canvas(bottom + 0.04)
    canvas.text(now, top - 0.1, told, size=SMALL, weight="Semibold", align="center")
    for number, (code, row) in enumerate(records(table)):
        y = top + _ROW * (number + 0.5)
        label = found.ranking.method.criterion(code).labels[language(lang)]
        canvas.text(0, y, f"{code} {label}", size=SMALL, room=_LEFT - 0.05, lines=1)
        _bars(canvas, scale, y, row, of, now)
        _numbers(canvas, scale, y, row, of, found, lang)
    key.draw(canvas, key.height, top + (_ROW - (_BAR if of == "weights" else _THIN)) / 2)
    canvas.line((now, top), (now, bottom), color=INK, width=1.0)
    caption = say(
        f"chart.tornado.{of}", lang, usulan=found.usulan, percent=f"{found.change_percent:g}"
    )
    details = "; ".join(_row_words(code, row, of, found, lang) for code, row in records(table))
    origin = f"chart_tornado@usulan/{found.usulan}" if of == "weights" else ""
    return figure_block(canvas, caption, found.explain(lang), details or caption, lang, origin)


def _entries(found: Tornado, of: str, lang: str) -> list[tuple[str, str]]:
    percent = f"{found.change_percent:g}"
    if of == "weights":
        return [
            (say("chart.tornado.low", lang, percent=percent), ORANGE),
            (say("chart.tornado.high", lang, percent=percent), TEAL),
        ]
    return [(say("chart.tornado.whole", lang), SAND), (say("chart.tornado.step", lang), TEAL)]


def _spans(  # noqa: PLR0913, PLR0917  where names may stand depends on all there is
    found: Tornado, table: pd.DataFrame, scale: Scale, told: str, of: str, lang: str
) -> dict[str, tuple[float, float]]:
    """The marks of the first row, as far as the number over the line leaves them free."""
    if table.empty:
        return {}
    now, beside = scale(found.now.points), text_width(told, SMALL, "Semibold") / 2 + 0.04
    first = records(table)[0][1]
    names = [name for name, _ in _entries(found, of, lang)]

    def place(name: str) -> float:
        points = first.get(f"{name}_points")
        return now if points is None or pd.isna(points) else scale(points)

    if of == "weights":
        parts = [(names[0], now, place("low")), (names[1], now, place("high"))]
    else:
        ends = [("lowest", "down"), ("highest", "up")]
        outer, inner = max(ends, key=lambda pair: abs(place(pair[0]) - place(pair[1])))
        parts = [(names[0], place(inner), place(outer))]
        parts.append((names[1], now, max(map(place, ("down", "up")), key=lambda x: abs(x - now))))
    spans = {}
    for name, start, end in parts:
        left, right = sorted((start, end))
        left, right = (
            (max(left, now + beside), right) if end > now else (left, min(right, now - beside))
        )
        if left < right:
            spans[name] = (left, right)
    return spans


def _scale(found: Tornado, table: pd.DataFrame) -> Scale:
    points = [float(found.now.points)]
    for name in table.columns:
        if str(name).endswith("_points"):
            points += [float(value) for value in table[name].dropna()]
    low, high = min(points), max(points)
    margin = 0.0 if high > low else 0.5
    return Scale(low - margin, high + margin, _LEFT + _ROOM, WIDTH - _ROOM)


def _bars(  # noqa: PLR0913, PLR0917  a row is its place and what stands there
    canvas: Canvas, scale: Scale, y: float, row: dict[str, Any], of: str, now: float
) -> None:
    """From where it stands to each end; under answers the whole scale, and one step thicker."""

    def bar(name: str, color: str, tall: float) -> None:
        points = row.get(f"{name}_points")
        if points is not None and not pd.isna(points) and scale(points) != now:
            left, right = sorted((scale(points), now))
            canvas.bar(left, y - tall / 2, right - left, tall, color)

    if of == "weights":
        bar("low", ORANGE, _BAR)
        bar("high", TEAL, _BAR)
        return
    for name in ("lowest", "highest"):
        bar(name, SAND, _BAR)
    for name in ("down", "up"):
        bar(name, TEAL, _THIN)


def _numbers(  # noqa: PLR0913, PLR0917  a row is its place and what stands there
    canvas: Canvas,
    scale: Scale,
    y: float,
    row: dict[str, Any],
    of: str,
    found: Tornado,
    lang: str,
) -> None:
    """Points and rank at the lower and the higher end."""
    ends = sorted(_ENDS[of], key=lambda name: float(row[f"{name}_points"]))
    for name, right in zip(ends, (False, True), strict=True):
        told = _end_words(row, name, found, lang)
        points = float(row[f"{name}_points"])
        held = max(points, found.now.points) if right else min(points, found.now.points)
        x = scale(held) + (0.05 if right else -0.05)
        canvas.text(
            x,
            y,
            told,
            size=SMALL,
            color=MUTED,
            align="left" if right else "right",
            room=_ROOM - 0.06,
        )


def _end_words(row: dict[str, Any], name: str, found: Tornado, lang: str) -> str:
    points = decimal(row[f"{name}_points"], found.ranking.method.decimals, lang)
    return say("chart.tornado.end", lang, points=points, rank=int(row[f"{name}_rank"]))


def _row_words(code: str, row: dict[str, Any], of: str, found: Tornado, lang: str) -> str:
    label = found.ranking.method.criterion(code).labels[language(lang)]
    low, high = (_end_words(row, name, found, lang) for name in _ENDS[of])
    return f"{label}: {low} / {high}"
