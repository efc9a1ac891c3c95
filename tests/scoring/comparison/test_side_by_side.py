"""One list under every profile, way to compute and moved weight: by hand, by recomputation, by property."""

import dataclasses
import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring import load_method
from ksd_toolkit.scoring.comparison.side_by_side import side_by_side
from ksd_toolkit.scoring.comparison.variants import comparison_settings, moved_weights

PROFILES = ["baku", "usg", "sama", "kelayakan", "pelayanan_dasar", "ahp"]


@pytest.fixture(scope="module")
def urgent_and_feasible(rank, proposal):
    """One urgent, one feasible, one neither."""
    return rank(
        proposal("DINKES-01", U=5, S=5, G=5),
        proposal("DINKES-02", EKON=5, POL=5, TEK=5, HUK=4),
        proposal("DINKES-03", K3C=2),
    )


@pytest.fixture(scope="module")
def compared(urgent_and_feasible):
    return side_by_side(urgent_and_feasible)


# --- variants --------------------------------------------------------------------------------


def test_every_profile_and_way_to_compute_stands_once(compared):
    assert list(compared.ranks.columns) == [*PROFILES, "geometric", "promethee"]
    assert [variant.kind for variant in compared.variants] == [
        "own", *["profile"] * 5, *["aggregation"] * 2,
    ]  # fmt: skip
    assert compared.refused == {}
    assert repr(compared) == "SideBySide(3 usulan, 8 cara)"


def test_ranks_by_hand(compared):
    # K1 25 x 1/2 = 12.5 points up against 19 x 1/2 + 3 x 1/4 = 10.25; feasibility first turns it round:
    # K1 20 x 1/2 = 10 against (12.8 + 11.2 + 6.4) / 2 + 4.8 / 4 = 16.4
    assert compared.ranks["baku"].to_dict() == {"DINKES-01": 1, "DINKES-02": 2, "DINKES-03": 3}
    assert compared.ranks["kelayakan"].to_dict() == {"DINKES-02": 1, "DINKES-01": 2, "DINKES-03": 3}
    # urgency alone: nobody else is urgent
    assert compared.ranks["usg"].to_dict() == {"DINKES-01": 1, "DINKES-02": 2, "DINKES-03": 2}
    assert compared.points["usg"].to_dict() == {"DINKES-01": 100, "DINKES-02": 50, "DINKES-03": 50}


def test_each_number_is_that_of_the_list_scored_anew(compared, urgent_and_feasible):
    for variant in compared.variants:
        profile = load_method(variant.key) if variant.kind == "profile" else None
        changes = {"weights": profile.weights} if profile else {"aggregation": variant.key}
        again = urgent_and_feasible.replace(**changes) if variant.kind != "own" else None
        table = (again or urgent_and_feasible).table
        for frame, column in (
            (compared.ranks, "rank"), (compared.points, "points"), (compared.classes, "class_name"),
        ):  # fmt: skip
            assert frame[variant.key].to_dict() == table[column].to_dict()


def test_spans_are_the_best_and_worst_of_their_variants(compared):
    table, ranks = compared.table, compared.ranks
    assert table["low"].tolist() == ranks.min(axis=1).tolist()
    assert table["high"].tolist() == ranks.max(axis=1).tolist()
    assert table["profile_high"].tolist() == ranks[PROFILES].max(axis=1).tolist()
    ways = ranks[["baku", "geometric", "promethee"]]
    assert table["aggregation_low"].tolist() == ways.min(axis=1).tolist()


def test_consensus_stands_beside_the_ranks(compared):
    points = (len(compared.ranks) - compared.ranks.astype(float).rank(axis=0)).sum(axis=1)
    assert compared.table["borda"].to_dict() == points.to_dict()
    assert compared.condorcet == "DINKES-01"
    one_voice = side_by_side(
        compared.ranking, voices=dict.fromkeys(compared.ranks.columns, 0.0) | {"kelayakan": 1.0}
    )
    assert one_voice.condorcet == "DINKES-02"
    assert one_voice.table["borda_rank"].to_dict() == compared.ranks["kelayakan"].to_dict()


def test_a_method_that_is_a_profile_already_stands_first_and_once(urgent_and_feasible):
    by_usg = urgent_and_feasible.under(
        urgent_and_feasible.method.replace(weights=load_method("usg").weights, name="usg")
    )
    found = side_by_side(by_usg)
    assert list(found.ranks.columns)[:3] == ["usg", "baku", "sama"]
    assert list(found.ranks.columns).count("usg") == 1


def test_the_shipped_profile_stands_beside_an_own_one_of_its_name(urgent_and_feasible):
    own = urgent_and_feasible.replace(weights={"U": 8, "S": 10})
    found = side_by_side(own, aggregations=())
    assert list(found.ranks.columns) == ["baku", "baku_bawaan", *PROFILES[1:]]
    assert found.title("baku_bawaan", "id") == "Metode baku (bawaan)"
    assert found.title("baku_bawaan", "en") == "Standard method (shipped)"


def test_a_profile_that_does_not_fit_is_refused_with_its_reason(urgent_and_feasible, method):
    other = method.replace(
        name="lain",
        may_be_unanswered=(),
        criteria=tuple(
            dataclasses.replace(criterion, code="LAIN") if criterion.code == "TEK" else criterion
            for criterion in method.criteria
        ),
    )
    found = side_by_side(urgent_and_feasible, profiles=[other, "usg"], aggregations=())
    assert list(found.ranks.columns) == ["baku", "usg"]
    assert "LAIN" in found.refused["lain"].sentence("id")


