"""One list under several variants as lines: who keeps the place and who does not."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

import pandas as pd

from ksd_toolkit.charts.canvas import (
    INK,
    MUTED,
    ORANGE,
    PAPER,
    RUST,
    TEAL,
    WIDTH,
    Canvas,
    figure_block,
)
from ksd_toolkit.charts.lettering import text_width
from ksd_toolkit.charts.marks import Dash
from ksd_toolkit.charts.score_bars import MOST_ROWS, named
from ksd_toolkit.display import Shown
from ksd_toolkit.display.palette import BASE
from ksd_toolkit.messages import count, say, say_counted

MOST_HIGHLIGHTED: Final = 6
"""As many lines as colour and dash together keep apart."""

# Teal and rust are the same grey: their dashes differ.
_LOOKS: Final[tuple[tuple[str, Dash], ...]] = (
    (TEAL, "-"), (ORANGE, "-"), (RUST, "--"), (TEAL, ":"), (ORANGE, "--"), (RUST, "-."),
)  # fmt: skip
_PALE: Final = BASE["chart_faint"]
_NAMED_WIDE: Final = 2.1  # the right labels, with titles
_ROW: Final = 0.19
_TOP: Final = 0.3
_HEAD: Final = 0.11
_FOOT: Final = 0.05
_TEXT: Final = 6.5
_FIGURE: Final = 5.0  # points a rank between both ends is set in
_ABOVE: Final = 0.095  # inches from a point up to its rank
_GROUND: Final = (0.012, 0.032)  # inches of paper around a rank: lines pass under it

Looks = Mapping[str, tuple[str, Dash]]


def ranks_as_lines(  # noqa: PLR0913  a chart is its lines and their names
    ranks: pd.DataFrame,
    titles: Mapping[str, str],
    variants: Mapping[str, str] | None = None,
    *,
    highlight: Sequence[str] = (),
    rows: int = 20,
    lang: str = "id",
) -> Shown:
    """The order of the first usulan under every variant, one line each.

    A line's height is the place among the usulan shown; the figure at every point is the rank in the
    whole list. Equal ranks stand one below the other in the order of the list.

    Args:
        ranks: Usulan in printed order by variant (`SideBySide.ranks`), missing where not ranked.
        titles: Titles by usulan.
        variants: Names by column; the columns shown, in this order. All under their keys unless given.
        highlight: At most 6 usulan drawn in colour; those whose rank varies most unless given.
        rows: How many of the first usulan, at most 40.
        lang: Language of the texts.
    """
    names = dict(variants or {str(key): str(key) for key in ranks.columns})
    shown = ranks.head(max(1, min(rows, MOST_ROWS)))[list(names)].astype("float64")
    marked = [str(usulan) for usulan in highlight if usulan in shown.index] or _widest(shown)
    looks: Looks = dict(zip(marked, _LOOKS, strict=False))
    left = 0.08 + max(
        text_width(f"{_rank(shown, u, 0)} {u}", _TEXT, "Semibold") for u in shown.index
    )
    places = _columns(len(names), left + 0.1, WIDTH - _NAMED_WIDE - 0.1)
    canvas = Canvas(_TOP + _ROW * len(shown) + _FOOT)
    _heads(canvas, list(names.values()), places, left)
    heights = {key: _slots(shown[key]) for key in names}
    for usulan in [u for u in shown.index if u not in looks] + marked[: len(looks)]:
        path = [
            (x, heights[key][usulan]) if usulan in heights[key] else None
            for x, key in zip(places, names, strict=True)
        ]
        _line(canvas, path, looks.get(usulan))
    _figures(canvas, shown, places, heights)
    for usulan in shown.index:
        _ends(canvas, shown, usulan, heights, (left, titles[usulan]), looks.get(usulan))
    return figure_block(
        canvas,
        say_counted("chart.lines.caption", len(shown), lang, n=count(len(shown), lang)),
        *_words(shown, titles, names, lang),
        lang,
        "chart_ways@usulan/*",
    )


def _widest(shown: pd.DataFrame) -> list[str]:
    """The usulan whose rank varies most over the variants; none that keeps its rank."""
    spread = (shown.max(axis=1) - shown.min(axis=1)).sort_values(ascending=False, kind="stable")
    return [str(usulan) for usulan in spread[spread > 0].index[:MOST_HIGHLIGHTED]]


def _columns(number: int, left: float, right: float) -> list[float]:
    if number == 1:
        return [(left + right) / 2]
    return [left + (right - left) * place / (number - 1) for place in range(number)]


def _slots(ranks: "pd.Series[float]") -> dict[str, float]:
    """A height of its own for every usulan ranked under a variant."""
    order = ranks.dropna().sort_values(kind="stable")
    return {str(usulan): _TOP + _ROW * (number + 0.5) for number, usulan in enumerate(order.index)}


def _rank(shown: pd.DataFrame, usulan: str, column: int) -> str:
    rank = shown.loc[usulan].iloc[column]
    return "\u2013" if pd.isna(rank) else str(int(rank))


def _heads(canvas: Canvas, names: list[str], places: list[float], left: float) -> None:
    """Names over the columns, each within its own room."""
    step = places[1] - places[0] if len(places) > 1 else 2.0
    for x, name in zip(places, names, strict=True):
        half = min(step / 2, x) if x < left + step else step / 2
        canvas.text(
            x, _HEAD, name, size=_TEXT, color=MUTED, align="center", room=2 * half - 0.05, lines=2
        )


def _line(
    canvas: Canvas, path: list[tuple[float, float] | None], look: tuple[str, Dash] | None
) -> None:
    """A line with a dot at each variant; it is broken where the usulan is not ranked."""
    color, dash = look or (_PALE, "-")
    for start, end in pairwise(path):
        if start and end:
            canvas.line(start, end, color=color, width=1.8 if look else 0.7, dash=dash)
    for place in path:
        if place:
            canvas.dot(*place, 0.05 if look else 0.028, color)


def _figures(
    canvas: Canvas,
    shown: pd.DataFrame,
    places: list[float],
    heights: Mapping[str, Mapping[str, float]],
) -> None:
    """The rank above every point between both ends, which have theirs in their labels."""
    for column, (x, slots) in list(enumerate(zip(places, heights.values(), strict=True)))[1:-1]:
        for usulan, height in slots.items():
            told, y = _rank(shown, usulan, column), height - _ABOVE
            half = text_width(told, _FIGURE) / 2 + _GROUND[0]
            top, bottom = y - _GROUND[1], y + _GROUND[1]
            ground = [(x - half, top), (x + half, top), (x + half, bottom), (x - half, bottom)]
            canvas.shape(ground, PAPER, fill=1.0, width=0.0)
            canvas.text(x, y, told, size=_FIGURE, color=INK, align="center")


def _ends(  # noqa: PLR0913, PLR0917  a label is what it says and where it stands
    canvas: Canvas,
    shown: pd.DataFrame,
    usulan: str,
    heights: Mapping[str, Mapping[str, float]],
    label: tuple[float, str],
    look: tuple[str, Dash] | None,
) -> None:
    """Rank and id before the first variant, rank, id and title behind the last."""
    left, title = label
    first, *_, last = [*heights, *heights]
    color = INK if look else MUTED
    weight = "Semibold" if look else "Regular"
    if usulan in heights[first]:
        told = f"{_rank(shown, usulan, 0)} {usulan}"
        y = heights[first][usulan]
        canvas.text(left, y, told, size=_TEXT, color=color, align="right", weight=weight)  # type: ignore[arg-type]
    if usulan in heights[last]:
        told = f"{_rank(shown, usulan, -1)} {named(usulan, title)}"
        y, x = heights[last][usulan], WIDTH - _NAMED_WIDE
        canvas.text(x, y, told, size=_TEXT, color=color, room=_NAMED_WIDE, weight=weight)  # type: ignore[arg-type]


def _words(
    shown: pd.DataFrame, titles: Mapping[str, str], names: Mapping[str, str], lang: str
) -> tuple[str, str]:
    spread = shown.max(axis=1) - shown.min(axis=1)
    most = str(spread.fillna(0).idxmax())
    alt = say(
        "chart.lines.alt", lang, n=count(len(shown), lang), variants=count(len(names), lang),
        title=titles[most], low=_whole(float(shown.loc[[most]].min(axis=1).iloc[0])), high=_whole(float(shown.loc[[most]].max(axis=1).iloc[0])),
    )  # fmt: skip
    details = "; ".join(
        f"{usulan}: "
        + ", ".join(f"{name} {_rank(shown, usulan, n)}" for n, name in enumerate(names.values()))
        for usulan in shown.index
    )
    return alt, details


def _whole(rank: float) -> str:
    return "\u2013" if pd.isna(rank) else str(int(rank))
