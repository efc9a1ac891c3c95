"""What an usulan is worth against how feasible it is: numbered points between two borders, and their key."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from ksd_toolkit.charts.canvas import (
    GRID,
    INK,
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
from ksd_toolkit.charts.placing import Box, free_place
from ksd_toolkit.charts.score_bars import MOST_ROWS, named
from ksd_toolkit.columns import records
from ksd_toolkit.display import Shown
from ksd_toolkit.messages import count, decimal, say, say_counted

_LEFT: Final = 0.45
_TOP: Final = 0.3
_PLOT: Final = 4.1  # inches the plot is high
_DOT: Final = 0.045
_NUMBER: Final = 6.5  # points
_TALL: Final = 0.115  # inches a number takes
_KEY_ROW: Final = 0.165
_KEY_COLUMNS: Final = 2
_FOOT: Final = 0.42
_MARGIN: Final = 4.0  # points kept free around the data
_CORNER: Final = 10.0  # points kept on both sides of a border, for the names of the corners
_TICK: Final = 10

_CORNERS: Final = {
    "laksanakan": ("right", "top"),
    "siapkan": ("left", "top"),
    "tawarkan": ("right", "bottom"),
    "tunda": ("left", "bottom"),
}


def quadrant(  # noqa: PLR0913  a chart is its points, their names and its borders
    table: pd.DataFrame,
    titles: Mapping[str, str],
    borders: tuple[float, float],
    corners: Mapping[str, str],
    *,
    rows: int = 40,
    lang: str = "id",
) -> Shown:
    """The first usulan by feasibility (across) and value (up).

    Args:
        table: By usulan in printed order `value`, `feasibility` (0 to 100) and `quadrant`, empty where
            too little was answered: those are drawn as rings, and so are those whose `firm` is False.
        titles: Titles by usulan.
        borders: Of value and of feasibility, 0 to 100.
        corners: What `laksanakan`, `siapkan`, `tawarkan` and `tunda` are called.
        rows: How many of the first usulan, at most 40.
        lang: Language of the texts.
    """
    listed = table.head(max(1, min(rows, MOST_ROWS)))
    shown = listed[listed["value"].notna() & listed["feasibility"].notna()]
    plot = _TOP + _PLOT
    key_rows = -(-len(listed) // _KEY_COLUMNS)
    canvas = Canvas(plot + _FOOT + _KEY_ROW * key_rows + 0.04)
    across = Scale(*_extent(shown["feasibility"], borders[1]), _LEFT, WIDTH - 0.05)
    upward = Scale(*_extent(shown["value"], borders[0]), plot, _TOP)
    taken = _frame(canvas, across, upward, borders, corners, lang)
    _points(canvas, across, upward, shown, {u: n for n, u in enumerate(listed.index, 1)}, taken)
    for number, usulan in enumerate(listed.index):
        column, row = divmod(number, key_rows)
        x, y = column * WIDTH / _KEY_COLUMNS, plot + _FOOT + _KEY_ROW * (row + 0.5)
        canvas.text(x + 0.2, y, str(number + 1), size=_NUMBER, align="right", weight="Semibold")
        told = named(usulan, titles[usulan])
        canvas.text(x + 0.28, y, told, size=_NUMBER, room=WIDTH / _KEY_COLUMNS - 0.4)
    return figure_block(
        canvas,
        _caption(len(listed), len(table), lang),
        *_words(listed, titles, corners, lang),
        lang,
        "chart_corners@usulan/*",
    )


def _caption(shown: int, whole: int, lang: str) -> str:
    """What is shown, and of how many where that is not all."""
    caption = say("chart.quadrant.caption", lang)
    if shown == whole:
        return caption
    facts = {"n": count(shown, lang), "of": count(whole, lang)}
    return f"{caption}; {say_counted('chart.quadrant.first', shown, lang, **facts)}"


def _extent(values: "pd.Series[float]", border: float) -> tuple[float, float]:
    """From below all points to above them, with room for the names on both sides of the border."""
    low = min([*(values - _MARGIN), border - _CORNER])
    high = max([*(values + _MARGIN), border + _CORNER])
    return max(0.0, low), min(100.0, high)


def _frame(  # noqa: PLR0913, PLR0917  the ground the points stand on
    canvas: Canvas,
    across: Scale,
    upward: Scale,
    borders: tuple[float, float],
    corners: Mapping[str, str],
    lang: str,
) -> list[Box]:
    """Axes, borders and the names of the corners; gives what the numbers must not cover."""
    plot = upward.left
    for value in range(0, 101, _TICK):
        if across.low <= value <= across.high:
            canvas.line((across(value), _TOP), (across(value), plot), color=GRID, width=0.5)
            canvas.text(
                across(value), plot + 0.1, str(value), size=SMALL, color=MUTED, align="center"
            )
        if upward.low <= value <= upward.high:
            canvas.line(
                (_LEFT, upward(value)), (across.right, upward(value)), color=GRID, width=0.5
            )
            canvas.text(
                _LEFT - 0.06, upward(value), str(value), size=SMALL, color=MUTED, align="right"
            )
    canvas.line((_LEFT, upward(borders[0])), (across.right, upward(borders[0])), INK, 1.0, "--")
    canvas.line((across(borders[1]), _TOP), (across(borders[1]), plot), INK, 1.0, "--")
    facts = {"value": f"{borders[0]:g}", "feasibility": f"{borders[1]:g}"}
    canvas.text(
        0, 0.12, say("chart.quadrant.up", lang, **facts), size=SMALL, color=MUTED, room=WIDTH
    )
    canvas.text(
        across.right, plot + 0.27, say("chart.quadrant.across", lang, **facts), size=SMALL, color=MUTED,
        align="right", room=across.right - _LEFT,
    )  # fmt: skip
    taken = []
    for corner, (side, end) in _CORNERS.items():
        name, right = corners[corner], side == "right"
        room = across.right - across(borders[1]) if right else across(borders[1]) - _LEFT
        wide = min(text_width(name, SMALL, "Semibold"), room - 0.1)
        x = across.right - 0.05 if right else _LEFT + 0.05
        y = _TOP + 0.1 if end == "top" else plot - 0.1
        if wide > 0:
            canvas.text(
                x,
                y,
                name,
                size=SMALL,
                weight="Semibold",
                align="right" if right else "left",
                room=room - 0.1,
            )
            taken.append(Box(x - wide if right else x, y - 0.08, wide, 0.16))
    return taken


def _points(  # noqa: PLR0913, PLR0917  points, their numbers and what they must not cover
    canvas: Canvas,
    across: Scale,
    upward: Scale,
    shown: pd.DataFrame,
    numbers: Mapping[str, int],
    taken: list[Box],
) -> None:
    """Every point with its number at the nearest free place; a thin line where that is not beside it."""
    places = {u: (across(row["feasibility"]), upward(row["value"])) for u, row in records(shown)}
    taken += [Box(x - _DOT, y - _DOT, 2 * _DOT, 2 * _DOT) for x, y in places.values()]
    bounds = Box(_LEFT, _TOP, across.right - _LEFT, _PLOT)
    labels = {}
    for usulan, (x, y) in places.items():
        wide = text_width(str(numbers[usulan]), _NUMBER, "Semibold") + 0.02
        box = free_place((x, y), (wide, _TALL), _DOT, taken, bounds)
        taken.append(box)
        labels[usulan] = box
        if box.distance(x, y) > 2.5 * _DOT:
            canvas.line((x, y), box.nearest(x, y), color=MUTED, width=0.5)
    for usulan, row in records(shown):
        x, y = places[usulan]
        canvas.dot(x, y, _DOT, TEAL)
        if not row["quadrant"] or row.get("firm") is False:
            canvas.dot(x, y, 0.6 * _DOT, PAPER)
    for usulan, box in labels.items():
        (left, top), (right, bottom) = (box.x, box.y), (box.x + box.wide, box.y + box.tall)
        ground = [(left, top), (right, top), (right, bottom), (left, bottom)]
        canvas.shape(ground, PAPER, fill=1.0, width=0.0)  # lines pass under a number
        told = str(numbers[usulan])
        canvas.text(*box.middle, told, size=_NUMBER, weight="Semibold", align="center")


def _words(
    listed: pd.DataFrame, titles: Mapping[str, str], corners: Mapping[str, str], lang: str
) -> tuple[str, str]:
    sizes = listed["quadrant"].value_counts()
    told = ", ".join(
        f"{name} {count(int(sizes.get(corner, 0)), lang)}" for corner, name in corners.items()
    )
    alt = say("chart.quadrant.alt", lang, n=count(len(listed), lang), corners=told)
    details = "; ".join(
        f"{number}. {usulan} {titles[usulan]}: {_told(row['value'], lang)} / {_told(row['feasibility'], lang)}"
        for number, (usulan, row) in enumerate(records(listed), 1)
    )
    return alt, details


def _told(points: float, lang: str) -> str:
    return "\u2013" if pd.isna(points) else decimal(points, 2, lang)
