"""A workbook saved by LibreOffice says what it said before, and still asks as it asked."""

import subprocess

import openpyxl
import pytest

from ksd_toolkit.publishing.questionnaire_workbook import office_workbook
from ksd_toolkit.questionnaire import Submission, read_workbook
from ksd_toolkit.questionnaire.prefilled import prefilled_of, untouched_rows
from tests.libreoffice import SOFFICE, needs_calc

CARRIED = {
    "usulan": [{"usulan_id": "DINKES-90", "judul": "Rujukan lintas batas", "usulan_asal": "DINKES-07"}],
    "mitra": [{"usulan_id": "DINKES-90", "mitra_nama": "Kabupaten Tapin", "kode_wilayah": "63.05"}],
    "nilai": [{"usulan_id": "DINKES-90", "kriteria_kode": "U Urgensi", "penilai": "OPD-1"}],
}  # fmt: skip

pytestmark = [
    pytest.mark.slow,
    needs_calc,
]


def facts(submission):
    return {(a.table, a.row_key, a.field, a.value, a.state) for a in submission.answers}


def saved(path, folder):
    """The workbook as LibreOffice writes it."""
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [
            SOFFICE, "--headless", f"-env:UserInstallation={profile}",
            "--convert-to", "xlsx", "--outdir", folder / "saved", path,
        ],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return folder / "saved" / path.name


@pytest.fixture
def handed_out(dossier, tmp_path):
    """A workbook with a usulan of last year, before and after LibreOffice."""
    path = tmp_path / "DINKES.xlsx"
    path.write_bytes(office_workbook(dossier, "DINKES", carried=CARRIED))
    return path, saved(path, tmp_path)


@pytest.mark.parametrize(
    "name", ["Dinas Kesehatan", "Badan Penanggulangan Bencana Daerah", "tkksd"]
)
def test_round_trip_keeps_every_answer(dossier, tmp_path, name):
    path = dossier.folder / "kuesioner" / f"Kuesioner KSD 2026 - {name}.xlsx"
    known = None
    if name == "tkksd":
        path = dossier.tkksd_workbook
        book = openpyxl.load_workbook(path, read_only=True)
        known = {str(row[0]) for row in book["TKKSD-1"].iter_rows(values_only=True) if row[0]}
    before, after = (read_workbook(p, dossier, known) for p in (path, saved(path, tmp_path)))
    assert isinstance(before, Submission)
    assert isinstance(after, Submission)
    assert len(facts(before)) > 100
    assert facts(after) == facts(before)
    assert [p.code for p in after.problems] == [p.code for p in before.problems]


def test_hidden_sheets_and_named_cells_survive(handed_out):
    before, after = (openpyxl.load_workbook(path) for path in handed_out)
    assert after.sheetnames == before.sheetnames
    assert {s.title for s in after if s.sheet_state != "visible"} == {"_pilihan", "_meta"}
    assert {n for n in before.defined_names if n.startswith("q_")} <= set(after.defined_names)
    for sheet in ("_meta", "_pilihan"):
        rows = [[c.value for c in row] for row in before[sheet].iter_rows()]
        assert [[c.value for c in row] for row in after[sheet].iter_rows()] == rows


def asked(book):
    """Every dropdown and length check by sheet and first cell, with its Indonesian words."""
    return {
        (sheet.title, str(area).split(":")[0]): (rule.type, rule.error, rule.prompt)
        for sheet in book
        for rule in sheet.data_validations.dataValidation
        for area in rule.sqref.ranges
        if rule.type in {"list", "textLength"}
    }


def test_dropdowns_and_their_words_survive(handed_out):
    before, after = (asked(openpyxl.load_workbook(path)) for path in handed_out)
    assert len(before) > 40
    assert after.keys() == before.keys()
    for place, (kind, error, prompt) in before.items():
        assert after[place][0] == kind
        assert (after[place][1] or "").split() == (error or "").split()
        assert (after[place][2] or "").split() == (prompt or "").split()


def test_text_cells_and_locks_survive(handed_out):
    before, after = (openpyxl.load_workbook(path)["opd"] for path in handed_out)
    assert before.protection.sheet
    assert after.protection.sheet
    for row in before.iter_rows():
        for cell in row:
            other = after[cell.coordinate]
            if cell.value is not None:
                assert other.protection.locked == cell.protection.locked, cell.coordinate
    nip = next(cell.row for cell in before["A"] if cell.value == "ppksd_1_nip")
    assert before.cell(nip, 3).number_format == after.cell(nip, 3).number_format == "@"
    assert not after.cell(nip, 3).protection.locked


def test_rows_it_was_handed_out_with_are_still_nobodys_answer(dossier, handed_out):
    for path in handed_out:
        understood = read_workbook(path, dossier)
        assert isinstance(understood, Submission)
        rows = untouched_rows(understood.answers, prefilled_of(path))
        assert {table for table, _ in rows} == {"usulan", "mitra"}
