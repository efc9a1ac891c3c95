"""How completely the questionnaire was answered: a heat map by office, and bars by question."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

import pandas as pd

from ksd_toolkit.answers.quality import Quality
from ksd_toolkit.answers.quality.cells import ANSWERED
from ksd_toolkit.answers.quality.limits import limits, section_codes, section_label
from ksd_toolkit.charts.canvas import (
    EMPTY,
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
from ksd_toolkit.charts.legend import draw_legend, legend_height
from ksd_toolkit.charts.lettering import text_width
from ksd_toolkit.columns import records
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Paragraph, runs
from ksd_toolkit.messages import count, percent, say, share
from ksd_toolkit.questionnaire import form_of

_COLORS: Final = (RUST, ORANGE, SAND, TEAL_LIGHT, TEAL)
_DARK: Final = frozenset({RUST, TEAL})
_PARTS: Final = (("kosong", SAND), ("TT", ORANGE), ("tak_terbaca", RUST), ("TB", EMPTY))
_HEAD: Final = 7.0  # points
_NAME_ROOM: Final = 1.75
_LEGEND: Final = 0.3
_HEADINGS: Final = 0.42
_ROW: Final = 0.215
_ITEM_ROW: Final = 0.27
_ITEM_ROOM: Final = 2.3
_BAR: Final = 0.16
_MOST_ROWS: Final = 40  # more would not fit a page


def by_office(quality: Quality, rows: int = _MOST_ROWS, lang: str = "") -> Shown:
    """The share of cells answered, by office and section, the least complete office first."""
    lang = lang or quality.lang
    if quality.completeness.empty:
        return Shown(Paragraph(runs(say("mapping_papers.nothing_sent", lang))), lang=lang)
    long = quality.completeness.reset_index()
    table = long.pivot_table(index="opd_kode", columns="section", values="share", aggfunc="first")
    sections = [code for code in section_codes() if code in table]
    offices = quality.response.offices
    whole = (offices["answered"] / offices["asked"].where(offices["asked"] > 0)).fillna(-1.0)
    order = list(whole.sort_values(kind="stable").index)
    shown = table.reindex(index=order[:rows], columns=sections)
    canvas = Canvas(_LEGEND + _HEADINGS + _ROW * len(shown) + 0.02)
    _bands(canvas, lang)
    _headings(canvas, sections, lang)
    for number, (code, row) in enumerate(records(shown)):
        y = _LEGEND + _HEADINGS + _ROW * (number + 0.5)
        name = quality.office_name(code)
        canvas.text(0, y, name, room=_NAME_ROOM - 0.08, size=_HEAD, lines=1)
        for place, section in enumerate(sections):
            _cell(canvas, place, len(sections), y, row[section])
    caption = say("quality.chart.complete", lang)
    if len(order) > rows:
        caption += say("quality.chart.first_rows", lang, n=rows, whole=len(order))
    words = _complete_words(quality, sections, lang)
    return figure_block(canvas, caption, *words, lang, "chart_sections@bagian/*")


def by_question(quality: Quality, rows: int = 18, lang: str = "") -> Shown:
    """The questions left unanswered most often; blank, unknown, unreadable and not applicable apart."""
    lang = lang or quality.lang
    items = _unanswered(quality, lang).head(rows)
    if items.empty:
        return Shown(Paragraph(runs(say("quality.chart.all_answered", lang))), lang=lang)
    parts = [(name, color) for name, color in _PARTS if items[name].sum()]
    longest = float(((items["unanswered"] + items["TB"]) / items["cells"]).max())
    scale = Scale(0, longest, _ITEM_ROOM, WIDTH - 1.05)
    names = {name: say(f"quality.state.{name}", lang) for name, _ in parts}
    named = _named_at(items.to_dict("records"), parts, scale, lang)
    others = [(names[name], color) for name, color in parts if name not in named]
    top = legend_height(others) if others else 0.02
    canvas = Canvas(top + _ITEM_ROW * len(items) + 0.02)
    draw_legend(canvas, others)
    for number, row in enumerate(items.to_dict("records")):
        y = top + _ITEM_ROW * (number + 0.5)
        canvas.text(0, y, row["name"], room=_ITEM_ROOM - 0.1, size=SMALL, lines=2)
        whole = row["cells"]
        told = {part: names[part] for part, at in named.items() if at == number}
        shares = [(row[part] / whole, color, told.get(part, "")) for part, color in parts]
        _parts(canvas, scale, y, shares)
        counts = {"part": count(row["unanswered"], lang), "whole": count(whole, lang)}
        end = scale((row["unanswered"] + row["TB"]) / whole)
        canvas.text(end + 0.06, y, say("quality.chart.of", lang, **counts), size=SMALL)
    words = _item_words(items, [name for name, _ in parts], lang)
    origin = "chart_questions@pertanyaan_kuesioner/*"
    return figure_block(canvas, say("quality.chart.items", lang), *words, lang, origin)


def _named_at(
    rows: Sequence[dict[Any, Any]], parts: Sequence[tuple[str, str]], scale: Scale, lang: str
) -> dict[str, int]:
    """In which bar each reason is named: where its part is the widest, when its name fits there."""
    named = {}
    for name, _ in parts:
        shares = [row[name] / row["cells"] for row in rows]
        widest = shares.index(max(shares))
        wide = scale(shares[widest]) - scale.left
        if text_width(say(f"quality.state.{name}", lang), SMALL) + 0.08 <= wide:
            named[name] = widest
    return named


def _unanswered(quality: Quality, lang: str) -> pd.DataFrame:
    """The questions somebody did not answer, the most often unanswered first, each with its name."""
    items = quality.items.assign(
        unanswered=quality.items["asked"] - quality.items[ANSWERED],
        cells=quality.items["asked"] + quality.items["TB"],
    )
    found = items[(items["unanswered"] + items["TB"]) > 0].sort_values("share", kind="stable")
    form = form_of(quality.register.dossier)
    names = [form.table(table).field(field).label(lang) for table, field in found.index]
    return found.assign(name=names)


def _item_words(items: pd.DataFrame, states: Sequence[str], lang: str) -> tuple[str, str]:
    """What the bars show in a sentence, and the numbers of each."""
    rows = items.to_dict("records")
    missed = share(rows[0]["unanswered"], rows[0]["asked"], 0, lang)
    alt = say("quality.chart.items_alt", lang, question=rows[0]["name"], share=missed)
    told = {name: say(f"quality.state.{name}", lang) for name in states}
    details = "; ".join(
        f"{row['name']}: " + ", ".join(f"{told[name]} {row[name]}" for name in states)
        for row in rows
    )
    return alt, details


def _cell(canvas: Canvas, place: int, of: int, y: float, value: Any) -> None:
    """A field of the heat map with its percentage; a dash where nothing was sent or asked."""
    wide = (WIDTH - _NAME_ROOM) / of
    left = _NAME_ROOM + wide * place
    known = not pd.isna(value)
    color = _COLORS[_band(100 * value)] if known else EMPTY
    canvas.bar(left, y - _ROW / 2 + 0.008, wide - 0.016, _ROW - 0.016, color)
    text = str(int(100 * value + 1e-9)) if known else "\u2013"  # 99.9 is not yet 100
    ink = PAPER if color in _DARK else INK
    canvas.text(left + wide / 2 - 0.008, y, text, size=_HEAD, color=ink, align="center")


def _band(value: float) -> int:
    """The band a percentage falls in; the last holds the complete ones only."""
    lower = limits()["bands"]["complete_percent"]
    return max(number for number, start in enumerate(lower) if value >= start)


def _bands(canvas: Canvas, lang: str) -> None:
    lower = limits()["bands"]["complete_percent"]
    names = [say("quality.chart.band", lang, low=low, high=high) for low, high in pairwise(lower)]
    entries = list(zip([*names, say("quality.chart.band_full", lang)], _COLORS, strict=True))
    draw_legend(canvas, [*entries, (say("quality.chart.band_none", lang), EMPTY)])


def _headings(canvas: Canvas, sections: Sequence[str], lang: str) -> None:
    wide = (WIDTH - _NAME_ROOM) / len(sections)
    for place, code in enumerate(sections):
        middle = _NAME_ROOM + wide * (place + 0.5) - 0.008
        name = section_label(code, lang)
        canvas.text(
            middle, _LEGEND + _HEADINGS / 2, name, size=_HEAD, color=MUTED, align="center",
            room=wide, lines=3,
        )  # fmt: skip


def _parts(canvas: Canvas, scale: Scale, y: float, parts: Sequence[tuple[float, str, str]]) -> None:
    """Parts end to end, each with what is told of it."""
    done = 0.0
    for value, color, told in parts:
        if value:
            start, end = scale(done), scale(done + value)
            canvas.bar(start, y - _BAR / 2, end - start, _BAR, color)
            if told:
                ink = PAPER if color in _DARK else INK
                canvas.text((start + end) / 2, y, told, size=SMALL, color=ink, align="center")
        done += value


def _complete_words(quality: Quality, sections: Sequence[str], lang: str) -> tuple[str, str]:
    """What the map shows in a sentence, and the share of each section over all offices."""
    item = dict(records(quality.response.levels))["item"]
    total = dict(records(quality.completeness.groupby("section")[["asked", ANSWERED]].sum()))
    shares = {code: total[code][ANSWERED] / max(total[code]["asked"], 1) for code in sections}
    least = min(shares, key=lambda code: shares[code])
    alt = say(
        "quality.chart.complete_alt", lang, share=share(item["part"], item["whole"], 1, lang),
        section=section_label(least, lang), least=percent(100 * shares[least], 0, lang),
    )  # fmt: skip
    details = "; ".join(
        f"{section_label(code, lang)} {percent(100 * shares[code], 0, lang)}" for code in sections
    )
    return alt, details
