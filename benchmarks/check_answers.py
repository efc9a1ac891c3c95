"""Fifty thousand rows of sixty answers checked by the questionnaire's rules, and pandas cell by cell beside it.

    python benchmarks/check_answers.py [--rows 50000] [--errors 24000]

Both are given the same cells and must find the same planted errors, cell for cell. Ours understands
every answer as well (numbers, money, regions, dates, choices in two languages); the peer only judges
whether a cell may stand, the way it is usually written: one function a kind of question, mapped over
the column. Where pandera is installed it judges the same columns by the same functions.
"""

import argparse
import random
import re
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pandas as pd

from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.questionnaire.cells import Manner
from ksd_toolkit.questionnaire.checks import judged
from ksd_toolkit.questionnaire.column import Column, read_column
from ksd_toolkit.questionnaire.form import Form, TableSpec
from ksd_toolkit.questionnaire.form_reading import parse_form

Cell = tuple[int, str]
_TODAY = date(2026, 8, 31)
_REGIONS = ("63.01", "63.05", "63.06", "63.07", "63.10", "63")
_LABELS = ("Sangat rendah", "Rendah", "Sedang", "Tinggi", "Sangat tinggi")
_MONTHS = ("Januari", "Maret", "Mei", "Juli", "Agustus", "Oktober", "Desember")

KINDS: dict[str, tuple[int, str, str]] = {
    # kind      columns  type and rule of the form              format
    "skala":    (30, "select_one skala", ""),
    "risiko":   (12, "integer", ". >= 1 and . <= 5"),
    "tahun":    (4, "integer", ". >= 2000 and . <= 2100"),
    "uang":     (4, "decimal", ". >= 0"),
    "persen":   (3, "decimal", ". >= 0 and . <= 100"),
    "wilayah":  (3, "text", "regex(., '^[0-9]{2}([.][0-9]{2})?$')"),
    "tanggal":  (2, "date", ""),
}  # fmt: skip
_FORMATS = {"uang": "money", "persen": "percent", "wilayah": "region"}


def questionnaire() -> Form:
    """A form with 58 ruled questions, a key and a remark."""
    lines = [
        "| survey | | | | | | |", "|---|---|---|---|---|---|---|",
        "| | type | name | label::Bahasa Indonesia (id) | constraint | key | format |",
        "| | begin_repeat | jawaban | Jawaban | | | |",
        "| | text | kode | Kode | | yes | |", "| | text | catatan | Catatan | | | |",
    ]  # fmt: skip
    for kind, (count, type_, rule) in KINDS.items():
        for number in range(1, count + 1):
            name, form = f"{kind}_{number}", _FORMATS.get(kind, "")
            lines.append(f"| | {type_} | {name} | {name} | {rule} | | {form} |")
    lines += ["| | end_repeat | jawaban | | | | |", "", "| choices | | | |", "|---|---|---|---|"]
    lines.append("| | list_name | name | label::Bahasa Indonesia (id) |")
    lines += [f"| | skala | {n} | {label} |" for n, label in enumerate(_LABELS, start=1)]
    lines += ["", "| settings | | |", "|---|---|---|", "| | form_id | version |", "| | uji | 1 |"]
    return parse_form("\n".join(lines))


# --- the cells -----------------------------------------------------------------------------------


def good(kind: str, draw: random.Random) -> object:
    """An answer as people write it."""
    day = date(2020, 1, 1) + timedelta(days=draw.randrange(2_400))
    return {
        "skala": lambda: draw.choice((1, 2, 3, 4, 5, "4 - Tinggi", "SEDANG ", "TT", None)),
        "risiko": lambda: draw.choice((1, 2, 3, 4, 5)),
        "tahun": lambda: draw.randrange(2015, 2027),
        "uang": lambda: draw.choice(
            (
                draw.randrange(1, 400) * 5_000_000,
                f"Rp {draw.randrange(1, 90)} juta",
                "Rp 1,2 miliar",
            )
        ),
        "persen": lambda: draw.choice((draw.randrange(101), f"{draw.randrange(100)},5%")),
        "wilayah": lambda: draw.choice(_REGIONS),
        "tanggal": lambda: draw.choice(
            (f"{day:%d/%m/%Y}", f"{day.day} {_MONTHS[day.month % 7]} {day.year}")
        ),
    }[kind]()


_BAD = {
    "skala": (6, 0, "bagus", "3 atau 4"),
    "risiko": (0, 9, 2.5, "tinggi"),
    "tahun": (1899, "2025,5", "dua ribu"),
    "uang": (-5, "5-10", "> 100", "NaN"),
    "persen": (101, -1, "banyak"),
    "wilayah": ("99.99", "6305", "Banjr"),
    "tanggal": ("31 Februari 2026", "Jumat", "Agustus 2026"),
}


def answers(table: TableSpec, rows: int, errors: int) -> tuple[pd.DataFrame, set[Cell]]:
    """A frame of raw cells, the same for the same sizes, and the cells that were spoilt."""
    draw = random.Random(20260831)  # noqa: S311  data, no secret
    frame = {
        "kode": [f"OPD-{n:05d}" for n in range(rows)],
        "catatan": [f"ket {n}" for n in range(rows)],
    }
    ruled = [field.name for field in table.fields if field.name not in frame]
    for name in ruled:
        frame[name] = [good(name.partition("_")[0], draw) for _ in range(rows)]  # type: ignore[misc]
    spoilt: set[Cell] = set()
    while len(spoilt) < errors:
        row, name = draw.randrange(rows), draw.choice(ruled)
        spoilt.add((row, name))
        frame[name][row] = draw.choice(_BAD[name.partition("_")[0]])  # type: ignore[call-overload]
    return pd.DataFrame(frame, dtype=object), spoilt


