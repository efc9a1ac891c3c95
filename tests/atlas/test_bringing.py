"""Indicators and boundaries come in whole, are told in full, and are there for whoever asks."""

import pytest

from ksd_toolkit.atlas import (
    EMPTY,
    Asked,
    Balance,
    Removed,
    atlas_status,
    bring,
    read_atlas,
    remove,
)
from ksd_toolkit.errors import InputError
from tests.atlas.pack import in_pack

LONG = """code,indicator,year,value,unit,source
63.06,ipm,2021,69.21,indeks,BPS
63.06,p0_miskin,2021,4.5,persen,BPS
63.05,ipm,2021,70.1,indeks,BPS
"""


def put(folder, name, text, encoding="utf-8"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def figures(atlas):
    rows = atlas.indicators
    return {
        (c, i, y): v
        for c, i, y, v in zip(rows.code, rows.indicator, rows.year, rows.value, strict=True)
    }


def test_a_project_nobody_brought_anything_to_has_an_empty_atlas(tmp_path):
    atlas = read_atlas(tmp_path)
    assert atlas.is_empty
    assert atlas is EMPTY
    assert list(atlas.indicators.columns) == [
        "code",
        "indicator",
        "year",
        "value",
        "unit",
        "source",
        "place",
        "suspect",
    ]
    assert list(tmp_path.iterdir()) == []  # reading makes nothing


def test_every_figure_is_kept_with_its_unit_source_and_place(tmp_path):
    found = bring(tmp_path, [put(tmp_path, "bps.csv", LONG)])
    assert found.balance == Balance(accepted=3)
    assert found.problems == ()
    row = read_atlas(tmp_path).indicators.iloc[1]
    assert row.to_dict() == {
        "code": "63.06",
        "indicator": "ipm",
        "year": 2021,
        "value": 69.21,
        "unit": "indeks",
        "source": "BPS",
        "place": "bps.csv:2",
        "suspect": False,
    }


def test_indonesian_headings_decimal_commas_and_windows_letters_read_the_same(tmp_path):
    text = "Kode Wilayah;Indikator;Tahun;Nilai;Satuan;Sumber\n63.06;IPM;2021;69,21;indeks;BPS \u2013 Kandangan\n"
    bring(tmp_path, [put(tmp_path, "bps.csv", text, "cp1252")])
    row = read_atlas(tmp_path).indicators.iloc[0]
    assert (row["indicator"], row["value"], row["source"]) == ("ipm", 69.21, "BPS \u2013 Kandangan")


def test_what_is_read_is_accepted_set_aside_duplicate_or_blank(tmp_path):
    text = LONG + (
        "63.06,ipm,2021,69.21,indeks,BPS\n"  # the same again
        ",,,,,\n"
        "63.07,ipm,2021,-,indeks,BPS\n"
        "6307,ipm,2021,68.1,indeks,BPS\n"
        "63.07,ipm,21,68.1,indeks,BPS\n"
        "63.07,ipm,2021,lima,indeks,BPS\n"
    )
    found = bring(tmp_path, [put(tmp_path, "bps.csv", text)])
    assert found.balance == Balance(accepted=3, quarantined=3, duplicate=1, blank=2)
    assert found.balance.read == 9
    assert [(p.code, p.where.cell) for p in found.problems] == [
        ("atlas.code_system", "A8"),
        ("atlas.year", "C9"),
        ("atlas.value", "D10"),
    ]


def test_two_values_of_one_figure_are_both_set_aside(tmp_path):
    text = LONG + "63.05,ipm,2021,71.0,indeks,BPS\n"
    found = bring(tmp_path, [put(tmp_path, "bps.csv", text)])
    assert found.balance == Balance(accepted=2, quarantined=2)
    assert [p.code for p in found.problems] == ["atlas.contradiction"]
    assert "70,1 (baris 4) dan 71." in found.problems[0].text()
    assert "70.1 (row 4) and 71." in found.problems[0].text("en")
    assert ("63.05", "ipm", 2021) not in figures(read_atlas(tmp_path))


def test_the_newest_file_stands_until_it_is_removed(tmp_path):
    first = put(tmp_path, "a.csv", LONG)
    second = put(tmp_path, "b.csv", LONG.replace("69.21", "69.5"))
    bring(tmp_path, [first])
    found = bring(tmp_path, [second])
    assert found.files[0].replaced == 3
    assert figures(read_atlas(tmp_path))["63.06", "ipm", 2021] == 69.5
    assert bring(tmp_path, [first]).files[0].unchanged
    assert figures(read_atlas(tmp_path))["63.06", "ipm", 2021] == 69.21
    assert remove(tmp_path, "a.csv") == Removed(("a.csv",), returned=3)
    assert figures(read_atlas(tmp_path))["63.06", "ipm", 2021] == 69.5
    assert remove(tmp_path, "all") == Removed(("b.csv",), returned=0)
    assert read_atlas(tmp_path).is_empty
    with pytest.raises(InputError) as error:
        remove(tmp_path, "a.csv")
    assert error.value.code == "atlas.nothing_removed"


def test_a_file_of_which_nothing_stands_is_no_source(tmp_path):
    first = put(tmp_path, "a.csv", LONG)
    second = put(tmp_path, "b.csv", LONG.replace("69.21", "69.5"))
    third = put(tmp_path, "c.csv", LONG.splitlines()[0] + "\n63.05,ipm,2021,71,indeks,BPS\n")
    bring(tmp_path, [first, second, third])
    assert [source.name for source in read_atlas(tmp_path).sources] == ["b.csv", "c.csv"]
    assert [file.name for file in atlas_status(tmp_path).files] == ["a.csv", "b.csv", "c.csv"]
    remove(tmp_path, "b.csv")
    assert [source.name for source in read_atlas(tmp_path).sources] == ["a.csv", "c.csv"]


def test_the_same_files_in_another_project_are_the_same_bytes(tmp_path):
    stores = []
    for name in ("one", "two"):
        home = tmp_path / name
        home.mkdir()
        bring(
            home,
            [put(tmp_path, "bps.csv", LONG), put(tmp_path, "x.csv", "kode;ipm\n63.01;70,5\n")],
            Asked(year=2021),
        )
        folder = home / ".ksd" / "wilayah"
        stores.append(
            {
                p.relative_to(folder).as_posix(): p.read_bytes()
                for p in folder.rglob("*")
                if p.is_file()
            }
        )
    assert stores[0] == stores[1]


# --- the data pack ---------------------------------------------------------------------------


def test_the_long_table_of_the_data_pack_comes_in_whole(tmp_path):
    paths = [in_pack("indicators_long.csv"), in_pack("indicators_meta.csv")]
    found = bring(tmp_path, paths)
    assert found.files[0].balance == Balance(accepted=17_013)
    assert found.files[1].balance == Balance(accepted=37)
    atlas = read_atlas(tmp_path)
    ipm = atlas.latest("ipm").loc["63.06"]
    assert (ipm["unit"], ipm["source"], ipm["place"].partition(":")[0]) == (
        "indeks",
        "S2",
        "indicators_long.csv",
    )


@pytest.mark.parametrize(
    "name", ["adm2_small.parquet", "adm2_medium.parquet", "adm2_small.geojson"]
)
def test_the_boundaries_of_the_data_pack_are_514_shapes(tmp_path, name):
    found = bring(tmp_path, [in_pack(name)])
    assert found.balance == Balance(accepted=514)
    assert found.problems == ()
    boundaries = read_atlas(tmp_path).boundaries
    assert len(boundaries) == 514
    west, south, east, north = boundaries.bounds(["63.06"])
    assert 114.8 < west < east < 115.7
    assert -3.1 < south < north < -2.4
