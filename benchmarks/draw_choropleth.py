"""A choropleth of all 514 regencies and cities, beside a loop over polygons in matplotlib and geopandas.

    python benchmarks/draw_choropleth.py [--boundaries FILE] [--runs 5]

`FILE` is a boundary file as `ksd regions import` takes it (GeoJSON or Parquet); without it every region
is a drawn outline of 55 points around its midpoint. Ours makes more than the others do: the map for the
page with a line about every region, and the same map for print. The loop puts one patch a ring on the
axes, as one writes it first; geopandas is timed where it happens to be installed. Times include writing
the drawing as SVG; reading the file is told apart.
"""

import argparse
import io
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from matplotlib.figure import Figure
from matplotlib.patches import Polygon as Patch

from ksd_toolkit.atlas import Boundaries, Polygon, bring, read_atlas
from ksd_toolkit.charts import maps
from ksd_toolkit.display import html_fragment
from ksd_toolkit.regions import all_regions, centroid
from ksd_toolkit.stamp import Source

_GOAL_S = 0.8
_SEED = 20260831
_POINTS = 55  # a ring: as many points in all as the small boundary file has
_DEGREES = 0.35


def brought(file: Path) -> Boundaries:
    """The boundaries of a file, checked and kept as an office's own are."""
    with tempfile.TemporaryDirectory() as home:
        bring(Path(home), [file])
        boundaries = read_atlas(Path(home)).boundaries
    if boundaries is None:
        raise SystemExit(f"{file}: no boundaries")
    return boundaries


def drawn_boundaries() -> Boundaries:
    """A wavy ring around the midpoint of every regency and city."""
    dice = np.random.default_rng(_SEED)
    turns = np.linspace(0, 2 * np.pi, _POINTS, endpoint=False)
    shapes = {}
    for region in all_regions():
        if not region.is_province:
            radius = _DEGREES * dice.uniform(0.3, 1.0) * dice.uniform(0.8, 1.2, _POINTS)
            ring = np.column_stack((np.cos(turns) * radius, np.sin(turns) * radius))
            ring = ring + centroid(region.code)
            shapes[region.code] = (Polygon(np.vstack((ring, ring[:1]))),)
    return Boundaries.of(shapes, [Source("drawn", "0" * 64, len(shapes))])


def ours(boundaries: Boundaries, values: dict[str, float]) -> str:
    """The block with its drawing for print."""
    shown = maps.choropleth(values, boundaries, title="Nilai", scope="national")
    svg: str = shown.blocks[0].svg  # type: ignore[union-attr]
    return svg


def by_loop(boundaries: Boundaries, values: dict[str, float]) -> str:
    """One patch a ring; holes are painted white."""
    figure = Figure(figsize=(6.3, 2.6))
    axes = figure.add_axes((0, 0, 1, 1))
    low, high = min(values.values()), max(values.values())
    for code, polygons in boundaries.shapes().items():
        shade = 0.9 - 0.7 * (values[code] - low) / (high - low)
        for polygon in polygons:
            for number, ring in enumerate((polygon.exterior, *polygon.holes)):
                colour = "white" if number else str(shade)
                axes.add_patch(Patch(ring, facecolor=colour, edgecolor="grey", linewidth=0.3))
    axes.autoscale_view()
    axes.set_aspect("equal")
    return _svg(figure)


def by_geopandas(boundaries: Boundaries, values: dict[str, float]) -> str:
    """`GeoDataFrame.plot`, in five classes of as many regions."""
    import geopandas  # type: ignore[import-not-found]  # noqa: PLC0415  only where it is installed

    geometry = [
        shapely.MultiPolygon([(one.exterior, one.holes) for one in polygons])
        for polygons in boundaries.shapes().values()
    ]
    frame = geopandas.GeoDataFrame(
        {"value": [values[code] for code in boundaries.codes]}, geometry=geometry
    )
    figure = Figure(figsize=(6.3, 2.6))
    frame.plot("value", ax=figure.add_axes((0, 0, 1, 1)), edgecolor="grey", linewidth=0.3)
    return _svg(figure)


def _svg(figure: Figure) -> str:
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg")
    return buffer.getvalue()


def timed(work: Callable[..., str], runs: int, *given: Any) -> tuple[float, float, int]:
    """The first and the shortest time in seconds, and the letters of what was made."""
    times, made = [], ""
    for _ in range(runs):
        start = time.perf_counter()
        made = work(*given)
        times.append(time.perf_counter() - start)
    return times[0], min(times), len(made)


def main() -> None:
    """Print the times, the goal and the sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--boundaries", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    start = time.perf_counter()
    boundaries = brought(asked.boundaries) if asked.boundaries else drawn_boundaries()
    print(f"{len(boundaries)} regions, {boundaries.vertices} points", end=", ")
    print(f"read in {time.perf_counter() - start:.2f} s")
    dice = np.random.default_rng(_SEED)
    values = {code: float(dice.uniform(0, 100)) for code in boundaries.codes}
    ways = {"ours": ours, "loop over rings": by_loop}
    if find_spec("geopandas"):
        ways["geopandas"] = by_geopandas
    for name, way in ways.items():
        first, best, letters = timed(way, asked.runs, boundaries, values)
        print(f"{name:16} {best:6.3f} s (first {first:.3f} s), {letters / 1e6:.2f} MB of SVG")
    shown = maps.choropleth(values, boundaries, title="Nilai", scope="national")
    first, best, letters = timed(html_fragment, asked.runs, shown.blocks)
    print(f"{'its page':16} {best:6.3f} s (first {first:.3f} s), {letters / 1e6:.2f} MB of HTML")
    print(f"goal: ours <= {_GOAL_S} s")


if __name__ == "__main__":
    main()
