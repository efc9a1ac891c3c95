"""`ksd register`: what the secretariat sees, in both languages and for machines."""

import json

import pytest
from typer.testing import CliRunner

from ksd_toolkit.cli.register import app
from tests.register.test_ingest import retitled
from tests.small_project import NAME


@pytest.fixture
def ksd(project, monkeypatch):
    monkeypatch.chdir(project.home)
    project.put(retitled("Judul lama"), "dinkes.xlsx")
    project.ingest()
    project.put(retitled("Judul baru"), "dinkes.xlsx")
    (project.inbox / "rusak.xlsx").write_bytes(b"PK rusak")
    project.ingest()
    return lambda *words: CliRunner().invoke(app, list(words))


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_status_names_versions_refusals_and_the_balance(ksd, lang):
    shown = ksd("status", NAME, "--lang", lang)
    assert shown.exit_code == 0
    words = {
        "id": ["Periode 2026 terbuka", "versi 2, dipakai", "versi 1, diganti", "file.damaged",
               "3 kiriman, 2 dipakai, 0 terlambat, 1 berkas ditolak", "Baris 14", "Sel "],
        "en": ["Period 2026 is open", "version 2, used", "version 1, replaced", "file.damaged",
               "3 submissions, 2 used, 0 late, 1 files refused", "Rows 14", "Cells "],
    }  # fmt: skip
    for text in words[lang]:
        assert text in shown.output


def test_the_status_for_machines_balances(ksd):
    facts = json.loads(ksd("status", NAME, "--json").output)
    assert [one["use"] for one in facts["submissions"]] == ["no", "yes", "yes"] or {
        one["use"] for one in facts["submissions"]
    } == {"no", "yes"}
    assert facts["cells_read"] == sum(facts["cells"].values())


def test_the_history_shows_what_became_of_an_answer_and_where(ksd):
    shown = ksd("history", "DINKES-01")
    assert shown.exit_code == 0
    assert "judul: Judul lama -> Judul baru  [usulan:B2 -> usulan:B2]" in shown.output
    assert "pertama kali diterima, 19 jawaban" in shown.output
    events = json.loads(ksd("history", "DINKES-01", "--dossier", NAME, "--json").output)
    assert [event["what"] for event in events] == ["first", "changed"]


def test_an_unknown_usulan_is_a_sentence(ksd):
    shown = ksd("history", "DINKES-99")
    assert shown.exit_code == 1
    assert "DINKES-99" in shown.output
    assert "Traceback" not in shown.output


def test_verify_says_intact_or_where_it_breaks(ksd, project):
    assert "Utuh" in ksd("verify", NAME).output
    kept = next((project.dossier.store / "berkas").rglob("*.xlsx"))
    kept.chmod(0o600)
    kept.write_bytes(b"lain")
    shown = ksd("verify", NAME)
    assert shown.exit_code == 1
    assert f"Berkas {kept.name[:12]} sudah berubah." in shown.output
    assert json.loads(ksd("verify", NAME, "--json").output)["files"] == [[kept.stem, "changed"]]


def test_closing_reopening_withdrawing_and_restoring_say_what_they_did(ksd):
    steps = [
        (("close", NAME), 0, "Periode 2026 ditutup."),
        (("close", NAME), 1, "sudah ditutup"),
        (("status", NAME), 0, "ditutup sejak"),
        (("reopen", NAME), 1, "--reason"),
        (("reopen", NAME, "--reason", "Surat 1"), 0, "dibuka kembali; 0 kiriman"),
        (("withdraw", NAME, "dinkes", "--reason", "Surat 2"), 0, "Jawaban DINKES tidak dipakai"),
        (("status", NAME), 0, "ditarik"),
        (("restore", NAME, "dinkes", "--reason", "Surat 3", "--lang", "en"), 0, "DINKES can be"),
        (("withdraw", NAME, "DINKE", "--reason", "x"), 1, "DINKES"),
    ]
    for words, code, text in steps:
        shown = ksd(*words)
        assert (shown.exit_code, text in shown.output) == (code, True), (words, shown.output)


def test_a_dossier_nobody_answered_is_a_sentence(tmp_path, monkeypatch):
    from tests.small_project import new_project

    monkeypatch.chdir(new_project(tmp_path).home)
    for command in ("status", "verify"):
        shown = CliRunner().invoke(app, [command, NAME])
        assert shown.exit_code == 1
        assert "Belum ada register" in shown.output
