"""`ksd roll-up` from a project of four regions: the paper in every form, its stamp, its check and its traces."""

import json

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from ksd_toolkit.cli import app
from tests.rollup.regions import missing, naming, project, summary

pytestmark = pytest.mark.slow

FORMS = ("html", "pdf", "docx", "xlsx")
FOLDER = "reports/rekap-63/2026"


def ksd(*words):
    """What the command said, and its exit code."""
    result = CliRunner().invoke(app, list(words))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.output, result.exit_code


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The province and two of its regencies with a summary, one without; rolled up in both languages."""
    said = {"63.05": naming("63.06", "1.05"), "63.06": naming("63.05", "1.05"), "63": ()}
    regions = [
        summary(code, namings=(one,) if one else (), sources=()) for code, one in said.items()
    ]
    folder = project(tmp_path_factory.mktemp("rollup"), regions, silent=["63.07"])
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        told = ksd("roll-up", "2026", "--province", "63", "--rows", "1")
        english = ksd("roll-up", "2026", "--province", "63", "--lang", "en", "--json")
    return folder, told, english


@pytest.fixture
def inside(home, monkeypatch):
    monkeypatch.chdir(home[0])
    return home[0]


def test_it_says_which_regions_are_counted(home):
    folder, (told, code), (english, code_en) = home
    assert (code, code_en) == (2, 2)
    assert "3 daerah dihitung, 1 daerah tidak" in told
    assert "ksd run kabupaten-hulu-sungai-tengah/2026" in told
    facts = json.loads(english)
    assert facts["regions"]["kabupaten-hulu-sungai-tengah/2026"] == "missing"
    for place in (folder / FOLDER, folder / FOLDER / "en"):
        assert {f"roll-up.{form}" for form in FORMS} <= {path.name for path in place.iterdir()}
        assert (place / "notebooks" / "10_roll_up.ipynb").is_file()


def test_the_head_is_that_of_the_provinces_own_government(home):
    page = (home[0] / FOLDER / "roll-up.html").read_text(encoding="utf-8")
    assert "Pemerintah Provinsi Kalimantan Selatan" in page
    assert "DATA CONTOH" in page


def test_the_workbook_holds_the_rows_that_are_cut_on_paper(home):
    book = load_workbook(home[0] / FOLDER / "roll-up.xlsx")
    titles = {sheet["A1"].value: sheet for sheet in book.worksheets}
    sheet = next(s for title, s in titles.items() if "menurut daerah" in str(title))
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert {"Kabupaten Tapin", "Kabupaten Hulu Sungai Selatan"} <= cells
    page = (home[0] / FOLDER / "roll-up.html").read_text(encoding="utf-8")
    assert "baris lagi di buku kerja roll-up.xlsx" in page


def test_a_check_proves_inputs_and_outputs(inside):
    for target in (FOLDER, f"{FOLDER}/roll-up.pdf", "rekap-63/2026"):
        told, code = ksd("verify", target)
        assert (code, "Cocok: 3 berkas" in told) == (0, True), told
    file = inside / "reports/kabupaten-tapin/2026/ringkasan.json"
    page = inside / FOLDER / "roll-up.html"
    before = file.read_bytes(), page.read_bytes()
    file.write_bytes(before[0].replace(b'"usulan":', b'"usulan" :'))
    page.write_bytes(before[1] + b"\n")
    told, code = ksd("verify", FOLDER)
    file.write_bytes(before[0])
    page.write_bytes(before[1])
    assert code == 1
    assert "kabupaten-tapin/2026" in told
    assert "roll-up.html" in told
    assert "2 perbedaan" in told


def test_a_region_that_comes_later_is_noticed(inside):
    late = missing("63.07").dossier
    path = inside / "reports" / late / "ringkasan.json"
    path.parent.mkdir(parents=True)
    path.write_bytes(summary("63.07", sources=()).json_bytes())
    told, code = ksd("verify", FOLDER)
    path.unlink()
    assert (code, late in told) == (1, True)


def test_a_figure_is_traced_to_the_summaries_of_its_regions(inside):
    told, code = ksd("trace", f"{FOLDER}/roll-up.pdf", "K1.2")
    assert code == 0
    assert "Kabupaten Tapin 50" in told
    assert "reports/kabupaten-tapin/2026/ringkasan.json" in told
    told, code = ksd("trace", "roll-up", "K1.2", "--dossier", "rekap-63/2026", "--lang", "en")
    assert (code, "By region:" in told) == (0, True)
    assert ksd("trace", f"{FOLDER}/roll-up.pdf", "T99.9")[1] == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("roll-up", "2027"), "2026"),
        (("roll-up", "tahun"), "bukan periode"),
        (("roll-up", "2026", "--province", "99"), "Tidak ada provinsi"),
        (("roll-up", "2026", "--province", "64"), "ksd run"),
        (("verify", "rekap/2026"), "Buat dengan: ksd roll-up 2026\n"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(inside, words, told):
    said, code = ksd(*words)
    assert code == 1
    assert told in said
    assert len(said.strip().splitlines()) == 1


def test_a_roll_up_is_listed_on_the_index_there_is_and_makes_none(tmp_path, monkeypatch):
    folder = project(tmp_path, [summary("63.05", sources=())])
    monkeypatch.chdir(folder)
    index = folder / "reports" / "indeks-2026.json"
    assert ksd("roll-up", "2026")[1] == 0
    assert not index.exists()
    assert ksd("index", "2026")[1] == 0
    assert [one["area"] for one in json.loads(index.read_bytes())["rollups"]] == [""]
    assert ksd("roll-up", "2026", "--province", "63")[1] == 0
    assert [one["area"] for one in json.loads(index.read_bytes())["rollups"]] == ["", "63"]


def test_a_roll_up_that_counts_nothing_says_so_by_its_exit_code(tmp_path, monkeypatch):
    monkeypatch.chdir(project(tmp_path, [], silent=["63.07"]))
    said, code = ksd("roll-up", "2026")
    assert "0 daerah dihitung" in said
    assert code == 1
