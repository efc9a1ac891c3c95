"""All brought files as one: the newest figure of a region, indicator, year and source stands."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from ksd_toolkit.atlas.boundaries import Boundaries, Shape
from ksd_toolkit.atlas.brought import (
    CROSSWALK_COLUMNS,
    INDICATOR_COLUMNS,
    META_COLUMNS,
    Kind,
    frame_of,
)
from ksd_toolkit.atlas.kept_frames import frame_from_bytes, frame_to_bytes
from ksd_toolkit.atlas.possible_values import stated_units, unit_of
from ksd_toolkit.atlas.store import KeptFile, keep_content, read_content

_KEYS: Final[Mapping[Kind, list[str]]] = {
    "indicators": ["code", "indicator", "year", "source"],
    "meta": ["indicator", "year"],
    "crosswalk": ["code"],
}
_COLUMNS: Final[Mapping[Kind, tuple[str, ...]]] = {
    "indicators": (*INDICATOR_COLUMNS, "file"),
    "meta": (*META_COLUMNS, "file"),
    "crosswalk": (*CROSSWALK_COLUMNS, "file"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Merged:
    """All files as one.

    Attributes:
        frames: The rows of indicators, meta and crosswalk that stand, with their `file`.
        shapes: The newest shape of each region, by code.
        replaced: How many rows or shapes of earlier files each file takes the place of, by SHA-256.
        standing: How many rows or shapes of each file stand, by SHA-256.
    """

    frames: Mapping[Kind, pd.DataFrame]
    shapes: Mapping[str, Shape]
    replaced: Mapping[str, int]
    standing: Mapping[str, int]


def merge(folder: Path, files: Sequence[KeptFile]) -> Merged:
    """What stands when every file is taken, the newest last.

    Args:
        folder: The store that keeps their rows.
        files: The files, the oldest first.
    """
    replaced: dict[str, int] = {}
    standing: dict[str, int] = {}
    frames = {kind: _stacked(folder, files, kind, replaced, standing) for kind in _KEYS}
    shapes: dict[str, Shape] = {}
    owners: dict[str, str] = {}
    for file in (one for one in files if one.kind == "boundaries"):
        newer = Boundaries.from_bytes(read_content(folder, file.content)).shapes()
        replaced[file.sha256] = len(shapes.keys() & newer.keys())
        shapes |= newer
        owners |= dict.fromkeys(newer, file.sha256)
    standing |= Counter(owners.values())
    frames["indicators"] = _with_units(frames["indicators"], frames["meta"])
    return Merged(frames, shapes, replaced, standing)


def keep_merged(
    folder: Path, frames: Mapping[Kind, pd.DataFrame], merged: Merged
) -> dict[str, str]:
    """Keep the tables a reader needs, and return their names in the index.

    Args:
        folder: The store.
        frames: The tables that stand; indicators with their column `suspect`.
        merged: What they were made of.
    """
    tables = {
        str(kind): keep_content(folder, frame_to_bytes(frame))
        for kind, frame in frames.items()
        if len(frame)
    }
    if merged.shapes:
        boundaries = Boundaries.of(merged.shapes).to_bytes()
        tables["boundaries"] = keep_content(folder, boundaries)
    return tables


def _stacked(
    folder: Path,
    files: Sequence[KeptFile],
    kind: Kind,
    replaced: dict[str, int],
    standing: dict[str, int],
) -> pd.DataFrame:
    """The rows of one kind; of rows with the same key the one of the newest file."""
    keys = _KEYS[kind]
    stacked = frame_of((*_COLUMNS[kind], "sha256"), [])
    for file in (one for one in files if one.kind == kind):
        rows = frame_from_bytes(read_content(folder, file.content))
        rows = rows.assign(file=file.name, sha256=file.sha256)
        both = rows if stacked.empty else pd.concat([stacked, rows], ignore_index=True)
        replaced[file.sha256] = int(both.duplicated(keys).sum())
        stacked = both.drop_duplicates(keys, keep="last")
    standing |= Counter(stacked["sha256"].tolist())
    stacked = stacked.drop(columns="sha256")
    return stacked.sort_values(keys, kind="stable", ignore_index=True)


def _with_units(figures: pd.DataFrame, meta: pd.DataFrame) -> pd.DataFrame:
    """The figures, with the unit the meta table names where their own file named none."""
    if figures.empty or meta.empty:
        return figures
    units = stated_units(meta)
    told = zip(figures["indicator"], figures["year"], figures["unit"], strict=True)
    return figures.assign(unit=[unit_of(name, int(year), own, units) for name, year, own in told])
