"""What `dossier.toml` and `opd.csv` say: read whole, and refused where it says what nobody asks."""

import csv
import difflib
import io
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import pandas as pd

from ksd_toolkit.errors import InputError
from ksd_toolkit.messages import toml_reasons

KNOWN: Final[Mapping[str, frozenset[str]]] = {
    "dossier": frozenset({
        "region", "tanggal_acuan", "previous_period", "language", "simulated", "method", "tkksd_members",
        "deadline",
    }),
    "issuer": frozenset({"government", "unit", "place"}),
    "schedule": frozenset({"start", "end"}),
    "determination": frozenset({"date"}),
}  # fmt: skip
"""Every table of `dossier.toml` with its settings."""
_OFFICE_COLUMNS: Final = ("opd_kode", "opd_nama", "urusan")
_MEMBERS: Final = 3
_LIKE: Final = 0.6


def read_settings(path: Path) -> dict[str, Any]:
    """The tables of `dossier.toml`.

    Raises:
        InputError: It is no TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError("dossier.settings", (), file=path.name, **toml_reasons(error)) from error


def check_known(settings: Mapping[str, Any], file: str) -> None:
    """Refuse settings nobody reads: one that is misspelt would be passed over in silence.

    Raises:
        InputError: Some are unknown; all are named, with those they are like.
    """
    strange = list(_strange(settings))
    if strange:
        every = sorted({*KNOWN, *(name for names in KNOWN.values() for name in names)})
        bare = [name.rpartition(" ")[2].strip("[]") for name in strange]
        like = dict.fromkeys(
            meant for name in bare for meant in difflib.get_close_matches(name, every, 1, _LIKE)
        )
        near = ", ".join(like) or ", ".join(every)
        raise InputError("dossier.settings_unknown", file=file, names=", ".join(strange), near=near)


def _strange(settings: Mapping[str, Any]) -> Iterator[str]:
    """Tables and settings that are not known, as they are written: `[issuer] citty`."""
    for table, values in settings.items():
        if table not in KNOWN:
            yield f"[{table}]" if isinstance(values, dict) else table
        elif isinstance(values, dict):
            yield from (f"[{table}] {key}" for key in values if key not in KNOWN[table])


def schedule_of(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The day the schedule starts or ends; both at once would contradict each other."""
    table = settings_table(settings, "schedule") if "schedule" in settings else {}
    days = {key: table.get(key) for key in ("start", "end")}
    for key, value in days.items():
        if value is not None and type(value) is not date:
            raise InputError("prepare.date", key=key, value=value)
    if all(days.values()):
        raise InputError("prepare.start_and_end")
    return {f"schedule_{key}": value for key, value in days.items()}


def determined_on(settings: Mapping[str, Any]) -> date | None:
    """The date of the decree that determined the list; None while there is none."""
    table = settings_table(settings, "determination") if "determination" in settings else {}
    day = table.get("date")
    if day is not None and type(day) is not date:
        raise InputError("follow_through.decree_date", value=day)
    return day


def settings_table(settings: Mapping[str, Any], key: str) -> dict[str, Any]:
    """One table of the settings.

    Raises:
        KeyError: There is none.
        InputError: It is no table.
    """
    table = settings[key]
    if not isinstance(table, dict):
        raise InputError("dossier.setting_missing", key=f"[{key}]")
    return table


def members_asked(dossier: Mapping[str, Any], file: str) -> int:
    """How many members score, 3 unless told.

    Raises:
        InputError: It is no whole number from 1 on.
    """
    value = dossier.get("tkksd_members", _MEMBERS)
    if type(value) is not int or value < 1:
        raise InputError("dossier.settings", file=file, reason=f"tkksd_members = {value!r}")
    return value


def read_offices(path: Path) -> pd.DataFrame:
    """The offices asked, one row each, indexed by `opd_kode`.

    Raises:
        InputError: There is no such file, it cannot be read, lacks a column or repeats a code.
    """
    if not path.is_file():
        raise InputError("dossier.no_offices", file=path.name)
    try:
        columns, rows = _office_rows(path.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError("dossier.settings", file=path.name, reason=error) from error
    absent = [column for column in _OFFICE_COLUMNS if column not in columns]
    if absent:
        raise InputError("dossier.offices_columns", file=path.name, columns=", ".join(absent))
    codes = [row[columns.index("opd_kode")] for row in rows]
    if repeated := [code for number, code in enumerate(codes) if code in codes[:number]]:
        raise InputError("dossier.offices_repeated", file=path.name, codes=", ".join(repeated))
    return pd.DataFrame(rows, columns=columns, dtype="str").set_index("opd_kode")


def _office_rows(text: str) -> tuple[list[str], list[list[str]]]:
    """The heading and the rows of `opd.csv`, without blank rows and stray spaces.

    Raises:
        csv.Error: A row has more or fewer cells than the heading: a name with a comma in it, say.
    """
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    columns: list[str] = []
    rows = []
    for cells in ([cell.strip() for cell in row] for row in reader):
        if not any(cells):
            continue
        if columns and len(cells) != len(columns):
            raise csv.Error(f"#{reader.line_num} {delimiter.join(cells)}")
        if columns:
            rows.append(cells)
        else:
            columns = cells
    return columns, rows
