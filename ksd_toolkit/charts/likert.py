"""How the scores spread: bars that diverge at the middle of the scale, "don't know" and n at the side."""

from typing import Any, Final

import pandas as pd

from ksd_toolkit.answers.quality import Quality
from ksd_toolkit.answers.quality.agreement import INTERNAL
from ksd_toolkit.answers.quality.limits import limits
from ksd_toolkit.answers.quality.ratings import scores_of
from ksd_toolkit.charts.canvas import (
    BEST_TO_WORST,
    EMPTY,
    INK,
    MUTED,
    PAPER,
    RUST,
    SMALL,
    TEAL,
    WIDTH,
    Canvas,
    Scale,
    figure_block,
)
from ksd_toolkit.charts.legend import Key, key_of_scale
from ksd_toolkit.charts.lettering import text_width
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Paragraph, runs
from ksd_toolkit.messages import count, decimal, percent, say

SCORES: Final = (1, 2, 3, 4, 5)
_MIDDLE: Final = 3
_COLORS: Final = dict(zip(SCORES, reversed(BEST_TO_WORST[5]), strict=True))
_DARK: Final = frozenset({RUST, TEAL})
_NAME_ROOM: Final = 1.55
_RIGHT: Final = 1.5  # the side columns
_HEAD: Final = 0.24  # the line over the side columns
_ROW: Final = 0.28
_BAR: Final = 0.19
_UNKNOWN: Final = 0.5  # the longest bar of "don't know"

Spread = dict[str, dict[int | str, int]]


def scores(quality: Quality, role: str = "OPD", edition: str = "public", lang: str = "") -> Shown:
    """The scores of a role by criterion, most favourable first.

    Args:
        quality: Whose answers.
        role: `OPD` (the PPKSD) or `TKKSD`.
        edition: `public` shows the scores of PPKSD only over enough offices, or `internal`.
        lang: Language of the texts.
    """
    lang = lang or quality.lang
    if role == "OPD" and edition != INTERNAL and _few_offices(quality):
        least = limits()["edition"]["offices_from"]
        told_why = runs(say("quality.withheld_scores", lang, least=least))
        return Shown(Paragraph(told_why, origin="table_agreement:OPD@kriteria/*"), lang=lang)
    spread = _spread(quality, role)
    told = {code: row for code, row in spread.items() if sum(row[n] for n in SCORES)}
    if not told:
        return Shown(Paragraph(runs(say("quality.chart.no_scores", lang, role=role))), lang=lang)
    order = sorted(told, key=lambda code: -_mean(told[code]))
    canvas = _drawn(quality, told, order, lang)
    caption = say(f"quality.chart.likert_{role.casefold()}", lang)
    origin = f"chart_scores:{role}@kriteria/*"
    return figure_block(canvas, caption, *_words(quality, told, order, lang), lang, origin)


def _drawn(quality: Quality, told: Spread, order: list[str], lang: str) -> Canvas:
    """A bar per criterion that diverges at the middle of the scale."""
    low, high = _extent(told)
    scale = Scale(-low, high, _NAME_ROOM, WIDTH - _RIGHT)
    key = _key(told, order[0], scale, lang)
    top = key.height if key.above else key.height + _HEAD
    canvas = Canvas(top + _ROW * len(order) + 0.02)
    key.draw(canvas, top, top + (_ROW - _BAR) / 2)
    most = max(*(row["TT"] / sum(row.values()) for row in told.values()), 0.01)
    _headings(canvas, top, lang)
    bottom = top + _ROW * len(order)
    canvas.line((scale(0), top), (scale(0), bottom), color=INK, width=0.7)
    for number, code in enumerate(order):
        y = top + _ROW * (number + 0.5)
        name = quality.criterion_name(code, lang)
        canvas.text(0, y, name, room=_NAME_ROOM - 0.08, size=SMALL, lines=2)
        _row(canvas, scale, y, told[code], lang)
        _side(canvas, y, told[code], most, lang)
    return canvas


def _few_offices(quality: Quality) -> bool:
    """Whether fewer offices scored than the public edition needs; none at all is no secret."""
    scored = scores_of(quality.register, "OPD").index.get_level_values("opd_kode").nunique()
    return 0 < scored < int(limits()["edition"]["offices_from"])


