"""`bobot.csv`: every way to judge, members of different weight, and everything wrong told at once."""

import math

import numpy as np
import pytest

from ksd_toolkit.errors import InputError, MethodError
from ksd_toolkit.scoring import load_method
from ksd_toolkit.scoring.weights import Joining, read_weighting
from tests.small_project import new_project

HEAD = "anggota,bobot_anggota,cara,simpul,kriteria,pembanding,nilai\n"
GROUPS = ("K1", "K2", "K3", "K4", "K5")


@pytest.fixture
def weigh(tmp_path):
    """The weighting a table of judgements gives under the standard method."""
    project = new_project(tmp_path)

    def weighed(*lines, head=HEAD, **joining):
        text = head + "\n".join(lines) + "\n"
        (project.folder / "bobot.csv").write_text(text, encoding="utf-8")
        return read_weighting(project.dossier, load_method(), Joining(**joining))

    return weighed


def points(member, *figures, node="", codes=GROUPS, procedure="poin", weight=""):
    return [
        f"{member},{weight},{procedure},{node},{code},,{figure}"
        for code, figure in zip(codes, figures, strict=True)
    ]


def pairs(member, *judged, node="", procedure="ahp"):
    return [
        f'{member},,{procedure},{node},{first},{second},"{ratio}"'
        for first, second, ratio in (one.split() for one in judged)
    ]


# --- what a table gives --------------------------------------------------------------------------


def test_points_between_groups_are_divided_below_as_the_method_divides_them(weigh):
    found = weigh(*points("TKKSD-1", 40, 20, 20, 10, 10))
    assert found.percent["U"] == pytest.approx(40 * 9 / 25)
    assert found.percent["EKON"] == pytest.approx(10 * 8 / 25)
    assert math.fsum(found.percent.values()) == 100
    assert found.kept == GROUPS
    assert "tidak dinilai siapa pun" in found.explain()


def test_pairs_with_commas_fractions_and_an_apostrophe(weigh):
    found = weigh(*pairs("TKKSD-1", "U S 0,5", "S G '4/1", "G U 1/2", node="K1"))
    assert found.joined["K1"] == pytest.approx({"U": 2 / 7, "S": 4 / 7, "G": 1 / 7})
    assert found.kept == ("", *GROUPS[1:])
    assert found.percent["S"] == pytest.approx(25 * 4 / 7, abs=0.005)


def test_best_and_worst_are_known_by_what_is_compared(weigh):
    rows = pairs("TKKSD-1", "G S 2", "G U 8", "S U 5", node="K1", procedure="bwm")
    found = weigh(*rows)
    assert found.joined["K1"] == pytest.approx({"U": 1 / 14, "S": 9 / 28, "G": 17 / 28})
    assert found.consistency_ratio is None
    assert found.consistency.loc[0, "index"] == pytest.approx(1 / 28)


def test_an_order_and_swings(weigh):
    found = weigh(
        *points("TKKSD-1", 1, 2, 3, node="K1", codes="USG", procedure="urutan"),
        *points("TKKSD-2", 100, 60, 40, node="K3", codes=("K3A", "K3B", "K3C"), procedure="swing"),
    )
    assert found.joined["K1"] == pytest.approx({"U": 11 / 18, "S": 5 / 18, "G": 2 / 18})
    assert found.joined["K3"] == pytest.approx({"K3A": 0.5, "K3B": 0.3, "K3C": 0.2})
    assert found.procedure == "urutan+swing"


