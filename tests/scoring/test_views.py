"""Quotas per isu and OPD, and the quadrant of worth and feasibility."""

import dataclasses
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring.views import best_per, quadrants, ranked

RATED = ("U", "S", "G", "K3A", "K3C", "EKON", "POL", "TEK", "HUK")
RISKS = ("anggaran", "hukum", "teknis", "sosial", "lingkungan")


@pytest.fixture(scope="module")
def list_of_six(rank, proposal):
    """Five of the health office, of which two are equal, and one of the market office."""
    return rank(
        proposal("DINKES-01", U=5, isu="ISU-A"),
        proposal("DINKES-02", U=5, isu="ISU-A;ISU-B"),
        proposal("DINKES-03", U=2, isu="ISU-A"),
        proposal("DINKES-04", U=2, isu="ISU-A"),
        proposal("DINKES-05", U=1, S=1, isu=None),
        proposal("DISDAG-01", U=1, isu="ISU-B"),
    )


# --- quotas ----------------------------------------------------------------------------------


def test_one_office_cannot_fill_the_list(list_of_six):
    found = best_per(list_of_six, "opd", 2)
    assert found.kept.index.tolist() == ["DINKES-02", "DINKES-01", "DISDAG-01"]
    assert set(found.left_out.index) == {"DINKES-03", "DINKES-04", "DINKES-05"}
    assert found.kept["rank"].tolist() == list_of_six.table.loc[found.kept.index, "rank"].tolist()
    assert repr(found) == "Quota(2 per opd: 3 masuk, 3 tidak)"


def test_an_usulan_counts_for_its_first_isu_and_those_without_one_stand_together(list_of_six):
    found = best_per(list_of_six, "isu", 1)
    assert found.kept["quota_group"].to_dict() == {
        "DINKES-02": "ISU-A", "DISDAG-01": "ISU-B", "DINKES-05": "",
    }  # fmt: skip
    assert "isu yang belum disebut" in found.explain("DINKES-05", "id")
    assert "no issue named yet" in found.explain("DINKES-05", "en")


def test_who_is_left_out_at_the_same_rank_is_told(list_of_six):
    found = best_per(list_of_six, "opd", 3)
    assert found.kept.index.tolist()[:3] == ["DINKES-02", "DINKES-01", "DINKES-03"]
    assert found.left_out["tied"].to_dict() == {"DINKES-04": True, "DINKES-05": False}
    assert "rapat pleno" in found.explain("DINKES-04", "id")
    assert "rapat pleno" not in found.explain("DINKES-05", "id")


def test_the_sentence_names_rank_place_and_who_fills_the_quota(list_of_six):
    found = best_per(list_of_six, "opd", 2)
    told = found.explain("dinkes-04", "id")
    assert told == (
        'DINKES-04 "Layanan bersama" (peringkat 3) tidak masuk kuota: urutan ke-4 untuk '
        "Dinas Kesehatan, sedangkan kuotanya 2 dan sudah diisi DINKES-02 dan DINKES-01."
    )
    assert found.explain("DISDAG-01", "en") == (
        'DISDAG-01 "Layanan bersama" (rank 5) is within the quota: number 1 of at most 2 for DISDAG.'
    )


@pytest.mark.parametrize(
    ("by", "n", "sentence"), [("jenis", 1, 'bukan "jenis"'), ("opd", 0, "sedikitnya 1")]
)
def test_a_quota_that_is_none_is_a_sentence(list_of_six, by, n, sentence):
    with pytest.raises(MethodError, match=sentence):
        best_per(list_of_six, by, n)


@settings(deadline=None)
@given(st.sampled_from(["isu", "opd"]), st.integers(1, 7))
def test_nothing_is_lost_and_nobody_kept_stands_below_one_left_out(list_of_six, by, n):
    found = best_per(list_of_six, by, n)
    assert sorted([*found.kept.index, *found.left_out.index]) == sorted(list_of_six.table.index)
    assert (found.kept.groupby("quota_group").size() <= n).all()
    for group, rows in found.left_out.groupby("quota_group"):
        mine = found.kept[found.kept["quota_group"] == group]
        assert len(mine) == n
        assert mine["rank"].max() <= rows["rank"].min()