def _spread(quality: Quality, role: str) -> Spread:
    """How often each score and each other answer was given, by criterion."""
    nilai = quality.register.nilai
    state = quality.register.tables.states["nilai"]["skor"]
    mine = nilai["penilai"].str.startswith(f"{role}-").fillna(value=False)
    number = pd.to_numeric(nilai["skor"], errors="coerce")
    spread: Spread = {}
    for code in quality.criteria:
        rows = mine & (nilai["kriteria_kode"] == code)
        found = number[rows].value_counts()
        spread[code] = {n: int(found.get(float(n), 0)) for n in SCORES}
        spread[code]["TT"] = int((state[rows] == "TT").sum())
    return spread


def _shares(row: dict[int | str, int]) -> dict[int, float]:
    total = sum(row[n] for n in SCORES)
    return {n: row[n] / total for n in SCORES}


def _mean(row: dict[int | str, int]) -> float:
    return sum(n * part for n, part in _shares(row).items())


def _extent(told: Spread) -> tuple[float, float]:
    """How far bars reach below and above the middle of the scale."""
    shares = [_shares(row) for row in told.values()]
    low = max(s[1] + s[2] + s[_MIDDLE] / 2 for s in shares)
    high = max(s[4] + s[5] + s[_MIDDLE] / 2 for s in shares)
    return max(low, 0.05), max(high, 0.05)


def _row(canvas: Canvas, scale: Scale, y: float, row: dict[int | str, int], lang: str) -> None:
    shares = _shares(row)
    start = -(shares[1] + shares[2] + shares[_MIDDLE] / 2)
    for n in SCORES:
        if shares[n]:
            left, right = scale(start), scale(start + shares[n])
            canvas.bar(left, y - _BAR / 2, right - left, _BAR, _COLORS[n])
            text = percent(100 * shares[n], 0, lang)
            if text_width(text, SMALL) + 0.06 <= right - left:
                ink = PAPER if _COLORS[n] in _DARK else INK
                middle = (left + right) / 2
                canvas.text(middle, y, text, size=SMALL, color=ink, align="center")
        start += shares[n]


def _side(canvas: Canvas, y: float, row: dict[int | str, int], most: float, lang: str) -> None:
    """Don't know as a bar of its own, and how many scores the row rests on."""
    total = sum(row[n] for n in SCORES)
    left = WIDTH - _RIGHT + 0.15
    if row["TT"]:
        wide = _UNKNOWN * row["TT"] / (total + row["TT"]) / most
        canvas.bar(left, y - _BAR / 2, wide, _BAR, EMPTY)
        canvas.text(left + wide + 0.05, y, count(row["TT"], lang), size=SMALL, color=MUTED)
    canvas.text(WIDTH, y, count(total, lang), size=SMALL, align="right")


def _headings(canvas: Canvas, top: float, lang: str) -> None:
    y = top - 0.08
    left = WIDTH - _RIGHT + 0.15
    canvas.text(left, y, say("quality.state.TT", lang), size=SMALL, color=MUTED)
    canvas.text(WIDTH, y, "n", size=SMALL, color=MUTED, align="right")


def _key(told: Spread, first: str, scale: Scale, lang: str) -> Key:
    """Scores named over the bar of the first criterion."""
    names = {n: say(f"quality.chart.score_{n}", lang) if n in {1, 5} else str(n) for n in SCORES}
    there = [n for n in SCORES if any(row[n] for row in told.values())]
    shares = _shares(told[first])
    start, spans = -(shares[1] + shares[2] + shares[_MIDDLE] / 2), {}
    for n in SCORES:
        if shares[n]:
            spans[names[n]] = (scale(start), scale(start + shares[n]))
        start += shares[n]
    room = (0.0, WIDTH - _RIGHT + 0.05)
    steps = [(names[n], _COLORS[n]) for n in SCORES]
    return key_of_scale(steps, spans, [names[n] for n in there], room)


def _words(quality: Quality, told: Spread, order: list[str], lang: str) -> tuple[str, str]:
    def name(code: str) -> str:
        return quality.criterion_name(code, lang)

    facts: dict[str, Any] = {"highest": name(order[0]), "lowest": name(order[-1])}
    facts["high"] = decimal(_mean(told[order[0]]), 2, lang)
    facts["low"] = decimal(_mean(told[order[-1]]), 2, lang)
    details = "; ".join(
        f"{name(code)}: "
        + ", ".join(f"{n}: {told[code][n]}" for n in SCORES)
        + f", TT: {told[code]['TT']}"
        for code in order
    )
    return say("quality.chart.likert_alt", lang, **facts), details
