"""A map read by a process of its own: native readers, lies about sizes and endless knots stay there."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ksd_toolkit.atlas.boundaries import DAMAGED, Boundaries
from ksd_toolkit.atlas.brought import Asked, FileRead, frame_of
from ksd_toolkit.atlas.region_files import facts_of
from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.messages import has_message
from ksd_toolkit.questionnaire.submission import Balance

_PROGRAM: Final = Path(__file__).with_name("map_child.py")  # not imported: it loads what maps need


def read_map(path: Path, asked: Asked, crosswalk: Mapping[str, str]) -> FileRead | Problem:
    """The shapes of a GeoJSON, GeoParquet or Parquet file, or why none of them can be used.

    Args:
        path: The file.
        asked: What its bringer says of it.
        crosswalk: Kemendagri codes by BPS code, where somebody brought them.
    """
    question = {
        "path": str(path.resolve()), "system": asked.system, "crosswalk": dict(crosswalk),
    }  # fmt: skip
    answer = _answer(json.dumps(question).encode() + b"\n")
    if isinstance(answer, Problem):
        return Problem(answer.code, Where(path.name), answer.facts)
    head, _, shapes = answer.partition(b"\n")
    try:
        told = json.loads(head)
        problems = tuple(_problem(one, path.name) for one in told["problems"])
        if told["balance"] is None:
            return problems[0]
        boundaries = Boundaries.from_bytes(shapes)
        balance = Balance(*map(int, told["balance"]))
    except DAMAGED:  # the words of a process that a file took hold of
        return Problem("atlas.map_damaged", Where(path.name))
    return FileRead("boundaries", frame_of((), []), balance, problems, boundaries)


def _answer(question: bytes) -> bytes | Problem:
    """What the process says before its time is up; a process that died says the file is damaged."""
    command = [sys.executable, "-P", str(_PROGRAM)]
    limit = facts_of("boundaries")["seconds"]
    try:
        done = subprocess.run(  # noqa: S603  our own program
            command, input=question, capture_output=True, timeout=limit, check=False
        )
    except subprocess.TimeoutExpired:
        return Problem("atlas.map_too_long", Where(), {"limit": limit})
    return done.stdout if done.returncode == 0 else Problem("atlas.map_damaged")


def _problem(told: Mapping[str, Any], name: str) -> Problem:
    """A problem the process found.

    Raises:
        KeyError: There is no such problem.
    """
    code = str(told["code"])
    if not has_message(f"problem.{code}.say"):
        raise KeyError(code)
    _, sheet, cell = told["where"]
    return Problem(code, Where(name, str(sheet), str(cell)), dict(told["facts"]), told["severity"])
