"""What a column of a table prints: the kind of its texts and the measure they were computed as."""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import cast

from ksd_toolkit.document import ColumnKind

_TEXT: tuple[ColumnKind, str] = ("text", "")


def printed_as(group: str, name: str) -> tuple[ColumnKind, str]:
    """The kind and the measure of the column `name`; text without a measure where none is stated.

    Args:
        group: The tables it belongs to, e.g. `partners`.
        name: What it is called there, e.g. `top_share`.

    Source:
        `knowledge/measures.toml`.
    """
    return _measures().get((group, name), _TEXT)


def about(kind: str, names: Iterable[object]) -> tuple[str, ...]:
    """The subjects of rows: `usulan/DINKES-01`; the rows of a total are about `*`."""
    return tuple(f"{kind}/{name}" for name in names)


@cache
def _measures() -> dict[tuple[str, str], tuple[ColumnKind, str]]:
    source = files("ksd_toolkit.knowledge").joinpath("measures.toml")
    groups = tomllib.loads(source.read_text(encoding="utf-8"))
    return {
        (group, name): (cast("ColumnKind", kind), str(measure))
        for group, columns in groups.items()
        for name, (kind, measure) in columns.items()
    }
