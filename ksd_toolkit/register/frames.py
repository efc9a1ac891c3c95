"""The register's answers as one frame a table, values beside states, every cell still traceable."""

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from ksd_toolkit.errors import Where
from ksd_toolkit.questionnaire import Field, TableSpec

_WHOLE = re.compile(r"^(-?\d+)\.0$")  # the number 4.0 is shown as 4
_KIND = {"integer": "number", "decimal": "number", "date": "date"}
_Row = tuple[str, str, str, str | None, str, str, str, str, str]
"""An answer: table, row key, field, value, state, sheet, cell, file, sender."""
Place = tuple[str, str, str]
"""Where an answer belongs: table, row key, field."""
_Cells = np.ndarray[tuple[int, int], np.dtype[np.object_]]


class Told(Mapping[Place, tuple[str, Where]]):
    """Of every answer what was understood, or the state that says why nothing was, and the cell it came from.

    Most of what reads a register asks this of few answers: each is looked up when it is asked for.
    """

    def __init__(self, rows: Sequence[_Row]) -> None:
        self._rows = rows

    @cached_property
    def _found(self) -> dict[Place, _Row]:
        return {row[:3]: row for row in self._rows}

    def __getitem__(self, place: Place) -> tuple[str, Where]:
        *_, value, state, sheet, cell, file, _ = self._found[place]
        return state if value is None else _shown(value), Where(file, sheet, cell)

    def __contains__(self, place: object) -> bool:
        return place in self._found

    def __iter__(self) -> Iterator[Place]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """Frames of a period.

    `frames[table]` has one row per accepted row and one column per question, plus `opd_kode` of the
    sender; text and choices are strings, numbers float64, dates datetime64. What was not answered
    is missing. `states[table]` has the same shape and says why: `kosong`, `TT`, `TB`, `tak_terbaca`
    or an empty string for an answer.
    """

    frames: dict[str, pd.DataFrame]
    states: dict[str, pd.DataFrame]
    told: Mapping[Place, tuple[str, Where]]

    def where(self, table: str, row_key: str, field: str) -> Where:
        """The file, sheet and cell an answer came from.

        Raises:
            KeyError: There is no such answer.
        """
        return self.told[table, row_key, field][1]

    def answer(self, table: str, row_key: str, field: str) -> str:
        """The answer as understood, or the state that says why there is none.

        Raises:
            KeyError: There is no such answer.
        """
        return self.told[table, row_key, field][0]


def load_tables(
    connection: sqlite3.Connection, period: str, specs: tuple[TableSpec, ...]
) -> Tables:
    """The active answers of a period as frames."""
    rows = connection.execute(
        "SELECT a.table_name, a.row_key, a.field, a.value, a.state, a.sheet, a.cell, s.file, s.sender"
        " FROM answer a JOIN submission s ON s.id = a.submission_id"
        " WHERE s.period = ? AND s.active = 1 ORDER BY s.kind, s.sender, s.slot, a.position",
        (period,),
    ).fetchall()
    answers: dict[str, list[_Row]] = {spec.name: [] for spec in specs}
    for row in rows:
        if row[0] in answers:
            answers[row[0]].append(row)
    frames, states = {}, {}
    for spec in specs:
        frames[spec.name], states[spec.name] = _wide(answers[spec.name], spec)
    return Tables(frames, states, Told(rows))


def _shown(value: str) -> str:
    return _WHOLE.sub(r"\1", value) if value.endswith(".0") else value


def _wide(answers: list[_Row], spec: TableSpec) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per row key, in the order the rows were read.

    All columns of a kind are made at once and then cut apart: pandas takes longer for the wrapping
    of a column than for what is in it.
    """
    keys = [row[1] for row in answers]
    number = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    sender = {row[1]: row[8] for row in reversed(answers)}  # who sent a row first
    column = {question.name: place for place, question in enumerate(spec.fields)}
    values = np.full((len(column) + 1, len(number)), None, dtype=object)
    states = np.full((len(column) + 1, len(number)), "kosong", dtype=object)
    across = [column.get(row[2], len(column)) for row in answers]  # the last is not asked any more
    down = [number[key] for key in keys]
    values[across, down] = [row[3] for row in answers]
    states[across, down] = [row[4] for row in answers]
    values, states = values[:-1], states[:-1]
    named = _typed(values, spec.fields)
    if spec.name != "opd" and "opd_kode" not in named:
        named["opd_kode"] = pd.array([sender[key] for key in number], dtype="str")
    row_keys = {"row_key": pd.array(list(number), dtype="str")}
    told = dict(zip(column, _cut(pd.array(states.ravel(), dtype="str"), len(column)), strict=True))
    index = pd.RangeIndex(len(number))
    return pd.DataFrame(named | row_keys, index), pd.DataFrame(told | row_keys, index)


def _typed(values: _Cells, questions: tuple[Field, ...]) -> dict[str, Any]:
    """The columns of a table by the type of their question."""
    kinds = [_KIND.get(question.type, "str") for question in questions]
    made: dict[str, Any] = {}
    for kind in set(kinds):
        places = [place for place, its in enumerate(kinds) if its == kind]
        cells = values[places].ravel()
        if kind == "number":
            column: Any = np.array([np.nan if v is None else float(v) for v in cells])
        else:
            column = pd.array(cells, dtype="str")
        if kind == "date":
            column = pd.to_datetime(pd.Series(column), format="%Y-%m-%d").array
        names = [questions[place].name for place in places]
        made |= zip(names, _cut(column, len(places)), strict=True)
    return {question.name: made[question.name] for question in questions}


def _cut(columns: Any, number: int) -> list[Any]:
    """So many columns of the same length, which lie one after another in `columns`."""
    rows = len(columns) // max(number, 1)
    return [columns[place * rows : (place + 1) * rows] for place in range(number)]
