"""Charts of the mapping: issues by type and maturity of the offices, beside the priority scores."""

from typing import Final

import pandas as pd

from ksd_toolkit.charts.canvas import (
    BEST_TO_WORST,
    EMPTY,
    INK,
    ORANGE,
    PAPER,
    ROW,
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
from ksd_toolkit.charts.legend import Key, draw_legend, key_of_scale, legend_height
from ksd_toolkit.charts.lettering import text_width
from ksd_toolkit.charts.score_bars import scores
from ksd_toolkit.columns import records
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Paragraph, runs
from ksd_toolkit.law import isu
from ksd_toolkit.messages import count, join_words, say
from ksd_toolkit.register import Register
from ksd_toolkit.scoring import overview
from ksd_toolkit.scoring.jenis import family_label

__all__ = ["issues", "maturity", "scores"]

_LABEL_ROOM: Final = 2.15
_FAMILY_COLORS: Final = {
    "KSDD": TEAL, "KSDPK": ORANGE, "Sinergi": TEAL_LIGHT, "KSDPL": RUST, "KSDLL": SAND,
    "Belum jelas": EMPTY,
}  # fmt: skip
_DARK: Final = frozenset({TEAL, RUST})
_BAR: Final = 0.19
_GAP: Final = 0.05
_MARGIN: Final = 0.06  # inches a text keeps from the edges of its segment


def issues(register: Register, lang: str = "") -> Shown:
    """Usulan per strategic issue (main issue), split by type; those of no type yet are a part, too.

    Each type is named in its widest segment; a legend names only those whose name fits nowhere.
    """
    lang = lang or register.lang
    if register.usulan.empty:
        return Shown(Paragraph(runs(say("listing.no_usulan", lang))), lang=lang)
    table = overview(register).by_isu
    families = [name for name in table.columns if table[name].sum()]
    labels = {name: family_label(name, lang) for name in families}
    scale = Scale(0, max(1, int(table.sum(axis=1).max())), _LABEL_ROOM, WIDTH - 0.35)
    named = _named_at(table[families], labels, scale)
    others = [(labels[name], _FAMILY_COLORS[name]) for name in families if name not in named]
    top = legend_height(others) if others else _GAP
    canvas = Canvas(top + ROW * len(table) + _GAP)
    draw_legend(canvas, others)
    for number, (code, row) in enumerate(records(table)):
        y = top + ROW * (number + 0.5)
        canvas.text(
            0,
            y,
            "{0.group}. {0.name}".format(isu(code, lang)),
            room=_LABEL_ROOM - 0.1,
            size=SMALL,
            lines=2,
        )
        parts = [
            (
                int(row[name]),
                _FAMILY_COLORS[name],
                _told(labels[name], row[name]) if named.get(name) == code else str(row[name]),
            )
            for name in families
        ]
        _stack(canvas, scale, y, parts)
        canvas.text(
            scale(sum(row.values())) + 0.06, y, count(sum(row.values()), lang), weight="Semibold"
        )
    totals = table.sum(axis=1)
    caption = say("chart.issues", lang)
    alt = say(
        "chart.issues_alt",
        lang,
        n=count(totals.sum(), lang),
        most=isu(str(totals.idxmax()), lang).name if totals.sum() else "\u2013",
        count=count(totals.max(), lang),
    )
    details = "; ".join(
        f"{isu(code, lang).name}: "
        + (
            join_words([f"{labels[name]} {row[name]}" for name in families if row[name]], lang)
            or "0"
        )
        for code, row in records(table)
    )
    return figure_block(canvas, caption, alt, details, lang, "chart_issues@isu/*")


def maturity(register: Register, lang: str = "") -> Shown:
    """Offices by level 0-4 on each of the seed's five problems."""
    lang = lang or register.lang
    table = overview(register).maturity
    colors = list(reversed(BEST_TO_WORST[5]))
    scale = Scale(0, max(1, int(table["answered"].max())), _LABEL_ROOM + 0.35, WIDTH)
    key = _levels_key(table, colors, scale, lang)
    top = key.height or _GAP
    canvas = Canvas(top + ROW * len(table) + _GAP)
    key.draw(canvas, top, top + (ROW - _BAR) / 2)
    details = []
    for number, (code, row) in enumerate(records(table)):
        y = top + ROW * (number + 0.5)
        canvas.text(
            0, y, say(f"problem_name.{code}", lang), room=_LABEL_ROOM + 0.25, size=SMALL, lines=2
        )
        levels = [int(row[f"level_{n}"]) for n in range(5)]
        _stack(canvas, scale, y, list(zip(levels, colors, map(str, levels), strict=True)))
        details.append(f"{say(f'problem_name.{code}', lang)}: {', '.join(map(str, levels))}")
    facts = dict(records(table))
    worst = str(table["immature"].idxmax())
    alt = say(
        "chart.maturity_alt",
        lang,
        problem=say(f"problem_name.{worst}", lang),
        part=facts[worst]["immature"],
        whole=facts[worst]["answered"],
    )
    caption, origin = say("chart.maturity", lang), "chart_maturity@masalah/*"
    return figure_block(canvas, caption, alt, "; ".join(details), lang, origin)


def _levels_key(table: pd.DataFrame, colors: list[str], scale: Scale, lang: str) -> Key:
    """Levels named over the first problem; a legend where it lacks one that others have."""
    _, first = records(table)[0]
    there = [n for n in range(5) if table[f"level_{n}"].sum()]
    names = {n: say(f"chart.level_{n}", lang) for n in range(5)}
    spans, start = {}, 0
    for n in there:
        end = start + int(first[f"level_{n}"])
        if end > start:
            spans[names[n]] = (scale(start), scale(end))
        start = end
    steps = [(names[n], colors[n]) for n in range(5)]
    return key_of_scale(steps, spans, [names[n] for n in there])


def _named_at(table: pd.DataFrame, labels: dict[str, str], scale: Scale) -> dict[str, str]:
    """The issue in whose bar each type is named: where it is widest, when its name fits there."""
    widest = {name: str(table[name].idxmax()) for name in labels}
    return {
        name: code
        for name, code in widest.items()
        if _fits(scale, int(table[name].max()), _told(labels[name], table[name].max()))
    }


def _told(label: str, number: object) -> str:
    return f"{label} {number}"


def _fits(scale: Scale, number: int, text: str) -> bool:
    return scale(number) - scale(0) > text_width(text, SMALL) + _MARGIN


def _stack(canvas: Canvas, scale: Scale, y: float, parts: list[tuple[int, str, str]]) -> None:
    """Segments side by side, each with its text where it fits."""
    start = 0
    for number, color, text in parts:
        if number:
            left, right = scale(start), scale(start + number)
            canvas.bar(left, y - _BAR / 2, right - left - 0.012, _BAR, color)
            if _fits(scale, number, text):
                ink = PAPER if color in _DARK else INK
                canvas.text((left + right) / 2, y, text, size=SMALL, color=ink, align="center")
        start += number
