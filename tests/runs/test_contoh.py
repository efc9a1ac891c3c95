"""The committed sample papers in `reports/contoh` are what a run makes today (refresh: `make contoh`)."""

import json
import zipfile

import pytest

from .conftest import ROOT

CONTOH = ROOT / "reports" / "contoh"
PAPERS = (
    "policy-brief", "policy-brief-short", "priorities", "partners", "evaluation", "answers",
    "preparation", "berita-acara", "sk", "leader-summary",
)  # fmt: skip
IN_WORD = ("policy-brief", "berita-acara", "sk", "evaluation")
pytestmark = pytest.mark.slow


def parts(workbook):
    """The contents of a workbook or a Word file, since zlib builds pack the same bytes differently."""
    with zipfile.ZipFile(workbook) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(
    "name",
    [
        *(f"{paper}.{kind}" for paper in PAPERS for kind in ("pdf", "html")),
        "masalah.csv", "masalah.html",
    ],
)  # fmt: skip
def test_a_committed_paper_is_what_a_run_makes(two_runs, name):
    assert (CONTOH / name).read_bytes() == (two_runs.first.folder / name).read_bytes()


@pytest.mark.parametrize("name", IN_WORD)
def test_a_committed_word_file_is_what_a_run_makes(two_runs, name):
    assert parts(CONTOH / f"{name}.docx") == parts(two_runs.first.folder / f"{name}.docx")


def test_the_committed_ranking_is_what_a_run_makes(two_runs):
    assert parts(CONTOH / "ranking.xlsx") == parts(two_runs.first.folder / "ranking.xlsx")


def test_the_committed_stamp_is_what_a_run_makes(two_runs):
    committed, fresh = (
        json.loads((folder / "stamp.json").read_text(encoding="utf-8"))["stamp"]
        for folder in (CONTOH, two_runs.first.folder)
    )
    assert committed == fresh
