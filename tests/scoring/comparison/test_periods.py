"""Two periods side by side: who entered, left and moved, and the exact reasons."""

import dataclasses
import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ksd_toolkit.errors import MethodError
from ksd_toolkit.scoring import score
from ksd_toolkit.scoring.comparison.period_sentences import explain_dropped, left_over, signed
from ksd_toolkit.scoring.comparison.periods import compare_periods, since_last_period
from ksd_toolkit.tables import comparison

RATED = ("U", "S", "G", "K3A", "K3C", "EKON", "POL", "TEK", "HUK")


@pytest.fixture(scope="module")
def compare(make_register, method):
    """The change between the usulan of one period and those of the next."""

    def compared(before, now, *, method_now=method, method_before=method):
        old, new = make_register(*before), make_register(*now)
        old = dataclasses.replace(old, dossier=dataclasses.replace(old.dossier, period="2025"))
        new = dataclasses.replace(new, previous=old)
        return compare_periods(score(new, method_now), method_before)

    return compared


@pytest.fixture(scope="module")
def moves(compare, proposal):
    return compare(
        [
            proposal("DINKES-01", U=3),
            proposal("DINKES-02", U=5),
            proposal("DINKES-03", kewenangan="tidak"),
            proposal("DINKES-04", U=2),
            proposal("DINKES-05", U=1),
            proposal("DINKES-06", kewenangan="tidak"),
        ],
        [
            proposal("DINKES-11", U=5, usulan_asal="DINKES-01"),
            proposal("DINKES-12", U=4, usulan_asal="DINKES-02"),
            proposal("DINKES-13", usulan_asal="DINKES-03"),
            proposal("DINKES-14", kewenangan="tidak", usulan_asal="DINKES-04"),
            proposal("DINKES-15", U=1),
            proposal("DINKES-16", U=1, usulan_asal="DINKES-99"),
            proposal("DINKES-17", kewenangan="tidak"),
        ],
    )


# --- who entered, left, moved ----------------------------------------------------------------


def test_every_usulan_of_either_period_is_told_once(moves):
    assert moves.table["movement"].to_dict() == {
        "DINKES-11": "stayed", "DINKES-12": "stayed", "DINKES-13": "entered",
        "DINKES-15": "entered", "DINKES-16": "entered", "DINKES-14": "left", "DINKES-17": "outside",
    }  # fmt: skip
    assert moves.dropped["rank"].dropna().to_dict() == {"DINKES-05": 4}
    assert moves.dropped.index.tolist() == ["DINKES-05", "DINKES-06"]
    assert repr(moves) == "PeriodChange(2025 -> 2026: 3 masuk, 2 keluar, 2 pada kedua daftar)"


def test_ranks_points_and_the_order_among_those_of_both_lists(moves):
    # U 9: a step is 2.25 points; U=3 everywhere else is 54.25 with K2A 4 and SIAP 4 of this usulan
    row = moves.table.loc["DINKES-11"]
    assert (row["rank_before"], row["rank"], row["common_before"], row["common"]) == (2, 1, 2, 1)
    assert row["change"] == 4.5
    assert (row["answers"], row["base"], row["method"]) == (4.5, 0, 0)
    assert moves.table.loc["DINKES-12", "change"] == -2.25


def test_the_sentence_of_each_kind(moves):
    points = moves.table.loc["DINKES-11", ["points_before", "points"]].tolist()
    assert moves.explain("dinkes-11", "en") == (
        f'DINKES-11 "Layanan bersama" rose from rank 2 (of 4) in 2025 to 1 (of 5); points '
        f"{points[0]:.2f} to {points[1]:.2f}, {moves.now.method.class_label('III', 'en')} still. "
        "Among those in both lists (2): from rank 2 to 1. "
        "The change of its points +4.50: answers +4.50 (Urgency from 3 to 5: +4.50)."
    )
    assert "turun dari peringkat 1" in moves.explain("DINKES-12", "id")
    assert "belum diperingkat karena" in moves.explain("DINKES-13", "id")
    left = moves.explain("DINKES-14", "id")
    assert left.startswith('DINKES-14 "Layanan bersama" keluar dari daftar (peringkat 3 pada 2025)')
    assert "PP 28/2018" in left or "UU 23/2014" in left
    assert moves.explain("DINKES-15", "id").endswith("di peringkat 4: usulan baru.")
    assert "dari DINKES-99, yang tidak dikenal" in moves.explain("DINKES-16", "id")
    assert "tidak ada pada daftar ini maupun daftar 2025" in moves.explain("DINKES-17", "id")
    assert moves.explain("DINKES-05", "id").endswith(
        "(peringkat 4 pada 2025): tidak diajukan lagi."
    )
    assert "pun tidak diperingkat" in moves.explain("DINKES-06", "id")


