"""A dossier is found by name from any folder; a setting that cannot be used is named."""

import shutil
from dataclasses import replace
from datetime import date

import pytest

from ksd_toolkit.dossier import open_dossier
from ksd_toolkit.errors import InputError, KsdError, RunError
from ksd_toolkit.project import dossier_names, find_home, slug
from ksd_toolkit.stamp import Source
from tests.small_project import NAME, SETTINGS


def settings_with(project, old, new):
    text = SETTINGS.replace(old, new)
    assert text != SETTINGS
    (project.folder / "dossier.toml").write_text(text, encoding="utf-8")


def refusal(project):
    with pytest.raises(KsdError) as refused:
        open_dossier(NAME, home=project.home)
    for lang in ("id", "en"):
        assert refused.value.sentence(lang)
    return refused.value


# --- found -----------------------------------------------------------------------------------


def test_a_dossier_knows_its_region_period_and_offices(project):
    dossier = project.dossier
    assert (dossier.region.name, dossier.period) == ("Kabupaten Hulu Sungai Selatan", "2026")
    assert dossier.tanggal_acuan == date(2026, 8, 31)
    assert (dossier.lang, dossier.simulated) == ("id", True)
    assert list(dossier.offices.index) == ["DINKES", "DISDIK", "DISHUB"]
    assert dossier.name_of(project.inbox / "dinkes.xlsx") == "kuesioner/dinkes.xlsx"
    assert [path.name for path in dossier.workbooks] == ["dinkes.xlsx", "disdik.xlsx"]


def test_a_dossier_is_found_from_any_folder_of_its_project(project, monkeypatch):
    monkeypatch.chdir(project.inbox)
    monkeypatch.delenv("KSD_HOME", raising=False)
    assert open_dossier(NAME).root == project.home.resolve()


def test_a_dossier_is_found_by_ksd_home(project, monkeypatch, tmp_path_factory):
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    monkeypatch.setenv("KSD_HOME", str(project.home))
    assert open_dossier(NAME).root == project.home.resolve()
    monkeypatch.delenv("KSD_HOME")
    with pytest.raises(RunError) as refused:
        find_home()
    assert refused.value.code == "dossier.no_home"


def test_names_of_all_dossiers(project):
    assert dossier_names(project.home) == [NAME]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("hulu-sungai-selatan/1999", "dossier.unknown"),
        ("tanah-laut/2026", "dossier.unknown"),
        ("hulu-sungai-selatan", "dossier.name"),
        ("Hulu Sungai Selatan/2026", "dossier.name"),
        ("hulu-sungai-selatan/26", "dossier.name"),
        ("hulu-sungai-selatan/2026-S3", "dossier.name"),
        ("../hulu-sungai-selatan/2026", "dossier.name"),
        ("/etc/2026", "dossier.name"),
        ("hulu-sungai-selatan/2026\n", "dossier.name"),
        ("", "dossier.name"),
    ],
)
def test_a_name_that_is_none_is_refused(project, name, code):
    with pytest.raises(RunError) as refused:
        open_dossier(name, home=project.home)
    assert refused.value.code == code
    if code == "dossier.unknown":
        assert NAME in refused.value.sentence("id")


def test_of_many_dossiers_those_most_like_the_one_asked_for_are_named(project):
    for number in range(1990, 2019):
        shutil.copytree(project.folder, project.folder.parent / str(number), dirs_exist_ok=True)
    with pytest.raises(RunError) as refused:
        open_dossier("hulu-sungai-selatan/2030", home=project.home)
    told = refused.value.sentence("id")
    assert "(30)" in told
    assert told.count("hulu-sungai-selatan/") == 9  # what was asked for, and eight like it


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hulu Sungai Selatan", "hulu-sungai-selatan"),
        ("  Kab. Tapin ", "kab-tapin"),
        ("\u00c9l 2", "el-2"),
    ],
)
def test_a_folder_name_has_plain_letters(text, expected):
    assert slug(text) == expected


def test_the_period_before_is_opened_when_it_is_there(project):
    settings_with(project, "simulated = true", 'simulated = true\nprevious_period = "2025"')
    assert project.dossier.previous() is None
    earlier = project.folder.parent / "2025"
    earlier.mkdir()
    for name in ("dossier.toml", "opd.csv"):
        (earlier / name).write_bytes((project.folder / name).read_bytes())
    assert project.dossier.previous().period == "2025"


