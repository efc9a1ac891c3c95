"""The features of a Parquet or GeoParquet file: two columns of it, measured before they are unpacked.

The reader is native code that a damaged file can bring down with its process; only `map_child` may
call it.
"""

import io
import json
from collections.abc import Iterator
from typing import Any, Final

import fastparquet
import numpy as np

from ksd_toolkit.atlas.brought import UnfitError
from ksd_toolkit.atlas.region_files import facts_of, meaning_of
from ksd_toolkit.atlas.shapes import RawShape
from ksd_toolkit.atlas.wkb import WkbError, polygons_in
from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.questionnaire.cells import as_text

_READER: Final[Any] = fastparquet  # its functions carry no types
_BYTE_ARRAY: Final = 6
_TEXTS: Final = frozenset({None, 0, 4})  # no annotation, UTF8, ENUM; JSON and BSON stay unread


def read_geoparquet(content: bytes) -> list[RawShape]:
    """Every row with its code and rings.

    Raises:
        UnfitError: It is too large, in other coordinates, or has no such columns. A damaged file
            raises anything, or ends the process.

    Source:
        GeoParquet 1.1.0: WKB in the primary column, OGC:CRS84 where no `crs` is stated.
    """
    file = _READER.ParquetFile(io.BytesIO(content))
    code, geometry = _columns(file)
    _measure(file, (code, geometry))
    _refuse_other_crs(file, geometry)
    frame = file.to_pandas(columns=[code, geometry])
    return list(_shapes(list(zip(frame[code].tolist(), frame[geometry].tolist(), strict=True))))


def _columns(file: Any) -> tuple[str, str]:
    """The names of the columns with the code and the shape."""
    names = [str(name) for name in file.columns]
    code = next((name for name in names if meaning_of(name) == "code"), "")
    stated = _metadata(file).get("primary_column")
    geometry = stated if stated in names else ""
    geometry = geometry or next((name for name in names if meaning_of(name) == "geometry"), "")
    if not code or not geometry:
        listed = ", ".join(names)[: facts_of("reading")["longest_text"]]
        raise UnfitError(Problem("atlas.map_columns", Where(), {"columns": listed}))
    element = file.schema.schema_element(geometry)
    if element.type != _BYTE_ARRAY or element.converted_type not in _TEXTS:
        raise UnfitError(Problem("atlas.map_encoding"))
    element = file.schema.schema_element(code)
    if element.type == _BYTE_ARRAY and element.converted_type not in _TEXTS:
        raise UnfitError(Problem("atlas.map_encoding"))
    return code, str(geometry)


def _measure(file: Any, names: tuple[str, str]) -> None:
    limits = facts_of("boundaries")
    rows = sum(group.num_rows for group in file.row_groups)
    if not 0 <= rows <= limits["features"]:
        raise UnfitError(Problem("atlas.map_features", Where(), {"limit": limits["features"]}))
    sizes = [
        chunk.meta_data.total_uncompressed_size
        for group in file.row_groups
        for chunk in group.columns
        if ".".join(chunk.meta_data.path_in_schema) in names
    ]
    if sum(sizes) > limits["unpacked_bytes"] or min(sizes, default=0) < 0:
        raise UnfitError(Problem("atlas.map_too_detailed", Where(), {"limit": limits["vertices"]}))


def _metadata(file: Any) -> dict[str, Any]:
    """The `geo` metadata; empty in plain Parquet."""
    text = file.key_value_metadata.get("geo")
    try:
        found = json.loads(text) if text else {}
    except (ValueError, RecursionError) as error:
        raise UnfitError(Problem("atlas.map_damaged")) from error
    return found if isinstance(found, dict) else {}


def _refuse_other_crs(file: Any, geometry: str) -> None:
    columns = _metadata(file).get("columns")
    column = columns.get(geometry) if isinstance(columns, dict) else None
    if not isinstance(column, dict):
        return  # plain Parquet tells nothing; where the points lie will
    if str(column.get("encoding", "WKB")).upper() != "WKB":
        raise UnfitError(Problem("atlas.map_encoding"))
    crs = column.get("crs")
    if crs is None:  # absent means OGC:CRS84; null means unknown, and the points will tell
        return
    identity = crs.get("id") if isinstance(crs, dict) else None
    identity = identity if isinstance(identity, dict) else {}
    told = f"{identity.get('authority')}:{identity.get('code')}"
    name = str(crs.get("name", "") if isinstance(crs, dict) else crs)
    known = facts_of("crs")
    if told not in known["ids"] and (identity or name.casefold() not in known["names"]):
        raise UnfitError(
            Problem(
                "atlas.crs", Where(), {"crs": (name or told)[: facts_of("reading")["longest_text"]]}
            )
        )


def _shapes(rows: list[tuple[Any, Any]]) -> Iterator[RawShape]:
    room = facts_of("boundaries")["vertices"]
    for number, (code, content) in enumerate(rows, 1):
        if content is None or (isinstance(content, float) and np.isnan(content)):
            yield RawShape(number, _code(code), None)
            continue
        if not isinstance(content, bytes):
            raise UnfitError(Problem("atlas.map_encoding"))
        try:
            polygons = polygons_in(content)
        except WkbError:
            yield RawShape(number, _code(code), (), Problem("atlas.ring"))
            continue
        room -= sum(len(ring) for polygon in polygons for ring in polygon)
        if room < 0:
            limit = facts_of("boundaries")["vertices"]
            raise UnfitError(Problem("atlas.map_too_detailed", Where(), {"limit": limit}))
        yield RawShape(number, _code(code), polygons)


def _code(value: Any) -> str:
    """A code as it stands: one that is written as a number stays as damaged as it is."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace").strip()
    if isinstance(value, float):
        return "" if np.isnan(value) else repr(value)
    return as_text(value)
