"""Several processes, and processes that die: each file is in the register whole and once, or not at all."""

import signal
import subprocess
import sys

import pytest

from tests.processes import started
from tests.small_project import NAME, OFFICES, Project, new_project, office_book

CHILD = """\
import sys
from pathlib import Path
from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.register import ingest, submissions

dossier = open_dossier({name!r}, home=Path({home!r}))
stop_at = {stop_at!r}
inside = submissions.add_problems

def stop(connection, period, problems, submission_id=None):
    inside(connection, period, problems, submission_id)
    row = connection.execute("SELECT sender FROM submission WHERE id = ?", (submission_id,)).fetchone()
    if row and row[0] == stop_at:
        print("inside", flush=True)
        sys.stdin.readline()

submissions.add_problems = stop
print("ready", flush=True)
sys.stdin.readline()
ingest(dossier)
"""


def start(project: Project, stop_at: str = "") -> "subprocess.Popen[str]":
    """A process that ingests once it is told to, and stops inside the transaction of `stop_at`."""
    code = CHILD.format(name=NAME, home=str(project.home), stop_at=stop_at)
    return started(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def say_go(process):
    process.stdin.write("\n")
    process.stdin.flush()


def line_of(process):
    return process.stdout.readline().strip()


@pytest.fixture
def full(tmp_path):
    return filled(tmp_path / "full")


def filled(home):
    project = new_project(home)
    for code in OFFICES:
        project.put(office_book(code, usulan=30), f"{code.lower()}.xlsx")
    return project


def test_processes_at_once_lose_nothing_and_double_nothing(full, tmp_path):
    alone = filled(tmp_path / "alone")
    for path in full.inbox.iterdir():
        (alone.inbox / path.name).write_bytes(path.read_bytes())
    alone.ingest()

    processes = [start(full) for _ in range(8)]
    assert [line_of(process) for process in processes] == ["ready"] * 8
    for process in processes:
        say_go(process)
    for process in processes:
        _, errors = process.communicate()
        assert process.returncode == 0, errors
    together, expected = full.content(), alone.content()
    assert together[0] == expected[0]
    assert len(together[1]) == len(expected[1])
    assert together[2:] == expected[2:]
    key = (full.dossier.store / "kunci").read_bytes()
    assert len(key) == 32
    assert len(full.rows("SELECT DISTINCT value FROM answer WHERE field = 'ppksd_1_nama'")) == 1


def test_a_killed_process_leaves_all_or_nothing_of_a_file(full, tmp_path):
    process = start(full, stop_at="DISDIK")
    assert line_of(process) == "ready"
    say_go(process)
    assert line_of(process) == "inside"  # its answers are written, not yet committed
    process.send_signal(signal.SIGKILL)
    process.communicate()

    counts = "SELECT sender, count(*) FROM submission JOIN answer ON id = submission_id GROUP BY id"
    (done,) = full.rows(counts)
    assert done[0] == "DINKES"
    assert full.rows("SELECT count(*) FROM submission") == [(1,)]
    assert full.rows("PRAGMA integrity_check") == [("ok",)]

    intake = full.ingest()
    assert {file.sender: file.outcome for file in intake.files} == {
        "DINKES": "unchanged", "DISDIK": "new", "DISHUB": "new",
    }  # fmt: skip
    assert {number for _, number in full.rows(counts)} == {done[1]}
    whole = filled(tmp_path / "whole")
    whole.ingest()
    assert len(full.rows("SELECT * FROM answer")) == len(whole.rows("SELECT * FROM answer"))


def test_a_reader_is_not_blocked_by_a_writer(full):
    """A notebook may stand open while a file is taken in."""
    full.ingest()
    full.put(office_book("DISDIK", usulan=31), "disdik.xlsx")
    process = start(full, stop_at="DISDIK")
    assert line_of(process) == "ready"
    say_go(process)
    assert line_of(process) == "inside"
    assert full.rows("SELECT count(*) FROM submission WHERE active = 1") == [(3,)]
    say_go(process)
    _, errors = process.communicate()
    assert process.returncode == 0, errors
    assert len(full.register().usulan) == 91
