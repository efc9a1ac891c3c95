"""Blank workbooks follow the dossier; what somebody filled in is never overwritten."""

import shutil

import openpyxl
import pytest
from typer.testing import CliRunner

from ksd_toolkit.cli import app
from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.messages import say
from ksd_toolkit.publishing.questionnaire_workbook import workbook_name
from ksd_toolkit.register import read_register
from ksd_toolkit.runs.forms import build_forms
from ksd_toolkit.runs.new import new_dossier
from ksd_toolkit.scoring import overview

from .conftest import SAMPLE


@pytest.fixture(scope="module")
def handed_out(tmp_path_factory):
    """A new project as `ksd new` leaves it, then with six offices and a workbook for each."""
    home = tmp_path_factory.mktemp("handed-out")
    new_dossier("Tapin", "2027", home)
    dossier = open_dossier("tapin/2027", home=home)
    offices = dossier.folder / "opd.csv"
    kept = offices.read_text("utf-8").splitlines(keepends=True)[:7]
    names = {workbook_name(dossier, code) for code in dossier.offices.index[:6]}
    offices.write_text("".join(kept), "utf-8")
    for path in (dossier.folder / "formulir").glob("*.xlsx"):
        if path.name not in names:
            path.unlink()
    return home


@pytest.fixture
def tapin(tmp_path, handed_out):
    shutil.copytree(handed_out, tmp_path, dirs_exist_ok=True)
    return open_dossier("tapin/2027", home=tmp_path)


def fill(path, question, value):
    """Answer one question of the sheet `opd`, whose codes stand in column A."""
    book = openpyxl.load_workbook(path)
    row = next(cell.row for cell in book["opd"]["A"] if cell.value == question)
    book["opd"].cell(row, 3).value = value
    book.save(path)


def test_a_filled_workbook_is_kept_and_named(tapin):
    made = build_forms(tapin)
    assert made.kept == ()
    chosen, other = made.offices[:2]
    fill(chosen, "ppksd_1_nama", "Pejabat Penghubung 1")
    before = chosen.read_bytes()
    again = build_forms(tapin)
    assert again.kept == (chosen,)
    assert chosen.read_bytes() == before
    assert other.is_file()


def test_untouched_workbooks_of_offices_no_longer_listed_are_removed_and_named(tapin, monkeypatch):
    gone, filled, stays = (
        tapin.folder / "formulir" / workbook_name(tapin, code) for code in tapin.offices.index[:3]
    )
    for path in {*gone.parent.iterdir()} - {gone, filled, stays}:
        path.unlink()
    fill(filled, "d1", 2)
    offices = tapin.folder / "opd.csv"
    lines = offices.read_text("utf-8").splitlines(keepends=True)
    offices.write_text(lines[0] + lines[3], "utf-8")
    monkeypatch.chdir(tapin.root)
    told = CliRunner().invoke(app, ["form", "build", "tapin/2027"])
    assert told.exit_code == 0, told.output
    assert {*gone.parent.iterdir()} == {filled, stays}
    assert f"{say('cli.forms_removed', n=1)}\n  {gone.name}\n" in told.output
    assert say("cli.form_unlisted", file=filled.name) in told.output
    assert "Tidak ditimpa" not in told.output


def test_the_tkksd_workbook_waits_for_proposals(tapin):
    assert build_forms(tapin).tkksd is None


def test_the_tkksd_workbook_asks_about_every_cooperation_proposal(tmp_path, taken_in):
    dossier = open_dossier(SAMPLE, home=taken_in(tmp_path))
    made = build_forms(dossier)
    book = openpyxl.load_workbook(made.tkksd)
    assert {"TKKSD-1", "TKKSD-2", "TKKSD-3"} <= set(book.sheetnames)
    first = (
        next(row for row in book["TKKSD-1"].iter_rows() if row[0].value == "usulan_id")[0].row + 1
    )
    title = book["TKKSD-1"].cell(first, 2)  # told for reading only
    assert title.value
    assert title.protection.locked
    asked = {c.value for c in book["TKKSD-1"]["A"] if c.value and "-" in str(c.value)}
    assert len({name for name in asked if name[-2:].isdigit()}) == 125


def test_a_blank_questionnaire_sent_back_is_no_answer(tapin):
    register_folder = tapin.folder / "kuesioner"
    blank, filled = build_forms(tapin).offices[:2]
    fill(filled, "d1", 2)
    for path in (blank, filled):
        (register_folder / path.name).write_bytes(path.read_bytes())
    seen = overview(read_register(tapin))
    assert seen.offices_answered == 1
