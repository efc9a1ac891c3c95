"""Offices that sent nothing are told in one sentence, and a dossier without answers is no wall of lines."""

import pytest
from typer.testing import CliRunner

from ksd_toolkit.cli import app
from ksd_toolkit.cli.folding import NAMED, sentences_of, without_silent
from ksd_toolkit.errors import InputError, PlenaryError, Problem, Where
from tests.small_project import NAME, new_project, office_book

CODES = [f"DINAS{number:02d}" for number in range(1, 11)]


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Ten offices, none of which has sent anything."""
    made = new_project(tmp_path)
    lines = ["opd_kode,opd_nama,urusan", *(f"{code},Dinas [b]{code}[/b],1.02" for code in CODES)]
    (made.folder / "opd.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return made


def shown(*words):
    told = CliRunner().invoke(app, [*words])
    assert told.exception is None or isinstance(told.exception, SystemExit), told.exception
    return told


@pytest.mark.parametrize(("lang", "more"), [("id", "dan 7 masalah lagi"), ("en", "and 7 more")])
def test_a_run_without_answers_names_three_offices_and_how_many_more(project, lang, more):
    told = shown("run", NAME, "--lang", lang)
    assert told.exit_code == 1
    assert more in told.stderr
    assert [code for code in CODES if f"[b]{code}[/b]" in told.stderr] == CODES[:NAMED]


@pytest.mark.parametrize(
    ("lang", "more"), [("id", "9 dari 10 perangkat daerah"), ("en", "9 of 10 offices")]
)
def test_silent_offices_are_one_line_of_an_intake(project, lang, more):
    project.put(office_book("DINAS01"), "kuesioner_DINAS01.xlsx")
    told = shown("ingest", NAME, "--lang", lang)
    (line,) = [one for one in told.stdout.splitlines() if more in one]
    assert "Dinas [b]DINAS02[/b], Dinas [b]DINAS03[/b], Dinas [b]DINAS04[/b]" in line
    assert "opd.silent" not in told.stdout
    assert "DINAS10" not in told.stdout
    table = next(project.home.rglob("masalah.csv")).read_text(encoding="utf-8-sig")
    assert all(f"({code})" in table for code in CODES[1:])


@pytest.mark.parametrize("many", range(7))
def test_nothing_is_folded_that_would_be_no_shorter(many):
    silent = [
        Problem("opd.silent", Where(), {"code": code, "office": code}, "warning")
        for code in CODES[:many]
    ]
    other = Problem("file.missing_tkksd", Where(), {}, "warning")
    rest, folded = without_silent([*silent, other])
    assert len(rest) + len(folded) == many + 1
    assert len(folded) == (many if many > NAMED + 1 else 0)
    told = sentences_of(InputError("register.empty", [*silent, other], name=NAME), "id")
    assert len(told) == min(many, NAMED + 1) + 1
    assert told[-1] == other.sentence("id")


def test_a_record_to_mend_is_told_whole():
    faults = [Problem("plenary.roster_vote", Where("x", cell=f"E{n}")) for n in range(2, 42)]
    assert len(sentences_of(PlenaryError("plenary.refused", faults, file="x", n=40), "id")) == 40
