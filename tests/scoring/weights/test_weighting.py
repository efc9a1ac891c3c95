"""Trees and sentences of a weighting: nested groups, nothing lost, every number in a sentence recomputed."""

import math
import re
import tomllib

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring.weights import (
    Joining,
    LocalWeights,
    Tree,
    ahp_weights,
    best_worst_weights,
    join,
    weights_of_pairs,
    weights_of_tree,
)
from ksd_toolkit.scoring.weights.method_table import method_table
from ksd_toolkit.scoring.weights.sentences import ratio_text, revisit_sentences
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


# --- what a joined weighting keeps ---------------------------------------------------------------


def weighed(*rows, members=None, kept=None, **joining):
    kept = kept or dict(zip("USGABC", (20, 20, 20, 15, 15, 10), strict=True))
    tree = Tree(GROUPS, kept=kept, labels=LABELS)
    return join(rows, members or {row.member: 1.0 for row in rows}, tree, Joining(**joining))


def test_only_nodes_of_several_criteria_are_said_to_be_kept():
    found = weighed(local("A", "", K1=0.5, K2=0.3, K3=0.2))
    assert found.kept == ("K1", "K2")
    assert found.joined["K3"] == {"C": 1.0}


def test_the_arithmetic_mean_is_used_and_named_only_where_a_nought_would_decide():
    first, second = local("A", "K2", A=1.0, B=0.0), local("B", "K2", A=0.5, B=0.5)
    found = weighed(first, second, local("A", "K1", U=0.5, S=0.25, G=0.25))
    assert found.arithmetic == ("K2",)
    assert found.joined["K2"] == pytest.approx({"A": 0.75, "B": 0.25})
    assert "Pada simpul Nama K2 (K2) ada anggota yang memberi nol" in found.explain()
    assert weighed(first).arithmetic == ()
    assert weighed(first).percent["B"] == 0
    assert weighed(second, local("C", "K2", A=0.2, B=0.8)).arithmetic == ()


def test_agreement_is_told_of_nodes_several_members_judged_and_of_nothing_else():
    rows = [local("A", "K2", A=0.75, B=0.25), local("B", "K2", A=0.7, B=0.3)]
    found = weighed(*rows, local("A", "K1", U=0.5, S=0.3, G=0.2), local("A", "K3", C=1.0),
                    local("B", "K3", C=1.0))  # fmt: skip
    assert list(found.concordance) == ["K2"]
    assert found.concordance["K2"].w == 1
    assert set(found.disagreement["node"]) == {"K2"}
    assert (
        "Keselarasan urutan 2 anggota pada Nama K2 (K2): Kendall W = 1,00 (p kira-kira 0,157)"
        in (found.explain())
    )


def test_members_who_hold_everything_equal_have_no_order_to_agree_on():
    rows = [local(member, "K2", A=0.5, B=0.5) for member in "AB"]
    assert "Keselarasan pada Nama K2 (K2) tidak dapat dihitung" in weighed(*rows).explain()


def test_the_leaves_are_compared_once_two_members_judged_every_node():
    nodes = {"": {"K1": 0.5, "K2": 0.3, "K3": 0.2}, "K1": {"U": 0.5, "S": 0.3, "G": 0.2},
             "K2": {"A": 0.6, "B": 0.4}}  # fmt: skip
    full = [local(m, node, **weights) for m in "AB" for node, weights in nodes.items()]
    assert weighed(*full).concordance[None].w == 1
    assert weighed(*full).concordance[None].objects == 6
    assert None not in weighed(*full[:-1]).concordance
    assert "pada semua kriteria: Kendall W = 1,00" in weighed(*full).explain()


def test_members_of_equal_gap_stay_in_the_order_of_the_table():
    rows = [local("B", "K2", A=0.6, B=0.4), local("A", "K2", A=0.4, B=0.6)]
    found = weighed(*rows)
    assert found.disagreement["member"].tolist() == ["B", "B", "A", "A"]
    assert found.disagreement.index.tolist() == [0, 1, 2, 3]


