"""What no region can have is set aside at its cell, with what is possible."""

import pytest

from ksd_toolkit.atlas import Asked, Balance, bring, read_atlas
from ksd_toolkit.atlas.possible_values import possible_values


def brought(folder, rows, name="t.csv", heading="kode;indikator;tahun;nilai;satuan"):
    path = folder / name
    path.write_text(heading + "\n" + rows, encoding="utf-8")
    return bring(folder, [path], Asked(year=2021))


@pytest.mark.parametrize(
    ("indicator", "value", "unit"),
    [
        ("p0_miskin", "450", "persen"),
        ("p0_miskin", "-4,5", ""),  # the unit stands in the table of indicators
        ("kemiskinan", "100,01", ""),  # an other name of p0_miskin
        ("stunting", "180", "%"),
        ("pengguna_internet", "101", "Persen"),  # nobody knows it, but its row says what it counts
        ("ikd", "60", ""),
        ("ipm", "691", "indeks"),
        ("ikp", "-1", ""),
    ],
)
def test_what_no_region_can_have_is_set_aside_with_cell_cause_and_remedy(
    tmp_path, indicator, value, unit
):
    found = brought(tmp_path, f"63.06;{indicator};2021;{value};{unit}\n63.05;ipm;2021;70,1;\n")
    assert found.balance == Balance(accepted=1, quarantined=1)
    (told,) = [p for p in found.problems if p.severity == "error"]
    assert (told.code, told.where.cell) == ("atlas.impossible", "D2")
    assert value in told.text()
    assert f"0 sampai {told.facts['high']}" in told.text()
    assert told.remedy("en")
    assert read_atlas(tmp_path).indicators["indicator"].tolist() == ["ipm"]


@pytest.mark.parametrize(
    ("indicator", "value", "unit"),
    [
        ("p0_miskin", "0", "persen"),
        ("p0_miskin", "100", "persen"),
        ("p0_miskin", "45000", "jiwa"),  # another measure of the poor
        ("inflasi", "-0,09", "persen"),
        ("laju_pertumbuhan", "-3,2", "persen"),
        ("x", "104", "persen per tahun"),
        ("x", "450", ""),
        ("ikd_bencana", "0,6", "indeks 0-1"),
        ("ncpr", "3", "rasio"),
    ],
)
def test_what_may_be_is_accepted(tmp_path, indicator, value, unit):
    found = brought(tmp_path, f"63.06;{indicator};2021;{value};{unit}\n")
    assert found.balance == Balance(accepted=1)


def test_the_unit_may_stand_in_a_list_of_indicators_brought_before(tmp_path):
    rows = "63.06;listrik_desa;2021;130;\n"
    assert brought(tmp_path, rows).balance == Balance(accepted=1)
    brought(tmp_path, "listrik_desa;Desa berlistrik;persen\n", "arti.csv", "indikator;judul;satuan")
    assert brought(tmp_path, rows).balance == Balance(quarantined=1)


def test_a_cell_of_a_wide_table_is_judged_alone(tmp_path):
    found = brought(tmp_path, "63.06;450;69,2\n63.05;4,5;70\n", heading="kode;p0_miskin;ipm")
    assert found.balance == Balance(accepted=3, quarantined=1)
    assert [p.where.cell for p in found.problems] == ["B2"]
    assert "450 (persen)" in found.problems[0].text()
    assert "450 (percent)" in found.problems[0].text("en")


def test_a_range_holds_its_ends():
    share = possible_values("p0_miskin", "")
    assert [value in share for value in (-0.001, 0.0, 100.0, 100.001)] == [False, True, True, False]
    assert possible_values("penduduk", "jiwa") is None
