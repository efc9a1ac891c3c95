"""The policy brief of the sample as PDF, HTML and DOCX, beside `nbconvert --to webpdf` and WeasyPrint.

    python benchmarks/publish_brief.py [--notebook EXECUTED.ipynb] [--runs 9] [--chromium FILE]

Without `--notebook` the sample dossier is copied to a temporary project and its brief executed once. Ours
are medians of a warm process: each time the paper is another one (its foot and its drawings differ), so
that nothing kept from the last time serves. The first PDF of a process, which reads fonts and layout, is
told apart. `nbconvert` makes its PDF of the same notebook in a process of its own, as one calls it, by
the Chromium of the machine; WeasyPrint makes it of our HTML page in this process. Either is passed over
with a word where it is not installed.
"""

import argparse
import dataclasses
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from ksd_toolkit.document import Document, Figure, Letterhead
from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.messages import say
from ksd_toolkit.publishing.html import html_text
from ksd_toolkit.publishing.notebook_reading import FrontMatter, read_document
from ksd_toolkit.publishing.pdf import pdf_bytes
from ksd_toolkit.register import ingest
from ksd_toolkit.runs.notebook_files import notebook_path
from ksd_toolkit.runs.notebooks import execute, notebook_bytes

_SAMPLE = "hulu-sungai-selatan/2026"
_BRIEF = "07_policy_brief"
_GOALS_S = {"PDF": 0.1, "HTML": 0.05, "DOCX": 0.2}
_ROOT = Path(__file__).parents[1]


def executed(home: Path) -> Path:
    """The sample's brief, run in a project of its own."""
    shutil.copytree(_ROOT / "data", home / "data")
    os.environ["KSD_HOME"] = str(home)
    dossier = open_dossier(_SAMPLE, home=home)
    if previous := dossier.previous():
        ingest(previous)
    ingest(dossier)
    notebook = execute(
        notebook_path(_BRIEF, dossier), {"dossier": _SAMPLE, "lang": dossier.lang}, dossier
    )
    kept = home / f"{_BRIEF}.ipynb"
    kept.write_bytes(notebook_bytes(notebook))
    return kept


def brief(notebook: Path) -> Document:
    """The paper that the executed notebook holds, with a head and a foot as a run gives it."""
    dossier = open_dossier(_SAMPLE, home=_ROOT)
    front = FrontMatter(
        Letterhead(dossier.issuer.government, dossier.issuer.unit),
        place_and_date=f"{dossier.issuer.place}, {dossier.tanggal_acuan}",
        lang=dossier.lang,
        banner=say("stamp.simulated", dossier.lang),
        running_foot=_SAMPLE,
    )
    return read_document(notebook, front)


def another(document: Document, number: int) -> Document:
    """The same paper, every page and every drawing of it new to the process."""
    blocks = tuple(
        dataclasses.replace(block, svg=f"{block.svg}<!--{number}-->")
        if isinstance(block, Figure)
        else block
        for block in document.blocks
    )
    foot = f"{document.running_foot} \u00b7 {number}"
    return dataclasses.replace(document, blocks=blocks, running_foot=foot)


def timed(work: Callable[[Document], bytes], document: Document, runs: int) -> tuple[float, float]:
    """The first and the median time of the others, in seconds."""
    times = []
    for number in range(runs + 1):
        paper = another(document, number)
        start = time.perf_counter()
        work(paper)
        times.append(time.perf_counter() - start)
    return times[0], median(times[1:])


def writers() -> dict[str, Callable[[Document], bytes]]:
    """Ours by name, as far as they are there."""
    dated = open_dossier(_SAMPLE, home=_ROOT).tanggal_acuan
    ways: dict[str, Callable[[Document], bytes]] = {
        "PDF": lambda paper: pdf_bytes(paper, dated),
        "HTML": lambda paper: html_text(paper).encode(),
    }
    docx = import_module("ksd_toolkit.publishing.docx")
    if hasattr(docx, "docx_bytes"):
        ways["DOCX"] = lambda paper: docx.docx_bytes(paper, dated)
    return ways


def chromium_for_playwright(folder: Path, chromium: str) -> None:
    """Put the machine's Chromium where playwright looks for the one it would download."""
    from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415  only where installed

    os.environ["PLAYWRIGHT_BROWSERS_PATH"] = str(folder)
    with sync_playwright() as playwright:
        try:
            playwright.chromium.launch().close()
        except Error as error:
            for name in re.findall(re.escape(str(folder)) + r"\S+", error.message):
                place = Path(name)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(f'#!/bin/sh\nexec {chromium} --no-sandbox "$@"\n')
                place.chmod(0o755)


def by_nbconvert(notebook: Path, folder: Path, runs: int) -> float:
    """The median of `nbconvert --to webpdf`, each in a process of its own."""
    command = [sys.executable, "-m", "nbconvert", "--to", "webpdf", "--output-dir", str(folder)]
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run([*command, str(notebook)], check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return median(times)


def by_weasyprint(document: Document, runs: int) -> float:
    """The median of WeasyPrint on our page; it may fetch nothing but what lies inside the page."""
    weasyprint = import_module("weasyprint")
    times = []
    for number in range(runs + 1):
        page = html_text(another(document, number))
        start = time.perf_counter()
        weasyprint.HTML(string=page).write_pdf()
        times.append(time.perf_counter() - start)
    return median(times[1:])


def peers(notebook: Path, document: Document, chromium: str | None, ours: float) -> None:
    """Print the times of the others and how much longer they take than our PDF."""
    if chromium and find_spec("playwright"):
        with tempfile.TemporaryDirectory(prefix="ksd-bench-") as folder:
            chromium_for_playwright(Path(folder) / "browsers", chromium)
            try:
                told("nbconvert webpdf", by_nbconvert(notebook, Path(folder), 3), ours)
            except subprocess.CalledProcessError as error:
                print(f"nbconvert webpdf   passed over: ended with {error.returncode}")
    else:
        print("nbconvert webpdf   passed over: needs playwright and a Chromium")
    if find_spec("weasyprint"):
        told("WeasyPrint", by_weasyprint(document, 3), ours)
    else:
        print("WeasyPrint         passed over: not installed")


def told(name: str, seconds: float, ours: float) -> None:
    """One line about a peer."""
    print(f"{name:18} {seconds:7.3f} s, {seconds / ours:.0f} times ours")


def main() -> None:
    """Print medians, goals and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notebook", type=Path)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--chromium", default=shutil.which("chromium"))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ksd-bench-") as folder:
        home = Path(folder)
        notebook = asked.notebook or executed(home)
        document = brief(notebook)
        print(f"{len(document.blocks)} blocks")
        warm = {}
        for name, work in writers().items():
            first, warm[name] = timed(work, document, asked.runs)
            goal = _GOALS_S[name]
            print(f"{name:18} {warm[name]:7.3f} s (first {first:.3f} s, goal {goal} s)")
        peers(notebook, document, asked.chromium, warm["PDF"])


if __name__ == "__main__":
    main()
