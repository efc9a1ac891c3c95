"""Classes: borders, the coverage below which there is none, the floor and the cap."""

import pandas as pd
import pytest

from ksd_toolkit.scoring.classes import classify


@pytest.fixture(scope="session")
def class_of(make_register, proposal, method):
    def classified(points, *, coverage=1.0, jenis="SINERGI", partner_benefit=3):
        register = make_register(proposal(manfaat_mitra=partner_benefit))
        facts = {"points": points, "coverage": coverage, "jenis": jenis}
        row = classify(pd.DataFrame([facts], index=["DINKES-01"]), register, method).iloc[0]
        return row["class_name"], row["class_change"]

    return classified


@pytest.mark.parametrize(
    ("points", "name"),
    [
        (100, "I"),
        (75, "I"),
        (74.99, "II"),
        (60, "II"),
        (59.99, "III"),
        (45, "III"),
        (44.99, "ditunda"),
        (0, "ditunda"),
    ],
)
def test_borders(class_of, points, name):
    assert class_of(points) == (name, "")


@pytest.mark.parametrize(
    ("coverage", "expected"),
    [(1.0, ("I", "")), (0.70, ("I", "")), (0.6999, ("-", "coverage")), (0.0, ("-", "coverage"))],
)
def test_no_class_below_the_coverage(class_of, coverage, expected):
    assert class_of(90, coverage=coverage) == expected


@pytest.mark.parametrize(
    ("points", "expected"),
    [(80, ("I", "")), (60, ("II", "")), (59.99, ("II", "floor")), (10, ("II", "floor"))],
)
def test_what_is_mandatory_is_raised_and_never_lowered(class_of, points, expected):
    assert class_of(points, jenis="KSDD-W") == expected


def test_the_floor_does_not_help_without_coverage(class_of):
    assert class_of(50, jenis="KSDD-W", coverage=0.5) == ("-", "coverage")


@pytest.mark.parametrize("jenis", ["KSDD-S", "KSDPK-a", "SINERGI"])
def test_only_what_is_mandatory_is_raised(class_of, jenis):
    assert class_of(50, jenis=jenis) == ("III", "")


@pytest.mark.parametrize("unknown", [None, "TT"])
@pytest.mark.parametrize(
    ("points", "expected"), [(90, ("II", "cap")), (74, ("II", "")), (50, ("III", ""))]
)
def test_an_unknown_benefit_of_the_partner_caps(class_of, unknown, points, expected):
    assert class_of(points, partner_benefit=unknown) == expected


def test_cap_and_floor_meet_in_class_two(class_of):
    assert class_of(90, jenis="KSDD-W", partner_benefit=None) == ("II", "cap")
    assert class_of(50, jenis="KSDD-W", partner_benefit=None) == ("II", "floor")


BLANK_30 = {"U": None, "S": None, "EKON": None, "kesamaan_kekuatan": None}  # 9 + 9 + 8 + 4
NO_RISK = {
    f"risiko_{risk}_{side}": "TB"
    for risk in ("anggaran", "hukum", "teknis", "sosial", "lingkungan")
    for side in "kd"
}
NOT_APPLICABLE_10 = NO_RISK | {  # RISK 3 + K3B 7
    f"manfaat_{who}": "TB" for who in ("daerah", "mitra", "masyarakat")
}


@pytest.mark.parametrize(
    ("cells", "coverage", "has_class"),
    [
        (BLANK_30, 70 / 100, True),
        (BLANK_30 | {"HUK": None}, 67 / 100, False),
        (NOT_APPLICABLE_10 | {"U": None, "S": None, "K3A": None}, 63 / 90, True),
        (NOT_APPLICABLE_10 | {"U": None, "S": None, "K3A": None, "HUK": "TT"}, 60 / 90, False),
    ],
)
def test_coverage_from_the_answers(rank, proposal, cells, coverage, has_class):
    row = rank(proposal(**cells), proposal("DINKES-02")).table.loc["DINKES-01"]
    assert row["coverage"] == coverage
    assert (row["class_name"] != "-") == has_class


def test_weights_that_binary_cannot_hold_do_not_cost_a_class(rank, proposal, method):
    """All but U, G, K3B and POL is 70 exactly; added up in binary it is a hair less."""
    weights = {"K3A": 8.4, "EKON": 7.3, "HUK": 3.7, "RISK": 3.3, "MITRA": 3.7, "SIAP": 2.6}
    blank = {"U": None, "G": None, "POL": None, "manfaat_daerah": None}
    ranking = rank(proposal(**blank), proposal("DINKES-02"), method=method.replace(weights=weights))
    assert ranking.table.loc["DINKES-01", "class_name"] != "-"