def test_an_usulan_a_profile_cannot_rank_is_told(rank, proposal):
    found = side_by_side(
        rank(proposal(), proposal("DINKES-02", U=None, S=None, G=None), proposal("DINKES-03", U=5)),
        profiles=["usg"], aggregations=(),
    )  # fmt: skip
    assert pd.isna(found.ranks.at["DINKES-02", "usg"])
    assert pd.isna(found.table.at["DINKES-02", "borda_rank"])
    told = found.explain("DINKES-02", "id")
    assert "Tidak diperingkat menurut USG saja." in told
    assert "Borda" not in told


# --- moved weights ---------------------------------------------------------------------------


def test_a_moved_weight_takes_from_the_others_in_proportion():
    assert moved_weights({"U": 20, "S": 30, "G": 50}, "U", 0.5) == {
        "U": 10, "S": 33.75, "G": 56.25,
    }  # fmt: skip
    assert moved_weights({"U": 90, "S": 10}, "U", 1.2) == {"U": 100, "S": 0}
    assert moved_weights({"U": 100, "S": 0}, "U", 0.8) == {"U": 100, "S": 0}


@given(
    st.lists(st.integers(0, 50), min_size=2, max_size=8).filter(sum), st.data(),
    st.floats(0.01, 1.99),
)  # fmt: skip
def test_moved_weights_stay_weights(parts, data, factor):
    weights = {str(n): 100 * part / sum(parts) for n, part in enumerate(parts)}
    code = data.draw(st.sampled_from([name for name, weight in weights.items() if weight > 0]))
    moved = moved_weights(weights, code, factor)
    assert math.isclose(sum(moved.values()), 100, abs_tol=1e-9)
    assert min(moved.values()) >= 0
    kept = {name: (weight, moved[name]) for name, weight in weights.items() if name != code}
    for weight, after in kept.values():
        for other, other_after in kept.values():
            assert math.isclose(after * other, other_after * weight, abs_tol=1e-9)


def test_ranks_of_moved_weights_are_those_of_the_list_scored_anew(compared, urgent_and_feasible):
    assert len(compared.weight_ranks.columns) == 2 * len(urgent_and_feasible.method.weights)
    for code, sign, factor in (("EKON", "+", 1.2), ("U", "-", 0.8)):
        weights = moved_weights(urgent_and_feasible.method.weights, code, factor)
        table = urgent_and_feasible.replace(weights=weights).table
        assert compared.weight_ranks[f"{code}{sign}"].to_dict() == table["rank"].to_dict()


def test_the_move_is_a_setting_of_the_knowledge_file(compared):
    assert compared.change_percent == comparison_settings()["weights"]["change_percent"] == 20
    far = side_by_side(compared.ranking, change_percent=90)
    assert (far.table["weight_high"] >= compared.table["weight_high"]).all()
    # EKON, POL, ... at 90 % less or more turn the first two round
    assert far.table.at["DINKES-01", "weight_high"] == 2


# --- sentences and edges ---------------------------------------------------------------------


def test_every_number_of_the_sentence_is_in_the_table(sample_ranking):
    found = side_by_side(sample_ranking)
    for usulan, row in found.table.iterrows():
        for lang in ("id", "en"):
            told = found.explain(usulan, lang)
            assert not re.search(r"\bnan\b|<NA>", told)
            told = told.removeprefix(f'{usulan} "{sample_ranking.table.at[usulan, "judul"]}"')
            numbers = [int(number) for number in re.findall(r"\b\d+\b", told)]
            expected = [sample_ranking.table.at[usulan, "rank"]]
            for size, what in ((6, "profile"), (3, "aggregation"), (20, "weight")):
                low, high = row[f"{what}_low"], row[f"{what}_high"]
                expected += [size, low] if low == high else [size, low, high]
            if not pd.isna(row["borda_rank"]):
                expected += [row["borda_rank"], row["copeland_rank"]]
            assert numbers == expected


@pytest.mark.parametrize("count", [1, 2])
def test_one_and_equal_usulan_have_ranks_and_no_correlation(rank, proposal, count):
    found = side_by_side(rank(*(proposal(f"DINKES-0{n}") for n in range(1, count + 1))))
    assert (found.ranks == 1).all(axis=None)
    assert found.spearman.isna().all(axis=None)
    assert found.kendall.isna().all(axis=None)
    assert (found.table[["borda_rank", "weight_low", "weight_high"]] == 1).all(axis=None)
    assert "tetap 1" in found.explain("DINKES-01", "id")


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"change_percent": 0}, "di antara 0 dan 100"),
        ({"change_percent": 100}, "di antara 0 dan 100"),
        ({"change_percent": np.nan}, "di antara 0 dan 100"),
        ({"aggregations": ["topsis"]}, "topsis"),
        ({"profiles": ["tidak_ada"]}, "tidak_ada"),
        ({"voices": {"baku": 1.0}}, "tepat satu"),
    ],
)
def test_what_is_unknown_is_a_sentence(urgent_and_feasible, settings, sentence):
    with pytest.raises(MethodError, match=sentence):
        side_by_side(urgent_and_feasible, **settings)


def test_an_usulan_off_the_list_is_told_so(rank, proposal):
    found = side_by_side(rank(proposal(), proposal("DINKES-02", kewenangan="tidak")), profiles=[])
    with pytest.raises(MethodError, match="DINKES-02 tidak diperingkat"):
        found.explain("DINKES-02")


def test_a_profile_nobody_answered_is_refused_not_guessed(rank, proposal):
    unrated = rank(proposal(raters={}), proposal("DINKES-02", raters={}, manfaat_mitra=5))
    found = side_by_side(unrated, aggregations=())
    assert set(found.refused) == {"usg"}
    assert "usg" not in found.ranks
    assert "Pada 5 profil bobot" in found.explain("DINKES-01", "id")
