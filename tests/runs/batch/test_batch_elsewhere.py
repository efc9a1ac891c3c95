"""The same files whoever makes them: one process or four, papermill's kernels, a Dask cluster that loses workers."""

import shutil

import pytest

from ksd_toolkit.errors import RunError
from ksd_toolkit.runs.batch.batch import run_batch
from ksd_toolkit.runs.batch.cluster import cluster_work
from ksd_toolkit.runs.batch.order import Order
from ksd_toolkit.runs.batch.task import Task
from tests.runs.batch.nation import PAPER, copy_of, project_of, published
from tests.runs.batch.test_batch_faults import own_brief

pytestmark = pytest.mark.slow
UP_TO_THE_WORKER = """
import os, signal, pathlib

pid = os.getpid()
while not pathlib.Path(f"/proc/{pid}/cmdline").read_text().startswith("dask worker"):
    pid = int(pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
"""
KILLS_ONCE = (
    UP_TO_THE_WORKER
    + """
once = pathlib.Path(MARK)
if not once.exists():
    once.touch()
    os.kill(pid, signal.SIGKILL)
"""
)


@pytest.fixture(scope="module")
def one(tmp_path_factory):
    """Two regions made by one process."""
    home = tmp_path_factory.mktemp("one")
    names = project_of(home, 2)
    run_batch(Order(home, tuple(names), papers=(PAPER,), workers=1))
    return home, names


@pytest.fixture(scope="module")
def cluster():
    """A cluster of two processes on this machine; a task may end one worker, not two."""
    distributed = pytest.importorskip("distributed")
    import dask

    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=":0", processes=True
        ) as local,
    ):
        yield local.scheduler_address


def test_four_processes_and_plain_papermill_publish_the_same_files(one, tmp_path):
    home, names = one
    expected = published(home)
    assert any(name.endswith(".pdf") for name in expected)
    other = copy_of(home, tmp_path / "p")
    run_batch(Order(other, tuple(reversed(names)), papers=(PAPER,), workers=4, engine="papermill"))
    assert published(other) == expected


def test_a_cluster_publishes_the_same_files_though_it_loses_a_worker(one, cluster, tmp_path):
    home, names = one
    other = copy_of(home, tmp_path / "p")
    with cluster_work(cluster) as work:
        batch = run_batch(Order(other, tuple(names), papers=(PAPER,)), work=work)
        assert [one.status for one in batch.done] == ["made", "made"]
        assert published(other) == published(home)
        before = published(other)
        own_brief(other, names[0], KILLS_ONCE.replace("MARK", repr(str(tmp_path / "mark"))))
        batch = run_batch(Order(other, tuple(names), papers=(PAPER,)), work=work)
    assert (tmp_path / "mark").exists()
    assert [one.status for one in batch.done] == ["made", "unchanged"]
    kept = {n: sha for n, sha in published(other).items() if not n.startswith(names[0])}
    assert kept == {n: sha for n, sha in before.items() if not n.startswith(names[0])}
    assert not list((other / "reports").glob(".batch-*"))


def test_a_task_that_ends_every_worker_is_told_and_the_rest_completes(one, cluster, tmp_path):
    home, names = one
    other = tmp_path / "p"
    shutil.copytree(home, other)
    before = published(other)
    own_brief(other, names[0], f"{UP_TO_THE_WORKER}\nos.kill(pid, signal.SIGKILL)")
    with cluster_work(cluster) as work:
        batch = run_batch(Order(other, tuple(names), papers=(PAPER,), again=True), work=work)
    assert [one.status for one in batch.done] == ["failed", "made"]
    assert "setiap pekerja" in batch.done[0].remark["id"]
    assert published(other) == before


def test_an_address_no_scheduler_listens_at_is_named(monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr("ksd_toolkit.runs.batch.cluster._WAIT_SECONDS", 1)
    for address in ("foo", "tcp://127.0.0.1:9"):
        with pytest.raises(RunError, match=address), cluster_work(address):
            pass


def test_a_cluster_without_workers_is_refused_and_one_that_loses_them_fails_what_is_left(
    one, monkeypatch, tmp_path
):
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr("ksd_toolkit.runs.batch.cluster._WAIT_SECONDS", 2)
    monkeypatch.setattr("ksd_toolkit.runs.batch.cluster._LOOK_SECONDS", 1)
    home, names = one
    with distributed.LocalCluster(n_workers=0, dashboard_address=":0") as local:
        with pytest.raises(RunError, match="dask worker"), cluster_work(local.scheduler_address):
            pass
        local.scale(1)
        with distributed.Client(local, set_as_default=False) as client:
            client.wait_for_workers(1, timeout=120)
        with cluster_work(local.scheduler_address) as work:
            local.scale(0)
            tasks = [Task(name, str(home), str(tmp_path), papers=(PAPER,)) for name in names]
            made = [made for _, made in work(tasks)]
    assert {one.status for one in made} == {"failed"}
    assert "dask worker" in made[0].remark["id"]
