"""`ksd register`: what the secretariat sees, in both languages and for machines."""

import json

import pytest
from typer.testing import CliRunner

from ksd_toolkit.cli import app as whole
from ksd_toolkit.cli.register import app
from tests.register.test_ingest import retitled
from tests.register.test_versions import plain, send_parts
from tests.small_project import NAME, office_book


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


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        ("id", ["versi 2, terlambat, tidak dipakai", "periode dibuka kembali", ": Surat 1",
                "jawaban DINKES ditarik, tidak dipakai: Surat 2",
                "jawaban DINKES dapat dipakai lagi: Surat 3"]),
        ("en", ["version 2, late, not used", "period is open again", ": Surat 1",
                "answers of DINKES are withdrawn, not used: Surat 2",
                "answers of DINKES can be used again: Surat 3"]),
    ],
)  # fmt: skip
def test_the_history_says_who_decided_what_and_why(project, monkeypatch, lang, lines):
    monkeypatch.chdir(project.home)
    project.ingest()
    run = CliRunner()
    run.invoke(app, ["close", NAME])
    project.put(retitled("Terlambat"), "dinkes.xlsx")
    project.ingest()
    for number, words in enumerate((["reopen", NAME], ["withdraw", NAME, "DINKES"],
                                    ["restore", NAME, "DINKES"]), 1):  # fmt: skip
        assert run.invoke(app, [*words, "--reason", f"Surat {number}"]).exit_code == 0
    shown = run.invoke(app, ["history", "DINKES-01", "--lang", lang])
    for text in lines:
        assert text in shown.output


def test_a_file_that_was_never_used_is_not_called_replaced(project, monkeypatch):
    monkeypatch.chdir(project.home)
    project.ingest()
    book = office_book("DINKES")
    book["usulan"].column_dimensions["A"].width = 50  # other bytes, the same answers
    project.put(book, "dinkes salinan.xlsx")
    plain(project, "tabel.xlsx", ("usulan",), retitled("Lain"), "2026-08-01T00:00:00Z")
    project.ingest()
    shown = CliRunner().invoke(app, ["status", NAME])
    uses = {line.split()[-1]: line for line in shown.output.splitlines() if ".xlsx" in line}
    assert "tidak dipakai" in uses["kuesioner/tabel.xlsx"]
    assert "diganti" not in shown.output
    assert "cadangan" in shown.output


# --- late, after closing, by two channels: the lines a secretariat reads ------------------------


@pytest.fixture
def printed(project, monkeypatch):
    """What `ksd ingest` and then `ksd register status` print."""
    monkeypatch.chdir(project.home)

    def both(lang="id"):
        taken = CliRunner().invoke(whole, ["ingest", NAME, "--lang", lang])
        shown = CliRunner().invoke(app, ["status", NAME, "--lang", lang])
        assert "Traceback" not in taken.output + shown.output
        return taken, [" ".join(line.split()) for line in shown.output.splitlines()]

    return both


def line_of(lines, file):
    (line,) = [line for line in lines if file in line]
    return line


@pytest.mark.parametrize(
    ("lang", "note", "line"),
    [
        ("id", "sesudah batas waktu 15 Agustus 2026", "DINKES versi 1, dipakai, terlambat"),
        ("en", "after the deadline 15 August 2026", "DINKES version 1, used, late"),
    ],
)
def test_a_late_answer_is_used_and_both_commands_say_late(project, printed, lang, note, line):
    settings = project.folder / "dossier.toml"
    told = settings.read_text("utf-8").replace("simulated", "deadline = 2026-08-15\nsimulated", 1)
    settings.write_text(told, "utf-8")
    taken, lines = printed(lang)
    assert taken.exit_code == 0
    assert note in taken.output
    assert line_of(lines, "dinkes.xlsx").startswith(line)
    assert any("2 terlambat" in one or "2 late" in one for one in lines)


def test_an_answer_after_closing_is_kept_unused_and_the_way_back_is_printed(project, printed):
    printed()
    CliRunner().invoke(app, ["close", NAME])
    project.put(retitled("Sesudah ditutup"), "dinkes.xlsx")
    taken, lines = printed()
    assert "1 berkas datang setelah periode ditutup" in taken.output
    assert "ksd register reopen" in taken.output
    told = [line for line in lines if line.startswith("DINKES")]
    assert [line.partition(" 2026")[0].partition(" 20")[0] for line in told] == [
        "DINKES versi 1, dipakai", "DINKES versi 2, terlambat, tidak dipakai",
    ]  # fmt: skip
    assert lines[0].startswith("Periode 2026 ditutup sejak")


def test_an_office_that_sent_a_workbook_and_a_table_is_told_which_is_used(project, printed):
    send_parts(project, mitra=(("mitra",), office_book("DINKES", 1)))
    project.put(retitled("Utuh"), "utuh.xlsx")
    taken, lines = printed()
    assert taken.exit_code == 2
    assert "DINKES mengirim buku kerja utuh dan tabel tersendiri" in taken.output
    assert "yang dipakai kuesioner/utuh.xlsx" in taken.output
    assert line_of(lines, "utuh.xlsx").startswith("DINKES versi 1, dipakai")
    assert line_of(lines, "mitra.xlsx").startswith("DINKES/mitra versi 1, diganti")


def test_the_columns_of_the_status_stand_below_each_other(ksd):
    lines = ksd("status", NAME).output.splitlines()
    rows = [line for line in lines if "kuesioner/" in line or "PENGIRIM" in line]
    assert len(rows) == 5
    starts = {line.index("kuesioner/" if "kuesioner/" in line else "BERKAS") for line in rows}
    assert len(starts) == 1


def test_hostile_text_does_not_reach_the_screen_as_it_is(ksd, project):
    project.put(retitled("\u009b31mMerah\u202egnirit"), "dinkes.xlsx")
    project.ingest()
    shown = ksd("history", "DINKES-01").output
    assert "Merah" in shown
    assert "\u009b" not in shown
    assert "\u202e" not in shown