# --- the quadrant ----------------------------------------------------------------------------

# All threes are 50 points. K1 25 + K2 20 + K3 20 = 65; K4 25 + K5 10 = 35.
# Value from U, S, G at 5: 25 x 1/2 / 65 = 19.23 points more. K2A of an RKPD reference is 4.
HIGH_VALUE = {"U": 5, "S": 5, "G": 5, "K3A": 5, "K3C": 5}
HIGH_FEASIBILITY = {"EKON": 5, "POL": 5, "TEK": 5, "HUK": 5}


@pytest.fixture(scope="module")
def four_corners(rank, proposal):
    return rank(
        proposal("DINKES-01", **HIGH_VALUE, **HIGH_FEASIBILITY),
        proposal("DINKES-02", **HIGH_VALUE),
        proposal("DINKES-03", **HIGH_FEASIBILITY),
        proposal("DINKES-04"),
    )


def test_four_corners_by_hand(four_corners):
    table = quadrants(four_corners).table
    assert table["quadrant"].to_dict() == {
        "DINKES-01": "laksanakan", "DINKES-02": "siapkan",
        "DINKES-03": "tawarkan", "DINKES-04": "tunda",
    }  # fmt: skip
    # value: U, S, G, K3A, K3C at 1 (9 + 9 + 7 + 9 + 4 = 38), K2A 4 -> 12 x 0.75 = 9,
    # K2B 1 -> 0, K3B 3 -> 7 x 0.5 = 3.5; 50.5 of 65 = 77.6923
    assert table.at["DINKES-01", "value"] == 77.69
    # feasibility: EKON, POL, TEK, HUK at 1 (22), RISK 9 -> 3 -> 3 x 0.5 = 1.5, SAMA 2, MITRA 2,
    # SIAP 4 (bukti, two PPKSD, plan) -> 2 x 0.75 = 1.5; 29 of 35 = 82.857
    assert table.at["DINKES-01", "feasibility"] == 82.86
    assert table["firm"].all()


def test_the_sentence_says_why_with_both_borders(four_corners):
    found = quadrants(four_corners)
    assert found.explain("DINKES-02", "id").startswith(
        'DINKES-02 "Layanan bersama" termasuk Siapkan karena bernilai tetapi belum cukup layak: '
        "nilai 77,69 (batas 60), kelayakan "
    )
    assert "Offer lightly because it is feasible but" in found.explain("DINKES-03", "en")
    assert repr(found) == "Quadrants(1 laksanakan, 1 siapkan, 1 tawarkan, 1 tunda)"


def test_every_number_of_the_sentence_is_in_the_table(four_corners):
    found = quadrants(four_corners)
    for usulan, row in found.table.iterrows():
        told = found.explain(usulan, "en").removeprefix(usulan)
        numbers = [float(number) for number in re.findall(r"\d+(?:\.\d+)?", told)]
        rule = four_corners.method.quadrant
        assert numbers == [
            row["value"], rule.value_border, row["feasibility"], rule.feasibility_border,
        ]  # fmt: skip


def test_a_point_on_the_border_is_above_it(four_corners):
    rule = dataclasses.replace(
        four_corners.method.quadrant, value_border=77.69, feasibility_border=82.86
    )
    found = quadrants(four_corners, rule)
    assert found.table.at["DINKES-01", "quadrant"] == "laksanakan"
    beyond = quadrants(four_corners, dataclasses.replace(rule, value_border=77.7))
    assert beyond.table.at["DINKES-01", "quadrant"] == "tawarkan"