# --- settings --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "code", "named"),
    [
        ('region = "63.06"', "", "dossier.setting_missing", "region"),
        ("tanggal_acuan = 2026-08-31", "", "dossier.setting_missing", "tanggal_acuan"),
        ("2026-08-31", '"31 Agustus 2026"', "dossier.date", "31 Agustus 2026"),
        ("2026-08-31", "2026-08-31T07:00:00", "dossier.date", "07:00"),
        ('place = "Kandangan"', "", "dossier.setting_missing", "place"),
        ("[issuer]", "[penerbit]", "dossier.settings_unknown", "[penerbit]"),
        ("[dossier]", "dossier = 1\n[schedule]\n[dosier]", "dossier.settings_unknown", "[dosier]"),
        (
            "tanggal_acuan",
            "tanggal_acuam",
            "dossier.settings_unknown",
            "pakai yang mirip: tanggal_acuan",
        ),
        (
            "[issuer]",
            "deadlin = 2026-07-01\n[issuer]\nplase = 1",
            "dossier.settings_unknown",
            "[dossier] deadlin, [issuer] plase",
        ),
        ("[issuer]\n", "", "dossier.settings_unknown", "[dossier] government"),
        ('"63.06"', '"Hulu Sungai"', "region.unknown", "Hulu Sungai Selatan"),
        ('"63.06"', '"Banjar"', "region.ambiguous", "Kota Banjar"),
        ('"63.06"', '"31.71"', "region.not_party", "Jakarta Pusat"),
        ("tkksd_members = 1", "tkksd_members = 'tiga'", "dossier.settings", "tkksd_members"),
        ("[dossier]", "[dossier", "dossier.settings", "dossier.toml"),
        (
            "[issuer]",
            "[determination]\ndate = '1 Mei'\n[issuer]",
            "follow_through.decree_date",
            "1 Mei",
        ),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(project, old, new, code, named):
    settings_with(project, old, new)
    error = refusal(project)
    assert isinstance(error, InputError)
    assert error.code == code
    assert named in error.sentence("id")


def test_settings_saved_by_an_old_editor_are_read(project):
    text = (project.folder / "dossier.toml").read_text(encoding="utf-8")
    (project.folder / "dossier.toml").write_text("\ufeff" + text, encoding="utf-8")
    assert project.dossier.period == "2026"


def test_settings_that_are_no_text_are_refused(project):
    (project.folder / "dossier.toml").write_bytes(b"\xff\xfe[dossier]")
    assert refusal(project).code == "dossier.settings"


HEAD = "opd_kode,opd_nama,urusan\n"


@pytest.mark.parametrize(
    ("content", "offices"),
    [
        (HEAD + "A,Dinas A,1.01\nB,Dinas B,1.02\n", {"A": "Dinas A", "B": "Dinas B"}),
        ("\ufeff" + HEAD + "A,Dinas A,1.01\r\n", {"A": "Dinas A"}),
        ("opd_kode;opd_nama;urusan\nA;Dinas A, B, dan C;1.01\n", {"A": "Dinas A, B, dan C"}),
        (HEAD + 'A,"Dinas A, B, dan C",1.01\n', {"A": "Dinas A, B, dan C"}),
        (HEAD + " A , Dinas A ,1.01\n,,\n\n", {"A": "Dinas A"}),
        ("urusan,opd_nama,opd_kode,alamat\n1.01,NA,A,Jl. Contoh\n", {"A": "NA"}),
        (HEAD, {}),
    ],
)
def test_offices_are_read_as_office_programs_write_them(project, content, offices):
    (project.folder / "opd.csv").write_text(content, encoding="utf-8", newline="")
    assert project.dossier.offices["opd_nama"].to_dict() == offices


@pytest.mark.parametrize(
    ("content", "code", "named"),
    [
        (b"", "dossier.offices_columns", "opd_kode, opd_nama, urusan"),
        (b"kode,nama\nA,Dinas A\n", "dossier.offices_columns", "opd_kode, opd_nama, urusan"),
        (HEAD.encode() + b"A,Dinas A,1.01\nA,Dinas B,1.02\n", "dossier.offices_repeated", "A"),
        (HEAD.encode() + b"A,Dinas A, B, dan C,1.01\n", "dossier.settings", "#2 A,Dinas A,B"),
        (HEAD.encode() + b"A,Dinas A\n", "dossier.settings", "#2 A,Dinas A"),
        (HEAD.encode() + b"A,Dinas \xe9,1.01\n", "dossier.settings", "opd.csv"),
    ],
)
def test_a_list_of_offices_that_cannot_be_used_is_refused(project, content, code, named):
    (project.folder / "opd.csv").write_bytes(content)
    error = refusal(project)
    assert error.code == code
    assert named in error.sentence("id")


def test_a_dossier_without_offices_is_refused(project):
    (project.folder / "opd.csv").unlink()
    assert refusal(project).code == "dossier.no_offices"


# --- the stamp -------------------------------------------------------------------------------


def test_a_stamp_does_not_depend_on_the_order_of_its_inputs(project):
    stamp = project.register().stamp
    turned = replace(stamp, sources=stamp.sources[::-1])
    assert turned.data_sha256 == stamp.data_sha256
    more = replace(stamp, sources=(*stamp.sources, Source("x.csv", "0" * 64, 1)))
    assert more.data_sha256 != stamp.data_sha256
    assert "2026" in stamp.line()
    assert stamp.in_language("en").line() != stamp.line()
