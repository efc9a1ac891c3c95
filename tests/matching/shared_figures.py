"""Real indicators an office might bring, where they lie beside the project; tests skip without them."""

from pathlib import Path

import pandas as pd
import pytest

from ksd_toolkit.atlas import Atlas

FOLDER = Path(__file__).parents[3] / "shared" / "regions"


def figures(rows, source="sumber uji"):
    """An atlas of `(code, indicator, year, value)`."""
    frame = pd.DataFrame(rows, columns=["code", "indicator", "year", "value"])
    return Atlas(
        frame.astype({"value": "float64"}).assign(
            unit="persen",
            source=source,
            suspect=False,
            place=[f"uji.csv:{n}" for n in range(2, len(frame) + 2)],
        )
    )


def real_figures():
    """The indicators of the example pack, for all 514 regencies and cities."""
    path = FOLDER / "indicators_long.csv"
    if not path.is_file():
        pytest.skip("needs the example indicators beside the project")
    frame = pd.read_csv(path, dtype={"code": "str"}).rename(columns={"source_id": "source"})
    places = [f"{path.name}:{row}" for row in range(2, len(frame) + 2)]
    return Atlas(frame.assign(unit="", suspect=False, place=places))
