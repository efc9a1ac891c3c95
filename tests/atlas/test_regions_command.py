"""`ksd regions` as a clerk and as a script meets it."""

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from ksd_toolkit.cli import app
from tests.atlas.map_files import collection, feature
from tests.atlas.pack import in_pack

LONG = "code,indicator,year,value,source\n63.06,ipm,2021,69.21,BPS\n63.05,ipm,2021,70.1,BPS\n"


@pytest.fixture
def ksd(tmp_path, monkeypatch):
    """Call the command in an empty project."""
    (tmp_path / "data").mkdir()
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, ["regions", *map(str, words)])


def put(name, text):
    from pathlib import Path

    Path(name).write_text(text, encoding="utf-8")
    return name


def test_a_whole_file_is_told_in_one_line(ksd):
    done = ksd("import", put("bps.csv", LONG))
    assert done.exit_code == 0
    assert (
        "bps.csv (indikator): 2 dibaca = 2 diterima + 0 disisihkan + 0 ganda + 0 kosong."
        in done.output
    )


def test_english_is_complete(ksd):
    done = ksd("import", put("bps.csv", LONG), "--lang", "en")
    assert "bps.csv (indicators): 2 read = 2 accepted" in done.output


def test_many_problems_of_a_kind_are_summed_on_screen_and_whole_in_the_file(ksd, tmp_path):
    rows = "".join(f"63{n:02d},ipm,2021,70,BPS\n" for n in range(1, 12))
    done = ksd("import", put("bps.csv", LONG + rows))
    assert done.exit_code == 2  # a part
    assert done.output.count("atlas.code_system") == 4  # three, and the line that counts the others
    assert "8 yang serupa" in done.output
    text = (tmp_path / "reports" / "wilayah" / "masalah.csv").read_text(encoding="utf-8-sig")
    assert len(list(csv.reader(io.StringIO(text)))) == 1 + 11
    facts = json.loads(ksd("import", "bps.csv", "--json").output)
    assert len(facts["problems"]) == 11
    assert facts["exit_code"] == 2
    assert facts["balance"] == {
        "read": 13,
        "accepted": 2,
        "quarantined": 11,
        "duplicate": 0,
        "blank": 0,
    }


def test_the_page_of_problems_goes_when_there_are_none(ksd, tmp_path):
    ksd("import", put("bps.csv", LONG + "6306,ipm,2022,1,BPS\n"))
    page = tmp_path / "reports" / "wilayah" / "masalah.csv"
    assert page.exists()
    ksd("import", put("bps.csv", LONG))
    assert not page.exists()


def test_nothing_that_could_be_used_is_exit_code_1(ksd):
    done = ksd("import", put("a.csv", "x,y\n1,2\n"), "nowhere.csv")
    assert done.exit_code == 1
    assert "atlas.headings" in done.output
    assert "atlas.no_file" in done.output


def test_a_wide_table_asks_for_its_year_and_takes_it(ksd):
    text = "kode;nama;ipm;p0_miskin\n63.06;Kabupaten Hulu Sungai Selatan;69,21;4,5\n"
    refused = ksd("import", put("lebar.csv", text))
    assert refused.exit_code == 1
    assert "--year 2024" in refused.output
    assert ksd("import", "lebar.csv", "--year", "2021", "--source", "BPS").exit_code == 0
    status = json.loads(ksd("status", "--json").output)
    assert [
        (row["indicator"], row["last_year"], row["sources"]) for row in status["indicators"]
    ] == [
        ("ipm", 2021, "BPS"),
        ("p0_miskin", 2021, "BPS"),
    ]


def test_an_unknown_code_system_is_refused_by_the_command(ksd):
    done = ksd("import", put("bps.csv", LONG), "--codes", "x")
    assert done.exit_code == 1
    assert "x: kemendagri, bps" in done.output


@pytest.mark.parametrize("name", ["kemendagri", "Kemendagri", "KEMENDAGRI"])
def test_the_name_of_a_code_system_may_be_written_in_any_letters(ksd, name):
    done = ksd("import", put("bps.csv", LONG.replace("63.06", "6306")), "--codes", name)
    assert done.exit_code == 0


def test_four_digits_without_a_crosswalk_say_how_to_bring_one(ksd):
    put("bps.csv", LONG.replace("63.06", "6306"))
    assert "padanannya belum diimpor (ksd regions import" in ksd("import", "bps.csv").output
    assert "was not imported yet" in ksd("import", "bps.csv", "--lang", "en").output
    pair = put("padanan.csv", "code,bps_code\n63.06,6306\n63.09,6308\n")
    done = ksd("import", pair, "bps.csv", put("lain.csv", LONG.replace("63.06", "6308")))
    assert "atau kode BPS 63.06 (Kabupaten Hulu Sungai Selatan)" in done.output
    assert "kode Kemendagri 63.08 (Kabupaten Hulu Sungai Utara)" in done.output
    assert "atau kode BPS 63.09 (Kabupaten Tabalong)" in done.output
    other = ksd("import", put("lain.csv", LONG.replace("63.06", "6399"))).output
    assert "kode Kemendagri (tidak ada), atau kode BPS (tidak ada)" in other


@pytest.mark.parametrize("name", ["folder", "."])
def test_a_folder_is_told_as_one(ksd, tmp_path, name):
    (tmp_path / "folder").mkdir()
    done = ksd("import", name)
    assert done.exit_code == 1
    assert "Ini folder" in done.output
    assert (name if name != "." else tmp_path.name) + ":" in done.output


