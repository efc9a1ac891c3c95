"""Every number can be followed: level to cells and raters, weight to the method and its fingerprint."""

import re
from statistics import median

import openpyxl
import pytest

from ksd_toolkit.scoring.explanation import prospect, provenance, trace
from ksd_toolkit.scoring.explanation.pairs import pair


@pytest.fixture(scope="module")
def traced(sample_ranking):
    return {usulan: provenance(sample_ranking, usulan) for usulan in sample_ranking.types.index}


@pytest.fixture(scope="module")
def workbooks(sample_folder):
    """What stands in a cell named `file!sheet!address`."""
    books = {}

    def cell(place):
        file, sheet, address = place.split("!")
        if file not in books:
            books[file] = openpyxl.load_workbook(sample_folder / file, data_only=True)
        return books[file][sheet][address].value

    return cell


def test_every_level_has_its_cells(traced, sample_ranking):
    for usulan, rows in traced.items():
        assert list(rows.index) == list(sample_ranking.method.weights)
        answered = rows["level"].notna()
        assert (rows.loc[answered, "cells"] != "").all(), usulan
        assert (rows.loc[answered, "source"] != "").all(), usulan
        assert rows["level"].equals(sample_ranking.leaves.answers.loc[usulan].rename("level"))


def test_a_median_is_that_of_the_cells_and_raters_named(traced, workbooks):
    seen = 0
    for rows in list(traced.values())[::8]:
        medians = rows[rows["source"].isin(["TKKSD", "OPD"]) & rows["level"].notna()]
        for code, row in medians.iterrows():
            assert all(rater.startswith(row["source"]) for rater in row["raters"].split("; ")), code
            told = [str(workbooks(place)).strip()[:1] for place in row["cells"].split("; ")]
            marks = [int(mark) for mark in told if mark in set("12345")]
            assert median(marks) == row["level"], code
            seen += 1
    assert seen > 50


def test_a_weight_names_its_method_and_fingerprint(traced, sample_ranking):
    method = sample_ranking.method
    for rows in traced.values():
        assert set(rows["method"]) == {method.name}
        assert set(rows["method_sha256"]) == {method.sha256}
        assert rows["weight_percent"].to_dict() == method.weights
    assert re.fullmatch("[0-9a-f]{64}", method.sha256)


def test_points_are_those_that_sum_to_the_score(traced, sample_ranking):
    for usulan in sample_ranking.table.index:
        total = traced[usulan]["points"].sum()
        assert total == pytest.approx(sample_ranking.table.at[usulan, "points"], abs=0.0051)


def test_every_answer_a_bila_names_has_its_cells(traced, sample_ranking):
    listed = list(sample_ranking.table.index)
    changes = {usulan: prospect(sample_ranking, usulan).change for usulan in listed}
    for upper, lower in zip(listed[::10], listed[1::10], strict=False):
        changes[lower, upper] = pair(sample_ranking, upper, lower).swap
    for at, change in changes.items():
        if change is None:
            continue
        row = traced[at if isinstance(at, str) else at[0]].loc[change.code]
        assert row["cells"] != ""
        assert change.before == row["level" if change.kind == "answer" else "weight_percent"]


def test_what_is_supposed_has_no_cell(sample_ranking):
    usulan = sample_ranking.table.index[0]
    supposed = sample_ranking.with_answers({usulan: {"U": 1}})
    row = provenance(supposed, usulan).loc["U"]
    assert (row["level"], row["source"], row["raters"], row["cells"]) == (
        1.0,
        "bagaimana bila",
        "",
        "",
    )


def test_the_cells_are_those_of_the_trace(traced, sample_ranking):
    usulan = sample_ranking.table.index[0]
    all_cells = {
        f"{row.file}!{row.sheet}!{row.cell}" for row in trace(sample_ranking, usulan).itertuples()
    }
    named = {place for cells in traced[usulan]["cells"] for place in cells.split("; ") if place}
    assert named <= all_cells
