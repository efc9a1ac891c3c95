"""Last year's postponed usulan come prefilled, and nothing an office wrote is ever lost to it."""

import shutil

import openpyxl
import pytest
from typer.testing import CliRunner

from ksd_toolkit.cli import app
from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.errors import RunError
from ksd_toolkit.evaluation import review
from ksd_toolkit.publishing.questionnaire_style import SAND
from ksd_toolkit.register import read_register
from ksd_toolkit.runs.carried_over import carried_over
from ksd_toolkit.runs.forms import build_forms
from ksd_toolkit.scoring import read_method, score
from ksd_toolkit.scoring.postponed import postponed

from .conftest import SAMPLE, copied_project

JUDGED = ("kesamaan_kekuatan", "manfaat_daerah", "bukti_uraian", "rkpd_ref", "biaya_indikatif")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The sample with its workbooks, to be looked at only."""
    home = copied_project(tmp_path_factory.mktemp("built"))
    dossier = open_dossier(SAMPLE, home=home)
    return dossier, build_forms(dossier)


@pytest.fixture
def project(built, tmp_path, monkeypatch):
    """A copy of it, to be changed."""
    home = tmp_path / "project"
    shutil.copytree(built[0].root, home)
    monkeypatch.chdir(home)
    return home


@pytest.fixture
def dossier(project):
    return open_dossier(SAMPLE, home=project)


def rows_of(path, sheet="usulan"):
    """The rows of a sheet by question."""
    book = openpyxl.load_workbook(path, read_only=True)
    lines = list(book[sheet].iter_rows(values_only=True))
    book.close()
    head = next(number for number, line in enumerate(lines) if line[0] == "usulan_id")
    named = (dict(zip(lines[head], line, strict=True)) for line in lines[head + 1 :])
    return [row for row in named if row["usulan_id"]]


def book_of(made, dossier, code):
    name = dossier.offices.loc[code, "opd_nama"]
    return next(path for path in made.offices if path.stem.endswith(name))


def test_what_waits_is_what_was_postponed_or_fell_below_the_lowest_class(built):
    dossier, _ = built
    past = read_register(dossier.previous())
    usulan = past.usulan.set_index("usulan_id")
    ranking = score(past, read_method(past.dossier)).table
    waiting = postponed(past)
    assert waiting
    for name in waiting:
        below = name in ranking.index and ranking.loc[name, "class_name"] == "ditunda"
        assert usulan.loc[name, "status_usulan"] == "ditunda" or below
    determined = set(usulan.index[usulan["status_usulan"] == "ditetapkan"])
    assert determined
    assert not determined & set(waiting)


def test_every_one_stands_in_the_workbook_of_its_office_once(built):
    dossier, made = built
    found = {}
    for path in made.offices:
        for row in rows_of(path):
            assert row["usulan_asal"] not in found
            found[row["usulan_asal"]] = row
    assert len(found) == made.carried.count > 0
    now, past = read_register(dossier), read_register(dossier.previous())
    taken_up = set(now.usulan["usulan_asal"].dropna())
    assert set(found) == set(postponed(past)) - taken_up
    titles = past.usulan.set_index("usulan_id")["judul"]
    assert {name: row["judul"] for name, row in found.items()} == titles[list(found)].to_dict()


def test_known_facts_come_along_and_judgements_do_not(built):
    _, made = built
    rows = [row for path in made.offices for row in rows_of(path)]
    assert all(row["sifat"] and row["isu"] and row["urusan_kode"] for row in rows)
    assert {row[name] for row in rows for name in JUDGED} == {None}


def test_what_came_along_is_sand_coloured_and_everything_else_is_plain(built):
    dossier, made = built
    sheet = openpyxl.load_workbook(book_of(made, dossier, next(iter(made.carried.rows))))["usulan"]
    codes = next(row for row in sheet.iter_rows() if row[0].value == "usulan_id")
    carried = sheet[codes[0].row + 1]
    known = {cell.fill.fgColor.rgb for cell in carried if cell.value is not None}
    asked = {cell.fill.fgColor.rgb for cell in carried[: len(codes)] if cell.value is None}
    assert (known, asked) == ({f"FF{SAND[1:]}"}, {"00000000"})


def test_new_codes_collide_with_none_in_use(built):
    dossier, made = built
    used = set(read_register(dossier).usulan["usulan_id"])
    given = [row["usulan_id"] for path in made.offices for row in rows_of(path)]
    assert len(given) == len(set(given))
    assert not used & set(given)


def test_a_prefilled_workbook_nobody_touched_is_written_anew(built, dossier):
    code = next(iter(built[1].carried.rows))
    again = build_forms(dossier, [code])
    assert (len(again.offices), again.kept) == (1, ())


def test_a_prefilled_workbook_somebody_worked_on_is_kept(built, dossier):
    made = built[1]
    code = next(iter(made.carried.rows))
    path = dossier.folder / "formulir" / book_of(made, dossier, code).name
    book = openpyxl.load_workbook(path)
    sheet = book["usulan"]
    codes = next(row for row in sheet.iter_rows() if row[0].value == "usulan_id")
    column = next(cell.column for cell in codes if cell.value == "bukti_uraian")
    sheet.cell(codes[0].row + 1, column).value = "Ditinjau lagi tahun ini"
    book.save(path)
    before = path.read_bytes()
    again = build_forms(dossier, [code])
    assert again.kept == (path,)
    assert path.read_bytes() == before
    told = CliRunner().invoke(app, ["form", "build", SAMPLE, "--opd", code])
    assert told.exit_code == 0
    assert path.read_bytes() == before
    assert path.name in told.output


def test_an_usulan_whose_office_is_gone_is_named(built, project):
    offices = project / "data" / SAMPLE / "opd.csv"
    code = next(iter(built[1].carried.rows))
    lines = offices.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(f"{code},")]
    assert len(kept) == len(lines) - 1
    offices.write_text("".join(kept), encoding="utf-8")
    dossier = open_dossier(SAMPLE, home=project)
    carried = carried_over(dossier, dossier.previous(), None)
    assert carried.homeless
    assert all(name.startswith(f"{code}-") for name in carried.homeless)


def test_only_the_offices_asked_for_are_written(dossier):
    shutil.rmtree(dossier.folder / "formulir")
    made = build_forms(dossier, ["dinkes", "BPBD"])
    assert {*made.offices} == {*(dossier.folder / "formulir").iterdir()}
    assert len(made.offices) == 2
    assert set(made.carried.rows) <= {"DINKES", "BPBD"}


def test_an_unknown_office_is_named_with_those_it_may_be(dossier):
    shutil.rmtree(dossier.folder / "formulir")
    with pytest.raises(RunError) as refused:
        build_forms(dossier, ["DINKS", "DISDIK"])
    assert "DINKS" in refused.value.sentence("id")
    assert "DINKES" in refused.value.sentence("id")
    assert not (dossier.folder / "formulir").exists()


def test_what_waits_stands_in_the_review_with_what_became_of_it(built):
    dossier, _ = built
    now, past = read_register(dossier), read_register(dossier.previous())
    found = review(now).postponed
    assert found["usulan_id"].tolist() == postponed(past)
    assert set(found["periode"]) == {past.dossier.period}
    heirs = set(now.usulan["usulan_asal"].dropna())
    again = found.loc[found["state"] == "diajukan_lagi", "usulan_id"]
    assert set(again) == heirs & set(found["usulan_id"])
    assert 0 < len(again) < len(found)
