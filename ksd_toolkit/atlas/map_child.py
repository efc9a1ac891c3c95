"""The process a map is read in: a file that ends it is a damaged file and no more.

Asked on standard input in one line of JSON; answers with a line of JSON and, where there are
shapes, their arrays. What it finds are values, which the parent checks again.
"""

import contextlib
import json
import sys
from pathlib import Path
from typing import Any

from ksd_toolkit.atlas.boundaries import Boundaries
from ksd_toolkit.atlas.brought import Asked, UnfitError
from ksd_toolkit.atlas.geojson import read_geojson
from ksd_toolkit.atlas.region_files import facts_of
from ksd_toolkit.atlas.shapes import RawShape, ShapesRead, fit_shapes
from ksd_toolkit.errors import Problem, Where

PARQUET = b"PAR1"


def main() -> None:
    """Read the one map that was asked for."""
    question = json.loads(sys.stdin.buffer.readline())
    _limit_memory()
    try:
        found = _fitted(question)
    except UnfitError as unfit:
        _answer({"problems": [_facts(unfit.problem)], "balance": None}, b"")
        return
    problems = [_facts(problem) for problem in found.problems]
    balance = found.balance
    fates = [balance.accepted, balance.quarantined, balance.duplicate, balance.blank]
    shapes = Boundaries.of(found.shapes).to_bytes()
    _answer({"problems": problems, "balance": fates}, shapes)


def _fitted(question: dict[str, Any]) -> ShapesRead:
    path = Path(question["path"])
    asked = Asked(question["system"])
    return fit_shapes(_features(path), path.name, asked, question["crosswalk"])


def _features(path: Path) -> list[RawShape]:
    limit = facts_of("boundaries")["bytes"]
    if path.stat().st_size > limit:
        raise UnfitError(Problem("atlas.map_bytes", Where(), {"limit": limit // 2**20}))
    content = path.read_bytes()
    if not content.startswith(PARQUET):
        return read_geojson(content)
    from ksd_toolkit.atlas.geoparquet import read_geoparquet  # noqa: PLC0415  slow to load

    return read_geoparquet(content)


def _limit_memory() -> None:
    """As much as a map can need; a file that makes the readers ask for more ends this process."""
    with contextlib.suppress(ImportError):  # Windows has no such limit
        import resource  # noqa: PLC0415

        limit = facts_of("boundaries")["memory_bytes"]
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        if hard == resource.RLIM_INFINITY or hard > limit:
            resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _facts(problem: Problem) -> dict[str, Any]:
    where = problem.where
    return {
        "code": problem.code, "facts": dict(problem.facts), "severity": problem.severity,
        "where": [where.file, where.sheet, where.cell],
    }  # fmt: skip


def _answer(told: dict[str, Any], shapes: bytes) -> None:
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + shapes)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