def test_what_comes_back_when_a_file_goes_is_told_only_where_something_does(ksd):
    ksd("import", put("a.csv", LONG))
    ksd("import", put("b.csv", LONG.replace("69.21", "69.5")))
    done = ksd("remove", "b.csv")
    assert done.output.splitlines() == [
        "b.csv dikeluarkan.",
        "2 angka atau bidang yang pernah digantikannya berlaku lagi.",
    ]
    assert ksd("remove", "a.csv").output.splitlines() == ["a.csv dikeluarkan."]


def test_status_of_an_empty_project_says_how_to_begin(ksd):
    done = ksd("status")
    assert done.exit_code == 0
    assert "ksd regions import" in done.output
    assert "jaringan tetangga" in done.output
    assert json.loads(ksd("status", "--json").output)["files"] == []


def test_status_names_what_is_there_and_what_is_missing(ksd):
    ksd("import", put("bps.csv", LONG))
    done = ksd("status", "--lang", "en")
    assert "ipm: 2 regions, 2021, source BPS" in done.output
    facts = json.loads(ksd("status", "--json").output)
    assert "stunting" in facts["missing"]
    assert "ipm" not in facts["missing"]
    assert facts["regions"] == {"kab_kota": 514, "provinces": 38}


def test_status_says_where_newer_files_replaced_all_of_one(ksd):
    ksd("import", put("lama.csv", LONG), put("baru.csv", LONG.replace("69.21", "69.5")))
    assert ksd("status").output.count("Semuanya sudah digantikan") == 1


def test_a_file_is_removed_by_its_name_and_a_wrong_one_names_those_there(ksd):
    ksd("import", put("bps.csv", LONG))
    wrong = ksd("remove", "bsp.csv")
    assert wrong.exit_code == 1
    assert "bps.csv" in wrong.output
    assert json.loads(ksd("remove", "bps.csv", "--json").output) == {
        "removed": ["bps.csv"],
        "returned": 0,
    }
    assert json.loads(ksd("status", "--json").output)["files"] == []


def test_remarks_on_earlier_files_are_one_line_and_whole_in_the_file(ksd, tmp_path):
    both = "code,indicator,year,value,source\n63.06,ipm,2021,69.21,A\n63.06,ipm,2021,50,B\n"
    assert "atlas.figures_differ" in ksd("import", put("dua.csv", both)).output
    done = ksd("import", put("uhh.csv", LONG.replace("ipm", "uhh")))
    assert "atlas.figures_differ" not in done.output
    assert "Satu catatan lain tentang berkas yang diimpor lebih dahulu" in done.output
    text = (tmp_path / "reports" / "wilayah" / "masalah.csv").read_text(encoding="utf-8-sig")
    assert "atlas.figures_differ" in text
    assert "atlas.figures_differ" in ksd("status").output
    facts = json.loads(ksd("import", "uhh.csv", "--json").output)
    assert [len(facts["problems"]), len(facts["earlier"])] == [0, 1]


def test_a_map_is_brought_beside_the_figures(ksd):
    done = ksd("import", put("bps.csv", LONG), put("peta.geojson", collection(feature("63.06"))))
    assert done.exit_code == 0
    assert "peta.geojson (batas wilayah): 1 dibaca = 1 diterima" in done.output
    assert "atlas.shapes_missing" in done.output


def test_hostile_texts_stay_text(ksd, tmp_path):
    text = 'code,indicator,year,value,source\n"=HYPERLINK(""x"")",ipm,2021,1,"<script>\u202e"\n63.06,ipm,2021,=1+1,x\n'
    done = ksd("import", put("a.csv", text))
    assert done.exit_code == 1
    assert "\u202e" not in done.output
    page = (tmp_path / "reports" / "wilayah" / "masalah.csv").read_text(encoding="utf-8-sig")
    assert not any(cell.startswith("=") for row in csv.reader(io.StringIO(page)) for cell in row)


def test_outside_a_project_there_is_a_sentence(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KSD_HOME", raising=False)
    done = CliRunner().invoke(app, ["regions", "status"])
    assert done.exit_code == 1
    assert "KSD_HOME" in done.output


@pytest.mark.parametrize(
    ("name", "words", "code"),
    [
        ("indicators_long.csv", (), ""),
        ("indicators_latest_wide.csv", (), "atlas.no_year"),
        ("indicators_latest_wide.csv", ("--year", "2024"), ""),
        ("indicators_meta.csv", (), ""),
        ("regions.csv", (), ""),
        ("grdp_pc_2010_2024.csv", (), ""),
        ("ihk_cities_2024.csv", (), "atlas.no_figures"),
        ("districts.csv", (), "atlas.headings"),
        ("centroids.csv", (), "atlas.headings"),
        ("neighbours.csv", (), "atlas.headings"),
        ("neighbours_province.csv", (), "atlas.headings"),
        ("README.md", (), "atlas.headings"),
        ("adm1_small.geojson", (), ""),
        ("villages.parquet", (), "atlas.map_columns"),
    ],
)
def test_every_file_of_the_data_pack_comes_in_or_is_refused_with_its_reason(ksd, name, words, code):
    facts = json.loads(ksd("import", in_pack(name), *words, "--json").output)
    refusals = [one["code"] for one in facts["problems"] if one["severity"] == "error"]
    assert refusals == ([code] if code else [])
    assert facts["exit_code"] == (1 if code else 0)
    assert facts["balance"]["quarantined"] == 0
