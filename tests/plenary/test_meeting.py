"""Attendance, quorum, dates and weights of a plenary, and that nobody's name leaves the roster."""

import pytest

from ksd_toolkit.errors import PlenaryError
from ksd_toolkit.plenary.rules import Share
from tests.plenary.conftest import MEETING, ROSTER, decide, move

NAME = "Rahasia"


def meeting(*lines: str, present: tuple[str, ...] = ("TKKSD-1", "TKKSD-2")) -> str:
    attended = "".join(f'[[hadir]]\npenilai = "{one}"\n' for one in present)
    return "\n".join(("[rapat]", *(lines or ("tanggal = 2026-08-27",)), attended))


# --- quorum ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("share", "entitled", "needed"),
    [
        (Share(1, 2, more_than=True), 8, 5),
        (Share(1, 2, more_than=True), 9, 5),
        (Share(1, 2, more_than=False), 8, 4),
        (Share(2, 3, more_than=False), 9, 6),
        (Share(2, 3, more_than=False), 10, 7),
        (Share(1, 1, more_than=False), 4, 4),
        (Share(1, 2, more_than=True), 0, 1),
    ],
)
def test_how_many_are_enough(share, entitled, needed):
    assert share.needed(entitled) == needed


def test_only_members_with_a_vote_count(room):
    outcome = room.decide("")
    assert (outcome.quorum.entitled, outcome.quorum.present, outcome.quorum.needed) == (3, 2, 2)
    one_voter = meeting(present=("TKKSD-1", "TKKSD-4"))
    assert room.refused("", one_voter) == [("no_quorum", "hadir")]


def test_a_proxy_counts_and_is_told(room):
    proxy = '[[hadir]]\npenilai = "tkksd-3"\nhadir = "diwakili"\nketerangan = "Sekretaris Dinas"\n'
    row = room.decide(proxy).attendance.set_index("member").loc["TKKSD-3"]
    assert (row["present"], row["proxy"], row["note"]) == (True, True, "Sekretaris Dinas")


def test_without_a_quorum_the_minutes_must_say_why_it_counts(room):
    alone = ("tanggal = 2026-08-27", 'alasan_tanpa_kuorum = "undangan kedua, tata tertib pasal 9"')
    outcome = room.decide("", meeting(*alone, present=("TKKSD-1",)))
    assert not outcome.quorum.reached
    assert outcome.quorum.excuse == "undangan kedua, tata tertib pasal 9"


def test_our_rule_is_marked_as_not_verified_and_a_dossier_may_have_its_own(room):
    assert "belum diverifikasi" in room.decide("").quorum.rule
    own = (
        "tanggal = 2026-08-27",
        'kuorum = "2/3"',
        'dasar_kuorum = "Perbup 7 Tahun 2022 Pasal 11"',
    )
    quorum = room.decide("", meeting(*own)).quorum
    assert (quorum.needed, "Perbup 7 Tahun 2022 Pasal 11" in quorum.rule) == (2, True)
    assert room.refused("", meeting(*own[:2])) == [("quorum_ground", "rapat")]
    assert room.refused("", meeting(own[0], 'kuorum = "banyak"')) == [("quorum_share", "rapat")]


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ('penilai = "TKKSD-1"', ("present_twice", "3")),
        ('penilai = "TKKSD-9"', ("unknown_member", "3")),
        ('hadir = "ya"', ("unknown_member", "3")),
        ('penilai = "TKKSD-3"\nhadir = "mungkin"', ("attendance_word", "3")),
    ],
)
def test_attendance_that_cannot_be_read_is_told_and_no_quorum_is_missed_for_it(
    room, entry, problem
):
    assert room.refused(f"[[hadir]]\n{entry}\n") == [problem]


# --- when ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        ('tempat = "x"', "no_date"),
        ('tanggal = "besok"', "date"),
        ("tanggal = 5", "date"),
    ],
)
def test_a_plenary_was_on_a_day(room, day, problem):
    assert room.refused("", meeting(day)) == [(problem, "rapat")]


def test_no_word_on_the_meeting_is_told(room):
    attended = MEETING.partition("[[hadir]]")
    assert room.refused("", attended[1] + attended[2]) == [("no_meeting", "rapat")]


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        ("2026-08-27", []),
        ('"27 Agustus 2026"', []),
        ("2026-09-01", ["plenary.date_ahead"]),
        ("2027-01-04", ["plenary.date_ahead", "plenary.date_other_year"]),
        ("2025-12-30", ["plenary.date_other_year"]),
    ],
)
def test_a_day_ahead_or_of_another_year_is_remarked_on(room, day, codes):
    outcome = room.decide("", meeting(f"tanggal = {day}"))
    assert [problem.code for problem in outcome.warnings] == codes


# --- weights ---------------------------------------------------------------------------------


