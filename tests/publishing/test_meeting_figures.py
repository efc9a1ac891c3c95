"""What the figures about a plenary meeting are explained with, on a record worked out by hand."""

from types import SimpleNamespace

import pandas as pd
import pytest

from ksd_toolkit.errors import Where
from ksd_toolkit.plenary.record import Entry
from ksd_toolkit.publishing.figure_origins import Meaning
from ksd_toolkit.publishing.plenary_figures import plenary_told
from ksd_toolkit.publishing.printed_figures import PrintedFigure

ATTENDANCE = pd.DataFrame(
    [
        ("T-1", "Sekretaris Daerah", True, True, False),
        ("T-2", "Kepala Bagian Hukum", True, False, False),
        ("T-3", "Kepala Badan Keuangan", True, True, True),
        ("T-4", "Analis", False, True, False),
    ],
    columns=["member", "position", "votes", "present", "proxy"],
)
TABLE = pd.DataFrame(
    {
        "decision": ["ditetapkan", "ditunda", "ditolak", "ditolak"],
        "source": ["", "pleno.toml [putusan:1]", "", "pleno.toml [putusan:2]"],
    },
    index=["A-01", "A-02", "B-01", "B-02"],
)
CHANGES = pd.DataFrame(
    {
        "kind": ["weight", "postpone", "reject"],
        "subject": ["U", "A-02", "B-02"],
        "source": ["pleno.toml [bobot:U]", "pleno.toml [putusan:1]", "pleno.toml [putusan:2]"],
    }
)
USULAN = pd.DataFrame(
    {
        "usulan_id": ["A-01", "A-02", "B-01", "B-02"],
        "rpjmd_ref": [None, "hal. 3", None, None],
        "rkpd_ref": [None, None, "hal. 9", None],
        "renstra_ref": [None, None, None, None],
    }
)


def _entry(section, cells, cell):
    return Entry(section, Where("pleno.toml", section, cell), cells)


ENTRIES = {
    "rapat": [_entry("rapat", {"mulai": "09.00"}, "")],
    "hadir": [_entry("hadir", {"penilai": "t-1"}, "1"), _entry("hadir", {"penilai": "T-3"}, "2")],
}


@pytest.fixture
def evidence():
    quorum = SimpleNamespace(entitled=3, present=2, needed=2, rule="Lebih dari 1/2.")
    weights = pd.DataFrame({"proposed": [9.0, 8.0], "agreed": [11.0, 8.0]}, index=["U", "S"])
    criteria = [SimpleNamespace(code=one, labels={"id": one}) for one in ("U", "S")]
    outcome = SimpleNamespace(
        attendance=ATTENDANCE, quorum=quorum, table=TABLE, changes=CHANGES, weights=weights,
        set_list=TABLE[TABLE["decision"] == "ditetapkan"],
        ranking=SimpleNamespace(method=SimpleNamespace(criteria=criteria)),
    )  # fmt: skip
    record = SimpleNamespace(section=ENTRIES.__getitem__)
    return SimpleNamespace(
        lang="id", outcome=outcome, ranking=None, kept={"record": record},
        register=SimpleNamespace(usulan=USULAN),
    )  # fmt: skip


def _told(evidence, measure, text, subject="pleno/*", part=(), named=""):
    figure = PrintedFigure("P1.1", text, "", "", part=part)
    return plenary_told(figure, Meaning(measure, subject, (), (), named=named), evidence)


def test_those_present_are_named_with_their_entries_and_who_has_no_vote_is_not(evidence):
    told = _told(evidence, "quorum_present", "2")
    assert "Sekretaris Daerah dan Kepala Badan Keuangan" in told.sentence
    assert "Analis" not in told.sentence
    assert told.decided == "pleno.toml [hadir:1]; pleno.toml [hadir:2]"


def test_the_quorum_needed_says_of_how_many_and_by_which_rule(evidence):
    told = _told(evidence, "quorum_needed", "2")
    assert told.sentence.startswith("2: ")
    assert "3 anggota bersuara. Lebih dari 1/2." in told.sentence


def test_a_time_leads_to_the_record(evidence):
    told = _told(evidence, "meeting_text", "09.00", "pleno/mulai")
    assert told.sentence == "09.00: jam mulai rapat, sebagaimana ditulis pada catatan rapat pleno."
    assert told.decided == "pleno.toml [rapat]"


def test_what_was_not_set_is_divided_by_decision(evidence):
    told = _told(evidence, "other_count", "3")
    assert told.sentence.endswith("ditunda 1 dan ditolak 2.")
    assert told.counted == ("A-02", "B-01", "B-02")
    assert told.decided == "pleno.toml [putusan:1]; pleno.toml [putusan:2]"


def test_changes_count_usulan_and_weights_together(evidence):
    told = _told(evidence, "change_count", "3")
    assert told.counted == ("A-02", "B-02")
    assert told.decided.startswith("pleno.toml [bobot:U]; ")


def test_only_weights_that_differ_are_counted(evidence):
    told = _told(evidence, "weight_count", "1")
    assert "dari 2" in told.sentence
    assert told.sentence.endswith("yaitu U U.")
    assert told.decided == "pleno.toml [bobot:U]"


def test_the_number_of_a_change_leads_to_its_own_entry(evidence):
    told = _told(evidence, "change_number", "2", "usulan/A-02", part=(2, 1), named="A-02")
    assert told.decided == "pleno.toml [putusan:1]"


def test_a_member_the_record_does_not_name_leads_to_the_roster(evidence):
    told = _told(evidence, "attendance_number", "2", "", part=(2, 1), named="Kepala Bagian Hukum")
    assert told.decided == "anggota_tkksd.csv [T-2]"


def test_what_no_plan_names_is_counted_among_the_list_of_the_paper_alone(evidence):
    told = _told(evidence, "unplanned_count", "1")
    assert told.sentence.endswith("yaitu A-01.")
    assert {row for _, row, _ in told.cells} == {"A-01"}


@pytest.mark.parametrize("measure", ["quorum_present", "other_count", "change_count"])
def test_before_a_plenary_nothing_is_said_of_it(evidence, measure):
    evidence.outcome, evidence.kept = None, {}
    assert _told(evidence, measure, "2") is None


def test_a_list_to_sign_before_a_plenary_numbers_blank_lines(evidence):
    evidence.outcome, evidence.kept = None, {}
    told = _told(evidence, "attendance_number", "2", "", part=(2, 1))
    assert told.sentence == "2: nomor baris kosong untuk tanda tangan; rapat pleno belum dicatat."
