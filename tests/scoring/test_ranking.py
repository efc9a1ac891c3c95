"""Ranks, ties and the order of the list; contributions that sum to the score; who scored."""

import math

import pytest

from ksd_toolkit.scoring import Ranking


def test_equal_points_share_a_rank_and_the_next_is_skipped(rank, proposal):
    table = rank(
        proposal("DINKES-01", U=4), proposal("DINKES-02", U=5), proposal("DINKES-03", U=4),
        proposal("DINKES-04", U=3),
    ).table  # fmt: skip
    assert table["rank"].to_dict() == {
        "DINKES-02": 1, "DINKES-01": 2, "DINKES-03": 2, "DINKES-04": 4,
    }  # fmt: skip


# Pairs of the same points: what is gained on one leaf is lost on another of the same weight x steps.
@pytest.mark.parametrize(
    ("why", "first", "second"),
    [
        # K2A 12 x 1 step = 12; U 9, HUK 3: one step each = 12
        ("higher K2A", {"rpjmd_ref": "hlm. 1", "indikator": "x"}, {"U": 4, "HUK": 4}),
        # U 9 = K3A 9
        ("higher K1", {"U": 4}, {"K3A": 4}),
        # RISK 3 = HUK 3: impact 4 x likelihood 4 = 16 is risk 4, one step worse
        ("lower risk", {}, {"risiko_hukum_k": 4, "risiko_hukum_d": 4, "HUK": 4}),
        ("the id", {}, {}),
    ],
)
def test_ties_are_listed_in_the_methods_order_and_keep_their_rank(
    rank, proposal, why, first, second
):
    names = ("DINKES-01", "DINKES-02") if why == "the id" else ("DINKES-02", "DINKES-01")
    table = rank(proposal(names[0], **first), proposal(names[1], **second)).table
    assert table["points"].nunique() == 1
    assert table["rank"].tolist() == [1, 1]
    assert table.index.tolist() == list(names), why


def test_points_are_rounded_before_they_are_ranked(rank, proposal):
    # 2 of 93 against 3 of 93 points apart would show; here both round to the same hundredth
    method = rank(proposal()).method
    weights = method.weights | {"U": 9.001, "HUK": 2.999}
    ranking = rank(
        proposal("DINKES-01", U=5),
        proposal("DINKES-02", U=5, HUK=3),
        method=method.replace(weights=weights),
    )
    assert ranking.table["rank"].tolist() == [1, 1]


def test_contributions_sum_to_the_unrounded_score(rank, proposal):
    ranking = rank(
        proposal(U=5, S=None, partners=[{"minat": 5}]), proposal("DINKES-02", manfaat_mitra=None)
    )
    for usulan, points in ranking.table["points"].items():
        total = math.fsum(ranking.contributions.loc[usulan].dropna())
        assert abs(total - points) <= 0.005 + 1e-9


@pytest.mark.parametrize(
    ("state", "raters"),
    [
        ("lengkap", ("TKKSD-1",)),
        ("belum", ("OPD-1",)),
        ("belum", ()),
    ],
)
def test_who_scored_is_told(rank, proposal, state, raters):
    codes = ("U", "S", "G", "K3A", "K3C", "EKON", "POL", "TEK", "HUK")
    scores = {rater: dict.fromkeys(codes, 4) for rater in raters}
    table = rank(proposal(raters=scores), proposal("DINKES-02")).table
    assert table.loc["DINKES-01", "tkksd"] == state


def test_the_gap_is_office_minus_tkksd(rank, proposal):
    raters = {"OPD-1": {"U": 5, "S": 4}, "TKKSD-1": {"U": 3, "S": 4, "G": 1}}
    row = rank(proposal(raters=raters), proposal("DINKES-02")).table.loc["DINKES-01"]
    assert row["gap"] == 1  # (2 + 0) / 2: only what both scored
    assert row["tkksd"] == "sebagian"


def test_a_ranking_names_itself(rank, proposal):
    ranking = rank(proposal(), proposal("DINKES-02", kewenangan="tidak"))
    assert isinstance(ranking, Ranking)
    assert repr(ranking) == (
        "Ranking(hulu-sungai-selatan/2026: 1 diperingkat, 1 tidak diperingkat, metode baku)"
    )
    assert ranking.stamp.method_sha256 == ranking.method.sha256
