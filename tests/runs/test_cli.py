"""The `ksd` command as a person and as a script meets it."""

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from ksd_toolkit.cli import app
from ksd_toolkit.messages import say

from .conftest import ROOT, SAMPLE, copied_project


@pytest.fixture
def ksd(monkeypatch, tmp_path):
    """Call the command inside a throw-away copy of the sample project."""
    monkeypatch.chdir(copied_project(tmp_path))
    return lambda *words: CliRunner().invoke(app, list(words))


@pytest.fixture
def asked(monkeypatch, tmp_path, taken_in):
    """Call the command inside a throw-away copy of a project whose questionnaires are read."""
    monkeypatch.chdir(taken_in(tmp_path))
    return lambda *words: CliRunner().invoke(app, list(words))


COMMANDS = (
    "run",
    "ingest",
    "score",
    "explain",
    "partners",
    "plenary",
    "trace",
    "verify",
    "publish",
    "new",
    "prepare",
    "doctor",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command):
    shown = CliRunner().invoke(app, [command, "--help"])
    assert shown.exit_code == 0
    assert "--lang" in shown.output


def test_ingest_twice_says_nothing_changed(ksd):
    first, second = ksd("ingest", SAMPLE), ksd("ingest", SAMPLE)
    assert first.exit_code == second.exit_code == 0
    assert "tidak ada perubahan" not in first.output
    assert "tidak ada perubahan" in second.output
    assert "Baris dibaca" in second.output


def test_ingest_for_machines_balances(ksd):
    facts = json.loads(ksd("ingest", SAMPLE, "--json").output)
    rows = facts["rows"]
    assert (
        rows["read"] == rows["accepted"] + rows["quarantined"] + rows["duplicate"] + rows["blank"]
    )
    assert len(facts["inputs"]) == 27 + 1 + 10  # offices, TKKSD, CSV tables
    assert {"code", "file", "cell", "message_id", "message_en"} <= facts["problems"][0].keys()


def test_explain_names_the_cells(asked):
    shown = asked("explain", SAMPLE, "dinkes-01")
    assert shown.exit_code == 0
    assert "DINKES-01" in shown.output
    assert "Dinas Kesehatan.xlsx" in shown.output
    facts = json.loads(asked("explain", SAMPLE, "DINKES-01", "--json").output)
    assert {"file", "sheet", "cell"} <= facts["cells"][0].keys()


def test_explain_sets_an_usulan_against_another(asked):
    shown = asked("explain", SAMPLE, "dinkes-01", "--against", "dinkes-02")
    assert shown.exit_code == 0
    assert "DINKES-01" in shown.output
    assert "DINKES-02" in shown.output
    facts = json.loads(
        asked("explain", SAMPLE, "DINKES-01", "--against", "DINKES-02", "--json").output
    )
    assert {facts["upper"], facts["lower"]} == {"DINKES-01", "DINKES-02"}
    assert facts["explanation"] in shown.output.replace("\n", " ")
    assert len(facts["points"]) == 16


def test_an_usulan_is_not_set_against_itself(asked):
    shown = asked("explain", SAMPLE, "DINKES-01", "--against", "DINKES-01")
    assert shown.exit_code == 1
    assert "DINKES-01" in shown.output


def test_explain_suggests_near_ids(asked):
    shown = asked("explain", SAMPLE, "DINKES-99")
    assert shown.exit_code == 1
    assert "DINKES-0" in shown.output


def test_score_speaks_both_languages(asked):
    assert "Peringkat" in asked("score", SAMPLE, "--rows", "3").output
    assert "Rank" in asked("score", SAMPLE, "--rows", "3", "--lang", "en").output


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("run", "hulu-sungai/2026"), "hulu-sungai-selatan/2026"),
        (("run", "63.06"), "wilayah/periode"),
        (("score", "hulu-sungai-selatan/1999"), "Yang ada"),
        (("new", "Tanah Lau", "2027"), "Tanah Laut"),
        (("new", "Tanah Laut", "dua ribu"), "Periode"),
        (("publish", SAMPLE), "belum pernah dijalankan"),
    ],
)
def test_mistakes_become_sentences(ksd, words, expected):
    shown = ksd(*words)
    assert shown.exit_code == 1
    assert expected in shown.output
    assert "Traceback" not in shown.output


def test_a_notebook_never_run_is_told_before_anything_is_read_or_written(ksd, tmp_path):
    notebooks = tmp_path / "out" / "notebooks"
    notebooks.mkdir(parents=True)
    (notebooks / "01_prepare.ipynb").write_text("{}", "utf-8")
    shown = ksd("publish", SAMPLE, "--out", str(tmp_path / "out"))
    assert shown.exit_code == 1
    assert "belum pernah dijalankan" in shown.output
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["notebooks"]
    assert not (tmp_path / ".ksd").exists()


def test_a_new_dossier_is_ready_to_hand_out_and_says_what_is_next(ksd, tmp_path):
    made = ksd("new", "Tanah Laut", "2027")
    assert made.exit_code == 0, made.output
    folder = tmp_path / "data" / "tanah-laut" / "2027"
    assert (folder / "dossier.toml").is_file()
    assert list((folder / "formulir").glob("*.xlsx"))
    assert "ksd run tanah-laut/2027" in made.output
    empty = ksd("run", "tanah-laut/2027")
    assert empty.exit_code == 1
    assert "Belum ada jawaban" in empty.output
    again = ksd("new", "Tanah Laut", "2027")
    assert again.exit_code == 1
    assert "sudah ada" in again.output


def test_doctor_names_the_command_that_mends(ksd, tmp_path):
    assert ksd("doctor").exit_code == 0
    (tmp_path / "data" / "hulu-sungai-selatan" / "2026" / "opd.csv").unlink()
    ill = ksd("doctor")
    assert ill.exit_code == 1
    assert "opd.csv" in ill.output
    assert "->" in ill.output


@pytest.mark.usefixtures("empty_forms")
def test_outside_a_project_doctor_tells_how_to_get_there_and_new_says_that_it_makes_one(
    monkeypatch, tmp_path
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KSD_HOME", raising=False)
    ill = CliRunner().invoke(app, ["doctor"])
    assert ill.exit_code == 1
    assert "-> cd FOLDER_PROYEK, atau export KSD_HOME=" in ill.output
    said = say("cli.new_project", folder=tmp_path.as_posix())
    first, second = (CliRunner().invoke(app, ["new", "Tapin", y]) for y in ("2027", "2028"))
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert said in first.output
    assert said not in second.output


def test_a_damaged_register_is_a_sentence_and_doctor_knows_the_way_out(asked, tmp_path):
    store = tmp_path / ".ksd" / "hulu-sungai-selatan"
    for path in store.glob("register.sqlite*"):
        path.write_bytes(b"no database at all" * 400)
    broken = asked("ingest", SAMPLE)
    assert broken.exit_code == 1
    assert "Register" in broken.output
    assert "rm .ksd/hulu-sungai-selatan/register.sqlite" in asked("doctor").output


def test_the_module_is_the_command():
    shown = subprocess.run(
        [sys.executable, "-m", "ksd_toolkit", "--help"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert shown.returncode == 0
    assert "run" in shown.stdout


def test_importing_the_toolkit_is_cheap():
    code = "import sys, ksd_toolkit; print(sorted({'pandas', 'matplotlib', 'papermill'} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
