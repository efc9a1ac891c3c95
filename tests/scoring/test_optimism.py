"""Offices' scores beside the TKKSD's: gaps by hand, two lists apart, and no single person's score."""

import math
import re

import pytest

from ksd_toolkit.scoring.optimism import optimism, signed_gap

RATED = ("U", "S", "G", "K3A", "K3C", "EKON", "POL", "TEK", "HUK")


def scores(level=3, **changes):
    return {**dict.fromkeys(RATED, level), **changes}


@pytest.fixture(scope="module")
def two_offices(rank, proposal):
    return rank(
        # medians of the office: U 4.5, S 4; of the TKKSD: U 3, S 4 -> +1.5 and 0
        proposal("DINKES-01", raters={
            "OPD-1": {"U": 5, "S": 4}, "OPD-2": {"U": 4, "S": 4},
            "TKKSD-1": scores(U=3, S=4), "TKKSD-2": scores(U=3, S=4),
        }),
        # -2, a refused one, and one only the office scored
        proposal("DINKES-02", raters={"OPD-1": {"U": 1, "S": "TT"}, "TKKSD-1": {"U": 3, "S": 3}}),
        proposal("DISDAG-01", raters={"OPD-1": scores(4), "TKKSD-1": scores(3)}),
        proposal("DISDAG-02", raters={"OPD-1": scores(5), "TKKSD-1": scores(5)}),
        proposal("DISDAG-03", raters={"OPD-1": scores(5)}),
    )  # fmt: skip


def test_gaps_by_hand(two_offices):
    found = optimism(two_offices)
    assert found.by_usulan["gap"].to_dict() == {
        "DINKES-01": 0.75, "DINKES-02": -2, "DISDAG-01": 1, "DISDAG-02": 0,
    }  # fmt: skip
    assert found.by_office.loc["DINKES"].tolist() == [3, pytest.approx(-0.5 / 3), 1, 1]
    assert found.by_office.loc["DISDAG"].tolist() == [18, 0.5, 9, 0]
    assert found.by_criterion.at["U", "gap"] == (1.5 - 2 + 1 + 0) / 4
    assert (found.leaves, found.higher, found.lower) == (21, 10, 1)
    assert found.gap == pytest.approx((1.5 - 2 + 9) / 21, abs=1e-12)


def test_the_gap_of_an_usulan_is_that_of_the_list(two_offices):
    listed = two_offices.table["gap"].dropna()
    assert optimism(two_offices).by_usulan["gap"].to_dict() == listed.to_dict()


def test_the_summary_says_which_way_and_where(two_offices):
    found = optimism(two_offices)
    assert found.summary("id") == (
        "OPD menilai usulannya sendiri rata-rata 0,40 tingkat lebih tinggi daripada TKKSD "
        "(pada 21 nilai yang diberikan keduanya: 48\u00a0% lebih tinggi, 5\u00a0% lebih rendah). "
        "Selisih terlebar: DISDAG (+0,50)."
    )
    assert "0.40 levels higher" in found.summary("en")
    assert repr(found) == "Optimism(21 nilai pada kedua pihak)"


def test_the_two_lists_stand_apart_over_usulan_both_scored(two_offices, rank, proposal):
    found = optimism(two_offices).apart
    assert set(found.index) == {"DISDAG-01", "DISDAG-02"}
    assert found["tkksd_rank"].to_dict() == {"DISDAG-02": 1, "DISDAG-01": 2}
    alone = rank(
        proposal("DISDAG-01", raters={"OPD-1": scores(4)}),
        proposal("DISDAG-02", raters={"OPD-1": scores(5)}),
    ).table
    assert found["opd_points"].to_dict() == alone["points"].to_dict()
    assert found["opd_rank"].to_dict() == alone["rank"].to_dict()


def test_the_sentence_of_an_usulan(two_offices):
    found = optimism(two_offices)
    assert found.explain("disdag-01", "id") == (
        "DISDAG-01: OPD menilainya rata-rata 1,00 tingkat lebih tinggi daripada TKKSD "
        "(pada 9 kriteria). Di antara 2 usulan yang dinilai keduanya: peringkat 2 menurut OPD saja, "
        "2 menurut TKKSD saja."
    )
    assert "2.00 levels lower" in found.explain("DINKES-02", "en")
    assert "Di antara" not in found.explain("DINKES-02", "id")
    assert "rata-rata sama" in found.explain("DISDAG-02", "id")
    assert "belum ada kriteria" in found.explain("DISDAG-03", "id")


def test_no_result_holds_a_single_liaison_officers_score(two_offices):
    found = optimism(two_offices)
    for frame in (found.by_usulan, found.by_office, found.by_criterion, found.apart):
        assert not [name for name in [*frame.columns, *frame.index] if str(name).startswith("OPD-")]
    told = found.summary("id") + "".join(found.explain(u, "id") for u in two_offices.types.index)
    assert "OPD-" not in told


@pytest.mark.parametrize("raters", [{}, {"OPD-1": scores()}, {"TKKSD-1": scores()}])
def test_one_side_alone_is_a_sentence(rank, proposal, raters):
    found = optimism(rank(proposal(raters=raters)))
    assert found.leaves == 0
    assert math.isnan(found.gap)
    assert found.by_office.empty
    assert found.summary("id").startswith("Belum ada nilai")
    assert found.apart.empty


@pytest.mark.parametrize(
    ("gap", "text"), [(0.25, "+0,25"), (-0.25, "\u22120,25"), (0.001, "0,00"), (-0.001, "0,00")]
)
def test_a_gap_has_a_sign_unless_it_is_none(gap, text):
    assert signed_gap(gap, "id") == text


def test_the_samples_gaps_are_told_without_a_blank(sample_ranking):
    found = optimism(sample_ranking)
    assert (found.by_office["leaves"].sum(), found.by_criterion["leaves"].sum()) == (
        found.leaves, found.leaves,
    )  # fmt: skip
    for usulan in sample_ranking.types.index:
        assert not re.search(r"\bnan\b|<NA>", found.explain(usulan, "id"))


def test_every_number_of_a_sentence_is_in_the_tables(sample_ranking):
    found = optimism(sample_ranking)
    for usulan, row in found.by_usulan.iterrows():
        told = found.explain(usulan, "en").removeprefix(usulan)
        numbers = [float(number) for number in re.findall(r"\d+(?:\.\d+)?", told)]
        assert abs(numbers[0] - abs(row["gap"])) <= 0.005 + 1e-9
        expected = [row["leaves"]]
        if usulan in found.apart.index:
            ranks = found.apart.loc[usulan]
            expected += [len(found.apart), ranks["opd_rank"], ranks["tkksd_rank"]]
        assert numbers[1:] == expected
        way = "higher" if row["gap"] >= 0.005 else "lower" if row["gap"] <= -0.005 else "alike"
        assert way in told
