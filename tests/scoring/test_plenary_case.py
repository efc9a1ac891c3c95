"""The plenary of `tests/cases/plenary.md`: its tables add up by themselves, and the toolkit prints the same."""

import statistics
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest

from ksd_toolkit.scoring import load_method
from tests.scoring.worked import CASES, Case

RATED = ("U", "S", "G", "K3A", "K3C", "EKON", "POL", "TEK", "HUK")
LEAVES = tuple(load_method().weights)
TAPIN = {"eksternalitas_lokasi": "ya", "efisien_bersama": "ya"}
NO_OTHER_RISK = {
    f"risiko_{risk}_{side}": 1 for risk in ("anggaran", "hukum", "sosial", "lingkungan") for side in "kd"
}  # fmt: skip


@pytest.fixture(scope="module")
def case():
    return Case(CASES / "plenary.md").tables


@pytest.fixture(scope="module")
def ranking(case, rank, proposal, method):
    partners = {row["usulan_id"]: cells(row) for row in case["Mitra"]}
    raters = {}
    for row in case["Nilai anggota TKKSD"]:
        raters.setdefault(row["usulan_id"], {})[row["penilai"]] = {c: row[c] or None for c in RATED}
    proposals = [
        proposal(
            row["usulan_id"], partners=[partners[row["usulan_id"]]], raters=raters[row["usulan_id"]],
            **NO_OTHER_RISK, **cells(row), **(TAPIN if row["usulan_id"] == "DINKES-02" else {}),
        )
        for row in case["Isian usulan"]
    ]  # fmt: skip
    return rank(*proposals, method=method.replace(may_be_unanswered=()))


def cells(row):
    return {name: text or None for name, text in row.items() if name != "usulan_id"}


def number(text):
    return Fraction(Decimal(text.replace(",", ".")))


def printed(exact):
    quotient = Decimal(exact.numerator) / Decimal(exact.denominator)
    return f"{quotient.quantize(Decimal('0.01'), ROUND_HALF_UP)}".replace(".", ",")


def test_the_medians_are_those_of_the_members(case):
    leaves = {row["usulan_id"]: row for row in case["Daun"]}
    for usulan, leaf in leaves.items():
        mine = [row for row in case["Nilai anggota TKKSD"] if row["usulan_id"] == usulan]
        for code in RATED:
            marks = [number(row[code]) for row in mine if row[code].isdigit()]
            off = all(row[code] == "TB" for row in mine)
            expected = "TB" if off else statistics.median(marks) if marks else ""
            assert (number(leaf[code]) if leaf[code] not in {"", "TB"} else leaf[code]) == expected


def test_the_sums_are_those_of_the_leaves(case):
    weights = {code: number(weight) for code, weight in case["Bobot"][0].items()}
    worked = {row["usulan_id"]: row for row in case["Hitungan"]}
    for leaf in case["Daun"]:
        gained = answered = base = Fraction(0)
        for code in LEAVES:
            if leaf[code] == "TB":
                continue
            base += weights[code]
            if leaf[code]:
                x = number(leaf[code])
                answered += weights[code]
                gained += weights[code] * ((5 - x) if code == "RISK" else (x - 1)) / 4
        row = worked[leaf["usulan_id"]]
        assert number(row["jumlah bobot x v"]) == gained
        assert (number(row["bobot terjawab"]), number(row["bobot berlaku"])) == (answered, base)
        assert row["skor"] == printed(100 * gained / answered)
        assert row["terburuk"] == printed(100 * gained / base)
        assert row["terbaik"] == printed(100 * (gained + base - answered) / base)
        assert abs(number(row["cakupan"]) - answered / base) < Fraction(1, 10**6)


def test_the_toolkit_weighs_what_the_case_weighs(case, method):
    assert {code: number(weight) for code, weight in case["Bobot"][0].items()} == method.weights


def test_the_toolkit_reads_the_same_leaves(case, ranking):
    for row in case["Daun"]:
        usulan = row["usulan_id"]
        for code in LEAVES:
            if row[code] == "TB":
                assert not ranking.leaves.applicable.at[usulan, code]
            else:
                answer = ranking.leaves.answers.at[usulan, code]
                assert (answer == number(row[code])) if row[code] else (answer != answer), code


def test_the_toolkit_prints_the_same_points(case, ranking):
    for row in case["Hitungan"]:
        frame = ranking.table if row["usulan_id"] in ranking.table.index else ranking.excluded
        shown = frame.loc[row["usulan_id"]]
        for name, column in (("skor", "points"), ("terburuk", "worst"), ("terbaik", "best")):
            assert f"{shown[column]:.2f}".replace(".", ",") == row[name]
        assert abs(number(row["cakupan"]) - Fraction(float(shown["coverage"]))) < Fraction(1, 10**6)


def test_the_toolkit_lists_and_classes_them_alike(case, ranking):
    ranked = [row for row in case["Hasil"] if row["peringkat"]]
    assert ranking.table.index.tolist() == [row["usulan_id"] for row in ranked]
    assert [str(rank) for rank in ranking.table["rank"]] == [row["peringkat"] for row in ranked]
    assert ranking.table["class_name"].tolist() == [row["kelas"] for row in ranked]
    assert ranking.table["class_change"].tolist() == [row["perubahan"] for row in ranked]
    stopped = [row for row in case["Hasil"] if not row["peringkat"]]
    assert ranking.excluded.index.tolist() == [row["usulan_id"] for row in stopped]
    verdicts = ranking.verdicts[ranking.verdicts["verdict"] == "fail"]
    assert verdicts["gate"].tolist() == [row["perubahan"] for row in stopped]