def test_consistency_is_told_with_its_table_its_limit_and_its_cells():
    pairs = [("U", "S", "3"), ("S", "G", "3"), ("U", "G", "5")]
    found = weights_of_pairs(
        {"": ROOT, "K1": pairs, "K2": LEAVES["K2"]}, GROUPS, "donegan_dodd", labels=LABELS
    )
    own = found.consistency.set_index("node").loc["K1"]
    assert own["ratio"] == pytest.approx(own["index"] / 0.4914)
    assert own["index"] == pytest.approx((own["lambda_max"] - 3) / 2)
    assert found.revisit.columns.tolist() == [
        "member", "node", "first", "second", "judged", "consistent", "factor"
    ]  # fmt: skip
    assert set(found.revisit["node"]) == {"K1"}
    ratio = f"{found.consistency_ratio:.3f}"
    assert f"CR is {ratio} by the random index of Donegan and Dodd (1991)" in found.explain("en")
    assert "the limit is 0.10" in found.explain("en")
    assert f"CR terbesar {ratio.replace('.', ',')}" in found.explain("id")


BAD = [("U", "S", "9"), ("S", "G", "9"), ("G", "U", "9")]


def test_a_method_table_acknowledges_with_a_reason_or_is_refused_in_both_languages():
    nodes = {"": [("K1", "K2", "9"), ("K2", "K3", "9"), ("K3", "K1", "9")], "K1": BAD,
             "K2": LEAVES["K2"]}  # fmt: skip
    with pytest.raises(MethodError) as refused:
        weights_of_pairs(nodes, GROUPS, labels=LABELS)
    said = {lang: refused.value.sentence(lang) for lang in ("id", "en")}
    assert "batas CR 0,10" in said["id"]
    assert "limit of CR 0.10" in said["en"]
    assert "antarkelompok, CR 6,838: Nama K1 (K1) terhadap Nama K2 (K2) dinilai 9" in said["id"]
    assert "Name K1 (K1), CR 6.838: Name U (U) against Name S (S) is judged 9" in said["en"]
    assert said["id"].count("dinilai") == said["en"].count("judged") == 6  # three cells a node
    assert weights_of_pairs(nodes, GROUPS, acknowledged="contoh").acknowledged == "contoh"


def test_best_worst_needs_no_acknowledgement():
    judged = best_worst_weights("A", "B", {"A": 1.0, "B": 3.0}, {"A": 3.0, "B": 1.0})
    row = LocalWeights("T", "K2", "bwm", judged.weights, judged)
    assert weighed(row, acknowledged="berjaga-jaga").acknowledged == ""
    assert "CR" not in repr(weighed(row))


def test_joined_judgements_use_the_table_and_name_no_node_they_cannot_join():
    judged = [ahp_weights(pairs) for pairs in ([("A", "B", "2")], [("A", "B", "8")])]
    rows = [
        LocalWeights(m, "K2", "ahp", one.weights, one) for m, one in zip("AB", judged, strict=True)
    ]
    found = weighed(*rows, combine="aij")
    assert found.joined["K2"] == pytest.approx({"A": 0.8, "B": 0.2})
    assert found.arithmetic == ()
    with pytest.raises(MethodError, match="K2"):
        weighed(*rows, local("C", "K2", A=0.5, B=0.5), combine="aij")
    with pytest.raises(MethodError, match="aip, aij"):
        weighed(*rows, combine="geometric")


def test_kept_weights_of_groups_below_groups_are_summed_over_their_leaves():
    kept = {"U": 10.0, "S": 20.0, "G": 20.0, "A": 50.0}
    tree = Tree({"K1": ["U"], "K1A": ["S", "G"], "K2": ["A"]}, {"K1A": "K1"}, kept)
    found = join([LocalWeights("T", "K1A", "poin", {"S": 0.25, "G": 0.75})], {"T": 1}, tree)
    assert found.percent == {"U": 10, "S": 10, "G": 30, "A": 50}
    assert found.kept == ("", "K1")


