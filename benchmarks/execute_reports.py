"""A hundred regional reports of three figures and two tables executed, beside papermill's command and a pool of it.

    python benchmarks/execute_reports.py [--reports 100] [--workers 2] [--peer 2]

The answers of a few simulated regions are taken in first. Each report then reads the register, scores it and
runs a notebook of its own: two warm processes fork a child a report, as a batch does. Told are the seconds of
processor time and of the clock that one report takes. The peers run the same notebook of the same regions:
papermill's command, one after another, and `papermill.execute_notebook` in a pool of as many processes.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import nbformat
from papermill.execute import execute_notebook

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.project import dossier_names
from ksd_toolkit.register import ingest, read_register
from ksd_toolkit.remembering import remembering
from ksd_toolkit.runs.batch.warming import rehearse
from ksd_toolkit.runs.notebooks import execute
from ksd_toolkit.scoring import read_method, score
from ksd_toolkit.simulation.simulate import Nation, simulate_nation

_REGIONS = 4
_PARAMETERS = 'dossier = ""\nlang = "id"'
_CELLS = (
    "import ksd_toolkit as ksd",
    "register = ksd.read_register(ksd.open_dossier(dossier, lang=lang))",
    "ranking = ksd.score(register, ksd.read_method(register.dossier))",
    "ksd.charts.mapping.issues(register)",
    "ksd.charts.mapping.scores(ranking, rows=10)",
    "ksd.charts.priorities.contributions(ksd.explain(ranking, ranking.table.index[0]))",
    "ksd.tables.priorities.top(ranking, rows=10)",
    "ksd.tables.priorities.classes(ranking)",
)


def report(folder: Path) -> Path:
    """The notebook."""
    parameters = nbformat.v4.new_code_cell(_PARAMETERS, metadata={"tags": ["parameters"]})
    cells = [parameters, *map(nbformat.v4.new_code_cell, _CELLS)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    path = folder / "report.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), path)
    return path


def made(path: Path, name: str, home: Path) -> None:
    """One report, in a child of its own."""
    child = os.fork()
    if not child:
        status = 1
        try:
            dossier = open_dossier(name, home=home)
            with remembering():
                score(read_register(dossier), read_method(dossier))
                execute(path, {"dossier": name, "lang": "id"}, dossier)
            status = 0
        finally:
            os._exit(status)
    if os.waitpid(child, 0)[1]:
        raise RuntimeError(name)


def by_forks(path: Path, names: list[str], home: Path, workers: int) -> None:
    """All reports, by so many processes that are warm already."""
    children = []
    for number in range(workers):
        child = os.fork()
        if not child:
            status = 1
            try:
                for name in names[number::workers]:
                    made(path, name, home)
                status = 0
            finally:
                os._exit(status)
        children.append(child)
    ended = [os.waitpid(child, 0)[1] for child in children]
    if any(ended):
        raise RuntimeError(names)


def by_command(path: Path, names: list[str], home: Path) -> None:
    """The peer as one types it."""
    for name in names:
        command = [
            sys.executable,
            "-m",
            "papermill",
            str(path),
            str(home / "peer.ipynb"),
            "-p",
            "dossier",
            name,
        ]
        subprocess.run(command, cwd=home, check=True, capture_output=True)


def _papermill(path: Path, name: str, home: Path) -> float:
    """The peer in a process of a pool; what it used of the processor, its kernel included."""
    before, made_here = sum(os.times()[:4]), home / f"peer-{os.getpid()}.ipynb"
    given = {"dossier": name}
    execute_notebook(
        str(path),
        str(made_here),
        given,
        progress_bar=False,
        cwd=str(home),
        log_output=False,
        extra_arguments=["--log-level=CRITICAL"],
    )
    return sum(os.times()[:4]) - before


def by_pool(
    path: Path, names: list[str], home: Path, workers: int, each: int
) -> tuple[float, float]:
    """Processor time and seconds of one report by a pool whose processes have made one before."""
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        list(pool.map(_papermill, [path] * workers, names[:workers], [home] * workers))
        many, start = names[: workers * each], time.perf_counter()
        used = list(pool.map(_papermill, [path] * len(many), many, [home] * len(many)))
        return sum(used) / len(many), (time.perf_counter() - start) / len(many)


def by_wait(work: Callable[[], None], reports: int) -> tuple[float, float]:
    """Processor time and seconds of one report by what waits for the processes it starts."""
    before, start = sum(os.times()[:4]), time.perf_counter()
    work()
    return (sum(os.times()[:4]) - before) / reports, (time.perf_counter() - start) / reports


def tell(what: str, told: tuple[float, float], ours: tuple[float, float] | None = None) -> None:
    """A line, with how many times ours it is."""
    times = (
        "" if ours is None else f"  {told[0] / ours[0]:.1f} and {told[1] / ours[1]:.1f} times ours"
    )
    print(f"{what:36} {told[0]:6.2f} CPU s  {told[1]:6.2f} s a report{times}", flush=True)


def main() -> None:
    """Print what a report takes by each way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=100)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--peer", type=int, default=2, help="reports of each peer and process")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ksd-bench-") as folder:
        home = Path(folder)
        (home / "data").mkdir()
        simulate_nation(Nation(_REGIONS, 1, "2026", 28), home)
        os.environ["KSD_HOME"] = folder
        known = dossier_names(home)
        for name in known:
            ingest(open_dossier(name, home=home))
        path = report(home)
        rehearse()
        names = [known[number % len(known)] for number in range(asked.reports)]
        workers = asked.workers
        ours = by_wait(lambda: by_forks(path, names, home, workers), len(names))
        tell(f"{len(names)} by {workers} warm processes", ours)
        if not asked.peer:
            return
        few = names[: asked.peer]
        tell(
            "papermill, a command each",
            by_wait(lambda: by_command(path, few, home), len(few)),
            ours,
        )
        tell(
            f"papermill, a pool of {workers}", by_pool(path, names, home, workers, asked.peer), ours
        )


if __name__ == "__main__":
    main()
