"""A new dossier is complete and opens at once, or nothing was made."""

import shutil
from pathlib import Path

import pytest

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.errors import InputError, RunError
from ksd_toolkit.questionnaire import Submission, read_form, read_workbook
from ksd_toolkit.regions import find_region
from ksd_toolkit.runs import forms
from ksd_toolkit.runs.forms import build_workbooks
from ksd_toolkit.runs.new import new_dossier, region_folder

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    new_dossier("Tapin", "2027", home)
    return home


def test_a_new_dossier_opens(home):
    dossier = open_dossier("tapin/2027", home=home)
    assert dossier.region.code == "63.05"
    assert str(dossier.tanggal_acuan) == "2027-08-31"
    assert dossier.issuer.government == "Pemerintah Kabupaten Tapin"
    assert (dossier.issuer.place, dossier.simulated, dossier.previous_period) == (
        "Tapin",
        False,
        "",
    )
    assert dossier.workbooks == []


def test_blank_workbooks_can_be_returned(home):
    dossier = open_dossier("tapin/2027", home=home)
    blanks = sorted((dossier.folder / "formulir").iterdir())
    assert len(blanks) == len(dossier.offices)
    submission = read_workbook(blanks[0], dossier)
    assert isinstance(submission, Submission)
    assert not [p for p in submission.problems if p.severity == "error"]


def test_evaluation_tables_have_their_headers(home):
    for table in read_form("evaluasi").tables:
        text = (home / "data/tapin/2027" / f"{table.name}.csv").read_text(encoding="utf-8")
        assert text == ",".join(field.name for field in table.fields) + "\n"


@pytest.mark.usefixtures("empty_forms")
@pytest.mark.parametrize(("period", "previous"), [("2028", "2027"), ("2028-S2", ""), ("2026", "")])
def test_the_previous_period_is_named_when_it_exists(home, tmp_path, period, previous):
    shutil.copytree(home / "data", tmp_path / "data")
    folder = new_dossier("63.05", period, tmp_path)
    assert folder == tmp_path / "data" / "tapin" / period
    assert open_dossier(f"tapin/{period}", home=tmp_path).previous_period == previous


@pytest.mark.parametrize(
    ("region", "period", "error", "code"),
    [
        ("Tapin", "2027", RunError, "dossier.exists"),
        ("Tapin", "27", RunError, "dossier.year"),
        ("Tapin", "2027-S3", RunError, "dossier.year"),
        ("Tapin", "../2027", RunError, "dossier.year"),
        ("Tapinn", "2027", InputError, "region.unknown"),
        ("Banjar", "2027", InputError, "region.ambiguous"),
        ("Kota Administrasi Jakarta Selatan", "2027", InputError, "region.not_party"),
    ],
)
def test_refusals_change_nothing(home, region, period, error, code):
    before = sorted(home.rglob("*"))
    with pytest.raises(error) as refused:
        new_dossier(region, period, home)
    assert refused.value.code == code
    assert refused.value.sentence("en") != refused.value.sentence("id")
    assert sorted(home.rglob("*")) == before


def test_a_failure_half_way_leaves_nothing(tmp_path, monkeypatch):
    calls = []

    def failing(dossier, opd_kode, carried):
        calls.append(opd_kode)
        if len(calls) > 3:
            raise OSError("disk full")
        return b"x"

    monkeypatch.setattr(forms, "office_workbook", failing)
    with pytest.raises(OSError, match="disk full"):
        new_dossier("Tapin", "2027", tmp_path)
    assert not [*(tmp_path / "data").iterdir()]


def test_every_party_has_a_folder_of_its_own():
    codes = ("32.04", "32.73", "63.03", "32.79", "75", "75.01", "75.71", "63.06")
    folders = [region_folder(find_region(code)) for code in codes]
    assert len(set(folders)) == len(codes)
    assert folders[-1] == "hulu-sungai-selatan"


def test_workbooks_follow_an_edited_list_of_offices(home, tmp_path):
    shutil.copytree(home / "data", tmp_path / "data")
    offices = tmp_path / "data/tapin/2027/opd.csv"
    offices.write_text(
        "opd_kode,opd_nama,urusan\nDINKES,Dinas Kesehatan dan KB,1.02;2.14\n", "utf-8"
    )
    made = build_workbooks(open_dossier("tapin/2027", home=tmp_path))
    assert [path.name for path in made] == ["Kuesioner KSD 2027 - Dinas Kesehatan dan KB.xlsx"]
    assert made == [*made[0].parent.iterdir()]


def test_common_offices_name_known_affairs(home):
    dossier = open_dossier("tapin/2027", home=home)
    known = {c.code for c in read_form("pemetaan").table("opd").field("urusan_opd").choices}
    named = {code for codes in dossier.offices["urusan"] for code in codes.split(";")}
    assert named <= known


@pytest.mark.usefixtures("empty_forms")
def test_the_brief_is_copied_where_it_exists(tmp_path):
    (tmp_path / "notebooks").mkdir()
    own = (ROOT / "notebooks" / "07_policy_brief.ipynb").read_text(encoding="utf-8")
    own = own.replace("# Prospek", "# Prospek Tapin: prospek")
    (tmp_path / "notebooks" / "07_policy_brief.ipynb").write_text(own, encoding="utf-8")
    folder = new_dossier("63.05", "2027", tmp_path)
    copied = (folder / "policy_brief.id.ipynb").read_text(encoding="utf-8")
    assert "# Prospek Tapin: prospek" in copied
    assert 'dossier = \\"tapin/2027\\"' in copied
    assert "hulu-sungai-selatan" not in copied
    assert (folder / "policy_brief.en.ipynb").is_file()
