"""The charts of the roll-up: response on a map, the spread of maturity, shared priorities, follow-through."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from ksd_toolkit.atlas import read_atlas
from ksd_toolkit.charts.canvas import (
    EMPTY,
    GRID,
    INK,
    MUTED,
    PAPER,
    ROW,
    SMALL,
    TEAL,
    WIDTH,
    Canvas,
    Scale,
    figure_block,
)
from ksd_toolkit.charts.map_marks import map_name
from ksd_toolkit.charts.maps import choropleth
from ksd_toolkit.display import Shown
from ksd_toolkit.display.palette import BASE
from ksd_toolkit.document import Paragraph, RegionMap, runs
from ksd_toolkit.messages import count, decimal, join_words, say
from ksd_toolkit.regions import all_regions
from ksd_toolkit.rollup import RollUp
from ksd_toolkit.rollup.follow_through import from_determined
from ksd_toolkit.rollup.wording import area_name, topic_name
from ksd_toolkit.scoring.overview import PROBLEMS

_HIGHEST: Final = 4
_MOST_NAMES: Final = 40
"""Names that still have room on the map."""
_PALE: Final = BASE["chart_faint"]
_LABELS: Final = 2.35
_BAR: Final = 0.19
_LARGEST: Final = 0.085
_STEP: Final = 0.1
"""Means are drawn on steps of a tenth of a level, so that five hundred regions are forty dots."""


def response(rollup: RollUp, lang: str = "") -> Shown:
    """The share of answering offices on a map of the regencies and cities of every province counted.

    A region that is not counted is hatched. With boundaries that an office brought the regions are
    outlines, else discs on midpoints.
    """
    lang = lang or rollup.lang
    known = rollup.response["sent_percent"]
    known = known[[("." in str(code)) for code in known.index]].dropna()
    if known.empty:
        return _sentence("map", lang)
    provinces = {str(code)[:2] for code in known.index}
    values = {
        region.code: float(known.get(region.code, float("nan")))
        for region in all_regions()
        if region.province in provinces and not region.is_province and region.is_party
    }
    shown = choropleth(
        values,
        read_atlas(rollup.root).boundaries,
        title=say("rollup.chart.map", lang, area=area_name(rollup.area, lang)),
        unit="\u00a0%" if lang == "id" else "%",
        borders=rollup.rules.borders_percent,
        labels=_names(values, known),
        lang=lang,
    )
    origin = "chart_rollup_response@rekap/*"
    blocks = [
        replace(block, origin=origin) if isinstance(block, RegionMap) else block
        for block in shown.blocks
    ]
    return Shown(*blocks, lang=lang)


def _names(values: Mapping[str, float], known: "pd.Series[float]") -> dict[str, str] | None:
    """Every name where there is room (None), else those of the regions counted, else none."""
    if len(values) <= _MOST_NAMES:
        return None
    shown = known.index if len(known) <= _MOST_NAMES else ()
    return {str(code): map_name(str(code)) for code in shown}


def maturity(rollup: RollUp, lang: str = "") -> Shown:
    """The regions' mean levels on each problem as dots, a larger dot for more regions; the median as a line."""
    lang = lang or rollup.lang
    means = rollup.maturity.dropna(subset="mean")
    if means.empty:
        return _sentence("maturity", lang)
    totals = rollup.maturity_totals
    canvas = Canvas(0.5 * len(PROBLEMS) + 0.4)
    scale = Scale(0, _HIGHEST, _LABELS + 0.1, WIDTH - 0.75)
    told: list[str] = []
    bottom = 0.5 * len(PROBLEMS) + 0.08
    for level in range(_HIGHEST + 1):
        canvas.line((scale(level), 0.06), (scale(level), bottom), GRID, 0.6)
        canvas.text(
            scale(level), bottom + 0.12, str(level), size=SMALL, color=MUTED, align="center"
        )
    most = int(_dots(means["mean"]).groupby(means["problem"]).value_counts().max())
    for number, problem in enumerate(PROBLEMS):
        y, row = 0.5 * (number + 0.5) + 0.05, totals.loc[problem].to_dict()
        name = say(f"problem_name.{problem}", lang)
        canvas.text(0, y, name, size=SMALL, room=_LABELS - 0.05, lines=3)
        _spread(canvas, scale, y, row)
        mine = _dots(means.loc[means["problem"] == problem, "mean"]).value_counts()
        for place, regions in zip(mine.index, mine, strict=True):
            radius = _LARGEST * (int(regions) / most) ** 0.5
            canvas.dot(scale(float(place)), y, max(radius, 0.03), TEAL)
        if not pd.isna(row["median"]):
            median = decimal(row["median"], rollup.rules.level_places, lang)
            x = scale(row["median"])
            canvas.line((x, y - 0.17), (x, y + 0.17), INK, 1.6)
            canvas.text(WIDTH - 0.6, y, median, weight="Semibold")
            told.append(say("rollup.chart.named", lang, label=name, value=median))
    facts = {"regions": count(means["code"].nunique(), lang), "medians": join_words(told, lang)}
    alt = say("rollup.chart.maturity_alt", lang, **facts)
    caption = say("rollup.chart.maturity", lang)
    description = say("rollup.chart.maturity_read", lang)
    origin = "chart_rollup_maturity@rekap_masalah/*"
    return figure_block(canvas, caption, alt, description, lang, origin)


