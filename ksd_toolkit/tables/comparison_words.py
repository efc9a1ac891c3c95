"""What tables of one list beside others share: titles, a number or a dash, and a sentence where no row is."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from ksd_toolkit.display import Shown
from ksd_toolkit.document import Alignment, Column, Paragraph, runs
from ksd_toolkit.messages import count, say
from ksd_toolkit.tables.cells import DASH
from ksd_toolkit.tables.measures import printed_as

Titles = Sequence[tuple[str, Alignment, float]]


def named(ranking: Any, usulan: str) -> str:
    """An usulan as it stands in a table."""
    return f"{usulan} {ranking.table.at[usulan, 'judul']}"


def number_or_dash(value: Any, lang: str) -> str:
    """A whole number, or a dash where there is none."""
    return DASH if pd.isna(value) else count(value, lang)


def columns_of(lang: str, titles: Titles) -> tuple[Column, ...]:
    """Columns titled by `comparison.column`."""
    return tuple(
        Column(
            say(f"comparison.column.{name}", lang),
            align,
            width,
            *(("text", "titled") if name == "usulan" else printed_as("comparison", name)),
        )
        for name, align, width in titles
    )


def sentence(text: str, lang: str) -> Shown:
    """A remark in place of a table without rows."""
    return Shown(Paragraph(runs(text)), lang=lang)


def more(number: int, lang: str) -> str:
    """That a table goes on beyond the rows shown."""
    return say("comparison.note.more", lang, n=count(number, lang))