def test_members_count_by_their_weight(weigh):
    """40 and 10 joined 2 to 1: 40^(2/3) 10^(1/3), over the sum of all such means."""
    found = weigh(
        *points("TKKSD-1", 40, 30, 10, 10, 10, weight="2"),
        *points("TKKSD-2", 10, 30, 20, 20, 20, weight="1"),
    )
    means = [40 ** (2 / 3) * 10 ** (1 / 3), 30, *[10 ** (2 / 3) * 20 ** (1 / 3)] * 3]
    expected = {code: mean / sum(means) for code, mean in zip(GROUPS, means, strict=True)}
    assert found.joined[""] == pytest.approx(expected)
    assert found.members == pytest.approx({"TKKSD-1": 2 / 3, "TKKSD-2": 1 / 3})
    worst = found.disagreements("id").iloc[0]
    assert (worst["member"], worst["criterion"]) == ("TKKSD-2", "K1")
    assert worst["difference"] == pytest.approx(0.10 - expected["K1"])
    assert worst["sentence"].startswith("TKKSD-2 memberi Urgensi (K1) 10,0")
    assert found.concordance[""].judges == 2
    assert None not in found.concordance  # nobody judged the leaves


def test_blank_judgements_are_comparisons_not_made(weigh):
    found = weigh(*pairs("TKKSD-1", "U S 3", "S G 3", node="K1"), "TKKSD-1,,ahp,K1,U,G,")
    assert found.joined["K1"] == pytest.approx({"U": 9 / 13, "S": 3 / 13, "G": 1 / 13})


def test_codes_are_known_in_any_letter_case(weigh):
    found = weigh("TKKSD-1,,AHP,k2,k2a,k2b,3")
    assert found.joined["K2"] == pytest.approx({"K2A": 0.75, "K2B": 0.25})


def test_joined_judgements_and_joined_priorities_are_both_offered(weigh):
    rows = [
        *pairs("TKKSD-1", "U S 2", "S G 3", "U G 4", node="K1"),
        *pairs("TKKSD-2", "U S 1", "S G 2", "U G 3", node="K1"),
    ]
    aip, aij = weigh(*rows), weigh(*rows, combine="aij")
    assert (aip.combine, aij.combine) == ("aip", "aij")
    assert aij.joined["K1"] == pytest.approx(aip.joined["K1"], abs=0.01)
    assert "(AIJ)" in aij.explain("en")
    with pytest.raises(MethodError, match="AIJ"):
        weigh(*rows, *points("TKKSD-3", 50, 30, 20, node="K1", codes="USG"), combine="aij")


def test_who_judged_the_whole_tree_is_compared_leaf_by_leaf(weigh):
    leaves = {
        "K1": "USG", "K2": ("K2A", "K2B"), "K3": ("K3A", "K3B", "K3C"),
        "K4": ("EKON", "POL", "TEK", "HUK", "RISK"), "K5": ("SAMA", "MITRA", "SIAP"),
    }  # fmt: skip
    rows = [
        row
        for member in ("TKKSD-1", "TKKSD-2")
        for node, codes in {"": GROUPS, **leaves}.items()
        for row in points(
            member, *range(1, len(codes) + 1), node=node, codes=codes, procedure="urutan"
        )
    ]
    found = weigh(*rows)
    assert found.concordance[None].w == 1
    assert found.concordance[None].objects == 16
    assert found.kept == ()


# --- inconsistent judgements ---------------------------------------------------------------------

CIRCLE = pairs("TKKSD-1", "U S 3", "S G 3", "G U 3", node="K1")


def test_inconsistent_judgements_are_refused_with_the_cells_in_words(weigh):
    with pytest.raises(MethodError) as refused:
        weigh(*CIRCLE)
    said = refused.value.sentence("id")
    assert "TKKSD-1 Urgensi (K1), CR 1,282" in said
    assert "Urgensi (U) terhadap Keseriusan (S) dinilai 3" in said
    assert "Seriousness (S)" in refused.value.sentence("en")


def test_inconsistent_judgements_are_used_with_the_reason_why(weigh):
    found = weigh(*CIRCLE, acknowledged=" Pleno menerimanya ")
    assert found.acknowledged == "Pleno menerimanya"
    assert not found.consistency.loc[0, "accepted"]
    assert "diakui dengan alasan: Pleno menerimanya" in found.explain()
    assert found.consistency_ratio == pytest.approx(1.2820512)