def shared(rollup: RollUp, kind: str = "isu", rows: int = 10, lang: str = "") -> Shown:
    """A bar an issue or affair: in how many regions it stands among the first ranks.

    Args:
        rollup: The regions.
        kind: `isu` or `urusan`.
        rows: How many at most, 1 or more.
        lang: Language of the texts.
    """
    lang = lang or rollup.lang
    found = rollup.shared_priorities
    found = found[found["kind"] == kind].head(max(rows, 1))
    if found.empty:
        return _sentence("shared", lang)
    canvas = Canvas(ROW * len(found) + 0.1)
    whole, told = int(found["of"].max()), []
    scale = Scale(0, whole, _LABELS + 0.1, WIDTH - 0.65)
    for number, row in enumerate(found.to_dict("records")):
        y, name = ROW * (number + 0.5) + 0.05, topic_name(kind, row["code"], lang)
        canvas.text(0, y, name, size=SMALL, room=_LABELS, lines=2)
        canvas.bar(scale.left, y - _BAR / 2, scale(whole) - scale.left, _BAR, EMPTY)
        end = scale(row["regions"])
        color = TEAL if row["shared"] else _PALE
        canvas.bar(scale.left, y - _BAR / 2, end - scale.left, _BAR, color)
        canvas.text(scale.right + 0.08, y, count(row["regions"], lang), weight="Semibold")
        told.append(say("rollup.chart.named", lang, label=name, value=count(row["regions"], lang)))
    facts = {"of": count(whole, lang), "top": count(rollup.rules.top_ranks, lang)}
    alt = say("rollup.chart.shared_alt", lang, counts=join_words(told, lang), **facts)
    caption = say(f"rollup.chart.shared_{kind}", lang, **facts)
    least = count(rollup.rules.shared_from, lang)
    description = say("rollup.chart.shared_read", lang, least=least, **facts)
    origin = f"chart_rollup_shared@rekap_{kind}/*"
    return figure_block(canvas, caption, alt, description, lang, origin)


def follow_through(rollup: RollUp, lang: str = "") -> Shown:
    """A bar a step as long as what reached it, over all regions; what is open or stopped is told beside it."""
    lang = lang or rollup.lang
    steps = from_determined(rollup.follow_through).to_dict("records")
    whole = steps[0]["reached"]
    if not whole:
        return _sentence("follow_through", lang)
    canvas, told = Canvas(0.42 * len(steps) + 0.05), []
    scale = Scale(0, whole, _LABELS + 0.1, WIDTH - 1.65)
    for number, step in enumerate(steps):
        y, name = 0.42 * (number + 0.5), say(f"follow_through.step.{step['step']}", lang)
        canvas.text(0, y, name, room=_LABELS, size=SMALL, lines=2)
        canvas.bar(scale.left, y - 0.13, scale(whole) - scale.left, 0.26, EMPTY)
        canvas.bar(scale.left, y - 0.13, scale(step["reached"]) - scale.left, 0.26, TEAL)
        _number(canvas, scale, y, step["reached"], lang)
        words = _beside(step, first=not number, lang=lang)
        room = WIDTH - scale.right - 0.1
        canvas.text(scale.right + 0.1, y, words, size=SMALL, color=MUTED, room=room, lines=2)
        told.append(say("rollup.chart.named", lang, label=name, value=count(step["reached"], lang)))
    alt = say("rollup.chart.follow_alt", lang, counts=join_words(told, lang))
    caption, read = say("rollup.chart.follow", lang), say("rollup.chart.follow_read", lang)
    origin = "chart_rollup_follow@rekap_langkah/*"
    return figure_block(canvas, caption, alt, read, lang, origin)


def _beside(step: Mapping[Any, Any], *, first: bool, lang: str) -> str:
    """What did not reach a step; nothing at the first, before which nothing was determined."""
    if first or not step["open"] + step["stopped"]:
        return ""
    facts = {"open": count(step["open"], lang), "stopped": count(step["stopped"], lang)}
    return say("rollup.chart.beside", lang, **facts)


def _number(canvas: Canvas, scale: Scale, y: float, value: int, lang: str) -> None:
    """The number at the end of its bar, inside where there is room."""
    end, inside = scale(value), scale(value) - scale.left > 0.4  # noqa: PLR2004  inches
    x, color = (end - 0.06, PAPER) if inside else (end + 0.06, INK)
    align = "right" if inside else "left"
    canvas.text(x, y, count(value, lang), weight="Semibold", color=color, align=align)  # type: ignore[arg-type]


def _spread(canvas: Canvas, scale: Scale, y: float, row: Mapping[Any, Any]) -> None:
    """The middle half of the regions as a pale band; none where there are too few."""
    if not pd.isna(row["quartile_1"]):
        left, right = scale(row["quartile_1"]), scale(row["quartile_3"])
        canvas.bar(left, y - 0.14, right - left, 0.28, _PALE)


def _dots(means: "pd.Series[float]") -> "pd.Series[float]":
    return (means / _STEP).round() * _STEP


def _sentence(name: str, lang: str) -> Shown:
    sentence = say(f"rollup.chart.{name}_empty", lang)
    return Shown(Paragraph(runs(sentence), origin=f"chart_rollup_{name}@rekap/*"), lang=lang)
