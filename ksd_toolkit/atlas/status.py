"""What the atlas holds: files, indicators with their years and regions, shapes, and what nobody brought."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from ksd_toolkit.atlas.atlas import Atlas, read_atlas
from ksd_toolkit.atlas.cross_check import cross_checked
from ksd_toolkit.atlas.known_indicators import known_indicators, unit_conflicts
from ksd_toolkit.atlas.store import KeptFile, read_index, store_folder
from ksd_toolkit.errors import Problem
from ksd_toolkit.regions import all_regions

INDICATOR_COLUMNS: Final = (
    "indicator", "title", "first_year", "last_year", "regions", "sources", "suspects",
)  # fmt: skip
_PROVINCE: Final = 2  # letters of a province's code


@dataclass(frozen=True, slots=True, eq=False)
class AtlasStatus:
    """How the atlas stands.

    Attributes:
        files: Every file, the oldest first.
        standing: How many figures or shapes of each file stand, by its SHA-256.
        indicators: One row per indicator, in the columns `INDICATOR_COLUMNS`; `suspects` counts
            regions.
        shapes: How many kab/kota and provinces have a boundary.
        of: How many there are.
        crosswalk: How many regions have a BPS code.
        missing: Indicators the search for partners uses by default and nobody brought, by code.
        suspicions: What the cross-checks doubt.
    """

    files: tuple[KeptFile, ...]
    standing: Mapping[str, int]
    indicators: pd.DataFrame
    shapes: Mapping[str, int]
    of: Mapping[str, int]
    crosswalk: int
    missing: tuple[str, ...]
    suspicions: tuple[Problem, ...]


def atlas_status(home: Path) -> AtlasStatus:
    """How the atlas of a project stands.

    Args:
        home: The project folder.

    Raises:
        RunError: The store is damaged, or was written by a newer program.
    """
    atlas = read_atlas(home)
    shapes = atlas.boundaries.codes if atlas.boundaries else ()
    brought = set(atlas.indicators["indicator"])
    wanted = (code for code, entry in known_indicators().items() if entry.get("used"))
    index = read_index(store_folder(home))
    return AtlasStatus(
        files=index.files,
        standing=index.standing,
        indicators=_indicators(atlas),
        shapes=_by_level(shapes),
        of=_by_level([region.code for region in all_regions()]),
        crosswalk=len(atlas.crosswalk),
        missing=tuple(code for code in wanted if code not in brought),
        suspicions=suspicions(atlas),
    )


def suspicions(atlas: Atlas) -> tuple[Problem, ...]:
    """What the cross-checks doubt and which units differ, each with the value, the expected range and the remedy.

    Args:
        atlas: What was brought.
    """
    places = [place.rpartition(":") for place in atlas.indicators["place"]]
    figures = atlas.indicators.assign(
        file=[file for file, _, _ in places], row=[row for _, _, row in places]
    )
    doubts = cross_checked(figures, population_of(atlas.crosswalk))[1]
    return (*doubts, *unit_conflicts(figures))


def population_of(crosswalk: pd.DataFrame) -> dict[str, float]:
    """The population of each region as the crosswalk tells it, where it does.

    Args:
        crosswalk: Regions with `code` and `population`.
    """
    people = crosswalk["population"].astype("float64")
    known = crosswalk[people > 0]
    return dict(zip(known["code"], people[people > 0].tolist(), strict=True))


def _by_level(codes: list[str] | tuple[str, ...]) -> dict[str, int]:
    provinces = sum(len(code) == _PROVINCE for code in codes)
    return {"kab_kota": len(codes) - provinces, "provinces": provinces}


def _indicators(atlas: Atlas) -> pd.DataFrame:
    titles = dict(zip(atlas.meta["indicator"], atlas.meta["title"], strict=True))
    rows = []
    for name, found in atlas.indicators.groupby("indicator", sort=True):
        doubted = found.loc[found["suspect"], "code"]
        years = found["year"]
        rows.append(
            (
                name, _title(str(name), titles), int(years.min()), int(years.max()),
                found["code"].nunique(), ", ".join(sorted(set(found["source"]))), doubted.nunique(),
            )
        )  # fmt: skip
    return pd.DataFrame(rows, columns=list(INDICATOR_COLUMNS))


def _title(name: str, titles: Mapping[str, str]) -> str:
    """What the toolkit calls an indicator, else what a meta table calls it."""
    return str(known_indicators().get(name, {}).get("label_id", "")) or titles.get(name, "")
