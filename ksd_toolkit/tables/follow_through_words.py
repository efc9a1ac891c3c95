"""What the tables of follow-through share: their titles and note, steps by name, and days."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pandas as pd

from ksd_toolkit.display import Shown
from ksd_toolkit.document import Column, Origin, Paragraph, Table, runs
from ksd_toolkit.evaluation.follow_rules import read_follow_rules
from ksd_toolkit.messages import count, has_message, say
from ksd_toolkit.tables.cells import DASH
from ksd_toolkit.tables.measures import printed_as

Titles = tuple[tuple[str, Any, float], ...]


def table_of(  # noqa: PLR0913  a table is its name, titles, rows and the facts of its texts
    name: str,
    titles: Titles,
    rows: Sequence[tuple[str, ...]],
    lang: str,
    *,
    row_header: int = 0,
    subjects: tuple[str, ...] = (),
    facts: Mapping[str, object] = MappingProxyType({}),
    extra: Sequence[Column] = (),
) -> Shown:
    """The table called `name`, or its sentence when there is no row."""
    smallest = read_follow_rules().smallest_group
    facts = {"smallest": smallest, **facts}
    origin = str(Origin(f"table_follow_{name}", "aturan/*"))
    if not rows:
        sentence = say(f"follow_through.empty.{name}", lang, **facts)
        return Shown(Paragraph(runs(sentence), origin=origin), lang=lang)
    columns = tuple(
        Column(_title(title, lang), align, width, *printed_as(f"follow_{name}", title))
        for title, align, width in titles
    )
    caption = say(f"follow_through.caption.{name}", lang, **facts)
    note = say(f"follow_through.note.{name}", lang, **facts)
    columns += tuple(extra)
    table = Table(caption, columns, tuple(rows), note, row_header, subjects, origin=origin)
    return Shown(table, lang=lang)


def _title(name: str, lang: str) -> str:
    code = f"follow_through.short.{name}"
    return say(code if has_message(code) else f"follow_through.column.{name}", lang)


def step_name(code: str, lang: str) -> str:
    """What a step is called."""
    return say(f"follow_through.step.{code}", lang)


def days_or_dash(value: Any, lang: str) -> str:
    """A number of days, or a dash where there is none."""
    return DASH if pd.isna(value) else count(value, lang)
