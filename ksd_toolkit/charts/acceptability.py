"""How firm the ranks are: usulan by rank, the darker the more often; the share in the cell where it fits."""

from typing import Final

import numpy as np
import pandas as pd

from ksd_toolkit.charts.canvas import (
    INK,
    MUTED,
    PAPER,
    SMALL,
    TEAL,
    WIDTH,
    Canvas,
    figure_block,
)
from ksd_toolkit.charts.lettering import text_width
from ksd_toolkit.charts.score_bars import MOST_ROWS
from ksd_toolkit.display import Shown
from ksd_toolkit.display.palette import LIGHT
from ksd_toolkit.messages import count, percent, say
from ksd_toolkit.scoring import Ranking

_LEFT: Final = 2.3
_SIDE: Final = 0.55  # right of the cells, for the interval
_TOP: Final = 0.62
_ROW: Final = 0.215
_LEAST: Final = 0.005  # below this share a cell stays empty: it would print as 0
_PALE_UNTIL: Final = 0.45
_KEY: Final = (0.01, 0.1, 0.25, 0.5, 0.75, 1.0)


def rank_shares(
    ranking: Ranking,
    shares: pd.DataFrame,
    table: pd.DataFrame | None = None,
    rows: int = 20,
    lang: str = "",
) -> Shown:
    """In how many of all draws each usulan took which rank.

    Args:
        ranking: Where the usulan stand, and their titles.
        shares: Usulan by rank, 0 to 1 (`Acceptability.shares`).
        table: By usulan `rank_low` and `rank_high`, shown at the side (`Acceptability.table`); the
            ranking's own unless given.
        rows: How many of the first usulan, at most 40.
        lang: Language of the texts.
    """
    lang = lang or ranking.lang
    listed = list(ranking.table.index[: max(1, min(rows, MOST_ROWS))])
    shown = shares.loc[listed]
    taken = np.flatnonzero((shown.to_numpy() >= _LEAST).any(axis=0))
    shown = shown.iloc[:, : int(taken.max()) + 1 if len(taken) else 1]
    bottom = _TOP + _ROW * len(shown)
    canvas = Canvas(bottom + 0.04)
    wide = (WIDTH - _SIDE - _LEFT) / len(shown.columns)
    _key(canvas, lang)
    _heads(canvas, [str(name) for name in shown.columns], wide, lang)
    ends = ranking.table if table is None else table
    for number, usulan in enumerate(listed):
        y = _TOP + _ROW * (number + 0.5)
        canvas.text(
            0.2, y, str(ranking.table.at[usulan, "rank"]), size=SMALL, color=MUTED, align="right"
        )
        canvas.text(0.3, y, str(ranking.table.at[usulan, "judul"]), size=SMALL, room=_LEFT - 0.4)
        _cells(canvas, y, shown.loc[usulan].to_numpy(dtype="float64"), wide)
        canvas.text(WIDTH, y, _interval(ends, usulan), size=SMALL, align="right")
    return figure_block(
        canvas,
        say("chart.firm.caption", lang),
        *_words(ranking, shown, lang),
        lang,
        "chart_firm@usulan/*",
    )


def shaded(  # noqa: PLR0913, PLR0917  a field is its place and its share
    canvas: Canvas, x: float, y: float, wide: float, high: float, share: float
) -> None:
    """A field for a share: one hue from pale to dark, so that grey print keeps the order.

    Two colours of the palette over each other, no mixed one, so that a theme recolours both.
    """
    canvas.bar(x, y, wide, high, LIGHT["shade"])
    canvas.bar(x, y, wide, high, TEAL, fill=depth(share))


def depth(share: float) -> float:
    """How much of the dark colour covers the pale one, 0 to 1."""
    return float(min(max(share, 0.0), 1.0) ** 0.6)


def _cells(
    canvas: Canvas, y: float, shares: "np.ndarray[tuple[int], np.dtype[np.float64]]", wide: float
) -> None:
    canvas.line((_LEFT, y + _ROW / 2), (WIDTH - _SIDE, y + _ROW / 2), width=0.4)
    for place, share in enumerate(shares):
        if share >= _LEAST:
            x = _LEFT + wide * place
            shaded(canvas, x, y - _ROW / 2 + 0.01, wide, _ROW - 0.02, share)
            text = f"{100 * share:.0f}"
            if text_width(text, SMALL) + 0.03 <= wide:
                ink = INK if share < _PALE_UNTIL else PAPER
                canvas.text(x + wide / 2, y, text, size=SMALL, color=ink, align="center")


def _heads(canvas: Canvas, names: list[str], wide: float, lang: str) -> None:
    """As many ranks over the columns as have room; the side column's name."""
    y = _TOP - 0.12
    side = say("chart.firm.interval", lang)
    canvas.text(WIDTH, y, side, size=SMALL, color=MUTED, align="right")
    free, limit = _LEFT - 0.2, WIDTH - text_width(side, SMALL) - 0.08
    for place, name in enumerate(names):
        x, half = _LEFT + wide * (place + 0.5), text_width(name, SMALL) / 2
        if x - half >= free and x + half <= limit:
            canvas.text(x, y, name, size=SMALL, color=MUTED, align="center")
            free = x + half + 0.05
    canvas.text(0.3, y, say("chart.firm.rank", lang), size=SMALL, color=MUTED)


def _key(canvas: Canvas, lang: str) -> None:
    x = 0.0
    for share in _KEY:
        shaded(canvas, x, 0.07, 0.2, 0.13, share)
        name = percent(100 * share, 0, lang)
        canvas.text(x + 0.25, 0.135, name, size=SMALL)
        x += 0.25 + text_width(name, SMALL) + 0.18
    canvas.text(x, 0.135, say("chart.firm.key", lang), size=SMALL, color=MUTED, room=WIDTH - x)


def _interval(table: pd.DataFrame, usulan: str) -> str:
    low, high = (str(table.at[usulan, end]) for end in ("rank_low", "rank_high"))
    return low if low == high else f"{low}\u2013{high}"


def _words(ranking: Ranking, shown: pd.DataFrame, lang: str) -> tuple[str, str]:
    """The usulan most often at its most frequent rank, and every row's most frequent rank."""
    most, best = shown.idxmax(axis=1), shown.max(axis=1)
    firm = str(best.idxmax())
    alt = say(
        "chart.firm.alt", lang, n=count(len(shown), lang), title=ranking.table.at[firm, "judul"],
        rank=most[firm], share=percent(100 * float(best[firm]), 0, lang),
    )  # fmt: skip
    details = "; ".join(
        say(
            "chart.firm.row", lang, usulan=usulan, rank=most[usulan],
            share=percent(100 * float(best[usulan]), 0, lang),
        )
        for usulan in shown.index
    )  # fmt: skip
    return alt, details
