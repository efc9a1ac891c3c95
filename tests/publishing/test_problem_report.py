"""The page of problems: everything found, in its place, and nothing that could do harm."""

import re
from dataclasses import replace

import pytest
from hostile_texts import OWN

from ksd_toolkit.errors import Problem, Where
from ksd_toolkit.publishing.problem_report import FileReport, ProblemReport, problem_page
from ksd_toolkit.questionnaire import Balance
from ksd_toolkit.stamp import Stamp

FILE = "kuesioner/dinkes.xlsx"
NUMBER = Problem("cell.number", Where(FILE, "usulan", "I2"), {"value": "5-10", "question": "Biaya"})
BLANK = Problem("cell.required", Where(FILE, "usulan", "C3"), {"question": "Sifat"}, "warning")
COLUMN = Problem("sheet.unknown_column", Where(FILE, "usulan", "K1"), {"column": "Kabid"}, "info")
SILENT = Problem(
    "opd.silent", Where(), {"code": "DISHUB", "office": "Dinas Perhubungan"}, "warning"
)
BALANCE = Balance(accepted=10, quarantined=2, duplicate=1, blank=3)


@pytest.fixture
def report(project):
    dossier = project.dossier
    return ProblemReport(
        dossier,
        Stamp(dossier.name, dossier.tanggal_acuan, dossier.lang, dossier.simulated),
        (
            FileReport(FILE, "Dinas Kesehatan", BALANCE, (COLUMN, NUMBER, BLANK)),
            FileReport("kuesioner/disdik.xlsx", "Dinas Pendidikan", BALANCE, ()),
        ),
        (SILENT,),
        copies=1,
    )


def text_of(page):
    """What a reader sees, without the markup."""
    body = page.partition("<body")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def test_every_problem_stands_there_with_place_sentence_remedy_and_code(report):
    text = text_of(problem_page(report))
    for problem in report.problems:
        for part in (problem.code, problem.where.cell):
            assert part in text
        for sentence in (problem.text(), problem.remedy()):
            assert sentence.replace('"', "&#34;") in text


def test_an_office_is_told_its_errors_before_its_warnings_and_notes(report):
    text = text_of(problem_page(report))
    places = [text.index(code) for code in ("cell.number", "cell.required")]
    places += [text.index("sheet.unknown_column"), text.index("opd.silent")]
    assert places == sorted(places)


def test_the_figures_and_the_balance_add_up(report):
    text = text_of(problem_page(report))
    assert "1 kesalahan, 2 peringatan, dan 1 catatan dalam 2 berkas" in text
    assert "Dibaca 16 · Diterima 10 · Ditahan 2 · Ganda 1 · Kosong 3" in text
    assert "Jumlah 32 20 4 2 6 4" in text


def test_a_period_without_problems_says_so(report):
    clean = replace(report, files=report.files[1:], period=(), copies=0)
    text = text_of(problem_page(clean))
    assert "Tidak ada masalah dalam 1 berkas" in text
    assert "Yang salah" not in text


def test_a_file_without_a_marked_copy_says_why(report):
    file = replace(report.files[0], refused=True, remark="Berkas tidak dapat dibuka.")
    text = text_of(problem_page(replace(report, files=(file,))))
    assert "Berkas tidak dapat dibuka." in text
    assert "ditolak" in text


def test_the_page_is_short_enough_to_open_and_counts_what_it_leaves_out(report):
    file = replace(report.files[0], problems=(NUMBER,) * 5_000)
    page = problem_page(replace(report, files=(file,)))
    assert len(page) < 300_000
    assert "Masih ada 4.800 lagi" in text_of(page)


def test_both_languages_are_spoken(report):
    english = replace(report, dossier=report.dossier.in_language("en"))
    text = text_of(problem_page(english))
    assert "1 errors, 2 warnings and 1 notes in 2 files read" in text
    assert NUMBER.remedy("en") in text


def test_the_page_runs_nothing_and_loads_nothing(report):
    page = problem_page(report)
    assert "default-src &#39;none&#39;" in page
    assert "<script" not in page
    assert not re.search(r"(?:src|href)=\"(?!#|data:)", page)


@pytest.mark.parametrize("text", OWN)
def test_hostile_text_stays_text(report, text):
    problem = replace(NUMBER, facts={"value": text, "question": text})
    file = FileReport(text, text, BALANCE, (problem,), remark=text)
    page = problem_page(replace(report, files=(file,)))
    assert "<script" not in page
    assert "<svg" not in page
    assert "javascript:" not in re.sub(r">[^<]*<", "><", page.partition("<body")[2])


def test_the_same_problems_give_the_same_page(report):
    assert problem_page(report) == problem_page(report)
