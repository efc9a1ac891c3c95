"""Notebooks of the sample by the warm engine, beside plain papermill with a kernel for each.

    python benchmarks/run_notebooks.py [--runs 3] [NOTEBOOK ...]

The sample dossier is copied to a temporary project and taken in first, so that both find the same
answers read. Each round runs every notebook by one engine and then by the other; the medians of the
rounds are told, and whether both gave the same bytes. The first round of the warm engine, which starts
its process, is told apart.
"""

import argparse
import os
import shutil
import tempfile
import time
from pathlib import Path
from statistics import median

from ksd_toolkit.dossier import Dossier, open_dossier
from ksd_toolkit.register import ingest
from ksd_toolkit.runs.fork_engine import ENGINE, PAPERMILL
from ksd_toolkit.runs.notebook_files import notebook_path
from ksd_toolkit.runs.notebooks import execute, notebook_bytes

_SAMPLE = "hulu-sungai-selatan/2026"
_NOTEBOOKS = ("02_answers", "07_policy_brief_short")
_ROOT = Path(__file__).parents[1]


def sample(home: Path) -> Dossier:
    """The sample in a project of its own, its answers taken in."""
    shutil.copytree(_ROOT / "data", home / "data")
    os.environ["KSD_HOME"] = str(home)
    dossier = open_dossier(_SAMPLE, home=home)
    for period in (*dossier.past(), dossier):
        ingest(period)
    return dossier


def timed(name: str, dossier: Dossier, engine: str) -> tuple[float, bytes]:
    """The seconds one notebook takes by one engine, and what it became."""
    path, given = notebook_path(name, dossier), {"dossier": _SAMPLE, "lang": dossier.lang}
    start = time.perf_counter()
    notebook = execute(path, given, dossier, engine)
    return time.perf_counter() - start, notebook_bytes(notebook)


def main() -> None:
    """Print medians, ratios and whether the bytes are the same."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("notebooks", nargs="*", default=_NOTEBOOKS)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ksd-bench-") as folder:
        dossier = sample(Path(folder))
        first, _ = timed(asked.notebooks[0], dossier, ENGINE)
        print(f"{asked.notebooks[0]} by a process just started: {first:.1f} s")
        for name in asked.notebooks:
            warm, kernel = [], []
            for _ in range(asked.runs):
                warm.append(timed(name, dossier, ENGINE))
                kernel.append(timed(name, dossier, PAPERMILL))
            ours, theirs = (median(seconds for seconds, _ in told) for told in (warm, kernel))
            same = len({made for _, made in warm + kernel}) == 1
            print(
                f"{name:20} {ours:6.1f} s, papermill's kernel {theirs:6.1f} s, "
                f"{theirs / ours:.2f} times ours; {'same' if same else 'NOT the same'} bytes"
            )


if __name__ == "__main__":
    main()
