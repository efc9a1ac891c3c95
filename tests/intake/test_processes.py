"""The command killed at any moment, and eight at once: every file is in whole and once, or not at all."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from tests.processes import all_ended, kill_group, started
from tests.small_project import NAME, Project, new_project, office_book

KILLS = int(os.environ.get("KSD_KILLS", "4"))
ROUNDS = int(os.environ.get("KSD_ROUNDS", "1"))
OFFICES = 12
AT_ONCE = 8
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
    process = ksd_ingest(project, stderr=subprocess.PIPE)
    _, errors = process.communicate()
    assert process.returncode == 0, errors.decode()
    return project


def ksd_ingest(project: Project, stderr=subprocess.DEVNULL) -> "subprocess.Popen[bytes]":
    return started(
        [sys.executable, "-m", "ksd_toolkit", "ingest", NAME],
        cwd=project.home, stdout=subprocess.DEVNULL, stderr=stderr,
    )  # fmt: skip


def answers(project: Project) -> list[tuple[object, ...]]:
    return [row for row in project.rows(ANSWERS) if not str(row[3]).startswith(PERSONAL[0])]


def same_as(project: Project, clean: Project) -> None:
    assert project.rows(ACTIVE) == clean.rows(ACTIVE)
    assert answers(project) == answers(clean)
    assert project.rows("PRAGMA integrity_check") == [("ok",)]
    assert project.rows("PRAGMA foreign_key_check") == []


def files_in(project: Project) -> int:
    """How many files are in so far; none while there is no register."""
    if not project.database.exists():
        return 0
    with closing(sqlite3.connect(f"file:{project.database}?mode=ro", uri=True)) as connection:
        return int(connection.execute("SELECT count(*) FROM submission").fetchone()[0])


def kill_when(process, project: Project, files: int, pause: float) -> None:
    """Kill a process a moment after so many files are in, or not at all where it is faster than we look."""
    while process.poll() is None and files_in(project) < files:
        time.sleep(0.002)
    time.sleep(pause)
    kill_group(process)
    process.wait()


def test_a_kill_at_any_moment_leaves_whole_files_and_the_next_run_completes(clean, tmp_path):
    project = Project(tmp_path / "killed")
    shutil.copytree(clean.home / "data", project.home / "data")
    whole = {}
    for row in answers(clean):
        whole.setdefault(row[0], []).append(row)
    chance = random.Random(20260831)  # noqa: S311  no secret
    landed = []
    for number in range(KILLS):
        shutil.rmtree(project.home / ".ksd", ignore_errors=True)
        process = ksd_ingest(project)
        kill_when(process, project, number % OFFICES, chance.uniform(0, 0.04))
        assert process.returncode in {0, -signal.SIGKILL}
        held = {}
        if project.database.exists():
            for row in answers(project):
                held.setdefault(row[0], []).append(row)
            assert all(whole[sender] == rows for sender, rows in held.items())
        landed.append(len(held))
        assert all_ended([ksd_ingest(project)]) == [0]
        same_as(project, clean)
    assert any(0 < files < OFFICES for files in landed)


@pytest.mark.parametrize("number", range(ROUNDS))
def test_eight_processes_at_once_lose_nothing_and_double_nothing(clean, tmp_path, number):
    project = Project(tmp_path / "eight")
    shutil.copytree(clean.home / "data", project.home / "data")
    assert all_ended([ksd_ingest(project) for _ in range(AT_ONCE)]) == [0] * AT_ONCE
    same_as(project, clean)
