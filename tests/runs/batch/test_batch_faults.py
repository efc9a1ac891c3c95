"""A batch under fire: killed at random moments, a full disk, a task that ends its process, an endless one.

`KSD_KILLS` sets how often the batch is killed, `KSD_REGIONS` how many regions it has.
"""

import json
import math
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest

from ksd_toolkit.runs.batch.batch import run_batch
from ksd_toolkit.runs.batch.crew import Crew
from ksd_toolkit.runs.batch.lock import locked
from ksd_toolkit.runs.batch.manifest import read_manifest
from ksd_toolkit.runs.batch.order import Order
from ksd_toolkit.runs.batch.task import Task
from tests.runs.batch.nation import PAPER, copy_of, project_of, published

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("KSD_KILLS", "2"))
REGIONS = int(os.environ.get("KSD_REGIONS", "2"))
WORKERS = "2" if REGIONS > 2 else "1"  # each has to warm up
KSD = (
    sys.executable,
    "-m",
    "ksd_toolkit",
    "batch",
    "--all",
    "--paper",
    PAPER,
    "--json",
    "--workers",
    WORKERS,
)
ENDLESS = "while True: pass"


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """What a batch that nobody disturbs publishes, and how long it takes in seconds."""
    home = tmp_path_factory.mktemp("whole")
    names = project_of(home, REGIONS)
    start = time.monotonic()
    assert called(home).returncode in {0, 2}  # of many regions some have a refused input
    return home, names, time.monotonic() - start


def called(home, *options, **changes):
    return subprocess.run(
        [*KSD, *options], cwd=home, capture_output=True, text=True, check=False, **changes
    )