@pytest.mark.parametrize(
    ("said", "nodes", "groups"),
    [
        ("Simpul antarkelompok belum dinilai, padahal memuat beberapa kriteria: K1, K2, K3.", LEAVES, GROUPS),
        ("Simpul K1 belum dinilai, padahal memuat beberapa kriteria: U, S, G.", {"": ROOT}, GROUPS),
        ("Simpul K8, K9 tidak ada. Yang ada: kosong (akar), K1, K2, K3.", {"K8": [], "K9": []}, GROUPS),
        ("Kelompok K2, K3 tidak memuat", {"": ROOT}, {"K1": ["U"], "K2": [], "K3": []}),
        ("Perbandingan menyebut kriteria yang tidak ada: K9.", {"": [("K1", "K9", "1")]}, GROUPS),
    ],
)  # fmt: skip
def test_a_refusal_names_what_it_is_about(said, nodes, groups):
    with pytest.raises(MethodError) as refused:
        weights_of_pairs(nodes, groups)
    assert said in refused.value.sentence("id")


# --- word for word -------------------------------------------------------------------------------

SOURCE = (
    "[Saaty, T.L. (2005) Theory and Applications of the Analytic Network Process. "
    "RWS Publications, h. 31]"
)


def test_an_explanation_reads_word_for_word_in_indonesian(weighting):
    assert weighting.explain("id").replace("\u00a0", " ") == (
        "Bobot disusun dari 2 anggota dengan pembagian 100 poin dan perbandingan berpasangan (AHP, "
        "vektor eigen), digabung dengan rata-rata geometrik tertimbang. Hasilnya: Nama U (U) 25,60 %, "
        "Nama S (S) 12,80 %, Nama G (G) 4,27 %, Nama A (A) 14,55 %, Nama B (B) 14,54 %, dan Nama C (C) "
        f"28,24 %. CR terbesar 0,000 menurut indeks acak Saaty (2005) {SOURCE}; batasnya 0,10. "
        "TKKSD-1, Nama K1 (K1): ada perbandingan yang tidak dibuat; dipakai nilai yang paling sejalan "
        "dengan yang dibuat (Nama U (U) terhadap Nama G (G) 6), sehingga CR-nya cenderung terlalu "
        "rendah. Simpul Nama K2 (K2) tidak dinilai siapa pun; pembagiannya mengikuti metode yang "
        "berlaku. Keselarasan urutan 2 anggota pada antarkelompok: Kendall W = 0,07 (p kira-kira "
        "0,867). TKKSD-2 memberi Nama K3 (K3) 60,0 % pada simpul antarkelompok, 31,8 poin di atas "
        "gabungan (28,2 %). TKKSD-2 memberi Nama K1 (K1) 20,0 % pada simpul antarkelompok, 22,7 poin "
        "di bawah gabungan (42,7 %). TKKSD-2 memberi Nama K2 (K2) 20,0 % pada simpul antarkelompok, "
        "9,1 poin di bawah gabungan (29,1 %)."
    )


def test_an_explanation_reads_word_for_word_in_english(weighting):
    assert weighting.explain("en") == (
        "The weights were made from 2 members' judgements by 100 points shared out and pairwise "
        "comparisons (AHP, eigenvector), joined by the weighted geometric mean. They are: Name U (U) "
        "25.60%, Name S (S) 12.80%, Name G (G) 4.27%, Name A (A) 14.55%, Name B (B) 14.54%, and Name C "
        f"(C) 28.24%. The largest CR is 0.000 by the random index of Saaty (2005) {SOURCE}; the limit "
        "is 0.10. TKKSD-1, Name K1 (K1): some comparisons were not made; the values that fit those "
        "made best are used (Name U (U) against Name G (G) 6), so that CR tends to be too low. Nobody "
        "judged Name K2 (K2); the shares there are those of the method in force. Agreement of 2 "
        "members on the order of the groups: Kendall W = 0.07 (p about 0.867). TKKSD-2 gives Name K3 "
        "(K3) 60.0% within the groups, 31.8 points above the joined weight (28.2%). TKKSD-2 gives Name "
        "K1 (K1) 20.0% within the groups, 22.7 points below the joined weight (42.7%). TKKSD-2 gives "
        "Name K2 (K2) 20.0% within the groups, 9.1 points below the joined weight (29.1%)."
    )


