"""Frames as bytes: numbers as they are, texts by number; the same frame is the same bytes every time."""

import io
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

_NUMBERS: Final = "number:"
_TEXTS: Final = "texts:"
_PLACES: Final = "places:"


def frame_to_bytes(frame: pd.DataFrame) -> bytes:
    """The columns of a frame: int64, float64, bool, or text without blanks (`""` for none)."""
    arrays: dict[str, NDArray[np.generic]] = {}
    for name in frame.columns:
        column = frame[name]
        if pd.api.types.is_bool_dtype(column) or pd.api.types.is_numeric_dtype(column):
            arrays[f"{_NUMBERS}{name}"] = column.to_numpy()
            continue
        places, texts = pd.factorize(column.to_numpy(dtype=object))
        arrays[f"{_TEXTS}{name}"] = np.array([str(text) for text in texts], dtype=np.str_)
        arrays[f"{_PLACES}{name}"] = places.astype(np.int32)
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)  # type: ignore[arg-type]
    return buffer.getvalue()


def frame_from_bytes(content: bytes) -> pd.DataFrame:
    """The frame `frame_to_bytes` was given.

    Raises:
        One of `boundaries.DAMAGED`: The content is something else.
    """
    columns: dict[str, NDArray[np.generic]] = {}
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        for key in file.files:
            kind, _, name = key.partition(":")
            if f"{kind}:" == _NUMBERS:
                columns[name] = file[key]
            elif f"{kind}:" == _TEXTS:
                texts = np.array([str(text) for text in file[key]], dtype=object)
                columns[name] = texts[file[f"{_PLACES}{name}"]]
    return pd.DataFrame(columns)