def events(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


def valid(home):
    """Every manifest lists files that are there, whole; nothing that is published is a part of a file."""
    for manifest in home.glob("reports/*/*/manifest.json"):
        told = read_manifest(manifest.parent)
        assert told is not None
        for name, one in told.outputs.items():
            assert sha256((manifest.parent / name).read_bytes()).hexdigest() == one.sha256
    for path in home.glob("reports/*/*/*.pdf"):
        content = path.read_bytes()
        assert content.startswith(b"%PDF-")
        assert content.rstrip().endswith(b"%%EOF")


def listed(home):
    """The folders whose manifest lists papers; one without is a note that nothing could be made."""
    manifests = [
        (p.parent, read_manifest(p.parent)) for p in home.glob("reports/*/*/manifest.json")
    ]
    return {folder for folder, told in manifests if told.outputs}


def killed(home, rest, seconds):
    """Begin a batch and kill it while it is at work, after it has made none, one or more of the regions."""
    wanted = rest.randint(0, math.ceil(REGIONS / KILLS))
    batch = subprocess.Popen(KSD, cwd=home, stdout=subprocess.PIPE, text=True)
    made = 0
    while made < wanted and (line := batch.stdout.readline()):
        made += json.loads(line).get("status") in {"made", "partial"}
    # Without a region made it may still be starting or taking answers in.
    time.sleep(rest.uniform(0, 2 * seconds / REGIONS if wanted else seconds / 3))
    batch.kill()
    batch.wait()
    batch.stdout.close()


def test_a_batch_killed_at_any_moment_goes_on_where_it_was(whole, tmp_path):
    home, _, seconds = whole
    other, rest = copy_of(home, tmp_path / "p"), random.Random(1)  # noqa: S311
    known = []
    for _ in range(KILLS):
        killed(other, rest, seconds)
        valid(other)
        known.append(len(listed(other)))
    assert known == sorted(known)
    done = listed(other)
    made = {p: p.stat().st_mtime_ns for folder in done for p in folder.rglob("*.pdf")}
    last = called(other)
    assert last.returncode in {0, 2}
    told = {e["dossier"]: e["status"] for e in events(last) if e["event"] == "dossier"}
    assert {name for name, state in told.items() if state == "unchanged"} == {
        f"{folder.parent.name}/{folder.name}" for folder in done
    }
    assert {p: p.stat().st_mtime_ns for p in made} == made
    valid(other)
    assert published(other) == published(home)
    assert not list((other / "reports").glob(".batch-*"))


def heeds():
    """A process started in the background ignores Ctrl-C; one at a terminal does not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize(("sign", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_batch_that_is_stopped_ends_soon_and_leaves_no_drafts(whole, tmp_path, sign, code):
    home, _, _ = whole
    other = copy_of(home, tmp_path / "p")
    batch = subprocess.Popen(KSD, cwd=other, stdout=subprocess.PIPE, text=True, preexec_fn=heeds)  # noqa: PLW1509
    told = [json.loads(batch.stdout.readline())["event"] for _ in range(2)]
    assert told == ["start", "heard"]  # it is at work
    batch.send_signal(sign)
    start = time.monotonic()
    said, _ = batch.communicate()
    assert batch.returncode == code
    assert time.monotonic() - start < 60  # a hung one would never end
    assert json.loads(said.splitlines()[-1])["event"] == "stopped"
    assert not list((other / "reports").glob(".batch-*"))
    valid(other)


def test_another_batch_of_the_period_is_told_who_is_at_it(whole, tmp_path):
    home, _, _ = whole
    other = copy_of(home, tmp_path / "p")
    with locked(other, ["2026"]):
        second = called(other)
    assert second.returncode == 75
    assert f"pid {os.getpid()}" in events(second)[-1]["message"]
    assert not (other / "reports").exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a limit set in a child")
def test_a_full_disk_leaves_the_old_papers_and_says_so(whole, tmp_path):
    """No file may grow beyond 60 kB: the papers do not fit, what was published stays to the byte."""
    home, names, _ = whole
    other = tmp_path / "p"
    shutil.copytree(home, other)
    before = published(other)
    offices = other / "data" / names[0] / "opd.csv"
    offices.write_text(offices.read_text("utf-8").replace("Dinas", "Dinas Baru", 1), "utf-8")

    def small_files():
        import resource

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    result = called(other, preexec_fn=small_files)
    told = {e["dossier"]: e for e in events(result) if e["event"] == "dossier"}
    assert told[names[0]]["status"] == "failed", told
    assert published(other) == before
    assert not list((other / "reports").glob(".batch-*"))


def own_brief(home: Path, dossier: str, code: str) -> None:
    """A policy brief of the region's own whose last cell runs `code`."""
    source = Path(__file__).parents[3] / "notebooks" / "07_policy_brief.ipynb"
    told = json.loads(source.read_text("utf-8"))
    cell = {"cell_type": "code", "id": "own", "metadata": {}, "outputs": [], "execution_count": None, "source": code}  # fmt: skip
    told["cells"].append(cell)
    (home / "data" / dossier / "policy_brief.id.ipynb").write_text(json.dumps(told), "utf-8")


def test_a_task_that_ends_its_process_or_never_ends_is_told_and_the_rest_completes(whole, tmp_path):
    home, names, _ = whole
    other = tmp_path / "p"
    shutil.copytree(home, other)
    before = published(other)
    own_brief(other, names[0], "import os, signal; os.kill(os.getppid(), signal.SIGKILL)")
    batch = run_batch(Order(other, tuple(names), papers=(PAPER,), workers=1, again=True))
    told = {one.dossier: one for one in batch.done}
    assert told[names[0]].status == "failed"
    assert "2" in told[names[0]].remark["id"]
    assert told[names[1]].status == "made"
    assert published(other) == before
    own_brief(other, names[0], ENDLESS)
    batch = run_batch(Order(other, tuple(names), papers=(PAPER,), workers=1, seconds=6))
    assert [one.status for one in batch.done] == ["failed", "unchanged"]
    assert "--timeout" in batch.done[0].remark["id"]
    assert published(other) == before


def test_a_worker_that_dies_between_two_tasks_is_replaced(whole, tmp_path):
    home, names, _ = whole
    drafts = tmp_path / "drafts"
    crew = Crew(1)
    try:
        tasks = [Task(name, str(home), str(drafts), listens=True) for name in names[:2]]
        [(_, first)] = list(crew.work(tasks[:1]))
        crew._seats[0]._process.kill()
        crew._seats[0]._process.wait()
        [(_, second)] = list(crew.work(tasks[1:]))
    finally:
        crew.close()
    assert (first.status, second.status) == ("made", "made")
    assert first.said["dossier"] == names[0]
