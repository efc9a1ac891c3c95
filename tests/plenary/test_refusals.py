"""What a record is refused for: every place at once, none for the sake of another."""

import pytest

from ksd_toolkit.errors import PlenaryError
from ksd_toolkit.scoring import method_names
from tests.plenary.conftest import LISTED, MEETING, POSTPONED, STOPPED, decide, merge, move

TEN_MOVES = [
    ("DINKES-05", 1), ("DINKES-06", 2), ("DINKES-09", 4), ("DINKES-10", 5), ("DINKES-01", 7),
    ("DINKES-02", 8), ("DINKES-11", 9), ("DINKES-12", 10),
]  # fmt: skip


def scripted(*, mended: bool) -> str:
    """Ten moves, two without a reason and one of an unknown usulan; a merge; a failed gate passed."""
    moves = "".join(move(*one) for one in TEN_MOVES[:6])
    bare = "".join(move(*one, reason="mendesak" if mended else "") for one in TEN_MOVES[6:])
    others = move("DINKES-13", 3) + move("DINKES-14" if mended else "DINKES-41", 11)
    passed = decide(STOPPED, "ditetapkan", article="PP 28/2018 4(2)-(3)" if mended else "")
    return moves + bare + others + merge("DINKES-08", "DINKES-07") + passed


def test_the_scripted_plenary_is_refused_in_exactly_its_four_places(room):
    assert room.refused(scripted(mended=False)) == [
        ("no_reason", "pindah:7"),
        ("no_reason", "pindah:8"),
        ("unknown_usulan", "pindah:10"),
        ("no_article", "putusan:1"),
    ]


def test_corrected_it_is_accepted_and_every_row_tells_where_it_comes_from(room):
    outcome = room.decide(scripted(mended=True))
    set_list = list(outcome.set_list.index)
    assert set_list[:5] == ["DINKES-05", "DINKES-06", "DINKES-13", "DINKES-09", "DINKES-10"]
    assert set_list[-1] == STOPPED
    assert outcome.table.at["DINKES-08", "merged_into"] == "DINKES-07"
    assert outcome.table.at[STOPPED, "article"] == "PP 28/2018 4(2)-(3)"
    assert list(outcome.changes["kind"]) == ["move"] * 10 + ["merge", "admit"]
    assert list(outcome.changes["source"])[9:] == [
        "pleno.toml [pindah:10]", "pleno.toml [gabung:1]", "pleno.toml [putusan:1]"
    ]  # fmt: skip


def test_near_ids_are_suggested(room):
    room.write(MEETING + move("DINKES-1", 1))
    with pytest.raises(PlenaryError) as refusal:
        room.read()
    assert "DINKES-01" in refusal.value.problems[0].sentence("id")


@pytest.mark.parametrize(
    ("record", "problems"),
    [
        (move("DINKES-01", 2) + move("DINKES-01", 3), [("decided_twice", "pindah:2")]),
        (
            move("DINKES-01", 2) + merge("DINKES-01", "DINKES-02"),
            [("decided_twice", "gabung:1")],
        ),
        (
            decide("DINKES-01", "ditunda") + decide("DINKES-01", "ditolak"),
            [("decided_twice", "putusan:2")],
        ),
        (
            decide("DINKES-01", "ditunda") + move("DINKES-01", 1),
            [("decided_twice", "pindah:1")],
        ),
        (move("DINKES-01", 2) + move("DINKES-02", 2), [("position_taken", "pindah:2")]),
        (move("DINKES-01", 15), [("position_beyond", "pindah:1")]),
        (move("DINKES-01", 0), [("position", "pindah:1")]),
        (move("DINKES-01", "dua"), [("position", "pindah:1")]),
        (move("", 1), [("no_usulan", "pindah:1")]),
        (merge("DINKES-01", "DINKES-01"), [("merge_itself", "gabung:1")]),
        (merge("DINKES-01", "DINKES-77"), [("unknown_usulan", "gabung:1")]),
        (merge("DINKES-01", ""), [("no_usulan", "gabung:1")]),
        (
            merge("DINKES-01", "DINKES-02") + merge("DINKES-02", "DINKES-03"),
            [("merge_merged", "gabung:1")],
        ),
        (
            merge("DINKES-01", "DINKES-02") + merge("DINKES-02", "DINKES-01"),
            [("merge_circle", "gabung:1")],
        ),
        (
            merge("DINKES-01", "DINKES-02") + decide("DINKES-02", "ditolak"),
            [("merge_unset", "gabung:1")],
        ),
        (merge("DINKES-01", POSTPONED), [("merge_unset", "gabung:1")]),
        (decide("DINKES-01", "setuju"), [("unknown_decision", "putusan:1")]),
        (decide("DINKES-01", "digabung"), [("unknown_decision", "putusan:1")]),
        (decide("DINKES-01", ""), [("nothing_decided", "putusan:1")]),
        (decide("DINKES-01", "ditolak", ""), [("no_reason", "putusan:1")]),
        (merge("DINKES-01", "DINKES-02", ""), [("no_reason", "gabung:1")]),
        (move(STOPPED, 1), [("no_article", "pindah:1")]),
        (merge(STOPPED, "DINKES-01"), [("no_article", "gabung:1")]),
        (
            decide(STOPPED, "ditetapkan", article="sesuai aturan"),
            [("bad_article", "putusan:1")],
        ),
        (
            decide("DINKES-02", "ditnda") + merge("DINKES-01", "DINKES-02"),
            [("unknown_decision", "putusan:1")],
        ),
        (
            decide(POSTPONED, "ditetapkn") + merge("DINKES-01", POSTPONED) + move("DINKES-14", 14),
            [("unknown_decision", "putusan:1")],
        ),
        (
            decide("DINKES-02", "ditunda")
            + decide("DINKES-02", "ditetapkan")
            + move("DINKES-03", 14),
            [("decided_twice", "putusan:2")],
        ),
        (
            decide(STOPPED, "ditetapkan") + move(STOPPED, 1),
            [("no_article", "putusan:1")],
        ),
    ],
)
def test_one_slip_is_told_once(room, record, problems):
    assert room.refused(record) == problems


