"""How a table of the roll-up is made of its rows, and what stands in its cells."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pandas as pd

from ksd_toolkit.display import Shown
from ksd_toolkit.document import Column, Origin, Paragraph, Table, runs
from ksd_toolkit.messages import count, decimal, say, say_counted
from ksd_toolkit.rollup import RollUp
from ksd_toolkit.tables.cells import DASH
from ksd_toolkit.tables.measures import printed_as

_Rows = Sequence[tuple[str, ...]]


def shown(  # noqa: PLR0913, PLR0917  a table is its name, titles, rows, subjects and the facts of its texts
    name: str,
    titles: Sequence[tuple[str, str, float]],
    rows: _Rows,
    lang: str,
    subjects: tuple[str, ...] = (),
    most: int = 0,
    facts: Mapping[str, object] = MappingProxyType({}),
) -> Shown:
    """The table called `name`, or its sentence when there is no row; `most` 0 shows every row."""
    origin = str(Origin(f"table_rollup_{name}", "rekap/*"))
    if not rows:
        sentence = say(f"rollup.empty.{name}", lang, **facts)
        return Shown(Paragraph(runs(sentence), origin=origin), lang=lang)
    kept = tuple(rows[:most] if most > 0 else rows)
    note = say(f"rollup.note.{name}", lang, **facts)
    if more := len(rows) - len(kept):
        rest = say_counted("rollup.more_rows", more, lang, n=count(more, lang))
        note = f"{note} {rest}"
    columns = tuple(_column(name, *title, lang) for title in titles)
    caption, subjects = say(f"rollup.caption.{name}", lang, **facts), subjects[: len(kept)]
    return Shown(Table(caption, columns, kept, note, 0, subjects, origin=origin), lang=lang)


def _column(name: str, title: str, align: Any, width: float, lang: str) -> Column:
    printed = printed_as(f"rollup_{name}", title)
    return Column(say(f"rollup.column.{title}", lang), align, width, *printed)


def count_or_dash(value: Any, lang: str) -> str:
    """A whole number, or a dash where there is none."""
    return DASH if value is None or pd.isna(value) else count(value, lang)


def level_text(value: Any, rollup: RollUp, lang: str) -> str:
    """A level of maturity, or a dash where there is none."""
    if value is None or pd.isna(value):
        return DASH
    return decimal(float(value), rollup.rules.level_places, lang)


def range_text(answered: "pd.Series[Any]", lang: str) -> str:
    """How many offices answered: `27`, or `25-27` where the five problems differ."""
    low, high = count(answered["min"], lang), count(answered["max"], lang)
    return low if low == high else f"{low}\u2013{high}"
