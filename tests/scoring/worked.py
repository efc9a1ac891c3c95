"""Hand-worked cases `tests/cases/score_*.md`: read their tables, add them up, hold them to a ranking."""

import io
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd

from ksd_toolkit.columns import label
from ksd_toolkit.runs.ranking_sheet import ranking_workbook
from ksd_toolkit.scoring import Ranking, trace

CASES = Path(__file__).parents[1] / "cases"
Row = dict[str, str]


class Case:
    """The three tables of a case: the raw answers, the sixteen leaves, the result."""

    def __init__(self, path: Path) -> None:
        lines = path.read_text(encoding="utf-8").splitlines()
        self.usulan = lines[0].removeprefix("# Score of ").partition(":")[0]
        self.tables = dict(_tables(lines))

    @property
    def answers(self) -> list[Row]:
        """One row per raw cell."""
        return self.tables["Answers"]

    @property
    def leaves(self) -> list[Row]:
        """One row per leaf."""
        return self.tables["Leaves"]

    @property
    def result(self) -> dict[str, str]:
        """The figures at the foot by name."""
        return {row["what"]: row["figure"] for row in self.tables["Result"]}


def _tables(lines: list[str]) -> Iterator[tuple[str, list[Row]]]:
    heading, rows = "", []
    for line in [*lines, "## end"]:
        if line.startswith("## "):
            if rows:
                names, *body = rows
                yield heading, [dict(zip(names, cells, strict=True)) for cells in body]
            heading, rows = line[3:], []
        elif line.startswith("|") and set(line) - set("|-: "):
            rows.append([cell.strip() for cell in line.strip().strip("|").split("|")])


def inconsistencies(case: Case) -> list[str]:
    """Where the case's own sums and products are wrong: what a pocket calculator would find."""
    found, gained, answered, base = [], Decimal(0), Decimal(0), Decimal(0)
    for row in case.leaves:
        weight = Decimal(row["weight"])
        if row["x"] == "TB":
            continue
        base += weight
        if row["x"] == "":
            continue
        x = Decimal(row["x"])
        v = (5 - x if row["leaf"] == "RISK" else x - 1) / 4
        answered += weight
        gained += weight * v
        if (Decimal(row["v"]), Decimal(row["weight x v"])) != (v, weight * v):
            found.append(f"{row['leaf']}: v is {v} and {weight} x v is {weight * v}")
    expected = {
        "sum of weight x v": gained,
        "answered weight": answered,
        "applicable weight": base,
        "points": _half_up(100 * gained / answered),
        "worst": _half_up(100 * gained / base),
        "best": _half_up(100 * (gained + base - answered) / base),
        "coverage": answered / base,
    }
    found += [
        f"{what}: {case.result[what]}, should be {figure}"
        for what, figure in expected.items()
        if Decimal(case.result[what]) != figure
    ]
    return found


def _half_up(exact: Decimal) -> Decimal:
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


Figures = dict[str, dict[str, str]]
"""The figures of each usulan by name, as they stand in the list of ranking.xlsx."""

PRINTED = ("points", "worst", "best")


def workbook_figures(ranking: Ranking) -> Figures:
    """What the office reads: ranking.xlsx, made and opened again."""
    book = openpyxl.load_workbook(io.BytesIO(ranking_workbook(ranking)), read_only=True)
    names = {label(name, ranking.lang): name for name in ("usulan_id", *PRINTED)}
    figures: Figures = {}
    columns: dict[str, int] = {}
    for row in (row for sheet in book for row in sheet.iter_rows(values_only=True)):
        if names.keys() <= set(row):
            columns = {names[text]: n for n, text in enumerate(row) if text in names}
        elif columns and row[columns["usulan_id"]] in ranking.table.index:
            shown = {name: f"{row[columns[name]]:.2f}" for name in PRINTED}
            figures.setdefault(row[columns["usulan_id"]], shown)
        elif columns and figures:
            return figures
    return figures


def differences(case: Case, ranking: Ranking, workbook: Figures) -> list[str]:
    """Every figure of the case that the toolkit prints otherwise."""
    return [
        *_answers_differ(case, ranking),
        *_leaves_differ(case, ranking),
        *_result_differs(case, ranking),
        *(
            f"ranking.xlsx {name}: {workbook[case.usulan][name]}, worked out {case.result[name]}"
            for name in PRINTED
            if case.result[name] != workbook[case.usulan][name]
        ),
    ]


def _answers_differ(case: Case, ranking: Ranking) -> Iterator[str]:
    """The cells of the case are those the toolkit names; a mark is the mark that stands there."""
    traced = trace(ranking, case.usulan).to_dict("records")
    shown = {(row["file"], row["sheet"], row["cell"]): row for row in traced}
    worked = {(row["file"], row["sheet"], row["cell"]): row for row in case.answers}
    for place in sorted(worked.keys() ^ shown.keys()):
        yield f"{' '.join(place)}: known to one side only"
    for place in worked.keys() & shown.keys():
        mine, theirs = worked[place], shown[place]
        marks = {mark for mark in (mine["answer"], theirs["answer"]) if mark in set("12345")}
        same = (mine["leaf"], mine["rater"]) == (theirs["criterion"], theirs["rater"])
        if not same or (marks and mine["answer"] != theirs["answer"]):
            yield f"{' '.join(place)}: {theirs}, worked with {mine}"


def _leaves_differ(case: Case, ranking: Ranking) -> Iterator[str]:
    leaves = ranking.leaves
    shares = ranking.values.loc[case.usulan]  # noqa: PD011
    for row in case.leaves:
        code = row["leaf"]
        if not leaves.applicable.at[case.usulan, code]:
            shown = ("TB", "")
        else:
            shown = (
                _plain(leaves.answers.at[case.usulan, code]),
                _plain(shares[code]),
            )
        worked = (row["x"], row["v"])
        if worked != shown or Decimal(row["weight"]) != Decimal(ranking.method.weights[code]):
            yield f"{code}: {shown}, worked out {worked}"


def _plain(value: Any) -> str:
    """A number as written by hand: no `.0`; nothing where there is none."""
    return "" if pd.isna(value) else f"{value:.6f}".rstrip("0").rstrip(".")


def _result_differs(case: Case, ranking: Ranking) -> Iterator[str]:
    row = ranking.table.loc[case.usulan]
    shown = {name: f"{row[name]:.2f}" for name in PRINTED} | {
        "coverage": _plain(row["coverage"]),
        "class": row["class_name"],
        "type": row["jenis"],
    }
    for name, figure in shown.items():
        if case.result[name] != figure:
            yield f"{name}: {figure}, worked out {case.result[name]}"