def test_a_reason_nobody_needed_is_not_printed(weigh):
    found = weigh(*points("TKKSD-1", 20, 20, 20, 20, 20), acknowledged="berjaga-jaga")
    assert found.acknowledged == ""


def test_the_random_index_used_is_named(weigh):
    rows = pairs("TKKSD-1", "U S 2", "S G 2", "U G 5", node="K1")
    ratios = {
        table: weigh(*rows, random_index=table).consistency_ratio
        for table in ("saaty", "donegan_dodd")
    }
    assert ratios["saaty"] * 0.52 == pytest.approx(ratios["donegan_dodd"] * 0.4914)
    assert "Donegan" in weigh(*rows, random_index="donegan_dodd").explain()


# --- what is wrong in a table --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "cell", "rows"),
    [
        ("no_member", "A2", [",,ahp,K1,U,S,3"]),
        ("member_weight", "B2", ["T,x,ahp,K1,U,S,3"]),
        ("member_weight", "B2", ["T,0,ahp,K1,U,S,3"]),
        ("member_weights", "B3", ["T,1,ahp,K2,K2A,K2B,3", "T,2,ahp,K1,U,S,3", "T,1,ahp,K1,S,G,1"]),
        ("procedure", "C2", ["T,,saaty,K1,U,S,3"]),
        ("node", "D2", ["T,,ahp,K9,U,S,3"]),
        ("criterion", "E2", ["T,,ahp,K1,EKON,S,3"]),
        ("criterion", "F2", ["T,,ahp,K1,U,,3"]),
        ("no_pair", "F2", ["T,,poin,K1,U,S,3"]),
        ("own_pair", "F2", ["T,,ahp,K1,U,U,3"]),
        ("number", "G2", ["T,,ahp,K1,U,S,tiga"]),
        ("negative", "G2", ["T,,poin,K1,U,,-5"]),
        ("negative", "G2", ["T,,urutan,K1,U,,-1"]),
        ("number", "G2", ["T,,urutan,K1,U,,1/2"]),
        ("dated", "G2", ["T,,ahp,K1,U,S,01-Mar"]),
        ("dated", "G2", ["T,,ahp,K1,U,S,Jan-03"]),
        ("dated", "G2", ["T,,ahp,K1,U,S,2026-03-01"]),
        ("dated", "G2", ["T,,ahp,K1,U,S,01/03/2026"]),
        ("range", "G2", ["T,,ahp,K1,U,S,10"]),
        ("range", "G2", ["T,,ahp,K1,U,S,1/10"]),
        ("range", "G2", ["T,,bwm,K1,U,S,1/2"]),
        ("two_procedures", "C3", ["T,,ahp,K1,U,S,3", "T,,bwm,K1,S,G,3"]),
        ("repeated", "E3", ["T,,ahp,K2,K2A,K2B,3", "T,,ahp,K2,K2B,K2A,1/3"]),
        ("repeated", "E4", ["T,,poin,K2,K2A,,30", "T,,poin,K2,K2B,,70", "T,,poin,K2,K2A,,30"]),
        ("missing", "G2", ["T,,poin,K2,K2A,,100"]),
        ("missing", "G2", ["T,,poin,K2,K2A,,100", "T,,poin,K2,K2B,,"]),
        ("judgement", "G2", ["T,,poin,K2,K2A,,50", "T,,poin,K2,K2B,,45"]),
        ("judgement", "G2", ["T,,swing,K2,K2A,,50", "T,,swing,K2,K2B,,45"]),
        ("judgement", "G2", ["T,,ahp,K1,U,S,3"]),
        ("judgement", "G2", ["T,,bwm,K1,U,S,3"]),
        ("judgement", "G2", ["T,,urutan,K2,K2A,,0", "T,,urutan,K2,K2B,,1"]),
    ],
)
def test_a_row_that_cannot_be_used_is_told_with_its_cell(weigh, code, cell, rows):
    with pytest.raises(InputError) as refused:
        weigh(*rows)
    told = [(problem.code, problem.where.cell) for problem in refused.value.problems]
    assert told == [(f"weights.{code}", cell)]
    for lang in ("id", "en"):
        assert refused.value.problems[0].sentence(lang).startswith(f"bobot.csv [{cell}]: ")


