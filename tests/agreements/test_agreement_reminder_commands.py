"""`ksd agreements status`, `explain`, `remind` and `calendar`: what the secretariat sees, and what machines read."""

import json

import pytest
from icalendar import Calendar
from typer.testing import CliRunner

from ksd_toolkit.cli import app
from tests.small_project import NAME, new_project, office_book

HEAD = (
    "no_dok,judul,jenis_dok,jenis_ksd,mitra_nama,opd_kode,tgl_ttd,mulai,berakhir,status,induk_no\n"
)
ROWS = (
    "KB-1,Payung [red]x[/red],KB,KSDPK,PT Satu,DINKES,2026-01-05,2026-01-05,2030-12-31,berlaku,\n"
    "PKS-1,Layanan,PKS,KSDPK,PT Satu,DINKES,2026-02-02,2026-02-02,2026-09-30,berlaku,KB-1\n"
    "PKS-2,Tanpa payung,PKS,KSDPK,PT Dua,DISDIK,2026-02-02,2026-02-02,2027-06-30,berlaku,\n"
)  # fmt: skip
STAGES = (
    "no_dok,tahap,tanggal\nPKS-1,penyusunan_pks,2026-01-20\nPKS-1,penandatanganan_pks,2026-02-02\n"
)


@pytest.fixture
def project(tmp_path, monkeypatch):
    made = new_project(tmp_path)
    (made.folder / "naskah.csv").write_text(HEAD + ROWS, "utf-8")
    (made.folder / "tahapan.csv").write_text(STAGES, "utf-8")
    monkeypatch.chdir(made.home)
    return made


@pytest.fixture
def ksd(project):
    return lambda *words: CliRunner().invoke(app, ["agreements", *words])


def test_status_tells_where_every_document_stands_and_what_is_wrong(ksd):
    shown = ksd("status", NAME)
    assert shown.exit_code == 0
    assert "Penandatanganan perjanjian kerja sama" in " ".join(shown.output.split())
    rows = {row["no_dok"]: row for row in json.loads(ksd("status", NAME, "--json").output)}
    assert next(iter(rows)) == "PKS-2"  # what is to be mended comes first
    assert rows["PKS-1"]["days_left"] == 30
    assert rows["PKS-1"]["stage"] == "Penandatanganan perjanjian kerja sama (2 Februari 2026)"
    assert rows["PKS-1"]["next_code"] == "pelaksanaan"
    assert "huruf h" in rows["PKS-1"]["next_stage"]
    assert rows["PKS-2"]["problems"]


def test_explain_is_one_readable_history(ksd):
    told = ksd("explain", NAME, "pks-1", "--lang", "en").output.splitlines()
    at = told.index("History of document PKS-1:")
    assert told[at + 1].startswith("  20 January 2026  Drafting the cooperation agreement  (")
    assert told[at + 2].startswith("  2 February 2026  Signing the cooperation agreement  (")
    assert told[at + 3] == "Stage: Signing the cooperation agreement (2 February 2026)."
    assert told[at + 4].startswith("Next: Implementation (")
    assert told[at + 5].startswith("  30 September 2026 (30 days left): PKS-1 ends; DINKES (")
    assert "\n  ! " in ksd("explain", NAME, "PKS-2").output
    facts = json.loads(ksd("explain", NAME, "PKS-1", "--json").output)
    assert [one["days_left"] for one in facts["due"]] == [30]


def test_a_document_nobody_knows_is_a_sentence(ksd):
    refused = ksd("explain", NAME, "PKS-9")
    assert refused.exit_code == 1
    assert "PKS-9" in refused.stderr
    assert json.loads(ksd("explain", NAME, "PKS-9", "--json").output)["exit_code"] == 1


def test_remind_looks_as_far_as_asked(ksd):
    def numbers(*words):
        return [one["no_dok"] for one in json.loads(ksd("remind", NAME, *words, "--json").output)]

    assert numbers() == ["PKS-1"]
    assert numbers("--within", "303") == ["PKS-1", "PKS-2"]  # 30 June 2027: 30 + 273 days
    assert numbers("--within", "302") == ["PKS-1"]
    nothing = ksd("remind", NAME, "--within", "29")
    assert "dalam 29 hari sesudah 31 Agustus 2026" in nothing.output
    assert ksd("remind", NAME, "--within", "-1").exit_code != 0


def test_a_calendar_is_written_and_never_over_what_is_not_ours(ksd, tmp_path):
    told = json.loads(ksd("calendar", NAME, "--json").output)
    assert told["events"] == 3
    assert told["file"].endswith("pengingat.ics")
    mine = tmp_path / "mine.ics"
    assert "(3 due dates)" in ksd("calendar", NAME, str(mine), "--lang", "en").output
    assert len(Calendar.from_ical(mine.read_bytes()).walk("VEVENT")) == 3
    assert ksd("calendar", NAME, str(mine)).exit_code == 0  # an earlier calendar is replaced
    mine.write_bytes(b"theirs")
    refused = ksd("calendar", NAME, str(mine))
    assert refused.exit_code == 1
    assert "mine.ics sudah ada" in refused.stderr
    assert mine.read_bytes() == b"theirs"
    folder = tmp_path / "calendars"
    folder.mkdir()
    assert ksd("calendar", NAME, str(folder)).exit_code == 0
    assert (folder / "pengingat.ics").is_file()


def test_a_dossier_without_documents_says_so(project, ksd):
    for name in ("naskah.csv", "tahapan.csv"):
        (project.folder / name).unlink()
    assert "Register belum memuat naskah kerja sama." in ksd("status", NAME).output
    assert "Nothing is overdue" in ksd("remind", NAME, "--lang", "en").output
    assert json.loads(ksd("calendar", NAME, "--json").output)["events"] == 0


def test_agreements_beside_answers_are_the_same_as_alone(project, ksd):
    alone = ksd("status", NAME, "--json").output
    project.put(office_book("DINKES"), "dinkes.xlsx")
    assert json.loads(ksd("status", NAME, "--json").output) == json.loads(alone)
