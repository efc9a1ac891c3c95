"""Write `knowledge/near.csv`: regions that do not touch in the line work, yet lie within a kilometre.

The boundaries are a GeoParquet file with the columns `code` and `geometry` (WKB, degrees):

    .venv/bin/python scripts/make_near.py adm2_medium.parquet
"""

import csv
import sys
from pathlib import Path

import fastparquet
import numpy as np
import shapely

KNOWLEDGE = Path(__file__).parents[1] / "ksd_toolkit" / "knowledge"
TARGET = KNOWLEDGE / "near.csv"
# So close that the lines may meet on the official map: those of two sources differ by as much.
WITHIN_KM = 1.0
KM_PER_DEGREE = (111.32, 110.574)  # of longitude at the equator, of latitude
SEARCH_DEGREES = 0.02


def main(boundaries: Path) -> None:
    """Measure the gap of every pair that `neighbours.csv` calls neither bordering nor divided by water."""
    with (KNOWLEDGE / "neighbours.csv").open(encoding="utf-8") as source:
        known = {(row["a"], row["b"]) for row in csv.DictReader(source)}
    frame = fastparquet.ParquetFile(str(boundaries)).to_pandas(columns=["code", "geometry"])
    codes = frame["code"].to_numpy(dtype=object)
    shapes = shapely.from_wkb(frame["geometry"].to_numpy(dtype=object))
    pairs = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=SEARCH_DEGREES)
    rows = []
    for first, second in pairs.T:
        pair = (codes[first], codes[second])
        if pair[0] < pair[1] and pair not in known:
            gap = gap_km(shapes[first], shapes[second])
            if gap <= WITHIN_KM:
                rows.append((*pair, f"{gap:.2f}"))
    with TARGET.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(["a", "b", "gap_km"])
        writer.writerows(sorted(rows))


def gap_km(first: shapely.Geometry, second: shapely.Geometry) -> float:
    """The shortest way from one region to the other, in kilometres."""
    (x1, y1), (x2, y2) = shapely.get_coordinates(shapely.shortest_line(first, second))
    shrink = np.cos(np.radians((y1 + y2) / 2))
    return float(np.hypot((x1 - x2) * KM_PER_DEGREE[0] * shrink, (y1 - y2) * KM_PER_DEGREE[1]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
