"""What a column of a result is called and how its values are written, in both languages."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast

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
    named = (
        frame if all(isinstance(name, str) for name in frame.columns) else frame.rename(columns=str)
    )
    rows = cast("list[dict[str, Any]]", named.to_dict("records"))
    return list(zip(map(str, frame.index), rows, strict=True))


@cache
def _columns() -> dict[str, dict[str, Any]]:
    text = files("ksd_toolkit.knowledge").joinpath("columns.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
