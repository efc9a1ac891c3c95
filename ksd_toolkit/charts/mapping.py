"""Charts of the mapping: issues by type, maturity of the offices, and the priority scores."""

from typing import Any, Final

import pandas as pd

from ksd_toolkit.charts.canvas import (
    BEST_TO_WORST,
    EMPTY,
    INK,
    MUTED,
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
    text_width,
)
from ksd_toolkit.columns import records
from ksd_toolkit.display import Shown
from ksd_toolkit.law import isu
from ksd_toolkit.messages import count, decimal, join_words, language, say
from ksd_toolkit.register import Register
from ksd_toolkit.scoring import Ranking, overview
from ksd_toolkit.scoring.jenis import family_label

_LABEL_ROOM: Final = 2.15
_FAMILY_COLORS: Final = {
    "KSDD": TEAL, "KSDPK": ORANGE, "Sinergi": TEAL_LIGHT, "KSDPL": RUST, "KSDLL": SAND,
    "Belum jelas": EMPTY,
}  # fmt: skip
_GROUP_COLORS: Final = (TEAL, TEAL_LIGHT, SAND, ORANGE, RUST)
_SCORE_LEFT: Final = 2.75
_DARK: Final = frozenset({TEAL, RUST})
_LEGEND: Final = 0.32
_BAR: Final = 0.19
_SCORE_ROW: Final = 0.26


def issues(register: Register, lang: str = "") -> Shown:
    """Usulan per strategic issue (main issue), split by type; those of no type yet are a part, too."""
    lang = lang or register.lang
    table = overview(register).by_isu
    families = [name for name in table.columns if table[name].sum()]
    canvas = Canvas(_LEGEND + ROW * len(table) + 0.05)
    labels = {name: family_label(name, lang) for name in families}
    _legend(canvas, [(labels[name], _FAMILY_COLORS[name]) for name in families])
    scale = Scale(0, max(1, int(table.sum(axis=1).max())), _LABEL_ROOM, WIDTH - 0.35)
    for number, (code, row) in enumerate(records(table)):
        y = _LEGEND + ROW * (number + 0.5)
        canvas.text(
            0,
            y,
            "{0.group}. {0.name}".format(isu(code, lang)),
            room=_LABEL_ROOM - 0.1,
            size=SMALL,
            lines=2,
        )
        _stack(canvas, scale, y, [(int(row[name]), _FAMILY_COLORS[name]) for name in families])
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
    return figure_block(canvas, caption, alt, details, lang)


def maturity(register: Register, lang: str = "") -> Shown:
    """Offices by level 0-4 on each of the seed's five problems."""
    lang = lang or register.lang
    table = overview(register).maturity
    colors = list(reversed(BEST_TO_WORST[5]))
    canvas = Canvas(_LEGEND + ROW * len(table) + 0.05)
    _legend(canvas, [(say(f"chart.level_{n}", lang), colors[n]) for n in range(5)])
    scale = Scale(0, max(1, int(table["answered"].max())), _LABEL_ROOM + 0.35, WIDTH)
    details = []
    for number, (code, row) in enumerate(records(table)):
        y = _LEGEND + ROW * (number + 0.5)
        canvas.text(
            0, y, say(f"problem_name.{code}", lang), room=_LABEL_ROOM + 0.25, size=SMALL, lines=2
        )
        levels = [int(row[f"level_{n}"]) for n in range(5)]
        _stack(canvas, scale, y, list(zip(levels, colors, strict=True)))
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
    return figure_block(canvas, say("chart.maturity", lang), alt, "; ".join(details), lang)


