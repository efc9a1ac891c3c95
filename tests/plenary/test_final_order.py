"""The final order: the case worked by hand, what never changes, and the sentence about every usulan."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.errors import MethodError
from ksd_toolkit.plenary.final_order import placed
from ksd_toolkit.plenary.rules import unnamed
from tests.plenary.conftest import LISTED, POSTPONED, STOPPED, Room, decide, merge, move
from tests.scoring.conftest import RATED, proposal_of, quick_method, register_of, score
from tests.scoring.worked import CASES, Case


@pytest.fixture(scope="module")
def case():
    return Case(CASES / "pleno_urutan.md").tables


def recorded(rows):
    for row in rows:
        if row["ke"]:
            yield merge(row["usulan"], row["ke"])
        elif row["putusan"]:
            yield decide(row["usulan"], row["putusan"])
        else:
            yield move(row["usulan"], int(row["posisi"]))


def test_the_case_worked_by_hand(room, case):
    outcome = room.decide("".join(recorded(case["Putusan"])))
    found = [
        {"urut": str(row.final_rank), "usulan": row.Index, "hitungan": str(row.computed_rank)}
        for row in outcome.set_list.itertuples()
    ]
    assert found == case["Urutan akhir"]
    others = outcome.table[outcome.table["decision"] != "ditetapkan"]
    assert [
        {
            "usulan": row.Index,
            "putusan": row.decision,
            "hitungan": "" if pd.isna(row.computed_rank) else str(row.computed_rank),
        }
        for row in others.itertuples()
    ] == case["Tidak ditetapkan"]


def test_a_plenary_that_says_nothing_keeps_the_computed_order(room):
    outcome = room.decide("")
    assert list(outcome.set_list.index) == list(LISTED)
    assert list(outcome.set_list["final_rank"]) == list(range(1, len(LISTED) + 1))
    assert outcome.changes.empty
    assert not outcome.table["named"].any()


def test_the_computed_order_is_never_overwritten(room):
    before = room.ranking.table.copy(deep=True)
    outcome = room.decide(move("DINKES-14", 1) + decide("DINKES-01", "ditolak"))
    assert outcome.ranking is room.ranking
    pd.testing.assert_frame_equal(room.ranking.table, before)
    assert outcome.ranking.table.index[0] == "DINKES-01"


def test_everything_may_be_rejected(room):
    outcome = room.decide("".join(decide(usulan, "ditolak") for usulan in LISTED))
    assert len(outcome.set_list) == 0
    assert len(outcome.table) == len(LISTED) + 2
    assert str(outcome.table["final_rank"].dtype) == "Int64"


def test_a_place_taken_out_of_the_list_is_no_place(room):
    fourteenth = decide("DINKES-01", "ditunda") + move("DINKES-02", 14)
    assert room.refused(fourteenth) == [("position_beyond", "pindah:1")]


def test_what_the_plenary_brings_onto_the_list_may_have_a_place(room):
    both = decide(POSTPONED, "ditetapkan") + move(POSTPONED, 2)
    outcome = room.decide(both + move(STOPPED, 1, article="Perda 5 Tahun 2021 Pasal 12"))
    assert list(outcome.set_list.index)[:3] == [STOPPED, POSTPONED, "DINKES-01"]
    assert list(outcome.changes["kind"]) == ["admit", "admit"]
    assert list(outcome.changes["before"]) == ["ditunda menurut kelas", "tidak lolos gerbang G1"]


def test_a_decision_that_only_confirms_is_no_change(room):
    outcome = room.decide(decide("DINKES-01", "ditetapkan", "") + decide(STOPPED, "ditolak"))
    assert outcome.changes.empty
    assert list(outcome.table.index[outcome.table["named"]]) == ["DINKES-01", STOPPED]


def test_a_stopped_usulan_may_be_postponed_instead_of_rejected(room):
    outcome = room.decide(decide(STOPPED, "ditunda"))
    assert list(outcome.changes["kind"]) == ["postpone"]


@pytest.mark.parametrize(
    ("gate", "class_name", "decision"),
    [
        ("pass", "I", "ditetapkan"),
        ("review", "III", "ditetapkan"),
        ("warning", "*", "ditetapkan"),
        ("pass", "ditunda", "ditunda"),
        ("review", "-", "ditunda"),
        ("unanswered", "", "ditunda"),
        ("fail", "", "ditolak"),
        ("fail", "I", "ditolak"),
    ],
)
def test_what_holds_if_the_plenary_says_nothing(gate, class_name, decision):
    assert unnamed(gate, class_name)[0] == decision


# --- what holds for every order --------------------------------------------------------------


@st.composite
def moves(draw):
    order = [f"U{number}" for number in range(draw(st.integers(0, 12)))]
    chosen = draw(st.lists(st.sampled_from(order), unique=True)) if order else []
    numbers = draw(st.permutations(range(1, len(order) + 1)))
    return order, dict(zip(chosen, numbers, strict=False))


@given(moves())
def test_the_moved_stand_where_they_were_put_and_the_rest_keeps_its_order(given_moves):
    order, positions = given_moves
    final = placed(order, positions)
    assert sorted(final) == sorted(order)
    assert all(final[position - 1] == name for name, position in positions.items())
    assert [n for n in final if n not in positions] == [n for n in order if n not in positions]


# --- sentences -------------------------------------------------------------------------------


def test_every_usulan_has_its_sentence(room):
    outcome = room.decide(
        move("DINKES-04", 1, "mendesak.")
        + merge("DINKES-08", "DINKES-07", "sasaran sama")
        + decide("DINKES-14", "ditunda", "menunggu aset")
        + move(STOPPED, 13, "wajib", "PP 28/2018 4(2)-(3)")
    )
    told = {usulan: outcome.explain(usulan) for usulan in outcome.table.index}
    assert told["DINKES-04"] == (
        "DINKES-04 dipindah pleno ke urutan 1 (hitungan: peringkat 4), karena: mendesak [pleno.toml [pindah:1]]."
    )
    assert told["DINKES-01"].startswith(
        "DINKES-01 ditetapkan pada urutan 2 (hitungan: peringkat 1)"
    )
    assert (
        told["DINKES-05"]
        == "DINKES-05 ditetapkan pada urutan 5; pleno tidak mengubahnya (hitungan: peringkat 5)."
    )
    assert told["DINKES-08"] == (
        "DINKES-08 digabung ke dalam DINKES-07 (hitungan: peringkat 8), karena: sasaran sama [pleno.toml [gabung:1]]."
    )
    assert "menunggu aset" in told["DINKES-14"]
    assert told[STOPPED].startswith("DINKES-16 ditetapkan pleno pada urutan")
    assert "dasar: PP 28/2018 Pasal 4 ayat (2) dan ayat (3)" in told[STOPPED]
    assert (
        told[POSTPONED]
        == "DINKES-15 ditunda (hitungan: peringkat 15). Menurut hitungan masuk kelas Ditunda."
    )


def test_a_sentence_comes_in_english_too(room):
    outcome = room.decide("")
    assert outcome.explain(POSTPONED, "en") == (
        "DINKES-15 is postponed (computed rank 15). By its score in the class Postponed."
    )
    assert (
        outcome.explain("dinkes-01", "en")
        == "DINKES-01 is set at place 1; the plenary left it as computed (computed rank 1)."
    )
    assert "karena" not in outcome.explain(STOPPED, "en")


def test_an_article_nobody_read_is_marked_as_such(room):
    outcome = room.decide(move(STOPPED, 1, article="Perda 5 Tahun 2021 Pasal 12"))
    assert "Perda 5 Tahun 2021 Pasal 12, belum diverifikasi" in outcome.explain(STOPPED)


def test_no_sentence_about_an_usulan_that_is_not_there(room):
    outcome = room.decide("")
    with pytest.raises(MethodError):
        outcome.explain("DINKES-99")


def test_hostile_reasons_stay_text(room):
    reason = "=HYPERLINK(1) <script>alert(1)</script> {name} #let x"
    outcome = room.decide(move("DINKES-04", 1, reason))
    assert outcome.changes["reason"].iloc[0] == reason
    assert reason in outcome.explain("DINKES-04")


def test_record_and_roster_are_part_of_the_stamp(room):
    outcome = room.decide(move("DINKES-04", 1))
    names = [source.name for source in outcome.stamp.sources]
    assert names[-2:] == ["pleno.toml", "anggota_tkksd.csv"]
    again = room.decide(move("DINKES-04", 2))
    assert again.stamp.data_sha256 != outcome.stamp.data_sha256


# --- small, large and classless --------------------------------------------------------------


def ranked(at, proposals, **changes):
    """A room for other proposals than the sixteen."""
    base = at()
    register = register_of(base.ranking.register.dossier, *proposals)
    return Room(score(register, quick_method().replace(**changes)))


def test_a_single_usulan_may_be_moved_to_the_only_place_there_is(at):
    room = ranked(at, [proposal_of("DINKES-01", **dict.fromkeys(RATED, 5))])
    assert list(room.decide(move("DINKES-01", 1)).set_list.index) == ["DINKES-01"]
    assert room.refused(move("DINKES-01", 2)) == [("position_beyond", "pindah:1")]


def test_a_method_without_classes_sets_all_that_was_ranked(at):
    low = [proposal_of(f"DINKES-0{n}", **dict.fromkeys(RATED, n)) for n in (1, 2)]
    room = ranked(at, low, aggregation="promethee")
    outcome = room.decide("")
    assert set(outcome.table["decision"]) == {"ditetapkan"}
    assert outcome.explain("DINKES-01")


def test_too_few_answers_for_a_class_are_postponed_and_say_so(at):
    silent = proposal_of("DINKES-02", raters={})
    room = ranked(at, [proposal_of("DINKES-01", **dict.fromkeys(RATED, 5)), silent])
    outcome = room.decide("")
    assert outcome.table.at["DINKES-02", "decision"] == "ditunda"
    assert outcome.table.at["DINKES-02", "reason"] == "Jawaban belum cukup untuk memberi kelas"
    assert list(room.decide(move("DINKES-02", 1)).changes["before"]) == ["tanpa kelas"]


def test_tied_usulan_keep_their_printed_order_and_were_not_moved(at):
    twins = [proposal_of(f"DINKES-0{n}", **dict.fromkeys(RATED, 5)) for n in (1, 2)]
    outcome = ranked(at, twins).decide("")
    assert list(outcome.set_list["computed_rank"]) == [1, 1]
    assert list(outcome.set_list["final_rank"]) == [1, 2]
    assert "tidak mengubahnya" in outcome.explain("DINKES-02")


def test_agreed_weights_decide_the_order_others_are_moved_in(at):
    urgent = proposal_of("DINKES-01", **dict.fromkeys(RATED, 5) | {"EKON": 4})
    cheap = proposal_of("DINKES-02", **dict.fromkeys(RATED, 5) | {"U": 4})
    room = ranked(at, [urgent, cheap])
    assert list(room.decide("").set_list.index) == ["DINKES-01", "DINKES-02"]
    agreed = room.decide('[bobot]\nU = 4\nEKON = 13\nalasan = "biaya menentukan"\n')
    assert list(agreed.set_list.index) == ["DINKES-02", "DINKES-01"]
    assert list(agreed.ranking.table.index) == ["DINKES-01", "DINKES-02"]
    assert list(agreed.set_list["computed_rank"]) == [1, 2]