@pytest.mark.parametrize(
    ("record", "problems"),
    [
        ("[[pinda]]\nusulan = 1\n", [("unknown_section", "pinda:")]),
        ('[[pindah]]\nusulan = "DINKES-01"\nposisi = 1\nalasn = "x"\n', [("unknown_key", "pindah:1")]),
        ('[[pindah]]\nusulan = ["DINKES-01", 3]\n', [
            ("not_plain", "pindah:1"), ("no_usulan", "pindah:1"), ("position", "pindah:1"),
            ("no_reason", "pindah:1"),
        ]),
        ("[pindah]\nx = 1\n", [("section_shape", "pindah:")]),
        ("pindah = [1, 2]\n", [("section_shape", "pindah:1"), ("section_shape", "pindah:2")]),
    ],
)  # fmt: skip
def test_a_record_that_is_written_otherwise_is_told_how(room, record, problems):
    first, _, rest = MEETING.partition("[rapat]")
    if record.startswith("pindah"):
        assert room.refused("", record + first + "[rapat]" + rest) == problems
    else:
        assert room.refused(record) == problems


@pytest.mark.parametrize(
    "content",
    [b"[[[", b"\xff\xfe", b"a = " + b"[" * 50_000, b"a = " + b"9" * 5_000, b"\0", b"[rapat]\ntanggal = 2026-13-45"],
)  # fmt: skip
def test_a_file_that_is_no_toml_ends_in_one_sentence(room, content):
    (room.folder / "pleno.toml").write_bytes(content)
    with pytest.raises(PlenaryError) as refusal:
        room.read()
    assert [problem.code for problem in refusal.value.problems] == ["plenary.toml"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html></html>", b"\0" * 600])
def test_a_workbook_that_is_none_ends_in_one_sentence(room, content):
    (room.folder / "pleno.xlsx").write_bytes(content)
    with pytest.raises(PlenaryError) as refusal:
        room.read()
    (problem,) = refusal.value.problems
    assert problem.code.startswith(("file.", "plenary.no_sheet"))


def test_two_records_are_one_clear_error(room):
    room.write(MEETING)
    room.write("x", "pleno.xlsx")
    with pytest.raises(PlenaryError) as refusal:
        room.read()
    assert [problem.code for problem in refusal.value.problems] == ["plenary.two_records"]


def test_an_usulan_may_be_called_by_the_key_of_the_questionnaire(room):
    outcome = room.decide(
        '[[gabung]]\nusulan_id = "DINKES-08"\ngabung_ke = "dinkes-07"\nalasan = "x"\n'
    )
    assert outcome.table.at["DINKES-08", "merged_into"] == "DINKES-07"
    both = '[[pindah]]\nusulan = "DINKES-01"\nusulan_id = "DINKES-02"\nposisi = 1\nalasan = "x"\n'
    assert room.refused(both) == [("unknown_key", "pindah:1")]


def test_without_a_record_there_is_no_outcome(room):
    assert room.read() is None


def test_a_method_that_is_called_pleno_is_no_record(room):
    room.write('name = "pleno"\nbased_on = "baku"\n')
    assert room.read() is None


def test_a_record_is_no_method(room):
    room.write(MEETING)
    assert method_names(room.folder) == method_names()
    room.write('name = "pleno"\nbased_on = "baku"\n')
    assert method_names(room.folder) == [*method_names(), "pleno"]


def test_everything_wrong_in_a_long_record_is_told_at_once(room):
    record = "".join(move(usulan, 99, "") for usulan in LISTED)
    assert len(room.refused(record)) == 2 * len(LISTED)
