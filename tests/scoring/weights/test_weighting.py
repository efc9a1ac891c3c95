"""Trees and sentences of a weighting: nested groups, nothing lost, every number in a sentence recomputed."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring.weights import (
    Joining,
    LocalWeights,
    Tree,
    ahp_weights,
    join,
    weights_of_pairs,
    weights_of_tree,
)
from ksd_toolkit.scoring.weights.sentences import ratio_text
from ksd_toolkit.scoring.weights.tree import rounded_to_whole

GROUPS = {"K1": ["U", "S", "G"], "K2": ["A", "B"], "K3": ["C"]}
ROOT = [("K1", "K2", "2"), ("K2", "K3", "2"), ("K1", "K3", "4")]
LEAVES = {"K1": [("U", "S", "1"), ("S", "G", "2"), ("U", "G", "2")], "K2": [("A", "B", "3")]}


def test_local_weights_are_multiplied_down_the_tree():
    found = weights_of_pairs({"": ROOT} | LEAVES, GROUPS)
    expected = {
        "U": 100 * 4 / 7 * 2 / 5, "S": 100 * 4 / 7 * 2 / 5, "G": 100 * 4 / 7 / 5,
        "A": 100 * 2 / 7 * 3 / 4, "B": 100 * 2 / 7 / 4, "C": 100 / 7,
    }  # fmt: skip
    assert found.percent == pytest.approx(expected, abs=0.01)
    assert list(found.percent) == list("USGABC")
    assert math.fsum(found.percent.values()) == 100
    assert repr(found) == "Weighting(ahp: 6 bobot, 1 anggota, CR terbesar 0.000 (RI saaty))"


def test_groups_may_stand_below_groups():
    tree = Tree({"K1": ["U"], "K1A": ["S", "G"], "K2": ["A"]}, parents={"K1A": "K1"})
    nodes = {"": [("K1", "K2", "3")], "K1": [("K1A", "U", "2")], "K1A": [("S", "G", "4")]}
    found = weights_of_tree(nodes, tree)
    assert found.percent == pytest.approx({"U": 25, "S": 40, "G": 10, "A": 25}, abs=0.005)


@pytest.mark.parametrize(
    ("code", "nodes", "groups"),
    [
        ("not_judged", {"": ROOT}, GROUPS),
        ("not_judged", LEAVES, GROUPS),
        ("unknown_node", {"": ROOT, "K9": []}, GROUPS),
        ("empty_group", {"": [("K1", "K2", "1")]}, {"K1": ["U"], "K2": []}),
        ("random_index_size", {"": []}, {f"K{n}": ["U"] for n in range(16)}),
    ],
)
def test_a_tree_that_cannot_be_weighed_is_refused(code, nodes, groups):
    if code == "random_index_size":
        nodes = {"": [("K0", f"K{number}", "1") for number in range(1, 16)]}
    with pytest.raises(MethodError) as refused:
        weights_of_pairs(nodes, groups)
    assert refused.value.code == f"weights.{code}"


def test_one_group_of_one_leaf_weighs_a_hundred():
    assert weights_of_pairs({}, {"K1": ["U"]}).percent == {"U": 100.0}


@given(st.dictionaries(st.text("abcdef", min_size=1), st.integers(0, 10_000), min_size=1))
def test_rounded_shares_sum_to_the_whole_and_stay_within_a_step(shares):
    total = sum(shares.values())
    if total == 0:
        return
    exact = {name: 100 * share / total for name, share in shares.items()}
    rounded = rounded_to_whole(exact, 100, 2)
    assert sum(round(100 * value) for value in rounded.values()) == 10_000
    assert all(abs(rounded[name] - exact[name]) < 0.01 + 1e-9 for name in shares)


@pytest.mark.parametrize(
    ("ratio", "said"),
    [
        (3.0, "3"),
        (1 / 3, "1/3"),
        (2.345, "2,35"),
        (0.5, "1/2"),
        (0.8, "0,8"),
        (1.0, "1"),
        (10, "10"),
    ],
)
def test_ratios_are_said_as_people_write_them(ratio, said):
    assert ratio_text(ratio, "id") == said


# --- what is said --------------------------------------------------------------------------------

LABELS = {code: {"id": f"Nama {code}", "en": f"Name {code}"} for code in (*GROUPS, *"USGABC")}


def local(member, node, procedure="poin", **weights):
    return LocalWeights(member, node, procedure, weights)


@pytest.fixture(scope="module")
def weighting():
    members = {"TKKSD-1": 3.0, "TKKSD-2": 1.0}
    judged = ahp_weights([("U", "S", "2"), ("S", "G", "3")], ["U", "S", "G"])
    rows = [
        local("TKKSD-1", "", K1=0.5, K2=0.3, K3=0.2),
        local("TKKSD-2", "", K1=0.2, K2=0.2, K3=0.6),
        LocalWeights("TKKSD-1", "K1", "ahp", judged.weights, judged),
    ]
    kept = dict(zip("USGABC", (20, 20, 20, 15, 15, 10), strict=True))
    return join(rows, members, Tree(GROUPS, kept=kept, labels=LABELS))


def numbers(sentence):
    return [float(text.replace(",", ".")) for text in re.findall(r"(?<![\w-])\d+,\d+", sentence)]


def test_every_number_of_a_disagreement_is_that_of_its_row(weighting):
    told = weighting.disagreements("id")
    assert len(told) == 6  # the node only one member judged has no disagreement
    for row in told.to_dict("records"):
        weight, gap, joined = numbers(row["sentence"])
        assert weight == pytest.approx(100 * row["weight"], abs=0.05 + 1e-9)
        assert joined == pytest.approx(100 * row["joined"], abs=0.05 + 1e-9)
        assert gap == pytest.approx(abs(100 * row["difference"]), abs=0.05 + 1e-9)
        assert ("di atas" in row["sentence"]) == (row["difference"] > 0)
        assert f"Nama {row['criterion']} ({row['criterion']})" in row["sentence"]


def test_the_largest_disagreement_comes_first(weighting):
    gaps = weighting.disagreement["difference"].abs().tolist()
    assert gaps == sorted(gaps, reverse=True)


def test_what_was_filled_in_is_said(weighting):
    said = weighting.explain("id")
    assert "TKKSD-1, Nama K1 (K1): ada perbandingan yang tidak dibuat" in said
    assert "Nama U (U) terhadap Nama G (G) 6" in said
    assert "Simpul Nama K2 (K2) tidak dinilai siapa pun" in said
    assert "Kendall W" in said


def test_both_languages_name_every_leaf_with_its_percent(weighting):
    for lang, mark in (("id", ","), ("en", ".")):
        said = weighting.explain(lang)
        for code, percent in weighting.percent.items():
            figure = f"{percent:.2f}".replace(".", mark)
            assert f"{LABELS[code][lang]} ({code}) {figure}" in said


def test_a_circle_among_members_is_refused_for_its_member_only():
    good = ahp_weights([("U", "S", "1"), ("S", "G", "1"), ("U", "G", "1")])
    bad = ahp_weights([("U", "S", "9"), ("S", "G", "9"), ("G", "U", "9")])
    rows = [
        LocalWeights("A", "K1", "ahp", good.weights, good),
        LocalWeights("B", "K1", "ahp", bad.weights, bad),
    ]
    tree = Tree(GROUPS, kept=dict.fromkeys("USGABC", 1.0))
    with pytest.raises(MethodError) as refused:
        join(rows, {"A": 1, "B": 1}, tree)
    assert "B K1, CR" in refused.value.sentence()
    assert "A K1, CR" not in refused.value.sentence()
    found = join(rows, {"A": 1, "B": 1}, tree, Joining(acknowledged="sudah dibahas"))
    assert found.consistency["accepted"].tolist() == [True, False]


def test_weights_nobody_kept_are_shared_alike():
    tree = Tree(GROUPS, kept=dict.fromkeys("USGABC", 0.0))
    found = join([local("A", "", K1=0.5, K2=0.5, K3=0.0)], {"A": 1.0}, tree)
    assert found.percent == pytest.approx(
        {"U": 16.67, "S": 16.67, "G": 16.66, "A": 25, "B": 25, "C": 0}
    )
