"""The priority list and what stands behind it, as tables of a paper."""

from typing import Any, Final

import pandas as pd

from ksd_toolkit.columns import label, records
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Column, ColumnKind, Paragraph, Table, runs
from ksd_toolkit.law import isu, source_text
from ksd_toolkit.messages import count, decimal, language, percent, say, trimmed
from ksd_toolkit.scoring import Ranking, gate_reasons, type_label
from ksd_toolkit.scoring.uncertainty.acceptability import shaken_words
from ksd_toolkit.tables.cells import CLASS_ARROWS, class_shown
from ksd_toolkit.tables.measures import about, printed_as

_SET: Final = "\u2020"
_QUOTED: Final[dict[str, tuple[ColumnKind, str]]] = {
    "usulan": ("text", "titled"), "reason": ("text", "gate"), "why": ("text", "weight"),
    "source": ("text", "weight"),
}  # fmt: skip
"""Columns of words: what explains a number in them."""


def top(ranking: Ranking, rows: int = 12, lang: str = "") -> Shown:
    """The first usulan of the list with score, class and how firm the rank is."""
    lang = lang or ranking.lang
    shown = ranking.table.head(rows)
    columns = _columns(
        lang,
        ("rank", "right", 0.95),
        ("usulan", "left", 4.4),
        ("family", "left", 1.2),
        ("partner", "left", 2.3),
        ("points", "right", 0.75),
        ("class", "center", 0.65),
        ("ranks", "center", 1.05),
    )
    body = tuple(_top_row(ranking, usulan, row, lang) for usulan, row in records(shown))
    note = say(
        "priorities.top_note",
        lang,
        share=percent(
            100 * (ranking.method.uncertainty.interval[1] - ranking.method.uncertainty.interval[0]),
            0,
            lang,
        ),
        draws=count(ranking.method.uncertainty.draws, lang),
        shaken=shaken_words(ranking, lang),
    )
    if ranking.types.loc[shown.index, "set_why"].notna().any():
        note += " " + say("jenis.set_note", lang, mark=_SET)
    whole = len(shown) == len(ranking.table)
    caption = say(
        "priorities.all" if whole else "priorities.top",
        lang,
        shown=count(len(shown), lang),
        of=count(len(ranking.table), lang),
    )
    subjects = about("usulan", shown.index)
    return Shown(
        Table(caption, columns, body, note, 1, subjects, origin="table_top@usulan/*"), lang=lang
    )


def excluded(ranking: Ranking, rows: int = 0, lang: str = "") -> Shown:
    """The usulan a gate stopped, each with its reason and article; `rows` 0 shows all."""
    lang = lang or ranking.lang
    if ranking.excluded.empty:
        return Shown(Paragraph(runs(say("priorities.none_excluded", lang))), lang=lang)
    shown = ranking.excluded.head(rows) if rows else ranking.excluded
    columns = _columns(
        lang, ("usulan", "left", 3.0), ("office", "left", 2.0), ("reason", "left", 4.0)
    )
    body = tuple(
        (
            f"{usulan} {row['judul']}",
            row["opd_nama"],
            "; ".join(gate_reasons(ranking, usulan, lang)),
        )
        for usulan, row in records(shown)
    )
    caption = say("priorities.excluded", lang, n=count(len(ranking.excluded), lang))
    subjects, origin = about("usulan", shown.index), "excluded@usulan/*"
    return Shown(Table(caption, columns, body, subjects=subjects, origin=origin), lang=lang)


def criteria(ranking: Ranking, lang: str = "") -> Shown:
    """Criteria, weights and why each weighs what it weighs."""
    lang = lang or ranking.lang
    method = ranking.method
    columns = _columns(
        lang,
        ("criterion", "left", 2.4),
        ("weight", "right", 0.0),
        ("why", "left", 4.2),
        ("source", "left", 3.2),
    )
    body = tuple(
        (
            f"{criterion.code} {criterion.labels[language(lang)]}",
            trimmed(criterion.weight_percent, 2, lang),
            criterion.whys[language(lang)],
            source_text(criterion.source, lang),
        )
        for criterion in method.criteria
    )
    caption = say("priorities.criteria", lang)
    subjects = about("kriteria", (criterion.code for criterion in method.criteria))
    return Shown(Table(caption, columns, body, subjects=subjects), lang=lang)