def test_missing_answers_that_could_move_an_usulan_are_told(rank, proposal):
    # EKON 8 of 35 unanswered: coverage 0.77 is enough, yet the other side of 60 can be reached
    found = quadrants(rank(proposal(**{**HIGH_FEASIBILITY, "EKON": None, "POL": 3})))
    row = found.table.loc["DINKES-01"]
    assert not row["firm"]
    assert row["feasibility_worst"] < 60 <= row["feasibility_best"]
    assert "dapat memindahkannya" in found.explain("DINKES-01", "id")


def test_too_little_answered_on_one_side_gives_no_place(rank, proposal):
    found = quadrants(rank(proposal(EKON=None, POL="TT")))
    row = found.table.loc["DINKES-01"]
    assert (row["quadrant"], bool(row["firm"])) == ("", False)
    assert found.label("") == "Belum ditempatkan"
    # 35 - 8 - 7 = 20 of 35
    assert "57\u00a0% bobot kelayakan, sedangkan sedikitnya 70" in found.explain("DINKES-01", "id")


def test_a_criterion_that_does_not_apply_leaves_its_side(rank, proposal):
    found = quadrants(rank(proposal(**{**HIGH_FEASIBILITY, "EKON": "TB"})))
    assert found.table.at["DINKES-01", "feasibility_coverage"] == 1
    assert found.table.at["DINKES-01", "firm"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"value_groups": ("K9",)}, "tidak ada: K9"),
        ({"feasibility_groups": ()}, "tidak memberi bobot"),
    ],
)
def test_a_rule_that_cannot_be_read_is_a_sentence(four_corners, changes, sentence):
    rule = dataclasses.replace(four_corners.method.quadrant, **changes)
    with pytest.raises(MethodError, match=sentence):
        quadrants(four_corners, rule)


def test_a_side_without_weight_is_a_sentence(rank, proposal, method):
    only_urgency = method.replace(weights=dict.fromkeys(method.weights, 0) | {"U": 100})
    with pytest.raises(MethodError, match="tidak memberi bobot pada K4, K5"):
        quadrants(rank(proposal(), method=only_urgency))


def test_an_usulan_off_the_list_is_told_so(rank, proposal):
    ranking = rank(proposal(), proposal("DINKES-02", kewenangan="tidak"))
    with pytest.raises(MethodError, match="DINKES-02 tidak diperingkat"):
        quadrants(ranking).explain("DINKES-02")
    assert ranked(ranking, "dinkes-01") == "DINKES-01"


def test_the_sample_has_a_place_for_every_usulan(sample_ranking):
    found = quadrants(sample_ranking)
    assert found.table.index.equals(sample_ranking.table.index)
    for lang in ("id", "en"):
        for usulan in found.table.index:
            assert not re.search(r"\bnan\b", found.explain(usulan, lang))


@pytest.mark.parametrize("aggregation", ["geometric", "promethee"])
def test_the_quadrant_weighs_values_whatever_the_list_does(four_corners, aggregation):
    other = four_corners.replace(aggregation=aggregation)
    mine, theirs = quadrants(four_corners).table, quadrants(other).table
    assert mine.sort_index().equals(theirs.sort_index())


@settings(deadline=None, max_examples=20)
@given(st.tuples(*[st.one_of(st.none(), st.integers(1, 5))] * 9), st.integers(1, 99))
def test_a_firm_place_holds_whatever_is_answered_later(rank, proposal, levels, border):
    answers = dict(zip(RATED, levels, strict=True))
    ranking = rank(proposal(**answers))
    rule = dataclasses.replace(
        ranking.method.quadrant, value_border=border, feasibility_border=border
    )
    found = quadrants(ranking, rule).table.loc["DINKES-01"]
    for later in (1, 5):
        filled = {code: later for code, level in answers.items() if level is None}
        there = quadrants(ranking.with_answers({"DINKES-01": filled}), rule).table.loc["DINKES-01"]
        end = "worst" if later == 1 else "best"
        for side in ("value", "feasibility"):
            assert there[side] == found[f"{side}_{end}"]
        if found["firm"]:
            assert there["quadrant"] == found["quadrant"]
