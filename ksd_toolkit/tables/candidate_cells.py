"""What the tables of institutions share: their columns, a candidate's name and kind, a level of a scale."""

from typing import Any, Final

import pandas as pd

from ksd_toolkit.columns import label
from ksd_toolkit.display import Shown
from ksd_toolkit.document import Column, Paragraph, runs
from ksd_toolkit.messages import language, say, trimmed
from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.tables.cells import DASH
from ksd_toolkit.tables.measures import printed_as

FORM: Final = "calon_mitra"


def sentence(text: str, lang: str) -> Shown:
    """What is shown where there is no row."""
    return Shown(Paragraph(runs(text)), lang=lang)


def columns_of(lang: str, *facts: tuple[str, Any, float]) -> tuple[Column, ...]:
    """Columns by name, alignment and share of the width."""
    return tuple(
        Column(
            label(name, lang) if name == "usulan" else say(f"inst.column.{name}", lang),
            align,
            width,
            *printed_as("inst", name),
        )
        for name, align, width in facts
    )


def candidate(row: dict[str, Any], lang: str) -> str:
    """Name and kind; a star where the office named it already."""
    kinds = read_form(FORM).table(FORM).field("mitra_jenis").choices
    kind = next(
        (one.labels[language(lang)] for one in kinds if one.code == row["mitra_jenis"]),
        say("inst.kind_unknown", lang),
    )
    return f"{row['mitra_nama']}{'*' if row['named'] else ''} ({kind})"


def level(value: float, lang: str) -> str:
    """A level of a scale, or a mean of some; a dash where it is not known."""
    return DASH if pd.isna(value) else trimmed(value, 2, lang)