def gap(ranking: Ranking, rows: int = 10, lang: str = "") -> Shown:
    """Where offices and TKKSD disagree most: the optimism gap on the 1-5 scale."""
    lang = lang or ranking.lang
    gaps = ranking.table.dropna(subset=["gap"])
    order = gaps["gap"].abs().sort_values(ascending=False, kind="stable").index[:rows]
    columns = _columns(
        lang, ("usulan", "left", 3.4), ("office", "left", 2.6), ("gap", "right", 0.0)
    )
    body = tuple(
        (f"{usulan} {row['judul']}", row["opd_nama"], _signed(row["gap"], lang))
        for usulan, row in records(gaps.loc[order])
    )
    caption, subjects = say("priorities.gap", lang), about("usulan", order)
    return Shown(Table(caption, columns, body, subjects=subjects), lang=lang)


def classes(ranking: Ranking, lang: str = "") -> Shown:
    """How many usulan each class holds, and how many were raised or capped."""
    lang = lang or ranking.lang
    table = ranking.table
    columns = _columns(
        lang,
        ("class", "left", 2.0),
        ("count", "right", 0.0),
        ("raised", "right", 0.0),
        ("capped", "right", 0.0),
    )
    names = [band.name for band in ranking.method.bands]
    body = []
    for name in [*names, "-"]:
        mine = table[table["class_name"] == name]
        title = (
            ranking.method.class_label(name, language(lang))
            if name != "-"
            else say("priorities.no_class", lang)
        )
        changes = [
            count((mine["class_change"] == change).sum(), lang) for change in ("floor", "cap")
        ]
        body.append((title, count(len(mine), lang), *changes))
    caption, subjects = say("priorities.classes", lang), about("kelas", [*names, "-"])
    return Shown(Table(caption, columns, tuple(body), subjects=subjects), lang=lang)


def _top_row(ranking: Ranking, usulan: str, row: dict[str, Any], lang: str) -> tuple[str, ...]:
    mark = "*" if row["gate"] == "review" else ""
    name = str(row["class_name"])
    shown = "\u2013" if name in {"", "-"} else class_shown(ranking.method, name, lang)
    return (
        count(row["rank"], lang),
        f"{usulan} {row['judul']}{mark}",
        type_label(str(row["jenis"]), lang) + _set_mark(ranking, usulan),
        "" if pd.isna(row["main_partner"]) else str(row["main_partner"]),
        decimal(row["points"], ranking.method.decimals, lang),
        shown + CLASS_ARROWS.get(str(row["class_change"]), ""),
        _interval(row, lang),
    )


def _interval(row: dict[str, Any], lang: str) -> str:
    """Both ends of the rank interval; one where they are the same."""
    ends = dict.fromkeys(count(row[end], lang) for end in ("rank_low", "rank_high"))
    return "\u2013".join(ends)


def _set_mark(ranking: Ranking, usulan: str) -> str:
    """A dagger where the type was set otherwise than by rule."""
    return _SET if usulan in ranking.types.index[ranking.types["set_why"].notna()] else ""


def _columns(lang: str, *facts: tuple[str, Any, float]) -> tuple[Column, ...]:
    return tuple(
        Column(label(name, lang), align, width, *_QUOTED.get(name, printed_as("priorities", name)))
        for name, align, width in facts
    )


def _signed(value: float, lang: str) -> str:
    return ("+" if value > 0 else "\u2212" if value < 0 else "") + decimal(abs(value), 2, lang)


def issue_name(code: str, lang: str) -> str:
    """The name of a strategic issue; a dash when none was stated."""
    return isu(code, lang).name if isinstance(code, str) and code else "\u2013"
