"""What can be reckoned in two ways must agree: mislabelled rows are found, kept and marked."""

import csv

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksd_toolkit.atlas import Asked, bring, read_atlas, suspicions
from ksd_toolkit.atlas.deviations import (
    equal_deviations,
    off_by,
    ratio_deviations,
    rounding_step,
)
from ksd_toolkit.regions import parties
from tests.atlas.pack import in_pack

KNOWN_DOUBTS = {"72.12", "81.08", "82.02", "94.03", "94.05", "95.02"}
"""Outside Jambi: nickel booms (population of 2024), and Papua highlands after the census of 2020."""

PAPUA = ("91", "92", "93", "94", "95", "96")


def rows_of(path):
    with path.open(encoding="utf-8") as source:
        return list(csv.DictReader(source))


def written(path, rows):
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def doubted(atlas, indicator="pdrb_per_kapita"):
    rows = atlas.indicators
    return set(rows.loc[rows["suspect"] & (rows["indicator"] == indicator), "code"])


# --- the kernel, by hand -------------------------------------------------------------------------


def test_the_limit_is_the_spread_of_the_usual_difference():
    centre, limit = off_by(np.array([1.0, 2.0, 3.0, 4.0, 10.0]), spread=2.0, least=0.5)
    assert (centre, limit) == (3.0, 2.0)  # distances to 3: 2 1 0 1 7, their median 1


def test_a_common_factor_is_no_deviation():
    expected = np.array([1.0, 2.0, 4.0, 8.0])
    found = ratio_deviations(expected * 1000, expected, spread=5.0, least=0.15)
    assert not found.is_off.any()
    np.testing.assert_allclose(found.low, expected * 1000 / 1.15)
    np.testing.assert_allclose(found.high, expected * 1000 * 1.15)


def test_one_value_among_equals_is_off_beyond_the_least_share():
    values = np.array([10.0] * 9 + [11.6])
    found = ratio_deviations(values, np.full(10, 10.0), spread=5.0, least=0.15)
    assert found.is_off.tolist() == [False] * 9 + [True]
    assert found.is_above[-1]


@pytest.mark.parametrize(
    ("values", "step"),
    [([1.0, 14_180.0], 1.0), ([0.1, 2.0], 0.1), ([79.65, 3.0], 0.01), ([1 / 3], 0.0), ([], 0.0)],
)
def test_the_step_of_rounding_is_read_off_the_values(values, step):
    assert rounding_step(np.array(values, dtype=float)) == step


def test_a_small_figure_rounded_more_coarsely_is_no_other_figure():
    fine, coarse = np.array([0.12, 0.04, 4.51]), np.array([0.1, 0.0, 4.5])
    assert equal_deviations(fine, coarse, 0.02).is_off.tolist() == [False, False, False]
    other = np.array([0.2, 0.0, 4.5])
    assert equal_deviations(fine, other, 0.02).is_off.tolist() == [True, False, False]


def test_equal_values_may_differ_by_rounding_and_be_zero_or_negative():
    values, others = np.array([0.0, -5.0, 4.51, 4.5]), np.array([0.0, -5.0, 4.5, 9.0])
    assert equal_deviations(values, others, 0.02).is_off.tolist() == [False, False, False, True]


@given(
    st.lists(st.floats(0.01, 1e9), min_size=1, max_size=60),
    st.floats(0.01, 1e6),
    st.integers(0, 59),
)
def test_the_unit_of_either_side_does_not_matter(values, unit, shift):
    judged = np.array(values)
    expected = np.roll(judged, shift)
    one = ratio_deviations(judged, expected, 5.0, 0.15)
    two = ratio_deviations(judged * unit, expected, 5.0, 0.15)
    near_the_edge = np.isclose(judged, one.low, rtol=1e-9) | np.isclose(judged, one.high, rtol=1e-9)
    assert (one.is_off == two.is_off)[~near_the_edge].all()


# --- in an atlas ---------------------------------------------------------------------------------


def small_pack(folder, swapped=()):
    """60 regions with GRDP per head of 10..69 thousand; those of `swapped` carry each other's."""
    codes = [region.code for region in parties() if len(region.code) == 5][:60]
    heads = dict(zip(codes, (10_000.0 + 1000 * n for n in range(60)), strict=True))
    given_heads = dict(heads)
    for a, b in swapped:
        given_heads[codes[a]], given_heads[codes[b]] = heads[codes[b]], heads[codes[a]]
    lines = ["code,indicator,year,value,source"]
    for code in codes:
        lines += [
            f"{code},penduduk,2021,200000,Dukcapil",
            f"{code},pdrb_adhk,2021,{heads[code] * 200},BPS",
            f"{code},pdrb_per_kapita,2020,{given_heads[code] * 0.95},Q",
            f"{code},pdrb_per_kapita,2021,{given_heads[code]},Q",
        ]
    path = folder / "small.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path, codes


