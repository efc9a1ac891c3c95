"""Columns of tables on partners, and what stands in their cells: scores, relations, lenses, regions and cells by name."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from ksd_toolkit.document import Column
from ksd_toolkit.law import isu, urusan
from ksd_toolkit.matching.matches import Matches
from ksd_toolkit.matching.settings import CRITERIA
from ksd_toolkit.messages import count, decimal, say, say_counted, trimmed
from ksd_toolkit.regions import region_or_none
from ksd_toolkit.tables.cells import DASH, text_or_dash
from ksd_toolkit.tables.measures import printed_as

_WITHOUT_NEARNESS: Final = "without_nearness"
_OF_USULAN: Final = "usulan:"


def weights_text(matches: Matches, lang: str) -> str:
    """`kesamaan masalah 35, saling melengkapi 25, ...`."""
    parts = [
        say(
            "partners.weight",
            lang,
            criterion=say(f"partners.criterion.{name}", lang),
            weight=trimmed(matches.settings.weights[name], 2, lang),
        )
        for name in CRITERIA
    ]
    return ", ".join(parts)


def criteria_texts(row: dict[str, Any], lang: str) -> tuple[str, ...]:
    """The four criteria 0 to 100; shared problems say when they rest on very few cells."""
    shared, *others = (hundredth(row[name], lang) for name in CRITERIA)
    if row.get("few_cells"):
        cells = int(row["common_cells"])
        shared = say_counted("partners.few_cells", cells, lang, value=shared, n=count(cells, lang))
    return (shared, *others)


def points_text(row: dict[str, Any], lang: str) -> str:
    """The score, with its range where something is unknown."""
    if pd.isna(row["points"]):
        return DASH
    ends = {name: decimal(row[name], 1, lang) for name in ("points", "worst", "best")}
    return ends["points"] if row["worst"] == row["best"] else say("partners.range", lang, **ends)


def relation_text(row: Mapping[Any, Any], lang: str) -> str:
    """How a candidate lies to the home region: `berbatasan 63,8 km`."""
    kind = str(row["relation"])
    if kind == "borders" and not row["border_km"]:
        kind = "corner"
    facts = {
        name: DASH if pd.isna(row[f"{name}_km"]) else decimal(row[f"{name}_km"], places, lang)
        for name, places in (("border", 1), ("gap", 2), ("distance", 0))
    }
    return say(f"partners.relation.{kind}", lang, **facts)


def letter_text(letter: Any, lang: str) -> str:
    """Whether the pair may be mandatory, and by which letter."""
    if not letter:
        return say("partners.may_not_be", lang)
    return say("partners.may_be", lang, letter=letter)


def lens_name(lens: str, lang: str) -> str:
    """What a lens is called."""
    if lens.startswith(_OF_USULAN):
        return say("partners.lens_usulan", lang, usulan=lens.removeprefix(_OF_USULAN))
    if lens in {"", _WITHOUT_NEARNESS}:
        return say(f"partners.lens_{lens or 'default'}", lang)
    return isu(lens, lang).name


def cell_name(row: Mapping[Any, Any], lang: str) -> str:
    """`Kesehatan (Peningkatan Pelayanan Publik)`."""
    names = {
        "urusan": urusan(str(row["urusan_kode"]), lang).name,
        "isu": isu(str(row["isu"]), lang).name,
    }
    return say("partners.cell", lang, **names)


def named_region(code: str) -> str:
    """A region by its name with the code, as two regions may share a name."""
    region = region_or_none(code)
    return f"{region.name} ({code})" if region else code


def short_name(code: str) -> str:
    """A region's name without its kind; a city keeps it, as a regency may bear the same name."""
    region = region_or_none(code)
    if region is None:
        return code
    return region.short_name if region.kind == "kabupaten" else region.name


def hundredth(value: Any, lang: str) -> str:
    """A share 0 to 1 as a whole number 0 to 100; a dash where unknown."""
    return text_or_dash(value) if pd.isna(value) else decimal(100 * value, 0, lang)


def column(name: str, lang: str, align: Any = "left", width: float = 0.0) -> Column:
    """A column of a table on partners, with its title and how its figures are printed."""
    return Column(say(f"partners.column.{name}", lang), align, width, *printed_as("partners", name))