def test_points_that_do_not_add_up_say_what_is_missing_in_both_languages(weigh):
    with pytest.raises(InputError) as refused:
        weigh("T,,poin,K2,K2A,,50", "T,,poin,K2,K2B,,45")
    problem = refused.value.problems[0]
    assert "kurang 5,00 dari 100" in problem.text("id")
    assert "5.00 short of 100" in problem.text("en")


def test_a_figure_of_the_wrong_sign_is_said_to_be_one(weigh):
    with pytest.raises(InputError) as refused:
        weigh("T,,poin,K2,K2A,,-20", "T,,ahp,K1,U,S,-3", "T,,ahp,K1,S,G,0", "T,,poin,K2,K2B,,x/3")
    told = [(problem.code, problem.where.cell) for problem in refused.value.problems]
    assert told == [
        ("weights.negative", "G2"),
        ("weights.not_positive", "G3"),
        ("weights.not_positive", "G4"),
        ("weights.number", "G5"),
    ]
    assert "tidak boleh kurang dari nol" in refused.value.problems[0].text("id")


def test_points_may_be_fractions(weigh):
    found = weigh(*(f"T,,poin,K1,{code},,100/3" for code in "USG"))
    assert found.joined["K1"] == pytest.approx(dict.fromkeys("USG", 1 / 3))


def test_everything_wrong_is_told_at_once_and_nothing_twice(weigh):
    with pytest.raises(InputError) as refused:
        weigh(
            *points("TKKSD-1", 40, "x", 20, 10, 10),
            "TKKSD-1,,ahp,K2,K2A,K2C,3",
            *points("TKKSD-2", 40, 20, 20, 10, 5),
            "TKKSD-3,,poin,K1,U,,100",
        )
    told = [(problem.code, problem.where.cell) for problem in refused.value.problems]
    assert told == [
        ("weights.number", "G3"),
        ("weights.criterion", "F7"),
        ("weights.judgement", "G8"),
        ("weights.missing", "G13"),
    ]


def test_a_table_that_lies_nowhere_or_says_nothing_is_named(weigh, tmp_path):
    project = new_project(tmp_path / "empty")
    with pytest.raises(MethodError, match=r"bobot\.csv"):
        read_weighting(project.dossier, load_method())
    with pytest.raises(MethodError, match=r"bobot\.csv"):
        weigh("TKKSD-1,,ahp,K1,U,S,")
    with pytest.raises(InputError) as refused:
        weigh("TKKSD-1,3", head="anggota,nilai\n")
    assert refused.value.problems[0].code == "sheet.no_header"


def test_comparisons_best_worst_does_not_know_are_not_dropped(weigh):
    rows = pairs(
        "T", "EKON POL 2", "EKON TEK 3", "EKON HUK 4", "EKON RISK 8", "POL RISK 4", "TEK RISK 3",
        "HUK RISK 2", "POL TEK 2", node="K4", procedure="bwm",
    )  # fmt: skip
    with pytest.raises(InputError) as refused:
        weigh(*rows)
    said = refused.value.problems[0].text("id")
    assert "Perbandingan POL : TEK tidak dipakai" in said
    assert "yang terbaik EKON, yang terburuk RISK" in said
    assert weigh(*rows[:-1]).joined["K4"]["EKON"] > 0.4


# --- percents ------------------------------------------------------------------------------------