def test_weights_that_were_left_alone_leave_the_ranking_alone(room):
    outcome = room.decide("[bobot]\nU = 9\n")
    assert outcome.agreed is room.ranking
    assert outcome.changes.empty


def test_a_changed_weight_ranks_anew_and_is_told_with_its_reason(room):
    outcome = room.decide('[bobot]\nU = 10\nS = 8\nalasan = "urgensi lebih penting"\n')
    assert outcome.ranking is room.ranking
    assert outcome.agreed.method.weights["U"] == 10
    rows = outcome.changes[["kind", "subject", "before", "after", "reason"]].values.tolist()
    assert rows == [
        ["weight", "U", "9", "10", "urgensi lebih penting"],
        ["weight", "S", "9", "8", "urgensi lebih penting"],
    ]
    assert list(outcome.weights.loc["U"]) == [9, 10, "urgensi lebih penting"]
    assert list(outcome.weights.loc["G"]) == [7, 7, ""]


@pytest.mark.parametrize(
    ("weights", "problems"),
    [
        ('U = 10\nalasan = "x"', [("weight_sum", "bobot")]),
        ("U = 10\nS = 8", [("weight_reason", "U"), ("weight_reason", "S")]),
        ('U = 10\nS = 8\nalasan = { U = "x" }', [("weight_reason", "S")]),
        ("X = 10", [("unknown_criterion", "X")]),
        ("U = -1", [("weight", "U")]),
        ('U = "banyak"', [("weight", "U")]),
        ("U = nan", [("weight", "U")]),
        ("U = 9\nu = 9", [("weight_twice", "u")]),
        ("U = [9]", [("not_plain", "U")]),
    ],
)
def test_weights_that_cannot_be_used_are_told(room, weights, problems):
    assert room.refused(f"[bobot]\n{weights}\n") == problems


def test_the_sum_is_shown(room):
    room.write(MEETING + '[bobot]\nU = 10.5\nalasan = "x"\n')
    with pytest.raises(PlenaryError) as refusal:
        room.read()
    assert "101,5" in refusal.value.problems[0].text("id")
    assert "101.5" in refusal.value.problems[0].text("en")


# --- roster ----------------------------------------------------------------------------------


def test_without_a_roster_no_quorum_can_be_told(room):
    (room.folder / "anggota_tkksd.csv").unlink()
    assert room.refused("") == [("no_roster", "")]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("TKKSD-1,a,b,anggota,ya,", ("roster_twice", "A6")),
        (",a,b,anggota,ya,", ("roster_blank", "A6")),
        ("TKKSD-5,a,b,tamu,ya,", ("roster_role", "D6")),
        ("TKKSD-5,a,b,anggota,mungkin,", ("roster_vote", "E6")),
    ],
)
def test_a_roster_that_contradicts_itself_is_told_with_its_cell(room, line, problem):
    room.write(ROSTER + line + "\n", "anggota_tkksd.csv")
    assert room.refused("") == [problem]


@pytest.mark.parametrize(
    ("text", "code"), [("", "file.empty"), ("a,b\n1,2\n", "sheet.no_header"), (ROSTER.partition("\n")[0] + "\n", "roster_empty")]
)  # fmt: skip
def test_a_roster_without_members_is_told(room, text, code):
    room.write(text, "anggota_tkksd.csv")
    assert room.refused("") == [(code, "")]


def test_nobody_is_named_outside_the_attendance(room):
    outcome = room.decide(decide("DINKES-01", "ditunda") + move("DINKES-03", 1))
    assert NAME not in repr(outcome) + str(outcome.stamp.to_json()) + repr(outcome.quorum)
    public = outcome.attendance.drop(columns="name").to_csv() + outcome.table.to_csv()
    assert NAME not in public
    assert NAME in outcome.attendance["name"].iloc[0]


def test_a_reason_that_names_a_person_is_refused_without_repeating_the_name(room):
    record = move("DINKES-03", 1, "permintaan pejabat  RAHASIA Dua")
    assert room.refused(record) == [("person_named", "pindah:1")]


@pytest.mark.parametrize(
    "text", ["NIP 197801152005011001", "hub. 0812-3456-7890", "a.b@instansi.go.id"]
)
def test_numbers_and_addresses_of_persons_are_refused_as_well(room, text):
    assert room.refused(move("DINKES-03", 1, text)) == [("person_named", "pindah:1")]
    room.write(ROSTER.replace("Kepala Dinas Kesehatan", text), "anggota_tkksd.csv")
    assert room.refused("") == [("person_named", "B4")]


def test_a_name_where_a_code_belongs_is_not_repeated(room):
    room.write(MEETING + '[[hadir]]\npenilai = "Pejabat Rahasia Satu"\n')
    with pytest.raises(PlenaryError) as refusal:
        room.read()
    (problem,) = refusal.value.problems
    assert problem.code == "plenary.unknown_member"
    assert NAME not in problem.sentence("id") + problem.sentence("en")
