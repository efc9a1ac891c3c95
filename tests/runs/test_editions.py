"""The answers' two editions: what is internal is marked on every page and stays out of the public one."""

import html
import re

import pytest

from .test_sample_run import text_of

MARK = "EDISI INTERNAL"
pytestmark = pytest.mark.slow


def plain(path):
    """The words of a page, without its style and drawings."""
    text = re.sub(r"<style>.*?</style>|<img[^>]*>", "", path.read_text("utf-8"), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_the_internal_edition_is_marked_on_every_page(two_runs):
    for number, text in enumerate(text_of(two_runs.first.folder / "internal/answers.pdf"), start=1):
        assert MARK in text, f"page {number}"
    assert MARK in plain(two_runs.first.folder / "internal/answers.html")


def test_the_public_edition_is_not_and_holds_no_gap_of_an_office(two_runs):
    folder = two_runs.first.folder
    told = plain(folder / "answers.html")
    assert MARK not in told
    for words in ("Kesepakatan dua PPKSD tiap perangkat daerah", "untuk rapat pleno BAGPEM"):
        assert words not in told
        executed = (folder / "notebooks/02_answers.ipynb").read_text("utf-8")
        assert words not in executed
    assert "Kesepakatan dua PPKSD tiap perangkat daerah" in plain(folder / "internal/answers.html")


def test_the_public_edition_tells_the_story_in_order(two_runs):
    told = plain(two_runs.first.folder / "answers.html")
    headings = (
        "Siapa yang menjawab", "Neraca", "Masalah yang masih terbuka", "Kelengkapan",
        "Sebaran skor", "Kesepakatan penilai", "Jawaban yang perlu ditengok lagi",
        "Perubahan sejak periode lalu", "Usulan yang mungkin sama",
        "Potensi dan permasalahan menurut isu", "Lima permasalahan", "Jenis kerja sama",
        "Kamus data", "Jejak data",
    )  # fmt: skip
    assert re.search(".*".join(map(re.escape, headings)), told)
    for words in ("27 28 96,4 %", "26 28 92,9 %", "53 56 94,6 %", "Inspektorat Daerah"):
        assert words in told
    assert "31 usulan bukan kerja sama daerah" in told
