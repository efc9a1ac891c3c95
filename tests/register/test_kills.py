"""A process that dies at any statement leaves whole files; the next one completes them."""

import os
import random
import shutil
import signal
import sys

import pytest

from ksd_toolkit.register import store
from ksd_toolkit.register.verification import verify
from tests.processes import DEADLINE_SECONDS, alone, status_of
from tests.small_project import OFFICES, Project, new_project, office_book, tkksd_book

POINTS = int(os.environ.get("KSD_KILLS", "24"))
PER_SUBMISSION = (
    "SELECT sender, version_no, (SELECT count(*) FROM answer WHERE submission_id = s.id), active"
    " FROM submission s ORDER BY id"
)
CONTENT = (
    "SELECT s.sender, s.active, s.version_no, a.table_name, a.row_key, a.field, a.raw, a.state, a.cell"
    " FROM answer a JOIN submission s ON s.id = a.submission_id ORDER BY 1, 3, 4, 5, 6, 2"
)
DOINGS = "SELECT action, object FROM audit ORDER BY seq"

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork to die in")


def die_at(project: Project, statement: int) -> int:
    """Take in the dossier in a child that is killed before its statement of this number; its signal."""
    child = os.fork()
    if child == 0:
        alone(DEADLINE_SECONDS)
        seen = iter(range(statement))
        connect = store.connect

        def connected(path):
            connection = connect(path)
            connection.set_trace_callback(lambda _: next(seen, None) is None and die())
            return connection

        store.connect = connected
        try:
            project.ingest()
        finally:
            sys.stderr.flush()
            os._exit(0)
    ended = status_of(child)
    return os.WTERMSIG(ended) if os.WIFSIGNALED(ended) else 0


def die():
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    """Three offices and the TKKSD; one office has a correction waiting."""
    project = new_project(tmp_path_factory.mktemp("inputs"))
    for code in OFFICES:
        project.put(office_book(code, usulan=4), f"{code.lower()}.xlsx")
    project.put(tkksd_book("DINKES-01", "DISHUB-02"), "../tkksd.xlsx")
    return project


@pytest.fixture(scope="module")
def clean(inputs, tmp_path_factory):
    project = copy_of(inputs, tmp_path_factory.mktemp("clean"))
    project.ingest()
    return project


def copy_of(inputs: Project, home) -> Project:
    project = Project(home / "copy")
    shutil.copytree(inputs.home / "data", project.home / "data")
    return project


def statements_of(project: Project) -> int:
    """How many statements taking in this dossier runs."""
    low, high = 1, 1 << 12
    while low < high:
        middle = (low + high) // 2
        shutil.rmtree(project.home / ".ksd", ignore_errors=True)
        if die_at(project, middle):
            low = middle + 1
        else:
            high = middle
    shutil.rmtree(project.home / ".ksd", ignore_errors=True)
    return low


def test_a_kill_at_any_statement_leaves_whole_files_and_the_next_run_completes(
    inputs, clean, tmp_path
):
    whole = {sender: answers for sender, _, answers, _ in clean.rows(PER_SUBMISSION)}
    project = copy_of(inputs, tmp_path)
    last = statements_of(project)
    chance = random.Random(20260831)  # noqa: S311  no secret
    points = sorted(chance.sample(range(1, last), POINTS))
    held_at = set()
    for point in points:
        shutil.rmtree(project.home / ".ksd", ignore_errors=True)
        assert die_at(project, point) == signal.SIGKILL
        held = project.rows(PER_SUBMISSION) if project.database.exists() else []
        for sender, version, answers, active in held:
            assert (version, answers, active) == (1, whole[sender], 1), point
        held_at.add(len(held))
        if held:
            assert verify(project.dossier).intact, point
        project.ingest()
        assert project.rows("PRAGMA integrity_check") == [("ok",)]
        without_people = [row for row in project.rows(CONTENT) if "ppksd" not in row[5]]
        assert without_people == [row for row in clean.rows(CONTENT) if "ppksd" not in row[5]]
        assert project.rows(DOINGS) == clean.rows(DOINGS)
        assert verify(project.dossier).intact
    assert len(held_at) > 2  # the points lay between the files, too