def test_percents_sum_to_a_hundred_by_the_largest_remainder(weigh):
    found = weigh(*points("T", 100, 100, 100, node="K1", codes="USG", procedure="swing"))
    assert found.joined["K1"] == pytest.approx({"U": 1 / 3, "S": 1 / 3, "G": 1 / 3})
    assert [found.percent[code] for code in "USG"] == [8.34, 8.33, 8.33]
    assert math.fsum(found.percent.values()) == 100


def test_the_weights_make_a_valid_method(weigh):
    found = weigh(*points("T", 37.7, 22.3, 20, 10, 10))
    method = load_method().replace(weights=found.percent)
    np.testing.assert_allclose(list(method.weights.values()), list(found.percent.values()))


@pytest.mark.parametrize(
    ("row", "kept"),
    [("ahp,K2,K2A,K2B,9", 0.9), ("ahp,K2,K2A,K2B,1/9", 0.1), ("bwm,K2,K2A,K2B,9", 0.9)],
)
def test_the_ends_of_the_scale_are_on_it(weigh, row, kept):
    assert weigh(f"T,,{row}").joined["K2"]["K2A"] == pytest.approx(kept)


def test_two_criteria_of_equal_weight_are_no_best_and_worst_contradiction(weigh):
    assert weigh("T,,bwm,K2,K2A,K2B,1").joined["K2"] == pytest.approx({"K2A": 0.5, "K2B": 0.5})


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("T,,bwm,K1,U,S,1/2", "skala 1 sampai 9"),
        ("T,,ahp,K1,U,S,1/12", "skala 1/9 sampai 9"),
        ("T,,,K1,U,S,3", 'Cara "-" tidak dikenal. Tulis salah satu dari: poin, swing, urutan'),
        ("T,,saaty,K1,U,S,3", 'Cara "saaty" tidak dikenal'),
        ("T,,ahp,K9,U,S,3", 'Simpul "K9" tidak ada'),
        (
            "T,,ahp,K1,,S,3",
            '"-" tidak dibandingkan pada simpul ini. Tulis salah satu dari: U, S, G',
        ),
        ("T,,ahp,K1,EKON,S,3", '"EKON" tidak dibandingkan'),
        ("T,,ahp,K1,U,U,3", "U dibandingkan dengan dirinya sendiri"),
        ("T,,poin,K1,U,S,3", "cara poin tidak membandingkan"),
        ("T,x,ahp,K1,U,S,3", 'Bobot anggota "x"'),
    ],
)
def test_a_problem_says_what_stands_there(weigh, row, said):
    with pytest.raises(InputError) as refused:
        weigh(row)
    assert said in refused.value.problems[0].sentence("id")


def test_a_repeated_judgement_names_the_first_one(weigh):
    with pytest.raises(InputError) as refused:
        weigh("T,,ahp,K2,K2A,K2B,3", "T,,ahp,K2,K2B,K2A,1/3")
    said = refused.value.problems[0].text("id")
    assert said == "T menilai K2B : K2A lebih dari sekali; yang pertama di bobot.csv [G2]."


def test_two_procedures_and_two_weights_are_both_named(weigh):
    with pytest.raises(InputError) as refused:
        weigh("T,1,ahp,K1,U,S,3", "T,2,poin,K1,S,,3")
    said = [problem.text("id") for problem in refused.value.problems]
    assert said[0] == "T disebut dengan dua bobot: 1 dan 2."
    assert "ahp dan poin" in said[1]


@pytest.mark.parametrize("judged", [("U S 2", "U G 3"), ("S G 2", "U G 3")])
def test_a_best_without_a_worst_is_unfinished_and_so_is_a_worst_without_a_best(weigh, judged):
    with pytest.raises(InputError) as refused:
        weigh(*pairs("T", *judged, node="K1", procedure="bwm"))
    said = refused.value.problems[0].text("id")
    assert "belum lengkap" in said
    assert "(U, S, G)" in said
