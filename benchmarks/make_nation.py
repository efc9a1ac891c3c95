"""Every paper of a simulated nation by one batch, beside papermill's command and nbconvert for one report.

    python benchmarks/make_nation.py [--regions 20] [--workers 2] [--paper NAME ...] [--peer 1] [--cluster] [--folder DIR]

A nation is simulated from questionnaires on (28 offices a region). One batch makes brief, evaluation and
ranking of every region and the index page (other papers by `--paper`); the same again finds nothing to do;
one workbook is corrected and its region alone is made again; then every brief is made once more of the answers
that were taken in. Told are seconds, seconds a region, and the most memory that all processes held at once (PSS,
so that what forks share counts once).

With `--cluster` the briefs are made once more by a Dask cluster on this machine, of one and of two worker
processes that have made one dossier each before.

The peer runs the policy brief of the first regions as one does without a toolkit for it: `papermill`,
`jupyter nbconvert --to html`, `--to webpdf`, each a command; what is not installed is passed over.
"""

import argparse
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.project import dossier_names
from ksd_toolkit.runs.batch.batch import run_batch
from ksd_toolkit.runs.batch.cluster import cluster_work
from ksd_toolkit.runs.batch.order import Order
from ksd_toolkit.runs.notebook_files import notebook_path
from ksd_toolkit.simulation.simulate import Nation, simulate_nation

_PAPERS = ("policy-brief", "evaluation", "ranking")
_PERIOD = "2026"
_LOOK_SECONDS = 2


class Memory(threading.Thread):
    """The most memory this process and all below it held at once, in MB; looking at it more often would slow them."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most = 0.0
        self.over = threading.Event()

    def run(self) -> None:
        """Look until it is over."""
        while not self.over.wait(_LOOK_SECONDS):
            self.most = max(self.most, sum(map(_pss, _below(os.getpid()))) / 1024)


def _below(root: int) -> list[int]:
    """The processes below one, itself left out."""
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(path.parent.name)] = int(told[1])
    found, new = {root}, {root}
    while new:
        new = {one for one, parent in parents.items() if parent in new} - found
        found |= new
    return sorted(found - {root})


def _pss(process: int) -> float:
    """What a process holds, its share of what others hold, too, in kB; 0 once it has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((float(line.split()[1]) for line in lines if line.startswith("Pss:")), 0.0)


def batch(
    home: Path, workers: int, papers: tuple[str, ...], *more: str
) -> tuple[float, dict[str, int]]:
    """The seconds of a batch over the whole project, and how many dossiers came to each end."""
    words = [*(word for paper in papers for word in ("--paper", paper)), *more]
    command = [sys.executable, "-m", "ksd_toolkit", "batch", "--all", "--json", "--workers", str(workers), *words]  # fmt: skip
    start = time.perf_counter()
    result = subprocess.run(command, cwd=home, capture_output=True, text=True, check=False)
    seconds, states = time.perf_counter() - start, dict[str, int]()
    for line in result.stdout.splitlines():
        event = json.loads(line)
        if event["event"] == "dossier":
            states[event["status"]] = states.get(event["status"], 0) + 1
    return seconds, states


def correct(home: Path) -> None:
    """One office of one region sends its workbook again: that of its neighbour by the same name."""
    [first, second, *_] = sorted((home / "data").glob(f"*/{_PERIOD}/opd.csv"))
    text = first.read_text("utf-8")
    first.write_text(text.replace("Dinas ", "Dinas Daerah ", 1), "utf-8")
    if second.read_text("utf-8") == first.read_text("utf-8"):
        raise RuntimeError(first)


def peer(home: Path, count: int) -> None:
    """What the same policy brief costs by commands."""
    tools = {"papermill": "papermill", "nbconvert": "nbconvert"}
    if any(importlib.util.find_spec(name) is None for name in tools.values()):
        print("peer passed over: papermill or nbconvert is not installed")
        return
    python, out = sys.executable, home / "peer"
    out.mkdir()
    for folder in sorted((home / "data").glob(f"*/{_PERIOD}"))[:count]:
        name, made = f"{folder.parent.name}/{_PERIOD}", out / f"{folder.parent.name}.ipynb"
        source = notebook_path("07_policy_brief", open_dossier(name, home=home))
        steps: dict[str, list[str]] = {
            "papermill": [python, "-m", "papermill", str(source), str(made), "-p", "dossier", name],
            "html": [python, "-m", "nbconvert", "--to", "html", str(made)],
            "webpdf": [python, "-m", "nbconvert", "--to", "webpdf", "--disable-chromium-sandbox", str(made)],
        }  # fmt: skip
        for step, command in steps.items():
            start = time.perf_counter()
            code = subprocess.run(command, cwd=home, capture_output=True, check=False, env={**os.environ, "KSD_HOME": str(home)}).returncode  # fmt: skip
            told = f"{time.perf_counter() - start:.1f} s" if code == 0 else "passed over"
            print(f"  peer {folder.parent.name:24} {step:10} {told}")


def clustered(home: Path, workers: int) -> float:
    """The seconds in which a cluster of so many warm workers makes every brief."""
    from distributed import LocalCluster  # noqa: PLC0415  an optional extra

    names = tuple(dossier_names(home))
    with (
        LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=":0") as local,
        cluster_work(local.scheduler_address) as work,
    ):
        run_batch(Order(home, names[:workers], papers=_PAPERS[:1], again=True), work=work)
        start = time.perf_counter()
        run_batch(Order(home, names, papers=_PAPERS[:1], again=True), work=work)
        return time.perf_counter() - start


def timed(told: str, regions: int, work: Callable[[], tuple[float, dict[str, int]]]) -> None:
    """Print what a batch took."""
    memory = Memory()
    memory.start()
    seconds, states = work()
    memory.over.set()
    ends = ", ".join(f"{number} {state}" for state, number in sorted(states.items()))
    print(f"{told:32} {seconds:8.1f} s  {seconds / regions:6.2f} s a region  {memory.most:6.0f} MB  ({ends})", flush=True)  # fmt: skip


def main() -> None:
    """Print seconds, memory and the peer's seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--regions", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--paper", nargs="*", default=_PAPERS)
    parser.add_argument("--peer", type=int, default=1)
    parser.add_argument("--cluster", action="store_true")
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="ksd-nation-", dir=asked.folder))
    try:
        (home / "data").mkdir()
        start = time.perf_counter()
        simulate_nation(Nation(asked.regions, 1, _PERIOD, 28), home, workers=asked.workers)
        books = sum(1 for _ in (home / "data").rglob("*.xlsx"))
        print(
            f"{asked.regions} regions simulated, {books} workbooks: {time.perf_counter() - start:.1f} s"
        )
        papers, regions = tuple(asked.paper), asked.regions
        timed("from questionnaires", regions, lambda: batch(home, asked.workers, papers))
        timed("the same again", regions, lambda: batch(home, asked.workers, papers))
        correct(home)
        timed("one region corrected", regions, lambda: batch(home, asked.workers, papers))
        briefs = papers[:1]
        timed("briefs once more", regions, lambda: batch(home, asked.workers, briefs, "--again"))
        if asked.cluster:
            one, two = clustered(home, 1), clustered(home, 2)
            print(
                f"Dask, briefs by 1 and 2 workers  {one:8.1f} s and {two:.1f} s: {one / two:.2f} times as fast"
            )
        peer(home, asked.peer)
    finally:
        shutil.rmtree(home)


if __name__ == "__main__":
    main()