def test_nothing_is_doubted_where_everything_agrees(tmp_path):
    found = bring(tmp_path, [small_pack(tmp_path)[0]])
    assert [p for p in found.problems if p.severity == "warning"] == []
    assert not read_atlas(tmp_path).indicators["suspect"].any()


def test_two_swapped_rows_are_doubted_in_every_year_with_value_range_and_remedy(tmp_path):
    path, codes = small_pack(tmp_path, [(5, 50)])
    found = bring(tmp_path, [path])
    told = [p for p in found.problems if p.code == "atlas.suspect"]
    assert [p.facts["code"] for p in told] == [codes[5], codes[50]]
    assert "60.000" in told[0].text()  # its value; 15.000 is expected, 15 % either way
    assert "13.043,48" in told[0].text()
    assert "17.250" in told[0].text()
    assert "60,000" in told[0].text("en")
    assert told[0].remedy()
    atlas = read_atlas(tmp_path)
    assert doubted(atlas) == {codes[5], codes[50]}
    assert int(atlas.indicators["suspect"].sum()) == 4  # two regions, both years
    assert [p.code for p in suspicions(atlas)] == ["atlas.suspect"] * 2


def test_what_cannot_be_checked_is_told_with_what_is_missing(tmp_path):
    path, _ = small_pack(tmp_path, [(5, 50)])
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(line for line in lines if "penduduk" not in line), encoding="utf-8")
    (told,) = [p for p in bring(tmp_path, [path]).problems if p.code == "atlas.unchecked"]
    assert (told.facts["indicator"], told.facts["missing"]) == ("pdrb_per_kapita", "penduduk")
    assert doubted(read_atlas(tmp_path)) == set()


def test_too_few_regions_prove_nothing(tmp_path):
    path, _ = small_pack(tmp_path, [(5, 10)])
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(lines[: 1 + 4 * 19]) + "\n", encoding="utf-8")
    found = bring(tmp_path, [path])
    assert [p.code for p in found.problems if p.severity == "warning"] == []


@pytest.mark.parametrize("value", ["0", "-5"])
def test_values_without_a_ratio_leave_the_check(tmp_path, value):
    path, _ = small_pack(tmp_path)
    text = path.read_text(encoding="utf-8").replace(
        "pdrb_per_kapita,2021,10000.0", f"pdrb_per_kapita,2021,{value}"
    )
    path.write_text(text, encoding="utf-8")
    bring(tmp_path, [path])
    assert doubted(read_atlas(tmp_path)) == set()


def test_a_small_figure_is_told_with_the_decimals_it_needs(tmp_path):
    text = "kode,indikator,tahun,nilai,sumber\n63.06,x,2021,0.000412,A\n63.06,x,2021,0.000799,B\n"
    path = tmp_path / "x.csv"
    path.write_text(text, encoding="utf-8")
    (told,) = [p for p in bring(tmp_path, [path]).problems if p.code == "atlas.figures_differ"]
    assert "0,000799" in told.text()
    assert "0.000412" in told.text("en")


def test_two_sources_of_one_figure_must_agree_and_neither_is_believed(tmp_path):
    text = "kode,indikator,tahun,nilai,sumber\n63.06,p0,2021,4.50,BPS\n63.06,p0,2021,4.51,FSVA\n63.05,p0,2021,3.1,BPS\n63.05,p0,2021,7.7,FSVA\n"
    path = tmp_path / "p0.csv"
    path.write_text(text, encoding="utf-8")
    found = bring(tmp_path, [path])
    (told,) = [p for p in found.problems if p.severity == "warning"]
    assert (told.code, told.facts["code"]) == ("atlas.figures_differ", "63.05")
    for value in ("7,7 di p0.csv (sumber FSVA)", "3,1 di p0.csv baris 4 (sumber BPS)"):
        assert value in told.text()
    assert "seharusnya antara" not in told.text()  # two figures are no range
    atlas = read_atlas(tmp_path)
    assert doubted(atlas, "p0") == {"63.05"}
    assert int(atlas.indicators["suspect"].sum()) == 2


