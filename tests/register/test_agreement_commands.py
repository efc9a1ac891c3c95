"""`ksd agreements export` and `form`: what the secretariat sees, in both languages and for machines."""

import json

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from ksd_toolkit.cli import app
from ksd_toolkit.cli.agreement_files import EXPORT_FILE, FORM_FILE
from ksd_toolkit.questionnaire import read_form
from ksd_toolkit.questionnaire.agreement_headings import _known
from tests.register.test_agreement_files import HEAD, ROW
from tests.small_project import NAME, new_project


@pytest.fixture
def ksd(tmp_path, monkeypatch):
    project = new_project(tmp_path)
    (project.folder / "naskah.csv").write_text(HEAD + ROW, "utf-8")
    monkeypatch.chdir(project.home)
    return lambda *words: CliRunner().invoke(app, ["agreements", *words])


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("id", ["1 naskah", "Tabel naskah dibaca dari naskah.csv", "Tabel monev tidak ada"]),
        ("en", ["1 documents", "The table naskah is read from naskah.csv", "no table monev"]),
    ],
)
def test_an_export_says_what_it_wrote_and_where_it_was_read(ksd, lang, words):
    shown = ksd("export", NAME, "--lang", lang)
    assert shown.exit_code == 0
    assert all(text in shown.output for text in [EXPORT_FILE, f"data/{NAME}/naskah.xlsx", *words])


def test_an_export_for_machines(ksd):
    told = json.loads(ksd("export", NAME, "--json").output)
    assert told["rows"] == {"naskah": 1, "tahapan": 0, "monev": 0, "capaian": 0}
    assert told["read_from"]["naskah"] == "naskah.csv"
    assert load_workbook(told["file"])["naskah"]["A5"].value == "KB-1/2023"


def test_a_file_somebody_named_is_never_written_over(ksd, tmp_path):
    mine = tmp_path / "mine.xlsx"
    mine.write_bytes(b"theirs")
    refused = ksd("export", NAME, str(mine))
    assert refused.exit_code == 1
    assert "mine.xlsx sudah ada" in refused.stderr
    assert mine.read_bytes() == b"theirs"
    mine.unlink()
    assert [ksd("export", NAME, str(mine)).exit_code for _ in range(2)] == [0, 0]


def test_a_form_is_empty_unless_it_is_asked_to_be_filled(ksd, tmp_path):
    rows = {}
    for way in ((), ("--filled",)):
        path = tmp_path / f"form{len(way)}.xlsx"
        shown = ksd("form", NAME, str(path), *way, "--json")
        assert json.loads(shown.output)["filled"] == bool(way)
        rows[way] = load_workbook(path)["naskah"]["A5"].value
    assert rows == {(): None, ("--filled",): "KB-1/2023"}
    assert FORM_FILE in ksd("form", NAME).output


def test_a_text_no_cell_can_hold_is_refused_not_cut(ksd, tmp_path):
    path = tmp_path / "data" / NAME / "naskah.csv"
    path.write_text(f"no_dok,mitra_nama\nKB-1,{'a' * 32_768}\n", "utf-8")
    refused = ksd("export", NAME)
    assert refused.exit_code == 1
    assert "KB-1" in refused.stderr


def test_every_known_heading_means_a_question_of_the_form():
    for table, asked in _known().items():
        if isinstance(asked, dict) and "judul" not in asked:
            fields = {field.name for field in read_form("evaluasi").table(table).fields}
            assert set(asked) <= fields


@pytest.mark.parametrize("lang", ["id", "en"])
def test_an_intake_says_which_file_the_register_is_read_from(ksd, lang):
    shown = CliRunner().invoke(app, ["ingest", NAME, "--lang", lang])
    line = {"id": "Register kerja sama dibaca dari", "en": "Register of cooperation read from"}
    assert f"{line[lang]}: naskah.csv." in shown.output
