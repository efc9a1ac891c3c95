"""The command killed at any moment, and eight at once: every file is in whole and once, or not at all."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time

import pytest

from tests.small_project import NAME, Project, new_project, office_book

KILLS = int(os.environ.get("KSD_KILLS", "12"))
ROUNDS = int(os.environ.get("KSD_ROUNDS", "1"))
OFFICES = 30
ACTIVE = "SELECT kind, sender, file, sha256, active FROM submission ORDER BY 1, 2, 3, 4"
ANSWERS = (
    "SELECT s.sender, a.table_name, a.row_key, a.field, a.raw, a.state, a.sheet, a.cell FROM answer a"
    " JOIN submission s ON s.id = a.submission_id ORDER BY 1, 2, 3, 4"
)
PERSONAL = ("ppksd", "nama", "nip", "kontak")  # keyed by a secret of the project's own

pytestmark = pytest.mark.slow


def many_offices(home) -> Project:
    project = new_project(home)
    codes = [f"OPD{number:02d}" for number in range(OFFICES)]
    lines = ["opd_kode,opd_nama,urusan", *(f"{code},Dinas {code},1.02" for code in codes)]
    (project.folder / "opd.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for code in codes:
        project.put(office_book(code, usulan=8), f"{code.lower()}.xlsx")
    return project


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    """What a run nobody disturbed leaves behind."""
    project = many_offices(tmp_path_factory.mktemp("clean"))
    ended = ksd_ingest(project).wait()
    assert ended == 0
    return project


def ksd_ingest(project: Project) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "ksd_toolkit", "ingest", NAME],
        cwd=project.home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def answers(project: Project) -> list[tuple[object, ...]]:
    return [row for row in project.rows(ANSWERS) if not str(row[3]).startswith(PERSONAL[0])]


def same_as(project: Project, clean: Project) -> None:
    assert project.rows(ACTIVE) == clean.rows(ACTIVE)
    assert answers(project) == answers(clean)
    assert project.rows("PRAGMA integrity_check") == [("ok",)]
    assert project.rows("PRAGMA foreign_key_check") == []


def test_a_kill_at_any_moment_leaves_whole_files_and_the_next_run_completes(clean, tmp_path):
    project = Project(tmp_path / "killed")
    shutil.copytree(clean.home / "data", project.home / "data")
    whole = {}
    for row in answers(clean):
        whole.setdefault(row[0], []).append(row)
    chance = random.Random(20260831)  # noqa: S311  no secret
    landed = []
    for _ in range(KILLS):
        shutil.rmtree(project.home / ".ksd", ignore_errors=True)
        process = ksd_ingest(project)
        time.sleep(chance.uniform(0.3, 1.6))
        process.send_signal(signal.SIGKILL)
        process.wait()
        if project.database.exists():
            held = {}
            for row in answers(project):
                held.setdefault(row[0], []).append(row)
            assert all(whole[sender] == rows for sender, rows in held.items())
            landed.append(len(held))
        assert ksd_ingest(project).wait() == 0
        same_as(project, clean)
    assert any(0 < number < OFFICES for number in landed) or len(landed) < KILLS // 2


@pytest.mark.parametrize("number", range(ROUNDS))
def test_eight_processes_at_once_lose_nothing_and_double_nothing(clean, tmp_path, number):
    project = Project(tmp_path / "eight")
    shutil.copytree(clean.home / "data", project.home / "data")
    processes = [ksd_ingest(project) for _ in range(8)]
    assert [process.wait(timeout=180) for process in processes] == [0] * 8
    same_as(project, clean)
