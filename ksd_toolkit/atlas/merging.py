"""All brought files as one: the newest figure of a region, indicator, year and source stands."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
    "meta": ["indicator", "year"],
    "indicators": ["code", "indicator", "year", "source"],
    "crosswalk": ["code"],
}
"""What makes a row newer than another; lists of indicators come first, since they name sources."""
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


@dataclass(slots=True)
class _Counts:
    """How many rows or shapes each file took the place of, and how many of its own stand, by SHA-256."""

    replaced: dict[str, int] = field(default_factory=dict)
    standing: dict[str, int] = field(default_factory=dict)


def merge(folder: Path, files: Sequence[KeptFile]) -> Merged:
    """What stands when every file is taken, the newest last.

    Args:
        folder: The store that keeps their rows.
        files: The files, the oldest first.
    """
    counts = _Counts()
    frames: dict[Kind, pd.DataFrame] = {}
    for kind in _KEYS:
        names = _source_names(frames["meta"]) if kind == "indicators" else {}
        frames[kind] = _stacked(folder, files, kind, counts, names)
    shapes: dict[str, Shape] = {}
    owners: dict[str, str] = {}
    for file in (one for one in files if one.kind == "boundaries"):
        newer = Boundaries.from_bytes(read_content(folder, file.content)).shapes()
        counts.replaced[file.sha256] = len(shapes.keys() & newer.keys())
        shapes |= newer
        owners |= dict.fromkeys(newer, file.sha256)
    counts.standing |= Counter(owners.values())
    frames["indicators"] = _with_units(frames["indicators"], frames["meta"])
    return Merged(frames, shapes, counts.replaced, counts.standing)


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
    counts: _Counts,
    names: Mapping[str, str],
) -> pd.DataFrame:
    """The rows of one kind; of rows with the same key the one of the newest file."""
    keys = _KEYS[kind]
    stacked = frame_of((*_COLUMNS[kind], "sha256"), [])
    for file in (one for one in files if one.kind == kind):
        rows = frame_from_bytes(read_content(folder, file.content))
        rows = rows.assign(file=file.name, sha256=file.sha256).reindex(
            columns=[*_COLUMNS[kind], "sha256"], fill_value=""
        )
        if names:
            rows = rows.assign(source=[names.get(one, one) for one in rows["source"]])
        both = rows if stacked.empty else pd.concat([stacked, rows], ignore_index=True)
        counts.replaced[file.sha256] = int(both.duplicated(keys).sum())
        stacked = both.drop_duplicates(keys, keep="last")
    counts.standing |= Counter(stacked["sha256"].tolist())
    stacked = stacked.drop(columns="sha256")
    return stacked.sort_values(keys, kind="stable", ignore_index=True)


def _source_names(meta: pd.DataFrame) -> dict[str, str]:
    """What lists of indicators call a source they also give a short name; not where they contradict."""
    rows = meta[(meta["source_id"] != "") & (meta["source"] != meta["source_id"])]
    told: dict[str, set[str]] = {}
    for short_name, name in zip(rows["source_id"], rows["source"], strict=True):
        told.setdefault(short_name, set()).add(name)
    return {short_name: next(iter(names)) for short_name, names in told.items() if len(names) == 1}


def _with_units(figures: pd.DataFrame, meta: pd.DataFrame) -> pd.DataFrame:
    """The figures, with the unit the meta table names where their own file named none."""
    if figures.empty or meta.empty:
        return figures
    units = stated_units(meta)
    told = zip(figures["indicator"], figures["year"], figures["unit"], strict=True)
    return figures.assign(unit=[unit_of(name, int(year), own, units) for name, year, own in told])
