"""What a column of a result is called and how its values are written, in both languages."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import numpy as np
import pandas as pd

from ksd_toolkit.messages import language

Kind = Literal["text", "integer", "decimal", "percent", "rupiah", "date"]


@dataclass(frozen=True, slots=True)
class ColumnFact:
    """The label, kind and meaning of one column."""

    name: str
    label: str
    kind: Kind
    meaning: str


def label(name: str, lang: str = "id", **facts: object) -> str:
    """What the column `name` is called; some labels take facts, such as a period."""
    return column(name, lang).label.format(**facts)


def column(name: str, lang: str = "id") -> ColumnFact:
    """The facts of the column `name`.

    Raises:
        KeyError: `knowledge/columns.toml` does not describe it.
    """
    entry = _columns()[name]
    lang = language(lang)
    return ColumnFact(name, entry[lang], entry["kind"], entry[f"meaning_{lang}"])


def records(frame: pd.DataFrame) -> list[tuple[str, dict[str, Any]]]:
    """Every row of a frame as its index label and its values by column name."""
    names = [str(name) for name in frame.columns]
    columns = [_plain(column) for _, column in frame.items()]
    rows = zip(*columns, strict=True) if columns else iter([()] * len(frame))
    told = (dict(zip(names, row, strict=True)) for row in rows)
    return list(zip(map(str, frame.index), told, strict=True))


def _plain(column: "pd.Series[Any]") -> list[Any]:
    """The values as Python's own; row by row pandas takes several times as long."""
    values: list[Any] = column.tolist()
    if column.dtype == object:
        return [value.item() if isinstance(value, np.generic) else value for value in values]
    return values


@cache
def _columns() -> dict[str, dict[str, Any]]:
    text = files("ksd_toolkit.knowledge").joinpath("columns.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
