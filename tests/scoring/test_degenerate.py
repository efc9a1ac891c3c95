"""The smallest and emptiest registers: a sentence or a result, never a warning."""

import pytest

from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring import measures, overview

RISKS = ("anggaran", "hukum", "teknis", "sosial", "lingkungan")
BLANK_USULAN = dict.fromkeys(
    (
        *("isu", "urusan_kode", "kesamaan_kekuatan", "rkpd_ref", "bukti_uraian", "dokumen_siap"),
        *("manfaat_daerah", "manfaat_mitra", "manfaat_masyarakat"),
        *(f"risiko_{risk}_{side}" for risk in RISKS for side in "kd"),
    )
)


def test_one_usulan_is_first_and_firm(rank, proposal):
    table = rank(proposal()).table
    row = table.iloc[0]
    assert len(table) == 1
    assert (row["rank"], row["rank_low"], row["rank_high"], row["rank_mean"]) == (1, 1, 1, 1)
    assert (row["first_share"], row["top_share"]) == (1, 1)


def test_all_equal_share_the_first_rank_in_the_order_of_their_ids(rank, proposal):
    names = ["DINKES-03", "DINKES-01", "DINKES-02"]
    table = rank(*(proposal(name) for name in names)).table
    assert table["rank"].tolist() == [1, 1, 1]
    assert table.index.tolist() == sorted(names)
    assert (table[["rank_low", "rank_high", "first_share"]] == 1).all(axis=None)


def test_no_usulan_is_a_sentence(rank):
    with pytest.raises(MethodError, match="Tidak ada usulan"):
        rank()


def test_all_stopped_by_a_gate_is_a_sentence(rank, proposal):
    with pytest.raises(MethodError, match="Tidak ada usulan"):
        rank(proposal(kewenangan="tidak"), proposal("DINKES-02", bertentangan="ya"))


def test_an_usulan_nobody_scored_counts_its_computed_leaves_only(rank, proposal):
    ranking = rank(proposal(raters={}, partners=[], **BLANK_USULAN, alasan_di_luar_rencana="psn"))
    row = ranking.table.iloc[0]
    # K2A 2 (weight 12) and SIAP 2 (weight 2) are all there is: v 0.25 each
    assert (row["points"], row["worst"], row["best"]) == (25, 3.5, 89.5)
    assert row["coverage"] == 0.14
    assert (row["class_name"], row["class_change"], row["tkksd"]) == ("-", "coverage", "belum")


def test_an_usulan_without_a_partner_is_of_no_type_yet(rank, proposal):
    ranking = rank(proposal(partners=[]))
    assert ranking.table.loc["DINKES-01", ["jenis", "gate"]].tolist() == ["BELUM", "review"]


def test_the_smallest_register_can_be_explained_and_counted(rank, proposal):
    ranking = rank(proposal(raters={}, partners=[]))
    for lang in ("id", "en"):
        assert "DINKES-01" in ranking.explain("dinkes-01", lang)
    assert overview(ranking.register).usulan == 1
    assert measures(ranking)["ranked"] == 1


def test_an_unknown_usulan_is_answered_with_near_ones(rank, proposal):
    with pytest.raises(MethodError, match="DINKES-01"):
        rank(proposal()).explain("DINKES-1")


def test_an_office_no_longer_listed_keeps_its_code_as_its_name(make_register, proposal):
    register = make_register(proposal(), office={"opd_kode": "BUBAR", "opd_nama": "Dinas Lama"})
    assert overview(register).short_of_liaisons == ("BUBAR",)


def test_nothing_answered_at_all_is_a_sentence(rank, proposal, method):
    only_urgency = method.replace(weights=dict.fromkeys(method.weights, 0) | {"U": 100})
    with pytest.raises(MethodError, match="Tidak ada usulan"):
        rank(proposal(U=None), proposal("DINKES-02", U="TT"), method=only_urgency)


def test_one_of_two_is_unanswered_and_listed_apart(rank, proposal, method):
    only_urgency = method.replace(weights=dict.fromkeys(method.weights, 0) | {"U": 100})
    ranking = rank(proposal(U=None), proposal("DINKES-02", U=3), method=only_urgency)
    assert ranking.excluded.index.tolist() == ["DINKES-01"]
    assert ranking.table[["points", "rank"]].to_numpy().tolist() == [[50, 1]]
    assert "DINKES-01" in ranking.explain("DINKES-01")