def shares(indicator, source, values):
    codes = [region.code for region in parties() if len(region.code) == 5]
    return "".join(
        f"{code},{indicator},2021,{value},{source}\n"
        for code, value in zip(codes, values, strict=False)
    )


def put(folder, name, rows):
    path = folder / name
    path.write_text("kode,indikator,tahun,nilai,sumber\n" + rows, encoding="utf-8")
    return path


def told_of(found):
    return [(p.code, p.where.file) for p in found.problems if p.severity == "warning"]


def test_of_few_regions_nobody_is_blamed(tmp_path):
    values = [4.0 + n for n in range(19)]
    one = put(tmp_path, "bps.csv", shares("p0_miskin", "BPS", values))
    two = put(tmp_path, "fsva.csv", shares("kemiskinan", "FSVA", [*values[:-1], 69.2]))
    (told,) = [p for p in bring(tmp_path, [one, two]).problems if p.severity == "warning"]
    assert told.code == "atlas.figures_differ"
    assert "kemiskinan 2021 adalah 69,2 di fsva.csv (sumber FSVA)" in told.text()
    assert "p0_miskin 2021 adalah 22 di bps.csv baris 20 (sumber BPS)" in told.text()
    atlas = read_atlas(tmp_path)
    assert doubted(atlas, "kemiskinan") == doubted(atlas, "p0_miskin") == {told.facts["code"]}


def test_of_twenty_regions_the_one_that_is_off_is_told_with_its_range(tmp_path):
    values = [4.0 + n for n in range(20)]
    one = put(tmp_path, "bps.csv", shares("p0_miskin", "BPS", values))
    two = put(tmp_path, "fsva.csv", shares("kemiskinan", "FSVA", [*values[:-1], 69.2]))
    assert told_of(bring(tmp_path, [one, two])) == [("atlas.suspect", "fsva.csv")]
    assert doubted(read_atlas(tmp_path), "p0_miskin") == set()


@pytest.mark.parametrize("regions", [3, 60])
def test_another_basis_is_told_once_with_count_and_examples_and_nothing_is_doubted(
    tmp_path, regions
):
    values = [100.0 + n for n in range(regions)]
    one = put(tmp_path, "harga_tetap.csv", shares("pdrb_per_kapita", "A", values))
    two = put(
        tmp_path, "harga_berlaku.csv", shares("pdrb_per_kapita", "B", [v * 2 for v in values])
    )
    (told,) = [p for p in bring(tmp_path, [one, two]).problems if p.severity == "warning"]
    assert told.code == "atlas.other_basis"
    assert f"{regions} dari {regions} wilayah" in told.text()
    assert "harga_tetap.csv" in told.text()
    assert "harga_berlaku.csv" in told.text()
    assert "200 dan 100; " in told.text()
    assert "200 and 100; " in told.text("en")
    assert doubted(read_atlas(tmp_path)) == set()


def test_half_of_the_regions_make_another_basis_and_fewer_do_not(tmp_path):
    values = [100.0 + n for n in range(60)]
    one = put(tmp_path, "a.csv", shares("x", "A", values))
    off = [v * 2 for v in values[:29]] + values[29:]
    found = bring(tmp_path, [one, put(tmp_path, "b.csv", shares("x", "B", off))])
    assert "atlas.other_basis" not in [code for code, _ in told_of(found)]
    off = [v * 2 for v in values[:30]] + values[30:]
    found = bring(tmp_path, [put(tmp_path, "b.csv", shares("x", "B", off))])
    assert told_of(found) == [("atlas.other_basis", "b.csv")]


def test_a_province_that_deviates_as_a_whole_may_have_swapped_rows(tmp_path):
    path, _ = small_pack(tmp_path, [(n, 56 + n) for n in range(4)])
    told = [p for p in bring(tmp_path, [path]).problems if p.code == "atlas.suspect_province"]
    assert told
    assert "tertukar" in told[0].text()
    assert "swapped" in told[0].text("en")


def test_what_is_doubted_of_earlier_files_is_no_problem_of_an_unrelated_one(tmp_path):
    path, codes = small_pack(tmp_path, [(5, 50)])
    assert told_of(bring(tmp_path, [path])) == [("atlas.suspect", "small.csv")] * 2
    found = bring(tmp_path, [put(tmp_path, "ipm.csv", shares("ipm", "BPS", [70.0]))])
    assert told_of(found) == []
    assert [p.facts["code"] for p in found.earlier] == [codes[5], codes[50]]
    assert len(suspicions(read_atlas(tmp_path))) == 2
    again = bring(tmp_path, [path])  # the doubtful file itself tells it again
    assert (told_of(again), again.earlier) == ([("atlas.suspect", "small.csv")] * 2, ())