def test_an_id_used_again_is_another_usulan(compare, proposal):
    change = compare([proposal(U=5)], [proposal(U=1)])
    assert change.table.loc["DINKES-01", ["status", "movement"]].tolist() == ["baru", "entered"]
    assert change.dropped.index.tolist() == ["DINKES-01"]
    assert "usulan baru" in change.explain("DINKES-01", "id")
    assert "tidak diajukan lagi" in explain_dropped(change, "DINKES-01", "id")


def test_two_that_go_on_from_one_both_stay(compare, proposal):
    change = compare(
        [proposal()],
        [proposal(name, usulan_asal="DINKES-01") for name in ("DINKES-02", "DINKES-03")],
    )
    assert change.table["movement"].tolist() == ["stayed", "stayed"]
    assert change.table["common"].tolist() == [1, 1]


def test_no_period_before_is_no_comparison(rank, proposal):
    assert compare_periods(rank(proposal())) is None


def test_an_unknown_usulan_is_a_sentence(moves):
    with pytest.raises(MethodError, match="DINKES-77"):
        moves.explain("DINKES-77")
    with pytest.raises(MethodError, match="tidak termasuk"):
        explain_dropped(moves, "DINKES-01", "id")


# --- why -------------------------------------------------------------------------------------


def test_what_is_answered_now_is_told_apart_from_what_is_answered_otherwise(compare, proposal):
    change = compare(
        [proposal(U=None, S=3)], [proposal("DINKES-02", U=5, S=4, usulan_asal="DINKES-01")]
    )
    rows = change.split.set_index(["cause", "criterion"])
    before, now = (
        math.fsum(ranking.contributions.loc[usulan].dropna())
        for ranking, usulan in ((change.before, "DINKES-01"), (change.now, "DINKES-02"))
    )
    # S is one step of 9 in a base of 91; then U lifts by 9 % of what 100 lies above the score
    assert rows.at[("answers", "S"), "points"] == pytest.approx(9 * 25 / 91, abs=1e-12)
    middle = before + 9 * 25 / 91
    assert rows.at[("base", "U"), "points"] == pytest.approx(9 * (100 - middle) / 100, abs=1e-12)
    assert rows["points"].sum() == pytest.approx(now - before, abs=1e-12)
    assert "keterjawaban" in change.explain("DINKES-02", "id")
    assert "Urgensi dari belum ada menjadi 5" in change.explain("DINKES-02", "id")


def test_other_weights_are_told_with_what_they_were(compare, proposal, method):
    heavier = method.replace(weights={"U": 12, "HUK": 0})
    change = compare(
        [proposal(U=5)], [proposal("DINKES-02", U=5, usulan_asal="DINKES-01")], method_now=heavier
    )
    row = change.table.loc["DINKES-02"]
    # 3 points of weight from HUK (50) to U (100)
    assert (row["answers"], row["base"]) == (0, 0)
    assert row["method"] == pytest.approx(1.5, abs=1e-12)
    assert "Urgensi dari bobot 9 menjadi bobot 12" in change.explain("DINKES-02", "id")


def test_nothing_changed_is_said(compare, proposal):
    change = compare([proposal()], [proposal("DINKES-02", usulan_asal="DINKES-01")])
    assert change.split.empty
    assert change.explain("DINKES-02", "id").endswith("bobotnya tidak berubah.")


def test_net_flows_are_not_taken_apart(compare, proposal, method):
    flows = method.replace(aggregation="promethee")
    change = compare(
        [proposal(U=5)], [proposal("DINKES-02", U=4, usulan_asal="DINKES-01")],
        method_now=flows, method_before=flows,
    )  # fmt: skip
    assert change.split.empty
    assert change.table[["answers", "base", "method"]].isna().all(axis=None)
    assert "tidak diurai" in change.explain("DINKES-02", "id")


def test_a_geometric_score_is_taken_apart_as_well(compare, proposal, method):
    change = compare(
        [proposal(U=5)], [proposal("DINKES-02", U=4, S=None, usulan_asal="DINKES-01")],
        method_now=method.replace(aggregation="geometric"),
    )  # fmt: skip
    row = change.table.loc["DINKES-02"]
    parts = row["answers"] + row["base"] + row["method"]
    assert parts == pytest.approx(row["change"], abs=0.01 + 1e-9)
    assert row["answers"] < 0
    assert "seluruh cara menghitung: " in change.explain("DINKES-02", "id")


