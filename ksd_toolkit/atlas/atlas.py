"""The atlas of a project: every indicator and boundary its offices brought, each with its source."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pandas as pd

from ksd_toolkit.atlas.boundaries import DAMAGED, Boundaries
from ksd_toolkit.atlas.brought import CROSSWALK_COLUMNS, META_COLUMNS
from ksd_toolkit.atlas.kept_frames import frame_from_bytes
from ksd_toolkit.atlas.store import Index, KeptFile, read_content, read_index, store_folder
from ksd_toolkit.errors import RunError
from ksd_toolkit.stamp import Source

COLUMNS: Final = ("code", "indicator", "year", "value", "unit", "source", "place", "suspect")
_ATTEMPTS: Final = 5


@dataclass(frozen=True, slots=True, eq=False)
class Atlas:
    """What is known about regions beyond the shipped facts.

    Attributes:
        indicators: One row per figure, by code, indicator, year and source: `code`, `indicator`,
            `year`, `value`, `unit`, `source`, `place` (`file:row`), and whether it is `suspect`,
            that is, looks like another region's value.
        boundaries: The shapes that were brought; None without any.
        sources: The files of which something stands, the oldest first.
        meta: What the files say an indicator is: `indicator`, `year` (0 for all), `title`, `unit`,
            `direction`, `source`, `note`.
        crosswalk: `code`, `bps_code` and, where told, `population` of regions.
    """

    indicators: pd.DataFrame
    boundaries: Boundaries | None = None
    sources: tuple[Source, ...] = ()
    meta: pd.DataFrame = field(default_factory=lambda: _empty(META_COLUMNS))
    crosswalk: pd.DataFrame = field(default_factory=lambda: _empty(CROSSWALK_COLUMNS))

    def __repr__(self) -> str:
        shapes = len(self.boundaries) if self.boundaries else 0
        return f"Atlas({len(self.indicators)} figures, {shapes} shapes, {len(self.sources)} files)"

    @property
    def is_empty(self) -> bool:
        """Whether there is neither an indicator nor a boundary."""
        return self.indicators.empty and self.boundaries is None

    def latest(self, indicator: str) -> pd.DataFrame:
        """The newest figure of an indicator for each region, indexed by code.

        Where two sources tell the same year, the one that comes first by name stands; all of them
        are in `indicators`.

        Args:
            indicator: Its code (`ipm`).
        """
        rows = self.indicators[self.indicators["indicator"] == indicator]
        rows = rows.sort_values(["code", "year", "source"], ascending=[True, False, True])
        return rows.drop_duplicates("code").set_index("code")


def read_atlas(home: Path) -> Atlas:
    """What a project's offices brought; an empty atlas where they brought nothing.

    Args:
        home: The project folder.

    Raises:
        RunError: The store is damaged, or was written by a newer program.
    """
    folder = store_folder(home)
    for _ in range(_ATTEMPTS):
        index = read_index(folder)
        try:
            return _atlas(folder, index)
        except FileNotFoundError:
            continue  # a writer replaced it between the two; its index is there by now
        except DAMAGED as error:
            raise RunError("atlas.unusable", reason=type(error).__name__) from error
    raise RunError("atlas.unusable", reason=FileNotFoundError.__name__)


def _atlas(folder: Path, index: Index) -> Atlas:
    if not index.files:
        return EMPTY
    tables = {name: read_content(folder, sha) for name, sha in index.tables.items()}
    standing = [file for file in index.files if index.standing.get(file.sha256)]
    shapes = tuple(_source(file) for file in standing if file.kind == "boundaries")
    boundaries = tables.get("boundaries")
    return Atlas(
        indicators=_with_places(_frame(tables, "indicators", _STORED)),
        boundaries=None if boundaries is None else Boundaries.from_bytes(boundaries, shapes),
        sources=tuple(_source(file) for file in standing),
        meta=_frame(tables, "meta", META_COLUMNS),
        crosswalk=_frame(tables, "crosswalk", CROSSWALK_COLUMNS),
    )


def _source(file: KeptFile) -> Source:
    return Source(file.name, file.sha256, file.balance.read)


def _frame(tables: Mapping[str, bytes], name: str, columns: tuple[str, ...]) -> pd.DataFrame:
    return frame_from_bytes(tables[name]) if name in tables else _empty(columns)


def _with_places(stored: pd.DataFrame) -> pd.DataFrame:
    rows = zip(stored["file"].tolist(), stored["row"].tolist(), strict=True)
    places = pd.Series([f"{file}:{row}" for file, row in rows], dtype="str")
    return stored.assign(place=places)[list(COLUMNS)]


_STORED: Final = ("code", "indicator", "year", "value", "unit", "source", "file", "row", "suspect")
_TYPES: Final = MappingProxyType(
    {
        "year": "int64", "value": "float64", "row": "int64", "suspect": "bool",
        "population": "float64",
    }
)  # fmt: skip


def _empty(columns: tuple[str, ...]) -> pd.DataFrame:
    """No rows, with the types rows would have."""
    return pd.DataFrame({name: pd.Series(dtype=_TYPES.get(name, "str")) for name in columns})


EMPTY: Final = Atlas(_with_places(_empty(_STORED)))
"""An atlas nobody brought anything to."""