def test_a_doubt_that_a_new_file_raises_about_an_earlier_one_is_told_with_it(tmp_path):
    path, _ = small_pack(tmp_path, [(5, 50)])
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    people = tmp_path / "penduduk.csv"
    people.write_text(lines[0] + "".join(one for one in lines if "penduduk" in one))
    path.write_text("".join(one for one in lines if "penduduk" not in one), encoding="utf-8")
    assert told_of(bring(tmp_path, [path])) == []
    found = bring(tmp_path, [people])
    assert told_of(found) == [("atlas.suspect", "small.csv")] * 2
    assert found.earlier == ()


def test_the_poverty_share_of_two_tables_must_agree(tmp_path):
    text = "kode,indikator,tahun,nilai,sumber\n63.06,p0_miskin,2021,4.5,BPS\n63.06,kemiskinan,2022,4.5,FSVA\n63.05,p0_miskin,2021,3.1,BPS\n63.05,kemiskinan,2022,4.5,FSVA\n"
    path = tmp_path / "p0.csv"
    path.write_text(text, encoding="utf-8")
    bring(tmp_path, [path])
    assert doubted(read_atlas(tmp_path), "kemiskinan") == {"63.05"}


# --- the data pack ---------------------------------------------------------------------------


def test_on_the_repaired_pack_only_jambi_and_six_regions_are_doubted(tmp_path):
    bring(tmp_path, [in_pack("indicators_long.csv"), in_pack("regions.csv")])
    found = doubted(read_atlas(tmp_path))
    jambi = {code for code in found if code.startswith("15")}
    assert len(jambi) == 11  # at current prices since 2016, says the pack itself
    assert found - jambi == KNOWN_DOUBTS


def test_jambi_is_told_once_as_a_province(tmp_path):
    found = bring(tmp_path, [in_pack("indicators_long.csv"), in_pack("regions.csv")])
    told = [p for p in found.problems if p.code == "atlas.suspect_province"]
    assert [(p.facts["province"], p.facts["n"]) for p in told] == [("Provinsi Jambi", 11)]


def test_the_published_mistake_in_papua_is_found(tmp_path):
    """Rows in the order of today's BPS codes, values in the order before the provinces were split."""
    regions = [
        row
        for row in rows_of(in_pack("regions.csv"))
        if row["level"] == "2" and row["code"][:2] in PAPUA
    ]
    labels = [row["code"] for row in sorted(regions, key=lambda row: row["bps_code"])]
    owners = [row["code"] for row in sorted(regions, key=lambda row: row["bps_code_2021"])]
    taken_from = dict(zip(labels, owners, strict=True))
    moved = {label for label, owner in taken_from.items() if label != owner}
    assert (len(labels), len(moved)) == (42, 35)
    rows = rows_of(in_pack("indicators_long.csv"))
    values = {
        (row["code"], row["year"]): row["value"]
        for row in rows
        if row["indicator"] == "pdrb_per_kapita"
    }
    planted = [
        row | {"value": values[taken_from[row["code"]], row["year"]]}
        if row["indicator"] == "pdrb_per_kapita" and row["code"] in taken_from
        else row
        for row in rows
    ]
    bring(tmp_path, [written(tmp_path / "planted.csv", planted), in_pack("regions.csv")])
    found = doubted(read_atlas(tmp_path))
    assert len(found & moved) == 31
    assert {code for code in found - moved if not code.startswith("15")} <= KNOWN_DOUBTS


def test_the_same_check_runs_on_a_wide_table_with_a_population_column(tmp_path):
    found = bring(tmp_path, [in_pack("indicators_latest_wide.csv")], Asked(year=2024))
    assert found.balance.accepted == 11_346
    told = [p for p in found.problems if p.code == "atlas.suspect_province"]
    assert [p.facts["province"] for p in told] == ["Provinsi Jambi"]


def test_ncpr_zero_is_told_as_not_computed(tmp_path):
    found = bring(tmp_path, [in_pack("indicators_long.csv")])
    told = [p for p in found.problems if p.code == "atlas.not_computed"]
    assert [(p.facts["indicator"], p.facts["n"]) for p in told] == [("ncpr", 98)]