def test_an_answer_that_no_longer_applies_leaves_the_base(compare, proposal):
    change = compare(
        [proposal(EKON=5)], [proposal("DINKES-02", EKON="TB", usulan_asal="DINKES-01")]
    )
    row = change.table.loc["DINKES-02"]
    assert row["base"] < 0
    assert row["answers"] == row["method"] == 0


LEVEL = st.one_of(st.none(), st.integers(1, 5))


@settings(deadline=None, max_examples=20)
@given(st.tuples(*[LEVEL] * 9), st.tuples(*[LEVEL] * 9), st.integers(0, 9))
def test_the_parts_add_up_to_the_change_of_the_score(compare, proposal, method, old, new, shift):
    weights = {"U": 9 - shift, "EKON": 8 + shift}
    change = compare(
        [proposal(**dict(zip(RATED, old, strict=True)))],
        [proposal("DINKES-02", usulan_asal="DINKES-01", **dict(zip(RATED, new, strict=True)))],
        method_now=method.replace(weights=weights),
    )
    row = change.table.loc["DINKES-02"]
    now = math.fsum(change.now.contributions.loc["DINKES-02"].dropna())
    before = math.fsum(change.before.contributions.loc["DINKES-01"].dropna())
    parts = [row["answers"], row["base"], row["method"]]
    assert math.fsum(parts) == pytest.approx(now - before, abs=1e-9)
    assert change.split["points"].sum() == pytest.approx(now - before, abs=1e-9)


# --- what is printed adds up -----------------------------------------------------------------


def test_what_rounding_leaves_is_printed():
    assert left_over(2.62, [2.625], 2) == -0.01
    assert left_over(-0.12, [-0.125], 2) == 0.01
    assert left_over(3.0, [1.0, 2.0], 2) == 0


@pytest.mark.parametrize(
    ("points", "text"), [(1.5, "+1,50"), (-1.5, "\u22121,50"), (0.001, "0,00"), (0.0, "0,00")]
)
def test_points_have_a_sign_unless_they_are_none(points, text):
    assert signed(points, 2, "id") == text


def test_the_samples_printed_parts_add_up_and_are_those_of_the_table(sample_ranking):
    change = compare_periods(sample_ranking)
    stayed = change.table[change.table["movement"] == "stayed"]
    assert len(stayed) > 1
    for usulan, row in stayed.iterrows():
        told = change.explain(usulan, "en").partition("The change of its points ")[2]
        total, _, parts = told.replace("\u2212", "-").partition(": ")
        assert float(total) == row["change"]
        printed = re.findall(r"([a-z ]+) ([+-]?\d+\.\d\d)", re.sub(r" \([^()]*\)", "", parts))
        assert sum(float(points) for _, points in printed) == pytest.approx(row["change"], abs=1e-9)
        columns = {"answers": "answers", "what is answered": "base"}
        for name, points in printed:
            if name.strip() in columns:
                exact = row[columns[name.strip()]]
                assert float(points) == pytest.approx(exact, abs=0.005 + 1e-9)


def test_every_usulan_of_the_sample_has_its_sentence(sample_ranking):
    change = compare_periods(sample_ranking)
    for usulan in [*change.table.index, *change.dropped.index]:
        for lang in ("id", "en"):
            assert not re.search(r"\bnan\b|<NA>", change.explain(usulan, lang))


def test_what_raises_or_caps_a_class_is_told_with_it(compare, proposal):
    high = dict.fromkeys(RATED, 5) | {"usulan_asal": "DINKES-01"}
    change = compare([proposal(**{**high, "usulan_asal": None})], [
        proposal("DINKES-02", manfaat_mitra=None, **high)
    ])  # fmt: skip
    assert change.table.loc["DINKES-02", ["class_before", "class_name"]].tolist() == ["I", "II"]
    assert "kini Prioritas II, dibatasi karena manfaat bagi mitra belum diketahui" in (
        change.explain("DINKES-02", "id")
    )


def test_a_paper_goes_on_where_the_period_before_cannot_be_ranked(make_register, proposal, method):
    old = make_register(proposal(kewenangan="tidak"))
    now = score(dataclasses.replace(make_register(proposal()), previous=old), method)
    with pytest.raises(MethodError):
        compare_periods(now)
    assert since_last_period(now) is None
    assert "periode sebelumnya" in str(comparison.moves(None).blocks[0])
