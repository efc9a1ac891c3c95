"""Forty offices with two raters and sixty usulan each: from workbooks into the register, and pandas beside it.

    python benchmarks/fill_register.py [--offices 40] [--raters 2] [--items 60]

Reading is the gate and the questionnaire's reader; the register part is everything else `ingest`
does: versions, hashes, the trail, one transaction a file, and the files themselves kept. The peer
writes the same answers as one long table without any of that.
"""

import argparse
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))

from ksd_toolkit.register import read_register
from tests.small_project import COLUMNS, Project, new_project, office_book

_FILES_MODULE = "ksd_toolkit.register.ingest"


def filled(home: Path, offices: int, raters: int, items: int) -> Project:
    """A project whose offices each score `items` usulan by `raters` raters."""
    project = new_project(home)
    codes = [f"OPD{number:02d}" for number in range(1, offices + 1)]
    lines = ["opd_kode,opd_nama,urusan", *(f"{code},Dinas {code},1.02" for code in codes)]
    (project.folder / "opd.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for code in codes:
        book = office_book(code, usulan=items)
        sheet = book["nilai"]
        sheet.delete_rows(1, sheet.max_row)
        sheet.append(COLUMNS["nilai"])
        for number in range(1, items + 1):
            for rater in range(1, raters + 1):
                row = (f"{code}-{number:02d}", "U", f"OPD-{rater}", 1 + (number + rater) % 5, "ada")
                sheet.append(row)
        project.put(book, f"{code.lower()}.xlsx")
    return project


def timed(work: Callable[..., Any], spent: list[float]) -> Callable[..., Any]:
    """The same work, its time added to `spent`."""

    def run(*values: Any, **named: Any) -> Any:
        start = time.perf_counter()
        try:
            return work(*values, **named)
        finally:
            spent.append(time.perf_counter() - start)

    return run


def peer(project: Project) -> tuple[float, int]:
    """Seconds pandas takes to write the register's answers as one long table, and its rows."""
    with sqlite3.connect(project.database) as connection:
        long = pd.read_sql_query("SELECT * FROM answer", connection)
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        with sqlite3.connect(Path(folder) / "peer.sqlite") as connection:
            long.to_sql("answer", connection, index=False)
        return time.perf_counter() - start, len(long)


def main() -> None:
    """Fill a register and print where the time went."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--offices", type=int, default=40)
    arguments.add_argument("--raters", type=int, default=2)
    arguments.add_argument("--items", type=int, default=60)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        project = filled(Path(folder), asked.offices, asked.raters, asked.items)
        reading: list[float] = []
        module = sys.modules[_FILES_MODULE]
        module.read_workbook = timed(module.read_workbook, reading)  # type: ignore[attr-defined]
        start = time.perf_counter()
        intake = project.ingest()
        whole = time.perf_counter() - start
        start = time.perf_counter()
        project.ingest()
        again = time.perf_counter() - start
        start = time.perf_counter()
        register = read_register(project.dossier)
        frames = time.perf_counter() - start
        pandas_seconds, rows = peer(project)
    scores = asked.offices * asked.raters * asked.items
    print(
        f"{len(intake.files)} workbooks, {len(register.nilai)} of {scores} scores, {rows} answers"
    )
    print(f"reading the workbooks        {sum(reading):6.2f} s")
    print(f"register (goal <= 1 s)       {whole - sum(reading):6.2f} s")
    print(f"nothing new, second time     {again:6.2f} s")
    print(f"register to frames           {frames:6.2f} s")
    print(f"pandas.to_sql, long table    {pandas_seconds:6.2f} s")


if __name__ == "__main__":
    main()