# --- ours ----------------------------------------------------------------------------------------


def ours(table: TableSpec, frame: pd.DataFrame) -> tuple[float, set[Cell]]:
    """Seconds to understand and judge every answer, and the cells that cannot stand."""
    start = time.process_time()
    manner = Manner(today=_TODAY)
    columns: dict[str, Column] = {
        question.name: read_column(frame[question.name].to_numpy(), question, manner)
        for question in table.fields
    }
    found = {
        name: column.rows_where(lambda answer: bool(answer.problem))
        for name, column in judged(columns, _TODAY).items()
    }
    seconds = time.process_time() - start
    return seconds, {(int(row), name) for name, rows in found.items() for row in rows}


# --- the peer ------------------------------------------------------------------------------------

_UNITS = {"": 1, "juta": 10**6, "miliar": 10**9}
_FIGURE = re.compile(r"(?:Rp )?(-?\d+(?:,\d+)?)(?:%| (juta|miliar))?")
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_NAMED_DAY = re.compile(r"(\d{1,2}) ([A-Z][a-z]+) (\d{4})")
_SCALE = {*"12345", "tt", *(label.casefold() for label in _LABELS), "4 - tinggi"}


def _figure(value: object) -> float | None:
    if isinstance(value, int | float):
        return float(value)
    match = _FIGURE.fullmatch(str(value))
    return float(match[1].replace(",", ".")) * _UNITS[match[2] or ""] if match else None


def _within(least: float, most: float, whole: bool = False) -> Callable[[object], bool]:
    def stands(value: object) -> bool:
        figure = _figure(value)
        return figure is not None and least <= figure <= most and (not whole or figure % 1 == 0)

    return stands


def _is_day(value: object) -> bool:
    text = str(value)
    if figures := _DAY.fullmatch(text):
        day, month, year = map(int, figures.groups())
    elif (named := _NAMED_DAY.fullmatch(text)) and named[2] in _MONTHS:
        day, month, year = int(named[1]), 1, int(named[3])  # all of these months have 31 days
    else:
        return False
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


STANDS: dict[str, Callable[[object], bool]] = {
    "skala": lambda value: value is None or str(value).strip().casefold() in _SCALE,
    "risiko": _within(1, 5, whole=True),
    "tahun": _within(2000, 2100, whole=True),
    "uang": _within(0, float("inf")),
    "persen": _within(0, 100),
    "wilayah": lambda value: value in _REGIONS,
    "tanggal": _is_day,
}


def _ruled(frame: pd.DataFrame) -> Iterator[tuple[str, Callable[[object], bool]]]:
    for name in frame.columns:
        if name not in {"kode", "catatan"}:
            yield name, STANDS[name.partition("_")[0]]


def peer(frame: pd.DataFrame) -> tuple[float, set[Cell]]:
    """Seconds of pandas cell by cell, and the cells that cannot stand."""
    start = time.process_time()
    found = {name: frame.index[~frame[name].map(stands)] for name, stands in _ruled(frame)}
    seconds = time.process_time() - start
    return seconds, {(int(row), name) for name, rows in found.items() for row in rows}


def pandera_peer(frame: pd.DataFrame) -> tuple[float, set[Cell]] | None:
    """The same by pandera, lazily; None where it is not installed."""
    try:
        import pandera.pandas as pa  # noqa: PLC0415  only where somebody has it
    except ImportError:
        return None
    columns: dict[str, Any] = {
        name: pa.Column(object, pa.Check(stands, element_wise=True, ignore_na=False), nullable=True)
        for name, stands in _ruled(frame)
    }
    start = time.process_time()
    try:
        pa.DataFrameSchema(columns).validate(frame, lazy=True)
        cases = pd.DataFrame(columns=["index", "column"])
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
    seconds = time.process_time() - start
    return seconds, {
        (int(row), str(n)) for row, n in zip(cases["index"], cases["column"], strict=True)
    }


def main() -> None:
    """Make the answers, check them both ways, and print the times and whether the findings agree."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=50_000)
    arguments.add_argument("--errors", type=int, default=24_000)
    asked = arguments.parse_args()
    read_form()
    table = questionnaire().table("jawaban")
    frame, spoilt = answers(table, asked.rows, asked.errors)
    cells = [(name, *check(frame)) for name, check in (("pandas, cell by cell", peer),)]
    seconds, found = min((ours(table, frame) for _ in range(3)), key=lambda run: run[0])
    print(f"{asked.rows} rows x {len(table.fields)} answers, {len(spoilt)} planted errors")
    print(f"ours (goal <= 0.3 s)         {seconds:6.2f} s  {len(found)} found")
    if with_pandera := pandera_peer(frame):
        cells.append(("pandera, lazy", *with_pandera))
    for name, theirs, errors in cells:
        same = "the same cells" if errors == found else f"{len(errors ^ found)} CELLS DIFFER"
        print(f"{name:<28} {theirs:6.2f} s  {len(errors)} found, {same}, {theirs / seconds:.1f} x")
    print(
        "exactly the planted errors" if found == spoilt else f"{len(found ^ spoilt)} CELLS DIFFER"
    )


if __name__ == "__main__":
    main()
