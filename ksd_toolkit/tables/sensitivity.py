"""How little would change a list: weights that swap neighbours, what each weight is worth, steadiness."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final, Literal

import pandas as pd

from ksd_toolkit.columns import records
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Alignment, Column, Paragraph, Table, runs
from ksd_toolkit.messages import count, decimal, language, say, trimmed
from ksd_toolkit.scoring import Ranking
from ksd_toolkit.scoring.sensitivity import Reversal, Swap, Tornado, swap
from ksd_toolkit.tables.cells import DASH, text_or_dash
from ksd_toolkit.tables.measures import about, printed_as

Titles = Sequence[tuple[str, Alignment, float]]

_ENDS: Final = {"weights": ("low", "high"), "answers": ("lowest", "highest")}


def neighbours(ranking: Ranking, rows: int = 12, lang: str = "") -> Shown:
    """The first usulan, each with the smallest change of one weight that puts the next one above it."""
    lang = lang or ranking.lang
    listed = [str(usulan) for usulan in ranking.table.index[: rows + 1]]
    if len(listed) == 1:
        return Shown(Paragraph(runs(say("sensitivity.alone", lang))), lang=lang)
    body = tuple(_neighbour(swap(ranking, upper, lower), lang) for upper, lower in pairwise(listed))
    titles: Titles = (
        ("rank", "right", 0), ("upper", "left", 3.2), ("lower", "left", 3.2), ("gap", "right", 0),
        ("weight", "left", 3.0), ("together", "right", 0),
    )  # fmt: skip
    caption = say("sensitivity.caption.neighbours", lang, n=count(len(body), lang))
    note = say("sensitivity.note.neighbours", lang)
    subjects, origin = about("usulan", listed[:-1]), "table_neighbours@usulan/*"
    return Shown(
        Table(caption, _columns(titles, lang), body, note, 0, subjects, origin=origin), lang=lang
    )


def thresholds(found: Swap, lang: str = "") -> Shown:
    """Every criterion with the weight at which two usulan change places, the smallest change first."""
    lang = lang or found.ranking.lang
    order = (
        found.table["change"].abs().round(9).sort_values(kind="stable", na_position="last").index
    )
    body = tuple(
        _threshold(found, code, row, lang) for code, row in records(found.table.loc[order])
    )
    titles: Titles = (
        ("criterion", "left", 4.0), ("before", "right", 0), ("after", "right", 0),
        ("change", "right", 0), ("lower_points", "right", 0), ("upper_points", "right", 0),
    )  # fmt: skip
    facts = {"lower": found.lower, "upper": found.upper}
    caption = say("sensitivity.caption.thresholds", lang, **facts)
    note = say("sensitivity.note.thresholds", lang, **facts)
    if found.together is not None:
        note += " " + say("sensitivity.note.together", lang, list=_moved(found, lang))
    subjects = about("kriteria", order)
    return Shown(Table(caption, _columns(titles, lang), body, note, 0, subjects), lang=lang)


def tornado(
    found: Tornado, of: Literal["weights", "answers"] = "weights", rows: int = 16, lang: str = ""
) -> Shown:
    """Points, rank and class of an usulan at both ends of every weight or answer, the widest first."""
    lang = lang or found.ranking.lang
    table = (found.weights if of == "weights" else found.answers).head(max(1, rows))
    if table.empty:
        return Shown(Paragraph(runs(say("sensitivity.nothing_moves", lang))), lang=lang)
    body = tuple(_bar(found, code, row, of, lang) for code, row in records(table))
    titles: Titles = (
        ("criterion", "left", 3.6), ("before", "right", 0), ("low", "right", 0), ("low_end", "left", 2.6),
        ("high", "right", 0), ("high_end", "left", 2.6), ("span", "right", 0),
    )  # fmt: skip
    percent = f"{found.change_percent:g}"
    caption = say(f"sensitivity.caption.{of}", lang, usulan=found.usulan, percent=percent)
    columns, subjects = _columns(titles, lang), about("kriteria", table.index)
    return Shown(Table(caption, columns, body, found.explain(lang), 0, subjects), lang=lang)


def reversal(found: Reversal, rows: int = 20, lang: str = "") -> Shown:
    """Which usulan, dropped or doubled, turns the order of which others; a sentence where none does."""
    lang = lang or found.ranking.lang
    if found.stable:
        return Shown(
            Paragraph(runs(found.explain(lang)), origin="table_reversal@usulan/*"), lang=lang
        )
    turned = found.tests[found.tests["reversed"] > 0]
    widest = turned.sort_values("reversed", ascending=False, kind="stable").head(max(1, rows))
    body = tuple(_turned(found, row, lang) for _, row in records(widest))
    titles: Titles = (
        ("test", "left", 0), ("usulan", "left", 3.6), ("pairs", "right", 0), ("example", "left", 4.0),
    )  # fmt: skip
    caption = say(
        "sensitivity.caption.reversal",
        lang,
        shown=count(len(body), lang),
        of=count(len(turned), lang),
    )
    columns, subjects = _columns(titles, lang), about("usulan", widest["usulan"])
    told, origin = found.explain(lang), "table_reversal@usulan/*"
    return Shown(Table(caption, columns, body, told, 0, subjects, origin=origin), lang=lang)


def _columns(titles: Titles, lang: str) -> tuple[Column, ...]:
    return tuple(
        Column(
            say(f"sensitivity.column.{name}", lang), align, width, *printed_as("sensitivity", name)
        )
        for name, align, width in titles
    )


def _neighbour(found: Swap, lang: str) -> tuple[str, ...]:
    both = dict(records(found.ranking.table.loc[[found.upper, found.lower]]))
    upper, lower = both[found.upper], both[found.lower]
    code = found.smallest
    told = say("sensitivity.impossible", lang)
    if code:
        row = dict(records(found.table))[code]
        before, after = trimmed(row["weight"], 2, lang), trimmed(row["stated"], 1, lang)
        told = say("sensitivity.from_to", lang, code=code, before=before, after=after)
    return (
        count(upper["rank"], lang),
        f"{found.upper} {upper['judul']}",
        f"{found.lower} {lower['judul']}",
        decimal(upper["points"] - lower["points"], found.ranking.method.decimals, lang),
        told,
        DASH if found.together is None else decimal(found.distance, 2, lang),
    )


def _threshold(found: Swap, code: str, row: dict[str, Any], lang: str) -> tuple[str, ...]:
    method = found.ranking.method
    label = f"{code} {method.criterion(code).labels[language(lang)]}"
    before = trimmed(row["weight"], 2, lang)
    if pd.isna(row["stated"]):
        return (label, before, say("sensitivity.impossible", lang), DASH, DASH, DASH)
    sign = "+" if row["change"] > 0 else "\u2212"
    return (
        label,
        before,
        trimmed(row["stated"], 1, lang),
        sign + trimmed(abs(row["change"]), 2, lang),
        decimal(row["lower_points"], method.decimals, lang),
        decimal(row["upper_points"], method.decimals, lang),
    )


def _moved(found: Swap, lang: str) -> str:
    """The weights that move when all may."""
    weights = found.ranking.method.weights
    told = []
    for code, after in (found.together if found.together is not None else pd.Series()).items():
        before, then = (trimmed(weight, 2, lang) for weight in (weights[str(code)], after))
        if before != then:
            told.append(say("sensitivity.from_to", lang, code=code, before=before, after=then))
    return "; ".join(told)


def _bar(found: Tornado, code: str, row: dict[str, Any], of: str, lang: str) -> tuple[str, ...]:
    method = found.ranking.method
    cells = [
        f"{code} {method.criterion(code).labels[language(lang)]}",
        DASH if pd.isna(row["before"]) else trimmed(row["before"], 2, lang),
    ]
    for end in _ENDS[of]:
        cells += [
            trimmed(row[f"{end}_value"], 2, lang),
            say(
                "sensitivity.end", lang, points=decimal(row[f"{end}_points"], method.decimals, lang),
                rank=count(row[f"{end}_rank"], lang),
                label=text_or_dash(method.class_label(str(row[f"{end}_class"]), language(lang))),
            ),
        ]  # fmt: skip
    return (*cells, decimal(row["span"], method.decimals, lang))


def _turned(found: Reversal, row: dict[str, Any], lang: str) -> tuple[str, ...]:
    mine = (found.pairs["test"] == row["test"]) & (found.pairs["usulan"] == row["usulan"])
    first = dict(records(found.pairs[mine].head(1).set_index("above")))
    above, pair = next(iter(first.items()))
    return (
        say(f"sensitivity.test.{row['test']}", lang),
        f"{row['usulan']} {found.ranking.table.at[row['usulan'], 'judul']!s}",
        count(row["reversed"], lang),
        say("sensitivity.turned", lang, above=above, below=pair["below"]),
    )
