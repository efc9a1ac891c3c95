"""The hand-worked case `tests/cases/quality_agreement.md`: it adds up, and the toolkit finds the same."""

from fractions import Fraction

import pytest

from ksd_toolkit.answers.quality import quality
from ksd_toolkit.columns import records
from tests.answers.conftest import CRITERIA
from tests.scoring.worked import CASES, Case


@pytest.fixture(scope="module")
def case():
    return Case(CASES / "quality_agreement.md")


@pytest.fixture
def found(answers, case):
    own = {
        (row["usulan"], row["rater"]): [row[code] or None for code in CRITERIA]
        for row in case.tables["Scores"]
    }
    panel = {
        (row["usulan"], rater): [row[rater], *[None] * (len(CRITERIA) - 1)]
        for row in case.tables["Panel"]
        for rater in ("TKKSD-1", "TKKSD-2", "TKKSD-3")
    }
    usulan = dict.fromkeys(row["usulan"] for row in case.tables["Scores"])
    return quality(answers([{"usulan_id": name} for name in usulan], {**own, **panel}))


def figures(case):
    return {row["what"]: float(row["figure"]) for row in case.tables["Result"]}


def test_the_case_adds_up(case):
    rows, result = case.tables["Coincidences"], figures(case)
    below = Fraction(0)
    for row in rows:
        n = sum(Fraction(row[score]) for score in "12345")
        assert n == Fraction(row["n"])
        assert below == Fraction(row["below"])
        assert Fraction(row["middle"]) == below + n / 2
        below += n
    by_score = {row["score"]: row for row in rows}
    for pair in case.tables["Distances"]:
        one, two = (by_score[score] for score in pair["pair"].split("-"))
        distance = (Fraction(one["middle"]) - Fraction(two["middle"])) ** 2
        assert distance == Fraction(pair["distance"])
        assert Fraction(pair["met"]) == Fraction(one[pair["pair"][-1]])
        assert Fraction(pair["n x n"]) == Fraction(one["n"]) * Fraction(two["n"])
        assert Fraction(pair["met x distance"]) == distance * Fraction(pair["met"])
        assert Fraction(pair["n x n x distance"]) == distance * Fraction(pair["n x n"])
    pairs = case.tables["Distances"]
    assert result["observed"] == sum(float(pair["met x distance"]) for pair in pairs)
    assert result["expected"] == sum(float(pair["n x n x distance"]) for pair in pairs)
    alpha = 1 - (float(below) - 1) * result["observed"] / result["expected"]
    assert result["alpha"] == pytest.approx(alpha, abs=1e-8)


def test_the_response_is_the_same(case, found):
    levels = dict(records(found.response.levels))
    for row in case.tables["Response"]:
        level = levels[row["level"]]
        assert (level["part"], level["whole"]) == (int(row["part"]), int(row["whole"]))
    assert found.response.silent == ("Dinas Perhubungan",)


def test_the_completeness_is_the_same(case, found):
    scores = found.completeness.xs("nilai", level="section")
    for row in case.tables["Completeness"]:
        told = scores.loc[row["office"]]
        assert [int(told[name]) for name in ("dijawab", "TT", "kosong", "asked")] == [
            int(row[name]) for name in ("answered", "TT", "kosong", "asked")
        ]


def test_the_offices_are_the_same(case, found):
    by_office = dict(records(found.agreement.by_office))
    assert list(by_office) == [row["office"] for row in case.tables["Offices"]]
    for row in case.tables["Offices"]:
        told = by_office[row["office"]]
        assert (told["units"], told["wide"]) == (int(row["units"]), int(row["wide"]))
        for name in ("exact", "within", "mean_gap"):
            assert told[name] == pytest.approx(float(Fraction(row[name])), abs=1e-12)


def test_alpha_is_the_same_and_has_no_interval_with_two_offices(case, found):
    row = dict(records(found.agreement.offices))["SEMUA"]
    assert row["alpha"] == pytest.approx(figures(case)["alpha"], abs=1e-8)
    assert row["why"] == "few_groups"
    assert row["low"] != row["low"]


def test_w_is_the_same(case, found):
    row = dict(records(found.agreement.panel))["U"]
    assert row["w"] == pytest.approx(figures(case)["w"], abs=1e-8)
    assert row["usulan"] == len(case.tables["Panel"])


def test_the_dispute_is_the_one_of_two_points(found):
    [row] = found.agreement.disputes.to_dict("records")
    assert (row["usulan_id"], row["kriteria_kode"], row["gap"]) == ("DINKES-01", "EKON", 2.0)
