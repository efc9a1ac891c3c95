"""The five problems from period to period: a panel a problem, every office a thin line, the mean a thick one."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

import pandas as pd

from ksd_toolkit.charts.canvas import (
    GRID,
    MUTED,
    PAPER,
    SMALL,
    TEAL,
    WIDTH,
    Canvas,
    Scale,
    figure_block,
)
from ksd_toolkit.charts.lettering import text_width
from ksd_toolkit.display import Shown
from ksd_toolkit.display.palette import BASE
from ksd_toolkit.document import Paragraph, runs
from ksd_toolkit.evaluation.maturity import maturity_levels, maturity_trend
from ksd_toolkit.messages import count, decimal, say
from ksd_toolkit.register import Register
from ksd_toolkit.scoring.overview import PROBLEMS

_HIGHEST: Final = 4
_GAP: Final = 0.22
_LEFT: Final = 0.14
_TITLE: Final = 0.34
_TOP, _BOTTOM = 0.72, 2.3
_HEIGHT: Final = 2.56
_PALE: Final = BASE["chart_faint"]


def trend(register: Register, lang: str = "") -> Shown:
    """The mean level of each problem in every period known; thin lines are the offices."""
    lang = lang or register.lang
    means = maturity_trend(register)
    if not means["answered"].sum():
        sentence = Paragraph(runs(say("maturity.empty", lang)), origin="table_maturity@opd/*")
        return Shown(sentence, lang=lang)
    levels = maturity_levels(register)
    periods = list(dict.fromkeys(means["period"]))
    canvas = Canvas(_HEIGHT)
    room = (WIDTH - _LEFT - _GAP * (len(PROBLEMS) - 1)) / len(PROBLEMS)
    for number, problem in enumerate(PROBLEMS):
        left = _LEFT + number * (room + _GAP)
        mine = means[means["problem"] == problem].set_index("period").reindex(periods)
        own = levels[levels["problem"] == problem]
        _panel(canvas, (left, left + room), problem, mine, own, lang)
    origin = "chart_maturity_trend@masalah/*"
    return figure_block(
        canvas, say("maturity.trend_caption", lang), *_words(means, periods, lang), lang, origin
    )


def _panel(  # noqa: PLR0913, PLR0917  a panel is its place, its problem, its numbers and their words
    canvas: Canvas,
    sides: tuple[float, float],
    problem: str,
    means: pd.DataFrame,
    levels: pd.DataFrame,
    lang: str,
) -> None:
    left, right = sides
    rise = Scale(0, _HIGHEST, _BOTTOM, _TOP)
    periods = list(means.index)
    across = Scale(0, max(1, len(periods) - 1), left + 0.12, right - 0.12)
    middle = (left + right) / 2
    places = [across(n) if len(periods) > 1 else middle for n in range(len(periods))]
    name = say(f"problem_name.{problem}", lang)
    canvas.text(left, _TITLE / 2 + 0.08, name, size=SMALL, room=right - left, lines=3)
    for level in range(_HIGHEST + 1):
        canvas.line((left, rise(level)), (right, rise(level)), GRID, 0.6)
        if left == _LEFT:
            canvas.text(
                left - 0.06, rise(level), str(level), size=SMALL - 1, color=MUTED, align="right"
            )
    for x, period in zip(places, periods, strict=True):
        canvas.text(x, _BOTTOM + 0.16, str(period), size=SMALL - 1, color=MUTED, align="center")
    offices = levels.pivot_table(
        index="opd_kode", columns="period", values="level", aggfunc="first"
    )
    for answers in offices.reindex(columns=periods).to_numpy(dtype=float):
        _path(canvas, places, answers, rise, _PALE, 0.6)
    _path(canvas, places, means["mean"], rise, TEAL, 2.0)
    for x, mean in zip(places, means["mean"], strict=True):
        if not pd.isna(mean):
            canvas.dot(x, rise(mean), 0.045, TEAL)
            _named(canvas, x, rise(mean) - 0.12, decimal(mean, 1, lang))


def _named(canvas: Canvas, x: float, y: float, told: str) -> None:
    """A mean above its point, on a ground of paper: lines pass under it."""
    half = text_width(told, SMALL, "Semibold") / 2 + 0.015
    ground = [
        (x - half, y - 0.05),
        (x + half, y - 0.05),
        (x + half, y + 0.05),
        (x - half, y + 0.05),
    ]
    canvas.shape(ground, PAPER, fill=1.0, width=0.0)
    canvas.text(x, y, told, size=SMALL, weight="Semibold", align="center", color=TEAL)


def _path(  # noqa: PLR0913, PLR0917  a line is its points and its looks
    canvas: Canvas,
    places: Sequence[float],
    values: Any,
    rise: Scale,
    color: str,
    width: float,
) -> None:
    """A line through the periods that have a level; it is broken where one is missing."""
    points = list(zip(places, values, strict=True))
    for (x, one), (to, other) in pairwise(points):
        if not pd.isna(one) and not pd.isna(other):
            canvas.line((x, rise(one)), (to, rise(other)), color, width)


def _words(means: pd.DataFrame, periods: list[str], lang: str) -> tuple[str, str]:
    """What the figure shows in a sentence, and its numbers."""
    wide = means.pivot_table(index="problem", columns="period", values="mean")
    wide = wide.reindex(index=list(PROBLEMS), columns=periods)
    known = wide.dropna(axis=1, how="all")
    first, last = known.iloc[:, 0], known.iloc[:, -1]
    if known.shape[1] > 1 and (last - first).notna().any():
        problem = str((last - first).abs().idxmax())
        alt = say(
            "maturity.trend_alt", lang, periods=count(known.shape[1], lang),
            problem=say(f"problem_name.{problem}", lang), before=decimal(first[problem], 1, lang),
            now=decimal(last[problem], 1, lang),
        )  # fmt: skip
    else:
        problem = str(last.idxmin())
        alt = say(
            "maturity.trend_alt_one", lang, period=str(known.columns[-1]),
            problem=say(f"problem_name.{problem}", lang), now=decimal(last[problem], 1, lang),
        )  # fmt: skip
    return alt, "; ".join(_detail(means, problem, lang) for problem in PROBLEMS)


def _detail(means: pd.DataFrame, problem: str, lang: str) -> str:
    mine = means[(means["problem"] == problem) & means["mean"].notna()]
    values = ", ".join(
        say(
            "maturity.trend_value", lang, period=row["period"], mean=decimal(row["mean"], 1, lang),
            answered=count(row["answered"], lang),
        )
        for row in mine.to_dict("records")
    )  # fmt: skip
    return say(
        "maturity.trend_detail", lang, problem=say(f"problem_name.{problem}", lang), values=values
    )
