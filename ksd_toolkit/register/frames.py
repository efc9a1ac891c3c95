"""The register's answers as one frame a table, values beside states, every cell still traceable."""

import re
import sqlite3
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ksd_toolkit.errors import Where
from ksd_toolkit.questionnaire import Field, TableSpec

_WHOLE = re.compile(r"^(-?\d+)\.0$")  # the number 4.0 is shown as 4
_COLUMNS = ("table", "row_key", "field", "raw", "value", "state", "sheet", "cell", "file", "sender")


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
    told: dict[tuple[str, str, str], tuple[str, Where]]

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
        "SELECT a.table_name, a.row_key, a.field, a.raw, a.value, a.state, a.sheet, a.cell, s.file,"
        " s.sender FROM answer a JOIN submission s ON s.id = a.submission_id"
        " WHERE s.period = ? AND s.active = 1 ORDER BY s.kind, s.sender, s.slot, a.position",
        (period,),
    ).fetchall()
    long = pd.DataFrame(rows, columns=list(_COLUMNS), dtype=object)
    frames, states = {}, {}
    by_table = dict(iter(long.groupby("table", sort=False)))
    for spec in specs:
        frames[spec.name], states[spec.name] = _wide(by_table.get(spec.name, long[:0]), spec)
    told = {
        (table, key, field): (
            state if value is None else _shown(value),
            Where(file, sheet, cell),
        )
        for table, key, field, _, value, state, sheet, cell, file, _ in rows
    }
    return Tables(frames, states, told)


def _shown(value: str) -> str:
    return _WHOLE.sub(r"\1", value) if value.endswith(".0") else value


def _wide(long: pd.DataFrame, spec: TableSpec) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per row key, in the order the rows were read."""
    keys = long["row_key"].unique()
    number = {key: position for position, key in enumerate(keys)}
    rows = long["row_key"].map(number).to_numpy(dtype=np.intp)
    values = pd.DataFrame(index=pd.RangeIndex(len(keys)))
    states = pd.DataFrame(index=pd.RangeIndex(len(keys)))
    fields = long["field"].to_numpy()
    for question in spec.fields:
        picked = fields == question.name
        value = np.full(len(keys), None, dtype=object)
        state = np.full(len(keys), "kosong", dtype=object)
        value[rows[picked]] = long["value"].to_numpy()[picked]
        state[rows[picked]] = long["state"].to_numpy()[picked]
        values[question.name] = _typed(value, question)
        states[question.name] = pd.Series(state, dtype="str")
    if spec.name != "opd" and "opd_kode" not in values:
        senders = long.drop_duplicates("row_key")["sender"]
        values["opd_kode"] = pd.Series(senders.to_numpy(), dtype="str")
    row_keys = pd.Series(keys, dtype="str", name="row_key")
    return values.assign(row_key=row_keys), states.assign(row_key=row_keys)


def _typed(
    value: "np.ndarray[tuple[int], np.dtype[np.object_]]", question: Field
) -> "pd.Series[Any]":
    if question.type in {"integer", "decimal"}:
        return pd.Series([np.nan if v is None else float(v) for v in value], dtype="float64")
    if question.type == "date":
        return pd.to_datetime(pd.Series(value, dtype="str"), format="%Y-%m-%d")
    return pd.Series(value, dtype="str")
