"""`ksd plenary --form` tells every fault of the roster while there is time to mend it."""

import json
import sys
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from ksd_toolkit.cli import app
from tests.scoring.conftest import NAME

plenary_command = sys.modules["ksd_toolkit.cli.plenary"]  # its function has the module's name
HEAD = "penilai,jabatan,instansi,peran,suara,nama\n"
BROKEN = HEAD + (
    "TKKSD-1,Sekretaris Daerah,Sekretariat Daerah,tamu,mungkin,Pejabat Rahasia Satu\n"
    "TKKSD-1,Kepala Dinas,Dinas Kesehatan,anggota,ya,\n"
    ",Kepala Dinas,Dinas Sosial,anggota,ya,\n"
)
FAULTS = [
    ("plenary.roster_role", "D2"),
    ("plenary.roster_vote", "E2"),
    ("plenary.roster_twice", "A3"),
    ("plenary.roster_blank", "A4"),
]


@pytest.fixture
def ksd(monkeypatch, room):
    monkeypatch.setattr(plenary_command, "ranking_of", lambda *_: room.ranking)
    monkeypatch.chdir(room.ranking.register.dossier.root)
    return lambda *words: CliRunner().invoke(app, ["plenary", NAME, "--form", *words])


def test_every_fault_is_told_with_its_cell_and_the_form_is_there(ksd, room):
    room.write(BROKEN, "anggota_tkksd.csv")
    told = ksd()
    assert told.exit_code == 2, told.output
    assert all(f" {cell} " in told.stdout and code in told.stdout for code, cell in FAULTS)
    assert "(4 masalah)" in told.stdout
    assert "Rahasia" not in told.output
    assert openpyxl.load_workbook(Path("data", NAME, "pleno.xlsx"))["Hadir"] is not None


def test_machines_are_told_the_same_in_both_languages(ksd, room):
    room.write(BROKEN, "anggota_tkksd.csv")
    facts = json.loads(ksd("--json").stdout)
    assert [(one["code"], one["cell"]) for one in facts["problems"]] == FAULTS
    assert all(one["message_id"] != one["message_en"] for one in facts["problems"])
    assert facts["exit_code"] == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "plenary.no_roster"),
        (b"", "file.empty"),
        (b"PK\x03\x04\x00\x00", ""),
        (b"a,b\n1,2\n", "sheet.no_header"),
        (HEAD.encode(), "plenary.roster_empty"),
    ],
)
def test_a_roster_that_cannot_be_read_is_a_sentence(ksd, room, content, code):
    path = room.folder / "anggota_tkksd.csv"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    facts = json.loads(ksd("--json").stdout)
    assert len(facts["problems"]) == 1
    assert code in facts["problems"][0]["code"]
    assert ksd().exit_code == 2


def test_a_sound_roster_is_not_spoken_of(ksd):
    told = ksd()
    assert told.exit_code == 0, told.output
    assert "masalah" not in told.stdout