def test_the_first_sentence_says_who_judged():
    told = weights_of_pairs({"": ROOT} | LEAVES, GROUPS)
    assert told.explain().startswith(
        "Bobot disusun dari satu tabel dengan perbandingan berpasangan"
    )
    assert told.explain("en").startswith("The weights were made from one table by pairwise")
    one = weighed(local("TKKSD-7", "K2", "swing", A=0.75, B=0.25))
    assert one.explain().startswith(
        "Bobot disusun dari pertimbangan TKKSD-7 dengan ayunan (swing)."
    )
    assert one.explain("en").startswith("The weights were made from TKKSD-7's judgements by swing")


def test_the_heavier_criterion_of_a_judgement_to_revisit_is_named_first():
    revisit = pd.DataFrame(
        [("U", "S", 1 / 3, 0.5), ("S", "G", 4.0, 2.5)],
        columns=["first", "second", "judged", "consistent"],
    )
    assert revisit_sentences(revisit, LABELS, "id") == [
        "Nama S (S) terhadap Nama U (U) dinilai 3, sedangkan yang sejalan dengan perbandingan lain 2",
        "Nama S (S) terhadap Nama G (G) dinilai 4, sedangkan yang sejalan dengan perbandingan lain 2,5",
    ]
    assert revisit_sentences(revisit, LABELS, "en")[1] == (
        "Name S (S) against Name G (G) is judged 4, while 2.5 would fit the other comparisons"
    )


def test_the_method_table_is_written_word_for_word(weighting):
    text = method_table(weighting, "pleno", "baku")
    table = tomllib.loads(text)
    assert [line[:28] for line in text.splitlines()[:2]] == [
        "# Bobot dari pertimbangan an", "# Weights from the judgement"
    ]  # fmt: skip
    assert table == {
        "name": "pleno",
        "based_on": "baku",
        "title_id": "Bobot anggota TKKSD (pleno)",
        "title_en": "Weights of the TKKSD's members (pleno)",
        "note_id": "Bobot disusun dari pertimbangan 2 anggota TKKSD dengan pembagian 100 poin dan "
        "perbandingan berpasangan (AHP, vektor eigen). TKKSD menegaskan atau mengubahnya dalam Berita "
        "Acara.",
        "note_en": "The weights were made from the judgements of 2 members of the TKKSD by 100 points "
        "shared out and pairwise comparisons (AHP, eigenvector). The TKKSD confirms or changes them in "
        "its minutes.",
        "weighting": {"procedure": "poin+ahp", "random_index": "saaty", "consistency_ratio": 0.0},
        "weights": dict(weighting.percent),
    }
    assert "\nU = 25.6\n" in text


def test_a_reason_survives_whatever_stands_in_it_and_odd_codes_are_quoted():
    groups = {"K1": ["a.b", "S", "G"]}
    pairs = [("a.b", "S", "9"), ("S", "G", "9"), ("G", "a.b", "9")]
    reason = 'alasan "kami" \u2013 \\ dan \x7f \u00e9'
    found = weights_of_pairs({"K1": pairs}, groups, acknowledged=reason)
    text = method_table(found, "pleno", "baku")
    table = tomllib.loads(text)
    assert table["weighting"]["acknowledged"] == reason
    assert reason in table["note_id"]
    assert "acknowledged with the reason" in table["note_en"]
    assert table["weights"]["a.b"] == pytest.approx(33.34)
    assert "\u00e9" in text


def test_agreement_of_the_leaves_counts_only_who_judged_the_whole_tree():
    nodes = {"": {"K1": 0.5, "K2": 0.3, "K3": 0.2}, "K1": {"U": 0.5, "S": 0.3, "G": 0.2},
             "K2": {"A": 0.6, "B": 0.4}}  # fmt: skip
    full = [local(m, node, **weights) for m in "AB" for node, weights in nodes.items()]
    found = weighed(*full, local("C", "K2", A=0.6, B=0.4))
    assert found.concordance[None].judges == 2
    assert found.concordance["K2"].judges == 3


def test_kept_weights_are_shares_whatever_they_sum_to():
    kept = dict(zip("USGABC", (0.1, 0.2, 0.1, 0.1, 0.3, 0.2), strict=True))
    found = weighed(local("A", "", K1=0.5, K2=0.4, K3=0.1), kept=kept)
    assert found.percent == pytest.approx(
        {"U": 12.5, "S": 25, "G": 12.5, "A": 10, "B": 30, "C": 10}
    )