def scores(ranking: Ranking, rows: int = 12, lang: str = "") -> Shown:
    """The first usulan's points, split by criteria group; a line shows what missing answers could change."""
    lang = lang or ranking.lang
    shown = ranking.table.head(rows)
    groups = _points_by_group(ranking).loc[shown.index]
    bottom = _LEGEND + _SCORE_ROW * len(shown)
    canvas = Canvas(bottom + 0.28)
    names = [f"{g.code} {g.labels[language(lang)]}" for g in ranking.method.groups.values()]
    _legend(canvas, list(zip(names, _GROUP_COLORS, strict=False)))
    scale = Scale(0, 100, _SCORE_LEFT, WIDTH - 0.42)
    ticks = [0.0, *(band.lower for band in reversed(ranking.method.bands) if band.lower), 100.0]
    for tick in ticks:
        canvas.line((scale(tick), _LEGEND), (scale(tick), bottom))
        canvas.text(
            scale(tick), bottom + 0.12, f"{tick:g}", size=SMALL, color=MUTED, align="center"
        )
    parts = dict(records(groups))
    for number, (usulan, row) in enumerate(records(shown)):
        y = _LEGEND + _SCORE_ROW * (number + 0.5)
        _score_row(canvas, scale, y, row, list(parts[usulan].values()), lang)
    return figure_block(
        canvas,
        say("chart.scores", lang, n=len(shown)),
        _scores_alt(shown, lang),
        "; ".join(
            f"{row['rank']}. {row['judul']}: {decimal(row['points'], 2, lang)} "
            f"({decimal(row['worst'], 2, lang)}\u2013{decimal(row['best'], 2, lang)})"
            for _, row in records(shown)
        ),
        lang,
    )


def _points_by_group(ranking: Ranking) -> pd.DataFrame:
    """Points each criteria group adds to the score; together they are the score."""
    group = {criterion.code: criterion.group for criterion in ranking.method.criteria}
    codes = ranking.contributions.columns.map(group)
    return ranking.contributions.T.groupby(codes, sort=False).sum().T


def _scores_alt(shown: pd.DataFrame, lang: str) -> str:
    first = records(shown)[0][1]
    return say(
        "chart.scores_alt",
        lang,
        n=len(shown),
        title=first["judul"],
        points=decimal(first["points"], 2, lang),
    )


def _score_row(  # noqa: PLR0913, PLR0917  a row is its place and its parts
    canvas: Canvas, scale: Scale, y: float, row: dict[str, Any], parts: list[float], lang: str
) -> None:
    canvas.text(0.2, y, f"{row['rank']}", size=SMALL, color=MUTED, align="right")
    canvas.text(0.3, y, str(row["judul"]), room=_SCORE_LEFT - 0.42, size=SMALL, lines=2)
    start = 0.0
    for points, color in zip(parts, _GROUP_COLORS, strict=False):
        canvas.bar(scale(start), y - _BAR / 2, scale(start + points) - scale(start), _BAR, color)
        start += points
    if row["worst"] < row["best"]:
        ends = (scale(row["worst"]), y), (scale(row["best"]), y)
        canvas.line(*ends, color=PAPER, width=2.8)
        canvas.line(*ends, color=INK, width=1.2)
    end = max(scale(row["points"]), scale(row["best"]))
    canvas.text(end + 0.06, y, decimal(row["points"], 2, lang), weight="Semibold", size=SMALL)


def _stack(canvas: Canvas, scale: Scale, y: float, parts: list[tuple[int, str]]) -> None:
    """Segments side by side, each with its number where it fits."""
    start = 0
    for number, color in parts:
        if number:
            left, right = scale(start), scale(start + number)
            canvas.bar(left, y - _BAR / 2, right - left - 0.012, _BAR, color)
            if right - left > text_width(str(number), SMALL) + 0.06:
                ink = PAPER if color in _DARK else INK
                canvas.text(
                    (left + right) / 2, y, str(number), size=SMALL, color=ink, align="center"
                )
        start += number


def _legend(canvas: Canvas, entries: list[tuple[str, str]]) -> None:
    x = 0.0
    for name, color in entries:
        canvas.bar(x, 0.07, 0.13, 0.13, color)
        canvas.text(x + 0.18, 0.135, name, size=SMALL)
        x += 0.18 + text_width(name, SMALL) + 0.22
