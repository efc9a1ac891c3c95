"""A file that cannot be used gives one sentence and never stops the others."""

import contextlib
import json
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from ksd_toolkit.cli import app
from ksd_toolkit.questionnaire import Submission, gate, read_workbook
from tests.questionnaire.bad_files import BAD_FILES
from tests.small_project import NAME, new_project, office_book

GOOD = {"kuesioner/dinkes.xlsx", "kuesioner/disdik.xlsx"}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_named_once_with_its_remedy_and_the_others_are_read(project, name):
    make, code = BAD_FILES[name]
    make(project.inbox / name)
    intake = project.ingest()

    assert {file.file for file in intake.files if file.outcome == "new"} == GOOD
    assert [file.file for file in intake.refused] == [f"kuesioner/{name}"]
    found = [problem for problem in intake.problems if name in str(problem.where)]
    assert [problem.code for problem in found] == [code]
    for lang in ("id", "en"):
        line = found[0].sentence(lang)
        assert line.startswith(f"kuesioner/{name}")
        assert found[0].remedy(lang) in line
        assert "\n" not in line
        assert "{" not in line


def test_a_far_cell_is_named(project):
    make, _ = BAD_FILES["sel jauh.xlsx"]
    make(project.inbox / "x.xlsx")
    (problem,) = [p for p in project.ingest().problems if p.where.file.endswith("x.xlsx")]
    assert "XFD1048576" in problem.text("id")


def test_a_lock_file_is_passed_over_and_said_to_be_harmless(project):
    (project.inbox / "~$dinkes.xlsx").write_bytes(b"lock")
    intake = project.ingest()
    assert {file.file for file in intake.files} == GOOD
    (lock,) = [problem for problem in intake.problems if problem.code == "file.lock"]
    assert (lock.severity, lock.where.file) == ("info", "kuesioner/~$dinkes.xlsx")
    assert intake.count("error") == 0


def test_a_file_that_may_not_be_read_does_not_stop_the_others(project, monkeypatch):
    real = type(project.inbox).open

    def refuse(path, *args, **kwargs):
        if path.name == "disdik.xlsx":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *args, **kwargs)

    monkeypatch.setattr(type(project.inbox), "open", refuse)
    intake = project.ingest()
    outcomes = {file.file: file.outcome for file in intake.files}
    assert outcomes == {"kuesioner/dinkes.xlsx": "new", "kuesioner/disdik.xlsx": "refused"}


@pytest.mark.parametrize(
    ("limit", "code"),
    [
        ("MAX_FILE_BYTES", "file.too_large"),
        ("MAX_UNZIPPED_BYTES", "file.bomb"),
        ("MAX_CELLS", "file.too_many_cells"),
        ("MAX_ROW", "file.cell_out_of_bounds"),
        ("MAX_COLUMN", "file.cell_out_of_bounds"),
        ("MAX_SHEETS", "file.too_many_sheets"),
    ],
)
def test_every_limit_holds(project, monkeypatch, limit, code):
    monkeypatch.setattr(gate, limit, 2)
    assert gate.refuse(project.inbox / "dinkes.xlsx", "x").code == code


def test_every_good_file_passes_the_gate(project):
    assert gate.refuse(project.inbox / "dinkes.xlsx", "x") is None


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    project = new_project(tmp_path_factory.mktemp("office"))
    return project, project.put(office_book("DINKES"), "dinkes.xlsx").read_bytes()


@given(st.integers(0, 2**32), st.sampled_from([1, 3, 30]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_random_damage_never_raises(office, seed, places):
    project, content = office
    chance = random.Random(seed)  # noqa: S311  no secret
    damaged = bytearray(content)
    for _ in range(places):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    path = project.folder / "damaged.xlsx"
    path.write_bytes(damaged)
    understood = read_workbook(path, project.dossier)
    if not isinstance(understood, Submission):
        assert understood.code.startswith("file.")


# --- through the command --------------------------------------------------------------------


def ksd_ingest(project, *options):
    """What the command says and ends with; a mistake of ours ends the test."""
    with contextlib.chdir(project.home):
        return CliRunner().invoke(app, ["ingest", NAME, *options], catch_exceptions=False)


def test_the_command_reads_what_it_can_and_names_the_rest(project):
    for name, (make, _) in BAD_FILES.items():
        make(project.inbox / name)
    for lang, remedy in (("id", "Minta pengirim"), ("en", "sender")):
        shown = ksd_ingest(project, "--lang", lang)
        assert shown.exit_code == 2, shown.stderr
        assert "Traceback" not in shown.stdout + shown.stderr
        lines = shown.stdout.splitlines()
        for name in BAD_FILES:
            assert len([line for line in lines if f"kuesioner/{name}" in line]) == 1, name
        assert remedy in shown.stdout


def test_the_command_ends_with_1_when_nothing_is_usable(tmp_path):
    project = new_project(tmp_path)
    for name in ("terpotong.xlsx", "kosong.xlsx", "sel jauh.xlsx"):
        BAD_FILES[name][0](project.inbox / name)
    shown = ksd_ingest(project, "--json")
    assert shown.exit_code == 1, shown.stderr
    assert "Traceback" not in shown.stdout + shown.stderr
    errors = [p for p in json.loads(shown.stdout)["problems"] if p["severity"] == "error"]
    assert {problem["code"] for problem in errors} == {
        "file.damaged", "file.empty", "file.cell_out_of_bounds",
    }  # fmt: skip
