"""The boundaries of regions as rings of longitude and latitude, kept in flat arrays."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from ksd_toolkit.stamp import Source

Ring = NDArray[np.float64]
"""Points (k, 2): longitude and latitude in degrees; the last is the first."""

_NAMES: Final = ("codes", "polygons", "rings", "points", "coordinates")
DAMAGED: Final = (
    OSError, ValueError, KeyError, EOFError, TypeError, IndexError, zipfile.BadZipFile, zlib.error,
    NotImplementedError,
)  # fmt: skip
"""What a damaged file of arrays can raise when it is read."""


@dataclass(frozen=True, slots=True, eq=False)
class Polygon:
    """One piece of a region: its outline, counter-clockwise, and its holes, clockwise."""

    exterior: Ring
    holes: tuple[Ring, ...] = ()


Shape = tuple[Polygon, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Boundaries:
    """The shapes of some regions.

    Attributes:
        codes: The regions, by code.
        sources: The files they came from, the newest last.
    """

    codes: tuple[str, ...]
    sources: tuple[Source, ...]
    _arrays: Mapping[str, NDArray[np.generic]] = field(repr=False)
    _places: Mapping[str, int] = field(repr=False)

    @classmethod
    def of(cls, shapes: Mapping[str, Shape], sources: Sequence[Source] = ()) -> Self:
        """Boundaries of these shapes, by code."""
        codes = sorted(shapes)
        polygons = [polygon for code in codes for polygon in shapes[code]]
        rings = [ring for one in polygons for ring in (one.exterior, *one.holes)]
        arrays: dict[str, NDArray[np.generic]] = {
            "codes": np.array(codes, dtype="U5"),
            "polygons": _starts(len(shapes[code]) for code in codes),
            "rings": _starts(1 + len(one.holes) for one in polygons),
            "points": _starts(len(ring) for ring in rings),
            "coordinates": np.concatenate(rings) if rings else np.zeros((0, 2)),
        }
        return cls._from(arrays, sources)

    @classmethod
    def from_bytes(cls, content: bytes, sources: Sequence[Source] = ()) -> Self:
        """Boundaries as `to_bytes` wrote them.

        Raises:
            One of `DAMAGED`: The content is something else.
        """
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            arrays = {name: file[name] for name in _NAMES}
        _refuse_nonsense(arrays)
        return cls._from(arrays, sources)

    @classmethod
    def _from(cls, arrays: dict[str, NDArray[np.generic]], sources: Sequence[Source]) -> Self:
        codes = tuple(str(code) for code in arrays["codes"])
        places = {code: number for number, code in enumerate(codes)}
        return cls(codes, tuple(sources), arrays, places)

    def to_bytes(self) -> bytes:
        """The arrays as one uncompressed file, the same bytes every time."""
        buffer = io.BytesIO()
        np.savez(buffer, **{name: self._arrays[name] for name in _NAMES})  # type: ignore[arg-type]
        return buffer.getvalue()

    def __contains__(self, code: object) -> bool:
        return code in self._places

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def source(self) -> Source:
        """The newest file they came from."""
        return self.sources[-1]

    @property
    def vertices(self) -> int:
        """How many points all rings have."""
        return len(self._arrays["coordinates"])

    def polygons(self, code: str) -> Shape:
        """The pieces of a region.

        Raises:
            KeyError: Nobody brought its boundary.
        """
        place = self._places[code]
        first, last = self._span("polygons", place)
        return tuple(self._polygon(number) for number in range(first, last))

    def shapes(self) -> dict[str, Shape]:
        """Every region's pieces by its code."""
        return {code: self.polygons(code) for code in self.codes}

    def bounds(self, codes: Iterable[str] | None = None) -> tuple[float, float, float, float]:
        """West, south, east and north of these regions, in degrees; of all of them by default.

        Raises:
            KeyError: Nobody brought the boundary of one of them.
            ValueError: There are none.
        """
        chosen = self.codes if codes is None else tuple(codes)
        rings = [one.exterior for code in chosen for one in self.polygons(code)]
        if not rings:
            raise ValueError(chosen)
        points = np.concatenate(rings)
        west, south = points.min(axis=0)
        east, north = points.max(axis=0)
        return float(west), float(south), float(east), float(north)

    def _polygon(self, number: int) -> Polygon:
        first, last = self._span("rings", number)
        exterior, *holes = (self._ring(ring) for ring in range(first, last))
        return Polygon(exterior, tuple(holes))

    def _ring(self, number: int) -> Ring:
        first, last = self._span("points", number)
        ring: Ring = self._arrays["coordinates"][first:last].view()  # type: ignore[assignment]
        ring.flags.writeable = False
        return ring

    def _span(self, name: str, number: int) -> tuple[int, int]:
        starts = self._arrays[name]
        return int(starts[number]), int(starts[number + 1])


def _refuse_nonsense(arrays: Mapping[str, NDArray[np.generic]]) -> None:
    """Raise ValueError where the arrays do not fit together, as those of a damaged file may not."""
    coordinates = arrays["coordinates"]
    if coordinates.ndim != 2 or coordinates.shape[1] != 2 or coordinates.dtype != np.float64:  # noqa: PLR2004
        raise ValueError(coordinates.dtype)
    if not np.isfinite(coordinates).all():
        raise ValueError(coordinates)
    inner = ("polygons", "rings", "points", "coordinates")
    owners = len(arrays["codes"])
    for name, within in pairwise(inner):
        starts = arrays[name]
        if starts.ndim != 1 or starts.dtype != np.int64 or len(starts) != owners + 1:
            raise ValueError(name)
        owners = len(arrays[within]) - (within != "coordinates")
        if starts[0] != 0 or starts[-1] != owners or (np.diff(starts) < 1).any():
            raise ValueError(name)


def _starts(counts: Iterable[int]) -> NDArray[np.int64]:
    """Where each group begins, and the end of the last."""
    return np.concatenate([[0], np.cumsum(list(counts), dtype=np.int64)]).astype(np.int64)
