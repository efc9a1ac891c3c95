"""All faults of a record at once, in its order and at their own cells; persons by title, times by the clock."""

from datetime import time

import openpyxl
import pytest

from ksd_toolkit.errors import PlenaryError
from ksd_toolkit.plenary.meeting_times import read_time
from ksd_toolkit.plenary.named_persons import names_capacity, names_person
from ksd_toolkit.publishing.plenary_workbook import write_form
from tests.plenary.conftest import MEETING, decide, merge, move


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Budi Santoso, M.Si",
        "menurut Budi Santoso, S.E., M.M. dari universitas",
        "H. Ahmad Fauzi",
        "Budi Santoso, SE",
        "Rudi Hartono, S.STP, M.AP selaku ketua",
        "Siti Aminah, A.Md.Keb",
        "Prof.Dr.Siti Aminah",
        "ditolak oleh Pak Rahmat",
        "drg. Hj. Noor Aida",
    ],
)
def test_a_person_is_told_by_the_title(text):
    assert names_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "RSUD Brigjend H. Hasan Basry",
        "RSUD dr. H. Moch. Ansari Saleh Banjarmasin",
        "Jl. Ir. P. H. M. Noor",
        "Bapak Bupati dan Ibu Ketua PKK",
        "layanan Ibu Hamil di Ibu Kota Kabupaten",
        "Dinas Kesehatan, SE Bupati Nomor 5",
        "Pasal 4 huruf H. Ayat 2",
        "ISU-H. Pangan",
        "Sekretaris Daerah selaku Ketua TKKSD",
        "Perda 5 Tahun 2021 Pasal 12, Kandangan",
        "",
    ],
)
def test_a_place_an_office_or_a_law_is_no_person(text):
    assert not names_person(text)


@pytest.mark.parametrize("key", ["ketua", "sekretaris"])
def test_who_led_is_a_capacity_and_not_a_name(room, key):
    first, _, rest = MEETING.partition("[[hadir]]")
    named = f'{first}{key} = "Budi Santoso"\n[[hadir]]{rest}'
    assert room.refused("", named) == [("no_capacity", "rapat")]
    assert names_capacity("Plt. Sekretaris Daerah")


def test_a_titled_name_in_a_reason_is_refused_and_not_repeated(room):
    room.write(MEETING + move("DINKES-03", 1, "usul Dr. Budi Santoso, M.Si"))
    with pytest.raises(PlenaryError) as refusal:
        room.read()
    [problem] = refusal.value.problems
    assert problem.code == "plenary.person_named"
    assert "Budi" not in problem.sentence("id") + problem.sentence("en")


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("09.00", time(9)), ("9:30", time(9, 30)), ("pukul 13.05 WITA", time(13, 5)),
        ("09:00:00", time(9)), ("9", time(9)), ("jam sembilan", None), ("24.00", None),
        ("9.75", None), ("9.3", None), ("09.00 pagi", None), ("", None),
    ],
)  # fmt: skip
def test_a_time_is_hour_and_minutes(text, at):
    assert read_time(text) == at


@pytest.mark.parametrize(
    ("starts", "ends", "problems"),
    [
        ("09.00", "12.30", []),
        ("09.00", "sampai selesai", []),
        ("", "12.30", []),
        ("jam sembilan", "12.30", ["time"]),
        ("09.00", "08.30", ["time_order"]),
        ("09.00", "09.00", ["time_order"]),
        ("pagi", "siang", ["time", "time"]),
    ],
)
def test_a_meeting_ends_after_it_began(room, starts, ends, problems):
    first, _, rest = MEETING.partition("[[hadir]]")
    record = f'{first}mulai = "{starts}"\nselesai = "{ends}"\n[[hadir]]{rest}'
    if problems:
        assert [code for code, _ in room.refused("", record)] == problems
    else:
        assert room.decide("", record).minutes.starts == starts


def test_an_unknown_usulan_hides_nothing_else_of_its_entry(room):
    record = (
        move("DINKES-90", "dua", "")
        + merge("DINKES-91", "DINKES-92", "")
        + decide("DINKES-93", "setuju", "")
    )
    assert room.refused(record) == [
        ("unknown_usulan", "pindah:1"), ("position", "pindah:1"), ("no_reason", "pindah:1"),
        ("unknown_usulan", "gabung:1"), ("unknown_usulan", "gabung:1"), ("no_reason", "gabung:1"),
        ("unknown_usulan", "putusan:1"), ("unknown_decision", "putusan:1"), ("no_reason", "putusan:1"),
    ]  # fmt: skip


def test_a_second_decision_without_a_reason_is_told_as_both(room):
    record = decide("DINKES-01", "ditunda") + decide("DINKES-01", "ditolak", "")
    assert room.refused(record) == [("decided_twice", "putusan:2"), ("no_reason", "putusan:2")]


def test_a_quorum_nobody_could_have_reached_is_told_beside_an_unknown_member(room):
    nobody = MEETING.partition("[[hadir]]")[0] + '[[hadir]]\npenilai = "TKKSD-9"\n'
    assert room.refused("", nobody) == [("no_quorum", "hadir"), ("unknown_member", "1")]
    perhaps = nobody + '[[hadir]]\npenilai = "TKKSD-1"\n'
    assert room.refused("", perhaps) == [("unknown_member", "1")]


def test_faults_come_in_the_order_of_the_record(room):
    record = (
        decide("DINKES-01", "ditolak", "")
        + move("DINKES-02", 99)
        + decide("DINKES-90", "ditunda")
        + move("DINKES-03", 1, "")
    )
    assert room.refused(record) == [
        ("no_reason", "putusan:1"), ("unknown_usulan", "putusan:2"),
        ("position_beyond", "pindah:1"), ("no_reason", "pindah:2"),
    ]  # fmt: skip


def test_a_row_decided_twice_names_two_cells(room):
    write_form(room.ranking)
    book = openpyxl.load_workbook(room.folder / "pleno.xlsx")
    sheet = book["Putusan"]
    codes = {cell.value: cell.column_letter for row in sheet.iter_rows(max_row=8) for cell in row}
    row = next(cell.row for cell in sheet["A"] if cell.value == "DINKES-05")
    for code, value in {"putusan": "ditunda", "posisi": 3, "alasan": "sebab"}.items():
        sheet[f"{codes[code]}{row}"] = value
    book.save(room.folder / "pleno.xlsx")
    with pytest.raises(PlenaryError) as refusal:
        room.read()
    [twice] = [one for one in refusal.value.problems if one.code == "plenary.decided_twice"]
    assert twice.where.cell == f"{codes['posisi']}{row}"
    assert f"Putusan:{codes['putusan']}{row}" in twice.text("id")
    assert "Rapat" in {one.where.sheet for one in refusal.value.problems}  # as the form calls it
