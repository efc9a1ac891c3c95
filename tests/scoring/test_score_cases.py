"""Usulan of the sample worked by hand, cell by cell: every printed figure must agree."""

import pytest

from tests.scoring.worked import CASES, Case, differences, inconsistencies, workbook_figures

PATHS = sorted(CASES.glob("score_*.md"))


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def case(request):
    return Case(request.param)


@pytest.fixture(scope="module")
def workbook(sample_ranking):
    return workbook_figures(sample_ranking)


def test_there_are_three_cases():
    assert len(PATHS) == 3


def test_the_case_adds_up(case):
    assert inconsistencies(case) == []


def test_the_toolkit_prints_the_same(case, sample_ranking, workbook):
    assert differences(case, sample_ranking, workbook) == []


def test_together_the_cases_show_what_is_special():
    """A blank that widens the interval, a KSDD, an OPD median, and a median between two marks."""
    cases = [Case(path) for path in PATHS]
    assert any(case.result["worst"] != case.result["best"] for case in cases)
    assert any(case.result["type"].startswith("KSDD") for case in cases)
    sources = [row["from"] for case in cases for row in case.leaves]
    assert any(source.startswith("OPD") for source in sources)
    assert any(row["x"].endswith(".5") for case in cases for row in case.leaves)
